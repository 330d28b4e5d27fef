/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mapping of a range of the plane to a square panel of a picture. */
#ifndef LSTMTUI_DRAW_PANEL_MAP_H
#define LSTMTUI_DRAW_PANEL_MAP_H

#include "draw/drawing.h"
#include "draw/plane.h"

/*
 * Position = origin + scale · coordinate, in units of the picture from the top
 * left corner of the panel.
 */
struct panel_map {
	double x_origin, x_scale;
	double y_origin, y_scale; /* scale < 0: y counts downwards */
};

/* Map a range to a panel of this size, in the middle if it is not square. */
struct panel_map panel_map_make(const struct plane_range *range,
	const struct drawing *drawing, double size);

/*
 * Return the place of a pen. Far outside of the panel it is cut, so that
 * pictures can hold it; NaN is there too.
 */
double panel_map_x(const struct panel_map *map, const struct drawing_pen *pen);
double panel_map_y(const struct panel_map *map, const struct drawing_pen *pen);

#endif
