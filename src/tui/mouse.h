/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reports of the mouse in SGR form (xterm's modes 1000 and 1006): how to
 * request them, and what they mean.
 *
 * Curses could read them too, but it would block until the rest of an
 * incomplete report arrives.
 */
#ifndef LSTMTUI_TUI_MOUSE_H
#define LSTMTUI_TUI_MOUSE_H

/* Request reports of clicks and of the wheel; end them. */
#define MOUSE_ON "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1000l"

struct mouse_event {
	enum mouse_kind {
		MOUSE_OTHER, /* another button, a release, no valid report */
		MOUSE_CLICK, /* a press of the left button */
		MOUSE_WHEEL_UP,
		MOUSE_WHEEL_DOWN
	} kind;
	int row, column; /* of the cell, from 0 */
};

/*
 * Decode a report from its first parameter on: "0;12;7M" is a press of the left
 * button in column 12 of row 7, both counted from 1.
 */
struct mouse_event mouse_decode(const char *report);

#endif
