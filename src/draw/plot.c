/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw/plot.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "draw/labels.h"

enum {
	LABEL_COLUMNS = 6, /* a label such as "0.083", and the axis */
	LABEL_ROWS = 2,
	LABELS_FROM_ROWS = 5,
	LABELS_FROM_COLUMNS = 24,
	UPDATE_STEPS = 4, /* maximum steps of the lower axis */
	GUIDE_GAP = 4,    /* distance between the dots of a guide line */
	BAND_GAP = 4,     /* between the rows of dots of a band */
	BAND_ROWS = 40    /* a plot of fewer rows of dots has half the gap */
};

/* With is_close, maximum distance of a guide from the values, in their span. */
#define GUIDE_REACH 3.0

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

	assert(axes->first < axes->end);
	assert(!axes->is_log_x || axes->first > 0);
	if (has_axes) {
		plot.left = LABEL_COLUMNS * canvas_dots_across(canvas);
		plot.columns -= plot.left;
		plot.rows -= LABEL_ROWS * canvas_dots_down(canvas);
	}
	return plot;
}

/* Return the update at a column, both possibly fractional. */
static double
update_at(const struct plot *plot, double column)
{
	double first = (double)plot->axes.first, end = (double)plot->axes.end;
	double part = column / (double)plot->columns;

	return plot->axes.is_log_x ? first * pow(end / first, part)
				   : first + (end - first) * part;
}

/* Return the column of an update, the inverse of update_at. */
static double
column_at(const struct plot *plot, double update)
{
	double first = (double)plot->axes.first, end = (double)plot->axes.end;
	double part = plot->axes.is_log_x
		? log(update / first) / log(end / first)
		: (update - first) / (end - first);

	return part * (double)plot->columns;
}

void
plot_column_span(const struct plot *plot, long column, uint64_t *first,
	uint64_t *end)
{
	*first = number_count(floor(update_at(plot, (double)column)));
	*end = number_count(floor(update_at(plot, (double)column + 1)));
	if (*end <= *first)
		*end = *first + 1;
}

/* Return the row of dots of a value, which may be outside the plot. */
static double
row_at(const struct plot *plot, double value)
{
	return (double)plot->top +
		(1 - scale_position(&plot->scale, value)) *
		(double)(plot->rows - 1);
}

static bool
is_inside(const struct plot *plot, double row)
{
	return row >= (double)plot->top &&
		row < (double)(plot->top + plot->rows);
}

/* Return the row of cells that contains a row of dots. */
static long
cell_row(const struct plot *plot, double row)
{
	return lround(row) / canvas_dots_down(plot->canvas);
}

static bool
is_in_range(const struct plot *plot, double update)
{
	return update >= (double)plot->axes.first &&
		update <= (double)plot->axes.end;
}

/* Extend a range; ignore NaN and infinity. */
static void
include(double value, double *min, double *max)
{
	if (!isfinite(value))
		return;
	*min = fmin(*min, value);
	*max = fmax(*max, value);
}

void
plot_fit(struct plot *plot, const struct plot_column *columns)
{
	double min = INFINITY, max = -INFINITY, reach;

	for (long i = 0; i < plot->columns; i++) {
		if (columns[i].is_known)
			include(columns[i].mean, &min, &max);
		if (columns[i].has_ghost)
			include(columns[i].ghost, &min, &max);
	}
	for (size_t i = 0; i < plot->axes.validations; i++)
		if (is_in_range(plot, plot->axes.validation[i].update))
			include(plot->axes.validation[i].value, &min, &max);
	/* a distant guide would compress the curve of a close view */
	reach = plot->axes.is_close && min < max ? GUIDE_REACH * (max - min)
						 : INFINITY;
	for (int i = 0; i < PLOT_GUIDES; i++) {
		double guide = plot->axes.guide[i];

		if (guide > 0 && !(guide < min - reach) &&
			!(guide > max + reach)) {
			min = fmin(min, guide);
			max = fmax(max, guide);
		}
	}
	plot->scale = scale_fit(min, max, plot->axes.is_log_y);
}

/* The ticks of the left axis, ascending, and their rows of cells. */
struct value_ticks {
	size_t count;
	double value[LABELS_MAX];
	long row[LABELS_MAX];
};

/* Add a tick unless another one is in the same row or in an adjacent row. */
static void
add_tick(const struct plot *plot, struct value_ticks *ticks, double value)
{
	double dots = row_at(plot, value);
	size_t at = ticks->count;
	long row;

	if (!is_inside(plot, dots) || at == LABELS_MAX)
		return;
	row = cell_row(plot, dots);
	while (at > 0 && value < ticks->value[at - 1])
		at--;
	if ((at > 0 && ticks->row[at - 1] <= row + 1) ||
		(at < ticks->count && ticks->row[at] >= row - 1))
		return;
	for (size_t i = ticks->count++; i > at; i--) {
		ticks->value[i] = ticks->value[i - 1];
		ticks->row[i] = ticks->row[i - 1];
	}
	ticks->value[at] = value;
	ticks->row[at] = row;
}

