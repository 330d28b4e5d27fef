#include "task/task.h"

#include "task/rectangle.h"

static const struct task_info tasks[] = {
	[TASK_RECTANGLE] = {
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
		.shape_slopes = rectangle_slopes,
		.size = rectangle_size,
	},
	[TASK_POINTS] = {
		.name = "points",
		.summary = "sequences of points from a CSV file (--data)",
		.one = "sequence",
		.many = "sequences",
		.loss = LOSS_MAE,
	},
};

enum { TASKS = sizeof tasks / sizeof tasks[0] };

/*
 * Rectangles: of the six numbers that are predicted, w after [0,0] and h
 * after [w,0] cannot be known. Uniform in [0, 1), they cost 1/4 each under
 * mae (at the median) and 1/12 each under mse (at the mean); the other four
 * follow from the point before, in either framing.
 */
static const struct {
	enum task task;
	enum loss loss;
	struct task_floor floor;
} floors[] = {
	{TASK_RECTANGLE, LOSS_MAE, {1.0 / 12, "1/12"}},
	{TASK_RECTANGLE, LOSS_RECTANGLE, {1.0 / 12, "1/12"}},
	{TASK_RECTANGLE, LOSS_MSE, {1.0 / 36, "1/36"}},
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
	(void)framing; /* the same in both */
	for (size_t i = 0; i < sizeof floors / sizeof floors[0]; i++)
		if (floors[i].task == task && floors[i].loss == loss)
			return &floors[i].floor;
	return NULL;
}
