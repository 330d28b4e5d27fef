/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Read keys from curses. Only tui/terminal.c uses this module; the rest of the
 * interface calls terminal_key.
 */
#ifndef LSTMTUI_TUI_INPUT_H
#define LSTMTUI_TUI_INPUT_H

#include <stdbool.h>

/* Keys other than printable characters, which are code points. */
enum input_key {
	INPUT_NONE = 0, /* no key before the timeout */
	INPUT_CONTROL_C = 3,
	INPUT_CONTROL_L = 12,
	INPUT_ENTER = '\r',
	INPUT_CONTROL_U = 21,
	INPUT_ESCAPE = 27,
	INPUT_RESIZE = -2, /* the size of the window changed */
	INPUT_F1 = -3,
	INPUT_F10 = -4,
	INPUT_BACKSPACE = -5,
	INPUT_OTHER = -6, /* a sequence that is no key */
	INPUT_BACKTAB = -7,
	INPUT_HANGUP = -8, /* the terminal is gone */
	INPUT_UP = -9,
	INPUT_DOWN = -10,
	INPUT_LEFT = -11,
	INPUT_RIGHT = -12,
	INPUT_PASTE = -13, /* start of pasted text, up to INPUT_PASTE_END */
	INPUT_PASTE_END = -14,
	INPUT_PAGE_UP = -15,
	INPUT_PAGE_DOWN = -16,
	INPUT_HOME = -17,
	INPUT_END = -18,
	INPUT_F2 = -19,
	INPUT_F3 = -20,
	INPUT_F4 = -21,
	INPUT_F5 = -22,
	INPUT_F6 = -23,
	INPUT_F7 = -24,
	INPUT_F8 = -25,
	INPUT_F9 = -26,
	INPUT_UNKNOWN = -27, /* a key of the terminal that has no use */
	INPUT_CLICK = -28,   /* of the left button; see input_click */
	INPUT_WHEEL_UP = -29,
	INPUT_WHEEL_DOWN = -30
};

/*
 * Start reading keys, after curses has started; `mouse`: the mouse too, if the
 * terminal has one. False: out of memory.
 */
bool input_open(bool mouse);

/* Enable keypad mode, bracketed paste and the mouse. */
void input_begin(void);

/*
 * Ask the terminal for its background colour and wait for the answer, at most
 * `milliseconds`. Returns its text without delimiters, "11;rgb:0000/0000/0000",
 * or "" if there was none. Keys pressed meanwhile are kept for input_read,
 * which ignores an answer that comes later.
 */
const char *input_ask_background(int milliseconds);

/* Disable them before the terminal is restored. */
void input_end(void);

/*
 * Wait up to `milliseconds` for a key, or forever if negative. INPUT_RESIZE is
 * returned before curses knows the new size.
 */
int input_read(int milliseconds);

/* Get the cell of the last click, counted from 0. */
void input_click(int *row, int *column);

#endif
