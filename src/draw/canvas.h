/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A picture made of terminal cells: dots of finer grain than a cell (2 x 4
 * to a cell as braille, 1 x 2 as plain ASCII) in layers, and text over them.
 * The dots of either tier are about square, as cells are about 1:2. It knows
 * no terminal: the interface, `generate` and the tests read its cells.
 */
#ifndef LSTMTUI_DRAW_CANVAS_H
#define LSTMTUI_DRAW_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/error.h"
#include "base/utf8.h"

/* How dots become characters. */
enum canvas_tier {
	CANVAS_BRAILLE, /* U+2800 to U+28FF */
	CANVAS_ASCII    /* # for the last layer, ' . : for the others */
};

/* Back to front: what a thing means, for its colour. */
enum canvas_layer {
	CANVAS_FRAME, /* axes, labels, guide lines */
	CANVAS_DATA,  /* what is learnt from */
	CANVAS_MODEL, /* what the model makes */
	CANVAS_LAYERS
};

enum { CANVAS_GLYPH_SIZE = UTF8_SIZE }; /* one character, and '\0' */

struct canvas_cell {
	unsigned char dots[CANVAS_LAYERS]; /* bits in braille's order */
	char text[CANVAS_GLYPH_SIZE];      /* stands over the dots */
	enum canvas_layer text_layer;
};

struct canvas {
	size_t rows, columns; /* of cells */
	enum canvas_tier tier;
	size_t room;              /* cells allocated */
	struct canvas_cell *cell; /* [rows, columns] */
};

/*
 * Make *canvas (all zero before its first use) an empty one of that size.
 * Memory is kept for the next call. Release it with canvas_destroy.
 */
bool canvas_begin(struct canvas *canvas, size_t rows, size_t columns,
	enum canvas_tier tier, struct error *error);

void canvas_destroy(struct canvas *canvas);

/* The size in dots. */
long canvas_width(const struct canvas *canvas);
long canvas_height(const struct canvas *canvas);

/* Dots to a cell, across and down. */
long canvas_dots_across(const struct canvas *canvas);
long canvas_dots_down(const struct canvas *canvas);

/* Set the dot in column x and row y, from the upper left; else nothing. */
void canvas_dot(struct canvas *canvas, enum canvas_layer layer, long x, long y);

/* A straight line between dots; the part outside is not drawn. */
void canvas_line(struct canvas *canvas, enum canvas_layer layer, double x0,
	double y0, double x1, double y1);

/*
 * Put a string over the dots, a character a cell, from a cell on; what does
 * not fit is cut off. All its characters are one column wide.
 */
void canvas_text(struct canvas *canvas, enum canvas_layer layer, long row,
	long column, const char *text);

/* Whether a row has only frames, and no text, in so many cells from one on. */
bool canvas_is_free(const struct canvas *canvas, long row, long column,
	long count);

/*
 * The character that a cell shows, UTF-8 in glyph, which is returned; in
 * *layer, what it means. A cell with nothing is a space.
 */
const char *canvas_glyph(const struct canvas *canvas, size_t row, size_t column,
	char glyph[CANVAS_GLYPH_SIZE], enum canvas_layer *layer);

/* Print the rows as lines, without the blanks at their ends. */
void canvas_print(const struct canvas *canvas, FILE *stream);

#endif
