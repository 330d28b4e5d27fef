/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/slice.h"

#include <math.h>

/* Smaller times are below the resolution of the clock. */
#define SECONDS_MIN 1e-5

uint64_t
slice_adapt(uint64_t work, uint64_t left, double seconds)
{
	double factor = SLICE_SECONDS / fmax(seconds, SECONDS_MIN);
	double next;

	if (left > 0)
		return work;
	next = (double)work * fmin(fmax(factor, 0.5), 2);
	return (uint64_t)fmin(fmax(next, 1), (double)SLICE_MAX);
}
