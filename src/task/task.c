/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/task.h"

#include "task/rectangle.h"
#include "task/shapes.h"

static const struct task_info tasks[] = {
	[TASK_RECTANGLE] =
		{
			.name = "rectangle",
			.summary = "the four corners of random rectangles",
			.one = "rectangle",
			.many = "rectangles",
			.points = RECTANGLE_POINTS,
			.features = RECTANGLE_FEATURES,
			.is_closed = true,
			.loss = LOSS_MAE,
			.make = rectangle_make,
			.shape_error = rectangle_error,
			.shape_error_name = "rectangle_error",
			.shape_gradient = rectangle_gradient,
			.size = rectangle_size,
		},
	[TASK_RECTANGLE_MID] =
		{
			.name = "rectangle-mid",
			.summary = "rectangles with the middles of their edges",
			.one = "rectangle",
			.many = "rectangles",
			.points = RECTANGLE_MID_POINTS,
			.features = SHAPES_FEATURES,
			.is_closed = true,
			.loss = LOSS_MAE,
			.make = rectangle_mid_make,
			.shape_error = rectangle_mid_error,
			.shape_error_name = "rectangle_error",
		},
	[TASK_CIRCLE] =
		{
			.name = "circle",
			.summary = "twelve points of random circles",
			.one = "circle",
			.many = "circles",
			.points = CIRCLE_POINTS,
			.features = SHAPES_FEATURES,
			.is_closed = true,
			.loss = LOSS_MAE,
			.make = circle_make,
			.shape_error = circle_error,
			.shape_error_name = "circle_error",
		},
	[TASK_STAR] =
		{
			.name = "star",
			.summary = "the ten corners of random stars",
			.one = "star",
			.many = "stars",
			.points = STAR_POINTS,
			.features = SHAPES_FEATURES,
			.is_closed = true,
			.loss = LOSS_MAE,
			.make = star_make,
			.shape_error = star_error,
			.shape_error_name = "star_error",
		},
	[TASK_CROSS] =
		{
			.name = "cross",
			.summary = "the twelve corners of random crosses",
			.one = "cross",
			.many = "crosses",
			.points = CROSS_POINTS,
			.features = SHAPES_FEATURES,
			.is_closed = true,
			.loss = LOSS_MAE,
			.make = cross_make,
			.shape_error = cross_error,
			.shape_error_name = "cross_error",
		},
	[TASK_POINTS] =
		{
			.name = "points",
			.summary =
				"sequences of points from a CSV file (--data)",
			.one = "sequence",
			.many = "sequences",
			.loss = LOSS_MAE,
		},
	[TASK_TEXT] =
		{
			.name = "text",
			.summary = "a text, a character at a time (--data)",
			.one = "text",
			.many = "texts",
			.is_text = true,
			.loss = LOSS_CROSSENTROPY,
		},
};

enum { TASKS = sizeof tasks / sizeof tasks[0] };

/*
 * A number that cannot be known, uniform in a range of width r, costs r/4 in
 * the mean under mae (at the median) and r²/12 under mse (at the mean).
 *
 * Rectangles: of the six numbers that are predicted these are w after [0,0]
 * and h after [w,0]; the other four follow from the point before. With the
 * middles they are w/2 and h/2, of fourteen; but from one point alone a
 * middle cannot be told from a corner, so that only a state that is carried
 * can reach the floor. Circles: one radius shows in both coordinates of the
 * second point, by 1 - cos 30° and sin 30° of it, of 22 numbers. Crosses: the
 * arms' length, then their width, of 22 numbers.
 */
static const struct {
	enum task task;
	enum loss loss;
	bool needs_state;
	struct task_floor floor;
} floors[] = {
	{TASK_RECTANGLE, LOSS_MAE, false, {1.0 / 12, "1/12"}},
	{TASK_RECTANGLE, LOSS_RECTANGLE, false, {1.0 / 12, "1/12"}},
	{TASK_RECTANGLE, LOSS_MSE, false, {1.0 / 36, "1/36"}},
	{TASK_RECTANGLE_MID, LOSS_MAE, true, {0.25 / 14, "1/56"}},
	{TASK_CIRCLE, LOSS_MAE, false, {0.1125 * 0.6339746 / 22, "0.00324"}},
	{TASK_CROSS, LOSS_MAE, true, {0.1125 / 22, "9/1760"}},
};

const struct task_info *
task_info(enum task task)
{
	return &tasks[task];
}

const char *
task_name(size_t task)
{
	return task < TASKS ? tasks[task].name : NULL;
}

const char *
task_summary(size_t task)
{
	return task < TASKS ? tasks[task].summary : NULL;
}

const struct task_floor *
task_floor(enum task task, enum framing framing, enum loss loss)
{
	bool has_state = framing_carries_state(framing);

	if (framing_has_window(framing))
		return NULL;
	for (size_t i = 0; i < sizeof floors / sizeof floors[0]; i++)
		if (floors[i].task == task && floors[i].loss == loss &&
			(has_state || !floors[i].needs_state))
			return &floors[i].floor;
	return NULL;
}
