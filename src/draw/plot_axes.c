/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The axes of a plot: where their ticks are, and their labels. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "draw/labels.h"
#include "draw/plot.h"
#include "draw/plot_private.h"

enum {
	UPDATE_STEPS = 5, /* maximum steps of the lower axis */
	/* of the left axis: minimum rows from a tick to the next, most ticks */
	STEP_CELLS = 2,
	TICKS_MAX = 5,
	STEPS_MAX = 8, /* steps to choose from */
	DIGITS = 12    /* of a tick, without rounding errors */
};

/* Free above the largest value of a linear scale, of the span of the values. */
#define MARGIN 0.05

/* A larger step must use so much more of the height. */
#define STEP_GAIN 1.15

/* With is_close, maximum distance of a guide from the values, in their span. */
#define GUIDE_REACH 3.0

/* The rows of cells of the plot, and the dots above the centre of a cell. */
static long
cell_rows(const struct plot *plot)
{
	return plot->rows / canvas_dots_down(plot->canvas);
}

static double
dots_to_centre(const struct plot *plot)
{
	return (double)(canvas_dots_down(plot->canvas) - 1) / 2;
}

/*
 * Find the most rows from a tick to the next one with which ticks of this step
 * are at centres of cells and all values are inside. Sets the value at the
 * centre of the lowest row, and the value from a row to the next. Returns the
 * part of the height that the values take; 0: the step is too small.
 */
static double
try_step(const struct plot *plot, double step, double *bottom, double *gap)
{
	long rows = cell_rows(plot);
	long least =
		rows / TICKS_MAX > STEP_CELLS ? rows / TICKS_MAX : STEP_CELLS;
	/* from the centre of the lowest row to the top, in rows */
	double height = (double)rows - 1 +
		dots_to_centre(plot) / (double)canvas_dots_down(plot->canvas);
	double second;

	for (long cells = rows; cells >= least; cells--) {
		*gap = step / (double)cells;
		*bottom = floor(plot->low / *gap + 1e-9) * *gap;
		/* a second tick is below the top */
		second = ceil(*bottom / step - 1e-9) * step + step;
		if (second > *bottom + *gap * height)
			continue;
		if (*bottom + *gap * height >= plot->high)
			return (plot->high - plot->low) / (*gap * height);
	}
	return 0;
}

/*
 * Choose a linear scale whose ticks are at the centres of cells, beside their
 * labels: of the nice steps, the one that uses the height best.
 */
static void
align_ticks(struct plot *plot)
{
	double rows = (double)cell_rows(plot), best = 0;
	double reach =
		dots_to_centre(plot) / (double)canvas_dots_down(plot->canvas);
	double step = scale_round((plot->high - plot->low) / rows, true);

	plot->step = 0;
	for (int i = 0; i < STEPS_MAX && plot->low < plot->high; i++) {
		double bottom = 0, gap = 0;
		double used = try_step(plot, step, &bottom, &gap);

		if (used > best * STEP_GAIN) {
			best = used;
			plot->step = step;
			plot->first = ceil(bottom / step - 1e-9) * step;
			plot->scale.low = bottom - reach * gap;
			plot->scale.high = bottom + (rows - 1 + reach) * gap;
		}
		step = scale_round(step * 1.01, true);
	}
}

