/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Plot a loss against updates: raw values in each column of dots, a line for
 * the average, horizontal guide lines, and labelled axes, each linear or
 * logarithmic.
 */
#ifndef LSTMTUI_DRAW_PLOT_H
#define LSTMTUI_DRAW_PLOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "draw/canvas.h"
#include "draw/scale.h"

enum { PLOT_GUIDES = 3 };

/* The range of updates and the kinds of the axes. */
struct plot_axes {
	uint64_t first, end;       /* updates [first, end), first < end */
	bool is_log_x, is_log_y;   /* is_log_x requires first >= 1 */
	bool is_close;             /* omit guides far from the values */
	double guide[PLOT_GUIDES]; /* values of guide lines; NaN: none */
	const char *guide_name[PLOT_GUIDES]; /* their labels, or NULL */
};

/* The losses in a column of dots. */
struct plot_column {
	bool is_known;        /* false: no value in this column */
	float mean, min, max; /* of the raw values */
	float average;        /* drawn as a line; NaN: none */
};

/*
 * The position of a plot on a canvas. The plot needs an array of `columns`
 * struct plot_column.
 */
struct plot {
	struct canvas *canvas;
	struct plot_axes axes;
	long left, columns; /* in dots */
	long top, rows;     /* in dots; the lower axis is below */
	struct scale scale; /* of the values, set by plot_fit */
};

/* Return the layout of a plot that fills the canvas. Draw nothing. */
struct plot plot_begin(struct canvas *canvas, const struct plot_axes *axes);

/* Store the updates [*first, *end) of a column of dots, at least one. */
void plot_column_span(const struct plot *plot, long column, uint64_t *first,
	uint64_t *end);

/* Choose the scale of the values from all columns and guides. */
void plot_fit(struct plot *plot, const struct plot_column *columns);

/*
 * Draw the axes, guide lines, raw values and average. Call plot_fit with the
 * same columns first.
 */
void plot_draw(struct plot *plot, const struct plot_column *columns);

#endif
