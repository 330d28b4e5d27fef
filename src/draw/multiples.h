/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Small multiples: several shapes side by side, each in its own panel with a
 * title, all with the same range. This module prints them as lines of
 * characters; draw/picture_shapes.h writes them as vector or pixel images.
 */
#ifndef LSTMTUI_DRAW_MULTIPLES_H
#define LSTMTUI_DRAW_MULTIPLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "draw/plane.h"

/* One shape. The strings and points[length, features] are borrowed. */
struct multiples_item {
	const char *title;
	size_t length;
	const float *points; /* NULL: an empty panel */
};

struct multiples {
	const char *title; /* title above all panels; "": none */
	struct plane_range range;
	struct drawing drawing; /* of all shapes */
	bool is_closed;         /* connect each shape's last and first point */
	size_t count;
	const struct multiples_item *items; /* [count] */
};

/* Layout of the printed panels. */
struct multiples_config {
	enum canvas_tier tier;
	size_t width;      /* total columns, at least those of one panel */
	size_t panel_rows; /* a panel has twice as many columns */
	/* wider panels show titles up to this length; 0: cut the titles */
	size_t title_columns;
};

/* Return the number of lines that multiples_print prints. */
size_t multiples_rows(const struct multiples *multiples,
	const struct multiples_config *config);

/*
 * Return multiples of items[count], which are borrowed, without a title. If
 * is_unit, all shapes lie in the unit square and are drawn on it; otherwise on
 * the range that holds them, with a margin, and drawing_fit chooses their
 * scales.
 */
struct multiples multiples_make(const struct multiples_item *items,
	size_t count, const struct drawing *drawing, bool is_closed,
	bool is_unit);

/*
 * Describe which numbers of the points are drawn, and unusual scales: "1st
 * against 2nd of 3 numbers, each axis at its own scale", or "". Returns text.
 */
enum { MULTIPLES_TEXT_SIZE = DRAWING_TEXT_SIZE + 40 };
char *multiples_describe(const struct multiples *multiples,
	char text[MULTIPLES_TEXT_SIZE]);

/* Print the panels in rows, without the title above all panels. */
bool multiples_print(const struct multiples *multiples,
	const struct multiples_config *config, FILE *stream,
	struct error *error);

#endif
