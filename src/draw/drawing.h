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

enum drawing_form {
	DRAWING_SHAPE,
	DRAWING_SERIES,
	/* x and y are sums of offsets; a third number lifts the pen */
	DRAWING_STROKES
};

/* The third number of a stroke is above this if the pen is lifted after it. */
#define DRAWING_PEN_LIFTED 0.5

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
 * Return the drawing of strokes: the first two numbers of a point are offsets
 * from the point before. The first offset leads to the start of the first line;
 * no line leads from a point with a lifted pen to the next one.
 */
struct drawing drawing_of_strokes(size_t features);

/* Return the drawing of one number of each point as a series. */
struct drawing drawing_of_series(size_t features, size_t number);

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
	bool is_alone;  /* no line leads here or from here */
};

/* Begin before points[count, features], which are borrowed. */
struct drawing_pen drawing_begin(const struct drawing *drawing, size_t count,
	const float *points);

/* Advance to the next point. Return false if there is none. */
bool drawing_next(struct drawing_pen *pen);

enum { DRAWING_NAME_SIZE = 80, DRAWING_TEXT_SIZE = 2 * DRAWING_NAME_SIZE + 60 };

/*
 * Write the name of a number of a point, cut if it is long; its ordinal, "1st",
 * if the name is "" or has characters that are not one column wide. Returns
 * text.
 */
char *drawing_name(size_t number, const char *name,
	char text[DRAWING_NAME_SIZE]);

/*
 * Describe which of the numbers of a point are drawn: "1st against 2nd of 3
 * numbers", or "width against height" if these are their names, not "". Returns
 * text, which is "" if all numbers are drawn.
 */
char *drawing_describe(const struct drawing *drawing, const char *x_name,
	const char *y_name, char text[DRAWING_TEXT_SIZE]);

#endif
