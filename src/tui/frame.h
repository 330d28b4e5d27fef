/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Draw a frame, the whole screen, from the state of the interface.
 */
#ifndef LSTMTUI_TUI_FRAME_H
#define LSTMTUI_TUI_FRAME_H

#include <stdbool.h>

#include "tui/area.h"

struct app;
struct pane;

/* Draw the panes and the top overlay. */
void frame_draw(const struct app *app);

/* Draw the panes without overlays. */
void frame_draw_panes(const struct app *app);

/*
 * Return the pane of the screen at a cell, its area with its box and the area
 * inside the box; NULL: none.
 */
const struct pane *frame_pane_at(const struct app *app, int row, int column,
	struct area *area, struct area *inside);

/*
 * Store the area of a pane inside its box; returns whether it is on the screen.
 */
bool frame_find(const struct app *app, const struct pane *pane,
	struct area *inside);

#endif
