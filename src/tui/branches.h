/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The overlay that lists the branches of a run: where each began, what differs,
 * how far it went, and its loss. Enter goes on with a branch.
 */
#ifndef LSTMTUI_TUI_BRANCHES_H
#define LSTMTUI_TUI_BRANCHES_H

#include "tui/overlay.h"

extern const struct overlay branches_overlay;

void branches_open(struct app *app);

#endif
