/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The form for a new run: one line for each setting, from the settings'
 * table, filled with the present run's values. What does not go together is
 * said as it is chosen.
 */
#ifndef LSTMTUI_TUI_FORM_H
#define LSTMTUI_TUI_FORM_H

#include "tui/app.h"

/* Open the form over the panes; training waits. */
void form_open(struct app *app);

/* Give a key to it. */
void form_key(struct app *app, int key);

/* Draw it, in the middle of a screen of that size. */
void form_draw(const struct app *app, int rows, int columns);

#endif
