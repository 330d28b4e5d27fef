/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Times: the least of several slices, since whatever else the machine does
 * can only make a slice longer.
 */
#ifndef LSTMTUI_BENCH_MEASURE_H
#define LSTMTUI_BENCH_MEASURE_H

#include <stdint.h>

/* Do it n times; what it is stands in *context. */
typedef void measured(void *context, uint64_t n);

/*
 * Seconds that one of them takes, after one to warm up: the least over
 * slices that fill so many seconds, and are three at least.
 */
double measure_seconds(measured *work, void *context, double seconds);

/* The machine's multiply-add peak on one core, in operations a second. */
double measure_peak(double seconds);

#endif
