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
#include "run/data_errors.h"
#include "run/generated.h"
#include "run/run.h"

struct text_evaluation {
	double loss;         /* mean, in nats per token */
	uint64_t count;      /* number of predicted tokens */
	uint64_t characters; /* number of their characters */
	/*
	 * tokens at the start of the text that lack the context from which
	 * they could be predicted
	 */
	uint64_t skipped;
	bool is_kept; /* only the validation part was evaluated */
};

/*
 * Evaluate a model of texts on the file at `path`. If path is "", evaluate it
 * on the validation part of its own text, or on the whole text if there is
 * none. run/text_loss.h defines the loss.
 */
bool evaluate_text(const struct run *run, const char *path,
	struct text_evaluation *evaluation, struct error *error);

/*
 * Evaluate it on the validation part of its own text, which may have moved to
 * `path`, or on the whole text if nothing is held out.
 */
bool evaluate_own_text(const struct run *run, const char *path,
	struct text_evaluation *evaluation, struct error *error);

/* The loss in bits per character; a token may be a word. */
double text_evaluation_bits(const struct text_evaluation *evaluation);

struct evaluation {
	uint64_t count; /* number of sequences */
	double loss;    /* mean of the run's loss over all predictions */
	struct generated generated;
};

/* What to evaluate. */
struct evaluation_config {
	/*
	 * the next `count` sequences of these data, scaled as the run's, which
	 * start again from the first after the last; NULL: `count` new
	 * sequences from the seed's evaluation stream
	 */
	const struct sequences *data;
	/*
	 * 0: the held-out part of the data, or all if nothing is held out, with
	 * each prediction that training on them would make
	 */
	uint64_t count;
	uint64_t seed;
	/* of data: the errors to add to, or NULL */
	struct data_errors *errors;
};

/*
 * Evaluate a run, prepared or not. Returns false if out of memory, or if the
 * model's predictions are not finite.
 */
bool evaluate_run(const struct run *run, const struct evaluation_config *config,
	struct evaluation *evaluation, struct error *error);

#endif
