/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of framings: the inputs, targets and masks of batches made from
 * sequences.
 */
#include <stdint.h>
#include <string.h>

#include "suite.h"
#include "task/framing.h"

enum { LONGEST = 4, FEATURES = 2, COUNT = 3 };

/* Sequences of 4, 2 and 3 points. Feature f of point i is 100 k + 10 i + f. */
static const size_t lengths[COUNT] = {4, 2, 3};
static float points[COUNT * LONGEST * FEATURES];

enum { WINDOW = 2 };

static struct framing_config
form_of(const struct framing *framing)
{
	return (struct framing_config){framing, WINDOW};
}

static float
number(size_t k, size_t i, size_t f)
{
	return (float)(100 * (k + 1) + 10 * i + f);
}

static void
fill(const struct framing *framing, struct batch *batch)
{
	struct error error;

	for (size_t k = 0; k < COUNT; k++)
		for (size_t i = 0; i < LONGEST; i++)
			for (size_t f = 0; f < FEATURES; f++)
				points[(k * LONGEST + i) * FEATURES + f] =
					i < lengths[k] ? number(k, i, f) : -1;
	ck_assert(framing_create(form_of(framing), COUNT, LONGEST, FEATURES,
		batch, &error));
	framing_fill(form_of(framing), COUNT, LONGEST, lengths, points, batch);
}

/* Assert that step t of sample s has input point i and target point i + 1. */
static void
expect_pair(const struct batch *batch, size_t t, size_t s, size_t k, size_t i)
{
	for (size_t f = 0; f < FEATURES; f++) {
		size_t at = (t * batch->samples + s) * FEATURES + f;

		ck_assert_float_eq(batch->inputs[at], number(k, i, f));
		ck_assert_float_eq(batch->targets[at], number(k, i + 1, f));
	}
}

START_TEST(one_to_one_makes_a_sample_of_each_pair)
{
	struct batch batch;
	size_t s = 0;

	fill(&framing_one_to_one, &batch);
	ck_assert_uint_eq(batch.steps, 1);
	ck_assert_uint_eq(batch.samples, 3 + 1 + 2);
	ck_assert_uint_eq(batch.features, FEATURES);
	ck_assert_uint_eq(batch.predicted, 6);
	ck_assert_uint_eq(batch.first_target, 0);
	ck_assert_ptr_null(batch.mask);
	for (size_t k = 0; k < COUNT; k++)
		for (size_t i = 0; i + 1 < lengths[k]; i++)
			expect_pair(&batch, 0, s++, k, i);
	batch_destroy(&batch);
}
END_TEST

START_TEST(sequence_makes_a_sample_of_each_sequence)
{
	struct batch batch;

	fill(&framing_sequence, &batch);
	ck_assert_uint_eq(batch.steps, LONGEST - 1);
	ck_assert_uint_eq(batch.samples, COUNT);
	ck_assert_uint_eq(batch.features, FEATURES);
	ck_assert_uint_eq(batch.predicted, 6);
	ck_assert_uint_eq(batch.first_target, 0);
	for (size_t k = 0; k < COUNT; k++)
		for (size_t t = 0; t + 1 < LONGEST; t++) {
			size_t at = t * COUNT + k;
			bool counts = t + 1 < lengths[k];

			ck_assert_float_eq(batch.mask[at], counts ? 1 : 0);
			if (counts) {
				expect_pair(&batch, t, k, k, t);
				continue;
			}
			for (size_t f = 0; f < FEATURES; f++)
				ck_assert_float_eq(batch.inputs[at * FEATURES +
							   f],
					0);
		}
	batch_destroy(&batch);
}
END_TEST

/* A batch contains no values of an earlier, longer batch. */
START_TEST(a_batch_can_be_filled_again)
{
	const size_t shorter[] = {2, 3};
	struct batch batch;

	fill(&framing_sequence, &batch);
	framing_fill(form_of(&framing_sequence), 2, LONGEST, shorter, points,
		&batch);
	ck_assert_uint_eq(batch.steps, 2);
	ck_assert_uint_eq(batch.samples, 2);
	ck_assert_uint_eq(batch.predicted, 3);
	ck_assert_float_eq(batch.mask[0], 1);
	ck_assert_float_eq(batch.mask[1], 1);
	ck_assert_float_eq(batch.mask[2], 0);
	ck_assert_float_eq(batch.mask[3], 1);
	ck_assert_float_eq(batch.inputs[2 * FEATURES], 0);
	expect_pair(&batch, 0, 0, 0, 0);
	framing_fill(form_of(&framing_sequence), COUNT, LONGEST, lengths,
		points, &batch);
	ck_assert_uint_eq(batch.samples, COUNT);
	ck_assert_uint_eq(batch.predicted, 6);
	expect_pair(&batch, 2, 0, 0, 2);
	batch_destroy(&batch);
}
END_TEST

/* The sequence of two points is too short for a window of two. */
static void
fill_windows(const struct framing *framing, struct batch *batch)
{
	static const size_t long_enough[2] = {4, 3};
	struct error error;

	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < LONGEST; i++)
			for (size_t f = 0; f < FEATURES; f++)
				points[(k * LONGEST + i) * FEATURES + f] =
					number(k, i, f);
	ck_assert(framing_create(form_of(framing), 2, LONGEST, FEATURES, batch,
		&error));
	framing_fill(form_of(framing), 2, LONGEST, long_enough, points, batch);
	ck_assert_uint_eq(batch->steps, WINDOW);
	ck_assert_uint_eq(batch->samples, 2 + 1);
}

