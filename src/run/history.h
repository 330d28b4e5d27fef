/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The history of losses at several resolutions, in bounded memory. Level k has
 * a bucket for each 4^k updates and keeps its first and its last
 * HISTORY_BUCKETS buckets. So the beginning of a run (for a logarithmic axis)
 * and its end keep their detail, and a run of any length is covered at some
 * resolution. The history does not depend on the width of a screen.
 */
#ifndef LSTMTUI_RUN_HISTORY_H
#define LSTMTUI_RUN_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	HISTORY_BUCKETS = 512,
	HISTORY_RATIO = 4,
	/* the last level covers 512 · 4^23 updates, 3.6e16 */
	HISTORY_LEVELS = 24,
	/* with fewer updates, the average is that of a few lucky losses */
	HISTORY_BEST_FROM = 100
};

/* Decay of the moving average per update: a memory of about 100 updates. */
#define HISTORY_DECAY 0.99

/* The losses of consecutive updates. The model file has the same layout. */
struct history_bucket {
	float mean, min, max;
	float average; /* the moving average at its end */
};

struct history_level {
	struct history_bucket head[HISTORY_BUCKETS]; /* the first ones */
	struct history_bucket ring[HISTORY_BUCKETS]; /* the last ones */
};

struct history {
	uint64_t updates;
	double last; /* NaN before the first update */
	double best; /* lowest loss */
	/* the lowest average from HISTORY_BEST_FROM updates on, or NaN */
	double best_average;
	double average_sum, average_weight; /* for the bias correction */
	struct history_level level[HISTORY_LEVELS];
};

void history_clear(struct history *history);

/* Make a history a valid `to` for history_follow, without clearing memory. */
void history_forget(struct history *history);

/* Record the loss of the next update. */
void history_add(struct history *history, double loss);

/*
 * Copy `from` to `to`. If `to` is an earlier copy of the same history, copy
 * only the losses added since; otherwise call history_clear or history_forget
 * on `to` first.
 */
void history_follow(struct history *to, const struct history *from);

/* Whether two histories agree bit for bit. */
bool history_equals(const struct history *one, const struct history *other);

/*
 * The exponential moving average of the loss, corrected for its start at 0
 * (Kingma and Ba 2015, section 3); NaN before the first update.
 */
double history_average(const struct history *history);

/*
 * Get the losses of the updates [first, end), counted from 0, extended to whole
 * buckets of a suitable level. Returns false if the history has none of them.
 */
bool history_span(const struct history *history, uint64_t first, uint64_t end,
	struct history_bucket *span);

/*
 * Get the finest kept bucket that begins with the update `first`, counted from
 * 0, and store the update after it. From first = 0 on, with first = *end, all
 * updates come once, each as finely as the history keeps it, except a few that
 * share a coarser bucket with older ones. Returns false at the end.
 */
bool history_next(const struct history *history, uint64_t first,
	struct history_bucket *bucket, uint64_t *end);

/*
 * For the model file: list the kept buckets of a level, oldest first, in
 * buckets[2 * HISTORY_BUCKETS]. Returns their count.
 */
size_t history_kept(const struct history *history, size_t level,
	struct history_bucket *buckets);

/*
 * Set best_average of a restored history, for a file without it: the lowest
 * average of the kept buckets.
 */
void history_estimate_best(struct history *history);

/*
 * Restore the buckets of a level from history_kept, after `updates` is set.
 * Returns false if the count does not fit the updates.
 */
bool history_restore(struct history *history, size_t level,
	const struct history_bucket *buckets, size_t count);

#endif
