/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw/picture.h"

static const char *const format_names[] = {
	[PICTURE_SVG] = "svg",
	[PICTURE_PNG] = "png",
	[PICTURE_PDF] = "pdf",
};

const char *
picture_format_name(enum picture_format format)
{
	return format_names[format];
}

#ifndef HAVE_CAIRO

bool
picture_check(enum picture_format format, struct error *error)
{
	return error_set(error,
		"the format '%s' is not available: the program was built "
		"without cairo; install cairo (Debian: libcairo2-dev), then "
		"configure and build again",
		picture_format_name(format));
}

bool
picture_write(const struct multiples *multiples, enum picture_format format,
	const struct picture_sink *sink, struct error *error)
{
	(void)multiples;
	(void)sink;
	return picture_check(format, error);
}

#else

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <cairo.h>
#include <math.h>

#include "base/number.h"
#include "draw/labels.h"

/*
 * fontconfig, which finds cairo's fonts, leaks some memory once. Do not report
 * that as a leak of this program.
 */
#ifdef __has_feature
#define HAS_ASAN __has_feature(address_sanitizer)
#elif defined(__SANITIZE_ADDRESS__)
#define HAS_ASAN 1
#else
#define HAS_ASAN 0
#endif
#if HAS_ASAN
#include <sanitizer/lsan_interface.h>
#define IGNORE_LEAKS() __lsan_disable()
#define REPORT_LEAKS() __lsan_enable()
#else
#define IGNORE_LEAKS() ((void)0)
#define REPORT_LEAKS() ((void)0)
#endif

/* Sizes in points; a pixel of a PNG is half a point. */
enum {
	MARGIN = 12,
	TITLE_SPACE = 22,
	PANEL_SIZE = 150, /* the drawing, without title and labels */
	LABELS_LEFT = 34, /* five digits, or "-0.25" */
	LABELS_BELOW = 16,
	PANEL_TITLE = 18,
	CELL_WIDTH = LABELS_LEFT + PANEL_SIZE + MARGIN,
	CELL_HEIGHT = PANEL_TITLE + PANEL_SIZE + LABELS_BELOW + MARGIN,
	PIXELS_PER_POINT = 2,
	PIXELS_MAX = 32000, /* limit of cairo's image surfaces */
	WIDTH_MIN = 280,    /* enough for a title */
	TICK = 3,
	Y_LABEL_MAX = 5, /* characters */
	X_LABEL_MAX = 8
};

#define TITLE_FONT 13.0
#define LABEL_FONT 10.0
#define LINE_WIDTH 1.5

/*
 * Largest coordinate passed to cairo: outside of every panel, but within the
 * range of cairo's fixed-point numbers.
 */
#define COORDINATE_MAX 1e5

struct page {
	size_t across, down;  /* panels in a row, rows */
	double width, height; /* in points */
};

bool
picture_check(enum picture_format format, struct error *error)
{
	(void)format;
	(void)error;
	return true;
}

static struct page
lay_out(const struct multiples *multiples)
{
	struct page page = {.across = 1};

	while (page.across * page.across < multiples->count)
		page.across++;
	page.down = (multiples->count + page.across - 1) / page.across;
	page.width =
		fmax((double)(page.across * CELL_WIDTH + MARGIN), WIDTH_MIN);
	page.height = (double)(page.down * CELL_HEIGHT + MARGIN);
	if (multiples->title[0] != '\0')
		page.height += TITLE_SPACE;
	return page;
}

/* Draw text aligned at x: 0 left, 0.5 centred, 1 right. */
static void
draw_text(cairo_t *cairo, double x, double y, double alignment,
	const char *text)
{
	cairo_text_extents_t extents;

	cairo_text_extents(cairo, text, &extents);
	cairo_move_to(cairo, x - alignment * extents.x_advance, y);
	cairo_show_text(cairo, text);
}

/* Mapping of a range to a panel: position = origin + scale · coordinate. */
struct mapping {
	double x_origin, x_scale, y_origin, y_scale;
};

static struct mapping
map_range(const struct plane_range *range, const struct drawing *drawing)
{
	double width = range->right - range->left;
	double height = range->top - range->bottom;
	struct mapping map = {
		.x_scale = PANEL_SIZE / width,
		.y_scale = PANEL_SIZE / height,
	};

	if (!drawing_has_own_scales(drawing)) {
		map.x_scale = fmin(map.x_scale, map.y_scale);
		map.y_scale = map.x_scale;
	}
	map.x_origin = (PANEL_SIZE - map.x_scale * width) / 2 -
		map.x_scale * range->left;
	map.y_origin = (PANEL_SIZE + map.y_scale * height) / 2 +
		map.y_scale * range->bottom;
	map.y_scale = -map.y_scale;
	return map;
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
			draw_text(cairo, position,
				PANEL_SIZE + TICK + LABEL_FONT, 0.5,
				labels.text[i]);
		else
			draw_text(cairo, -TICK - 2, position + LABEL_FONT / 3,
				1, labels.text[i]);
	}
	if (is_x)
		draw_text(cairo, PANEL_SIZE, PANEL_SIZE + TICK + 2 * LABEL_FONT,
			1, labels.common);
	else
		draw_text(cairo, TICK - LABELS_LEFT, -6, 0, labels.common);
}

