/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A task: a kind of sequence to learn, generated at random or read from a file,
 * with its properties. The options, the help and the interface read the list of
 * tasks.
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
	struct kind kind;              /* its defaults include the loss */
	const char *singular, *plural; /* nouns for a sequence */
	size_t points, features;       /* of a sequence; 0: those of the data */
	bool is_text;   /* a sequence of tokens instead of points */
	bool is_closed; /* connect the last and first point */

	/* Generate a sequence [points, features]; NULL: --data is required. */
	void (*make)(struct random *random, float *points);
	unsigned draws; /* random numbers that make uses, always as many */

	/*
	 * Return the error of generated points, 0 for a true shape
	 * (task/extent.h); NULL if the task defines none.
	 */
	double (*shape_error)(const float *points);
	const char *shape_error_name; /* in output: "circle_error" */
	/* Return the error and store its gradient; NULL: not available. */
	double (*shape_gradient)(const float *points, float *gradient);
	/* Store the width and height of a shape; NULL: not available. */
	void (*size)(const float *points, double *width, double *height);
	bool has_uniform_sizes; /* width and height are uniform in [0, 1) */

	/* for generated sequences; ends with a NULL loss; NULL: unknown */
	const struct task_floor *floors;
};

/* A floor: the lowest expected loss that any predictor can reach. */
struct task_floor {
	const struct loss *loss;
	bool needs_state; /* reached only if the state is carried */
	double value;
	const char *text; /* as a fraction: "1/12" */
};

extern const struct task task_rectangle, task_rectangle_mid,
	task_rectangle_skew; /* task/rectangle.c, task/rectangle_mid.c */
extern const struct task task_circle, task_star, task_cross, task_spiral;
extern const struct task task_points, task_text; /* task/given.c */

/* All tasks; ends with NULL. */
extern const struct kind *const task_list[];

/* Return the floor for generated sequences, or NULL if unknown. */
const struct task_floor *task_floor(const struct task *task,
	const struct framing *framing, const struct loss *loss);

#endif
