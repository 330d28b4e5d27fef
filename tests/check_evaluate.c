/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of `evaluate` on data: the errors of the model against the steps that
 * `inspect` shows, and those of the predictors without a network against sums
 * over the file.
 */
#include <check.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "here.h"
#include "suite.h"

enum { FEATURES = 2, LENGTH = 12, SEQUENCES = 3, WINDOW = 3 };

#define TOLERANCE 2e-6

static const char *const framings[] = {"one-to-one", "sequence", "many-to-one",
	"one-to-many"};

/* The sequences become shorter, so that a batch of them is padded. */
static int
length_of(int sequence)
{
	return LENGTH - 2 * sequence;
}

/* The numbers of the test's data, of two columns of different sizes. */
static double
number(int seed, int sequence, int i, int column)
{
	int n = (i * i * 3 + i * (5 + sequence) + seed + 7 * column) % 16;

	return column == 0 ? n / 16.0 : n / 8.0 - 1;
}

static void
write_data(const char *name, int seed, int sequences)
{
	char text[8192];
	size_t length = 0;

	for (int k = 0; k < sequences; k++) {
		for (int i = 0; i < length_of(k); i++)
			length += (size_t)snprintf(text + length,
				sizeof text - length, "%.9g,%.9g\n",
				number(seed, k, i, 0), number(seed, k, i, 1));
		length += (size_t)snprintf(text + length, sizeof text - length,
			"\n");
	}
	write_here(name, text);
}

static double
mean_of(int seed, int sequences, int column)
{
	double sum = 0;
	int points = 0;

	for (int k = 0; k < sequences; k++)
		for (int i = 0; i < length_of(k); i++, points++)
			sum += number(seed, k, i, column);
	return sum / points;
}

/* The errors that should be, of one column. */
struct naive {
	double last, mean;
	int points;
};

/*
 * Add |target - prediction| for each target: each point but the first, or those
 * after a window, or for one-to-many each of the window after each point.
 */
static struct naive
naive_of(const char *framing, int seed, int sequences, int column, double mean)
{
	bool writes = strcmp(framing, "one-to-many") == 0;
	int first = strcmp(framing, "many-to-one") == 0 ? WINDOW : 1;
	struct naive naive = {0};

	for (int k = 0; k < sequences; k++)
		for (int i = first; i < length_of(k); i++)
			for (int ahead = 0; ahead < (writes ? WINDOW : 1);
				ahead++) {
				double x;

				if (writes && i - 1 + WINDOW >= length_of(k))
					continue;
				x = number(seed, k, i + ahead, column);
				naive.last += fabs(
					x - number(seed, k, i - 1, column));
				naive.mean += fabs(x - mean);
				naive.points++;
			}
	naive.last /= naive.points;
	naive.mean /= naive.points;
	return naive;
}

static void
train(const char *framing, const char *loss, int sequences)
{
	write_data("d.csv", 1, sequences);
	if (strstr(framing, "many") != NULL)
		MUST("train", "--quiet", "--seed", "1", "--updates", "60",
			"--data", "d.csv", "--task", "points", "--framing",
			framing, "--loss", loss, "--window", "3", "m.st");
	else
		MUST("train", "--quiet", "--seed", "1", "--updates", "60",
			"--data", "d.csv", "--task", "points", "--framing",
			framing, "--loss", loss, "m.st");
}

static double
of_column(const json_t *object, int column, const char *key)
{
	return get_number(json_array_get(json_object_get(object, "columns"),
				  (size_t)column),
		key);
}

/* Compare with the sums over the file. */
static void
expect_naive(const json_t *object, const char *framing, int seed, int sequences,
	const double mean[FEATURES])
{
	double last = 0, by_mean = 0;

	for (int f = 0; f < FEATURES; f++) {
		struct naive naive =
			naive_of(framing, seed, sequences, f, mean[f]);

		ck_assert_double_eq_tol(of_column(object, f, "naive_last"),
			naive.last, TOLERANCE);
		ck_assert_double_eq_tol(of_column(object, f, "naive_mean"),
			naive.mean, TOLERANCE);
		ck_assert_int_eq(get_integer(object, "points"), naive.points);
		last += naive.last / FEATURES;
		by_mean += naive.mean / FEATURES;
	}
	ck_assert_double_eq_tol(get_number(object, "naive_last"), last,
		TOLERANCE);
	ck_assert_double_eq_tol(get_number(object, "naive_mean"), by_mean,
		TOLERANCE);
}

