/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The shape that a model of points currently generates. It is computed before a
 * frame; panes only draw it.
 */
#ifndef LSTMTUI_TUI_LIVE_SHAPE_H
#define LSTMTUI_TUI_LIVE_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "run/generate.h"
#include "tui/live_forecast.h"
#include "tui/shape_choice.h"
#include "tui/shape_range.h"

struct live_shape {
	const struct run *run; /* borrowed; NULL: no run, all else is 0 */
	struct generator generator;
	struct shape_choice choice;                 /* what is drawn */
	struct shape_range range[SHAPE_PANELS_MAX]; /* of each drawing of it */
	/* the forecast and its ranges; zero before it was chosen */
	struct live_forecast forecast;
	struct shape_range forecast_range[SHAPE_PANELS_MAX];
	size_t length, features;
	float *points;    /* [length, features] */
	size_t shown;     /* number of points to draw, from the first */
	uint64_t number;  /* selects the random numbers of a mixture */
	uint64_t updates; /* of the model that generated the shape */
	/* start of drawing point by point; < 0: drawn at once */
	double since;
	/* time of the last computation, and its duration */
	double drawn_at, seconds;
	/* of a cut memory: the error with memory, and of which updates */
	double memory_error;
	uint64_t memory_updates;
	/* more samples of a mixture */
	size_t cloud_count;
	float *cloud; /* [cloud_count, length, features], or NULL */
};

/*
 * Create it for the current run, with a choice of what is drawn. Release it
 * with live_shape_destroy, also after an error.
 */
bool live_shape_create(struct live_shape *shape, const struct run *run,
	size_t choice, struct error *error);
void live_shape_destroy(struct live_shape *shape);

/* Draw something else; false: out of memory, and nothing changed. */
bool live_shape_choose(struct live_shape *shape, size_t choice,
	struct error *error);

/*
 * Generate the shape with the current weights; during training, this takes at
 * most a tenth of the time. has_cloud: generate the cloud too. Returns whether
 * the shape is being drawn point by point.
 */
bool live_shape_update(struct live_shape *shape, double now, bool is_training,
	bool has_cloud);

/*
 * Generate without memory, or with it again; the shape is drawn at once. Note
 * the error of the shape with memory.
 */
void live_shape_cut_memory(struct live_shape *shape, bool cuts);

/*
 * Return the error with memory of the weights whose memory is cut; NaN: it is
 * not cut, the weights have changed since, or the task has no error.
 */
double live_shape_memory_error(const struct live_shape *shape);

/* Generate another shape and start drawing it point by point. */
void live_shape_begin(struct live_shape *shape, bool has_cloud);

#endif
