/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw/plane.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"

enum { DIVISION_SIZE = 40 /* text of a dividing line */ };

/* Minimum size of a range, relative to its largest value (float precision). */
#define SIZE_MIN 1e-6

/* Margins, as parts of a side; the index of a series needs less. */
#define MARGIN (1.0 / 12)
#define INDEX_MARGIN (1.0 / 50)

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

/* Let dots appear inside the axes only. */
static struct canvas *
clip_to(const struct plane *plane)
{
	canvas_clip(plane->canvas, plane->top, plane->bottom, plane->left);
	return plane->canvas;
}

static bool
is_inside(const struct plane *plane, long row, long column)
{
	return row >= plane->top && row < plane->bottom &&
		column >= plane->left && column < (long)plane->canvas->columns;
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

/* Return the cell of a dot; negative for NaN. */
static long
cell_of(double dot, long dots)
{
	return isnan(dot) ? -1 : number_int(floor(round(dot) / (double)dots));
}

void
plane_draw(const struct plane *plane, const struct drawing *drawing,
	enum canvas_layer layer, size_t count, const float *points,
	bool is_closed)
{
	struct drawing_pen pen = drawing_begin(drawing, count, points);
	struct place first = {0}, before = {0};
	struct canvas *canvas = clip_to(plane);

	while (drawing_next(&pen)) {
		struct place at = place_of(plane, &pen);

		if (pen.next == 1)
			first = at;
		if (pen.is_alone)
			before = at;
		if (pen.is_joined || pen.is_alone)
			canvas_line(canvas, layer, before.x, before.y, at.x,
				at.y);
		before = at;
	}
	if (is_closed && count > 0)
		canvas_line(canvas, layer, before.x, before.y, first.x,
			first.y);
}

void
plane_dots(const struct plane *plane, const struct drawing *drawing,
	enum canvas_layer layer, size_t count, const float *points)
{
	struct drawing_pen pen = drawing_begin(drawing, count, points);
	struct canvas *canvas = clip_to(plane);

	while (drawing_next(&pen)) {
		struct place at = place_of(plane, &pen);

		/* canvas_line clips coordinates of any size */
		canvas_line(canvas, layer, at.x, at.y, at.x, at.y);
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

		if (is_inside(plane, cell_of(at.y, canvas_dots_down(canvas)),
			    cell_of(at.x, canvas_dots_across(canvas))))
			canvas_text(canvas, layer,
				cell_of(at.y, canvas_dots_down(canvas)),
				cell_of(at.x, canvas_dots_across(canvas)),
				sign);
	}
}

void
plane_divide(const struct plane *plane, double x, const char *text)
{
	struct canvas *canvas = clip_to(plane);
	double at = plane->x_origin + plane->x_scale * x;
	char shown[DIVISION_SIZE];
	long down = canvas_dots_down(canvas);
	long column = cell_of(at, canvas_dots_across(canvas));

	for (long y = plane->top * down; y < plane->bottom * down; y += 2)
		canvas_line(canvas, CANVAS_GUIDE, at, (double)y, at, (double)y);
	if (!is_inside(plane, plane->top, column + 1))
		return;
	for (int i = 0; i < 2; i++) {
		int length =
			i == 0 ? (int)strlen(text) : (int)strcspn(text, " ");

		if (!canvas_is_free(canvas, plane->top, column + 1, length))
			continue;
		snprintf(shown, sizeof shown, "%.*s", length, text);
		canvas_text(canvas, CANVAS_GUIDE, plane->top, column + 1,
			shown);
		return;
	}
}

/* Fill the cells of a column from one row to another, inside the axes. */
static void
fill_column(const struct plane *plane, long column, double high, double low)
{
	long down = canvas_dots_down(plane->canvas);
	long first = cell_of(fmin(high, low), down);
	long last = cell_of(fmax(high, low), down);

	if (first < plane->top)
		first = plane->top;
	for (long row = first; row <= last && row < plane->bottom; row++)
		if (is_inside(plane, row, column))
			canvas_fill(plane->canvas, row, column);
}

/* Two points of the lower and of the upper line, one after the other. */
struct strip {
	double left, right;
	double low_left, low_right, high_left, high_right;
};

/* Fill the columns between the points. */
static void
fill_strip(const struct plane *plane, const struct strip *strip)
{
	long across = canvas_dots_across(plane->canvas);
	long first = cell_of(strip->left, across);
	long last = cell_of(strip->right, across);
	double width = strip->right - strip->left;

	if (first < plane->left)
		first = plane->left;
	for (long column = first;
		column <= last && column < (long)plane->canvas->columns;
		column++) {
		double middle = ((double)column + 0.5) * (double)across - 0.5;
		double part = width > 0 ? (middle - strip->left) / width : 0;

		part = fmin(fmax(part, 0), 1);
		fill_column(plane, column,
			strip->high_left +
				part * (strip->high_right - strip->high_left),
			strip->low_left +
				part * (strip->low_right - strip->low_left));
	}
}

void
plane_fill(const struct plane *plane, const struct drawing *drawing,
	size_t count, const float *low, const float *high)
{
	struct drawing_pen bottom = drawing_begin(drawing, count, low);
	struct drawing_pen top = drawing_begin(drawing, count, high);
	struct strip strip = {0};

	while (drawing_next(&bottom) && drawing_next(&top)) {
		struct place under = place_of(plane, &bottom);
		struct place over = place_of(plane, &top);

		strip.right = under.x;
		strip.low_right = under.y;
		strip.high_right = over.y;
		if (bottom.next > 1 && isfinite(strip.low_left + under.y) &&
			isfinite(strip.high_left + over.y))
			fill_strip(plane, &strip);
		strip.left = under.x;
		strip.low_left = under.y;
		strip.high_left = over.y;
	}
}
