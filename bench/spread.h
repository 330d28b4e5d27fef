/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The median and the quartiles of measurements. Other load on the machine
 * lengthens some measurements; the median ignores them, and the quartiles show
 * whether there were many.
 */
#ifndef LSTMTUI_BENCH_SPREAD_H
#define LSTMTUI_BENCH_SPREAD_H

#include <stddef.h>

struct spread {
	double low, median, high; /* 25, 50 and 75 % of the values are below */
};

/*
 * Compute the spread of at least one value, by linear interpolation between
 * neighbours. Sort the values.
 */
struct spread spread_of(double *values, size_t count);

#endif
