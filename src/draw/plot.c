/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw/plot.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "draw/plot_private.h"

enum { LABELS_FROM_ROWS = 5, LABELS_FROM_COLUMNS = 24, NAME_SIZE = 32 };

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
		plot.left = PLOT_LABEL_COLUMNS * canvas_dots_across(canvas);
		plot.columns -= plot.left;
		plot.rows -= PLOT_LABEL_ROWS * canvas_dots_down(canvas);
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
double
plot_column_of(const struct plot *plot, double update)
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
double
plot_row(const struct plot *plot, double value)
{
	return (double)plot->top +
		(1 - scale_position(&plot->scale, value)) *
		(double)(plot->rows - 1);
}

bool
plot_has_row(const struct plot *plot, double row)
{
	return row >= (double)plot->top &&
		row < (double)(plot->top + plot->rows);
}

/* Return the row of cells that contains a row of dots. */
long
plot_cell_row(const struct plot *plot, double row)
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
plot_range(const struct plot *plot, const struct plot_column *columns,
	double *low, double *high)
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
	*low = min;
	*high = max;
}

void
plot_fit(struct plot *plot, const struct plot_column *columns)
{
	double min, max;

	plot_range(plot, columns, &min, &max);
	plot->scale = scale_fit(min, max, plot->axes.is_log_y);
	plot_align(plot, min, max);
}

/* Draw a line of reference: thin dots, unlike the line of a loss. */
static void
draw_guide(struct plot *plot, double value)
{
	double row = plot_row(plot, value);
	/* a dot in every second cell */
	long step = 2 * canvas_dots_across(plot->canvas);

	if (!(value > 0) || !plot_has_row(plot, row))
		return;
	for (long x = 0; x < plot->columns; x += step)
		canvas_dot(plot->canvas, CANVAS_GUIDE, plot->left + x,
			lround(row));
}

/* Return true if a guide is drawn in a row of cells. */
static bool
has_guide(const struct plot *plot, long row)
{
	for (int i = 0; i < PLOT_GUIDES; i++) {
		double guide = plot->axes.guide[i];

		if (guide > 0 &&
			plot_cell_row(plot, plot_row(plot, guide)) == row)
			return true;
	}
	return false;
}

/*
 * Return the column furthest to the right where the lines of losses leave room
 * for a name in a row of cells; -1 if they leave none.
 */
static long
find_room(const struct plot *plot, long row, long length)
{
	long first = plot->left / canvas_dots_across(plot->canvas);
	long column = (long)plot->canvas->columns - length;

	while (column >= first &&
		!canvas_is_free(plot->canvas, row, column, length))
		column--;
	return column >= first ? column : -1;
}

/*
 * Write a guide's name on its line, or else directly above or below it, never
 * over a line of losses. If there is no room, the guide has no name.
 */
static void
draw_guide_name(const struct plot *plot, int guide)
{
	static const long steps[] = {0, -1, 1};
	const char *name = plot->axes.guide_name[guide];
	double value = plot->axes.guide[guide], line = plot_row(plot, value);
	char text[NAME_SIZE];

	if (name == NULL || plot->left == 0 || !(value > 0) ||
		!plot_has_row(plot, line))
		return;
	snprintf(text, sizeof text, " %s", name);
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		long row = plot_cell_row(plot, line) + steps[i], column;

		if (steps[i] != 0 &&
			(has_guide(plot, row) ||
				row * canvas_dots_down(plot->canvas) >=
					plot->top + plot->rows))
			continue;
		column = find_room(plot, row, (long)utf8_columns(text));
		if (column >= 0) {
			canvas_text(plot->canvas, CANVAS_GUIDE, row, column,
				text);
			return;
		}
	}
}

/* Fill the cells between the minimum and the maximum of a column. */
static void
draw_band(struct plot *plot, const struct plot_column *column, long x)
{
	double top = (double)plot->top, end = (double)(plot->top + plot->rows);
	double highest = fmax(plot_row(plot, column->max), top);
	double lowest = fmin(plot_row(plot, column->min), end - 1);
	double down = (double)canvas_dots_down(plot->canvas);

	/* a cell is filled if at least half of it is between them */
	for (double row = floor(highest / down + 0.5);
		(row + 0.5) * down <= lowest + 1; row++)
		canvas_fill(plot->canvas, lround(row),
			(plot->left + x) / canvas_dots_across(plot->canvas));
}

/* Draw a line between two values, clipped above the lower axis. */
static void
draw_line(struct plot *plot, enum canvas_layer layer, double x0, double value0,
	double x1, double value1)
{
	double highest = (double)plot->top - 1;
	double lowest = (double)(plot->top + plot->rows) - 1;
	double row0 = fmin(fmax(plot_row(plot, value0), highest), lowest);
	double row1 = fmin(fmax(plot_row(plot, value1), highest), lowest);

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
		double row = plot_row(plot, columns[x].ghost);

		if (x < next || !columns[x].has_ghost ||
			!plot_has_row(plot, row))
			continue;
		canvas_dot(plot->canvas, CANVAS_GHOST, plot->left + x,
			lround(row));
		next = x + 2;
	}
}

const char *
plot_best_sign(enum canvas_tier tier)
{
	return tier == CANVAS_BRAILLE ? "◆" : "V";
}

/* Connect the losses of the validations, and mark the best one. */
static void
draw_validations(struct plot *plot)
{
	const struct plot_axes *axes = &plot->axes;
	const struct plot_point *before = NULL;

	for (size_t i = 0; i < axes->validations; i++) {
		const struct plot_point *point = &axes->validation[i];
		double row = plot_row(plot, point->value);

		if (!is_in_range(plot, point->update) ||
			!isfinite(point->value))
			continue;
		if (before == NULL)
			before = point;
		draw_line(plot, CANVAS_VALIDATION,
			plot_column_of(plot, before->update), before->value,
			plot_column_of(plot, point->update), point->value);
		before = point;
		if (i == axes->best && plot_has_row(plot, row))
			canvas_text(plot->canvas, CANVAS_VALIDATION,
				plot_cell_row(plot, row),
				(plot->left +
					lround(plot_column_of(plot,
						point->update))) /
					canvas_dots_across(plot->canvas),
				plot_best_sign(plot->canvas->tier));
	}
}

void
plot_draw(struct plot *plot, const struct plot_column *columns)
{
	if (plot->left > 0)
		plot_draw_axes(plot);
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
