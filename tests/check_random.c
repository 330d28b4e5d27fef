/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the random source: the published generator, its distributions and
 * its streams. The results of every seed depend on these numbers.
 */
#include <math.h>
#include <string.h>

#include "core/random.h"
#include "core/sample.h"
#include "suite.h"

/* The first outputs of xoshiro256++ from the state 1, 2, 3, 4. */
START_TEST(the_generator_is_xoshiro256_plus_plus)
{
	static const uint64_t expected[] = {
		UINT64_C(41943041),
		UINT64_C(58720359),
		UINT64_C(3588806011781223),
		UINT64_C(3591011842654386),
		UINT64_C(9228616714210784205),
		UINT64_C(9973669472204895162),
		UINT64_C(14011001112246962877),
		UINT64_C(12406186145184390807),
		UINT64_C(15849039046786891736),
		UINT64_C(10450023813501588000),
	};
	struct random random = {{1, 2, 3, 4}};

	for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
		ck_assert_uint_eq(random_next(&random), expected[i]);
}
END_TEST

/* Values of another implementation: a saved seed keeps its meaning. */
START_TEST(a_seed_gives_the_recorded_numbers)
{
	static const struct {
		uint64_t seed;
		enum random_stream stream;
		uint64_t expected[2];
		/* clang-format off */
	} cases[] = {
		{0, RANDOM_STREAM_WEIGHTS, {UINT64_C(0x4887886c7244e091),
			UINT64_C(0x4cfafb3b6cc3ea99)}},
		{0, RANDOM_STREAM_DATA, {UINT64_C(0x2337bf6b08692a91),
			UINT64_C(0xd4d75d893211f742)}},
		{1, RANDOM_STREAM_WEIGHTS, {UINT64_C(0x8d6176e2f1f41696),
			UINT64_C(0x4488d4fc02c8f1e9)}},
		{1, RANDOM_STREAM_DATA, {UINT64_C(0xf0af956594200c45),
			UINT64_C(0x326129ba704186f8)}},
		{1, RANDOM_STREAM_EVALUATE, {UINT64_C(0x21925a393cfcebc4),
			UINT64_C(0x778838dc2d561c43)}},
		{1, RANDOM_STREAM_GENERATE, {UINT64_C(0xa37fe5153b6f04de),
			UINT64_C(0x02151d8252236a63)}},
		{UINT64_MAX, RANDOM_STREAM_WEIGHTS,
			{UINT64_C(0x637e264f1f9feac3),
			UINT64_C(0x6c6bef4e9168d0c7)}},
	};
	/* clang-format on */

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct random random;

		random_seed(&random, cases[i].seed, cases[i].stream);
		for (int k = 0; k < 2; k++)
			ck_assert_uint_eq(random_next(&random),
				cases[i].expected[k]);
	}
}
END_TEST

START_TEST(streams_and_seeds_differ)
{
	enum { SEEDS = 50, STREAMS = RANDOM_STREAM_GENERATE + 1 };
	uint64_t first[SEEDS * STREAMS];
	size_t count = 0, same = 0;

	for (uint64_t seed = 0; seed < SEEDS; seed++)
		for (int stream = 0; stream < STREAMS; stream++) {
			struct random random;

			random_seed(&random, seed, (enum random_stream)stream);
			first[count] = random_next(&random);
			for (size_t i = 0; i < count; i++)
				same += first[i] == first[count];
			count++;
		}
	ck_assert_uint_eq(same, 0);
}
END_TEST

START_TEST(streams_are_not_correlated)
{
	enum { COUNT = 50000 };
	struct random weights, data;
	double sum = 0;

	random_seed(&weights, 1, RANDOM_STREAM_WEIGHTS);
	random_seed(&data, 1, RANDOM_STREAM_DATA);
	for (int i = 0; i < COUNT; i++)
		sum += (random_uniform(&weights) - 0.5) *
			(random_uniform(&data) - 0.5) * 12;
	ck_assert_double_lt(fabs(sum / COUNT), 5 / sqrt(COUNT));
}
END_TEST

START_TEST(a_copied_state_resumes)
{
	struct random random, copy;
	size_t different = 0;

	random_seed(&random, 3, RANDOM_STREAM_DATA);
	for (int i = 0; i < 1001; i++) {
		random_uniform(&random);
		random_normal(&random);
	}
	copy = random;
	for (int i = 0; i < 1000; i++) {
		different += random_normal(&random) != random_normal(&copy);
		different += random_uniform(&random) != random_uniform(&copy);
		different += random_next(&random) != random_next(&copy);
	}
	ck_assert_uint_eq(different, 0);
	ck_assert_mem_eq(&random, &copy, sizeof copy);
}
END_TEST

