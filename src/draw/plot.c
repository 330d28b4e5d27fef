#include "draw/plot.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"

enum {
	LABEL_COLUMNS = 6, /* "0.083" and the axis */
	LABEL_ROWS = 2,
	LABELS_FROM_ROWS = 5,
	LABELS_FROM_COLUMNS = 24,
	UPDATE_STEPS = 4, /* of the lower axis, at most */
	GUIDE_GAP = 4 /* dots from one dot of a guide line to the next */
};

struct plot
plot_begin(struct canvas *canvas, const struct plot_axes *axes)
{
	bool has_axes = canvas->rows >= LABELS_FROM_ROWS &&
		canvas->columns >= LABELS_FROM_COLUMNS;
	struct plot plot = {
		.canvas = canvas,
		.axes = *axes,
		.columns = canvas_width(canvas),
		.rows = canvas_height(canvas),
	};

	if (has_axes) {
		plot.left = LABEL_COLUMNS * canvas_dots_across(canvas);
		plot.columns -= plot.left;
		plot.rows -= LABEL_ROWS * canvas_dots_down(canvas);
	}
	return plot;
}

/* The update at which a column begins, as a fraction of one too. */
static double
update_at(const struct plot *plot, double column)
{
	double first = (double)plot->axes.first, end = (double)plot->axes.end;
	double part = column / (double)plot->columns;

	return plot->axes.log_x ? first * pow(end / first, part)
				: first + (end - first) * part;
}

/* The column at which an update stands. */
static double
column_at(const struct plot *plot, double update)
{
	double first = (double)plot->axes.first, end = (double)plot->axes.end;
	double part = plot->axes.log_x ? log(update / first) / log(end / first)
				       : (update - first) / (end - first);

	return part * (double)plot->columns;
}

void
plot_column_span(const struct plot *plot, long column, uint64_t *first,
	uint64_t *end)
{
	*first = (uint64_t)update_at(plot, (double)column);
	*end = (uint64_t)update_at(plot, (double)column + 1);
	if (*end <= *first)
		*end = *first + 1;
}

/* A value on the scale of the axis. */
static double
scaled(const struct plot *plot, double value)
{
	return plot->axes.log_y ? log10(value) : value;
}

/* The row of dots where a value stands, maybe outside. */
static double
row_at(const struct plot *plot, double value)
{
	double part = (scaled(plot, value) - plot->low) /
		(plot->high - plot->low);

	return (1 - part) * (double)(plot->rows - 1);
}

/* The next of 1, 2, 5, 10, 20, ... from value on, up or down. */
static double
round_number(double value, bool up)
{
	static const double digits[] = {1, 2, 5, 10};
	double decade = pow(10, floor(log10(value)));
	double below = decade;

	for (int i = 0; i < 4; i++) {
		double candidate = digits[i] * decade;

		if (up && candidate >= value * (1 - 1e-9))
			return candidate;
		if (!up && candidate <= value * (1 + 1e-9))
			below = candidate;
	}
	return below;
}

/* The end of an axis from 0: a few round steps, with room beyond the value. */
static double
round_end(double value)
{
	double step;

	if (!(value > 0))
		return 0;
	step = round_number(value * 1.1 / 5, true);
	return ceil(value * 1.1 / step) * step;
}

/* The ends of the axis: round, and with room about what is between. */
static void
set_ends(struct plot *plot, double least, double most)
{
	if (plot->axes.log_y) {
		least = fmax(least, 1e-30);
		plot->high = log10(round_number(most * 1.2, true));
		plot->low = log10(round_number(least / 1.6, false));
		return;
	}
	plot->high = round_end(most);
	plot->low = -round_end(-least);
	if (plot->high <= plot->low)
		plot->high = plot->low + 1;
}

/*
 * The range of values: that of the average and the guide line with room
 * about it, out to round numbers, so that it seldom changes.
 */
static void
set_range(struct plot *plot, const struct plot_column *columns)
{
	double least = INFINITY, most = -INFINITY;

	for (long i = 0; i < plot->columns; i++)
		if (columns[i].is_known && isfinite(columns[i].average)) {
			least = fmin(least, columns[i].average);
			most = fmax(most, columns[i].average);
		}
	for (int i = 0; i < PLOT_GUIDES; i++)
		if (plot->axes.guide[i] > 0) {
			least = fmin(least, plot->axes.guide[i]);
			most = fmax(most, plot->axes.guide[i]);
		}
	if (!(least <= most)) {
		least = 0.1;
		most = 1;
	}
	/* what is negative, as a density's loss, has no logarithm */
	if (least <= 0)
		plot->axes.log_y = false;
	set_ends(plot, fmax(least, -1e36), fmin(most, 1e36));
}

