/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The overlay that explains the panes and the keys, from the lists that the
 * interface works by. Training goes on beneath it.
 */
#ifndef LSTMTUI_TUI_HELP_H
#define LSTMTUI_TUI_HELP_H

#include "tui/overlay.h"

extern const struct overlay help_overlay;

#endif
