/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The curve of a loss as an image: the plot of draw/plot.h on a page, with a
 * title, labelled axes, a grid, a legend and the names of the guides.
 */
#ifndef LSTMTUI_DRAW_PICTURE_CURVE_H
#define LSTMTUI_DRAW_PICTURE_CURVE_H

#include <stdbool.h>

#include "base/error.h"
#include "draw/picture.h"
#include "draw/plot.h"

enum { PICTURE_CURVE_COLUMNS = 560 };

struct picture_curve {
	const char *title, *subtitle;
	const char *loss; /* label of the axis: "loss (mae)" */
	/*
	 * A plot without a canvas: linear updates, its `columns`, at most
	 * PICTURE_CURVE_COLUMNS, and axes, of which ghosts are not drawn.
	 */
	struct plot plot;
	const struct plot_column *columns;
};

/*
 * Draw a curve. Return false if built without cairo, if out of memory, or if
 * the sink fails.
 */
bool picture_curve_write(const struct picture_curve *curve,
	enum picture_format format, const struct picture_sink *sink,
	struct error *error);

#endif
