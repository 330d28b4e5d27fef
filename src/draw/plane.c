/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw/plane.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "draw/labels.h"

enum {
	/* minimum and maximum columns of the left axis and its labels */
	GUTTER_MIN = 4,
	GUTTER_MAX = 7,
	LABEL_ROWS = 2, /* the axis and its labels */
	X_LABEL_MAX = 12,
	/* minimum size of a canvas with axes */
	LABELS_FROM_ROWS = 8,
	LABELS_FROM_COLUMNS = 16
};

/* Minimum size of a range, relative to its largest value (float precision). */
#define SIZE_MIN 1e-6

/* Margins, as parts of a side; the index of a series needs less. */
#define MARGIN (1.0 / 12)
#define INDEX_MARGIN (1.0 / 50)

/* Dots by which a tick at the edge of the range may seem outside. */
#define ROUNDING 1e-6

/* Minimum part of an axis between its two ticks. */
#define MARKS_REACH 0.6

const struct plane_range plane_unit_range = {-0.1, 1.1, -0.1, 1.1};

struct plane_range
plane_empty_range(void)
{
	return (struct plane_range){INFINITY, -INFINITY, INFINITY, -INFINITY};
}

void
plane_include(struct plane_range *range, const struct drawing *drawing,
	size_t count, const float *points)
{
	struct drawing_pen pen = drawing_begin(drawing, count, points);

	while (drawing_next(&pen)) {
		if (!isfinite(pen.x) || !isfinite(pen.y))
			continue;
		range->left = fmin(range->left, pen.x);
		range->right = fmax(range->right, pen.x);
		range->bottom = fmin(range->bottom, pen.y);
		range->top = fmax(range->top, pen.y);
	}
}

/* Add a margin to one axis. */
static void
widen(double *low, double *high, double part)
{
	double largest = fmax(fabs(*low), fabs(*high));
	double size = *high - *low;

	if (!(size > 0))
		size = largest > 0 ? largest : 1;
	size = fmax(size, largest * SIZE_MIN);
	*low -= size * part;
	*high += size * part;
}

struct plane_range
plane_with_margin(const struct plane_range *range,
	const struct drawing *drawing)
{
	struct plane_range wide = *range;
	double size, largest;

	if (!(wide.left <= wide.right && wide.bottom <= wide.top))
		return plane_unit_range;
	if (drawing_has_own_scales(drawing)) {
		widen(&wide.left, &wide.right,
			drawing->form == DRAWING_SERIES ? INDEX_MARGIN
							: MARGIN);
		widen(&wide.bottom, &wide.top, MARGIN);
		return wide;
	}
	size = fmax(wide.right - wide.left, wide.top - wide.bottom);
	largest = fmax(fmax(fabs(wide.left), fabs(wide.right)),
		fmax(fabs(wide.bottom), fabs(wide.top)));
	if (!(size > 0))
		size = 1;
	size = fmax(size, largest * SIZE_MIN);
	wide.left -= size / 12;
	wide.right += size / 12;
	wide.bottom -= size / 12;
	wide.top += size / 12;
	return wide;
}

void
plane_marks(double low, double high, double mark[2])
{
	double step = number_nice_below(high - low);

	for (;;) {
		/* -0 + 0 is 0 */
		mark[0] = ceil(low / step) * step + 0.0;
		mark[1] = floor(high / step) * step + 0.0;
		/* a step of a fifth of the range always reaches so far */
		if (!(mark[1] - mark[0] < MARKS_REACH * (high - low)))
			return;
		step = number_nice_below(step * 0.9);
	}
}

/* The cells that the axes take around the drawing. */
struct frame {
	long gutter; /* columns left of the drawing; 0: no axes */
	/* a row above the drawing for the y labels' shared part */
	bool has_y_common;
	bool has_x_common; /* a row below the x labels for their shared part */
};

