/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Choose the labels of an axis's ticks. Labels distinguish their ticks: a label
 * differs from its tick's value by at most a quarter of the distance between
 * ticks. If such numbers are too wide, all labels share a factor, an offset or
 * both, which are shown once at the axis:
 *
 *     tick = number · 10^exponent + offset
 *
 * The labels depend on the arguments only, not on a canvas.
 */
#ifndef LSTMTUI_DRAW_LABELS_H
#define LSTMTUI_DRAW_LABELS_H

#include <stdbool.h>
#include <stddef.h>

enum {
	LABELS_MAX = 128, /* maximum ticks of an axis */
	LABELS_TEXT_SIZE = 48,
	LABELS_COMMON_SIZE = 160
};

struct labels {
	char text[LABELS_MAX][LABELS_TEXT_SIZE]; /* ASCII; "": no label */
	int exponent;
	double offset;
	/* the shared part: "", "×10³" (ASCII "x1e3"), "+11,200", "×10⁻³ +14" */
	char common[LABELS_COMMON_SIZE];
	size_t common_columns; /* width of common */
};

/*
 * Label ticks[count], finite and ascending, of a linear axis with at most
 * `columns` characters each. Return false if no notation is narrow enough; 3
 * columns are always enough for two ticks, and 5 for LABELS_MAX ticks.
 */
bool labels_make(struct labels *labels, const double *ticks, size_t count,
	size_t columns, bool is_utf8);

/*
 * Label the ticks of a logarithmic axis. Labels share nothing: "0.05", "200" or
 * "2e-5". The rounding error of a label is at most 0.5 % if the columns allow
 * it. If two ticks have the same label, only the first is labelled.
 */
void labels_make_log(struct labels *labels, const double *ticks, size_t count,
	size_t columns);

#endif
