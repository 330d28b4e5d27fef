/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The axes of planes: the cells that they take, their ticks and labels. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "draw/labels.h"
#include "draw/plane.h"

enum {
	/* minimum and maximum columns of the left axis and its labels */
	GUTTER_MIN = 4,
	GUTTER_MAX = 7,
	LABEL_ROWS = PLANE_LABEL_ROWS, /* the axis and its labels */
	X_LABEL_MAX = 12,
	/* minimum size of a canvas with axes */
	LABELS_FROM_ROWS = 8,
	LABELS_FROM_COLUMNS = 16
};

/* Dots by which a tick at the edge of the range may seem outside. */
#define ROUNDING 1e-6

/* Minimum part of an axis between its two ticks. */
#define MARKS_REACH 0.6

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

/* The cells of a plane, and those that the axes take around the drawing. */
struct frame {
	long top, rows; /* of the canvas */
	bool has_x_axis;
	long gutter; /* columns left of the drawing; 0: no axes */
	/* a row above the drawing for the y labels' shared part */
	bool has_y_common;
	bool has_x_common; /* a row below the x labels for their shared part */
};

/* Return the first row of the drawing, and the row after its last one. */
static long
frame_top(const struct frame *frame)
{
	return frame->top + frame->has_y_common;
}

static long
frame_floor(const struct frame *frame)
{
	return frame->top + frame->rows - (frame->has_x_axis ? LABEL_ROWS : 0) -
		frame->has_x_common;
}

static struct plane
map_range(struct canvas *canvas, const struct plane_range *range,
	const struct drawing *drawing, const struct frame *frame)
{
	long floor_row = frame_floor(frame), top_row = frame_top(frame);
	double left = (double)(frame->gutter * canvas_dots_across(canvas));
	double width = (double)canvas_width(canvas) - left;
	double down = (double)canvas_dots_down(canvas);
	double top = (double)top_row * down;
	double height = (double)(floor_row - top_row) * down;
	double x_scale = (width - 1) / (range->right - range->left);
	double y_scale = (height - 1) / (range->top - range->bottom);
	struct plane plane = {
		.canvas = canvas,
		.top = top_row,
		.bottom = floor_row,
		.left = frame->gutter,
	};

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
	const struct frame *frame)
{
	bool is_braille = canvas->tier == CANVAS_BRAILLE;
	long column = frame->gutter - 1, floor_row = frame_floor(frame);

	for (long row = frame->top; row < floor_row; row++)
		canvas_text(canvas, CANVAS_FRAME, row, column,
			is_braille ? "│" : "|");
	if (frame->has_x_axis)
		canvas_text(canvas, CANVAS_FRAME, floor_row, column,
			is_braille ? "└" : "+");
	for (int i = 0; i < 2 && y->is_labelled; i++) {
		const char *text = y->labels.text[i];

		if (y->cell[i] < frame_top(frame) || y->cell[i] >= floor_row)
			continue;
		canvas_text(canvas, CANVAS_FRAME, y->cell[i],
			column - (long)strlen(text), text);
		canvas_text(canvas, CANVAS_FRAME, y->cell[i], column,
			is_braille ? "┤" : "+");
	}
	if (frame->has_y_common)
		canvas_text(canvas, CANVAS_FRAME, frame->top, 0,
			y->labels.common);
}

