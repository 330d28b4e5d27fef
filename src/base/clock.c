#include "base/clock.h"

#include <time.h>

double
clock_seconds(void)
{
	static double last, behind;
	struct timespec time = {0};
	double now;

	clock_gettime(CLOCK_MONOTONIC, &time);
	now = (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
	/* a machine that is moved or restored may break that clock's promise */
	if (now < last)
		behind += last - now;
	last = now;
	return now + behind;
}
