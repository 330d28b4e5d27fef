/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Draw small multiples as an SVG, PNG or PDF image with cairo, if the program
 * was built with it. The bytes of the image go to a function of the caller.
 */
#ifndef LSTMTUI_DRAW_PICTURE_H
#define LSTMTUI_DRAW_PICTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "draw/multiples.h"

enum picture_format { PICTURE_SVG, PICTURE_PNG, PICTURE_PDF };

enum { PICTURE_PANELS_MAX = 1000 };

/* Receives the image's bytes in order. write returns false on failure. */
struct picture_sink {
	bool (*write)(void *context, const void *bytes, size_t count);
	void *context;
};

/* Return "svg", "png" or "pdf". */
const char *picture_format_name(enum picture_format format);

/* Return false, with a message for the user, if built without cairo. */
bool picture_check(enum picture_format format, struct error *error);

/*
 * Draw up to PICTURE_PANELS_MAX shapes in about as many rows as columns.
 * Return false if built without cairo, if out of memory, or if the sink fails.
 */
bool picture_write(const struct multiples *multiples,
	enum picture_format format, const struct picture_sink *sink,
	struct error *error);

#endif