START_TEST(predictors_without_a_network_are_measured_on_the_same_points)
{
	const double mean[] = {mean_of(1, SEQUENCES, 0),
		mean_of(1, SEQUENCES, 1)};
	json_t *object;

	train(framings[_i], "mae", SEQUENCES);
	object = OBJECT_OF("evaluate", "--json", "m.st");
	ck_assert_int_eq(get_integer(object, "count"), SEQUENCES);
	expect_naive(object, framings[_i], 1, SEQUENCES, mean);
	/* nothing is scaled: the error is the loss */
	ck_assert_double_eq_tol(get_number(object, "mae"),
		get_number(object, "loss"), TOLERANCE);
	ck_assert_double_eq_tol((of_column(object, 0, "mae") +
					of_column(object, 1, "mae")) /
			2,
		get_number(object, "mae"), TOLERANCE);
	ck_assert_str_eq(get_string(json_array_get(json_object_get(object,
							   "columns"),
					    1),
				 "name"),
		"y");
	json_decref(object);
}
END_TEST

/* The mean error of the steps of an inspection, in one column. */
static double
error_of_steps(const json_t *inspection, size_t column)
{
	const json_t *step;
	double sum = 0;
	size_t i, count = 0;

	json_array_foreach(json_object_get(inspection, "steps"), i, step)
	{
		const json_t *target = json_object_get(step, "target");

		if (json_is_null(target))
			continue;
		sum += fabs(json_number_value(json_array_get(target, column)) -
			json_number_value(
				json_array_get(json_object_get(step, "output"),
					column)));
		count++;
	}
	return sum / (double)count;
}

static const char *const losses[] = {"mse", "mixture"};

START_TEST(errors_are_those_of_the_outputs)
{
	json_t *object, *inspection;

	train(framings[_i / 2], losses[_i % 2], 1);
	object = OBJECT_OF("evaluate", "--json", "m.st");
	inspection = OBJECT_OF("inspect", "--json", "m.st");
	for (int f = 0; f < FEATURES; f++)
		ck_assert_double_eq_tol(of_column(object, f, "mae"),
			error_of_steps(inspection, (size_t)f), TOLERANCE);
	/* the columns are not alike */
	ck_assert_double_gt(fabs(of_column(object, 0, "mae") -
				    of_column(object, 1, "mae")),
		1e-3);
	json_decref(object);
	json_decref(inspection);
}
END_TEST

/* A test file is compared with the mean of the training data, if they exist. */
START_TEST(a_mean_comes_from_the_training_data)
{
	const double trained[] = {mean_of(1, SEQUENCES, 0),
		mean_of(1, SEQUENCES, 1)};
	const double tested[] = {mean_of(4, 2, 0), mean_of(4, 2, 1)};
	json_t *object;
	char *text;

	ck_assert_double_gt(fabs(trained[0] - tested[0]), 1e-3);
	train("sequence", "mae", SEQUENCES);
	write_data("test.csv", 4, 2);
	object = OBJECT_OF("evaluate", "--json", "--data", "test.csv", "m.st");
	expect_naive(object, "sequence", 4, 2, trained);
	json_decref(object);
	text = OUTPUT_OF("evaluate", "--data", "test.csv", "m.st");
	ck_assert_ptr_nonnull(strstr(text, "the mean of the training data)"));
	free(text);
	/* changed training data are others */
	write_data("d.csv", 2, SEQUENCES);
	object = OBJECT_OF("evaluate", "--json", "--data", "test.csv", "m.st");
	expect_naive(object, "sequence", 4, 2, tested);
	json_decref(object);
	remove_here("d.csv");
	text = OUTPUT_OF("evaluate", "--data", "test.csv", "m.st");
	ck_assert_ptr_nonnull(strstr(text, "the mean of the file)"));
	free(text);
}
END_TEST

