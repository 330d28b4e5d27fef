/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Measure times as the min over several slices: other load on the machine can
 * only make a slice longer.
 */
#ifndef LSTMTUI_BENCH_MEASURE_H
#define LSTMTUI_BENCH_MEASURE_H

#include <stdint.h>

/* Do the work n times; *context holds its operands. */
typedef void measured(void *context, uint64_t n);

/*
 * Return the seconds that one call takes, after one warm-up call: the min over
 * slices that together take at least `seconds`, and over at least three slices.
 */
double measure_seconds(measured *work, void *context, double seconds);

/* Measure the peak of multiply-adds on one core, in operations per second. */
double measure_peak(double seconds);

#endif
