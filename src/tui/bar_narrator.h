/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The advice of the narrator on screens that have no row for it.
 */
#ifndef LSTMTUI_TUI_BAR_NARRATOR_H
#define LSTMTUI_TUI_BAR_NARRATOR_H

#include "tui/area.h"

struct app;

/*
 * Draw the advice in the message line, which is empty, if the main view shows
 * what is seen, but has no row for what to try.
 */
void bar_narrator_advise(const struct app *app, struct area area);

#endif
