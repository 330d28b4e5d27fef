/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The scales of the heat maps of the inside view: the shades between two
 * numbers, or the numbers alone where there is little room.
 */
#ifndef LSTMTUI_TUI_INSIDE_SCALE_H
#define LSTMTUI_TUI_INSIDE_SCALE_H

#include "tui/area.h"

/*
 * Draw the scale from -max to max, the one of values that may be larger with
 * the words "and more", or that of a gate from 0 to 1. Return the column after
 * it; `column` if there is no room.
 */
int inside_scale_signed(struct area area, int row, int column, double max);
int inside_scale_more(struct area area, int row, int column, double max);
int inside_scale_gate(struct area area, int row, int column);

/* Draw the gate's scale between two words. */
int inside_scale_words(struct area area, int row, int column, const char *low,
	const char *high);

#endif
