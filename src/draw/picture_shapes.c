/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw/picture_shapes.h"

#include "draw/picture_page.h"

#ifndef HAVE_CAIRO

bool
picture_shapes_write(const struct multiples *multiples,
	enum picture_format format, const struct picture_sink *sink,
	struct error *error)
{
	(void)multiples;
	(void)sink;
	return picture_check(format, error);
}

#else

#include <math.h>

#include "draw/labels.h"
#include "draw/panel_map.h"

/* Sizes in points. */
enum {
	TITLE_SPACE = 22,
	PANEL_SIZE = 150, /* the drawing, without title and labels */
	LABELS_LEFT = 34, /* five digits, or "-0.25" */
	LABELS_BELOW = 16,
	PANEL_TITLE = 18,
	CELL_WIDTH = LABELS_LEFT + PANEL_SIZE + PICTURE_MARGIN,
	CELL_HEIGHT = PANEL_TITLE + PANEL_SIZE + LABELS_BELOW + PICTURE_MARGIN,
	WIDTH_MIN = 280, /* enough for a title */
	TICK = 3,
	Y_LABEL_MAX = 5, /* characters */
	X_LABEL_MAX = 8
};

#define LINE_WIDTH 1.5

/* The number of panels in a row. */
static size_t
panels_across(const struct multiples *multiples)
{
	size_t across = 1;

	while (across * across < multiples->count)
		across++;
	return across;
}

/* Draw the labels of two ticks, and their shared part at the axis's end. */
static void
draw_labels(cairo_t *cairo, const double mark[2], bool is_x, double origin,
	double scale)
{
	struct labels labels;

	if (!labels_make(&labels, mark, 2, is_x ? X_LABEL_MAX : Y_LABEL_MAX,
		    false))
		return;
	for (int i = 0; i < 2; i++) {
		double position = origin + scale * mark[i];

		if (is_x)
			picture_draw_text(cairo, position,
				PANEL_SIZE + TICK + PICTURE_LABEL_FONT, 0.5,
				labels.text[i]);
		else
			picture_draw_text(cairo, -TICK - 2,
				position + PICTURE_LABEL_FONT / 3, 1,
				labels.text[i]);
	}
	if (is_x)
		picture_draw_text(cairo, PANEL_SIZE,
			PANEL_SIZE + TICK + 2 * PICTURE_LABEL_FONT, 1,
			labels.common);
	else
		picture_draw_text(cairo, TICK - LABELS_LEFT, -6, 0,
			labels.common);
}

static void
draw_axes(cairo_t *cairo, const struct plane_range *range,
	const struct panel_map *map)
{
	double across[2], up[2];

	plane_marks(range->left, range->right, across);
	plane_marks(range->bottom, range->top, up);
	cairo_set_source_rgb(cairo, 0.45, 0.45, 0.45);
	cairo_set_line_width(cairo, 0.75);
	cairo_move_to(cairo, 0, 0);
	cairo_line_to(cairo, 0, PANEL_SIZE);
	cairo_line_to(cairo, PANEL_SIZE, PANEL_SIZE);
	for (int i = 0; i < 2; i++) {
		cairo_move_to(cairo, map->x_origin + map->x_scale * across[i],
			PANEL_SIZE);
		cairo_rel_line_to(cairo, 0, TICK);
		cairo_move_to(cairo, 0, map->y_origin + map->y_scale * up[i]);
		cairo_rel_line_to(cairo, -TICK, 0);
	}
	cairo_stroke(cairo);
	cairo_set_font_size(cairo, PICTURE_LABEL_FONT);
	draw_labels(cairo, up, false, map->y_origin, map->y_scale);
	draw_labels(cairo, across, true, map->x_origin, map->x_scale);
}

static void
draw_shape(cairo_t *cairo, const struct multiples *multiples,
	const struct multiples_item *item, const struct panel_map *map)
{
	struct drawing_pen pen =
		drawing_begin(&multiples->drawing, item->length, item->points);

	cairo_save(cairo);
	cairo_rectangle(cairo, 0, 0, PANEL_SIZE, PANEL_SIZE);
	cairo_clip(cairo);
	cairo_set_source_rgb(cairo, 0.2, 0.4, 0.8);
	cairo_set_line_width(cairo, LINE_WIDTH);
	cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
	cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
	while (drawing_next(&pen)) {
		double x = panel_map_x(map, &pen);
		double y = panel_map_y(map, &pen);

		if (pen.is_joined)
			cairo_line_to(cairo, x, y);
		else
			cairo_move_to(cairo, x, y);
		/* a line to itself is a dot */
		if (pen.is_alone)
			cairo_line_to(cairo, x, y);
	}
	if (multiples->is_closed)
		cairo_close_path(cairo);
	cairo_stroke(cairo);
	cairo_restore(cairo);
}

static void
draw_panels(cairo_t *cairo, const struct picture_page *page)
{
	const struct multiples *multiples = page->content;
	size_t across = panels_across(multiples);
	double top = PICTURE_MARGIN;

	if (multiples->title[0] != '\0') {
		picture_draw_title(cairo, page, multiples->title);
		top += TITLE_SPACE;
	}
	for (size_t i = 0; i < multiples->count; i++) {
		const struct multiples_item *item = &multiples->items[i];
		struct panel_map map = panel_map_make(&multiples->range,
			&multiples->drawing, PANEL_SIZE);
		size_t column = i % across, row = i / across;

		cairo_save(cairo);
		cairo_translate(cairo,
			(double)(column * CELL_WIDTH + LABELS_LEFT) +
				PICTURE_MARGIN,
			(double)(row * CELL_HEIGHT + PANEL_TITLE) + top);
		cairo_set_source_rgb(cairo, 0, 0, 0);
		cairo_set_font_size(cairo, PICTURE_LABEL_FONT);
		picture_draw_text(cairo, PANEL_SIZE / 2.0, -6, 0.5,
			item->title);
		draw_axes(cairo, &multiples->range, &map);
		if (item->points != NULL && item->length > 0)
			draw_shape(cairo, multiples, item, &map);
		cairo_restore(cairo);
	}
}

bool
picture_shapes_write(const struct multiples *multiples,
	enum picture_format format, const struct picture_sink *sink,
	struct error *error)
{
	size_t across = panels_across(multiples);
	size_t down = (multiples->count + across - 1) / across;
	struct picture_page page = {
		.draw = draw_panels,
		.content = multiples,
		.width = fmax((double)(across * CELL_WIDTH + PICTURE_MARGIN),
			WIDTH_MIN),
		.height = (double)(down * CELL_HEIGHT + PICTURE_MARGIN),
	};

	if (multiples->title[0] != '\0')
		page.height += TITLE_SPACE;
	return picture_page_write(&page, format, sink, error);
}

#endif