static void
format_value(char *text, size_t size, double value)
{
	double distance = fabs(value);

	if (distance >= 0.001 && distance < 9.9995)
		snprintf(text, size, value < 0 ? "%.2f" : "%.3f", value);
	else if (distance >= 9.9995 && distance < 9999.5)
		snprintf(text, size, "%.4g", value);
	else if (distance < 1e-12)
		snprintf(text, size, "0");
	else
		snprintf(text, size, "%.0e", value);
}

/* A label on the left axis, unless one stands there or right beside it. */
static void
mark_value(const struct plot *plot, double value, bool *taken, size_t rows)
{
	long row = lround(row_at(plot, value)) /
		canvas_dots_down(plot->canvas);
	bool braille = plot->canvas->tier == CANVAS_BRAILLE;
	char text[NUMBER_TEXT_SIZE];

	if (row < 0 || row >= (long)rows || taken[row] ||
	    (row > 0 && taken[row - 1]) ||
	    (row + 1 < (long)rows && taken[row + 1]))
		return;
	taken[row] = true;
	format_value(text, sizeof text, value);
	canvas_text(plot->canvas, CANVAS_FRAME, row,
		LABEL_COLUMNS - 1 - (long)strlen(text), text);
	canvas_text(plot->canvas, CANVAS_FRAME, row, LABEL_COLUMNS - 1,
		braille ? "┤" : "+");
}

enum { ROWS_MOST = 1024 };

static void
draw_value_axis(const struct plot *plot)
{
	size_t rows = (size_t)(plot->rows / canvas_dots_down(plot->canvas));
	bool braille = plot->canvas->tier == CANVAS_BRAILLE;
	bool taken[ROWS_MOST] = {false};
	double step, first;

	if (rows > ROWS_MOST)
		rows = ROWS_MOST;
	for (size_t row = 0; row < rows; row++)
		canvas_text(plot->canvas, CANVAS_FRAME, (long)row,
			LABEL_COLUMNS - 1, braille ? "│" : "|");
	/* the guides first: their labels matter most */
	for (int i = 0; i < PLOT_GUIDES; i++)
		if (plot->axes.guide[i] > 0)
			mark_value(plot, plot->axes.guide[i], taken, rows);
	if (plot->axes.log_y) {
		double value = pow(10, plot->low);
		double most = pow(10, plot->high) * (1 + 1e-9);

		for (; value <= most && value > 0;
			value = round_number(value * 1.01, true))
			mark_value(plot, value, taken, rows);
		return;
	}
	step = round_number((plot->high - plot->low) / ((double)rows / 3 + 1),
		true);
	first = ceil(plot->low / step - 1e-9);
	/* by count: a sum of steps need not grow where they are small */
	for (size_t i = 0; i < rows; i++) {
		double value = (first + (double)i) * step;

		if (value <= plot->high + step * 1e-9)
			mark_value(plot, value, taken, rows);
	}
}

/*
 * A label on the lower axis, where it fits between the columns that are
 * free; *from or *to moves so that the next one keeps its distance.
 */
static void
mark_update(const struct plot *plot, double update, long *from, long *to)
{
	struct canvas *canvas = plot->canvas;
	long row = plot->rows / canvas_dots_down(canvas);
	long column = (plot->left + lround(column_at(plot, update))) /
		canvas_dots_across(canvas);
	bool braille = canvas->tier == CANVAS_BRAILLE;
	char text[NUMBER_TEXT_SIZE];
	long start;

	if (column >= (long)canvas->columns)
		column = (long)canvas->columns - 1;
	number_grouped(text, (uint64_t)llround(update));
	start = column - (long)strlen(text) / 2;
	if (start + (long)strlen(text) > (long)canvas->columns)
		start = (long)canvas->columns - (long)strlen(text);
	if (start < *from || start + (long)strlen(text) > *to)
		return;
	if (update >= (double)plot->axes.end)
		*to = start - 1;
	else
		*from = start + (long)strlen(text) + 1;
	canvas_text(canvas, CANVAS_FRAME, row, column, braille ? "┬" : "+");
	canvas_text(canvas, CANVAS_FRAME, row + 1, start, text);
}

