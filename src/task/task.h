/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A task is what there is to learn: a kind of sequence, made at random or
 * read from a file, with what is known about it. All tasks stand in one
 * table, which the options, the help and the interface read.
 */
#ifndef LSTMTUI_TASK_TASK_H
#define LSTMTUI_TASK_TASK_H

#include <stdbool.h>
#include <stddef.h>

#include "core/loss.h"
#include "core/random.h"
#include "task/framing.h"

enum task {
	TASK_RECTANGLE,
	TASK_RECTANGLE_MID,
	TASK_CIRCLE,
	TASK_STAR,
	TASK_CROSS,
	TASK_POINTS,
	TASK_TEXT
};

struct task_info {
	const char *name, *summary;
	const char *one, *many; /* what a sequence is called */
	/* of every sequence; 0: as the data has them */
	size_t points, features;
	bool is_text;   /* tokens in place of points */
	bool is_closed; /* drawn back to its first point */
	enum loss loss; /* the one to use where none is asked for */

	/* Make a new sequence, [points, features]; NULL: data are needed. */
	void (*make)(struct random *random, float *points);

	/*
	 * How far generated points are from a true shape of the task, 0 at
	 * best, and its name in files; NULL where nothing is known.
	 */
	double (*shape_error)(const float *points);
	const char *shape_error_name;
	/* the same, with its slopes by each number; NULL where not known */
	double (*shape_gradient)(const float *points, float *gradient);
	/* two sizes, where made shapes have them uniform in [0, 1); or NULL */
	void (*size)(const float *points, double *width, double *height);
};

const struct task_info *task_info(enum task task);

/* The name and a one-line summary by enumerator; NULL past the last. */
const char *task_name(size_t task);
const char *task_summary(size_t task);

/* The least loss that any predictor can reach in the mean. */
struct task_floor {
	double value;
	const char *text; /* as a fraction: "1/12" */
};

/* The floor for made sequences, or NULL where it is not known. */
const struct task_floor *task_floor(enum task task, enum framing framing,
	enum loss loss);

#endif
