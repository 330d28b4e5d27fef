/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/live_forecast.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"

enum {
	PAST = 72, /* points shown of the data, at most */
	WARM = 500,
	STEPS_MIN = 4,
	/* samples of a fan, and multiply-adds for all of them */
	SAMPLES_MIN = 30,
	SAMPLES_MAX = 200,
	FAN_WORK = 20000000,
	/* multiply-adds before a frame: about a millisecond */
	FRAME_WORK = 1000000
};

/* Of the time of training, a forecast takes at most one part of so many. */
#define SHARE 30

static struct forecast_config
configure(const struct run *run, size_t length)
{
	size_t past = length < PAST ? length : PAST;
	size_t steps = past / 2 > STEPS_MIN ? past / 2 : STEPS_MIN;
	size_t cost = steps * run_model(run)->parameters.total;
	size_t samples = FAN_WORK / (cost > 0 ? cost : 1);

	if (samples > SAMPLES_MAX)
		samples = SAMPLES_MAX;
	return (struct forecast_config){
		.past = past,
		.warm = WARM,
		.steps = steps,
		.samples = samples > SAMPLES_MIN ? samples : SAMPLES_MIN,
		.temperature = 1,
		.levels = 2,
		.level = {LIVE_FORECAST_LOW, LIVE_FORECAST_HIGH},
	};
}

bool
live_forecast_create(struct live_forecast *live, const struct run *run,
	struct error *error)
{
	const struct sequences *data = run_sequences(run);
	size_t length = data->start[data->count] - data->start[data->count - 1];
	struct forecast_config config = configure(run, length);
	size_t size = (config.steps + 1) * run_features(run);

	*live = (struct live_forecast){.run = run};
	if (!forecast_create(&live->forecast, run, &config, error))
		return false;
	live->first = length - live->forecast.past;
	live->line = memory_floats(size);
	live->low = memory_floats(size);
	live->high = memory_floats(size);
	return (live->line != NULL && live->low != NULL &&
		       live->high != NULL) ||
		error_out_of_memory(error);
}

void
live_forecast_destroy(struct live_forecast *live)
{
	if (live->run != NULL)
		forecast_destroy(&live->forecast);
	free(live->line);
	free(live->low);
	free(live->high);
	*live = (struct live_forecast){.run = NULL};
}

bool
live_forecast_has_fan(const struct live_forecast *live)
{
	return live->forecast.results.fan != NULL;
}

/* Set a line to the last point of the data and points[steps, features]. */
static void
set_line(const struct forecast *forecast, const float *points, float *line)
{
	size_t features = forecast->features;

	memcpy(line, forecast->actual + (forecast->past - 1) * features,
		features * sizeof *line);
	memcpy(line + features, points,
		forecast->steps * features * sizeof *line);
}

static void
take_results(struct live_forecast *live)
{
	const struct forecast *forecast = &live->forecast;
	const float *fan = forecast->results.fan;

	set_line(forecast, forecast->results.future, live->line);
	if (fan == NULL)
		return;
	set_line(forecast, fan, live->low);
	set_line(forecast, fan + forecast->steps * forecast->features,
		live->high);
}

static void
begin(struct live_forecast *live, bool cuts_memory)
{
	live->updates = run_updates(live->run);
	live->cuts_memory = cuts_memory;
	live->forecast.generator.no_memory = cuts_memory;
	live->is_busy = true;
	live->seconds = 0;
	forecast_begin(&live->forecast);
}

bool
live_forecast_update(struct live_forecast *live, double now, bool is_training,
	bool cuts_memory)
{
	bool is_new = !live->forecast.has_results ||
		live->updates != run_updates(live->run);
	double started = clock_seconds();

	/* the keys act at once, training at a calm pace */
	if (cuts_memory != live->cuts_memory ||
		(!live->is_busy && is_new &&
			(!is_training ||
				now - live->done_at >= SHARE * live->seconds)))
		begin(live, cuts_memory);
	if (!live->is_busy)
		return false;
	live->is_busy = forecast_advance(&live->forecast, FRAME_WORK);
	live->seconds += clock_seconds() - started;
	if (!live->is_busy) {
		live->done_at = now;
		take_results(live);
	}
	/* the last one may have begun before the end of training */
	return live->is_busy ||
		(!is_training && live->updates != run_updates(live->run));
}
