/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/mouse.h"

#include <stdio.h>

/* Bits and numbers of the button code of xterm. */
enum {
	MODIFIERS = 4 + 8 + 16, /* Shift, Meta, Control */
	BUTTON_LEFT = 0,
	WHEEL_UP = 64,
	WHEEL_DOWN = 65,
	CELL_MAX = 10000
};

struct mouse_event
mouse_decode(const char *report)
{
	struct mouse_event event = {.kind = MOUSE_OTHER};
	int button, column, row;
	char end;

	if (sscanf(report, "%5d;%5d;%5d%c", &button, &column, &row, &end) !=
			4 ||
		end != 'M' || column < 1 || row < 1 || column > CELL_MAX ||
		row > CELL_MAX)
		return event;
	event.row = row - 1;
	event.column = column - 1;
	switch (button & ~MODIFIERS) {
	case BUTTON_LEFT:
		event.kind = MOUSE_CLICK;
		break;
	case WHEEL_UP:
		event.kind = MOUSE_WHEEL_UP;
		break;
	case WHEEL_DOWN:
		event.kind = MOUSE_WHEEL_DOWN;
		break;
	default:
		break;
	}
	return event;
}
