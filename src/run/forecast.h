/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The forecast of a run of points from a file: the last points of its last
 * sequence, what the model expects of each of them from the points before it,
 * and how the sequence goes on after its end. If the model predicts a
 * distribution, many samples of the continuation form a fan, which is described
 * by its quantiles at each step.
 *
 * A forecast is computed in parts of bounded work, with a copy of the weights,
 * so that training can go on between them. The results are those of the last
 * complete forecast, in the units of the data. They are not finite where the
 * model's predictions are not.
 */
#ifndef LSTMTUI_RUN_FORECAST_H
#define LSTMTUI_RUN_FORECAST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "core/model.h"
#include "run/generate.h"
#include "run/run.h"

enum { FORECAST_LEVELS_MAX = 9 };

struct forecast_config {
	size_t past; /* points of the data, at most; fewer if it is shorter */
	/*
	 * points before these that are read for the state, at most: the state
	 * after a sequence of more points than past + warm differs from that
	 * of generate --start end, which reads all of it. A framing that
	 * carries no state reads the points of its input in any case
	 */
	size_t warm;
	size_t steps; /* points after the end, at least 1 */
	/*
	 * samples of a distribution, at least 1, reduced if all their numbers
	 * are more than FORECAST_NUMBERS_MAX; of other models none are drawn
	 */
	size_t samples;
	double temperature; /* of the samples */
	size_t levels;      /* of the fan, up to FORECAST_LEVELS_MAX; 0: none */
	double level[FORECAST_LEVELS_MAX]; /* 0 to 1 */
};

enum { FORECAST_NUMBERS_MAX = 1 << 20 };

/* The results; NULL or 0 before the first forecast, except for `actual`. */
struct forecast_results {
	/*
	 * [past, features]: what the model expects of each point of `actual`
	 * after reading those before it. NaN: too few points precede it
	 */
	float *predicted;
	/*
	 * [steps, features]: the continuation; for a distribution, each point
	 * is the mean of the most probable component
	 */
	float *future;
	float *fan; /* [levels, steps, features], or NULL: no distribution */
	uint64_t updates; /* of the model */
};

struct forecast {
	size_t features, past, steps, levels;
	float *actual; /* [past, features]: the end of the data */
	bool has_results;
	struct forecast_results results;

	/* how it is computed */
	const struct run *run; /* borrowed */
	struct forecast_config config;
	struct model model; /* a copy */
	struct generator generator;
	struct forecast_results next; /* those in progress */
	float *samples;               /* [samples, steps, features] */
	double *column;               /* [samples] */
	int stage;
	size_t at, sample; /* the next point, of which sample */
};

/*
 * Create the forecast of a prepared run that has run_sequences. Release it with
 * forecast_destroy, also after a failure. Returns false if out of memory.
 */
bool forecast_create(struct forecast *forecast, const struct run *run,
	const struct forecast_config *config, struct error *error);
void forecast_destroy(struct forecast *forecast);

/*
 * Begin to compute a forecast with the current weights, in place of one in
 * progress. The samples of each forecast are drawn with the same random
 * numbers, so that they change only because the model changes.
 */
void forecast_begin(struct forecast *forecast);

/*
 * Compute for about `work` multiply-adds, at least one step of the model.
 * Returns whether the forecast is still in progress. The results change only
 * when it is complete.
 */
bool forecast_advance(struct forecast *forecast, uint64_t work);

#endif
