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
#include <stdint.h>

#include "core/loss.h"
#include "core/random.h"
#include "task/framing.h"

struct task_floor;

struct task {
	struct kind kind;              /* its defaults include the loss */
	const char *singular, *plural; /* nouns for a sequence */
	size_t points, features;       /* of a sequence; 0: those of the data */
	/*
	 * Of a task with a gap (--gap), the points of a sequence besides the
	 * gap; then `points` is their number with the default gap. 0: no gap.
	 */
	size_t points_besides_gap;
	bool is_text; /* a sequence of tokens instead of points */
	/* of a text: the data without --data, "builtin:NAME"; or NULL */
	const char *own_data;
	/*
	 * Whether a line of a text, without its end, is right; NULL: the task
	 * does not know.
	 */
	bool (*is_right_line)(const char *line, size_t length);
	bool is_closed; /* connect the last and first point */

	/*
	 * Generate a sequence [count, features] of task_length points. NULL:
	 * --data is required.
	 */
	void (*make)(struct random *random, size_t count, float *points);
	unsigned draws; /* random numbers that make uses, always as many */

	/*
	 * Return the error of generated points[count, features], 0 for a true
	 * shape (task/extent.h); NULL if the task defines none.
	 */
	double (*shape_error)(const float *points, size_t count);
	const char *shape_error_name; /* in output: "circle_error" */
	/* on the screen; NULL: "shape error" */
	const char *shape_error_label;
	/* Return the error and store its gradient; NULL: not available. */
	double (*shape_gradient)(const float *points, float *gradient);
	/* Store the width and height of a shape; NULL: not available. */
	void (*size)(const float *points, double *width, double *height);
	bool has_uniform_sizes; /* width and height are uniform in [0, 1) */
	bool has_many_starts;   /* the first points differ */

	/* for generated sequences; ends with a NULL loss; NULL: unknown */
	const struct task_floor *floors;
};

/*
 * A floor: the lowest expected loss that any predictor can reach. Or, with no
 * text, the lowest that a predictor can reach that carries no state, where
 * others reach 0; then `value` is the loss of the last step, and the loss of
 * all others is 0.
 */
struct task_floor {
	const struct loss *loss;
	bool needs_state; /* reached only if the state is carried */
	double value;
	const char *text; /* as a fraction: "1/12"; NULL: see above */
};

enum { TASK_FLOOR_TEXT_SIZE = 32 };

extern const struct task task_rectangle, task_rectangle_mid,
	task_rectangle_skew; /* task/rectangle.c, task/rectangle_mid.c */
extern const struct task task_circle, task_star, task_cross, task_spiral;
extern const struct task task_recall;
extern const struct task task_points, task_text; /* task/given.c */
extern const struct task task_count;

/* All tasks; ends with NULL. */
extern const struct kind *const task_list[];

/* Return the points of a generated sequence; 0: those of the data. */
size_t task_length(const struct task *task, uint64_t gap);

/* Return the name of the shape error on the screen. */
const char *task_shape_error_label(const struct task *task);

/* Return the floor for generated sequences, or NULL if unknown. */
const struct task_floor *task_floor(const struct task *task,
	const struct framing *framing, const struct loss *loss);

/* Return a floor's value for sequences of `points` points. */
double task_floor_value(const struct task_floor *floor, size_t points);

/* Write it as a fraction. Returns text. */
const char *task_floor_text(const struct task_floor *floor, size_t points,
	char text[TASK_FLOOR_TEXT_SIZE]);

/* Whether predictors that carry the state can fall below a floor. */
bool task_floor_is_passed(const struct task_floor *floor,
	const struct framing *framing);

#endif
