/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Draw a frame, the whole screen, from the state of the interface.
 */
#ifndef LSTMTUI_TUI_FRAME_H
#define LSTMTUI_TUI_FRAME_H

struct app;

/* Draw the panes and the top overlay. */
void frame_draw(const struct app *app);

/* Draw the panes without overlays. */
void frame_draw_panes(const struct app *app);

#endif
