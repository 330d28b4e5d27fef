/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The scale of a plot's value axis: which values it reaches, how they lie on
 * it, and which of them have ticks. It fits what it is given: from 0 where
 * that costs little room, and close about a plateau.
 */
#ifndef LSTMTUI_DRAW_SCALE_H
#define LSTMTUI_DRAW_SCALE_H

#include <stdbool.h>
#include <stddef.h>

enum scale_kind {
	SCALE_LINEAR,
	SCALE_LOG,
	/*
	 * sign(v) log10(1 + |v| / threshold): for values of both signs, as a
	 * density's loss has; about linear below the threshold
	 */
	SCALE_SYMMETRIC
};

struct scale {
	enum scale_kind kind;
	double threshold; /* of SCALE_SYMMETRIC */
	double low, high; /* the values at its ends; low < high */
};

/*
 * A scale for values from least to most. is_log asks for SCALE_LOG, or
 * SCALE_SYMMETRIC if some are not positive. least > most: 0 to 1 or so.
 */
struct scale scale_fit(double min, double max, bool is_log);

/* Where a value lies: 0 at the lower end, 1 at the upper one. */
double scale_place(const struct scale *scale, double value);

/* Whether ticks stand at 1, 2, 5 of each decade and not in equal steps. */
bool scale_has_decades(const struct scale *scale);

/*
 * Values to mark, about `wanted` equal steps or those of the decades, the
 * most important first, in ticks[room]. Returns how many.
 */
size_t scale_ticks(const struct scale *scale, size_t wanted, double *ticks,
	size_t room);

/* The next of 1, 2, 5, 10, 20, ... from a positive value on, up or down. */
double scale_round(double value, bool up);

#endif
