/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The main loop of the interface: one thread that trains, draws and handles
 * keys in turn.
 */
#ifndef LSTMTUI_TUI_LOOP_H
#define LSTMTUI_TUI_LOOP_H

#include <stdbool.h>

struct app;

/*
 * Run on the open screen until the user quits or a signal ends the loop.
 * Returns false if the terminal is gone.
 */
bool loop_run(struct app *app);

#endif
