/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Query the terminal at standard output, for commands without a screen.
 */
#ifndef LSTMTUI_BASE_TTY_H
#define LSTMTUI_BASE_TTY_H

#include <stdbool.h>

/*
 * Return the current size of the terminal at standard output in cells, or
 * 24 × 80 if there is no terminal or its size is unknown. Call it for each line
 * to follow a window that is resized.
 */
void tty_size(int *rows, int *columns);

/*
 * Return true if standard output is a terminal that can move its cursor: TERM
 * is set and is not "dumb". Write no escape sequences to any other.
 */
bool tty_moves_cursor(void);

/*
 * Whether standard output is the console of Linux. Its font has at most 512
 * signs: letters, light lines and blocks, but no braille, heavy lines or
 * eighths of blocks.
 */
bool tty_has_small_font(void);

#endif
