/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Small multiples as a picture in a file: SVG, PNG or PDF, drawn by cairo
 * where the program was built with it. The picture knows shapes, axes and
 * titles; where its bytes go is the caller's affair.
 */
#ifndef LSTMTUI_DRAW_PICTURE_H
#define LSTMTUI_DRAW_PICTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "draw/multiples.h"

enum picture_format { PICTURE_SVG, PICTURE_PNG, PICTURE_PDF };

enum { PICTURE_PANELS_MAX = 1000 };

/* Takes the picture's bytes in order; false: it cannot. */
struct picture_sink {
	bool (*write)(void *to, const void *bytes, size_t count);
	void *to;
};

/* "svg", "png" or "pdf". */
const char *picture_format_name(enum picture_format format);

/* Whether it can be drawn; if not, the message says how to get it. */
bool picture_check(enum picture_format format, struct error *error);

/*
 * Draw up to PICTURE_PANELS_MOST shapes, in rows that make a picture about
 * as wide as high. Returns false when there is no cairo, when memory cannot
 * be had, or when the sink takes no more.
 */
bool picture_write(const struct multiples *multiples,
	enum picture_format format, const struct picture_sink *sink,
	struct error *error);

#endif
