/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the commands without a screen ask of the terminal they print to.
 */
#ifndef LSTMTUI_BASE_TTY_H
#define LSTMTUI_BASE_TTY_H

#include <stdbool.h>

/*
 * The size of standard output's terminal now, in cells; 24 rows of 80 columns
 * where there is none or it does not know. Asked anew for each line, it
 * follows a window that is resized.
 */
void tty_size(int *rows, int *columns);

/*
 * Whether standard output is a terminal that moves its cursor: TERM is set,
 * and not to "dumb". Any other gets no escape sequence.
 */
bool tty_moves_cursor(void);

#endif
