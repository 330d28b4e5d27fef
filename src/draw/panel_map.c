/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw/panel_map.h"

#include <math.h>

/*
 * Largest coordinate of a picture: outside of every panel, but within the range
 * of cairo's fixed-point numbers.
 */
#define COORDINATE_MAX 1e5

struct panel_map
panel_map_make(const struct plane_range *range, const struct drawing *drawing,
	double size)
{
	double width = range->right - range->left;
	double height = range->top - range->bottom;
	struct panel_map map = {
		.x_scale = size / width,
		.y_scale = size / height,
	};

	if (!drawing_has_own_scales(drawing)) {
		map.x_scale = fmin(map.x_scale, map.y_scale);
		map.y_scale = map.x_scale;
	}
	map.x_origin =
		(size - map.x_scale * width) / 2 - map.x_scale * range->left;
	map.y_origin =
		(size + map.y_scale * height) / 2 + map.y_scale * range->bottom;
	map.y_scale = -map.y_scale;
	return map;
}

static double
clamp(double coordinate)
{
	return fmax(-COORDINATE_MAX, fmin(COORDINATE_MAX, coordinate));
}

double
panel_map_x(const struct panel_map *map, const struct drawing_pen *pen)
{
	return clamp(map->x_origin + map->x_scale * pen->x);
}

double
panel_map_y(const struct panel_map *map, const struct drawing_pen *pen)
{
	return clamp(map->y_origin + map->y_scale * pen->y);
}
