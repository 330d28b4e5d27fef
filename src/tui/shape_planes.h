/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The planes in which points of a run are drawn on the screen: one, or for
 * series several, one below the other.
 */
#ifndef LSTMTUI_TUI_SHAPE_PLANES_H
#define LSTMTUI_TUI_SHAPE_PLANES_H

#include "draw/plane.h"
#include "tui/live_shape.h"

struct shape_planes {
	const struct shape_range *ranges; /* borrowed */
	size_t count; /* the first ones of the choice: those with room */
	struct plane plane[SHAPE_PANELS_MAX];
};

/* Return how many drawings of the choice have room in so many rows. */
size_t shape_planes_room(const struct live_shape *shape, int rows,
	bool has_axes);

/*
 * Map the ranges of the choice, those of its drawings or of its forecasts, to
 * the canvas; draw axes if has_axes and there is room.
 */
struct shape_planes shape_planes_begin(const struct live_shape *shape,
	const struct shape_range *ranges, struct canvas *canvas, bool has_axes);

/* Draw points[count, features] in all planes: as lines, dots or signs. */
void shape_planes_draw(const struct shape_planes *planes,
	enum canvas_layer layer, size_t count, const float *points,
	bool is_closed);
void shape_planes_dots(const struct shape_planes *planes,
	enum canvas_layer layer, size_t count, const float *points);
void shape_planes_signs(const struct shape_planes *planes,
	enum canvas_layer layer, size_t count, const float *points,
	const char *sign);

#endif
