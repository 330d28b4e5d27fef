/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The terminal interface: one thread that trains, listens and draws in turn.
 * The command runs until the user leaves or a signal ends it; the terminal is
 * as it was before on every way out.
 */
#ifndef LSTMTUI_TUI_LOOP_H
#define LSTMTUI_TUI_LOOP_H

#include "cli/command.h"

extern const struct command command_interface;

#endif
