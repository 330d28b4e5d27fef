/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/forecast.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "run/quantiles.h"

enum {
	DONE,   /* also of a zeroed forecast */
	READ,   /* the end of the data, point by point */
	FUTURE, /* the expected continuation */
	SAMPLE, /* the samples, one after the other */
	FAN     /* their quantiles, step by step */
};

/* The last sequence of the run's data: points[return value, features]. */
static size_t
last_sequence(const struct run *run, const float **points)
{
	const struct sequences *data = run_sequences(run);
	size_t first = data->start[data->count - 1];

	*points = data->values + first * data->features;
	return data->start[data->count] - first;
}

static bool
has_fan(const struct forecast *forecast)
{
	return run_settings(forecast->run)->loss->is_density &&
		forecast->levels > 0;
}

static size_t
min(size_t a, size_t b)
{
	return a < b ? a : b;
}

static bool
create_results(const struct forecast *forecast,
	struct forecast_results *results)
{
	size_t size = forecast->steps * forecast->features;

	results->predicted = memory_floats(forecast->past * forecast->features);
	results->future = memory_floats(size);
	if (has_fan(forecast))
		results->fan = memory_floats(forecast->levels * size);
	return results->predicted != NULL && results->future != NULL &&
		(results->fan != NULL || !has_fan(forecast));
}

static bool
create_samples(struct forecast *forecast)
{
	size_t size = forecast->steps * forecast->features;

	if (!has_fan(forecast))
		return true;
	if (forecast->config.samples > FORECAST_NUMBERS_MAX / size)
		forecast->config.samples = FORECAST_NUMBERS_MAX / size;
	if (forecast->config.samples == 0)
		forecast->config.samples = 1;
	forecast->samples = memory_floats(forecast->config.samples * size);
	forecast->column =
		memory_new(forecast->config.samples, sizeof *forecast->column);
	return forecast->samples != NULL && forecast->column != NULL;
}

bool
forecast_create(struct forecast *forecast, const struct run *run,
	const struct forecast_config *config, struct error *error)
{
	const struct model *model = run_model(run);
	const float *points;
	size_t length = last_sequence(run, &points);
	size_t past = min(config->past, length);

	assert(config->past > 0 && config->steps > 0 &&
		config->levels <= FORECAST_LEVELS_MAX);
	*forecast = (struct forecast){
		.features = run_features(run),
		.past = past,
		.steps = config->steps,
		.levels = config->levels,
		.run = run,
		.config = *config,
	};
	if (!model_create(&forecast->model, model->context, &model->shape,
		    error) ||
		!generator_create_for(&forecast->generator, run,
			&forecast->model, run_settings(run)->seed, error))
		return false;
	forecast->actual = memory_floats(past * forecast->features);
	if (forecast->actual == NULL ||
		!create_results(forecast, &forecast->results) ||
		!create_results(forecast, &forecast->next) ||
		!create_samples(forecast))
		return error_out_of_memory(error);
	scaling_undo_floats(run_scaling(run), past * forecast->features,
		points + (length - past) * forecast->features,
		forecast->actual);
	return true;
}

static void
destroy_results(struct forecast_results *results)
{
	free(results->predicted);
	free(results->future);
	free(results->fan);
}

void
forecast_destroy(struct forecast *forecast)
{
	generator_destroy(&forecast->generator);
	model_destroy(&forecast->model);
	destroy_results(&forecast->results);
	destroy_results(&forecast->next);
	free(forecast->actual);
	free(forecast->samples);
	free(forecast->column);
	*forecast = (struct forecast){0};
}

/* The number of points that are read before those of `actual`. */
static size_t
warm(const struct forecast *forecast, size_t length)
{
	size_t starts = framing_start_points(forecast->generator.framing);
	size_t most = forecast->generator.framing.framing->carries_state
		? forecast->config.warm
		: 0;

	return min(most > starts ? most : starts, length - forecast->past);
}

void
forecast_begin(struct forecast *forecast)
{
	const struct run *run = forecast->run;
	const float *points;
	size_t length = last_sequence(run, &points);

	memcpy(forecast->model.values, run_model(run)->values,
		forecast->model.parameters.packed_total *
			sizeof *forecast->model.values);
	forecast->next.updates = run_updates(run);
	generator_reset(&forecast->generator);
	forecast->stage = READ;
	forecast->at = length - forecast->past - warm(forecast, length);
}