static void
expect_point(const struct batch *batch, const float *array, size_t t, size_t s,
	size_t k, size_t i)
{
	for (size_t f = 0; f < FEATURES; f++)
		ck_assert_float_eq(array[(t * batch->samples + s) * FEATURES +
					   f],
			number(k, i, f));
}

START_TEST(many_to_one_predicts_the_point_after_a_window)
{
	static const size_t from[3][2] = {{0, 0}, {0, 1}, {1, 0}};
	struct batch batch;

	fill_windows(&framing_many_to_one, &batch);
	ck_assert_uint_eq(batch.first_target, WINDOW - 1);
	ck_assert_uint_eq(batch.predicted, 3);
	for (size_t s = 0; s < 3; s++) {
		size_t k = from[s][0], i = from[s][1];

		expect_point(&batch, batch.inputs, 0, s, k, i);
		expect_point(&batch, batch.inputs, 1, s, k, i + 1);
		expect_point(&batch, batch.targets, 1, s, k, i + 2);
	}
	batch_destroy(&batch);
}
END_TEST

START_TEST(one_to_many_predicts_all_points_after_a_point)
{
	static const size_t from[3][2] = {{0, 0}, {0, 1}, {1, 0}};
	struct batch batch;

	fill_windows(&framing_one_to_many, &batch);
	ck_assert_uint_eq(batch.first_target, 0);
	ck_assert_uint_eq(batch.predicted, 3 * WINDOW);
	for (size_t s = 0; s < 3; s++)
		for (size_t t = 0; t < WINDOW; t++) {
			size_t k = from[s][0], i = from[s][1];

			expect_point(&batch, batch.inputs, t, s, k, i);
			expect_point(&batch, batch.targets, t, s, k, i + 1 + t);
		}
	batch_destroy(&batch);
}
END_TEST

START_TEST(a_batch_is_measured_without_being_filled)
{
	for (size_t length = 2; length < 10; length++) {
		size_t steps, samples;

		framing_measure(form_of(&framing_one_to_one), length, &steps,
			&samples);
		ck_assert_uint_eq(steps, 1);
		ck_assert_uint_eq(samples, length - 1);
		framing_measure(form_of(&framing_sequence), length, &steps,
			&samples);
		ck_assert_uint_eq(steps, length - 1);
		ck_assert_uint_eq(samples, 1);
	}
}
END_TEST

START_TEST(the_longest_batch_fits_into_the_reserved_memory)
{
	enum { MANY = 9, LONG = 13, WIDE = 5 };
	static float all[MANY * LONG * WIDE];
	size_t full[MANY];

	for (size_t k = 0; k < MANY; k++)
		full[k] = LONG;
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		all[i] = (float)i;
	/* AddressSanitizer and valgrind detect writes past the end */
	for (size_t f = 0; framing_list[f] != NULL; f++) {
		const struct framing *framing =
			(const struct framing *)framing_list[f];
		struct batch batch;
		struct error error;

		ck_assert(framing_create(form_of(framing), MANY, LONG, WIDE,
			&batch, &error));
		framing_fill(form_of(framing), MANY, LONG, full, all, &batch);
		ck_assert_uint_eq(batch.predicted,
			MANY *
				(framing == &framing_many_to_one ? LONG - WINDOW
						: framing ==
							&framing_one_to_many
						? (LONG - WINDOW) * WINDOW
						: LONG - 1));
		batch_destroy(&batch);
	}
}
END_TEST

START_TEST(absurd_sizes_are_refused)
{
	for (size_t f = 0; framing_list[f] != NULL; f++) {
		const struct framing *framing =
			(const struct framing *)framing_list[f];
		struct batch batch;
		struct error error;

		ck_assert(!framing_create(form_of(framing), SIZE_MAX / 2, 4, 2,
			&batch, &error));
		ck_assert(!framing_create(form_of(framing), 2, SIZE_MAX / 4, 4,
			&batch, &error));
		ck_assert(!framing_create(form_of(framing), 1, 4, SIZE_MAX,
			&batch, &error));
		batch_destroy(&batch); /* a failed batch can be destroyed */
	}
}
END_TEST

START_TEST(framings_have_names_and_summaries)
{
	ck_assert_ptr_eq(kind_find(framing_list, "one-to-one"),
		&framing_one_to_one.kind);
	ck_assert_ptr_eq(kind_find(framing_list, "sequence"),
		&framing_sequence.kind);
	for (size_t f = 0; framing_list[f] != NULL; f++)
		ck_assert_ptr_nonnull(framing_list[f]->summary);
	ck_assert(!framing_one_to_one.carries_state);
	ck_assert(framing_sequence.carries_state);
}
END_TEST

static Suite *
framing_suite(void)
{
	Suite *suite = suite_create("framing");
	TCase *group = suite_group(suite, "framing", SUITE_SECONDS);

	tcase_add_test(group, one_to_one_makes_a_sample_of_each_pair);
	tcase_add_test(group, sequence_makes_a_sample_of_each_sequence);
	tcase_add_test(group, a_batch_can_be_filled_again);
	tcase_add_test(group, many_to_one_predicts_the_point_after_a_window);
	tcase_add_test(group, one_to_many_predicts_all_points_after_a_point);
	tcase_add_test(group, a_batch_is_measured_without_being_filled);
	tcase_add_test(group, the_longest_batch_fits_into_the_reserved_memory);
	tcase_add_test(group, absurd_sizes_are_refused);
	tcase_add_test(group, framings_have_names_and_summaries);
	return suite;
}

int
main(void)
{
	return suite_run(framing_suite());
}
