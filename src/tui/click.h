/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Handle clicks of the mouse: on the top overlay, on a key of the key bar, or
 * on a pane, which it enlarges, or makes as large as before.
 */
#ifndef LSTMTUI_TUI_CLICK_H
#define LSTMTUI_TUI_CLICK_H

struct app;

void click_handle(struct app *app, int row, int column);

#endif
