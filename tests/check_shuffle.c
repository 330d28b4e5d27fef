/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of --shuffle: the orders of the passes are uniform random permutations,
 * a run takes its training sequences in these orders, and continues exactly
 * from any place of a pass.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "here.h"
#include "run/run_private.h"
#include "run_to.h"
#include "session/model_file.h"
#include "suite.h"
#include "task/shuffle.h"

/* ---------------------------------------------------------------------- */
/* orders */

enum { SEED = 7 };

START_TEST(each_order_is_a_permutation)
{
	static const uint64_t large[] = {255, 256, 257, 1000, 4096, 4097,
		100000};
	uint64_t count = _i <= 70 ? (uint64_t)_i : large[_i - 71];
	unsigned char *seen = calloc(count, 1);

	ck_assert_ptr_nonnull(seen);
	for (uint64_t pass = 0; pass < 4; pass++) {
		memset(seen, 0, count);
		for (uint64_t i = 0; i < count; i++) {
			uint64_t at = shuffle_at(SEED, pass, count, i);

			EXPECT(at < count && !seen[at],
				"%llu of %llu occurs twice",
				(unsigned long long)at,
				(unsigned long long)count);
			seen[at] = 1;
		}
	}
	free(seen);
}
END_TEST

/*
 * Assert that the counts of `cells` equally probable cells do not deviate more
 * than the sum of their squared deviations almost always does.
 */
static void
expect_uniform(const unsigned *counts, size_t cells, double freedom)
{
	double total = 0, expected, sum = 0;

	for (size_t i = 0; i < cells; i++)
		total += counts[i];
	expected = total / (double)cells;
	for (size_t i = 0; i < cells; i++)
		sum += (counts[i] - expected) * (counts[i] - expected) /
			expected;
	ck_assert_msg(fabs(sum - freedom) < 4.5 * sqrt(2 * freedom) + 4,
		"chi-squared %g with %g degrees of freedom", sum, freedom);
}

/* The number of an order of `count` numbers among all of them. */
static size_t
number_of_order(uint64_t pass, uint64_t count)
{
	size_t number = 0;

	for (uint64_t i = 0; i < count; i++) {
		uint64_t at = shuffle_at(SEED, pass, count, i), smaller = 0;

		for (uint64_t k = i + 1; k < count; k++)
			smaller += shuffle_at(SEED, pass, count, k) < at;
		number = number * (count - i) + smaller;
	}
	return number;
}

/* _i: numbers in an order, 2 to 5. */
START_TEST(all_orders_of_few_are_equally_frequent)
{
	unsigned times[120] = {0};
	size_t orders = 1;

	for (int i = 2; i <= _i; i++)
		orders *= (size_t)i;
	for (uint64_t pass = 0; pass < 24000; pass++)
		times[number_of_order(pass, (uint64_t)_i)]++;
	expect_uniform(times, orders, (double)orders - 1);
}
END_TEST

static const uint64_t sizes[] = {7, 16, 17, 37, 64};

START_TEST(each_number_is_equally_often_at_each_place)
{
	uint64_t count = sizes[_i];
	unsigned times[64 * 64] = {0};

	for (uint64_t pass = 0; pass < 12000; pass++)
		for (uint64_t i = 0; i < count; i++)
			times[i * count + shuffle_at(SEED, pass, count, i)]++;
	expect_uniform(times, count * count,
		(double)((count - 1) * (count - 1)));
}
END_TEST

START_TEST(neighbours_are_independent)
{
	uint64_t count = sizes[_i];
	unsigned times[64] = {0};

	for (uint64_t pass = 0; pass < 6000; pass++)
		for (uint64_t i = 0; i + 1 < count; i++) {
			uint64_t one = shuffle_at(SEED, pass, count, i);
			uint64_t next = shuffle_at(SEED, pass, count, i + 1);

			times[(next + count - one) % count]++;
		}
	ck_assert_uint_eq(times[0], 0);
	expect_uniform(times + 1, count - 1, (double)count - 2);
}
END_TEST

