/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw/plane.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "draw/labels.h"

enum {
	/* the left axis and its labels: "0.0", and as wide as "-0.25" */
	GUTTER_MIN = 4,
	GUTTER_MAX = 7,
	LABEL_ROWS = 2, /* the axis and its labels */
	X_LABEL_MAX = 12,
	/* a smaller canvas is all drawing */
	LABELS_FROM_ROWS = 8,
	LABELS_FROM_COLUMNS = 16
};

/* The least size of a range, in its distance from 0: floats are no finer. */
#define SIZE_MIN 1e-6

const struct plane_range plane_unit_range = {-0.1, 1.1, -0.1, 1.1};

struct plane_range
plane_empty_range(void)
{
	return (struct plane_range){INFINITY, -INFINITY, INFINITY, -INFINITY};
}

void
plane_point(const float *points, size_t features, size_t number, double *x,
	double *y)
{
	const float *point = points + number * features;

	assert(features > 0);
	*x = features == 1 ? (double)number : point[0];
	*y = features == 1 ? point[0] : point[1];
}

void
plane_include(struct plane_range *range, size_t count, size_t features,
	const float *points)
{
	for (size_t i = 0; i < count; i++) {
		double x, y;

		plane_point(points, features, i, &x, &y);
		if (!isfinite(x) || !isfinite(y))
			continue;
		range->left = fmin(range->left, x);
		range->right = fmax(range->right, x);
		range->bottom = fmin(range->bottom, y);
		range->top = fmax(range->top, y);
	}
}

struct plane_range
plane_with_margin(const struct plane_range *range)
{
	struct plane_range wide = *range;
	double size, far;

	if (!(wide.left <= wide.right && wide.bottom <= wide.top))
		return plane_unit_range;
	size = fmax(wide.right - wide.left, wide.top - wide.bottom);
	far = fmax(fmax(fabs(wide.left), fabs(wide.right)),
		fmax(fabs(wide.bottom), fabs(wide.top)));
	if (!(size > 0))
		size = 1;
	size = fmax(size, far * SIZE_MIN);
	wide.left -= size / 12;
	wide.right += size / 12;
	wide.bottom -= size / 12;
	wide.top += size / 12;
	return wide;
}

void
plane_marks(double low, double high, double mark[2])
{
	double step = pow(10, floor(log10((high - low) / 2)));

	mark[0] = 0;
	mark[1] = 1;
	if (low <= 0 && high >= 1 && high - low < 4)
		return;
	/* without the sign of a zero */
	mark[0] = ceil(low / step) * step + 0.0;
	mark[1] = floor(high / step) * step + 0.0;
}

/* The room that the axes take beside and below the drawing, in cells. */
struct frame {
	long gutter;       /* left of the drawing; 0: no axes */
	bool has_y_common; /* a row above the drawing */
	bool has_x_common; /* a row below the labels */
};

static struct plane
lay(struct canvas *canvas, const struct plane_range *range, bool is_series,
	const struct frame *frame)
{
	double left = (double)(frame->gutter * canvas_dots_across(canvas));
	double width = (double)canvas_width(canvas) - left;
	double down = (double)canvas_dots_down(canvas);
	double top = frame->has_y_common ? down : 0;
	double height = (double)canvas_height(canvas) - top -
		(frame->gutter > 0 ? LABEL_ROWS * down : 0) -
		(frame->has_x_common ? down : 0);
	double x_scale = (width - 1) / (range->right - range->left);
	double y_scale = (height - 1) / (range->top - range->bottom);
	struct plane plane = {.canvas = canvas};

	assert(range->left < range->right && range->bottom < range->top);
	if (!is_series) {
		x_scale = fmin(x_scale, y_scale);
		y_scale = x_scale;
	}
	/* in the middle of what is left over, across; at the bottom, down */
	left += (width - 1 - x_scale * (range->right - range->left)) / 2;
	plane.x_scale = x_scale;
	plane.x_origin = left - x_scale * range->left;
	plane.y_scale = -y_scale;
	plane.y_origin = top + height - 1 + y_scale * range->bottom;
	return plane;
}

