/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The forecast in the Generated pane: the end of the data, what the model says
 * of each point before it has seen it, and how it goes on after the end.
 */
#ifndef LSTMTUI_TUI_SHAPE_FORECAST_H
#define LSTMTUI_TUI_SHAPE_FORECAST_H

#include <stdbool.h>

#include "tui/area.h"

struct app;

/* Let the axes hold the forecast; return whether one is in progress. */
bool shape_forecast_prepare(struct app *app, double now);

/* Draw it; has_data: with the data. */
void shape_forecast_draw(const struct app *app, bool has_data,
	struct area area);

/*
 * Draw the signs of what is drawn, in at most `count` rows. Returns the rows
 * used.
 */
int shape_forecast_draw_legend(const struct app *app, bool has_data,
	struct area area, int count);

#endif
