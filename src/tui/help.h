/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The help overlay: three pages, with a search over all of them. Training
 * continues while it is open.
 */
#ifndef LSTMTUI_TUI_HELP_H
#define LSTMTUI_TUI_HELP_H

#include <stdbool.h>

#include "tui/overlay.h"

extern const struct overlay help_overlay;

/* Open the help; `searches`: with an empty search. */
void help_open(struct app *app, bool searches);

#endif
