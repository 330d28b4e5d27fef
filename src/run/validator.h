/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The validation of a run: after each epoch, the run's own loss over the part
 * of its data that is held out, of a text (run/text_loss.h) or of points
 * (run/points_loss.h). For the loss rectangle, the error of the generated shape
 * is added, as in training. The results are in the state of the run; a
 * validation in progress is not and can be repeated.
 *
 * An epoch is a pass over the training part. For points whose pass takes fewer
 * than VALIDATOR_UPDATES updates, it is as many passes as take so many updates:
 * otherwise a single sequence would be validated after each update.
 */
#ifndef LSTMTUI_RUN_VALIDATOR_H
#define LSTMTUI_RUN_VALIDATOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "core/pass.h"
#include "run/points_loss.h"
#include "run/run_state.h"
#include "run/text_loss.h"
#include "task/sequences.h"
#include "task/text.h"

enum { VALIDATOR_UPDATES = 10 };

struct validator {
	/* borrowed; both NULL: nothing is held out */
	const struct text *text;
	const struct sequences *sequences;
	uint64_t passes;   /* of points: in an epoch */
	bool is_measuring; /* a validation is in progress */
	bool is_generating;
	struct text_loss text_loss;
	struct points_loss points_loss;
};

/* Set up the validation of a text, or of points with batches of that size. */
void validator_use_text(struct validator *validator, const struct text *text);
void validator_use_points(struct validator *validator,
	const struct sequences *sequences, uint64_t batch);

/* Whether the validation of a completed epoch is still to be done. */
bool validator_is_due(const struct validator *validator,
	const struct run_state *state);

/*
 * Do the next part of the validation that is due, and store its cost in
 * multiply-adds in *cost. The last part writes the loss to the state.
 * `generation` is the pass of the loss rectangle, which is idle. Returns false
 * if out of memory.
 */
bool validator_advance(struct validator *validator, struct run_state *state,
	struct pass *generation, uint64_t *cost, struct error *error);

/* Abandon the validation in progress, except for the generation. */
void validator_abandon(struct validator *validator);

#endif
