/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of data whose later lines differ from those that decide how the file is
 * read, of very wide data, and of sweeps over data.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "here.h"
#include "suite.h"

enum { LINES = 1200, WIDE = 3000, TEXT_SIZE = 1 << 17 };

static char text[TEXT_SIZE];
static size_t length;

static void
add_text(const char *more)
{
	size_t size = strlen(more);

	ck_assert_uint_lt(length + size + 1, TEXT_SIZE);
	memcpy(text + length, more, size + 1);
	length += size;
}

static void
write_data(void)
{
	write_here("d.csv", text);
}

static void
begin(void)
{
	text[0] = '\0';
	length = 0;
}

#define TRAIN(...)                                                      \
	MUST("train", "--quiet", "--task", "points", "--data", "d.csv", \
		"--framing", "sequence", "--units", "2", "--seed", "1", \
		__VA_ARGS__)

/* _i 0: all columns; 1: an open range of them. */
START_TEST(a_longer_sequence_after_the_first_lines_is_read_whole)
{
	char *said;
	struct outcome outcome;

	begin();
	for (int i = 0; i < LINES; i++)
		add_text("1,2,3\n");
	add_text("1,2,3,4,5\n");
	write_data();
	RUN(&outcome, "train", "--task", "points", "--data", "d.csv",
		"--layout", "series", "--columns", _i == 0 ? "1-" : "2-",
		"--updates", "1", "--seed", "1", "m.st");
	expect_status(&outcome, 0);
	said = strstr(outcome.errors, " sequences of up to ");
	ck_assert_msg(said != NULL, "%s", outcome.errors);
	ck_assert_int_eq(atoi(said + strlen(" sequences of up to ")), 5 - _i);
	outcome_release(&outcome);
	if (_i == 1)
		return;
	TRAIN("--layout", "series", "--updates", "1", "n.st");
	said = OUTPUT_OF("info", "n.st");
	ck_assert_msg(strstr(said, "up to 5 points") != NULL, "%s", said);
	free(said);
}
END_TEST

/* A model of a file with thousands of columns can be read again. */
START_TEST(a_model_of_wide_data_is_read_again)
{
	begin();
	for (int line = 0; line < 3; line++)
		for (int i = 0; i < WIDE; i++)
			add_text(i < WIDE - 1       ? "1,"
					: line == 0 ? "1\n"
						    : "2\n");
	write_data();
	TRAIN("--columns", "1-3", "--updates", "1", "m.st");
	free(OUTPUT_OF("info", "m.st"));
	free(OUTPUT_OF("generate", "m.st"));
	TRAIN("--updates", "2", "m.st");
	ck_assert_uint_eq(updates_of("m.st"), 2);
}
END_TEST

/* A comma at the end of the first line of data does not shift the names. */
START_TEST(names_are_not_shifted_by_a_comma_at_the_end)
{
	struct outcome outcome;

	begin();
	add_text("a,b,c\n1,2,30,\n4,5,60,note\n5,5,70,\n");
	write_data();
	RUN(&outcome, "train", "--task", "points", "--data", "d.csv",
		"--columns", "c", "--updates", "1", "--seed", "1", "m.st");
	expect_status(&outcome, 0);
	ck_assert_msg(strstr(outcome.errors, "c: 30 to 70") != NULL, "%s",
		outcome.errors);
	outcome_release(&outcome);
}
END_TEST

/* A constant with rounding errors is not scaled up to noise. */
START_TEST(a_constant_with_rounding_errors_has_the_factor_1)
{
	char *said;

	begin();
	for (int i = 0; i < 20; i++)
		add_text(
			i % 2 == 0 ? "100,0.3\n" : "200,0.30000000000000004\n");
	write_data();
	TRAIN("--updates", "1", "m.st");
	said = OUTPUT_OF("info", "m.st");
	ck_assert_msg(strstr(said, " - 0.3") != NULL &&
			strstr(said, " - 0.3) / 1\n") != NULL,
		"%s", said);
	free(said);
}
END_TEST

/* The scale auto looks at all numbers, also at those that are held out. */
START_TEST(a_large_number_that_is_held_out_asks_for_scaling)
{
	char *said;

	begin();
	for (int i = 0; i < 40; i++)
		add_text(i == 39 ? "3\n" : i % 2 == 0 ? "0\n" : "1\n");
	write_data();
	TRAIN("--validation", "0.2", "--updates", "1", "m.st");
	said = OUTPUT_OF("info", "m.st");
	/* the mean of 32 numbers that are 0 or 1 */
	ck_assert_msg(strstr(said, " - 0.5) / 0.5\n") != NULL, "%s", said);
	free(said);
}
END_TEST

/* The loss of a run of a sweep is that of `evaluate`: of the held-out part. */
/* An option that describes numbers chooses points, and the cause is named. */
START_TEST(an_option_of_numbers_does_not_choose_a_text)
{
	struct outcome outcome;

	write_here("d.csv", "day,one,two\nmo,1,2\ntu,3,4\n");
	RUN(&outcome, "train", "--data", "d.csv", "--separator", ";",
		"--updates", "1");
	expect_failure(&outcome, "is not a number");
	outcome_release(&outcome);
	RUN(&outcome, "train", "--data", "d.csv", "--separator", ";",
		"--columns", "one", "--updates", "1");
	ck_assert_int_ne(outcome.status, 0);
	ck_assert_msg(strstr(outcome.errors, "'one' is not a column") != NULL,
		"%s", outcome.errors);
	outcome_release(&outcome);
}
END_TEST

START_TEST(a_sweep_takes_the_options_of_data)
{
	char line[32], *results;
	json_t *object, *evaluated;
	size_t size;

	begin();
	for (int i = 0; i < 60; i++) {
		snprintf(line, sizeof line, "%d\n%s", 100 + 10 * (i % 6) + i,
			i % 6 == 5 ? "\n" : "");
		add_text(line);
	}
	write_data();
	free(OUTPUT_OF("sweep", "--task", "points", "--data", "d.csv",
		"--framing", "sequence", "--units", "2", "--seeds", "1",
		"--updates", "30", "--shuffle", "--validation", "0.3",
		"--output", "s"));
	results = read_here("s/results.json", &size);
	object = parse_object(results);
	free(results);
	evaluated =
		OBJECT_OF("evaluate", "--json", "s/units-2-seed-1.safetensors");
	ck_assert_double_eq_tol(
		get_number(json_array_get(json_object_get(object, "runs"), 0),
			"loss"),
		get_number(evaluated, "loss"), 1e-6);
	json_decref(evaluated);
	json_decref(object);
}
END_TEST

static Suite *
data_edges_suite(void)
{
	Suite *suite = suite_create("data edges");
	TCase *group = add_case(suite, "data");

	suite_add_loop(group,
		a_longer_sequence_after_the_first_lines_is_read_whole, 0, 2);
	tcase_add_test(group, a_model_of_wide_data_is_read_again);
	tcase_add_test(group, names_are_not_shifted_by_a_comma_at_the_end);
	tcase_add_test(group, a_constant_with_rounding_errors_has_the_factor_1);
	tcase_add_test(group, a_large_number_that_is_held_out_asks_for_scaling);
	tcase_add_test(group, an_option_of_numbers_does_not_choose_a_text);
	tcase_add_test(group, a_sweep_takes_the_options_of_data);
	return suite;
}

int
main(void)
{
	return suite_run(data_edges_suite());
}
