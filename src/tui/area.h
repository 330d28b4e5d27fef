/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An area: a rectangle of character cells on the screen.
 */
#ifndef LSTMTUI_TUI_AREA_H
#define LSTMTUI_TUI_AREA_H

/* Position from the upper left cell of the screen; 0 rows: empty. */
struct area {
	int row, column, rows, columns;
};

#endif
