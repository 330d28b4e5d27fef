/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the results of whole runs over ten fixed seeds: the default run has
 * its known results.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "run/evaluate.h"
#include "run/generate.h"
#include "run/run.h"
#include "run/run_private.h"
#include "suite.h"

enum { SEEDS = 10, UPDATES = 25000, FRESH = 10000 };

/*
 * The best predictor's loss of one rectangle is (|w - 1/2| + |h - 1/2|) / 6,
 * with mean 1/12 and variance 2/48 / 36. The mean over fresh rectangles may
 * therefore be below 1/12 by chance; its standard error is FLOOR_ERROR.
 */
#define FLOOR (1.0 / 12)
#define FLOOR_ERROR (sqrt(2.0 / 48 / FRESH) / 6)

struct result {
	double loss, width, height;
};

static struct result
train(const struct framing *framing, uint64_t seed)
{
	struct run *run;
	struct settings settings;
	struct evaluation evaluation;
	struct generator generator;
	struct result result;
	float points[4 * 2] = {0};
	struct error error;

	settings_default(&settings);
	settings.framing = framing;
	settings.seed = seed;
	run = run_create(suite_context(), &settings, NULL, &error);
	ck_assert_msg(run != NULL, "%s", error.text);
	ck_assert_int_eq(run_advance(run, UPDATES, UINT64_MAX, &error),
		RUN_REACHED);
	ck_assert(evaluate_run(run,
		&(struct evaluation_config){.count = FRESH, .seed = seed},
		&evaluation, &error));
	ck_assert(generator_create(&generator, run, seed, &error));
	generator_draw(&generator, 4, points);
	result.loss = evaluation.loss;
	result.width = points[2];
	result.height = points[5];
	generator_destroy(&generator);
	run_destroy(run);
	return result;
}

START_TEST(the_lesson_has_its_known_results)
{
	struct result mean = {0};

	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct result result = train(&framing_one_to_one, seed);

		mean.loss += result.loss / SEEDS;
		mean.width += result.width / SEEDS;
		mean.height += result.height / SEEDS;
		ck_assert_double_ge(result.loss, 0.100);
		ck_assert_double_le(result.loss, 0.125);
		ck_assert_double_ge(result.width, 0.38);
		ck_assert_double_le(result.width, 0.51);
		ck_assert_double_ge(result.height, 0.33);
		ck_assert_double_le(result.height, 0.49);
	}
	/*
	 * standard deviations between seeds: 0.0035, 0.02, 0.03; a third for
	 * the mean
	 */
	ck_assert_double_eq_tol(mean.loss, 0.1075, 0.0045);
	ck_assert_double_eq_tol(mean.width, 0.445, 0.03);
	ck_assert_double_eq_tol(mean.height, 0.41, 0.04);
}
END_TEST

START_TEST(sequence_framing_comes_near_the_floor)
{
	double sum = 0;

	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct result result = train(&framing_sequence, seed);

		ck_assert_double_le(result.loss, 0.089);
		ck_assert_double_ge(result.loss, FLOOR - 4 * FLOOR_ERROR);
		sum += result.loss;
	}
	/* below the floor only by chance */
	ck_assert_double_ge(sum / SEEDS, FLOOR - 4 * FLOOR_ERROR / sqrt(SEEDS));
}
END_TEST

/* Both framings, 10 seeds each: no run ends with a dot, whose error is 1. */
START_TEST(the_rectangle_loss_draws_rectangles)
{
	enum { RECTANGLES = 10 };
	const struct framing *const framings[] = {&framing_one_to_one,
		&framing_sequence};

	for (uint64_t seed = 1; seed <= RECTANGLES; seed++) {
		struct run *run;
		struct settings settings;
		struct generated generated;
		struct error error;

		settings_default(&settings);
		settings.framing = framings[_i];
		settings.loss = &loss_rectangle;
		settings.seed = seed;
		run = run_create(suite_context(), &settings, NULL, &error);
		ck_assert_msg(run != NULL, "%s", error.text);
		ck_assert_int_eq(run_advance(run, UPDATES, UINT64_MAX, &error),
			RUN_REACHED);
		ck_assert(generated_measure(run, seed, &generated, &error));
		ck_assert(!generated.is_degenerate);
		/* a median rectangle has size 0.5 */
		ck_assert_double_gt(generated.size, 0.35);
		ck_assert_double_lt(generated.size, 0.55);
		ck_assert_double_lt(generated.shape_error, 0.02);
		run_destroy(run);
	}
}
END_TEST

static Suite *
statistics_suite(void)
{
	Suite *suite = suite_create("statistics");
	TCase *group = suite_group(suite, "lesson", SUITE_SECONDS_SLOW);

	tcase_add_test(group, the_lesson_has_its_known_results);
	tcase_add_test(group, sequence_framing_comes_near_the_floor);
	suite_add_loop(group, the_rectangle_loss_draws_rectangles, 0, 2);
	return suite;
}

int
main(void)
{
	return suite_run(statistics_suite());
}
