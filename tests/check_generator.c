/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the generator: the points that it reads and generates, for every
 * cell and framing, against the model in double precision (reference.h) stepped
 * by hand.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "reference.h"
#include "run/generate.h"
#include "run/run.h"
#include "run/run_private.h"
#include "suite.h"

enum { WINDOW = 3, FEATURES = 2, GIVEN = 9, ALL = 17, CELLS = 3, FRAMINGS = 4 };

static struct run *run;
static struct generator generator;
static double *values; /* the weights, in plain layout */
static float given[GIVEN * FEATURES];

/* Change the weights, so that no bias is 0, and copy them. */
static void
shake(void)
{
	struct model *model = &run->state.model;
	size_t total = model->parameters.total;
	float *plain = memory_floats(total);
	struct random random;

	random_seed(&random, 3, RANDOM_STREAM_WEIGHTS);
	values = memory_new(total, sizeof *values);
	model_get_values(model, plain);
	for (size_t i = 0; i < total; i++) {
		plain[i] += (float)(0.3 * random_normal(&random));
		values[i] = plain[i];
	}
	model_set_values(model, plain);
	free(plain);
}

static void
begin(const struct cell *cell, const struct framing *framing,
	const struct loss *loss)
{
	struct settings settings;
	struct random random;
	struct error error;

	settings_default(&settings);
	settings.cell = cell;
	settings.framing = framing;
	settings.loss = loss;
	settings.window = WINDOW;
	settings.seed = 1;
	settings.units = (struct settings_units){.layers = 2, .units = {5, 4}};
	ck_assert_msg(settings_complete(&settings, SETTINGS_ALL, &error), "%s",
		error.text);
	run = run_create(suite_context(), &settings, NULL, &error);
	ck_assert_msg(run != NULL, "%s", error.text);
	ck_assert_uint_eq(run_features(run), FEATURES);
	shake();
	ck_assert(generator_create(&generator, run, 1, &error));
	random_seed(&random, 4, RANDOM_STREAM_DATA);
	for (size_t i = 0; i < GIVEN * FEATURES; i++)
		given[i] = random_uniform(&random);
}

static void
end(void)
{
	generator_destroy(&generator);
	free(values);
	run_destroy(run);
}

/*
 * The prediction of step `step` from inputs[steps, FEATURES], of a model that
 * predicts points.
 */
static void
predict(const float *inputs, size_t steps, size_t step, float *point)
{
	double predictions[ALL * FEATURES];
	float targets[ALL * FEATURES] = {0};
	const struct batch batch = {
		.steps = steps,
		.samples = 1,
		.features = FEATURES,
		.inputs = (float *)inputs, /* only read */
		.targets = targets,
		.predicted = steps,
	};

	reference_loss(&run_model(run)->shape, values, &batch, &loss_mae, NULL,
		NULL, predictions);
	for (size_t f = 0; f < FEATURES; f++)
		point[f] = (float)predictions[step * FEATURES + f];
}

/*
 * Store point `count` after points[count, FEATURES], as the framing defines it.
 * `first` is the point from which one-to-many predicted this window.
 */
static void
step_by_hand(const float *points, size_t count, size_t first, bool no_memory,
	float *point)
{
	const struct framing *framing = run_settings(run)->framing;
	const float *last = points + (count - 1) * FEATURES;
	float repeated[WINDOW * FEATURES];

	if (framing == &framing_one_to_many) {
		for (size_t t = 0; t < WINDOW; t++)
			memcpy(repeated + t * FEATURES,
				points + first * FEATURES,
				FEATURES * sizeof *points);
		predict(repeated, no_memory ? 1 : WINDOW,
			no_memory ? 0 : count - 1 - first, point);
	} else if (framing == &framing_one_to_one || no_memory) {
		predict(last, 1, 0, point);
	} else if (framing == &framing_many_to_one) {
		predict(last - (WINDOW - 1) * FEATURES, WINDOW, WINDOW - 1,
			point);
	} else {
		predict(points, count, count - 1, point);
	}
}

