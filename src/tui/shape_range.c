/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/shape_range.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

/* Generated sequences that show the range of all. */
enum { SAMPLES = 1000 };

/* What a growing range adds, of its size, to grow rarely. */
#define SPARE 0.1

/* Include sequences as the task generates them; the seed is not the run's. */
static bool
include_generated(struct shape_range *range, const struct run *run,
	struct error *error)
{
	const struct task *task = run_task(run);
	size_t length = settings_points(run_settings(run));
	float *points = memory_floats(length * task->features);
	struct random random;

	if (points == NULL)
		return error_out_of_memory(error);
	random_seed(&random, 0, RANDOM_STREAM_DATA);
	for (int i = 0; i < SAMPLES; i++) {
		task->make(&random, length, points);
		plane_include(&range->data, &range->drawing, length, points);
	}
	free(points);
	return true;
}

static bool
include_data(struct shape_range *range, const struct run *run,
	struct error *error)
{
	const struct sequences *data = run_sequences(run);
	float *points = memory_floats(data->longest * data->features);

	if (points == NULL)
		return error_out_of_memory(error);
	for (size_t k = 0; k < data->count; k++) {
		size_t count = data->start[k + 1] - data->start[k];

		run_data_points(run, data->start[k], count, points);
		plane_include(&range->data, &range->drawing, count, points);
	}
	free(points);
	return true;
}

bool
shape_range_create(struct shape_range *range, const struct run *run,
	const struct drawing *drawing, struct error *error)
{
	const struct task *task = run_task(run);

	range->drawing = *drawing;
	range->data = plane_empty_range();
	if (run_sequences(run) != NULL) {
		if (!include_data(range, run, error))
			return false;
	} else if (task->make != NULL &&
		!include_generated(range, run, error)) {
		return false;
	}
	/* the shapes of the tasks always have one scale */
	if (task->make == NULL)
		drawing_fit(&range->drawing,
			range->data.right - range->data.left,
			range->data.top - range->data.bottom);
	range->shown = plane_with_margin(&range->data, &range->drawing);
	return true;
}

static bool
holds(const struct plane_range *range, const struct plane_range *other)
{
	return other->left >= range->left && other->right <= range->right &&
		other->bottom >= range->bottom && other->top <= range->top;
}

/* Extend a side to a value, and somewhat more, if it is within a limit. */
static void
extend(double *side, double value, double spare, double limit)
{
	double sign = limit < *side ? -1 : 1;

	if (sign * value > sign * *side && sign * value <= sign * limit)
		*side = value + sign * spare;
}

void
shape_range_hold(struct shape_range *range, const struct plane_range *drawings)
{
	struct plane_range data =
		plane_with_margin(&range->data, &range->drawing);
	struct plane_range *shown = &range->shown;
	double width = data.right - data.left, height = data.top - data.bottom;

	/* an empty range is within every other */
	if (holds(&range->data, drawings)) {
		*shown = data;
		return;
	}
	extend(&shown->left, drawings->left, width * SPARE, data.left - width);
	extend(&shown->right, drawings->right, width * SPARE,
		data.right + width);
	extend(&shown->bottom, drawings->bottom, height * SPARE,
		data.bottom - height);
	extend(&shown->top, drawings->top, height * SPARE, data.top + height);
}
