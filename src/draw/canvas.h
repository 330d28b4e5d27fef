/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A drawing in terminal cells: layers of dots, 2 × 4 in a cell as braille or
 * 1 × 2 as ASCII, and text above the dots. Dots are about square in both
 * tiers, since a cell is about twice as high as wide. The canvas is independent
 * of the terminal: the interface, `generate` and the tests read its cells.
 */
#ifndef LSTMTUI_DRAW_CANVAS_H
#define LSTMTUI_DRAW_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/error.h"
#include "base/utf8.h"

/* The characters that represent dots. */
enum canvas_tier {
	CANVAS_BRAILLE, /* U+2800 to U+28FF */
	CANVAS_ASCII /* ' . : for dots; # for the model, o for a ghost, ... */
};

/* Layers from back to front; each has its own colour. */
enum canvas_layer {
	CANVAS_FRAME,      /* axes, labels */
	CANVAS_BAND,       /* a range of values: a ground, see canvas_fill */
	CANVAS_GUIDE,      /* lines of reference, and their names */
	CANVAS_SEEN,       /* training data before the last */
	CANVAS_SAMPLES,    /* many outputs of the model */
	CANVAS_GHOST,      /* of a former run */
	CANVAS_AHEAD,      /* what the model says of the data in front of it */
	CANVAS_DATA,       /* training data */
	CANVAS_VALIDATION, /* losses on data kept from training */
	CANVAS_MODEL,      /* output of the model, its losses */
	CANVAS_LAYERS
};

enum { CANVAS_GLYPH_SIZE = UTF8_SIZE }; /* one character, and '\0' */

struct canvas_cell {
	unsigned char dots[CANVAS_LAYERS]; /* bits in Unicode's braille order */
	char text[CANVAS_GLYPH_SIZE];      /* hides the dots; "": no text */
	enum canvas_layer text_layer;
	bool is_right;  /* the right half of a wide character */
	bool is_filled; /* the ground of the layer CANVAS_BAND */
};

struct canvas {
	size_t rows, columns; /* in cells */
	enum canvas_tier tier;
	/* dots are visible in these cells: [top, bottom) and [left, ...) */
	long top, bottom, left;
	size_t capacity;          /* cells allocated */
	struct canvas_cell *cell; /* [rows, columns] */
};

/*
 * Clear the canvas and set its size. *canvas must be zero before its first use.
 * Its memory is reused by the next call. Release it with canvas_destroy.
 */
bool canvas_begin(struct canvas *canvas, size_t rows, size_t columns,
	enum canvas_tier tier, struct error *error);

void canvas_destroy(struct canvas *canvas);

/* Return the size in dots. */
long canvas_width(const struct canvas *canvas);
long canvas_height(const struct canvas *canvas);

/* Return the dots in a cell, horizontally and vertically. */
long canvas_dots_across(const struct canvas *canvas);
long canvas_dots_down(const struct canvas *canvas);

/* Hide dots drawn from now on outside these rows and left of this column. */
void canvas_clip(struct canvas *canvas, long top, long bottom, long left);

/* Set the dot at (x, y), counted from the upper left; ignore it if outside. */
void canvas_dot(struct canvas *canvas, enum canvas_layer layer, long x, long y);

/*
 * Draw a straight line between two dots, clipped to the canvas; a dotted line
 * on the layer CANVAS_GHOST.
 */
void canvas_line(struct canvas *canvas, enum canvas_layer layer, double x0,
	double y0, double x1, double y1);

/*
 * Write a string from a cell on, and cut it off at the canvas's edges. A wide
 * character takes two cells, and is left out if only one is on the canvas.
 */
void canvas_text(struct canvas *canvas, enum canvas_layer layer, long row,
	long column, const char *text);

/* Give a cell the ground of the layer CANVAS_BAND; ignore it if outside. */
void canvas_fill(struct canvas *canvas, long row, long column);

/* Return true if the cell has that ground. */
bool canvas_is_filled(const struct canvas *canvas, size_t row, size_t column);

/* Return the sign of a layer in a legend, one column wide. */
const char *canvas_sign(enum canvas_tier tier, enum canvas_layer layer);

/*
 * Return true if `count` cells of a row, from `column` on, contain no text and
 * no dots except those of CANVAS_FRAME and CANVAS_GUIDE.
 */
bool canvas_is_free(const struct canvas *canvas, long row, long column,
	long count);

/*
 * Store a cell's character as UTF-8 in glyph, and its layer in *layer. An empty
 * cell is a space or, if it is filled, a shade of the layer CANVAS_BAND; the
 * right half of a wide character is "". Return glyph.
 */
const char *canvas_glyph(const struct canvas *canvas, size_t row, size_t column,
	char glyph[CANVAS_GLYPH_SIZE], enum canvas_layer *layer);

/* Print the rows as lines, without trailing blanks. */
void canvas_print(const struct canvas *canvas, FILE *stream);

#endif