static void
draw_axes(cairo_t *cairo, const struct plane_range *range,
	const struct mapping *map)
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
	cairo_set_font_size(cairo, LABEL_FONT);
	draw_labels(cairo, up, false, map->y_origin, map->y_scale);
	draw_labels(cairo, across, true, map->x_origin, map->x_scale);
}

static double
clamp(double coordinate)
{
	return fmax(-COORDINATE_MAX, fmin(COORDINATE_MAX, coordinate));
}

static void
draw_shape(cairo_t *cairo, const struct multiples *multiples,
	const struct multiples_item *item, const struct mapping *map)
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
		double x = clamp(map->x_origin + map->x_scale * pen.x);
		double y = clamp(map->y_origin + map->y_scale * pen.y);

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

/* Draw the title above all panels, in a smaller font if it is too long. */
static void
draw_title(cairo_t *cairo, const struct page *page, const char *title)
{
	cairo_text_extents_t extents;
	double width = page->width - 2 * MARGIN;

	cairo_set_source_rgb(cairo, 0, 0, 0);
	cairo_set_font_size(cairo, TITLE_FONT);
	cairo_text_extents(cairo, title, &extents);
	if (extents.x_advance > width)
		cairo_set_font_size(cairo,
			TITLE_FONT * width / extents.x_advance);
	draw_text(cairo, MARGIN, MARGIN + TITLE_FONT, 0, title);
}

static void
draw_page(cairo_t *cairo, const struct multiples *multiples,
	const struct page *page)
{
	double top = MARGIN;

	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_paint(cairo);
	cairo_select_font_face(cairo, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
		CAIRO_FONT_WEIGHT_NORMAL);
	if (multiples->title[0] != '\0') {
		draw_title(cairo, page, multiples->title);
		top += TITLE_SPACE;
	}
	for (size_t i = 0; i < multiples->count; i++) {
		const struct multiples_item *item = &multiples->items[i];
		struct mapping map =
			map_range(&multiples->range, &multiples->drawing);
		size_t column = i % page->across, row = i / page->across;

		cairo_save(cairo);
		cairo_translate(cairo,
			(double)(column * CELL_WIDTH + LABELS_LEFT) + MARGIN,
			(double)(row * CELL_HEIGHT + PANEL_TITLE) + top);
		cairo_set_source_rgb(cairo, 0, 0, 0);
		cairo_set_font_size(cairo, LABEL_FONT);
		draw_text(cairo, PANEL_SIZE / 2.0, -6, 0.5, item->title);
		draw_axes(cairo, &multiples->range, &map);
		if (item->points != NULL && item->length > 0)
			draw_shape(cairo, multiples, item, &map);
		cairo_restore(cairo);
	}
	cairo_show_page(cairo);
}

static cairo_status_t
write_to_sink(void *closure, const unsigned char *bytes, unsigned count)
{
	const struct picture_sink *sink = closure;

	return sink->write(sink->context, bytes, count)
		? CAIRO_STATUS_SUCCESS
		: CAIRO_STATUS_WRITE_ERROR;
}

/* Create a surface of the page's size with points as units. */
static cairo_surface_t *
create_surface(enum picture_format format, const struct page *page,
	struct picture_sink *sink)
{
	cairo_surface_t *surface;
	double scale = PIXELS_PER_POINT;

	if (format == PICTURE_SVG)
		return cairo_svg_surface_create_for_stream(write_to_sink, sink,
			page->width, page->height);
	if (format == PICTURE_PDF)
		return cairo_pdf_surface_create_for_stream(write_to_sink, sink,
			page->width, page->height);
	scale = fmin(scale, PIXELS_MAX / fmax(page->width, page->height));
	surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24,
		number_int(floor(page->width * scale)),
		number_int(floor(page->height * scale)));
	cairo_surface_set_device_scale(surface, scale, scale);
	return surface;
}

bool
picture_write(const struct multiples *multiples, enum picture_format format,
	const struct picture_sink *sink, struct error *error)
{
	struct picture_sink closure = *sink;
	struct page page = lay_out(multiples);
	cairo_surface_t *surface = create_surface(format, &page, &closure);
	cairo_t *cairo = cairo_create(surface);
	cairo_status_t status;

	IGNORE_LEAKS();
	draw_page(cairo, multiples, &page);
	REPORT_LEAKS();
	status = cairo_status(cairo);
	cairo_destroy(cairo);
	if (status == CAIRO_STATUS_SUCCESS && format == PICTURE_PNG)
		status = cairo_surface_write_to_png_stream(surface,
			write_to_sink, &closure);
	cairo_surface_finish(surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	if (status != CAIRO_STATUS_SUCCESS)
		return error_set(error, "cannot write the %s image: %s",
			picture_format_name(format),
			cairo_status_to_string(status));
	return true;
}

#endif