static struct plane
map_range(struct canvas *canvas, const struct plane_range *range,
	const struct drawing *drawing, const struct frame *frame)
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
	if (!drawing_has_own_scales(drawing)) {
		x_scale = fmin(x_scale, y_scale);
		y_scale = x_scale;
	}
	/* centre the range horizontally; align it with the bottom */
	left += (width - 1 - x_scale * (range->right - range->left)) / 2;
	plane.x_scale = x_scale;
	plane.x_origin = left - x_scale * range->left;
	plane.y_scale = -y_scale;
	plane.y_origin = top + height - 1 + y_scale * range->bottom;
	return plane;
}

/* Two ticks of an axis: their rows or columns of cells, and their labels. */
struct axis {
	long cell[2];
	bool is_labelled;
	struct labels labels;
};

/*
 * Choose the ticks of an axis between two coordinates and label them. The axis
 * stays without labels if `columns` are too few to distinguish them, or if
 * their shared part is wider than the canvas.
 */
static void
mark_axis(struct axis *axis, double low, double high, double origin,
	double scale, long dots, size_t columns, const struct canvas *canvas)
{
	double mark[2];

	plane_marks(low, high, mark);
	for (int i = 0; i < 2; i++)
		axis->cell[i] = number_int(floor(
			(origin + scale * mark[i] + ROUNDING) / (double)dots));
	axis->is_labelled = labels_make(&axis->labels, mark, 2, columns,
				    canvas->tier == CANVAS_BRAILLE) &&
		axis->labels.common_columns <= canvas->columns;
}

/*
 * Label the left axis over the range, or over the whole visible height if the
 * range's two ticks are in the same row.
 */
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
	if (axis->cell[0] == axis->cell[1])
		mark_axis(axis, range->bottom,
			-plane->y_origin / plane->y_scale, plane->y_origin,
			plane->y_scale, down, columns, canvas);
}

/* Return true if the labels of the lower axis would touch. */
static bool
is_crowded(const struct axis *axis)
{
	long lengths = (long)(strlen(axis->labels.text[0]) +
		strlen(axis->labels.text[1]));

	return axis->cell[1] - axis->cell[0] < (lengths + 1) / 2 + 1;
}

/*
 * Label the lower axis over the range, or over the whole visible width if the
 * range's two labels would touch.
 */
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
	bool is_braille = canvas->tier == CANVAS_BRAILLE;
	long column = frame->gutter - 1;

	for (long row = 0; row < floor_row; row++)
		canvas_text(canvas, CANVAS_FRAME, row, column,
			is_braille ? "│" : "|");
	canvas_text(canvas, CANVAS_FRAME, floor_row, column,
		is_braille ? "└" : "+");
	for (int i = 0; i < 2 && y->is_labelled; i++) {
		const char *text = y->labels.text[i];

		if (y->cell[i] < frame->has_y_common || y->cell[i] >= floor_row)
			continue;
		canvas_text(canvas, CANVAS_FRAME, y->cell[i],
			column - (long)strlen(text), text);
		canvas_text(canvas, CANVAS_FRAME, y->cell[i], column,
			is_braille ? "┤" : "+");
	}
	if (frame->has_y_common)
		canvas_text(canvas, CANVAS_FRAME, 0, 0, y->labels.common);
}

/* Draw the lower axis; centre labels below their ticks, as far as they fit. */
static void
draw_x_axis(struct canvas *canvas, const struct axis *x,
	const struct frame *frame, long floor_row)
{
	bool is_braille = canvas->tier == CANVAS_BRAILLE;
	long columns = (long)canvas->columns, start_min = 0;

	for (long column = frame->gutter; column < columns; column++)
		canvas_text(canvas, CANVAS_FRAME, floor_row, column,
			is_braille ? "─" : "-");
	for (int i = 0; i < 2 && x->is_labelled; i++) {
		const char *text = x->labels.text[i];
		long length = (long)strlen(text);
		long reserved =
			i == 0 ? (long)strlen(x->labels.text[1]) + 1 : 0;
		long start = x->cell[i] - length / 2;

		if (x->cell[i] < frame->gutter || x->cell[i] >= columns)
			continue;
		if (start < start_min)
			start = start_min;
		if (start > columns - reserved - length)
			start = columns - reserved - length;
		canvas_text(canvas, CANVAS_FRAME, floor_row, x->cell[i],
			is_braille ? "┬" : "+");
		canvas_text(canvas, CANVAS_FRAME, floor_row + 1, start, text);
		start_min = start + length + 1;
	}
	if (frame->has_x_common)
		canvas_text(canvas, CANVAS_FRAME, floor_row + 2,
			columns - (long)x->labels.common_columns,
			x->labels.common);
}

