/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the bench: it runs, prints JSON, and computes ratios in the right
 * direction. Nothing depends on how fast the machine is.
 */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "folder.h"
#include "suite.h"

enum { LINES_MAX = 8 };

struct output {
	struct outcome outcome;
	json_t *line[LINES_MAX];
	size_t lines;
};

static void
run_bench(const char *const *arguments, struct outcome *outcome)
{
	char program[FOLDER_PATH_SIZE];

	ck_assert_ptr_nonnull(getenv("TOP_BUILDDIR"));
	folder_join(program, getenv("TOP_BUILDDIR"), "bench/bench");
	/*
	 * A sanitizer that checks strings strictly measures the rest of a file
	 * for each number that the C library reads from it.
	 */
	command_run(&(struct command){.program = program,
			    .arguments = arguments,
			    .environment =
				    WORDS("ASAN_OPTIONS=detect_leaks=1")},
		outcome);
}

/* Run the bench and parse each line of its output. */
static void
read_bench(const char *const *arguments, struct output *output)
{
	char *rest = NULL;

	*output = (struct output){.lines = 0};
	run_bench(arguments, &output->outcome);
	ck_assert_msg(output->outcome.status == 0, "%s",
		output->outcome.errors);
	for (char *line = strtok_r(output->outcome.output, "\n", &rest);
		line != NULL; line = strtok_r(NULL, "\n", &rest)) {
		ck_assert_uint_lt(output->lines, LINES_MAX);
		output->line[output->lines] = json_loads(line, 0, NULL);
		ck_assert_msg(json_is_object(output->line[output->lines]), "%s",
			line);
		output->lines++;
	}
}

static void
release(struct output *output)
{
	for (size_t i = 0; i < output->lines; i++)
		json_decref(output->line[i]);
	outcome_release(&output->outcome);
}

static const char *
text(const json_t *object, const char *key)
{
	ck_assert_msg(json_is_string(json_object_get(object, key)), "%s", key);
	return json_string_value(json_object_get(object, key));
}

static double
number(const json_t *object, const char *key)
{
	ck_assert_msg(json_is_number(json_object_get(object, key)), "%s", key);
	return json_number_value(json_object_get(object, key));
}

START_TEST(programs_are_compared_by_their_speed)
{
	const char *program = getenv("LSTMTUI");
	struct output output;

	read_bench(WORDS("--compare-program", program, "--program", program,
			   "--quick", "--rounds", "1", "--threads", "1",
			   "--only", "lesson,read-csv", "--json"),
		&output);
	ck_assert_uint_eq(output.lines, 3);
	ck_assert_str_ne(text(output.line[0], "processor"), "");
	/* a time, and a rate */
	ck_assert_str_eq(text(output.line[1], "row"), "lesson");
	ck_assert_str_eq(text(output.line[1], "unit"), "us/update");
	ck_assert_str_eq(text(output.line[1], "clock"), "cpu");
	ck_assert_double_eq_tol(number(output.line[1], "ratio") *
			number(output.line[1], "new") /
			number(output.line[1], "other"),
		1, 1e-6);
	ck_assert_str_eq(text(output.line[2], "row"), "read-csv");
	ck_assert_double_eq_tol(number(output.line[2], "ratio") *
			number(output.line[2], "other") /
			number(output.line[2], "new"),
		1, 1e-6);
	ck_assert(
		json_is_number(json_object_get(output.line[2], "memory_new")));
	release(&output);
}
END_TEST

START_TEST(a_row_is_measured_beside_the_peak)
{
	const json_t *line;
	struct output output;

	read_bench(WORDS("--quick", "--rounds", "1", "--threads", "1", "--only",
			   "read-csv,star/*/1x8/*", "--json"),
		&output);
	ck_assert_uint_eq(output.lines, 3);
	line = output.line[1];
	ck_assert_str_eq(text(line, "row"), "read-csv");
	ck_assert_double_gt(number(line, "peak_gflops"), 0);
	ck_assert_double_gt(number(line, "fscanf"), 0);
	/* a large file has five blocks if --quick */
	ck_assert_double_eq_tol(number(line, "value") * number(line, "seconds"),
		5 * 1.048576, 1e-5);
	line = output.line[2];
	ck_assert_str_eq(text(line, "row"), "star/sequence/1x8/b32/s9");
	ck_assert_double_eq_tol(number(line, "peak") *
			number(line, "peak_gflops") * number(line, "seconds") /
			number(line, "mflop") * 1e3,
		1, 1e-5);
	ck_assert_double_eq_tol(number(line, "value"),
		1e6 * number(line, "seconds"), 1e-3);
	release(&output);
}
END_TEST

