/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure.h"

#include "base/clock.h"
#include "core/kernel.h"
#include "variant.h"

enum { SLICES_MIN = 3, SLICES = 20 };

static double
slice_seconds(measured *work, void *context, uint64_t n)
{
	double start = clock_seconds();

	work(context, n);
	return clock_seconds() - start;
}

double
measure_seconds(measured *work, void *context, double seconds)
{
	double spent = 0, min, slice = 0;
	uint64_t n = 1;

	work(context, 1);
	/* double n until reading the clock takes negligible time */
	min = slice_seconds(work, context, n);
	for (spent = min; min * (double)n < seconds / SLICES; spent += slice) {
		n *= 2;
		slice = slice_seconds(work, context, n);
		min = slice / (double)n;
	}
	for (int i = 1; i < SLICES_MIN || spent < seconds; i++) {
		slice = slice_seconds(work, context, n);
		spent += slice;
		if (slice / (double)n < min)
			min = slice / (double)n;
	}
	return min;
}

struct peak {
	const struct variant *variant;
	double operations;
};

static void
run_peak(void *context, uint64_t n)
{
	struct peak *peak = context;

	peak->operations = peak->variant->peak(n * 1000) / (double)n;
}

double
measure_peak(double seconds)
{
	/* use the widest vectors, also if another kernel is measured */
	struct peak peak = {.variant = variant_find(kernel_variant(0)->name)};
	double time = measure_seconds(run_peak, &peak, seconds);

	return peak.operations / time;
}