static void
expect_points(const float *points, const float *expected, size_t first,
	size_t count)
{
	for (size_t i = first * FEATURES; i < count * FEATURES; i++)
		EXPECT(fabsf(points[i] - expected[i]) < 2e-5f,
			"number %zu: %.9g for %.9g", i, (double)points[i],
			(double)expected[i]);
}

/* The framing and the cell of a case, and whether memory is cut. */
static void
begin_case(int i)
{
	const struct kind *const *cells = cell_list;
	const struct kind *const *framings = framing_list;

	begin((const struct cell *)cells[i % CELLS],
		(const struct framing *)framings[i / CELLS % FRAMINGS],
		&loss_mae);
	generator.no_memory = i / CELLS / FRAMINGS == 1;
}

/* Read all given points, generate the rest; and the same by hand. */
START_TEST(points_are_read_and_continued)
{
	float points[ALL * FEATURES], expected[ALL * FEATURES];
	size_t first = GIVEN - 1;

	begin_case(_i);
	memcpy(expected, given, sizeof given);
	for (size_t i = GIVEN; i < ALL; i++) {
		if (i - first > WINDOW)
			first = i - 1;
		step_by_hand(expected, i, first, generator.no_memory,
			expected + i * FEATURES);
	}
	generator_reset(&generator);
	generator_read(&generator, given, GIVEN);
	for (size_t i = GIVEN; i < ALL; i++)
		generator_next(&generator, points + i * FEATURES);
	expect_points(points, expected, GIVEN, ALL);
	/* a wrong start would be seen */
	ck_assert(fabsf(expected[GIVEN * FEATURES] -
			  expected[(GIVEN + 1) * FEATURES]) > 1e-3f ||
		generator.no_memory);
	end();
}
END_TEST

/* Each given point is read after the one before it was predicted. */
START_TEST(each_point_is_expected_and_then_given)
{
	size_t starts;

	begin_case(_i);
	starts = framing_start_points(generator.framing);
	generator_reset(&generator);
	generator_read(&generator, given, starts);
	for (size_t i = starts; i < GIVEN; i++) {
		float expected[FEATURES], point[FEATURES], again[FEATURES];

		step_by_hand(given, i, i - 1, generator.no_memory, expected);
		generator_expect(&generator, point);
		expect_points(point, expected, 0, 1);
		/* expecting reads nothing */
		generator_expect(&generator, again);
		ck_assert_mem_eq(again, point, sizeof point);
		generator_read(&generator, given + i * FEATURES, 1);
	}
	end();
}
END_TEST

/* What was generated before given points is read too, but not what was left. */
START_TEST(points_are_given_after_generated_ones)
{
	float points[ALL * FEATURES], expected[FEATURES], point[FEATURES];
	size_t count = GIVEN;

	begin_case(_i);
	memcpy(points, given, sizeof given);
	generator_reset(&generator);
	generator_read(&generator, given, GIVEN);
	generator_next(&generator, points + count++ * FEATURES);
	memcpy(points + count++ * FEATURES, given, sizeof point);
	generator_read(&generator, given, 1);
	generator_next(&generator, point);
	step_by_hand(points, count, count - 1, generator.no_memory, expected);
	expect_points(point, expected, 0, 1);
	end();
}
END_TEST

START_TEST(parts_are_read_as_the_whole)
{
	float whole[FEATURES], parts[FEATURES];

	begin_case(_i);
	generator_reset(&generator);
	generator_read(&generator, given, GIVEN);
	generator_next(&generator, whole);
	generator_reset(&generator);
	for (size_t i = 0; i < GIVEN; i += 2)
		generator_read(&generator, given + i * FEATURES,
			i + 2 <= GIVEN ? 2 : GIVEN - i);
	generator_next(&generator, parts);
	ck_assert_mem_eq(parts, whole, sizeof whole);
	/* and of the whole, the first point matters only with a state */
	generator_reset(&generator);
	generator_read(&generator, given + FEATURES, GIVEN - 1);
	generator_next(&generator, parts);
	ck_assert_int_eq(memcmp(parts, whole, sizeof whole) != 0,
		generator.framing.framing->carries_state &&
			!generator.no_memory);
	end();
}
END_TEST

