/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/live_shape.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"

/* Seconds between two points of a shape drawn point by point. */
#define POINT_SECONDS 0.35

enum {
	CLOUD_MAX = 200,     /* shapes */
	CLOUD_WORK = 4000000 /* multiply-adds for all shapes */
};

/* Allocate the cloud: as many shapes as can be computed in a frame. */
static bool
make_cloud(struct live_shape *shape, struct error *error)
{
	const struct run *run = shape->run;
	size_t cost = shape->length * run_model(run)->parameters.total, size;

	if (!run_settings(run)->loss->is_density)
		return true;
	shape->cloud_count = CLOUD_WORK / cost;
	if (shape->cloud_count > CLOUD_MAX)
		shape->cloud_count = CLOUD_MAX;
	if (shape->cloud_count == 0)
		shape->cloud_count = 1;
	if (!memory_product(shape->length * shape->features, shape->cloud_count,
		    &size))
		return error_out_of_memory(error);
	shape->cloud = memory_floats(size);
	return shape->cloud != NULL || error_out_of_memory(error);
}

/* Set the range of a forecast: the points shown, and the steps after them. */
static void
set_forecast_range(struct live_shape *shape, size_t i)
{
	const struct live_forecast *live = &shape->forecast;
	const struct forecast *forecast = &live->forecast;
	struct shape_range *range = &shape->forecast_range[i];

	range->drawing = shape->choice.drawing[i];
	range->drawing.first = live->first;
	range->data = plane_empty_range();
	plane_include(&range->data, &range->drawing, forecast->past,
		forecast->actual);
	range->data.right =
		(double)(live->first + forecast->past - 1 + forecast->steps);
	range->shown = plane_with_margin(&range->data, &range->drawing);
}

bool
live_shape_choose(struct live_shape *shape, size_t choice, struct error *error)
{
	struct shape_choice chosen = shape_choice_make(shape->run, choice);
	struct shape_range range[SHAPE_PANELS_MAX];

	for (size_t i = 0; i < chosen.count; i++)
		if (!shape_range_create(&range[i], shape->run,
			    &chosen.drawing[i], error))
			return false;
	if (chosen.is_forecast && shape->forecast.run == NULL &&
		!live_forecast_create(&shape->forecast, shape->run, error)) {
		live_forecast_destroy(&shape->forecast);
		return false;
	}
	shape->choice = chosen;
	memcpy(shape->range, range, chosen.count * sizeof range[0]);
	for (size_t i = 0; chosen.is_forecast && i < chosen.count; i++)
		set_forecast_range(shape, i);
	return true;
}

bool
live_shape_create(struct live_shape *shape, const struct run *run,
	size_t choice, struct error *error)
{
	size_t size;

	*shape = (struct live_shape){
		.run = run,
		.length = run_length(run),
		.features = run_features(run),
		.since = -1,
	};
	if (!memory_product(shape->length, shape->features, &size))
		return error_out_of_memory(error);
	shape->points = memory_floats(size);
	if (shape->points == NULL)
		return error_out_of_memory(error);
	return live_shape_choose(shape, choice, error) &&
		make_cloud(shape, error) &&
		generator_create(&shape->generator, run,
			run_settings(run)->seed, error);
}

void
live_shape_destroy(struct live_shape *shape)
{
	generator_destroy(&shape->generator);
	live_forecast_destroy(&shape->forecast);
	free(shape->points);
	free(shape->cloud);
	*shape = (struct live_shape){0};
}

static void
draw_one(struct live_shape *shape, float *points)
{
	generator_show(&shape->generator, shape->run, shape->length, points);
}

/*
 * Use the same random numbers for every frame, so that samples of a mixture
 * change only because the model changes.
 */
static void
draw(struct live_shape *shape, bool has_cloud)
{
	size_t size = shape->length * shape->features;

	random_seed(&shape->generator.random, shape->number,
		RANDOM_STREAM_GENERATE);
	draw_one(shape, shape->points);
	for (size_t i = 0; has_cloud && i < shape->cloud_count; i++)
		draw_one(shape, shape->cloud + i * size);
}

bool
live_shape_update(struct live_shape *shape, double now, bool is_training,
	bool has_cloud)
{
	uint64_t updates = run_updates(shape->run);

	/* after a reset or a return, the model is another one */
	if (updates < shape->updates)
		shape->since = -1;
	shape->updates = updates;
	shape->shown = shape->length;
	if (shape->since >= 0) {
		double shown = 1 + (now - shape->since) / POINT_SECONDS;

		/* keep the complete shape for the time of two more points */
		if (shown < (double)shape->length + 2) {
			if (shown < (double)shape->length)
				shape->shown = (size_t)shown;
			return true;
		}
		shape->since = -1;
	}
	if (is_training && now - shape->drawn_at < 9 * shape->seconds)
		return false;
	shape->drawn_at = clock_seconds();
	draw(shape, has_cloud);
	shape->seconds = clock_seconds() - shape->drawn_at;
	return false;
}

void
live_shape_begin(struct live_shape *shape, bool has_cloud)
{
	shape->number++;
	draw(shape, has_cloud);
	shape->since = clock_seconds();
}

void
live_shape_cut_memory(struct live_shape *shape, bool cuts)
{
	const struct task *task = run_task(shape->run);

	shape->generator.no_memory = false;
	shape->since = -1;
	if (cuts && task->shape_error != NULL) {
		draw(shape, false);
		shape->memory_error =
			run_shape_error(shape->run, shape->points);
		shape->memory_updates = run_updates(shape->run);
	}
	shape->generator.no_memory = cuts;
	draw(shape, shape->cloud != NULL);
}

double
live_shape_memory_error(const struct live_shape *shape)
{
	return shape->generator.no_memory &&
			run_task(shape->run)->shape_error != NULL &&
			run_updates(shape->run) == shape->memory_updates
		? shape->memory_error
		: NAN;
}
