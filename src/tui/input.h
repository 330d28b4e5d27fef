/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keys, as curses and terminals send them: what screen_key returns. For
 * screen.c alone, which opens the terminal and gives it back.
 */
#ifndef LSTMTUI_TUI_INPUT_H
#define LSTMTUI_TUI_INPUT_H

#include <stdbool.h>

/* Once curses has the terminal: read keys from it. False: no memory. */
bool input_open(void);

/* Have keys sent as curses knows them, and pastes marked. */
void input_begin(void);

/* No longer, for the time that the terminal is given back. */
void input_rest(void);

#endif
