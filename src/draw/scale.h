/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The scale of a plot's value axis: its limits, the positions of values, and
 * its ticks. A linear scale includes 0, unless the values vary little (a
 * plateau); the limits are then close to the values.
 */
#ifndef LSTMTUI_DRAW_SCALE_H
#define LSTMTUI_DRAW_SCALE_H

#include <stdbool.h>
#include <stddef.h>

enum scale_kind {
	SCALE_LINEAR,
	SCALE_LOG,
	/*
	 * sign(v) log10(1 + |v| / threshold), for values of both signs, such as
	 * the loss of a mixture density; nearly linear below the threshold
	 */
	SCALE_SYMMETRIC
};

struct scale {
	enum scale_kind kind;
	double threshold; /* of SCALE_SYMMETRIC */
	double low, high; /* limits; low < high */
};

/*
 * Return a scale for values from min to max. If is_log, its kind is SCALE_LOG,
 * or SCALE_SYMMETRIC if min is not positive. If min > max (no values), the
 * scale is that of the values 0.1 to 1.
 */
struct scale scale_fit(double min, double max, bool is_log);

/* Return the position of a value: 0 at the low limit, 1 at the high limit. */
double scale_position(const struct scale *scale, double value);

/* Return true if ticks are at 1, 2 and 5 of each decade, not equidistant. */
bool scale_has_decades(const struct scale *scale);

/*
 * Store the values of up to `capacity` ticks, the most important first: about
 * `wanted` equal steps, or 1, 2 and 5 of each decade. Return their number.
 */
size_t scale_ticks(const struct scale *scale, size_t wanted, double *ticks,
	size_t capacity);

/*
 * Round a positive value up or down to one of 1, 2, 5, 10, 20, ... Ignore a
 * rounding error in value.
 */
double scale_round(double value, bool is_up);

#endif
