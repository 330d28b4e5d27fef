/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw/scale.h"

#include <assert.h>
#include <math.h>

#include "base/number.h"

/* Limits of values; losses are floats, so larger ones count as infinite. */
#define VALUE_MAX 1e36
#define POSITIVE_MIN 1e-30

/*
 * Values are a plateau if their span, relative to the largest value, is between
 * these limits. An axis from 0 would waste most of its height; a smaller span
 * is only a float's rounding error.
 */
#define PLATEAU_MAX 0.2
#define PLATEAU_MIN 1e-6

/* Minimum ratio of the limits of a logarithmic axis with ticks 1, 2, 5. */
#define DECADES_FROM 10.0

/* Approximate number of steps of an axis. */
enum { STEPS = 5 };

/* Relative tolerance for rounding errors. */
#define SLACK 1e-9

double
scale_round(double value, bool is_up)
{
	return is_up ? number_nice_above(value * (1 - SLACK))
		     : number_nice_below(value * (1 + SLACK));
}

/* Return the limit of an axis from 0: a multiple of a step above the value. */
static double
round_end(double value)
{
	double step;

	if (!(value > 0))
		return 0;
	step = scale_round(value * 1.1 / STEPS, true);
	return ceil(value * 1.1 / step) * step;
}

/* Set limits close to a plateau. Return false if the values are not one. */
static bool
fit_plateau(struct scale *scale, double min, double max)
{
	double span = max - min, size = fmax(fabs(min), fabs(max));
	double step;

	if (!(span > PLATEAU_MIN * size && span < PLATEAU_MAX * size))
		return false;
	step = scale_round(span * 1.2 / STEPS, true);
	scale->low = floor((min - span / 10) / step) * step;
	scale->high = ceil((max + span / 10) / step) * step;
	return true;
}

struct scale
scale_fit(double min, double max, bool is_log)
{
	struct scale scale = {.kind = SCALE_LINEAR};

	if (!(min <= max)) {
		min = 0.1;
		max = 1;
	}
	min = fmin(fmax(min, -VALUE_MAX), VALUE_MAX);
	max = fmin(fmax(max, -VALUE_MAX), VALUE_MAX);
	if (is_log && min > 0) {
		scale.kind = SCALE_LOG;
		min = fmax(min, POSITIVE_MIN);
		max = fmax(max, POSITIVE_MIN);
	} else if (is_log && (min < 0 || max > 0)) {
		scale.kind = SCALE_SYMMETRIC;
		scale.threshold =
			scale_round(fmax(fabs(min), fabs(max)) / 10, true);
	}
	if (fit_plateau(&scale, min, max))
		return scale;
	if (scale.kind == SCALE_LOG) {
		scale.high = scale_round(max * 1.2, true);
		scale.low = scale_round(min / 1.6, false);
		return scale;
	}
	scale.high = round_end(max);
	scale.low = 0 - round_end(-min);
	if (scale.high <= scale.low)
		scale.high = scale.low + 1;
	return scale;
}

/* Transform a value, so that it is linear along the axis. */
static double
transform(const struct scale *scale, double value)
{
	if (scale->kind == SCALE_LOG)
		return log10(value);
	if (scale->kind == SCALE_SYMMETRIC)
		return copysign(log10(1 + fabs(value) / scale->threshold),
			value);
	return value;
}

double
scale_position(const struct scale *scale, double value)
{
	double low = transform(scale, scale->low);

	assert(scale->low < scale->high);
	return (transform(scale, value) - low) /
		(transform(scale, scale->high) - low);
}

bool
scale_has_decades(const struct scale *scale)
{
	return scale->kind == SCALE_LOG &&
		scale->high >= scale->low * DECADES_FROM;
}

struct ticks {
	double *value;
	size_t count, capacity;
};

/* Add a tick, if it is within the limits and not crowded near 0. */
static void
add_tick(struct ticks *ticks, const struct scale *scale, double value)
{
	bool is_small = scale->kind == SCALE_SYMMETRIC && value != 0 &&
		fabs(value) < scale->threshold * (1 - 1e-9);
	double slack = 1e-9 *
		(scale->kind == SCALE_LOG ? value : scale->high - scale->low);

	/* a symmetric scale is too short for ticks below its threshold */
	if (!is_small && ticks->count < ticks->capacity &&
		value >= scale->low - slack && value <= scale->high + slack)
		ticks->value[ticks->count++] = value;
}

/* Add ticks at 1, then at 5, then at 2 of each decade from `from` to `to`. */
static void
add_decades(struct ticks *ticks, const struct scale *scale, double from,
	double to, double sign)
{
	static const double digits[] = {1, 5, 2};
	int first = number_int(floor(log10(from) + 1e-9));
	int last = number_int(ceil(log10(to) - 1e-9));

	for (int i = 0; i < 3; i++)
		for (int decade = first; decade <= last; decade++)
			add_tick(ticks, scale,
				sign *
					number_round(digits[i] *
							pow(10, decade),
						1));
}

static void
add_steps(struct ticks *ticks, const struct scale *scale, size_t wanted)
{
	double step = scale_round((scale->high - scale->low) /
			(double)(wanted > 0 ? wanted : 1),
		true);
	double first = ceil(scale->low / step - 1e-9);

	/* count the steps: adding a small step may not change a double */
	for (size_t i = 0; i <= wanted; i++)
		add_tick(ticks, scale, (first + (double)i) * step + 0.0);
}

size_t
scale_ticks(const struct scale *scale, size_t wanted, double *value,
	size_t capacity)
{
	struct ticks ticks = {value, 0, capacity};

	if (scale_has_decades(scale)) {
		add_decades(&ticks, scale, scale->low, scale->high, 1);
	} else if (scale->kind == SCALE_SYMMETRIC && scale->low <= 0 &&
		scale->high >= 0) {
		add_tick(&ticks, scale, 0);
		add_decades(&ticks, scale, scale->threshold,
			fmax(scale->threshold, scale->high), 1);
		add_decades(&ticks, scale, scale->threshold,
			fmax(scale->threshold, -scale->low), -1);
	} else {
		add_steps(&ticks, scale, wanted);
	}
	return ticks.count;
}
