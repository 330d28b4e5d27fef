/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The labels of an axis' ticks: the only place that chooses their digits.
 * Ticks are told apart by their labels, and a label reads back to its tick
 * within a quarter of the distance between ticks. Where numbers like that
 * are too wide, all of them share a factor, an offset or both, which are
 * shown once at the axis:
 *
 *     tick = number · 10^exponent + offset
 *
 * Nothing here knows a canvas: the same input gives the same labels.
 */
#ifndef LSTMTUI_DRAW_LABELS_H
#define LSTMTUI_DRAW_LABELS_H

#include <stdbool.h>
#include <stddef.h>

enum {
	LABELS_MAX = 128, /* ticks of an axis */
	LABELS_TEXT_SIZE = 48,
	LABELS_COMMON_SIZE = 160
};

struct labels {
	char text[LABELS_MAX][LABELS_TEXT_SIZE]; /* ASCII; "": not shown */
	int exponent;
	double offset;
	/* "", "×10³", "+11,200" or "×10⁻³ +14"; in ASCII "x1e3" */
	char common[LABELS_COMMON_SIZE];
	size_t common_columns; /* that it takes */
};

/*
 * Label ticks[count], finite and rising, on a linear axis, each in at most
 * `columns` characters. Returns false if no notation is that narrow, which
 * takes fewer than 3 columns for two ticks and 5 for LABELS_MAX of them.
 */
bool labels_make(struct labels *labels, const double *ticks, size_t count,
	size_t columns, bool utf8);

/*
 * The same for a logarithmic axis: each label on its own, as "0.05", "200"
 * or "2e-5", with an error of at most 0.5 % where the columns allow it. The
 * second of two ticks that would have the same label has none.
 */
void labels_make_log(struct labels *labels, const double *ticks, size_t count,
	size_t columns);

#endif
