/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Small multiples: several shapes side by side, each in a panel of its own
 * with a title, all on the same part of the plane. Here they become lines of
 * characters; draw/picture.h makes vector and pixel pictures of them.
 */
#ifndef LSTMTUI_DRAW_MULTIPLES_H
#define LSTMTUI_DRAW_MULTIPLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "draw/plane.h"

/* One shape: points[length, features], all borrowed. */
struct multiples_item {
	const char *title;
	size_t length, features;
	const float *points; /* NULL: nothing to show yet */
};

struct multiples {
	const char *title; /* of the whole; "": none */
	struct plane_range range;
	bool is_closed; /* each shape is drawn back to its first point */
	size_t count;
	const struct multiples_item *items; /* [count] */
};

/* How lines of characters are made of them. */
struct multiples_config {
	enum canvas_tier tier;
	size_t width;      /* columns of the whole, at least one panel's */
	size_t panel_rows; /* a panel is twice as many columns wide */
};

/* Rows of characters that multiples_print comes to. */
size_t multiples_rows(const struct multiples *multiples,
	const struct multiples_config *config);

/* The range that holds all the shapes, with a margin. */
struct plane_range multiples_fit(const struct multiples *multiples);

/* Print the panels in rows, without the title of the whole. */
bool multiples_print(const struct multiples *multiples,
	const struct multiples_config *config, FILE *stream,
	struct error *error);

#endif
