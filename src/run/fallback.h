/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fallback of a run: a copy in memory of its last good state, to which a
 * diverged run returns. A state is good if the average loss is near the lowest
 * average so far, and still is at the next check, 128 to 4096 updates later:
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
	/* becomes the good state if it passes the next check */
	bool has_candidate;
	bool follows; /* the candidate is an earlier state of this run */
	bool is_begun;
	uint64_t every; /* updates between two checks */
	uint64_t due;   /* update of the next check */
	double average; /* average loss at fallback_begin; NaN: none yet */
	double lowest;  /* lowest average loss at a check; NaN: none yet */
};

/*
 * Allocate room for two copies of a state. `rows` is the number of steps times
 * samples in an update. If out of memory, there is no fallback. Release it with
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
 * Check a state by its average loss, before the first update after `due`. Takes
 * less than 1 % of the time of the updates between two checks.
 */
void fallback_look(struct fallback *fallback, const struct run_state *state);

/*
 * Replace a diverged state by the last good one, bit for bit, except the
 * settings and the best validation, whose model is in a file. Returns false,
 * with the state unchanged, if there is no good state.
 */
bool fallback_return(struct fallback *fallback, struct run_state *state);

#endif
