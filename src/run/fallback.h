/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fallback of a run: a copy in memory of its last good state, which it
 * returns to when training is lost. A state is good if the average loss is
 * near the lowest average so far, at the update of the copy and still at the
 * next look, some hundred updates later: only later losses show whether an
 * update ruined the weights.
 */
#ifndef LSTMTUI_RUN_FALLBACK_H
#define LSTMTUI_RUN_FALLBACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "run/run_state.h"

struct fallback {
	/* both NULL: no memory for copies, or a model too large for them */
	struct run_state *good;
	struct run_state *candidate;
	bool has_candidate; /* it becomes good if the next look says so */
	bool follows;       /* what is in it is of the run's present course */
	bool is_begun;
	uint64_t every; /* updates from one look to the next */
	uint64_t due;   /* the update of the next look */
	double average; /* of the run as it began; NaN: no update yet */
	double lowest;  /* average loss at a look; NaN: none yet */
};

/*
 * Make room for copies of a state: twice the weights, moments and history. An
 * update of the run has so many rows, steps times samples. Where memory is
 * short there is no fallback. Release it with fallback_destroy.
 */
void fallback_create(struct fallback *fallback, const struct run_state *state,
	double rows);
void fallback_destroy(struct fallback *fallback);

/*
 * The present state is good: it is new, was read from a file, or the run was
 * returned to it.
 */
void fallback_begin(struct fallback *fallback, const struct run_state *state);

/*
 * Judge a state by its average loss, before the update after `due`. This takes
 * less than a hundredth of the time of the updates between two looks.
 */
void fallback_look(struct fallback *fallback, const struct run_state *state);

/*
 * Return a state that is lost to the last good one, bit for bit but for the
 * settings, and for the best validation, whose model is in a file. Returns
 * false if there is none: the state stays.
 */
bool fallback_return(struct fallback *fallback, struct run_state *state);

#endif