void
plot_align(struct plot *plot, double min, double max)
{
	const struct scale *scale = &plot->scale;

	if (plot->left == 0)
		return;
	if (scale->kind == SCALE_LOG) {
		plot->low = fmax(min, scale->low);
		plot->high = fmin(max, scale->high);
		plot_align_log(plot);
	} else if (scale->kind == SCALE_LINEAR) {
		bool is_above = scale->low > 0, is_below = scale->high < 0;

		/* from 0, unless the scale is that of a plateau */
		plot->low =
			scale->low < 0 || is_above ? fmin(min, scale->high) : 0;
		plot->high =
			scale->high > 0 || is_below ? fmax(max, scale->low) : 0;
		plot->high += (plot->high - plot->low) * MARGIN;
		align_ticks(plot);
	}
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
	double dots = plot_row(plot, value);
	size_t at = ticks->count;
	long row, down = canvas_dots_down(plot->canvas);

	if (!plot_has_row(plot, dots) || at == LABELS_MAX)
		return;
	row = plot_cell_row(plot, dots);
	if (plot->has_log_ticks && !(plot->step > 0) &&
		fabs(dots - (double)(row * down) - dots_to_centre(plot)) >
			PLOT_TICK_REACH * (double)down)
		return;
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
	size_t rows = (size_t)cell_rows(plot);
	double value[LABELS_MAX];
	size_t count = 0;

	ticks->count = 0;
	if (plot->has_log_ticks)
		count = plot_log_ticks(plot, value);
	else if (plot->step > 0)
		for (; count < rows && count < LABELS_MAX; count++)
			/* + 0.0: not the negative zero */
			value[count] =
				number_round(plot->first +
						(double)count * plot->step,
					DIGITS) +
				0.0;
	else
		count = scale_ticks(&plot->scale, rows / 3 + 1, value,
			LABELS_MAX);
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
		if (plot->has_log_ticks ? !(plot->step > 0)
					: scale_has_decades(&plot->scale))
			labels_make_log(labels, ticks->value, ticks->count,
				PLOT_LABEL_COLUMNS - 1);
		else if (!labels_make(labels, ticks->value, ticks->count,
				 PLOT_LABEL_COLUMNS - 1, is_utf8) ||
			labels->common_columns > plot->canvas->columns)
			ticks->count = 0;
		if (ticks->count == 0 || labels->common[0] == '\0' ||
			plot->top > 0)
			return;
		plot->top = down;
		plot->rows -= down;
		if (plot->has_log_ticks)
			plot_align_log(plot);
		else if (plot->step > 0)
			align_ticks(plot);
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
		canvas_text(plot->canvas, CANVAS_FRAME, row,
			PLOT_LABEL_COLUMNS - 1, is_braille ? "│" : "|");
	for (size_t i = 0; i < ticks.count; i++) {
		const char *text = labels.text[i];

		if (text[0] == '\0')
			continue;
		canvas_text(plot->canvas, CANVAS_FRAME, ticks.row[i],
			PLOT_LABEL_COLUMNS - 1 - (long)strlen(text), text);
		canvas_text(plot->canvas, CANVAS_FRAME, ticks.row[i],
			PLOT_LABEL_COLUMNS - 1, is_braille ? "┤" : "+");
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
	long column = (plot->left + lround(plot_column_of(plot, update))) /
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

/* Return the smallest nice step whose labels all have room. */
static double
choose_update_step(const struct plot *plot)
{
	double span = (double)(plot->axes.end - plot->axes.first);
	double step = scale_round(fmax(span / UPDATE_STEPS, 1), true);
	char text[NUMBER_TEXT_SIZE];
	long cells = plot->columns / canvas_dots_across(plot->canvas);

	number_grouped(text, plot->axes.end);
	while (step < span &&
		(double)cells * step / span < (double)strlen(text) + 1)
		step = scale_round(step * 1.01, true);
	return step;
}

static void
draw_update_axis(const struct plot *plot)
{
	struct canvas *canvas = plot->canvas;
	long row = (plot->top + plot->rows) / canvas_dots_down(canvas);
	bool is_braille = canvas->tier == CANVAS_BRAILLE;
	double first = (double)plot->axes.first, end = (double)plot->axes.end;
	double step = choose_update_step(plot);
	long from = PLOT_LABEL_COLUMNS - 2, to = (long)canvas->columns;

	canvas_text(canvas, CANVAS_FRAME, row, PLOT_LABEL_COLUMNS - 1,
		is_braille ? "└" : "+");
	for (long column = PLOT_LABEL_COLUMNS; column < (long)canvas->columns;
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

void
plot_draw_axes(struct plot *plot)
{
	draw_value_axis(plot);
	draw_update_axis(plot);
}
