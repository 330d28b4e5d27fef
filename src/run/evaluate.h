/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Evaluation: the mean loss of a model over data that it was not trained on,
 * and the quality of the shapes that it generates.
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
	/*
	 * characters at the start of the text, without a context to predict
	 * from
	 */
	uint64_t skipped;
	bool is_kept; /* it is the validation part */
};

/*
 * Evaluate a model of texts on the file at `path`. If path is "", evaluate it
 * on the validation part of its own text, or on the whole text if there is
 * none. run/text_loss.h defines the loss.
 */
bool evaluate_text(const struct run *run, const char *path,
	struct text_evaluation *evaluation, struct error *error);

struct evaluation {
	uint64_t count; /* of sequences */
	double loss;    /* the mean of the run's loss over all predictions */
	struct generated generated;
};

/*
 * Evaluate a run, prepared or not, on the next `count` sequences of `data`,
 * which repeat from the top, or if data is NULL on `count` new sequences of the
 * seed's evaluation stream. Returns false if memory is short.
 */
bool evaluate_run(const struct run *run, const struct sequences *data,
	uint64_t count, uint64_t seed, struct evaluation *evaluation,
	struct error *error);

#endif