static void
collect_ticks(const struct plot *plot, struct value_ticks *ticks)
{
	size_t rows = (size_t)(plot->rows / canvas_dots_down(plot->canvas));
	double value[LABELS_MAX];
	size_t count =
		scale_ticks(&plot->scale, rows / 3 + 1, value, LABELS_MAX);

	ticks->count = 0;
	/* guides first: their labels are the most important */
	for (int i = 0; i < PLOT_GUIDES; i++)
		if (plot->axes.guide[i] > 0)
			add_tick(plot, ticks, plot->axes.guide[i]);
	for (size_t i = 0; i < count; i++)
		add_tick(plot, ticks, value[i]);
}

/*
 * Choose the ticks and their labels. If the labels have a shared part, reserve
 * the first row for it and choose again.
 */
static void
label_ticks(struct plot *plot, struct value_ticks *ticks, struct labels *labels)
{
	long down = canvas_dots_down(plot->canvas);
	bool is_utf8 = plot->canvas->tier == CANVAS_BRAILLE;

	for (;;) {
		collect_ticks(plot, ticks);
		if (scale_has_decades(&plot->scale))
			labels_make_log(labels, ticks->value, ticks->count,
				LABEL_COLUMNS - 1);
		else if (!labels_make(labels, ticks->value, ticks->count,
				 LABEL_COLUMNS - 1, is_utf8) ||
			labels->common_columns > plot->canvas->columns)
			ticks->count = 0;
		if (ticks->count == 0 || labels->common[0] == '\0' ||
			plot->top > 0)
			return;
		plot->top = down;
		plot->rows -= down;
	}
}

static void
draw_value_axis(struct plot *plot)
{
	long rows = (plot->top + plot->rows) / canvas_dots_down(plot->canvas);
	bool is_braille = plot->canvas->tier == CANVAS_BRAILLE;
	struct value_ticks ticks;
	struct labels labels;

	label_ticks(plot, &ticks, &labels);
	for (long row = 0; row < rows; row++)
		canvas_text(plot->canvas, CANVAS_FRAME, row, LABEL_COLUMNS - 1,
			is_braille ? "│" : "|");
	for (size_t i = 0; i < ticks.count; i++) {
		const char *text = labels.text[i];

		if (text[0] == '\0')
			continue;
		canvas_text(plot->canvas, CANVAS_FRAME, ticks.row[i],
			LABEL_COLUMNS - 1 - (long)strlen(text), text);
		canvas_text(plot->canvas, CANVAS_FRAME, ticks.row[i],
			LABEL_COLUMNS - 1, is_braille ? "┤" : "+");
	}
	if (plot->top > 0)
		canvas_text(plot->canvas, CANVAS_FRAME, 0, 0, labels.common);
}

/*
 * Draw a tick and its label on the lower axis, if the label fits between the
 * columns *from and *to, which are free. Then move *from or *to, so that the
 * next label keeps its distance.
 */
static void
mark_update(const struct plot *plot, double update, long *from, long *to)
{
	struct canvas *canvas = plot->canvas;
	long row = (plot->top + plot->rows) / canvas_dots_down(canvas);
	long column = (plot->left + lround(column_at(plot, update))) /
		canvas_dots_across(canvas);
	bool is_braille = canvas->tier == CANVAS_BRAILLE;
	char text[NUMBER_TEXT_SIZE];
	long start;

	if (column >= (long)canvas->columns)
		column = (long)canvas->columns - 1;
	number_grouped(text, number_count(update));
	start = column - (long)strlen(text) / 2;
	if (start + (long)strlen(text) > (long)canvas->columns)
		start = (long)canvas->columns - (long)strlen(text);
	if (start < *from || start + (long)strlen(text) > *to)
		return;
	if (update >= (double)plot->axes.end)
		*to = start - 1;
	else
		*from = start + (long)strlen(text) + 1;
	canvas_text(canvas, CANVAS_FRAME, row, column, is_braille ? "┬" : "+");
	canvas_text(canvas, CANVAS_FRAME, row + 1, start, text);
}

static void
draw_update_axis(const struct plot *plot)
{
	struct canvas *canvas = plot->canvas;
	long row = (plot->top + plot->rows) / canvas_dots_down(canvas);
	bool is_braille = canvas->tier == CANVAS_BRAILLE;
	double first = (double)plot->axes.first, end = (double)plot->axes.end;
	double step = scale_round(fmax((end - first) / UPDATE_STEPS, 1), true);
	long from = LABEL_COLUMNS - 2, to = (long)canvas->columns;

	canvas_text(canvas, CANVAS_FRAME, row, LABEL_COLUMNS - 1,
		is_braille ? "└" : "+");
	for (long column = LABEL_COLUMNS; column < (long)canvas->columns;
		column++)
		canvas_text(canvas, CANVAS_FRAME, row, column,
			is_braille ? "─" : "-");
	/* the last update first: its label is the most important */
	mark_update(plot, end, &from, &to);
	if (plot->axes.is_log_x) {
		for (int decade = 0; pow(10, decade) < end; decade++)
			if (pow(10, decade) >= first)
				mark_update(plot, pow(10, decade), &from, &to);
		return;
	}
	/* count the steps: above 2⁵³, adding a step may not change a double */
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

	if (!(value > 0) || !is_inside(plot, row))
		return;
	for (long x = 0; x < plot->columns; x += GUIDE_GAP)
		canvas_dot(plot->canvas, CANVAS_FRAME, plot->left + x,
			lround(row));
}

