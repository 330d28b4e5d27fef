/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fallback of a run: a copy in memory of its last good state, to which a
 * diverged run returns. A state is good if its average loss is near the lowest
 * average so far and still is at the next look, some hundred updates later:
 * only later losses show whether an update ruined the weights.
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
	bool follows;       /* the candidate precedes the present state */
	bool is_begun;
	uint64_t every; /* updates between two looks */
	uint64_t due;   /* the update of the next look */
	double average; /* at the beginning; NaN: no update yet */
	double lowest;  /* average loss at a look; NaN: none yet */
};

/*
 * Allocate room for two copies of a state. rows: steps times samples of an
 * update. Without memory there is no fallback. Release it with
 * fallback_destroy.
 */
void fallback_create(struct fallback *fallback, const struct run_state *state,
	double rows);
void fallback_destroy(struct fallback *fallback);

/*
 * Begin with a state known to be good: it is new, comes from a file, or the run
 * has returned to it.
 */
void fallback_begin(struct fallback *fallback, const struct run_state *state);

/*
 * Judge a state by its average loss, before the update after `due`. Takes less
 * than 1 % of the time of the updates between two looks.
 */
void fallback_look(struct fallback *fallback, const struct run_state *state);

/*
 * Replace a diverged state by the last good one, bit for bit, except the
 * settings and the best validation, whose model is in a file. Returns false,
 * with the state unchanged, if there is none.
 */
bool fallback_return(struct fallback *fallback, struct run_state *state);

#endif
