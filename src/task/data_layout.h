/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The layout of a data file (--layout): what a line is, and whether its points
 * are pen strokes; and what is done with missing values (--missing).
 */
#ifndef LSTMTUI_TASK_DATA_LAYOUT_H
#define LSTMTUI_TASK_DATA_LAYOUT_H

#include <stdbool.h>

#include "base/kind.h"

struct data_layout {
	struct kind kind;
	bool is_series;  /* a line is a sequence of points of one number */
	bool is_strokes; /* points are offsets of a pen: dx, dy, pen lifted */
};

extern const struct data_layout data_layout_points, data_layout_series,
	data_layout_strokes;

/* All layouts; ends with NULL. */
extern const struct kind *const data_layout_list[];

struct missing {
	struct kind kind;
	bool drops; /* leave the line out */
	bool holds; /* take the value before, of the same sequence */
};

extern const struct missing missing_refuse, missing_drop, missing_hold;

/* All treatments of missing values; ends with NULL. */
extern const struct kind *const missing_list[];

#endif
