/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the kernels' functions for the output layer, against sums in double
 * precision: the cross-entropy of a softmax, and the gradients of the layer.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "core/context.h"
#include "suite.h"

enum { ROWS = 35, TOKENS_MAX = 100, MASKED = 3 };

/* A value of the whole range that scores have, different at each place. */
static float
score_at(size_t row, size_t token)
{
	return (float)(9 * sin((double)(row * 31 + token * 17)));
}

/* Set scores and targets; the last token is the target of some rows. */
static void
set_scores(size_t tokens, float *scores, uint32_t *targets, float *mask)
{
	for (size_t row = 0; row < ROWS; row++) {
		for (size_t k = 0; k < tokens; k++)
			scores[row * tokens + k] = score_at(row, k);
		targets[row] = (uint32_t)((tokens - 1 + 5 * row) % tokens);
		mask[row] = row == MASKED ? 0 : 1;
	}
}

/* Return -ln softmax(scores)[target] of a row, and set the weights. */
static double
softmax(size_t row, size_t tokens, size_t target, double *weights)
{
	double sum = 0;

	for (size_t k = 0; k < tokens; k++) {
		weights[k] = exp((double)score_at(row, k));
		sum += weights[k];
	}
	for (size_t k = 0; k < tokens; k++)
		weights[k] /= sum;
	return -log(weights[target]);
}

START_TEST(the_cross_entropy_follows_the_formula)
{
	const struct kernel *kernel = suite_context()->kernel;
	float scores[ROWS * TOKENS_MAX], gradients[ROWS * TOKENS_MAX];
	float mask[ROWS];
	uint32_t targets[ROWS];
	const float scale = 0.25f;

	for (size_t tokens = 1; tokens <= TOKENS_MAX; tokens++) {
		double weights[TOKENS_MAX], expected = 0, sum;

		set_scores(tokens, scores, targets, mask);
		sum = kernel->cross_entropy(ROWS, tokens, scores, targets, mask,
			scale, gradients);
		for (size_t row = 0; row < ROWS; row++) {
			const float *gradient = gradients + row * tokens;
			double loss =
				softmax(row, tokens, targets[row], weights);

			expected += row == MASKED ? 0 : loss;
			for (size_t k = 0; k < tokens; k++) {
				double d = weights[k] - (k == targets[row]);

				d *= row == MASKED ? 0 : (double)scale;
				EXPECT(fabs(gradient[k] - d) <= 1e-6,
					"%zu tokens, row %zu: %g, not %g",
					tokens, row, (double)gradient[k], d);
			}
		}
		ck_assert_double_eq_tol(sum, expected, 1e-5 * ROWS);
	}
}
END_TEST

/* Rows of the batch, more than the kernel reads at once, and a few. */
static const size_t batches[] = {1, 40, 600};

enum { OUTPUTS_MAX = 30, BLOCKS_MAX = 3 };

/* _i: the batch. */
START_TEST(the_gradients_of_the_layer_are_sums_over_all_rows)
{
	const struct kernel *kernel = suite_context()->kernel;
	size_t rows = batches[_i], lanes = kernel->lanes;
	float *a = memory_floats(rows * OUTPUTS_MAX);
	float *b = memory_floats(BLOCKS_MAX * rows * lanes);
	float *c = memory_floats(OUTPUTS_MAX * BLOCKS_MAX * lanes);
	float sums[OUTPUTS_MAX + 1];

	for (size_t i = 0; i < rows * OUTPUTS_MAX; i++)
		a[i] = (float)sin((double)i);
	for (size_t i = 0; i < BLOCKS_MAX * rows * lanes; i++)
		b[i] = (float)cos(3 * (double)i);
	for (size_t m = 1; m <= OUTPUTS_MAX; m++)
		for (size_t blocks = 1; blocks <= BLOCKS_MAX; blocks++) {
			size_t width = blocks * lanes;

			sums[m] = 7;
			kernel->dense_gradient(&(struct kernel_dense_gradient){
				.rows = rows,
				.m = m,
				.blocks = blocks,
				.a = a,
				.a_stride = OUTPUTS_MAX,
				.b = b,
				.b_block_stride = rows * lanes,
				.c = c,
				.c_stride = width,
			});
			kernel->sum_rows(rows, m, a, OUTPUTS_MAX, sums);
			for (size_t i = 0; i < m; i++) {
				size_t at = i * 7 % width;
				const float *of = b +
					at / lanes * rows * lanes + at % lanes;
				double sum = 0, product = 0;

				for (size_t row = 0; row < rows; row++) {
					double x = a[row * OUTPUTS_MAX + i];

					sum += x;
					product += x * of[row * lanes];
				}
				EXPECT(fabs(sums[i] - sum) <= 1e-4,
					"sum %zu of %zu: %g, not %g", i, m,
					(double)sums[i], sum);
				EXPECT(fabs(c[i * width + at] - product) <=
						1e-4,
					"row %zu of %zu: %g, not %g", i, m,
					(double)c[i * width + at], product);
			}
			ck_assert(sums[m] == 7);
		}
	free(a);
	free(b);
	free(c);
}
END_TEST

static Suite *
output_suite(void)
{
	Suite *suite = suite_create("output");
	TCase *group = suite_group(suite, "output", SUITE_SECONDS);

	tcase_add_test(group, the_cross_entropy_follows_the_formula);
	suite_add_loop(group, the_gradients_of_the_layer_are_sums_over_all_rows,
		0, (int)(sizeof batches / sizeof batches[0]));
	return suite;
}

int
main(void)
{
	return suite_run_kernels(output_suite);
}
