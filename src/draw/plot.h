/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The plot of a loss against updates: what it was in each column of dots, a
 * line through its average, guide lines at levels worth knowing, labelled
 * axes, linear or logarithmic each.
 */
#ifndef LSTMTUI_DRAW_PLOT_H
#define LSTMTUI_DRAW_PLOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "draw/canvas.h"
#include "draw/scale.h"

enum { PLOT_GUIDES = 3 };

/* The updates that are seen, and how the axes are divided. */
struct plot_axes {
	uint64_t first, end;       /* from one update's number to another's */
	bool log_x, log_y;         /* log_x: first is at least 1 */
	bool is_close;             /* guides far from the values are left out */
	double guide[PLOT_GUIDES]; /* lines at these values; NaN: none */
	const char *guide_name[PLOT_GUIDES]; /* shown on them, or NULL */
};

/* What a column of dots shows. */
struct plot_column {
	bool is_known;
	float mean, min, max; /* of the raw values */
	float average;        /* the line */
};

/*
 * Where the plot lies on a canvas: the first column and the count of columns
 * of dots, which is how many struct plot_column there have to be.
 */
struct plot {
	struct canvas *canvas;
	struct plot_axes axes;
	long left, columns; /* in dots */
	long top, rows;     /* in dots; the rest is the lower axis */
	struct scale scale; /* of the values: see plot_fit */
};

/* Lay out a plot; nothing is drawn yet. */
struct plot plot_begin(struct canvas *canvas, const struct plot_axes *axes);

/* The updates [*first, *end) that the column of dots stands for. */
void plot_column_span(const struct plot *plot, long column, uint64_t *first,
	uint64_t *end);

/* Choose the scale of the values from all the columns and the guides. */
void plot_fit(struct plot *plot, const struct plot_column *columns);

/*
 * Draw axes, guide lines, raw values and average of all the columns of a plot
 * that was fitted to them.
 */
void plot_draw(struct plot *plot, const struct plot_column *columns);

#endif