START_TEST(the_zero_state_is_the_only_invalid_one)
{
	struct random random = {{0, 0, 0, 0}};

	ck_assert(!random_is_valid(&random));
	for (int i = 0; i < RANDOM_WORDS; i++) {
		random = (struct random){{0, 0, 0, 0}};
		random.word[i] = UINT64_C(1) << 63;
		ck_assert(random_is_valid(&random));
	}
	for (uint64_t seed = 0; seed < 100; seed++) {
		random_seed(&random, seed, RANDOM_STREAM_WEIGHTS);
		ck_assert(random_is_valid(&random));
	}
}
END_TEST

START_TEST(uniform_numbers_are_uniform_in_0_to_1)
{
	enum { COUNT = 200000, BINS = 20 };
	size_t bin[BINS] = {0}, outside = 0, uneven = 0;
	double sum = 0, square = 0, chi = 0;
	struct random random;

	random_seed(&random, 1, RANDOM_STREAM_DATA);
	for (int i = 0; i < COUNT; i++) {
		double x = random_uniform(&random);

		if (!(x >= 0 && x < 1)) {
			outside++;
			continue;
		}
		/* a multiple of 2^-24, exact in a float */
		uneven += x * 0x1p24 != floor(x * 0x1p24);
		bin[(size_t)(x * BINS)]++;
		sum += x;
		square += x * x;
	}
	ck_assert_uint_eq(outside, 0);
	ck_assert_uint_eq(uneven, 0);
	sum /= COUNT;
	square = square / COUNT - sum * sum;
	ck_assert_double_eq_tol(sum, 0.5, 0.003);
	ck_assert_double_eq_tol(square, 1.0 / 12, 0.001);
	for (int i = 0; i < BINS; i++) {
		double expected = (double)COUNT / BINS;

		chi += pow((double)bin[i] - expected, 2) / expected;
	}
	/*
	 * χ² with 19 degrees of freedom exceeds 50.8 once in ten thousand cases
	 */
	ck_assert_double_lt(chi, 50.8);
}
END_TEST

/* The largest output is just below 1, not rounded up to 1. */
START_TEST(the_largest_uniform_number_is_below_1)
{
	/* s0 + s3, rotated by 23, plus s0: all bits set */
	struct random random = {{0, 1, 1, UINT64_MAX}};

	ck_assert_float_eq(random_uniform(&random), 1 - 0x1p-24f);
}
END_TEST

START_TEST(normal_numbers_drawn_at_once_are_those_drawn_one_by_one)
{
	enum { COUNT = 1000 };
	static const size_t counts[] = {0, 1, 255, 256, 257, COUNT};

	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
		struct random one, all;
		float values[COUNT];

		random_seed(&one, 1, RANDOM_STREAM_WEIGHTS);
		all = one;
		random_normals(&all, counts[i], values);
		for (size_t k = 0; k < counts[i]; k++)
			ck_assert_float_eq(values[k],
				(float)random_normal(&one));
		ck_assert_mem_eq(&one, &all, sizeof one);
	}
}
END_TEST

START_TEST(normal_numbers_have_the_normal_moments)
{
	enum { COUNT = 200000 };
	double moment[5] = {0};
	size_t beyond = 0, infinite = 0;
	struct random random;

	random_seed(&random, 1, RANDOM_STREAM_WEIGHTS);
	for (int i = 0; i < COUNT; i++) {
		double x = random_normal(&random);

		infinite += isfinite(x) ? 0 : 1;
		beyond += fabs(x) > 1.959964;
		for (int k = 1; k <= 4; k++)
			moment[k] += pow(x, k) / COUNT;
	}
	/* five standard errors, each √(variance of x^k / COUNT) */
	ck_assert_uint_eq(infinite, 0);
	ck_assert_double_eq_tol(moment[1], 0, 5 * sqrt(1.0 / COUNT));
	ck_assert_double_eq_tol(moment[2], 1, 5 * sqrt(2.0 / COUNT));
	ck_assert_double_eq_tol(moment[3], 0, 5 * sqrt(15.0 / COUNT));
	ck_assert_double_eq_tol(moment[4], 3, 5 * sqrt(96.0 / COUNT));
	ck_assert_double_eq_tol((double)beyond / COUNT, 0.05,
		5 * sqrt(0.05 * 0.95 / COUNT));
}
END_TEST