static void
draw_update_axis(const struct plot *plot)
{
	struct canvas *canvas = plot->canvas;
	long row = plot->rows / canvas_dots_down(canvas);
	bool braille = canvas->tier == CANVAS_BRAILLE;
	double first = (double)plot->axes.first, end = (double)plot->axes.end;
	double step = round_number(fmax((end - first) / UPDATE_STEPS, 1),
		true);
	long from = LABEL_COLUMNS - 2, to = (long)canvas->columns;

	canvas_text(canvas, CANVAS_FRAME, row, LABEL_COLUMNS - 1,
		braille ? "└" : "+");
	for (long column = LABEL_COLUMNS; column < (long)canvas->columns;
		column++)
		canvas_text(canvas, CANVAS_FRAME, row, column,
			braille ? "─" : "-");
	/* the end before all: it says how far the plot reaches */
	mark_update(plot, end, &from, &to);
	if (plot->axes.log_x) {
		for (int decade = 0; pow(10, decade) < end; decade++)
			if (pow(10, decade) >= first)
				mark_update(plot, pow(10, decade), &from, &to);
		return;
	}
	/* by count, as above: beyond 2⁵³ a double may stand still */
	for (int i = 0; i <= UPDATE_STEPS; i++) {
		double update = (ceil(first / step) + i) * step;

		if (update < end)
			mark_update(plot, update, &from, &to);
	}
}

static void
draw_guide(struct plot *plot, double value)
{
	double row = row_at(plot, value);

	if (!(value > 0) || !(row >= 0 && row < (double)plot->rows))
		return;
	for (long x = 0; x < plot->columns; x += GUIDE_GAP)
		canvas_dot(plot->canvas, CANVAS_FRAME, plot->left + x,
			lround(row));
}

/* On its line at the right end, where nothing else stands. */
static void
name_guide(const struct plot *plot, int guide)
{
	const char *name = plot->axes.guide_name[guide];
	double value = plot->axes.guide[guide], row = row_at(plot, value);
	long length, column;

	if (name == NULL || plot->left == 0 || !(value > 0) ||
	    !(row >= 0 && row < (double)plot->rows))
		return;
	length = (long)strlen(name);
	column = (long)plot->canvas->columns - length;
	if (canvas_is_free(plot->canvas,
		    lround(row) / canvas_dots_down(plot->canvas), column - 1,
		    length + 1))
		canvas_text(plot->canvas, CANVAS_FRAME,
			lround(row) / canvas_dots_down(plot->canvas), column,
			name);
}

static void
draw_raw(struct plot *plot, long x, double value)
{
	double row = row_at(plot, value);

	if (row >= 0 && row < (double)plot->rows)
		canvas_dot(plot->canvas, CANVAS_DATA, plot->left + x,
			lround(row));
}

/* The average, joined to the known column before. */
static void
draw_average(struct plot *plot, const struct plot_column *columns, long x,
	long before)
{
	double row = row_at(plot, columns[x].average);
	double row_before =
		before < 0 ? row : row_at(plot, columns[before].average);
	double lowest = (double)plot->rows - 1;

	/* a line that leaves the plot must not cross the axis below */
	row = fmin(fmax(row, -1), lowest);
	row_before = fmin(fmax(row_before, -1), lowest);
	canvas_line(plot->canvas, CANVAS_MODEL,
		(double)(plot->left + (before < 0 ? x : before)), row_before,
		(double)(plot->left + x), row);
}

void
plot_draw(struct plot *plot, const struct plot_column *columns)
{
	long before = -1;

	set_range(plot, columns);
	if (plot->left > 0) {
		draw_value_axis(plot);
		draw_update_axis(plot);
	}
	for (int i = 0; i < PLOT_GUIDES; i++)
		draw_guide(plot, plot->axes.guide[i]);
	for (long x = 0; x < plot->columns; x++) {
		if (!columns[x].is_known)
			continue;
		draw_raw(plot, x, columns[x].least);
		draw_raw(plot, x, columns[x].mean);
		draw_raw(plot, x, columns[x].most);
		if (isfinite(columns[x].average)) {
			draw_average(plot, columns, x, before);
			before = x;
		}
	}
	for (int i = 0; i < PLOT_GUIDES; i++)
		name_guide(plot, i);
}
