/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The loss of every update, kept at several resolutions in bounded memory:
 * level k has one bucket for each 4^k updates, its first HISTORY_BUCKETS and
 * its last. So the start of a run keeps its detail (for a logarithmic axis),
 * so does its end, and the whole of any run is there at one resolution or
 * another, however long it is. Nothing depends on a screen's width.
 */
#ifndef LSTMTUI_RUN_HISTORY_H
#define LSTMTUI_RUN_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	HISTORY_BUCKETS = 512,
	HISTORY_RATIO = 4,
	HISTORY_LEVELS = 24 /* the last holds 512 · 4^23 updates, 3.6e16 */
};

/* Weight of the average so far at each update: a memory of about 100. */
#define HISTORY_DECAY 0.99

/* What a stretch of updates came to. Four floats: the file's layout too. */
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
	double last;                        /* NaN before the first update */
	double best;                        /* the lowest of all */
	double average_sum, average_weight; /* for the bias correction */
	struct history_level level[HISTORY_LEVELS];
};

void history_clear(struct history *history);

/* Make any history ready for history_follow, without clearing its memory. */
void history_forget(struct history *history);

/* Record the loss of the next update. */
void history_add(struct history *history, double loss);

/*
 * Make `to`, which is clear, forgotten, or a copy of an earlier state of the
 * same history, a copy of `from`: only what was added since is copied.
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
 * What the updates from number `first` up to but not including `end`
 * (counted from 0) came to, rounded out to the buckets that are about as
 * long. Returns false where nothing is known of them.
 */
bool history_span(const struct history *history, uint64_t first, uint64_t end,
	struct history_bucket *span);

/*
 * For the model file: the buckets of one level that are kept, oldest first,
 * in buckets[2 * HISTORY_BUCKETS]. Returns how many.
 */
size_t history_kept(const struct history *history, size_t level,
	struct history_bucket *buckets);

/*
 * The reverse: put back what history_kept gave for a level, after `updates`
 * is set. Returns false where the count is not what it has to be.
 */
bool history_restore(struct history *history, size_t level,
	const struct history_bucket *buckets, size_t count);

#endif
