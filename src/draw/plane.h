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
	long top, bottom,
		left; /* cells with dots: [top, bottom), [left, ...) */
	double x_origin, x_scale;
	double y_origin, y_scale; /* scale < 0: rows count downwards */
};

/*
 * Map a range to the canvas and draw the left and the lower axis, if the canvas
 * is large enough. Drawings stay inside the axes.
 */
struct plane plane_begin(struct canvas *canvas, const struct plane_range *range,
	const struct drawing *drawing);

/* Map a range to the canvas without drawing axes. */
struct plane plane_begin_bare(struct canvas *canvas,
	const struct plane_range *range, const struct drawing *drawing);

/*
 * Map ranges[count] of series with the same indices one below the other, each
 * with its left axis and names[count], all with one lower axis; the axes need
 * PLANE_STACK_ROWS for each series, and PLANE_LABEL_ROWS. Store planes[count].
 */
enum { PLANE_STACK_ROWS = 2, PLANE_LABEL_ROWS = 2 };
void plane_begin_stack(struct canvas *canvas, size_t count,
	const struct plane_range *ranges, const char *const *names,
	bool has_axes, struct plane *planes);

/*
 * Draw a vertical line at x. Write a text beside its upper end, or its first
 * word, if the cells are free.
 */
void plane_divide(const struct plane *plane, double x, const char *text);

/* Fill the cells between low[count, features] and high[count, features]. */
void plane_fill(const struct plane *plane, const struct drawing *drawing,
	size_t count, const float *low, const float *high);

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