/* --count goes on from the first sequence after the last. */
START_TEST(a_file_is_evaluated_once_unless_a_count_is_given)
{
	json_t *once, *again, *part;

	train("sequence", "mae", SEQUENCES);
	once = OBJECT_OF("evaluate", "--json", "m.st");
	again = OBJECT_OF("evaluate", "--json", "--count", "6", "m.st");
	part = OBJECT_OF("evaluate", "--json", "--count", "1", "m.st");
	ck_assert_int_eq(get_integer(once, "points"), 11 + 9 + 7);
	ck_assert_int_eq(get_integer(again, "points"), 2 * (11 + 9 + 7));
	ck_assert_int_eq(get_integer(part, "points"), LENGTH - 1);
	ck_assert_double_eq_tol(get_number(once, "mae"),
		get_number(again, "mae"), TOLERANCE);
	ck_assert_double_gt(fabs(get_number(once, "naive_last") -
				    get_number(part, "naive_last")),
		1e-3);
	json_decref(once);
	json_decref(again);
	json_decref(part);
}
END_TEST

/* Only the held-out part is evaluated, as training validates it. */
START_TEST(what_was_held_out_is_evaluated)
{
	const double mean[] = {mean_of(1, 2, 0), mean_of(1, 2, 1)};
	struct outcome outcome;
	json_t *object;
	char *text, *line;

	write_data("d.csv", 1, SEQUENCES);
	MUST("train", "--quiet", "--seed", "1", "--updates", "60", "--data",
		"d.csv", "--task", "points", "--framing", "sequence",
		"--validation", "0.4", "m.st");
	object = OBJECT_OF("evaluate", "--json", "m.st");
	/* the last of three sequences, and the mean of the first two */
	ck_assert_int_eq(get_integer(object, "count"), 1);
	ck_assert_int_eq(get_integer(object, "points"), length_of(2) - 1);
	for (int f = 0; f < FEATURES; f++) {
		double by_last = 0, by_mean = 0;

		for (int i = 1; i < length_of(2); i++) {
			by_last += fabs(
				number(1, 2, i, f) - number(1, 2, i - 1, f));
			by_mean += fabs(number(1, 2, i, f) - mean[f]);
		}
		ck_assert_double_eq_tol(of_column(object, f, "naive_last"),
			by_last / (length_of(2) - 1), TOLERANCE);
		ck_assert_double_eq_tol(of_column(object, f, "naive_mean"),
			by_mean / (length_of(2) - 1), TOLERANCE);
	}
	text = OUTPUT_OF("info", "m.st");
	/* the setting, and the losses */
	line = strstr(strstr(text, "\nvalidation ") + 1, "\nvalidation ");
	ck_assert_ptr_nonnull(line);
	ck_assert_double_eq_tol(get_number(object, "loss"),
		strtod(line + strlen("\nvalidation "), NULL), TOLERANCE);
	free(text);
	text = OUTPUT_OF("evaluate", "m.st");
	line = strstr(text, "over 7 points held out from training)");
	ck_assert_msg(line != NULL, "%s", text);
	free(text);
	RUN(&outcome, "evaluate", "--count", "3", "m.st");
	expect_usage_error(&outcome, "held out from training");
	outcome_release(&outcome);
	/* given by name, the same file is evaluated completely */
	json_decref(object);
	object = OBJECT_OF("evaluate", "--json", "--data", "d.csv", "m.st");
	ck_assert_int_eq(get_integer(object, "points"), 27);
	json_decref(object);
}
END_TEST

