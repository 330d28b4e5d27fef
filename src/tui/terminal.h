/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The terminal as curses has it: opened, resized, given back on every way
 * out, its keys read. What is drawn on it: tui/screen.h.
 *
 * There is one terminal, so its state is kept here.
 */
#ifndef LSTMTUI_TUI_TERMINAL_H
#define LSTMTUI_TUI_TERMINAL_H

#include <stdbool.h>

#include "base/error.h"
#include "tui/input.h"

/* Whether standard input and output are a terminal. Changes nothing. */
bool terminal_check(struct error *error);

/*
 * Take over the terminal. It is given back by terminal_close, at exit and
 * after a fatal signal. Returns false, with the terminal untouched, if there
 * is none or if it cannot place the cursor.
 */
bool terminal_open(struct error *error);

void terminal_close(void);

/* Give the terminal back, stop the process as Ctrl-Z does, take it over. */
void terminal_suspend(void);

/* The size in cells, at least 1 each. */
void terminal_size(int *rows, int *columns);

/* Draw every cell again with the next frame, whatever the terminal shows. */
void terminal_redraw(void);

/*
 * Whether the terminal has yet to take a part of the last frame. No other
 * frame is to begin then; terminal_key sends the rest.
 */
bool terminal_is_behind(void);

/*
 * Whether a part of a frame was lost since the last call. The next frame then
 * draws every cell again.
 */
bool terminal_is_damaged(void);

/*
 * Wait up to so many milliseconds for a key; a negative number waits for
 * ever. Returns a character (a Unicode code point) or one of enum input_key:
 * INPUT_NONE after that time, a signal, or more output to a terminal that was
 * behind; INPUT_RESIZE when the terminal already has its new size.
 */
int terminal_key(int milliseconds);

#endif
