/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The ticks of a logarithmic axis: the lowest one is at the centre of the
 * lowest row of cells, so that nothing is drawn below it.
 */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "draw/labels.h"
#include "draw/plot.h"
#include "draw/plot_private.h"

enum {
	ROWS_MAX = 512,
	/* heights of a decade that are tried, from the largest one to half */
	HEIGHTS = 100,
	STEPS = 8,     /* maximum steps between the values */
	TICKS_MAX = 5, /* more are no better */
	DIGITS = 12
};

/* Free above the largest value, as a factor and of the span. */
#define MARGIN 1.15
#define SPAN_MARGIN 0.1

/*
 * From this ratio of the values on, the lowest tick is 1, 2 or 5 as the others;
 * below, it may be any digit, so that the values fill the axis.
 */
#define WIDE_FROM 10.0

/* From this ratio on, powers of ten are enough. */
#define MANY_FROM 200.0

/* What another digit than 1, 2 and 5 counts. */
#define OTHER_DIGIT 0.9

/* What missing ticks cost at most. */
#define MISSING 0.4

/* Ticks, the most important first, and their logarithms. */
struct ticks {
	size_t count;
	double value[LABELS_MAX], log[LABELS_MAX];
};

static void
add(struct ticks *ticks, double value)
{
	if (ticks->count == LABELS_MAX)
		return;
	ticks->value[ticks->count] = value;
	ticks->log[ticks->count++] = log10(value);
}

/* List the lowest tick, and the first `count` of 1, 5 and 2 of each decade. */
static void
list_decades(struct ticks *ticks, double lowest, double high, int count)
{
	static const double digits[] = {1, 5, 2};
	int first = number_int(floor(log10(lowest) + 1e-9));
	int last = number_int(floor(log10(high)));

	ticks->count = 0;
	add(ticks, lowest);
	for (int i = 0; i < count; i++)
		for (int decade = first; decade <= last; decade++) {
			double value =
				number_round(digits[i] * pow(10, decade), 1);

			if (value > lowest * (1 + 1e-9) && value <= high)
				add(ticks, value);
		}
}

static void
list_steps(struct ticks *ticks, double lowest, double step, double high)
{
	ticks->count = 0;
	for (int i = 0; i <= STEPS && lowest + i * step <= high; i++)
		add(ticks, number_round(lowest + i * step, DIGITS));
}

static void
list(struct ticks *ticks, const struct plot *plot, double lowest, double step,
	double high)
{
	if (step > 0)
		list_steps(ticks, lowest, step, high);
	else
		list_decades(ticks, lowest, high,
			plot->high > plot->low * MANY_FROM ? 1 : 3);
}

/*
 * Rate the ticks with this height of a decade: from 0, fewer than two have
 * room, to 1. A tick counts if it is near the centre of a row and not next to
 * another. Ticks in steps count all or not at all, so that the steps are equal.
 */
static double
rate_ticks(const struct ticks *ticks, double height, double rows, bool is_steps)
{
	bool is_taken[ROWS_MAX + 2] = {false};
	double count = 0, all = 0;

	for (size_t i = 0; i < ticks->count; i++) {
		double place = (ticks->log[i] - ticks->log[0]) * height;
		long row = lround(place);

		if (place > rows)
			continue;
		all++;
		if ((!is_steps &&
			    fabs(place - (double)row) > PLOT_TICK_REACH) ||
			is_taken[row] || is_taken[row + 1] || is_taken[row + 2])
			continue;
		is_taken[row + 1] = true;
		count++;
	}
	if (count < 2 || (is_steps && count < all))
		return 0;
	return (1 - 1 / fmin(count, TICKS_MAX)) *
		(1 - MISSING * (1 - count / all));
}

/* The best axis so far. */
struct choice {
	double score, lowest, step, height;
};

/*
 * Try an axis from its lowest tick on; step 0: decades. Prefer an axis that
 * uses its height and has many ticks, at least two.
 */
static void
try_axis(const struct plot *plot, double lowest, double step, double rows,
	struct choice *best)
{
	double top = log10(plot->high), span = top - log10(plot->low);
	double margin = fmin(log10(MARGIN), SPAN_MARGIN * span);
	double most = rows / (top + margin - log10(lowest));
	bool is_nice =
		step > 0 || lowest >= number_nice_above(lowest * (1 - 1e-9));
	struct ticks ticks;

	list(&ticks, plot, lowest, step,
		pow(10, log10(lowest) + 2 * rows / most));
	for (int i = 0; i < HEIGHTS; i++) {
		double height = most * (1 - (double)i / (2 * HEIGHTS));
		double score = span * height *
			rate_ticks(&ticks, height, rows, step > 0) *
			(is_nice ? 1 : OTHER_DIGIT);

		if (score > best->score * (1 + 1e-9))
			*best = (struct choice){score, lowest, step, height};
	}
}

/* Try the digits below the smallest value as the lowest tick. */
static void
try_digits(const struct plot *plot, double rows, struct choice *best)
{
	bool is_wide = plot->high > plot->low * WIDE_FROM;
	double decade = pow(10, floor(log10(plot->low)) - 1);

	for (int digit = 1; digit < 100; digit += digit < 10 ? 1 : 10) {
		int first = digit < 10 ? digit : digit / 10;
		double lowest = number_round(digit * decade, 1);

		if (lowest <= plot->low * (1 + 1e-9) &&
			(!is_wide || first == 1 || first == 2 || first == 5))
			try_axis(plot, lowest, 0, rows, best);
	}
}

/* Try multiples of a step: of values that vary little. */
static void
try_steps(const struct plot *plot, double rows, struct choice *best)
{
	double step = number_nice_above((plot->high - plot->low) / STEPS);

	for (int i = 0; i < STEPS; i++) {
		double lowest =
			number_round(floor(plot->low / step + 1e-9) * step,
				DIGITS);

		if (!(lowest > 0))
			return;
		try_axis(plot, lowest, step, rows, best);
		step = number_nice_above(step * 1.01);
	}
}

void
plot_align_log(struct plot *plot)
{
	long down = canvas_dots_down(plot->canvas), cells = plot->rows / down;
	double reach = (double)(down - 1) / 2 / (double)down;
	/* from the centre of the lowest row to the top, in rows */
	double rows = (double)cells - 1 + reach;
	struct choice best = {0};
	double low;

	plot->has_log_ticks = false;
	if (!(plot->high > plot->low) || rows >= ROWS_MAX)
		return;
	try_digits(plot, rows, &best);
	try_steps(plot, rows, &best);
	if (!(best.score > 0))
		return;
	low = log10(best.lowest);
	plot->has_log_ticks = true;
	plot->first = best.lowest;
	plot->step = best.step;
	plot->scale.low = pow(10, low - reach / best.height);
	plot->scale.high = pow(10, low + rows / best.height);
}

size_t
plot_log_ticks(const struct plot *plot, double *value)
{
	struct ticks ticks;

	list(&ticks, plot, plot->first, plot->step, plot->scale.high);
	memcpy(value, ticks.value, ticks.count * sizeof *value);
	return ticks.count;
}
