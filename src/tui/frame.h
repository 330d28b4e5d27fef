/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A frame: the whole screen, drawn from the state of the interface.
 */
#ifndef LSTMTUI_TUI_FRAME_H
#define LSTMTUI_TUI_FRAME_H

struct app;

/* Draw the panes and what is open over them. */
void frame_draw(const struct app *app);

/* Draw the panes alone. */
void frame_draw_panes(const struct app *app);

#endif
