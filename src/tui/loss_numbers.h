/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The numbers above the plot of the Loss pane, each with the sign of its line,
 * so that they are the legend of the plot too.
 */
#ifndef LSTMTUI_TUI_LOSS_NUMBERS_H
#define LSTMTUI_TUI_LOSS_NUMBERS_H

#include "tui/area.h"

struct app;

/*
 * Draw as many numbers as fit in at most `rows` rows, the most important first.
 * Returns the rows used.
 */
int loss_numbers_draw(const struct app *app, struct area area, int rows);

#endif
