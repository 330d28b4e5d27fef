/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sequences that a model of points learnt from last, also those of a
 * resumed run, and their middle, the median or the mean: what the outputs of
 * some losses aim at. They are recalled before a frame; panes only draw them.
 */
#ifndef LSTMTUI_TUI_LIVE_SEEN_H
#define LSTMTUI_TUI_LIVE_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "run/run_view.h"

enum { LIVE_SEEN_MAX = 1000 };

/* What the outputs of a loss aim at. */
enum live_seen_middle {
	LIVE_SEEN_NONE, /* not a single point, or none that is simple */
	LIVE_SEEN_MEDIAN,
	LIVE_SEEN_MEAN
};

struct live_seen {
	const struct run *run;  /* borrowed; NULL: no run, all else is 0 */
	size_t longest, stride; /* points and numbers of a sequence */
	size_t max;             /* sequences kept: 1 if lengths may differ */
	size_t count;           /* 0 before the first update */
	float *points;          /* [max, longest, features], latest first */
	size_t *lengths;        /* [max] */
	enum live_seen_middle kind;
	float *middle;    /* [longest, features]: of each number over all */
	float *column;    /* [max] */
	uint64_t updates; /* of the run when recalled */
	double computed_at, seconds; /* the time of it, and its duration */
};

/*
 * Create it for a prepared run of points. Release it with live_seen_destroy,
 * also after an error.
 */
bool live_seen_create(struct live_seen *seen, const struct run *run,
	struct error *error);
void live_seen_destroy(struct live_seen *seen);

/*
 * Recall the sequences if there were updates since the last call; during
 * training, this takes at most a fiftieth of the time.
 */
void live_seen_update(struct live_seen *seen, double now, bool is_training);

/* The sequence last learnt from, [*count, features], or NULL. */
const float *live_seen_last(const struct live_seen *seen, size_t *count);

/* The middle, [longest, features], or NULL if there is none. */
const float *live_seen_middle(const struct live_seen *seen);

#endif
