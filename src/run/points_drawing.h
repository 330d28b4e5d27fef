/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the points of a run are drawn. */
#ifndef LSTMTUI_RUN_POINTS_DRAWING_H
#define LSTMTUI_RUN_POINTS_DRAWING_H

#include <stddef.h>

#include "draw/drawing.h"
#include "draw/multiples.h"
#include "run/run_view.h"
#include "run/settings.h"

/*
 * Return the usual drawing of points of so many features: of a series, of
 * strokes if the layout of the data says so, or of a shape.
 */
struct drawing points_drawing(const struct settings *settings, size_t features);

/*
 * Return multiples of items[count], which are borrowed, of points of a run in
 * the units of the data.
 */
struct multiples points_multiples(const struct run *run,
	const struct multiples_item *items, size_t count);

#endif
