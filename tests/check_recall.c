/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the task recall in the commands: what a network with a memory
 * reaches, and one without; the gap in a saved run.
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

/* The distance of the last point of a CSV sequence from the first. */
static double
distance_of(const char *csv, int points)
{
	double x[8], y[8];

	ck_assert_int_le(points, COUNT(x));
	for (int i = 0; i < points; i++) {
		ck_assert_int_eq(sscanf(csv, "%lf,%lf", &x[i], &y[i]), 2);
		csv = strchr(csv, '\n');
		ck_assert_ptr_nonnull(csv);
		csv++;
	}
	ck_assert_str_eq(csv, "");
	return hypot(x[points - 1] - x[0], y[points - 1] - y[0]);
}

START_TEST(a_memory_recalls_the_point)
{
	json_t *object;
	char *text;

	MUST("train", "--quiet", "--seed", "1", "--task", "recall", "--gap",
		"2", "--learning-rate", "0.01", "--updates", "4000", "m.st");
	object = OBJECT_OF("evaluate", "--json", "--count", "2000", "m.st");
	ck_assert_double_lt(get_number(object, "recall_error"), 0.1);
	ck_assert_int_eq(get_integer(object, "generated"), 4000);
	ck_assert_double_eq_tol(get_number(object, "floor_without_memory"),
		1.0 / 12, 1e-6);
	ck_assert_double_lt(get_number(object, "loss"), 0.02);
	ck_assert_ptr_null(json_object_get(object, "floor"));
	json_decref(object);
	text = OUTPUT_OF("evaluate", "--count", "2000", "m.st");
	ck_assert_ptr_nonnull(strstr(text, "; without memory 1/12 = 0.083333"));
	ck_assert_ptr_nonnull(
		strstr(text, "(median of 4,000 recalls that the model"));
	free(text);
	/* from a point far from the middle */
	text = OUTPUT_OF("generate", "--start", "0.9,0.2", "m.st");
	ck_assert_double_lt(distance_of(text, 4), 0.1);
	free(text);
	text = OUTPUT_OF("generate", "--no-memory", "--start", "0.9,0.2",
		"m.st");
	ck_assert_double_gt(distance_of(text, 4), 0.2);
	free(text);
}
END_TEST

START_TEST(without_a_memory_nothing_is_recalled)
{
	json_t *object;
	char *text;

	MUST("train", "--quiet", "--seed", "1", "--task", "recall", "--gap",
		"2", "--learning-rate", "0.01", "--updates", "4000",
		"--framing", "one-to-one", "m.st");
	object = OBJECT_OF("evaluate", "--json", "--count", "2000", "m.st");
	ck_assert_double_eq_tol(get_number(object, "floor"), 1.0 / 12, 1e-6);
	/* by chance a little less */
	ck_assert_double_gt(get_number(object, "loss"), 0.97 / 12);
	ck_assert_double_gt(get_number(object, "recall_error"), 0.35);
	json_decref(object);
	text = OUTPUT_OF("evaluate", "--count", "2000", "m.st");
	ck_assert_ptr_nonnull(strstr(text, "; floor 1/12 = 0.083333"));
	free(text);
}
END_TEST

/* The errors are of many starts: a single one is the same for each seed. */
START_TEST(errors_are_measured_on_fresh_starts)
{
	json_t *one, *other;

	MUST("train", "--quiet", "--seed", "1", "--task", "recall", "--updates",
		"10", "m.st");
	one = OBJECT_OF("evaluate", "--json", "--seed", "5", "m.st");
	other = OBJECT_OF("evaluate", "--json", "--seed", "6", "m.st");
	ck_assert(get_number(one, "recall_error") !=
		get_number(other, "recall_error"));
	ck_assert_double_eq_tol(get_number(one, "recall_error"),
		get_number(other, "recall_error"), 0.1);
	json_decref(one);
	json_decref(other);
}
END_TEST

START_TEST(a_run_keeps_its_gap)
{
	struct outcome outcome;
	json_t *object;

	MUST("train", "--quiet", "--seed", "1", "--task", "recall", "--gap",
		"3", "--updates", "5", "m.st");
	object = info("m.st");
	ck_assert_int_eq(get_integer(object, "gap"), 3);
	ck_assert_str_eq(get_string(object, "framing"), "sequence");
	json_decref(object);
	object = OBJECT_OF("inspect", "--json", "m.st");
	/* 5 points are 4 steps */
	ck_assert_uint_eq(json_array_size(json_object_get(object, "steps")), 4);
	json_decref(object);
	MUST("train", "--quiet", "--updates", "9", "m.st");
	ck_assert_uint_eq(updates_of("m.st"), 9);
	RUN(&outcome, "train", "--quiet", "--gap", "4", "m.st");
	ck_assert_int_eq(outcome.status, 2);
	ck_assert_ptr_nonnull(
		strstr(outcome.errors, "--gap 4 contradicts the saved run"));
	outcome_release(&outcome);
}
END_TEST

/* A file of a task's own shape has as many points as the gap asks for. */
START_TEST(a_file_must_have_the_gap)
{
	static const char two[] = "0.1,0.2\n0,0\n1,1\n0.1,0.2\n\n"
				  "0.7,0.2\n0,0\n1,1\n0.7,0.2\n";
	struct outcome outcome;

	write_here("two.csv", two);
	MUST("train", "--quiet", "--seed", "1", "--task", "recall", "--gap",
		"2", "--data", "two.csv", "--updates", "5", "m.st");
	RUN(&outcome, "train", "--quiet", "--seed", "1", "--task", "recall",
		"--data", "two.csv", "--updates", "5", "n.st");
	ck_assert_int_eq(outcome.status, 1);
	ck_assert_ptr_nonnull(strstr(outcome.errors, "two.csv"));
	outcome_release(&outcome);
}
END_TEST

static Suite *
recall_suite(void)
{
	Suite *suite = suite_create("recall");
	TCase *group = add_case(suite, "recall");

	tcase_add_test(group, a_memory_recalls_the_point);
	tcase_add_test(group, without_a_memory_nothing_is_recalled);
	tcase_add_test(group, errors_are_measured_on_fresh_starts);
	tcase_add_test(group, a_run_keeps_its_gap);
	tcase_add_test(group, a_file_must_have_the_gap);
	return suite;
}

int
main(void)
{
	return suite_run(recall_suite());
}
