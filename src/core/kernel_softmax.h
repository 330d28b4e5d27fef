/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A softmax, its cross-entropy and its gradient. Part of kernel_body.h. */
#ifndef LSTMTUI_CORE_KERNEL_SOFTMAX_H
#define LSTMTUI_CORE_KERNEL_SOFTMAX_H

#include <string.h>

#include "core/elementary.h"
#include "core/kernel.h"
#include "core/kernel_vector.h"

/* Vectors side by side, whose operations hide each other's latency. */
enum { SIDE = 4 };

/* Max of a row's scores. */
INLINE float
max_of(const float *scores, size_t count)
{
	vector max[SIDE];
	float part[L], result;
	size_t k = 0;

	for (int i = 0; i < SIDE; i++)
		max[i] = splat(scores[0]);
	for (; k + SIDE * L <= count; k += SIDE * L)
		UNROLLED
	for (int i = 0; i < SIDE; i++)
		max[i] =
			larger(*(const unaligned *)(scores + k + (size_t)i * L),
				max[i]);
	for (; k + L <= count; k += L)
		max[0] = larger(*(const unaligned *)(scores + k), max[0]);
	if (k < count)
		max[1] = larger(load_part(scores + k, count - k, scores[0]),
			max[1]);
	max[0] = larger(larger(max[0], max[1]), larger(max[2], max[3]));
	memcpy(part, &max[0], sizeof part);
	result = part[0];
	for (int l = 1; l < L; l++)
		result = part[l] > result ? part[l] : result;
	return result;
}

/* Write exp(score - max) of a row to `to`, and return the sum. */
INLINE float
exponentials(const float *scores, size_t count, float max, float *to)
{
	vector sum = {0};
	size_t k = 0;

	for (; k + L <= count; k += L) {
		vector e = exponential(*(const unaligned *)(scores + k) - max);

		*(unaligned *)(to + k) = e;
		sum += e;
	}
	if (k < count) {
		vector e = exponential(
			load_part(scores + k, count - k, max) - max);

		store_part(to + k, count - k, e);
		sum += choose(first_lanes(count - k), e, splat(0.0f));
	}
	return sum_lanes(sum);
}

static void
softmax_weights(size_t count, const float *scores, float factor, float *weights)
{
	float max = max_of(scores, count);
	size_t k = 0;

	for (; k + L <= count; k += L) {
		vector x = *(const unaligned *)(scores + k) - max;

		*(unaligned *)(weights + k) = exponential(x * factor);
	}
	if (k < count) {
		vector x = load_part(scores + k, count - k, max) - max;

		store_part(weights + k, count - k, exponential(x * factor));
	}
}

INLINE void
scale_row(size_t count, float factor, float *row)
{
	size_t k = 0;

	for (; k + L <= count; k += L)
		*(unaligned *)(row + k) =
			*(const unaligned *)(row + k) * factor;
	if (k < count)
		store_part(row + k, count - k,
			load_part(row + k, count - k, 0.0f) * factor);
}

static double
cross_entropy(size_t rows, size_t tokens, const float *scores,
	const uint32_t *targets, const float *mask, float scale,
	float *gradients)
{
	double sum = 0, product = 1;

	for (size_t row = 0; row < rows;
		row++, scores += tokens, gradients += tokens) {
		float max, total;

		if (mask != NULL && mask[row] == 0.0f) {
			memset(gradients, 0, tokens * sizeof *gradients);
			continue;
		}
		max = max_of(scores, tokens);
		total = exponentials(scores, tokens, max, gradients);
		/*
		 * one logarithm for many rows: each total is between 1 and
		 * 2³², the number of tokens
		 */
		product *= (double)total;
		if (row % 16 == 15) {
			sum += elementary_log(product);
			product = 1;
		}
		sum += (double)max - (double)scores[targets[row]];
		scale_row(tokens, scale / total, gradients);
		gradients[targets[row]] -= scale;
	}
	return sum + elementary_log(product);
}

#endif
