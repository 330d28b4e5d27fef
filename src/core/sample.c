/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/sample.h"

#include <assert.h>

#include "core/elementary.h"

size_t
sample_softmax(const float *scores, size_t count, double temperature,
	struct random *random, double *weight)
{
	size_t highest = 0;
	double sum = 0, rest;

	assert(count > 0);
	for (size_t i = 1; i < count; i++)
		if (scores[i] > scores[highest])
			highest = i;
	if (temperature <= 0)
		return highest;
	for (size_t i = 0; i < count; i++) {
		weight[i] = elementary_exp(
			((double)scores[i] - scores[highest]) / temperature);
		sum += weight[i];
	}
	rest = random_uniform(random) * sum;
	for (size_t i = 0; i < count; i++) {
		rest -= weight[i];
		if (rest < 0)
			return i;
	}
	return highest; /* only if the sum was rounded up */
}