/* Softmax of these at temperature T: p ∝ exp(score / T). */
static const float scores[] = {0, 2, -1, 2, -90};

enum { SCORES = sizeof scores / sizeof scores[0] };

static const double temperatures[] = {1, 0.25, 4};

/* The kernel's weights decide nothing that exact weights decide otherwise. */
START_TEST(estimated_samples_are_the_exact_ones)
{
	enum { COUNT = 2000, DRAWS = 20000, WORK = 1000000 };
	static const size_t counts[] = {1, 3, 65, COUNT};
	static const float spreads[] = {0, 1, 30};
	size_t count = counts[_i % 4];
	float some[COUNT], estimate[COUNT];
	double weight[COUNT];
	struct random random, exact;

	random_seed(&random, 7, RANDOM_STREAM_GENERATE);
	random_normals(&random, count, some);
	for (size_t i = 0; i < count; i++)
		some[i] *= spreads[_i / 4];
	for (size_t i = 0; i < DRAWS && i * count < WORK; i++) {
		double temperature = i % 4 == 0 ? 0 : temperatures[i % 4 - 1];

		exact = random;
		ck_assert_uint_eq(sample_softmax_estimated(suite_context()
								   ->kernel,
					  some, count, temperature, &random,
					  weight, estimate),
			sample_softmax(some, count, temperature, &exact,
				weight));
		ck_assert_mem_eq(&random, &exact, sizeof exact);
	}
}
END_TEST

START_TEST(samples_follow_the_softmax)
{
	enum { COUNT = 200000 };
	double temperature = temperatures[_i], sum = 0, weight[SCORES];
	struct random random;
	size_t drawn[SCORES] = {0};

	random_seed(&random, 5, RANDOM_STREAM_GENERATE);
	for (size_t i = 0; i < COUNT; i++)
		drawn[sample_softmax(scores, SCORES, temperature, &random,
			weight)]++;
	for (size_t i = 0; i < SCORES; i++)
		sum += exp(scores[i] / temperature);
	for (size_t i = 0; i < SCORES; i++) {
		double p = exp(scores[i] / temperature) / sum;

		/* five standard errors, and half a draw */
		ck_assert_double_eq_tol((double)drawn[i] / COUNT, p,
			5 * sqrt(p * (1 - p) / COUNT) + 0.5 / COUNT);
	}
}
END_TEST

START_TEST(temperature_0_chooses_the_first_of_the_highest_scores)
{
	struct random random, unused;
	double weight[SCORES];

	random_seed(&random, 5, RANDOM_STREAM_GENERATE);
	unused = random;
	ck_assert_uint_eq(sample_softmax(scores, SCORES, 0, &random, weight),
		1);
	/* no random number is used */
	ck_assert_mem_eq(&random, &unused, sizeof random);
}
END_TEST

static Suite *
random_suite(void)
{
	Suite *suite = suite_create("random");
	TCase *group;

	group = suite_group(suite, "generator", SUITE_SECONDS);
	tcase_add_test(group, the_generator_is_xoshiro256_plus_plus);
	tcase_add_test(group, a_seed_gives_the_recorded_numbers);
	tcase_add_test(group, streams_and_seeds_differ);
	tcase_add_test(group, streams_are_not_correlated);
	tcase_add_test(group, a_copied_state_resumes);
	tcase_add_test(group, the_zero_state_is_the_only_invalid_one);

	group = suite_group(suite, "distributions", SUITE_SECONDS);
	tcase_add_test(group, uniform_numbers_are_uniform_in_0_to_1);
	tcase_add_test(group, the_largest_uniform_number_is_below_1);
	tcase_add_test(group,
		normal_numbers_drawn_at_once_are_those_drawn_one_by_one);
	tcase_add_test(group, normal_numbers_have_the_normal_moments);
	suite_add_loop(group, estimated_samples_are_the_exact_ones, 0, 12);
	suite_add_loop(group, samples_follow_the_softmax, 0, 3);
	tcase_add_test(group,
		temperature_0_chooses_the_first_of_the_highest_scores);
	return suite;
}

int
main(void)
{
	return suite_run(random_suite());
}
