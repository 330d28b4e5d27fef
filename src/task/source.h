/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A source gives a run its sequences, one after the other: made at random by
 * the task, or from a file in the file's order, again from the top at the
 * end. Where it stands is a small value that can be saved and put back.
 */
#ifndef LSTMTUI_TASK_SOURCE_H
#define LSTMTUI_TASK_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "core/random.h"
#include "task/sequences.h"
#include "task/task.h"

struct source_position {
	struct random random;
	uint64_t next; /* the file's sequence to come */
};

struct source {
	const struct task *task;
	const struct sequences *data; /* borrowed; NULL: made sequences */
	struct source_position position;
};

/* The features of its points, and the points of its longest sequence. */
size_t source_features(const struct source *source);
size_t source_longest(const struct source *source);

/* The next sequence into points[longest, features]; returns its length. */
size_t source_next(struct source *source, float *points);

#endif
