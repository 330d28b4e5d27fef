/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hold out the end of the data for validation. */
#include <math.h>

#include "task/sequences.h"

/* The number of all that is not held out. */
static size_t
training_of(size_t all, double fraction)
{
	/* 0.29 times 100 is less than 29, by rounding */
	return all - (size_t)floor((double)all * fraction + 1e-9);
}

void
sequences_hold_out(struct sequences *sequences, double fraction)
{
	size_t count = sequences->count;

	if (count == 1) {
		sequences->training = 1;
		sequences->training_points =
			training_of(sequences->start[1], fraction);
		return;
	}
	sequences->training = training_of(count, fraction);
	sequences->training_points = sequences->start[sequences->training];
}