/* Drawing is reading the start and generating the rest, with the same bits. */
START_TEST(a_sequence_is_drawn_from_its_start)
{
	float points[ALL * FEATURES], drawn[ALL * FEATURES];
	size_t starts;

	begin_case(_i);
	starts = framing_start_points(generator.framing);
	memcpy(drawn, given, sizeof given);
	memcpy(points, given, sizeof given);
	generator_reset(&generator);
	generator_read(&generator, points, starts);
	for (size_t i = starts; i < ALL; i++)
		generator_next(&generator, points + i * FEATURES);
	generator_read(&generator, given, 2);
	generator_draw(&generator, ALL, drawn);
	ck_assert_mem_eq(drawn, points, sizeof points);
	end();
}
END_TEST

/* A fan: every sample goes on from the same state. */
START_TEST(samples_continue_from_the_mark)
{
	enum { SAMPLES = 5, STEPS = 4 };
	float fan[SAMPLES][STEPS * FEATURES], expected[2][FEATURES];
	struct random random;

	begin(&cell_lstm, (const struct framing *)framing_list[_i],
		&loss_mixture);
	generator_reset(&generator);
	generator_read(&generator, given, GIVEN);
	generator_mark(&generator);
	random = generator.random;
	generator_expect(&generator, expected[0]);
	for (size_t k = 0; k < SAMPLES; k++) {
		generator_return(&generator);
		for (size_t i = 0; i < STEPS; i++)
			generator_next(&generator, fan[k] + i * FEATURES);
	}
	ck_assert_mem_ne(fan[0], fan[1], sizeof fan[0]);
	/* the same random numbers, read anew each time */
	generator.random = random;
	for (size_t k = 0; k < SAMPLES; k++) {
		generator_reset(&generator);
		generator_read(&generator, given, GIVEN);
		for (size_t i = 0; i < STEPS; i++) {
			float point[FEATURES];

			generator_next(&generator, point);
			ck_assert_mem_eq(point, fan[k] + i * FEATURES,
				sizeof point);
		}
	}
	/* the most probable component is what temperature 0 takes */
	generator_return(&generator);
	generator.temperature = 0;
	generator_next(&generator, expected[1]);
	ck_assert_mem_eq(expected[1], expected[0], sizeof expected[0]);
	end();
}
END_TEST

/* A mark after one point, before any state. */
START_TEST(a_mark_may_be_at_the_start)
{
	float points[2][FEATURES];

	begin(&cell_gru, &framing_sequence, &loss_mae);
	generator_reset(&generator);
	generator_read(&generator, given, 1);
	generator_mark(&generator);
	for (int k = 0; k < 2; k++) {
		for (int i = 0; i < 3; i++)
			generator_next(&generator, points[k]);
		generator_return(&generator);
	}
	ck_assert_mem_eq(points[1], points[0], sizeof points[0]);
	end();
}
END_TEST

static Suite *
generator_suite(void)
{
	Suite *suite = suite_create("generator");
	TCase *group = suite_group(suite, "generator", SUITE_SECONDS);
	const int cases = 2 * CELLS * FRAMINGS;

	suite_add_loop(group, points_are_read_and_continued, 0, cases);
	suite_add_loop(group, each_point_is_expected_and_then_given, 0, cases);
	suite_add_loop(group, points_are_given_after_generated_ones, 0, cases);
	suite_add_loop(group, parts_are_read_as_the_whole, 0, cases);
	suite_add_loop(group, a_sequence_is_drawn_from_its_start, 0, cases);
	suite_add_loop(group, samples_continue_from_the_mark, 0, FRAMINGS);
	tcase_add_test(group, a_mark_may_be_at_the_start);
	return suite;
}

int
main(void)
{
	return suite_run_kernels(generator_suite);
}
