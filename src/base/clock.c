/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"

#include <math.h>
#include <time.h>

double
clock_seconds(void)
{
	static double last, behind;
	struct timespec time = {0};
	double now;

	clock_gettime(CLOCK_MONOTONIC, &time);
	now = (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
	/* CLOCK_MONOTONIC may step back when a virtual machine is restored */
	if (now < last)
		behind += last - now;
	last = now;
	return now + behind;
}

double
clock_time_of_day(void)
{
	struct timespec time = {0};

	clock_gettime(CLOCK_REALTIME, &time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

int
clock_milliseconds(double seconds)
{
	if (seconds == INFINITY)
		return -1;
	return (int)fmin(fmax(ceil(seconds * 1000), 0), CLOCK_WAIT_MAX);
}
