/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The terminal: open it with curses, read keys, follow its size, and restore it
 * however the program ends. tui/screen.h draws on it.
 *
 * There is one terminal, so the state is static.
 */
#ifndef LSTMTUI_TUI_TERMINAL_H
#define LSTMTUI_TUI_TERMINAL_H

#include <stdbool.h>

#include "base/error.h"
#include "tui/background.h"
#include "tui/input.h"

enum { TERMINAL_ANSWER_MS = 200 };

/*
 * Check that standard input and output are a terminal and TERM is set, without
 * changing the terminal.
 */
bool terminal_check(struct error *error);

/* Use no mouse. Call it before the terminal is opened. */
void terminal_refuse_mouse(void);

/*
 * Open the terminal. It is restored by terminal_restore, at exit and after a
 * fatal signal. Returns false, with the terminal unchanged, if there is none or
 * if it cannot position the cursor.
 */
bool terminal_set_up(struct error *error);

void terminal_restore(void);

/*
 * Restore the terminal, stop the process as Ctrl-Z does, and open the terminal
 * again when the process continues.
 */
void terminal_suspend(void);

/* Whether the terminal's colours are 0xRRGGBB. */
bool terminal_has_direct_color(void);

/*
 * Ask the terminal for its background colour, before the first frame. Wait at
 * most TERMINAL_ANSWER_MS; keys that are typed meanwhile are kept. Without an
 * answer, use the environment variable COLORFGBG.
 */
enum background terminal_background(void);

/* Get the size in cells, at least 1 x 1. */
void terminal_size(int *rows, int *columns);

/* Return the speed of the line to the terminal in bits per second, or 0. */
int terminal_speed(void);

/* Redraw every cell with the next frame. */
void terminal_redraw(void);

/*
 * Whether a part of the last frame has not been sent yet. Do not start another
 * frame then; terminal_key sends the rest.
 */
bool terminal_is_behind(void);

/*
 * Whether a part of a frame was lost since the last call. The next frame then
 * redraws every cell.
 */
bool terminal_is_damaged(void);

/*
 * Wait up to `milliseconds` for a key, or forever if negative. Returns a
 * character (a Unicode code point) or one of enum input_key: INPUT_NONE after
 * the timeout, after a signal, or after more output was sent to a terminal that
 * was behind; INPUT_RESIZE after curses has the new size.
 */
int terminal_key(int milliseconds);

/* Get the cell of the last click, after INPUT_CLICK. */
void terminal_click(int *row, int *column);

#endif
