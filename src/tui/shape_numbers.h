/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines of text in the Generated pane of shapes: the error of the shape and
 * of the run before, the legend, and what the loss makes of the data.
 */
#ifndef LSTMTUI_TUI_SHAPE_NUMBERS_H
#define LSTMTUI_TUI_SHAPE_NUMBERS_H

#include <stdbool.h>

#include "tui/area.h"

struct app;

/* Draw the error of the shape, and that of the run before. */
void shape_numbers_draw(const struct app *app, struct area area);

/*
 * Draw the signs of what is drawn, with the sizes of the shape and of the
 * middle of what was seen, in at most `count` rows, the most important first.
 * has_samples: many samples are drawn in place of what was seen. Returns the
 * rows used.
 */
int shape_numbers_draw_legend(const struct app *app, bool has_training,
	bool has_samples, struct area area, int count);

/*
 * Draw what the outputs of the run's loss aim at, at the bottom of the area, in
 * at most `rows` rows. Returns the rows used: 0 if nothing is known or the pane
 * is too narrow.
 */
int shape_numbers_draw_caption(const struct app *app, struct area area,
	int rows);

#endif