/* Draw the lower axis; centre labels below their ticks, as far as they fit. */
static void
draw_x_axis(struct canvas *canvas, const struct axis *x,
	const struct frame *frame)
{
	bool is_braille = canvas->tier == CANVAS_BRAILLE;
	long columns = (long)canvas->columns, start_min = 0;
	long floor_row = frame_floor(frame);

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

/* Extend the frame until the labels of an axis fit. */
static void
make_room(struct frame *frame, const struct axis *x, const struct axis *y)
{
	for (int i = 0; i < 2 && y->is_labelled; i++)
		if ((long)strlen(y->labels.text[i]) >= frame->gutter)
			frame->gutter = (long)strlen(y->labels.text[i]) + 1;
	frame->has_y_common |= y->is_labelled && y->labels.common[0] != '\0';
	frame->has_x_common |= frame->has_x_axis && x->is_labelled &&
		x->labels.common[0] != '\0';
}

/*
 * Map the range and find the labels of the axes. The labels depend on the
 * visible range, and the visible range depends on the labels' width. Therefore
 * enlarge the frame until all labels fit.
 */
static struct plane
fit_frame(struct canvas *canvas, const struct plane_range *range,
	const struct drawing *drawing, struct frame *frame, struct axis *x,
	struct axis *y)
{
	struct frame before;
	struct plane plane;

	do {
		before = *frame;
		plane = map_range(canvas, range, drawing, frame);
		mark_y(y, &plane, range);
		mark_x(x, &plane, range, frame->gutter);
		make_room(frame, x, y);
	} while (frame->gutter != before.gutter ||
		frame->has_y_common != before.has_y_common ||
		frame->has_x_common != before.has_x_common);
	return plane;
}

static struct plane
map_with_axes(struct canvas *canvas, const struct plane_range *range,
	const struct drawing *drawing, struct frame *frame)
{
	struct axis x, y;
	struct plane plane = fit_frame(canvas, range, drawing, frame, &x, &y);

	draw_y_axis(canvas, &y, frame);
	if (frame->has_x_axis)
		draw_x_axis(canvas, &x, frame);
	return plane;
}

struct plane
plane_begin(struct canvas *canvas, const struct plane_range *range,
	const struct drawing *drawing)
{
	struct frame frame = {
		.rows = (long)canvas->rows,
		.has_x_axis = true,
		.gutter = GUTTER_MIN,
	};

	if (canvas->rows >= LABELS_FROM_ROWS &&
		canvas->columns >= LABELS_FROM_COLUMNS)
		return map_with_axes(canvas, range, drawing, &frame);
	return plane_begin_bare(canvas, range, drawing);
}

struct plane
plane_begin_bare(struct canvas *canvas, const struct plane_range *range,
	const struct drawing *drawing)
{
	return map_range(canvas, range, drawing,
		&(struct frame){.rows = (long)canvas->rows});
}

/*
 * Return the frame of plane `index` of a stack: all rows but those of the lower
 * axis in equal parts.
 */
static struct frame
stack_frame(const struct canvas *canvas, size_t count, size_t index,
	bool has_axes)
{
	long below = has_axes ? LABEL_ROWS : 0;
	long rows = (long)canvas->rows - below;
	long top = rows * (long)index / (long)count;
	bool is_last = index + 1 == count;

	return (struct frame){
		.top = top,
		.rows = rows * (long)(index + 1) / (long)count - top +
			(is_last ? below : 0),
		.has_x_axis = has_axes && is_last,
		.gutter = has_axes ? GUTTER_MIN : 0,
	};
}

void
plane_begin_stack(struct canvas *canvas, size_t count,
	const struct plane_range *ranges, const char *const *names,
	bool has_axes, struct plane *planes)
{
	struct drawing drawing = drawing_of(1);
	long gutter = 0;

	has_axes = has_axes && canvas->columns >= LABELS_FROM_COLUMNS &&
		canvas->rows >= count * PLANE_STACK_ROWS + LABEL_ROWS;
	/* the widest labels decide where all left axes are */
	for (size_t i = 0; i < count; i++) {
		struct frame frame = stack_frame(canvas, count, i, has_axes);
		struct axis x, y;

		if (frame.gutter > 0)
			fit_frame(canvas, &ranges[i], &drawing, &frame, &x, &y);
		if (frame.gutter > gutter)
			gutter = frame.gutter;
	}
	for (size_t i = 0; i < count; i++) {
		struct frame frame = stack_frame(canvas, count, i, has_axes);

		frame.gutter = gutter;
		planes[i] = gutter > 0
			? map_with_axes(canvas, &ranges[i], &drawing, &frame)
			: map_range(canvas, &ranges[i], &drawing, &frame);
		canvas_text(canvas, CANVAS_FRAME, planes[i].top,
			planes[i].left + (gutter > 0), names[i]);
	}
}