/*
 * Map the range and draw the axes. The labels depend on the visible range, and
 * the visible range depends on the labels' width. Therefore enlarge the frame
 * until all labels fit.
 */
static struct plane
map_with_axes(struct canvas *canvas, const struct plane_range *range,
	const struct drawing *drawing)
{
	struct frame frame = {.gutter = GUTTER_MIN}, before;
	struct axis x, y;
	struct plane plane;
	long floor_row;

	do {
		before = frame;
		plane = map_range(canvas, range, drawing, &frame);
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
	canvas_clip(canvas, frame.has_y_common, floor_row, frame.gutter);
	return plane;
}

struct plane
plane_begin(struct canvas *canvas, const struct plane_range *range,
	const struct drawing *drawing)
{
	if (canvas->rows >= LABELS_FROM_ROWS &&
		canvas->columns >= LABELS_FROM_COLUMNS)
		return map_with_axes(canvas, range, drawing);
	return plane_begin_bare(canvas, range, drawing);
}

struct plane
plane_begin_bare(struct canvas *canvas, const struct plane_range *range,
	const struct drawing *drawing)
{
	return map_range(canvas, range, drawing, &(struct frame){0});
}

/* A place in dots. */
struct place {
	double x, y;
};

static struct place
place_of(const struct plane *plane, const struct drawing_pen *pen)
{
	return (struct place){plane->x_origin + plane->x_scale * pen->x,
		plane->y_origin + plane->y_scale * pen->y};
}

void
plane_draw(const struct plane *plane, const struct drawing *drawing,
	enum canvas_layer layer, size_t count, const float *points,
	bool is_closed)
{
	struct drawing_pen pen = drawing_begin(drawing, count, points);
	struct place first = {0}, before = {0};

	while (drawing_next(&pen)) {
		struct place at = place_of(plane, &pen);

		if (pen.next == 1)
			first = at;
		if (pen.is_joined)
			canvas_line(plane->canvas, layer, before.x, before.y,
				at.x, at.y);
		before = at;
	}
	if (is_closed && count > 0)
		canvas_line(plane->canvas, layer, before.x, before.y, first.x,
			first.y);
}

void
plane_dots(const struct plane *plane, const struct drawing *drawing,
	enum canvas_layer layer, size_t count, const float *points)
{
	struct drawing_pen pen = drawing_begin(drawing, count, points);

	while (drawing_next(&pen)) {
		struct place at = place_of(plane, &pen);

		/* canvas_line clips coordinates of any size */
		canvas_line(plane->canvas, layer, at.x, at.y, at.x, at.y);
	}
}

void
plane_signs(const struct plane *plane, const struct drawing *drawing,
	enum canvas_layer layer, size_t count, const float *points,
	const char *sign)
{
	struct canvas *canvas = plane->canvas;
	struct drawing_pen pen = drawing_begin(drawing, count, points);

	while (drawing_next(&pen)) {
		struct place at = place_of(plane, &pen);

		if (at.x >= 0 && at.y >= 0 &&
			at.x < (double)canvas_width(canvas) &&
			at.y < (double)canvas_height(canvas))
			canvas_text(canvas, layer,
				lround(at.y) / canvas_dots_down(canvas),
				lround(at.x) / canvas_dots_across(canvas),
				sign);
	}
}
