/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The source of a run's training sequences: generated at random by the task, or
 * the training sequences of a file, pass after pass, in the file's order or in
 * a random order for each pass. Its position is a small value that can be saved
 * and restored.
 */
#ifndef LSTMTUI_TASK_SOURCE_H
#define LSTMTUI_TASK_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/random.h"
#include "task/sequences.h"
#include "task/task.h"

struct source_position {
	struct random random;
	/* of a file: whole passes done, and sequences of the present pass */
	uint64_t passes, next;
};

struct source {
	const struct task *task;
	size_t points;                /* of a random sequence */
	const struct sequences *data; /* borrowed; NULL: random sequences */
	bool shuffles;                /* a new order of a file for each pass */
	uint64_t seed;                /* of the orders */
	struct source_position position;
};

/* Return the features of a point, and the points of the longest sequence. */
size_t source_features(const struct source *source);
size_t source_longest(const struct source *source);

/* Store the next sequence in points[longest, features]. Return its length. */
size_t source_next(struct source *source, float *points);

/*
 * Go back by a sequence, store it in points[longest, features], and return its
 * length. Before the first sequence of a pass comes the last one of the pass
 * before it; going back beyond the start of generated sequences gives sequences
 * of the same kind.
 */
size_t source_previous(struct source *source, float *points);

#endif
