/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys that change what is drawn of points from a file. */
#ifndef LSTMTUI_TUI_ACTION_COLUMNS_H
#define LSTMTUI_TUI_ACTION_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

struct app;

/* Draw a choice of tui/shape_choice.h; after an error say it, return false. */
bool action_columns_choose(struct app *app, size_t number);

#endif
