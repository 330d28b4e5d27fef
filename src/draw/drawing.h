/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a sequence of points becomes lines in the plane: as a shape, whose x and
 * y are two numbers of each point; as a series, one number over the index of
 * its point; or as strokes, offsets of a pen that may be lifted.
 */
#ifndef LSTMTUI_DRAW_DRAWING_H
#define LSTMTUI_DRAW_DRAWING_H

#include <stdbool.h>
#include <stddef.h>

enum drawing_form { DRAWING_SHAPE, DRAWING_SERIES };

struct drawing {
	enum drawing_form form;
	size_t features; /* of each point */
	size_t x, y;     /* the features drawn; a series: only y */
	size_t first;    /* a series: index of the first point */
	/* a shape whose x and y have different scales; a series always has */
	bool has_own_scales;
};

/* Return the usual drawing: a series of single numbers, or a shape. */
struct drawing drawing_of(size_t features);

/*
 * Give the axes of a shape their own scales if its width is more than
 * DRAWING_RATIO times its height, or the reverse; else the same scale.
 */
#define DRAWING_RATIO 10.0
void drawing_fit(struct drawing *drawing, double width, double height);

/* Return true if x and y have different scales. */
bool drawing_has_own_scales(const struct drawing *drawing);

/* The place of a point; begin with drawing_begin. */
struct drawing_pen {
	const struct drawing *drawing;
	size_t count, next; /* points, and those passed */
	const float *points;
	double x, y;    /* of the present point */
	bool is_joined; /* a line leads here from the point before */
};

/* Begin before points[count, features], which are borrowed. */
struct drawing_pen drawing_begin(const struct drawing *drawing, size_t count,
	const float *points);

/* Advance to the next point. Return false if there is none. */
bool drawing_next(struct drawing_pen *pen);

#endif
