/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the initial recurrent kernels against the Gram-Schmidt process in
 * double precision. Its result is unique, so equal rows mean an equal
 * distribution.
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "bits.h"
#include "core/context.h"
#include "core/model.h"
#include "core/orthogonal.h"
#include "suite.h"

static float *
draw(const struct context *context, size_t rows, size_t columns, uint64_t seed)
{
	float *values = memory_floats(rows * columns);
	struct random random;
	struct error error;

	ck_assert_ptr_nonnull(values);
	random_seed(&random, seed, RANDOM_STREAM_WEIGHTS);
	ck_assert_msg(orthogonal_draw(context, values, rows, columns, &random,
			      NULL, &error),
		"%s", error.text);
	return values;
}

static double
dot(const double *a, const double *b, size_t count)
{
	double sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += a[i] * b[i];
	return sum;
}

/* Draw the same numbers and orthonormalize them from the first row on. */
static double *
reference(size_t rows, size_t columns, uint64_t seed)
{
	double *values = malloc(rows * columns * sizeof *values);
	struct random random;

	ck_assert_ptr_nonnull(values);
	random_seed(&random, seed, RANDOM_STREAM_WEIGHTS);
	for (size_t i = 0; i < rows * columns; i++)
		values[i] = random_normal(&random);
	for (size_t i = 0; i < rows; i++) {
		double *row = values + i * columns, norm;

		for (size_t k = 0; k < i; k++) {
			const double *other = values + k * columns;
			double along = dot(row, other, columns);

			for (size_t j = 0; j < columns; j++)
				row[j] -= along * other[j];
		}
		norm = sqrt(dot(row, row, columns));
		for (size_t j = 0; j < columns; j++)
			row[j] /= norm;
	}
	return values;
}

static double
largest_difference(const float *values, const double *expected, size_t count)
{
	double max = 0;

	for (size_t i = 0; i < count; i++)
		max = fmax(max, fabs(values[i] - expected[i]));
	return max;
}

static double
distance_from_orthonormal(const float *values, size_t rows, size_t columns)
{
	double max = 0;

	for (size_t i = 0; i < rows; i++)
		for (size_t k = 0; k <= i; k++) {
			double sum = i == k ? -1 : 0;

			for (size_t j = 0; j < columns; j++)
				sum += (double)values[i * columns + j] *
					values[k * columns + j];
			max = fmax(max, fabs(sum));
		}
	return max;
}

/*
 * Shapes of an LSTM, of few rows, of other widths, and of an incomplete panel.
 */
static const struct {
	size_t rows, columns;
} shapes[] = {
	{1, 4},
	{60, 240},
	{256, 1024},
	{257, 1028},
	{333, 1332},
	{384, 1152},
	{300, 1301},
	{280, 280},
	{520, 520},
	{300, 620},
};

enum { SHAPES = sizeof shapes / sizeof shapes[0] };

START_TEST(rows_equal_those_of_the_gram_schmidt_process)
{
	size_t rows = shapes[_i].rows, columns = shapes[_i].columns;
	float *values = draw(suite_context(), rows, columns, 5);
	double *expected = reference(rows, columns, 5);

	/* the last rows of a square matrix suffer from cancellation */
	ck_assert_double_lt(largest_difference(values, expected,
				    rows * columns),
		rows == columns ? 1e-4 : 1e-6);
	ck_assert_double_lt(distance_from_orthonormal(values, rows, columns),
		5e-7);
	free(values);
	free(expected);
}
END_TEST

/* A seed gives the same initial weights in every version. */
START_TEST(initial_weights_have_the_recorded_bits)
{
	static const struct {
		const char *kernel;
		size_t units;
		uint64_t bits;
	} recorded[] = {
		{"portable", 10, UINT64_C(0xd3316ce1a23fe0f7)},
		{"portable", 100, UINT64_C(0xb8599ed2fd2e31bd)},
		{"portable", 256, UINT64_C(0xf361caf8ea98c53f)},
		{"avx2", 10, UINT64_C(0x9910e1f69cda326c)},
		{"avx2", 100, UINT64_C(0x24ae73416331d7bc)},
		{"avx2", 256, UINT64_C(0x365d5909eb7c3fd0)},
	};

	for (size_t i = 0; i < sizeof recorded / sizeof recorded[0]; i++) {
		struct model_shape shape = {.inputs = 1,
			.outputs = 1,
			.layers = 1,
			.units = {recorded[i].units}};
		struct random random;
		struct model model;
		struct error error;
		float *values;
		uint64_t hash;

		if (strcmp(recorded[i].kernel, suite_context()->kernel->name) !=
			0)
			continue;
		ck_assert(
			model_create(&model, suite_context(), &shape, &error));
		random_seed(&random, 1, RANDOM_STREAM_WEIGHTS);
		ck_assert(model_initialize(&model, &random, NULL, &error));
		values = memory_floats(model.parameters.total);
		model_get_values(&model, values);
		hash = bits_of_floats(values, model.parameters.total);
		ck_assert_msg(hash == recorded[i].bits,
			"%s, %zu units: 0x%016" PRIx64, recorded[i].kernel,
			recorded[i].units, hash);
		free(values);
		model_destroy(&model);
	}
}
END_TEST

