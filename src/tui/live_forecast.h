/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The forecast of a run of points from a file, as the Generated pane shows it:
 * computed in parts before frames, again when the model has changed, so rarely
 * that training goes on. Panes only draw it.
 */
#ifndef LSTMTUI_TUI_LIVE_FORECAST_H
#define LSTMTUI_TUI_LIVE_FORECAST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "run/forecast.h"

struct live_forecast {
	const struct run *run; /* borrowed; NULL: not created, all else is 0 */
	struct forecast forecast;
	size_t first; /* index of the first point shown, in its sequence */
	bool is_busy; /* a forecast is in progress */
	bool cuts_memory;
	uint64_t updates; /* of the model of the last one begun */
	/* when the last one was complete, and how long it was computed */
	double done_at, seconds;
	/*
	 * [steps + 1, features] each: the continuation, and the lower and the
	 * upper edge of the fan, from the last point of the data on
	 */
	float *line, *low, *high;
};

/*
 * Create it for a run with run_sequences. Release it with
 * live_forecast_destroy, also after an error.
 */
bool live_forecast_create(struct live_forecast *live, const struct run *run,
	struct error *error);
void live_forecast_destroy(struct live_forecast *live);

/*
 * Compute a part; begin a new forecast if the model, or whether its memory is
 * cut, has changed. Returns whether one is in progress.
 */
bool live_forecast_update(struct live_forecast *live, double now,
	bool is_training, bool cuts_memory);

/* Whether there is a fan, and the levels of its edges. */
bool live_forecast_has_fan(const struct live_forecast *live);
#define LIVE_FORECAST_LOW 0.1
#define LIVE_FORECAST_HIGH 0.9

#endif
