/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/pace.h"

#include <math.h>

/* Seconds. */
#define MEASURE_TIME 0.5 /* min length of a measurement */
#define CREDIT_TIME 0.25 /* max delay to make up for */

void
pace_begin(struct pace *pace, double now, uint64_t updates)
{
	pace->last = now;
	pace->measured_since = now;
	pace->measured_from = updates;
}

void
pace_allow(struct pace *pace, double now, double speed)
{
	double since = now - pace->last;

	pace->last = now;
	if (speed == 0) {
		pace->credit = INFINITY;
		return;
	}
	if (!isfinite(pace->credit))
		pace->credit = 0;
	pace->credit = fmin(pace->credit + since * speed,
		fmax(1, speed * CREDIT_TIME));
}

void
pace_allow_steps(struct pace *pace, double now, uint64_t steps)
{
	pace->last = now;
	pace->credit = (double)steps;
}

void
pace_rest(struct pace *pace, double now)
{
	pace->last = now;
	pace->credit = 0;
}

double
pace_measure(struct pace *pace, double now, uint64_t updates, bool is_running,
	double measured)
{
	double since = now - pace->measured_since;
	uint64_t done = updates - pace->measured_from;

	if (is_running && updates >= pace->measured_from) {
		/* at one update per second, wait longer than half a second */
		if (since < MEASURE_TIME ||
			(done == 0 && since < 4 * MEASURE_TIME))
			return measured;
		measured = (double)done / since;
	}
	pace->measured_since = now;
	pace->measured_from = updates;
	return measured;
}
