/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/quantiles.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	if (isnan(x) || isnan(y))
		return isnan(x) - isnan(y);
	return (x > y) - (x < y);
}

void
quantiles_sort(double *values, size_t count)
{
	qsort(values, count, sizeof *values, compare);
}

double
quantiles_at(const double *sorted, size_t count, double level)
{
	double place = level * (double)(count - 1), below = floor(place);
	size_t i = (size_t)below;

	assert(count > 0 && level >= 0 && level <= 1);
	if (i + 1 >= count)
		return sorted[count - 1];
	return sorted[i] + (place - below) * (sorted[i + 1] - sorted[i]);
}
