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

struct task_floor;

struct task {
	/* the default loss, and others where the task learns well with them */
	struct kind kind;
	const char *one, *many; /* what a sequence is called */
	/* of every sequence; 0: as the data has them */
	size_t points, features;
	bool is_text;   /* tokens in place of points */
	bool is_closed; /* drawn back to its first point */

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
	/* Width and height of a shape that has these two sizes, or NULL. */
	void (*size)(const float *points, double *width, double *height);
	bool has_uniform_sizes; /* both are uniform in [0, 1) */

	/* of made sequences; ends with a loss of NULL; NULL: none is known */
	const struct task_floor *floors;
};

/* The least loss that any predictor can reach in the mean. */
struct task_floor {
	const struct loss *loss;
	bool needs_state; /* only with a state that is carried */
	double value;
	const char *text; /* as a fraction: "1/12" */
};

extern const struct task task_rectangle, task_rectangle_mid,
	task_rectangle_skew; /* task/rectangle.c, task/rectangle_mid.c */
extern const struct task task_circle, task_star, task_cross, task_spiral;
extern const struct task task_points, task_text; /* of --data */

/* All of them; ends with NULL. */
extern const struct kind *const task_list[];

/* The floor for made sequences, or NULL where it is not known. */
const struct task_floor *task_floor(const struct task *task,
	const struct framing *framing, const struct loss *loss);

#endif
