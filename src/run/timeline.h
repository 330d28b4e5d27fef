/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The timeline of a run: copies of its whole state at earlier updates, in
 * bounded memory. A run that returns to a copy (run_return) repeats from there
 * what it did, bit for bit, so any update can be reached again: from the
 * nearest copy before it.
 *
 * Copies are spaced evenly on a logarithmic axis: the first updates change a
 * network most. When the memory is full, the copy goes whose neighbours are
 * closest. The first and the last copy stay, and so do those at updates of
 * --snapshots.
 */
#ifndef LSTMTUI_RUN_TIMELINE_H
#define LSTMTUI_RUN_TIMELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "run/run_state.h"

/* Max copies, whatever the memory: more than a screen has columns. */
enum { TIMELINE_MAX = 512 };

struct timeline_mark {
	uint64_t update;
	struct run_state *state; /* owned */
	size_t bytes;            /* of the state */
	bool is_snapshot;        /* never removed to make room */
};

struct timeline {
	uint64_t memory; /* max bytes of all copies */
	uint64_t used;
	size_t count;
	struct timeline_mark mark[TIMELINE_MAX + 1]; /* by update */
	uint64_t due;            /* the next update to copy */
	struct run_state *spare; /* of a removed copy, to be used again */
};

/*
 * Initialize without copies. memory 0: never keep any. Release it with
 * timeline_destroy.
 */
void timeline_create(struct timeline *timeline, uint64_t memory);
void timeline_destroy(struct timeline *timeline);

/* Remove all copies: another run begins, or the same from its start. */
void timeline_clear(struct timeline *timeline);

/* The next update, at most `until`, after which a copy is due. */
uint64_t timeline_next(const struct timeline *timeline,
	const struct run_state *state, uint64_t until);

/*
 * Copy a state if a copy is due; it is later than all copies. A state that does
 * not fit into the memory, or for which none can be allocated, is not kept.
 */
void timeline_take(struct timeline *timeline, const struct run_state *state);

/* Return the last copy at or before an update, or NULL. */
const struct run_state *timeline_before(const struct timeline *timeline,
	uint64_t update);

/* Remove the copies after an update: the run goes on from there. */
void timeline_cut(struct timeline *timeline, uint64_t update);

/* Bytes of a copy of a state. */
size_t timeline_bytes(const struct run_state *state);

#endif
