/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The state of the run at the right end of the first line.
 */
#ifndef LSTMTUI_TUI_BAR_TITLE_H
#define LSTMTUI_TUI_BAR_TITLE_H

#include "tui/area.h"

struct app;

/* Draw the state at the right; return the rest of the area. */
struct area bar_title_state(const struct app *app, struct area area);

#endif