/* Note what is expected of point `at`, which is the next to read. */
static void
expect(struct forecast *forecast, size_t length)
{
	struct generator *generator = &forecast->generator;
	size_t past = forecast->past, at = forecast->at;
	size_t first = length - past - warm(forecast, length);
	float *point;

	if (at + past < length)
		return;
	point = forecast->next.predicted +
		(at + past - length) * forecast->features;
	if (at - first >= framing_start_points(generator->framing))
		generator_expect(generator, point);
	else
		for (size_t f = 0; f < forecast->features; f++)
			point[f] = NAN;
}

/* Start to generate: the continuation without chance, then each sample. */
static void
start(struct forecast *forecast, int stage)
{
	struct generator *generator = &forecast->generator;

	if (stage == FUTURE) {
		generator_mark(generator);
		generator->temperature = 0;
	} else {
		generator_return(generator);
		generator->temperature = forecast->config.temperature;
		random_seed(&generator->random,
			run_settings(forecast->run)->seed,
			RANDOM_STREAM_GENERATE);
	}
	forecast->stage = stage;
	forecast->sample = 0;
	forecast->at = 0;
}

/* Return the results to the units of the data. */
static void
undo_scaling(const struct forecast *forecast,
	const struct forecast_results *results)
{
	const struct scaling *scaling = run_scaling(forecast->run);
	size_t size = forecast->steps * forecast->features;

	scaling_undo_floats(scaling, forecast->past * forecast->features,
		results->predicted, results->predicted);
	scaling_undo_floats(scaling, size, results->future, results->future);
	if (results->fan != NULL)
		scaling_undo_floats(scaling, size * forecast->levels,
			results->fan, results->fan);
}

static void
finish(struct forecast *forecast)
{
	struct forecast_results results = forecast->results;

	undo_scaling(forecast, &forecast->next);

	forecast->results = forecast->next;
	forecast->next = results;
	forecast->has_results = true;
	forecast->stage = DONE;
}

static void
read_point(struct forecast *forecast)
{
	const float *points;
	size_t length = last_sequence(forecast->run, &points);

	expect(forecast, length);
	generator_read(&forecast->generator,
		points + forecast->at * forecast->features, 1);
	if (++forecast->at == length)
		start(forecast, FUTURE);
}

static void
generate_point(struct forecast *forecast)
{
	size_t size = forecast->steps * forecast->features;
	float *points = forecast->stage == FUTURE
		? forecast->next.future
		: forecast->samples + forecast->sample * size;

	generator_next(&forecast->generator,
		points + forecast->at * forecast->features);
	if (++forecast->at < forecast->steps)
		return;
	forecast->at = 0;
	if (forecast->stage == FUTURE) {
		if (has_fan(forecast))
			start(forecast, SAMPLE);
		else
			finish(forecast);
	} else if (++forecast->sample < forecast->config.samples) {
		generator_return(&forecast->generator);
	} else {
		forecast->stage = FAN;
	}
}

/* Compute the quantiles of one step. */
static void
describe_step(struct forecast *forecast)
{
	size_t features = forecast->features, at = forecast->at;
	size_t size = forecast->steps * features;
	size_t count = forecast->config.samples;

	for (size_t f = 0; f < features; f++) {
		for (size_t k = 0; k < count; k++)
			forecast->column[k] =
				forecast->samples[k * size + at * features + f];
		quantiles_sort(forecast->column, count);
		for (size_t q = 0; q < forecast->levels; q++)
			forecast->next.fan[q * size + at * features + f] =
				(float)quantiles_at(forecast->column, count,
					forecast->config.level[q]);
	}
	if (++forecast->at == forecast->steps)
		finish(forecast);
}

/* Compute a part. Returns its cost in multiply-adds, approximately. */
static uint64_t
advance(struct forecast *forecast)
{
	uint64_t cost = (uint64_t)forecast->model.parameters.total *
		framing_steps(forecast->generator.framing);

	switch (forecast->stage) {
	case READ:
		read_point(forecast);
		break;
	case FUTURE:
	case SAMPLE:
		generate_point(forecast);
		break;
	default:
		/* sorting compares each number several times */
		cost = (uint64_t)forecast->config.samples * forecast->features *
			32;
		describe_step(forecast);
	}
	return cost;
}

bool
forecast_advance(struct forecast *forecast, uint64_t work)
{
	uint64_t done = 0;

	while (forecast->stage != DONE && done <= work)
		done += advance(forecast);
	return forecast->stage != DONE;
}