/* Write a guide's name at the right end of its line, if the cells are free. */
static void
draw_guide_name(const struct plot *plot, int guide)
{
	const char *name = plot->axes.guide_name[guide];
	double value = plot->axes.guide[guide], row = row_at(plot, value);
	long length, column;

	if (name == NULL || plot->left == 0 || !(value > 0) ||
		!is_inside(plot, row))
		return;
	length = (long)strlen(name);
	column = (long)plot->canvas->columns - length;
	if (canvas_is_free(plot->canvas, cell_row(plot, row), column - 1,
		    length + 1))
		canvas_text(plot->canvas, CANVAS_FRAME, cell_row(plot, row),
			column, name);
}

/*
 * Draw the band from the minimum to the maximum of a column, as sparse dots,
 * so that lines on it stay clear.
 */
static void
draw_band(struct plot *plot, const struct plot_column *column, long x)
{
	double highest = fmax(row_at(plot, column->max), (double)plot->top);
	double lowest = fmin(row_at(plot, column->min),
		(double)(plot->top + plot->rows) - 1);
	long gap = plot->rows < BAND_ROWS ? BAND_GAP / 2 : BAND_GAP;

	if (x % 2 != 0 || !(column->min < column->max) || highest > lowest)
		return;
	for (long y = lround(highest); y <= lround(lowest); y++)
		if (y % gap == 0)
			canvas_dot(plot->canvas, CANVAS_BAND, plot->left + x,
				y);
}

/* Draw a line between two values, clipped above the lower axis. */
static void
draw_line(struct plot *plot, enum canvas_layer layer, double x0, double value0,
	double x1, double value1)
{
	double highest = (double)plot->top - 1;
	double lowest = (double)(plot->top + plot->rows) - 1;
	double row0 = fmin(fmax(row_at(plot, value0), highest), lowest);
	double row1 = fmin(fmax(row_at(plot, value1), highest), lowest);

	canvas_line(plot->canvas, layer, (double)plot->left + x0, row0,
		(double)plot->left + x1, row1);
}

/* Connect the means of the columns. */
static void
draw_means(struct plot *plot, const struct plot_column *columns)
{
	long before = -1;

	for (long x = 0; x < plot->columns; x++) {
		if (!columns[x].is_known || !isfinite(columns[x].mean))
			continue;
		if (before < 0)
			before = x;
		draw_line(plot, CANVAS_MODEL, (double)before,
			columns[before].mean, (double)x, columns[x].mean);
		before = x;
	}
}

/* Draw the former run as separate dots, distinct from a line of this run. */
static void
draw_ghost(struct plot *plot, const struct plot_column *columns)
{
	long next = 0;

	for (long x = 0; x < plot->columns; x++) {
		double row = row_at(plot, columns[x].ghost);

		if (x < next || !columns[x].has_ghost || !is_inside(plot, row))
			continue;
		canvas_dot(plot->canvas, CANVAS_GHOST, plot->left + x,
			lround(row));
		next = x + 2;
	}
}

/* Connect the losses of the validations, and mark the best one. */
static void
draw_validations(struct plot *plot)
{
	const struct plot_axes *axes = &plot->axes;
	bool is_braille = plot->canvas->tier == CANVAS_BRAILLE;
	const struct plot_point *before = NULL;

	for (size_t i = 0; i < axes->validations; i++) {
		const struct plot_point *point = &axes->validation[i];
		double row = row_at(plot, point->value);

		if (!is_in_range(plot, point->update) ||
			!isfinite(point->value))
			continue;
		if (before == NULL)
			before = point;
		draw_line(plot, CANVAS_VALIDATION,
			column_at(plot, before->update), before->value,
			column_at(plot, point->update), point->value);
		before = point;
		if (i == axes->best && is_inside(plot, row))
			canvas_text(plot->canvas, CANVAS_VALIDATION,
				cell_row(plot, row),
				(plot->left +
					lround(column_at(plot,
						point->update))) /
					canvas_dots_across(plot->canvas),
				is_braille ? "◆" : "V");
	}
}

void
plot_draw(struct plot *plot, const struct plot_column *columns)
{
	if (plot->left > 0) {
		draw_value_axis(plot);
		draw_update_axis(plot);
	}
	for (int i = 0; i < PLOT_GUIDES; i++)
		draw_guide(plot, plot->axes.guide[i]);
	for (long x = 0; x < plot->columns; x++)
		if (columns[x].is_known)
			draw_band(plot, &columns[x], x);
	draw_ghost(plot, columns);
	draw_means(plot, columns);
	draw_validations(plot);
	for (int i = 0; i < PLOT_GUIDES; i++)
		draw_guide_name(plot, i);
}
