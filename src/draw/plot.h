/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Plot a loss against updates: a line of the means of each column of dots, the
 * band between their minima and maxima, the line of a former run, the losses of
 * validations, horizontal guide lines, and labelled axes, each linear or
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

struct plot_point {
	double update, value;
};

/*
 * The range of updates, the kinds of the axes, and the values that are not of
 * columns.
 */
struct plot_axes {
	uint64_t first, end;       /* updates [first, end), first < end */
	bool is_log_x, is_log_y;   /* is_log_x requires first >= 1 */
	bool is_close;             /* omit guides far from the values */
	double guide[PLOT_GUIDES]; /* values of guide lines; NaN: none */
	const char *guide_name[PLOT_GUIDES]; /* their labels, or NULL */
	/* losses of validations by rising updates, and the index of the best */
	const struct plot_point *validation;
	size_t validations, best;
};

/* The losses in a column of dots. */
struct plot_column {
	bool is_known;        /* false: no value in this column */
	float mean, min, max; /* of its updates */
	bool has_ghost;       /* a former run has values here */
	float ghost;          /* their mean */
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
	double low, high;   /* the values that an aligned scale holds */
	/* its ticks are first + i * step, in the middle of cells; 0: no step */
	double first, step;
	/*
	 * a logarithmic scale has its lowest tick, first, in the middle of the
	 * lowest cell; step 0: the others are 1, 2 and 5 of each decade
	 */
	bool has_log_ticks;
};

/* Return the layout of a plot that fills the canvas. Draw nothing. */
struct plot plot_begin(struct canvas *canvas, const struct plot_axes *axes);

/*
 * Store the updates [*first, *end) of a column of dots, at least one. Of the
 * plot only its axes and its number of columns count.
 */
void plot_column_span(const struct plot *plot, long column, uint64_t *first,
	uint64_t *end);

/*
 * Store the range of the means, validations and guides, of which a scale is
 * made; *low > *high if there are none.
 */
void plot_range(const struct plot *plot, const struct plot_column *columns,
	double *low, double *high);

/* Choose the scale of the values from this range. */
void plot_fit(struct plot *plot, const struct plot_column *columns);

/*
 * Draw the axes, guide lines, bands and lines. Call plot_fit with the same
 * columns first.
 */
void plot_draw(struct plot *plot, const struct plot_column *columns);

/* Return the sign of the best validation, one column wide. */
const char *plot_best_sign(enum canvas_tier tier);

#endif
