/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/sample.h"

#include <assert.h>
#include <math.h>

size_t
sample_softmax(const float *scores, size_t count, double temperature,
	struct random *random, double *weight)
{
	size_t highest = 0;
	double sum = 0, mark;

	assert(count > 0);
	for (size_t i = 1; i < count; i++)
		if (scores[i] > scores[highest])
			highest = i;
	if (temperature <= 0)
		return highest;
	for (size_t i = 0; i < count; i++) {
		weight[i] = exp(
			((double)scores[i] - scores[highest]) / temperature);
		sum += weight[i];
	}
	mark = random_uniform(random) * sum;
	for (size_t i = 0; i < count; i++) {
		mark -= weight[i];
		if (mark < 0)
			return i;
	}
	return highest; /* the sum was rounded up */
}