/* Mean number of places at which two orders of 50 agree: 1 if independent. */
static double
agreement(uint64_t seed_step, uint64_t pass_step)
{
	enum { TIMES = 4000, ITEMS = 50 };
	unsigned same = 0;

	for (uint64_t k = 0; k < TIMES; k++)
		for (uint64_t i = 0; i < ITEMS; i++)
			same += shuffle_at(k, 3, ITEMS, i) ==
				shuffle_at(k + seed_step, 3 + pass_step, ITEMS,
					i);
	return (double)same / TIMES;
}

START_TEST(orders_of_passes_and_of_seeds_are_independent)
{
	/* 4.5 standard deviations of a mean of 4000 numbers of variance 1 */
	ck_assert_double_eq_tol(agreement(0, 1), 1, 0.072);
	ck_assert_double_eq_tol(agreement(1, 0), 1, 0.072);
	ck_assert_double_eq_tol(agreement(1, 1), 1, 0.072);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* runs */

/* Sequences whose first number is their index. */
enum { SEQUENCES = 7 };

static void
write_sequences(void)
{
	char text[400] = "";

	for (int i = 0; i < SEQUENCES; i++)
		snprintf(text + strlen(text), sizeof text - strlen(text),
			"%d\n0.%d\n0.%d\n\n", i, i + 1, 9 - i);
	write_here("data.csv", text);
}

static struct run *
begin(bool shuffles, const char *batch, const char *seed)
{
	const struct {
		const struct setting *setting;
		const char *text;
	} chosen[] = {{&setting_task, "points"}, {&setting_units, "3"},
		{&setting_framing, "sequence"}, {&setting_batch, batch},
		{&setting_seed, seed}, {&setting_learning_rate, "0.01"},
		{&setting_scale, "none"},
		{&setting_shuffle, shuffles ? "yes" : "no"}};
	struct settings settings;
	settings_mask given = 0;
	char path[FOLDER_PATH_SIZE];
	struct error error;
	struct run *run;

	settings_default(&settings);
	for (int i = 0; i < COUNT(chosen); i++) {
		ck_assert(setting_parse(chosen[i].setting, &settings,
			chosen[i].text, &error));
		given |= settings_bit(chosen[i].setting);
	}
	ck_assert(setting_parse(&setting_data, &settings,
		path_here(path, "data.csv"), &error));
	ck_assert(settings_complete(&settings, given, &error));
	run = run_create(suite_context(), &settings, NULL, &error);
	ck_assert_msg(run != NULL, "%s", error.text);
	return run;
}

static void
advance(struct run *run, uint64_t updates)
{
	struct error error;

	ck_assert_msg(run_to(run, updates, &error) == RUN_REACHED, "%s",
		error.text);
}

/* The indices of the sequences that a run of batch 1 takes. */
static void
indices(struct run *run, size_t *taken, size_t count)
{
	size_t length;

	for (size_t i = 0; i < count; i++) {
		advance(run, run_updates(run) + 1);
		taken[i] = (size_t)run_last_sequence(run, &length)[0];
		ck_assert_uint_eq(length, 3);
	}
}

START_TEST(a_run_takes_each_sequence_once_in_each_pass)
{
	enum { PASSES = 6 };
	size_t taken[PASSES * SEQUENCES];
	unsigned same = 0, in_order = 0;
	struct run *run;

	write_sequences();
	run = begin(true, "1", "5");
	indices(run, taken, PASSES * SEQUENCES);
	for (size_t pass = 0; pass < PASSES; pass++) {
		const size_t *one = taken + pass * SEQUENCES;
		unsigned seen = 0;

		for (size_t i = 0; i < SEQUENCES; i++) {
			ck_assert_uint_eq(one[i],
				shuffle_at(5, pass, SEQUENCES, i));
			seen |= 1U << one[i];
			in_order += one[i] == i;
			same += pass > 0 && one[i] == one[i - SEQUENCES];
		}
		ck_assert_uint_eq(seen, (1U << SEQUENCES) - 1);
	}
	ck_assert_uint_lt(same, (PASSES - 1) * SEQUENCES / 2);
	ck_assert_uint_lt(in_order, PASSES * SEQUENCES / 2);
	run_destroy(run);
}
END_TEST

START_TEST(without_shuffle_a_run_takes_the_order_of_the_file)
{
	size_t taken[2 * SEQUENCES];
	struct run *run;

	write_sequences();
	run = begin(false, "1", "5");
	indices(run, taken, 2 * SEQUENCES);
	for (size_t i = 0; i < 2 * SEQUENCES; i++)
		ck_assert_uint_eq(taken[i], i % SEQUENCES);
	run_destroy(run);
}
END_TEST

/* Train through a file, written after `part` updates. */
static struct run *
through_file(const char *batch, uint64_t part, uint64_t updates)
{
	struct run *run = begin(true, batch, "5");
	char path[FOLDER_PATH_SIZE];
	struct error error;

	advance(run, part);
	path_here(path, "m.st");
	ck_assert(model_file_write(run_get_state(run), path, &error));
	run_destroy(run);
	run = model_file_open(suite_context(), path, &error);
	ck_assert_msg(run != NULL, "%s", error.text);
	ck_assert_msg(run_prepare(run, &error), "%s", error.text);
	advance(run, updates);
	return run;
}

static const char *const batches[] = {"1", "3", "20"};

START_TEST(a_run_continues_exactly_amid_a_pass)
{
	const char *batch = batches[_i];
	struct run *whole;

	write_sequences();
	whole = begin(true, batch, "5");
	advance(whole, 25);
	for (uint64_t part = 1; part < 25; part += 4) {
		struct run *run = through_file(batch, part, 25);
		const char *differs = run_state_difference(run_get_state(whole),
			run_get_state(run));

		ck_assert_msg(differs == NULL, "after %llu: %s",
			(unsigned long long)part, differs);
		run_destroy(run);
	}
	run_destroy(whole);
}
END_TEST

START_TEST(the_order_follows_the_seed)
{
	size_t one[3 * SEQUENCES], other[3 * SEQUENCES];
	struct error error;
	struct run *run;

	write_sequences();
	run = begin(true, "1", "5");
	indices(run, one, 3 * SEQUENCES);
	ck_assert(run_reset(run, 5, NULL, &error));
	indices(run, other, 3 * SEQUENCES);
	ck_assert_mem_eq(one, other, sizeof one);
	ck_assert(run_reset(run, 6, NULL, &error));
	indices(run, other, 3 * SEQUENCES);
	ck_assert_mem_ne(one, other, sizeof one);
	run_destroy(run);
}
END_TEST

START_TEST(a_run_recalls_what_it_learnt_last)
{
	enum { LAST = 12, UPDATES = 16 };
	size_t taken[UPDATES], lengths[LAST];
	float points[LAST * 3];
	struct run *run;

	write_sequences();
	run = begin(true, "1", "5");
	indices(run, taken, UPDATES);
	ck_assert_uint_eq(run_recall(run, LAST, points, lengths), LAST);
	for (size_t i = 0; i < LAST; i++)
		ck_assert_uint_eq((size_t)points[3 * i],
			taken[UPDATES - 1 - i]);
	run_destroy(run);
}
END_TEST

/* A file of an older version does not count passes. */
START_TEST(a_file_without_passes_continues_in_order)
{
	char path[FOLDER_PATH_SIZE];
	size_t taken[SEQUENCES];
	struct tensors file;
	struct error error;
	struct run *run;

	write_sequences();
	run = begin(false, "1", "5");
	advance(run, SEQUENCES + 2);
	path_here(path, "m.st");
	ck_assert(model_file_write(run_get_state(run), path, &error));
	run_destroy(run);
	read_tensors_here(&file, "m.st");
	ck_assert_str_eq(tensors_metadata(&file, "version"), "1");
	ck_assert_str_eq(tensors_metadata(&file, "passes"), "1");
	ck_assert_int_eq(json_object_del(json_object_get(file.header,
						 "__metadata__"),
				 "passes"),
		0);
	tensors_write(&file, path);
	tensors_release(&file);
	run = model_file_open(suite_context(), path, &error);
	ck_assert_msg(run != NULL, "%s", error.text);
	ck_assert(run_prepare(run, &error));
	indices(run, taken, SEQUENCES);
	for (size_t i = 0; i < SEQUENCES; i++)
		ck_assert_uint_eq(taken[i], (i + 2) % SEQUENCES);
	run_destroy(run);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* the program */

START_TEST(the_program_shuffles_by_the_seed_alone)
{
	char *one, *same, *other, *resumed, *in_order;

	write_sequences();
#define TRAIN(...)                                                        \
	OUTPUT_OF("train", "--task=points", "--data=data.csv", "--quiet", \
		"--log=-", "--units=2", __VA_ARGS__)
	one = TRAIN("--seed=1", "--updates=40", "--shuffle");
	same = TRAIN("--seed=1", "--updates=40", "--shuffle");
	other = TRAIN("--seed=2", "--updates=40", "--shuffle");
	in_order = TRAIN("--seed=1", "--updates=40");
	free(TRAIN("--seed=1", "--updates=17", "--shuffle", "m.st"));
	resumed = OUTPUT_OF("train", "--quiet", "--log=-", "--updates=40",
		"m.st");
#undef TRAIN
	ck_assert_str_eq(one, same);
	ck_assert_str_ne(one, other);
	ck_assert_str_ne(one, in_order);
	ck_assert_ptr_nonnull(strstr(one, "\n{\"update\":18,"));
	ck_assert_str_eq(strstr(one, "\n{\"update\":18,") + 1, resumed);
	free(one);
	free(same);
	free(other);
	free(in_order);
	free(resumed);
}
END_TEST

START_TEST(shuffle_without_an_effect_is_refused)
{
	struct outcome outcome;

	write_here("one.csv", "0\n1\n2\n");
	RUN(&outcome, "train", "--task=points", "--data=one.csv", "--shuffle");
	expect_usage_error(&outcome,
		"one.csv: --shuffle has no effect: there is a single training "
		"sequence");
	outcome_release(&outcome);
	RUN(&outcome, "train", "--shuffle");
	expect_usage_error(&outcome, "--shuffle: has no effect without --data");
	outcome_release(&outcome);
	write_sequences();
	MUST("train", "--quiet", "--updates=3", "--task=points",
		"--data=data.csv", "m.st");
	RUN(&outcome, "train", "--shuffle", "m.st");
	expect_usage_error(&outcome, "--shuffle yes contradicts");
	outcome_release(&outcome);
}
END_TEST

static Suite *
shuffle_suite(void)
{
	Suite *suite = suite_create("shuffle");
	TCase *orders = suite_group(suite, "orders", SUITE_SECONDS);
	TCase *runs = add_case(suite, "runs");

	suite_add_loop(orders, each_order_is_a_permutation, 1, 78);
	suite_add_loop(orders, all_orders_of_few_are_equally_frequent, 2, 6);
	suite_add_loop(orders, each_number_is_equally_often_at_each_place, 0,
		COUNT(sizes));
	suite_add_loop(orders, neighbours_are_independent, 0, COUNT(sizes));
	tcase_add_test(orders, orders_of_passes_and_of_seeds_are_independent);
	tcase_add_test(runs, a_run_takes_each_sequence_once_in_each_pass);
	tcase_add_test(runs, without_shuffle_a_run_takes_the_order_of_the_file);
	suite_add_loop(runs, a_run_continues_exactly_amid_a_pass, 0,
		COUNT(batches));
	tcase_add_test(runs, the_order_follows_the_seed);
	tcase_add_test(runs, a_run_recalls_what_it_learnt_last);
	tcase_add_test(runs, a_file_without_passes_continues_in_order);
	tcase_add_test(runs, the_program_shuffles_by_the_seed_alone);
	tcase_add_test(runs, shuffle_without_an_effect_is_refused);
	return suite;
}

int
main(void)
{
	return suite_run(shuffle_suite());
}
