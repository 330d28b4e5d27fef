/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Compare the combinations of a sweep: which has the smallest mean loss, and
 * how likely each of the others would be so much worse by chance.
 *
 * Losses are compared only if they measure the same: combinations that differ
 * in the task, the data or the loss function form groups, each with its own
 * best one.
 */
#ifndef LSTMTUI_SWEEP_SWEEP_COMPARE_H
#define LSTMTUI_SWEEP_SWEEP_COMPARE_H

#include "sweep/sweep.h"
#include "sweep/welch.h"

struct sweep_row {
	struct sweep_statistics statistics;
	bool is_best;       /* of its group, which has others */
	bool is_tested;     /* `welch` compares it with the best of its group */
	struct welch welch; /* t > 0: this one is worse */
};

/*
 * Return the rows of all combinations, [combinations], which the caller frees;
 * NULL if out of memory.
 */
struct sweep_row *sweep_compare(const struct sweep *sweep, struct error *error);

/* Whether a setting decides what the loss measures. */
bool sweep_is_measure(const struct setting *setting);

/* Whether the sweep varies such a setting: there may be several groups. */
bool sweep_varies_measure(const struct sweep *sweep);

/*
 * Describe what is compared: "mae over 10,000 rectangles"; translated for
 * people, not for files. Returns text.
 */
enum { SWEEP_MEASURE_SIZE = 128 };
char *sweep_describe_measure(const struct sweep *sweep, bool is_translated,
	char *text, size_t size);

#endif
