/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The shape that a model of points generates at the moment: computed before a
 * frame, so that panes only have to draw it.
 */
#ifndef LSTMTUI_TUI_LIVE_SHAPE_H
#define LSTMTUI_TUI_LIVE_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "draw/plane.h"
#include "run/generate.h"

struct live_shape {
	const struct run *run; /* borrowed; NULL: none, all below is 0 */
	struct generator generator;
	struct plane_range range; /* of the data, or the unit square's */
	size_t length, features;
	float *points;    /* [length, features] */
	size_t seen;      /* of the points, the first that are drawn */
	uint64_t number;  /* of the shape, where chance decides */
	uint64_t updates; /* of the model that drew it */
	double since;     /* it is being drawn point by point; < 0: not */
	double drawn_at, seconds; /* when it was computed, how long it took */
	/* further ones, where the model is a distribution */
	size_t cloud_count;
	float *cloud; /* [cloud_count, length, features], or NULL */
};

/* For the run that is shown. Release with live_shape_destroy, in any case. */
bool live_shape_create(struct live_shape *shape, const struct run *run,
	struct error *error);
void live_shape_destroy(struct live_shape *shape);

/*
 * Let the model draw as it is now: at most for a tenth of the time while it is
 * being trained. has_cloud asks for the further shapes too. Returns whether
 * the shape is being drawn point by point.
 */
bool live_shape_update(struct live_shape *shape, double now, bool is_training,
	bool has_cloud);

/* Draw another one, which is seen point by point from now on. */
void live_shape_begin(struct live_shape *shape, bool has_cloud);

#endif
