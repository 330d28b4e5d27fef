/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spread.h"

#include <stdlib.h>

static int
compare(const void *a, const void *b)
{
	double one = *(const double *)a, other = *(const double *)b;

	return (one > other) - (one < other);
}

static double
quantile(const double *sorted, size_t count, double fraction)
{
	double place = fraction * (double)(count - 1);
	size_t below = (size_t)place;
	size_t above = below + 1 < count ? below + 1 : below;

	return sorted[below] +
		(place - (double)below) * (sorted[above] - sorted[below]);
}

struct spread
spread_of(double *values, size_t count)
{
	qsort(values, count, sizeof *values, compare);
	return (struct spread){
		.low = quantile(values, count, 0.25),
		.median = quantile(values, count, 0.5),
		.high = quantile(values, count, 0.75),
	};
}
