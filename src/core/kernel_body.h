/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inner loops of training, written once for any vector width. A kernel file
 * defines KERNEL_LANES, the floats in a vector; KERNEL_SUMS, 8 to 24, the
 * vectors of sums that fit into its registers beside the factors, which decides
 * the sizes of all tiles (kernel_vector.h); and KERNEL_NAME and KERNEL_SYMBOL,
 * the name and the symbol of its table of functions. The compiler's flags for
 * that file select the instruction set. See kernel.h for the layouts.
 *
 * A kernel gives the same bits with every compiler and all flags. The macro
 * KERNEL_FMA(a, b, c) computes a b + c on vectors with one rounding, for
 * kernels that have this instruction. The compiler must not contract or reorder
 * anything else; NaN and infinity are kept.
 */
#include <string.h>

#include "core/kernel.h"
#include "core/kernel_direct.h"
#include "core/kernel_dots.h"
#include "core/kernel_gradients.h"
#include "core/kernel_gru.h"
#include "core/kernel_lstm.h"
#include "core/kernel_products.h"
#include "core/kernel_rnn.h"
#include "core/kernel_softmax.h"
#include "core/kernel_vector.h"

/* A vector holds L / 2 doubles. A half is L / 2 floats, unaligned. */
enum { HALF = L / 2 };

typedef double doubles __attribute__((vector_size(4 * KERNEL_LANES)));
typedef float half __attribute__((vector_size(2 * KERNEL_LANES), aligned(4)));

INLINE doubles
load_doubles(const float *from)
{
	return __builtin_convertvector(*(const half *)from, doubles);
}

static void
project(size_t count, const float *restrict direction, float *restrict row)
{
	enum { SUMS = 4 }; /* independent sums hide the latency of addition */
	doubles sums[SUMS] = {0};
	double along = 0;
	size_t whole = count / (SUMS * HALF) * (SUMS * HALF);

	for (size_t k = 0; k < whole; k += SUMS * HALF)
		UNROLLED
	for (int i = 0; i < SUMS; i++)
		/* the products are exact, so fusing them changes nothing */
		sums[i] += load_doubles(row + k + i * HALF) *
			load_doubles(direction + k + i * HALF);
	sums[0] += sums[1] + sums[2] + sums[3];
	for (int l = 0; l < HALF; l++)
		along += sums[0][l];
	for (size_t k = whole; k < count; k++)
		along += (double)row[k] * direction[k];
	for (size_t k = 0; k < count; k++)
		row[k] = multiply_add_scalar(-(float)along, direction[k],
			row[k]);
}

static double
sum_squares_exact(size_t count, const float *values)
{
	enum { SUMS = 4 };
	doubles sums[SUMS] = {0};
	double sum = 0;
	size_t i = 0;

	for (; i + SUMS * HALF <= count; i += SUMS * HALF)
		UNROLLED
	for (int k = 0; k < SUMS; k++) {
		doubles x = load_doubles(values + i + k * HALF);

		/* the squares are exact, so fusing them changes nothing */
		sums[k] += x * x;
	}
	for (; i < count; i++)
		sum += (double)values[i] * values[i];
	sums[0] = (sums[0] + sums[1]) + (sums[2] + sums[3]);
	for (int l = 0; l < HALF; l++)
		sum += sums[0][l];
	return sum;
}

static void
scale(size_t count, float factor, float *values)
{
	for (size_t i = 0; i < count; i++)
		values[i] *= factor;
}

static float
sum_squares(size_t count, const float *values)
{
	enum { SUMS = 4 }; /* independent sums hide the latency of addition */
	vector sums[SUMS] = {0};
	float sum = 0;
	size_t i = 0;

	for (; i + SUMS * L <= count; i += SUMS * L)
		UNROLLED
	for (int k = 0; k < SUMS; k++) {
		vector x = *(const unaligned *)(values + i + k * L);

		sums[k] = multiply_add(x, x, sums[k]);
	}
	for (; i + L <= count; i += L) {
		vector x = *(const unaligned *)(values + i);

		sums[0] = multiply_add(x, x, sums[0]);
	}
	for (; i < count; i++)
		sum = multiply_add_scalar(values[i], values[i], sum);
	return sum + sum_lanes((sums[0] + sums[1]) + (sums[2] + sums[3]));
}

static void
adam(const struct kernel_adam *rates, size_t count, float *restrict values,
	const float *restrict gradients, float *restrict m, float *restrict v)
{
	const float rate = rates->rate, epsilon = rates->epsilon;
	const float beta1 = rates->beta1, beta2 = rates->beta2;
	const float one_minus_beta1 = rates->one_minus_beta1,
		    one_minus_beta2 = rates->one_minus_beta2;

	for (size_t i = 0; i < count; i++) {
		float g = gradients[i];

		m[i] = multiply_add_scalar(beta1, m[i], one_minus_beta1 * g);
		v[i] = multiply_add_scalar(beta2, v[i],
			one_minus_beta2 * (g * g));
		values[i] -= rate * m[i] / (__builtin_sqrtf(v[i]) + epsilon);
	}
}

const struct kernel KERNEL_SYMBOL = {
	.name = KERNEL_NAME,
	.lanes = KERNEL_LANES,
	.product_columns = PRODUCT_COLUMNS,
	.lstm_forward = lstm_forward,
	.lstm_backward = lstm_backward,
	.gru_forward = gru_forward,
	.gru_backward = gru_backward,
	.rnn_forward = rnn_forward,
	.rnn_backward = rnn_backward,
	.direct_forward = direct_forward,
	.direct_backward = direct_backward,
	.gemm_nt = gemm_nt,
	.multiply = multiply,
	.dense_gradient = dense_gradient,
	.gemm = gemm,
	.gemm_tn = gemm_tn,
	.transpose = transpose,
	.cross_entropy = cross_entropy,
	.softmax_weights = softmax_weights,
	.sum_rows = sum_rows,
	.project = project,
	.sum_squares = sum_squares,
	.sum_squares_exact = sum_squares_exact,
	.scale = scale,
	.adam = adam,
};
