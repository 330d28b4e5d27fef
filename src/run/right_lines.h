/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The share of right lines in what a model of a text writes, for tasks that
 * know which lines are right.
 */
#ifndef LSTMTUI_RUN_RIGHT_LINES_H
#define LSTMTUI_RUN_RIGHT_LINES_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "run/run.h"

struct right_lines {
	size_t count, right; /* complete lines, and those that are right */
};

/*
 * Count the complete lines of a text. If begins_inside, the first one is a rest
 * and not counted, like one without an end.
 */
struct right_lines right_lines_count(const struct task *task, const char *text,
	bool begins_inside);

/*
 * Let the model write RIGHT_LINES_MAX lines, or fewer if it writes more than
 * RIGHT_LINES_TOKENS_MAX tokens, from zero state, at temperature 1, with the
 * seed. The count is 0 for a task that knows no right lines. Returns false if
 * out of memory.
 */
enum { RIGHT_LINES_MAX = 1000, RIGHT_LINES_TOKENS_MAX = 200000 };

bool right_lines_measure(const struct run *run, uint64_t seed,
	struct right_lines *lines, struct error *error);

#endif
