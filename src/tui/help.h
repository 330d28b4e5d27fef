/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The help overlay: one line for each shown pane and each action. Training
 * continues while it is open.
 */
#ifndef LSTMTUI_TUI_HELP_H
#define LSTMTUI_TUI_HELP_H

#include "tui/overlay.h"

extern const struct overlay help_overlay;

#endif
