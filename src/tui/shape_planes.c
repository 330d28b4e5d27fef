/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/shape_planes.h"

size_t
shape_planes_room(const struct live_shape *shape, int rows, bool has_axes)
{
	size_t count = shape->choice.count;
	int room =
		has_axes ? (rows - PLANE_LABEL_ROWS) / PLANE_STACK_ROWS : rows;

	if (room < 1)
		return 1;
	return (size_t)room < count ? (size_t)room : count;
}

static void
begin_stack(struct shape_planes *planes, const struct live_shape *shape,
	struct canvas *canvas, bool has_axes)
{
	char text[SHAPE_PANELS_MAX][DRAWING_NAME_SIZE];
	const char *names[SHAPE_PANELS_MAX];
	struct plane_range ranges[SHAPE_PANELS_MAX];

	for (size_t i = 0; i < planes->count; i++) {
		ranges[i] = planes->ranges[i].shown;
		names[i] = has_axes
			? shape_choice_name(&planes->ranges[i].drawing,
				  shape->run, text[i])
			: "";
	}
	plane_begin_stack(canvas, planes->count, ranges, names, has_axes,
		planes->plane);
}

struct shape_planes
shape_planes_begin(const struct live_shape *shape,
	const struct shape_range *ranges, struct canvas *canvas, bool has_axes)
{
	struct shape_planes planes = {
		.ranges = ranges,
		.count = shape_planes_room(shape, (int)canvas->rows, has_axes),
	};

	if (shape->choice.count > 1)
		begin_stack(&planes, shape, canvas, has_axes);
	else if (has_axes)
		planes.plane[0] = plane_begin(canvas, &ranges[0].shown,
			&ranges[0].drawing);
	else
		planes.plane[0] = plane_begin_bare(canvas, &ranges[0].shown,
			&ranges[0].drawing);
	return planes;
}

void
shape_planes_draw(const struct shape_planes *planes, enum canvas_layer layer,
	size_t count, const float *points, bool is_closed)
{
	for (size_t i = 0; i < planes->count; i++)
		plane_draw(&planes->plane[i], &planes->ranges[i].drawing, layer,
			count, points, is_closed);
}

void
shape_planes_dots(const struct shape_planes *planes, enum canvas_layer layer,
	size_t count, const float *points)
{
	for (size_t i = 0; i < planes->count; i++)
		plane_dots(&planes->plane[i], &planes->ranges[i].drawing, layer,
			count, points);
}

void
shape_planes_signs(const struct shape_planes *planes, enum canvas_layer layer,
	size_t count, const float *points, const char *sign)
{
	for (size_t i = 0; i < planes->count; i++)
		plane_signs(&planes->plane[i], &planes->ranges[i].drawing,
			layer, count, points, sign);
}
