/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The key bar: the keys of the actions that have an effect now, in one row; or
 * those of the top overlay.
 */
#ifndef LSTMTUI_TUI_BAR_KEYS_H
#define LSTMTUI_TUI_BAR_KEYS_H

#include "tui/area.h"

struct app;

/* Return the key at a column of the bar, drawn in this area; 0: none. */
int bar_keys_at(const struct app *app, struct area area, int column);

#endif