START_TEST(any_number_of_threads_draws_the_same_bits)
{
	enum { ROWS = 300 };
	const size_t columns = _i == 0 ? 1200 : ROWS;
	const struct kernel *kernel = suite_context()->kernel;
	struct context context;
	struct error error;
	float *one, *other;

	ck_assert(context_create(&context, kernel, 1, &error));
	one = draw(&context, ROWS, columns, 2);
	context_destroy(&context);
	for (size_t size = 2; size <= 5; size += 3) {
		ck_assert(context_create(&context, kernel, size, &error));
		other = draw(&context, ROWS, columns, 2);
		context_destroy(&context);
		ck_assert_mem_eq(one, other, sizeof *one * ROWS * columns);
		free(other);
	}
	free(one);
}
END_TEST

/* ---------------------------------------------------------------------- */

struct watch {
	double last, end_at;
	size_t reports;
	bool falls;
};

static bool
watch(void *context, double done)
{
	struct watch *seen = context;

	seen->falls |= done < seen->last || done > 1 + 1e-9;
	seen->last = done;
	seen->reports++;
	return done < seen->end_at;
}

static const struct model_shape large = {.inputs = 2,
	.outputs = 2,
	.layers = 2,
	.units = {300, 320}};

START_TEST(progress_rises_over_all_layers)
{
	struct watch seen = {.end_at = 2};
	const struct progress progress = {watch, &seen};
	struct random random;
	struct model model;
	struct error error;

	ck_assert(model_create(&model, suite_context(), &large, &error));
	random_seed(&random, 1, RANDOM_STREAM_WEIGHTS);
	ck_assert(model_initialize(&model, &random, &progress, &error));
	ck_assert(!seen.falls);
	ck_assert_uint_gt(seen.reports, 300 + 320);
	ck_assert_double_gt(seen.last, 0.9);
	model_destroy(&model);
}
END_TEST

START_TEST(an_interrupted_initialization_changes_nothing)
{
	struct random random;
	struct model model;
	struct error error;
	size_t bytes;
	float *before;

	ck_assert(model_create(&model, suite_context(), &large, &error));
	bytes = model.parameters.packed_total * sizeof *before;
	before = malloc(bytes);
	ck_assert_ptr_nonnull(before);
	memcpy(before, model.values, bytes);
	for (double end_at = 0; end_at < 1; end_at += 0.3) {
		struct watch seen = {.end_at = end_at};
		const struct progress progress = {watch, &seen};

		random_seed(&random, 1, RANDOM_STREAM_WEIGHTS);
		ck_assert(
			!model_initialize(&model, &random, &progress, &error));
		ck_assert_str_eq(error.text, "interrupted");
		/* no report follows the one that ended it */
		ck_assert_double_le(seen.last, end_at + 0.2);
		ck_assert_mem_eq(model.values, before, bytes);
	}
	free(before);
	model_destroy(&model);
}
END_TEST

static Suite *
orthogonal_suite(void)
{
	Suite *suite = suite_create("orthogonal");
	TCase *group = suite_group(suite, "rows", SUITE_SECONDS);

	suite_add_loop(group, rows_equal_those_of_the_gram_schmidt_process, 0,
		SHAPES);
	tcase_add_test(group, initial_weights_have_the_recorded_bits);

	group = suite_group(suite, "threads", SUITE_SECONDS);
	suite_add_loop(group, any_number_of_threads_draws_the_same_bits, 0, 2);

	group = suite_group(suite, "progress", SUITE_SECONDS);
	tcase_add_test(group, progress_rises_over_all_layers);
	tcase_add_test(group, an_interrupted_initialization_changes_nothing);
	return suite;
}

int
main(void)
{
	return suite_run_kernels(orthogonal_suite);
}
