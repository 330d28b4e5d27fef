/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The plane in which shapes are drawn: axes with labels, the same scale in
 * both directions, and sequences of points as lines. Points with one number
 * are drawn against their place in the sequence; of those with more than
 * two, the first two are drawn.
 */
#ifndef LSTMTUI_DRAW_PLANE_H
#define LSTMTUI_DRAW_PLANE_H

#include <stdbool.h>
#include <stddef.h>

#include "draw/canvas.h"

/* The part of the plane that is to be seen, at least. */
struct plane_range {
	double left, right, bottom, top;
};

/* Where shapes with all coordinates in [0, 1] are seen: -0.1 to 1.1. */
extern const struct plane_range plane_unit_range;

/* A range around nothing yet; and a range widened to hold points. */
struct plane_range plane_empty_range(void);
void plane_include(struct plane_range *range, size_t count, size_t features,
	const float *points);

/* The same range with a margin; never empty. */
struct plane_range plane_with_margin(const struct plane_range *range);

/* Where the point with that number is drawn, of points[, features]. */
void plane_point(const float *points, size_t features, size_t number, double *x,
	double *y);

/* Two places to mark on an axis: 0 and 1, or near its ends. */
void plane_marks(double low, double high, double mark[2]);

/* How the range lies on a canvas: dot = origin + scale · coordinate. */
struct plane {
	struct canvas *canvas;
	double x_origin, x_scale;
	double y_origin, y_scale; /* negative: rows count downwards */
};

/*
 * Lay a range on the canvas and draw the axes on its left and lower side,
 * where there is room for them. is_series: points have one number, and the
 * two directions have scales of their own.
 */
struct plane plane_begin(struct canvas *canvas, const struct plane_range *range,
	bool is_series);

/* The same without axes, for pictures too small to have any. */
struct plane plane_bare(struct canvas *canvas, const struct plane_range *range,
	bool is_series);

/* The same points as dots, as for a cloud of many shapes. */
void plane_dots(const struct plane *plane, enum canvas_layer layer,
	size_t count, size_t features, const float *points);

/* Draw points[count, features] as a line, and back to the first if closed. */
void plane_draw(const struct plane *plane, enum canvas_layer layer,
	size_t count, size_t features, const float *points, bool is_closed);

#endif
