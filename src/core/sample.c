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

/*
 * Bound of the error of a sum of weights, relative to the sum of all. With
 * x = (max - score) / temperature, a weight exp(-x) in single precision has an
 * error of at most 3e-7 (1 + x) of it. The sum of all is at least 1, so that
 * even of a million scores, weights with x > 30 add less than 1e-10.
 */
#define ESTIMATE_ERROR 2e-5

/* Return the index, or `count` if the estimates do not decide it. */
static size_t
decide(const float *estimate, size_t count, double uniform)
{
	enum { SUMS = 4 }; /* independent sums hide the latency of addition */
	double sums[SUMS] = {0}, sum, rest, margin;
	size_t i = 0;

	for (; i + SUMS <= count; i += SUMS)
		for (size_t k = 0; k < SUMS; k++)
			sums[k] += (double)estimate[i + k];
	for (; i < count; i++)
		sums[0] += (double)estimate[i];
	sum = sums[0] + sums[1] + sums[2] + sums[3];
	rest = uniform * sum;
	margin = ESTIMATE_ERROR * sum;
	for (i = 0; i < count; i++) {
		double after = rest - (double)estimate[i];

		if (after < margin)
			return after < -margin && (i == 0 || rest > margin)
				? i
				: count;
		rest = after;
	}
	return count;
}

size_t
sample_softmax_estimated(const struct kernel *kernel, const float *scores,
	size_t count, double temperature, struct random *random, double *weight,
	float *estimate)
{
	struct random before = *random;
	size_t index;

	if (temperature > 0) {
		kernel->softmax_weights(count, scores, (float)(1 / temperature),
			estimate);
		index = decide(estimate, count, random_uniform(random));
		if (index < count)
			return index;
		*random = before;
	}
	return sample_softmax(scores, count, temperature, random, weight);
}
