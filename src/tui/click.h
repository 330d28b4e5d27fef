/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Handle the mouse: a click on the top overlay, on a key of the key bar, on a
 * sign such as those around the speed, or on a pane, which acts on it or is
 * enlarged, or made as large as before; the wheel on a pane.
 */
#ifndef LSTMTUI_TUI_CLICK_H
#define LSTMTUI_TUI_CLICK_H

struct app;

void click_handle(struct app *app, int row, int column);

/* Handle a turn of the wheel over a pane, by -1, up, or 1; without overlays. */
void click_wheel(struct app *app, int row, int column, int by);

#endif