/* Of a single sequence, the end is held out; what precedes it is read. */
START_TEST(the_end_of_a_sequence_is_evaluated)
{
	json_t *object, *inspection, *steps;
	double sum[FEATURES] = {0};

	write_data("d.csv", 1, 1);
	MUST("train", "--quiet", "--seed", "1", "--updates", "60", "--data",
		"d.csv", "--task", "points", "--framing", "sequence",
		"--validation", "0.25", "m.st");
	object = OBJECT_OF("evaluate", "--json", "m.st");
	ck_assert_int_eq(get_integer(object, "points"), 3);
	/* the last three of the eleven steps */
	inspection = OBJECT_OF("inspect", "--json", "m.st");
	steps = json_object_get(inspection, "steps");
	ck_assert_uint_eq(json_array_size(steps), LENGTH - 1);
	for (size_t i = LENGTH - 4; i < LENGTH - 1; i++)
		for (size_t f = 0; f < FEATURES; f++)
			sum[f] += fabs(
				json_number_value(json_array_get(
					json_object_get(json_array_get(steps,
								i),
						"output"),
					f)) -
				number(1, 0, (int)i + 1, (int)f));
	for (int f = 0; f < FEATURES; f++)
		ck_assert_double_eq_tol(of_column(object, f, "mae"), sum[f] / 3,
			TOLERANCE);
	json_decref(object);
	json_decref(inspection);
}
END_TEST

START_TEST(a_file_of_short_sequences_is_refused)
{
	struct outcome outcome;

	train("many-to-one", "mae", 1);
	write_here("short.csv", "0.5,0\n0.25,0\n0.5,0\n0.25,0\n\n0.5,0\n1,1\n");
	for (int i = 0; i < 2; i++) {
		RUN(&outcome, "evaluate", i == 0 ? "--json" : "--count=1",
			"--data", "short.csv", "m.st");
		expect_failure(&outcome, "short.csv");
		ck_assert_ptr_nonnull(strstr(outcome.errors,
			"sequence 2 has 2 points, fewer than the 4"));
		outcome_release(&outcome);
	}
}
END_TEST

/* Shapes from a file have errors too; made ones have not. */
START_TEST(errors_are_those_of_data)
{
	json_t *object;

	write_here("r.csv", "0,0\n0.5,0\n0.5,0.25\n0,0.25\n");
	MUST("train", "--quiet", "--seed", "1", "--updates", "20", "m.st");
	object = OBJECT_OF("evaluate", "--json", "--count", "5", "m.st");
	ck_assert_ptr_null(json_object_get(object, "mae"));
	ck_assert_ptr_null(json_object_get(object, "naive_last"));
	json_decref(object);
	object = OBJECT_OF("evaluate", "--json", "--data", "r.csv", "m.st");
	/* the differences of three pairs of points in two columns */
	ck_assert_double_eq_tol(get_number(object, "naive_last"), 1.25 / 6,
		TOLERANCE);
	ck_assert_double_eq_tol(of_column(object, 0, "naive_last"), 1.0 / 3,
		TOLERANCE);
	/* of the last three points from the means of all, 0.25 and 0.125 */
	ck_assert_double_eq_tol(of_column(object, 0, "naive_mean"), 0.25,
		TOLERANCE);
	ck_assert_double_eq_tol(of_column(object, 1, "naive_mean"), 0.125,
		TOLERANCE);
	ck_assert_ptr_nonnull(json_object_get(object, "rectangle_error"));
	json_decref(object);
}
END_TEST

/* Find the number after a name at the start of a line. */
static double
number_after(const char *text, const char *name, int skipped)
{
	char line[64];
	const char *found;
	char *end;
	double value;

	snprintf(line, sizeof line, "\n%s ", name);
	found = strstr(text, line);
	ck_assert_msg(found != NULL, "no line '%s' in:\n%s", name, text);
	end = (char *)found + strlen(line);
	do
		value = strtod(end, &end);
	while (skipped-- > 0);
	return value;
}

/*
 * The same data in other units: a model of scaled numbers has the errors of
 * the data's units, each column its own.
 */