START_TEST(benches_are_compared_by_their_rows)
{
	char bench[FOLDER_PATH_SIZE];
	struct output output;

	folder_join(bench, getenv("TOP_BUILDDIR"), "bench/bench");
	read_bench(WORDS("--compare", bench, "--quick", "--rounds", "1",
			   "--threads", "1", "--only", "read-csv,star/*/1x8/*",
			   "--json"),
		&output);
	ck_assert_uint_eq(output.lines, 3);
	ck_assert_str_eq(text(output.line[1], "row"), "read-csv");
	ck_assert_double_eq_tol(number(output.line[1], "ratio") *
			number(output.line[1], "other") /
			number(output.line[1], "new"),
		1, 1e-6);
	ck_assert_str_eq(text(output.line[2], "unit"), "us/update");
	ck_assert_double_eq_tol(number(output.line[2], "ratio") *
			number(output.line[2], "new") /
			number(output.line[2], "other"),
		1, 1e-6);
	release(&output);
}
END_TEST

START_TEST(a_bench_without_rows_is_refused)
{
	struct outcome outcome;

	run_bench(WORDS("--compare", "/bin/false", "--quick", "--only",
			  "star/*/1x8/*"),
		&outcome);
	ck_assert_int_eq(outcome.status, 1);
	ck_assert_msg(strstr(outcome.errors, "--compare-program") != NULL, "%s",
		outcome.errors);
	outcome_release(&outcome);
}
END_TEST

START_TEST(a_program_that_fails_is_reported)
{
	struct outcome outcome;

	run_bench(WORDS("--compare-program", "/bin/false", "--program",
			  "/bin/false", "--quick", "--only", "lesson"),
		&outcome);
	ck_assert_int_eq(outcome.status, 1);
	ck_assert_msg(strstr(outcome.errors, "exit status 1") != NULL, "%s",
		outcome.errors);
	outcome_release(&outcome);
}
END_TEST

START_TEST(rows_are_listed_and_chosen_by_pattern)
{
	struct outcome outcome;

	run_bench(WORDS("--compare-program", "x", "--list", "--only",
			  "*ad,start-*"),
		&outcome);
	ck_assert_int_eq(outcome.status, 0);
	ck_assert_str_eq(outcome.output, "start-1024\nstart-2048\nload\n");
	outcome_release(&outcome);
	run_bench(WORDS("--compare-program", "x", "--only", "none,"), &outcome);
	ck_assert_int_eq(outcome.status, 2);
	outcome_release(&outcome);
}
END_TEST

START_TEST(wrong_options_are_refused)
{
	static const char *const options[][2] = {
		{"--kernel", "none"},
		{"--kernel", ","},
		{"--threads", "0"},
		{"--rounds", "0"},
		{"--seconds", "-1"},
		{"--list", "operand"},
		{"--only", "no-such-row"},
		{"--row", "no-such-row"},
	};
	struct outcome outcome;

	for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
		run_bench(WORDS(options[i][0], options[i][1]), &outcome);
		ck_assert_msg(outcome.status == 2, "%s", options[i][0]);
		ck_assert_ptr_nonnull(strchr(outcome.errors, '\n'));
		outcome_release(&outcome);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("bench");
	TCase *group = suite_group(suite, "bench", SUITE_SECONDS);

	tcase_add_unchecked_fixture(group, folder_setup, folder_teardown);
	tcase_add_test(group, programs_are_compared_by_their_speed);
	tcase_add_test(group, a_row_is_measured_beside_the_peak);
	tcase_add_test(group, benches_are_compared_by_their_rows);
	tcase_add_test(group, a_bench_without_rows_is_refused);
	tcase_add_test(group, a_program_that_fails_is_reported);
	tcase_add_test(group, rows_are_listed_and_chosen_by_pattern);
	tcase_add_test(group, wrong_options_are_refused);
	return suite_run(suite);
}
