/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keys, as curses and the terminal send them. For tui/terminal.c alone; the
 * interface reads keys by terminal_key.
 */
#ifndef LSTMTUI_TUI_INPUT_H
#define LSTMTUI_TUI_INPUT_H

#include <stdbool.h>

/* Keys, where a character's code point alone does not say it. */
enum input_key {
	INPUT_NONE = 0, /* no key within the time */
	INPUT_CONTROL_C = 3,
	INPUT_CONTROL_L = 12,
	INPUT_ENTER = '\r',
	INPUT_CONTROL_U = 21,
	INPUT_ESCAPE = 27,
	INPUT_RESIZE = -2, /* the window has another size */
	INPUT_F1 = -3,
	INPUT_F10 = -4,
	INPUT_BACKSPACE = -5,
	INPUT_OTHER = -6, /* a key without a meaning here */
	INPUT_BACKTAB = -7,
	INPUT_HANGUP = -8, /* the terminal is gone */
	INPUT_UP = -9,
	INPUT_DOWN = -10,
	INPUT_LEFT = -11,
	INPUT_RIGHT = -12,
	INPUT_PASTE = -13, /* until INPUT_PASTE_END no keys but pasted text */
	INPUT_PASTE_END = -14
};

/* Start to read keys, once curses has the terminal. False: no memory. */
bool input_open(void);

/* Have keys sent as curses knows them, and pastes marked. */
void input_begin(void);

/* End that, for the time that the terminal is given back. */
void input_rest(void);

/*
 * Wait up to so many milliseconds for a key, for ever if they are negative.
 * INPUT_RESIZE is returned before curses knows the new size.
 */
int input_read(int milliseconds);

#endif