START_TEST(errors_are_in_the_units_of_the_data)
{
	char text[4096];
	size_t length = (size_t)snprintf(text, sizeof text, "price,volume\n");
	json_t *object, *inspection;
	char *table;

	for (int i = 0; i < LENGTH; i++)
		length += (size_t)snprintf(text + length, sizeof text - length,
			"%.9g,%.9g\n", 1000 + 400 * number(1, 0, i, 0),
			-5 + 8 * number(1, 0, i, 1));
	write_here("units.csv", text);
	MUST("train", "--quiet", "--seed", "1", "--updates", "60", "--data",
		"units.csv", "--task", "points", "--framing", "sequence",
		"m.st");
	object = OBJECT_OF("evaluate", "--json", "m.st");
	inspection = OBJECT_OF("inspect", "--json", "m.st");
	for (int f = 0; f < FEATURES; f++) {
		double unit = f == 0 ? 400 : 8;
		struct naive naive =
			naive_of("sequence", 1, 1, f, mean_of(1, 1, f));

		ck_assert_double_eq_tol(of_column(object, f, "naive_last"),
			unit * naive.last, unit * TOLERANCE);
		ck_assert_double_eq_tol(of_column(object, f, "naive_mean"),
			unit * naive.mean, unit * TOLERANCE);
		ck_assert_double_eq_tol(of_column(object, f, "mae"),
			error_of_steps(inspection, (size_t)f),
			5 * unit * TOLERANCE);
	}
	ck_assert_str_eq(get_string(json_array_get(json_object_get(object,
							   "columns"),
					    1),
				 "name"),
		"volume");
	table = OUTPUT_OF("evaluate", "m.st");
	ck_assert_double_eq_tol(number_after(table, "price", 0),
		of_column(object, 0, "mae"), 1e-5);
	free(table);
	/* the loss is that of the scaled numbers */
	ck_assert_double_lt(get_number(object, "loss"), 3);
	ck_assert_double_gt(get_number(object, "mae"), 3);
	json_decref(object);
	json_decref(inspection);
}
END_TEST

START_TEST(the_text_shows_the_same_numbers)
{
	static const char *const keys[] = {"mae", "naive_last", "naive_mean"};
	json_t *object;
	char *text;

	train("sequence", "mse", SEQUENCES);
	object = OBJECT_OF("evaluate", "--json", "m.st");
	text = OUTPUT_OF("evaluate", "m.st");
	for (int k = 0; k < 3; k++) {
		ck_assert_double_eq_tol(number_after(text, keys[k], 0),
			get_number(object, keys[k]), TOLERANCE);
		ck_assert_double_eq_tol(number_after(text, "x", k),
			of_column(object, 0, keys[k]), TOLERANCE);
		ck_assert_double_eq_tol(number_after(text, "y", k),
			of_column(object, 1, keys[k]), TOLERANCE);
	}
	ck_assert_ptr_nonnull(strstr(text, "over 3 sequences of the file"));
	ck_assert_ptr_nonnull(strstr(text, "over 27 points"));
	free(text);
	json_decref(object);
}
END_TEST

static Suite *
evaluate_suite(void)
{
	Suite *suite = suite_create("evaluate");
	TCase *group = add_case(suite, "data");

	suite_add_loop(group,
		predictors_without_a_network_are_measured_on_the_same_points, 0,
		COUNT(framings));
	suite_add_loop(group, errors_are_those_of_the_outputs, 0,
		2 * COUNT(framings));
	tcase_add_test(group, a_mean_comes_from_the_training_data);
	tcase_add_test(group, a_file_is_evaluated_once_unless_a_count_is_given);
	tcase_add_test(group, what_was_held_out_is_evaluated);
	tcase_add_test(group, the_end_of_a_sequence_is_evaluated);
	tcase_add_test(group, a_file_of_short_sequences_is_refused);
	tcase_add_test(group, errors_are_those_of_data);
	tcase_add_test(group, errors_are_in_the_units_of_the_data);
	tcase_add_test(group, the_text_shows_the_same_numbers);
	return suite;
}

int
main(void)
{
	return suite_run(evaluate_suite());
}