/* Two ticks of an axis: where they are, in cells, and their labels. */
struct axis {
	long at[2];
	bool is_labelled;
	struct labels labels;
};

/*
 * Mark an axis between two coordinates, unless its labels cannot be told
 * apart in so many columns or what they share is wider than the canvas.
 */
static void
mark_axis(struct axis *axis, double low, double high, double origin,
	double scale, long dots, size_t columns, const struct canvas *canvas)
{
	double mark[2];

	plane_marks(low, high, mark);
	for (int i = 0; i < 2; i++)
		axis->at[i] = number_int(
			floor((origin + scale * mark[i]) / (double)dots));
	axis->is_labelled = labels_make(&axis->labels, mark, 2, columns,
				    canvas->tier == CANVAS_BRAILLE) &&
		axis->labels.common_columns <= canvas->columns;
}

/* The left axis: the range's height, or all that is seen where ticks meet. */
static void
mark_y(struct axis *axis, const struct plane *plane,
	const struct plane_range *range)
{
	const struct canvas *canvas = plane->canvas;
	long down = canvas_dots_down(canvas);
	size_t columns = canvas->columns / 4 < GUTTER_MAX - 1
		? canvas->columns / 4
		: GUTTER_MAX - 1;

	mark_axis(axis, range->bottom, range->top, plane->y_origin,
		plane->y_scale, down, columns, canvas);
	if (axis->at[0] == axis->at[1])
		mark_axis(axis, range->bottom,
			-plane->y_origin / plane->y_scale, plane->y_origin,
			plane->y_scale, down, columns, canvas);
}

/* Whether the labels below the lower axis would touch. */
static bool
is_crowded(const struct axis *axis)
{
	long lengths = (long)(strlen(axis->labels.text[0]) +
		strlen(axis->labels.text[1]));

	return axis->at[1] - axis->at[0] < (lengths + 1) / 2 + 1;
}

static void
mark_x(struct axis *axis, const struct plane *plane,
	const struct plane_range *range, long gutter)
{
	const struct canvas *canvas = plane->canvas;
	long across = canvas_dots_across(canvas);
	size_t half = (canvas->columns - 1) / 2;
	size_t columns = half < X_LABEL_MAX ? half : X_LABEL_MAX;
	double first = (double)(gutter * across);
	double last = (double)canvas_width(canvas) - 1;

	mark_axis(axis, range->left, range->right, plane->x_origin,
		plane->x_scale, across, columns, canvas);
	if (is_crowded(axis))
		mark_axis(axis, (first - plane->x_origin) / plane->x_scale,
			(last - plane->x_origin) / plane->x_scale,
			plane->x_origin, plane->x_scale, across, columns,
			canvas);
}

static void
draw_y_axis(struct canvas *canvas, const struct axis *y,
	const struct frame *frame, long floor_row)
{
	bool braille = canvas->tier == CANVAS_BRAILLE;
	long column = frame->gutter - 1;

	for (long row = 0; row < floor_row; row++)
		canvas_text(canvas, CANVAS_FRAME, row, column,
			braille ? "│" : "|");
	canvas_text(canvas, CANVAS_FRAME, floor_row, column,
		braille ? "└" : "+");
	for (int i = 0; i < 2 && y->is_labelled; i++) {
		const char *text = y->labels.text[i];

		if (y->at[i] < frame->has_y_common || y->at[i] >= floor_row)
			continue;
		canvas_text(canvas, CANVAS_FRAME, y->at[i],
			column - (long)strlen(text), text);
		canvas_text(canvas, CANVAS_FRAME, y->at[i], column,
			braille ? "┤" : "+");
	}
	if (frame->has_y_common)
		canvas_text(canvas, CANVAS_FRAME, 0, 0, y->labels.common);
}

