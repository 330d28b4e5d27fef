/*
 * What whole runs come to, over ten fixed seeds: the lesson as it is known.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "run/evaluate.h"
#include "run/generate.h"
#include "run/run.h"
#include "suite.h"

enum { SEEDS = 10, UPDATES = 25000, FRESH = 10000 };

struct result {
	double loss, width, height;
};

static struct result
train(enum framing framing, uint64_t seed)
{
	struct run *run = malloc(sizeof *run);
	struct settings settings;
	struct evaluation evaluation;
	struct generator generator;
	struct result result;
	float points[4 * 2] = {0};
	struct error error;

	ck_assert_ptr_nonnull(run);
	settings_default(&settings);
	settings.framing = framing;
	settings.seed = seed;
	ck_assert(run_create(run, &settings, &error));
	ck_assert_int_eq(run_advance(run, UPDATES, UINT64_MAX, &error),
		RUN_REACHED);
	ck_assert(evaluate_run(run, NULL, FRESH, seed, &evaluation, &error));
	ck_assert(generator_create(&generator, run, seed, &error));
	generator_draw(&generator, 4, points);
	result.loss = evaluation.loss;
	result.width = points[2];
	result.height = points[5];
	generator_destroy(&generator);
	run_destroy(run);
	free(run);
	return result;
}

START_TEST(the_lesson_comes_out_as_it_is_known)
{
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct result result = train(FRAMING_ONE_TO_ONE, seed);

		ck_assert_double_ge(result.loss, 0.100);
		ck_assert_double_le(result.loss, 0.125);
		ck_assert_double_ge(result.width, 0.38);
		ck_assert_double_le(result.width, 0.51);
		ck_assert_double_ge(result.height, 0.33);
		ck_assert_double_le(result.height, 0.49);
	}
}
END_TEST

START_TEST(with_the_state_carried_it_comes_near_the_floor)
{
	double sum = 0;

	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct result result = train(FRAMING_SEQUENCE, seed);

		ck_assert_double_le(result.loss, 0.089);
		sum += result.loss;
	}
	/* no predictor can be better than 1/12 in the mean */
	ck_assert_double_ge(sum / SEEDS, 1.0 / 12);
}
END_TEST

static Suite *
statistics_suite(void)
{
	Suite *suite = suite_create("statistics");
	TCase *group = suite_group(suite, "lesson", SUITE_SECONDS_SLOW);

	tcase_add_test(group, the_lesson_comes_out_as_it_is_known);
	tcase_add_test(group,
		with_the_state_carried_it_comes_near_the_floor);
	return suite;
}

int
main(void)
{
	return suite_run(statistics_suite());
}
