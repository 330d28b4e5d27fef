/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Draw sequences of points on a canvas, in the form of a struct drawing, with
 * labelled axes. Both axes have the same scale unless the drawing says
 * otherwise.
 */
#ifndef LSTMTUI_DRAW_PLANE_H
#define LSTMTUI_DRAW_PLANE_H

#include <stdbool.h>
#include <stddef.h>

#include "draw/canvas.h"
#include "draw/drawing.h"

/* A part of the plane that must be visible. */
struct plane_range {
	double left, right, bottom, top;
};

/* The range for coordinates in [0, 1]: -0.1 to 1.1 in both directions. */
extern const struct plane_range plane_unit_range;

/* Return an empty range; extend a range to include points[count, features]. */
struct plane_range plane_empty_range(void);
void plane_include(struct plane_range *range, const struct drawing *drawing,
	size_t count, const float *points);

/*
 * Return the range with a margin: a twelfth of its larger side on all four
 * sides, or of each side where the axes have their own scales. The index of a
 * series needs less. plane_unit_range for an empty range.
 */
struct plane_range plane_with_margin(const struct plane_range *range,
	const struct drawing *drawing);

/*
 * Choose two ticks of an axis, the first and the last multiple of a step: of
 * the steps 1, 2, 5, 10, 20, ..., the largest one with which at least three
 * fifths of the axis are between the ticks.
 */
void plane_marks(double low, double high, double mark[2]);

/* Mapping of a range to a canvas: dot = origin + scale · coordinate. */
struct plane {
	struct canvas *canvas;
	double x_origin, x_scale;
	double y_origin, y_scale; /* scale < 0: rows count downwards */
};

/*
 * Map a range to the canvas and draw the left and the lower axis, if the canvas
 * is large enough. Afterwards the canvas is clipped to what is inside the axes.
 */
struct plane plane_begin(struct canvas *canvas, const struct plane_range *range,
	const struct drawing *drawing);

/* Map a range to the canvas without drawing axes. */
struct plane plane_begin_bare(struct canvas *canvas,
	const struct plane_range *range, const struct drawing *drawing);

/* Draw points[count, features] as dots. */
void plane_dots(const struct plane *plane, const struct drawing *drawing,
	enum canvas_layer layer, size_t count, const float *points);

/* Write a sign, one column wide, in the cells of points[count, features]. */
void plane_signs(const struct plane *plane, const struct drawing *drawing,
	enum canvas_layer layer, size_t count, const float *points,
	const char *sign);

/* Draw points[count, features] as lines, back to the first if is_closed. */
void plane_draw(const struct plane *plane, const struct drawing *drawing,
	enum canvas_layer layer, size_t count, const float *points,
	bool is_closed);

#endif
