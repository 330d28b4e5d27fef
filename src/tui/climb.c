/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/climb.h"

#include <math.h>

/* The least change from the first value to the last. */
#define CLIMB_MIN 0.3

void
climb_add(struct climb *climb, double value)
{
	double change = value - climb->last;

	if (climb->count == 0) {
		*climb = (struct climb){.first = value,
			.least = INFINITY,
			.most = -INFINITY};
	} else {
		climb->least = fmin(climb->least, change);
		climb->most = fmax(climb->most, change);
	}
	climb->last = value;
	climb->count++;
}

double
climb_step(const struct climb *climb)
{
	if (climb->count < 3 || !(fabs(climb->last - climb->first) > CLIMB_MIN))
		return 0;
	return climb->least > 0   ? climb->least
		: climb->most < 0 ? climb->most
				  : 0;
}
