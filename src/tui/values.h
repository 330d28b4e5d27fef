/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The values of the Training pane that the arrow keys change: Up and Down
 * select one of them, Left and Right change it.
 */
#ifndef LSTMTUI_TUI_VALUES_H
#define LSTMTUI_TUI_VALUES_H

struct action;
struct app;

/* Return the action that decreases the selected value. */
const struct action *values_selected(const struct app *app);

#endif
