/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw/scale.h"

#include <assert.h>
#include <math.h>

#include "base/number.h"

/* Values of a larger size are as good as infinite: losses are floats. */
#define VALUE_MAX 1e36
#define POSITIVE_MIN 1e-30

/*
 * A plateau is a span of less than this part of its values: an axis from 0
 * would leave most of its room empty. A float's own steps are none.
 */
#define PLATEAU_MAX 0.2
#define PLATEAU_MIN 1e-6

/* A logarithmic axis shorter than this has equal steps. */
#define DECADES_FROM 10.0

/* Steps of an axis, about. */
enum { STEPS = 5 };

/* An end or a step that is meant to be round is, whatever rounding added. */
#define SLACK 1e-9

double
scale_round(double value, bool up)
{
	return up ? number_nice_above(value * (1 - SLACK))
		  : number_nice_below(value * (1 + SLACK));
}

/* The end of an axis from 0: a few round steps, with room beyond the value. */
static double
round_end(double value)
{
	double step;

	if (!(value > 0))
		return 0;
	step = scale_round(value * 1.1 / STEPS, true);
	return ceil(value * 1.1 / step) * step;
}

/* Round ends close about a plateau; false where it is none. */
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

/* A value on the axis, in its own measure. */
static double
measure(const struct scale *scale, double value)
{
	if (scale->kind == SCALE_LOG)
		return log10(value);
	if (scale->kind == SCALE_SYMMETRIC)
		return copysign(log10(1 + fabs(value) / scale->threshold),
			value);
	return value;
}

double
scale_place(const struct scale *scale, double value)
{
	double low = measure(scale, scale->low);

	assert(scale->low < scale->high);
	return (measure(scale, value) - low) /
		(measure(scale, scale->high) - low);
}

bool
scale_has_decades(const struct scale *scale)
{
	return scale->kind == SCALE_LOG &&
		scale->high >= scale->low * DECADES_FROM;
}

struct ticks {
	double *value;
	size_t count, room;
};

static void
add(struct ticks *ticks, const struct scale *scale, double value)
{
	bool is_small = scale->kind == SCALE_SYMMETRIC && value != 0 &&
		fabs(value) < scale->threshold * (1 - 1e-9);
	double slack = 1e-9 *
		(scale->kind == SCALE_LOG ? value : scale->high - scale->low);

	/* about the zero the axis is linear, and short */
	if (!is_small && ticks->count < ticks->room &&
		value >= scale->low - slack && value <= scale->high + slack)
		ticks->value[ticks->count++] = value;
}

/* 1, then 5, then 2 of each decade from one to another. */
static void
add_decades(struct ticks *ticks, const struct scale *scale, double from,
	double to, double sign)
{
	static const double digits[] = {1, 5, 2};
	int first = number_int(floor(log10(from) + 1e-9));
	int last = number_int(ceil(log10(to) - 1e-9));

	for (int i = 0; i < 3; i++)
		for (int decade = first; decade <= last; decade++)
			add(ticks, scale,
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

	/* by count: a sum of steps need not grow where they are small */
	for (size_t i = 0; i <= wanted; i++)
		add(ticks, scale, (first + (double)i) * step + 0.0);
}

size_t
scale_ticks(const struct scale *scale, size_t wanted, double *value,
	size_t room)
{
	struct ticks ticks = {value, 0, room};

	if (scale_has_decades(scale)) {
		add_decades(&ticks, scale, scale->low, scale->high, 1);
	} else if (scale->kind == SCALE_SYMMETRIC && scale->low <= 0 &&
		scale->high >= 0) {
		add(&ticks, scale, 0);
		add_decades(&ticks, scale, scale->threshold,
			fmax(scale->threshold, scale->high), 1);
		add_decades(&ticks, scale, scale->threshold,
			fmax(scale->threshold, -scale->low), -1);
	} else {
		add_steps(&ticks, scale, wanted);
	}
	return ticks.count;
}
