/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * SVG, PNG and PDF images, which are drawn with cairo if the program was built
 * with it. The bytes of an image go to a function of the caller. The same image
 * gives the same bytes. draw/picture_shapes.h and draw/picture_curve.h draw.
 */
#ifndef LSTMTUI_DRAW_PICTURE_H
#define LSTMTUI_DRAW_PICTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum picture_format { PICTURE_SVG, PICTURE_PNG, PICTURE_PDF };

/* Receives the image's bytes in order. write returns false on failure. */
struct picture_sink {
	bool (*write)(void *context, const void *bytes, size_t count);
	void *context;
};

/* Return "svg", "png" or "pdf". */
const char *picture_format_name(enum picture_format format);

/* Return false, with a message for the user, if built without cairo. */
bool picture_check(enum picture_format format, struct error *error);

#endif
