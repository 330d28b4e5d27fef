#include "draw/plane.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
	LABEL_COLUMNS = 4, /* "0.0" and the axis */
	LABEL_ROWS = 2,    /* the axis and its labels */
	/* a smaller canvas is all drawing */
	LABELS_FROM_ROWS = 8,
	LABELS_FROM_COLUMNS = 16
};

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
	double size;

	if (!(wide.left <= wide.right && wide.bottom <= wide.top))
		return plane_unit_range;
	size = fmax(wide.right - wide.left, wide.top - wide.bottom);
	if (!(size > 0))
		size = 1;
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
	mark[0] = ceil(low / step) * step;
	mark[1] = floor(high / step) * step;
}

/* At most three columns for the label of an axis. */
static void
label(char *text, size_t size, double value)
{
	double size_of = fabs(value);

	if (value == floor(value) && size_of < 100)
		snprintf(text, size, "%.0f", value + 0.0);
	else if (size_of < 9.95)
		snprintf(text, size, "%.*f", value < 0 ? 0 : 1, value);
	else if (size_of < 995 && value > -99)
		snprintf(text, size, "%.0f", value);
	else
		snprintf(text, size, "%.0e", value);
	if (strlen(text) > LABEL_COLUMNS - 1)
		snprintf(text, size, "...");
}

static void
draw_axes(const struct plane *plane, const struct plane_range *range)
{
	struct canvas *canvas = plane->canvas;
	bool braille = canvas->tier == CANVAS_BRAILLE;
	long down = canvas_dots_down(canvas);
	long across = canvas_dots_across(canvas);
	long floor_row = (long)canvas->rows - LABEL_ROWS;
	double mark[2];
	char text[32];

	for (long row = 0; row < floor_row; row++)
		canvas_text(canvas, CANVAS_FRAME, row, LABEL_COLUMNS - 1,
			braille ? "│" : "|");
	canvas_text(canvas, CANVAS_FRAME, floor_row, LABEL_COLUMNS - 1,
		braille ? "└" : "+");
	for (long column = LABEL_COLUMNS; column < (long)canvas->columns;
		column++)
		canvas_text(canvas, CANVAS_FRAME, floor_row, column,
			braille ? "─" : "-");
	plane_marks(range->bottom, range->top, mark);
	for (int i = 0; i < 2; i++) {
		long row = lround(floor((plane->y_origin +
			plane->y_scale * mark[i]) / (double)down));

		if (row < 0 || row >= floor_row)
			continue;
		label(text, sizeof text, mark[i]);
		canvas_text(canvas, CANVAS_FRAME, row,
			LABEL_COLUMNS - 1 - (long)strlen(text), text);
		canvas_text(canvas, CANVAS_FRAME, row, LABEL_COLUMNS - 1,
			braille ? "┤" : "+");
	}
	plane_marks(range->left, range->right, mark);
	for (int i = 0; i < 2; i++) {
		long column = lround(floor((plane->x_origin +
			plane->x_scale * mark[i]) / (double)across));

		if (column < LABEL_COLUMNS || column >= (long)canvas->columns)
			continue;
		label(text, sizeof text, mark[i]);
		canvas_text(canvas, CANVAS_FRAME, floor_row, column,
			braille ? "┬" : "+");
		canvas_text(canvas, CANVAS_FRAME, floor_row + 1,
			column - (long)strlen(text) / 2, text);
	}
}

static struct plane
lay(struct canvas *canvas, const struct plane_range *range, bool is_series,
	bool has_axes)
{
	double left = has_axes
		? (double)(LABEL_COLUMNS * canvas_dots_across(canvas)) : 0;
	double width = (double)canvas_width(canvas) - left;
	double height = (double)canvas_height(canvas) -
		(has_axes ? (double)(LABEL_ROWS * canvas_dots_down(canvas))
			  : 0);
	double x_scale = (width - 1) / (range->right - range->left);
	double y_scale = (height - 1) / (range->top - range->bottom);
	struct plane plane = {.canvas = canvas};

	if (!is_series) {
		x_scale = fmin(x_scale, y_scale);
		y_scale = x_scale;
	}
	/* in the middle of what is left over, across; at the bottom, down */
	left += (width - 1 - x_scale * (range->right - range->left)) / 2;
	plane.x_scale = x_scale;
	plane.x_origin = left - x_scale * range->left;
	plane.y_scale = -y_scale;
	plane.y_origin = height - 1 + y_scale * range->bottom;
	if (has_axes)
		draw_axes(&plane, range);
	return plane;
}

struct plane
plane_begin(struct canvas *canvas, const struct plane_range *range,
	bool is_series)
{
	return lay(canvas, range, is_series,
		canvas->rows >= LABELS_FROM_ROWS &&
			canvas->columns >= LABELS_FROM_COLUMNS);
}

struct plane
plane_bare(struct canvas *canvas, const struct plane_range *range,
	bool is_series)
{
	return lay(canvas, range, is_series, false);
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
