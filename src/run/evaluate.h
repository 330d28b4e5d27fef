/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Evaluation: what a model's loss is in the mean over many sequences that
 * it was not trained on, and how good the shapes are that it generates.
 */
#ifndef LSTMTUI_RUN_EVALUATE_H
#define LSTMTUI_RUN_EVALUATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "run/generated.h"
#include "run/run.h"

struct text_evaluation {
	double loss;    /* the mean, in nats a character */
	uint64_t count; /* of predicted characters */
	/* those at the text's start that have nothing to be predicted from */
	uint64_t skipped;
	bool is_kept; /* it is the part that was kept from training */
};

/*
 * Evaluate a model of texts: over the file at `path` or, where that is empty,
 * over the part of its own text that was kept from training, or over all of
 * it where nothing was. The loss is that of run/text_loss.h.
 */
bool evaluate_text(const struct run *run, const char *path,
	struct text_evaluation *evaluation, struct error *error);

struct evaluation {
	uint64_t count; /* of sequences */
	double loss;    /* the run's own, the mean over all predictions */
	struct generated generated;
};

/*
 * Evaluate the run, prepared or not: over `count` new sequences drawn from
 * the seed's evaluation stream or, where `data` is given, over the first
 * `count` sequences of that, again from its top at its end. Returns false
 * where a prediction is not finite.
 */
bool evaluate_run(const struct run *run, const struct sequences *data,
	uint64_t count, uint64_t seed, struct evaluation *evaluation,
	struct error *error);

#endif
