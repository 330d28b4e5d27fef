/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The loop of the interface: one thread that trains, draws and reads keys in
 * turn.
 */
#ifndef LSTMTUI_TUI_LOOP_H
#define LSTMTUI_TUI_LOOP_H

#include <stdbool.h>

struct app;

/*
 * Run until the user leaves or a signal ends it, on the open screen. Returns
 * false if the terminal is gone.
 */
bool loop_run(struct app *app);

#endif
