/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small multiples as an image. */
#ifndef LSTMTUI_DRAW_PICTURE_SHAPES_H
#define LSTMTUI_DRAW_PICTURE_SHAPES_H

#include <stdbool.h>

#include "base/error.h"
#include "draw/multiples.h"
#include "draw/picture.h"

enum { PICTURE_PANELS_MAX = 1000 };

/*
 * Draw up to PICTURE_PANELS_MAX shapes in about as many rows as columns.
 * Return false if built without cairo, if out of memory, or if the sink fails.
 */
bool picture_shapes_write(const struct multiples *multiples,
	enum picture_format format, const struct picture_sink *sink,
	struct error *error);

#endif
