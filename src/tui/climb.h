/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether the memory of a unit counts the steps: it changes in one direction at
 * each of them. The narrator, the tour and the inside view use this measure, so
 * that they name the same units.
 */
#ifndef LSTMTUI_TUI_CLIMB_H
#define LSTMTUI_TUI_CLIMB_H

#include <stddef.h>

/* What is known of the values added so far; all bytes are 0 without any. */
struct climb {
	size_t count;
	double first, last;
	double least, most; /* changes from one value to the next */
};

void climb_add(struct climb *climb, double value);

/*
 * Return the smallest change, < 0 if the values fall. Return 0 if not all
 * changes have the same direction, if they are too small together, or if fewer
 * than two are known.
 */
double climb_step(const struct climb *climb);

#endif