/* Labels are centred below their ticks, whole, and apart from each other. */
static void
draw_x_axis(struct canvas *canvas, const struct axis *x,
	const struct frame *frame, long floor_row)
{
	bool braille = canvas->tier == CANVAS_BRAILLE;
	long columns = (long)canvas->columns, free_from = 0;

	for (long column = frame->gutter; column < columns; column++)
		canvas_text(canvas, CANVAS_FRAME, floor_row, column,
			braille ? "─" : "-");
	for (int i = 0; i < 2 && x->is_labelled; i++) {
		const char *text = x->labels.text[i];
		long length = (long)strlen(text);
		long behind = i == 0 ? (long)strlen(x->labels.text[1]) + 1 : 0;
		long start = x->at[i] - length / 2;

		if (x->at[i] < frame->gutter || x->at[i] >= columns)
			continue;
		if (start < free_from)
			start = free_from;
		if (start > columns - behind - length)
			start = columns - behind - length;
		canvas_text(canvas, CANVAS_FRAME, floor_row, x->at[i],
			braille ? "┬" : "+");
		canvas_text(canvas, CANVAS_FRAME, floor_row + 1, start, text);
		free_from = start + length + 1;
	}
	if (frame->has_x_common)
		canvas_text(canvas, CANVAS_FRAME, floor_row + 2,
			columns - (long)x->labels.common_columns,
			x->labels.common);
}

/*
 * Lay the range so that the axes' labels have room: their widths depend on
 * what is seen, and that on the room, so it grows until all fit.
 */
static struct plane
lay_with_axes(struct canvas *canvas, const struct plane_range *range,
	bool is_series)
{
	struct frame frame = {.gutter = GUTTER_MIN}, before;
	struct axis x, y;
	struct plane plane;
	long floor_row;

	do {
		before = frame;
		plane = lay(canvas, range, is_series, &frame);
		mark_y(&y, &plane, range);
		mark_x(&x, &plane, range, frame.gutter);
		for (int i = 0; i < 2 && y.is_labelled; i++)
			if ((long)strlen(y.labels.text[i]) >= frame.gutter)
				frame.gutter =
					(long)strlen(y.labels.text[i]) + 1;
		frame.has_y_common |=
			y.is_labelled && y.labels.common[0] != '\0';
		frame.has_x_common |=
			x.is_labelled && x.labels.common[0] != '\0';
	} while (frame.gutter != before.gutter ||
		frame.has_y_common != before.has_y_common ||
		frame.has_x_common != before.has_x_common);
	floor_row = (long)canvas->rows - LABEL_ROWS - frame.has_x_common;
	draw_y_axis(canvas, &y, &frame, floor_row);
	draw_x_axis(canvas, &x, &frame, floor_row);
	return plane;
}

struct plane
plane_begin(struct canvas *canvas, const struct plane_range *range,
	bool is_series)
{
	if (canvas->rows >= LABELS_FROM_ROWS &&
		canvas->columns >= LABELS_FROM_COLUMNS)
		return lay_with_axes(canvas, range, is_series);
	return plane_bare(canvas, range, is_series);
}

struct plane
plane_bare(struct canvas *canvas, const struct plane_range *range,
	bool is_series)
{
	return lay(canvas, range, is_series, &(struct frame){0});
}

void
plane_draw(const struct plane *plane, enum canvas_layer layer, size_t count,
	size_t features, const float *points, bool is_closed)
{
	for (size_t i = 0; i + 1 < count + (is_closed ? 1 : 0); i++) {
		double x0, y0, x1, y1;

		plane_point(points, features, i, &x0, &y0);
		plane_point(points, features, (i + 1) % count, &x1, &y1);
		canvas_line(plane->canvas, layer,
			plane->x_origin + plane->x_scale * x0,
			plane->y_origin + plane->y_scale * y0,
			plane->x_origin + plane->x_scale * x1,
			plane->y_origin + plane->y_scale * y1);
	}
}

void
plane_dots(const struct plane *plane, enum canvas_layer layer, size_t count,
	size_t features, const float *points)
{
	for (size_t i = 0; i < count; i++) {
		double x, y;

		plane_point(points, features, i, &x, &y);
		x = plane->x_origin + plane->x_scale * x;
		y = plane->y_origin + plane->y_scale * y;
		/* a line of no length: the canvas sees to what is far off */
		canvas_line(plane->canvas, layer, x, y, x, y);
	}
}
