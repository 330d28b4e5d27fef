/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the manual's recipes: each command of them runs as it stands there,
 * on the files of the examples, and the models are good ones. Also the choice
 * of the task by the data, which the recipes rely on.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "here.h"
#include "manual.h"
#include "suite.h"

enum { COMMAND_SIZE = 1024, WORDS_MAX = 64, COMMANDS = 11 };

/*
 * Append a line of the manual to a command: without the macro, quotes, and the
 * escape at its end. Return whether the command goes on in the next line.
 */
static bool
append_line(char command[COMMAND_SIZE], const char *line)
{
	size_t used = strlen(command);
	const char *end = strchr(line, '\n');
	bool goes_on;

	line += strlen(".Dl ");
	ck_assert_uint_lt(used + (size_t)(end - line) + 2, COMMAND_SIZE);
	for (; line < end; line++)
		if (*line != '"')
			command[used++] = *line;
	goes_on = used > 2 && memcmp(command + used - 2, "\\e", 2) == 0;
	if (goes_on)
		used -= 2;
	command[used++] = ' ';
	command[used] = '\0';
	return goes_on;
}

/* Run a command, which the shell would divide at its spaces. */
static void
run_command(char *command)
{
	const char *words[WORDS_MAX + 1];
	int count = 0;

	for (char *word = strtok(command, " "); word != NULL;
		word = strtok(NULL, " ")) {
		ck_assert_int_lt(count, WORDS_MAX);
		words[count++] = word;
	}
	words[count] = NULL;
	ck_assert_int_gt(count, 2);
	ck_assert_str_eq(words[0], "$");
	ck_assert_str_eq(words[1], "lstmtui");
	must_run(words + 2);
}

/* Run the commands of a part of the manual; return their number. */
static int
run_commands(const char *line, const char *end)
{
	char command[COMMAND_SIZE] = "";
	int count = 0;

	for (; line != NULL && line < end; line = next_line(line)) {
		if (!begins(line, ".Dl ") || append_line(command, line))
			continue;
		run_command(command);
		command[0] = '\0';
		count++;
	}
	ck_assert_str_eq(command, "");
	return count;
}

/* Make the examples appear in the test's folder. */
static void
link_examples(void)
{
	char from[FOLDER_PATH_SIZE], to[PATH_MAX];

	ck_assert_ptr_nonnull(getenv("TOP_SRCDIR"));
	snprintf(from, sizeof from, "%s/examples", getenv("TOP_SRCDIR"));
	ck_assert_ptr_nonnull(realpath(from, to));
	ck_assert_int_eq(symlink(to, path_here(from, "examples")), 0);
}

/*
 * Assert that the mean absolute error of a model is less than a part of that of
 * both predictors without a network.
 */
static void
expect_better(const char *model, double part)
{
	json_t *object = OBJECT_OF("evaluate", "--json", model);
	double error = get_number(object, "mae");

	ck_assert_double_lt(error, part * get_number(object, "naive_last"));
	ck_assert_double_lt(error, part * get_number(object, "naive_mean"));
	json_decref(object);
}

/* The forecast has a line of rising quantiles for each month, near the data. */
static void
expect_forecast(void)
{
	char *text = OUTPUT_OF("generate", "--start", "end", "--length", "12",
		"--quantiles", "0.1,0.5,0.9", "--seed", "1", "visitors.st");
	const char *line = next_line(text);

	for (int month = 1; month <= 12; month++) {
		double low, middle, high;
		int step;

		ck_assert_ptr_nonnull(line);
		ck_assert_int_eq(sscanf(line, "%d,%lf,%lf,%lf", &step, &low,
					 &middle, &high),
			4);
		ck_assert_int_eq(step, month);
		ck_assert_double_lt(low, middle);
		ck_assert_double_lt(middle, high);
		/* the last year has 371 to 477 visitors a month */
		ck_assert_double_gt(middle, 250);
		ck_assert_double_lt(middle, 600);
		line = next_line(line);
	}
	free(text);
}

START_TEST(each_command_runs_and_each_model_is_good)
{
	const char *end;
	const char *start = section(".Sh ", "RECIPES", &end);
	json_t *object;

	link_examples();
	ck_assert_int_eq(run_commands(start, end), COMMANDS);
	expect_better("visitors.st", 0.9);
	expect_better("track.st", 0.6);
	expect_better("handwriting.st", 0.5);
	expect_better("melody.st", 0.9);
	/* 5 bits are what the frequencies of the letters alone would reach */
	object = OBJECT_OF("evaluate", "--json", "names.st-best");
	ck_assert_double_lt(get_number(object, "bits_per_character"), 4);
	json_decref(object);
	expect_forecast();
}
END_TEST

/* ---------------------------------------------------------------------- */
/* The task */

static const struct {
	const char *text, *task;
} kinds[] = {
	{"1,2\n3,4\n5,6\n", "points"},
	{"day,price\n2024-01-02,3\n2024-01-03,4\n", "points"},
	{"day;price\n2.1.24;3,5\n3.1.24;4,5\n", "points"},
	{"Once there was a mouse,\nwho was 3 years old,\nand small.\n", "text"},
	/* a line of a number amid lines of text is the number of a page */
	{"Once there was a mouse\nand a cat\n12\nand a dog\nand all\n", "text"},
	{"Ada\nBarbara\nClara\nDora\n", "text"},
};

START_TEST(the_data_decide_the_task)
{
	struct outcome outcome;
	char note[128], path[FOLDER_PATH_SIZE];
	json_t *object;

	write_here("data", kinds[_i].text);
	path_here(path, "data");
	command_run(&(struct command){.folder = folder,
			    .arguments = WORDS("train", "--data",
				    _i % 2 == 0 ? "data" : "-", "--units", "2",
				    "--updates", "1", "--seed", "1", "m.st"),
			    .input = _i % 2 == 0 ? NULL : path},
		&outcome);
	expect_status(&outcome, 0);
	snprintf(note, sizeof note, "task %s, because ", kinds[_i].task);
	ck_assert_ptr_nonnull(strstr(outcome.errors, note));
	outcome_release(&outcome);
	object = info("m.st");
	ck_assert_str_eq(get_string(object, "task"), kinds[_i].task);
	json_decref(object);
}
END_TEST

START_TEST(a_given_task_stands)
{
	struct outcome outcome;

	write_here("data", "1,2\n3,4\n5,6\n");
	free(OUTPUT_OF("train", "--task", "text", "--data", "data", "--units",
		"2", "--updates", "1", "--quiet", "m.st"));
	RUN(&outcome, "train", "--task", "star", "--data", "data");
	expect_status(&outcome, 1);
	ck_assert_ptr_nonnull(strstr(outcome.errors, "3 points, not the"));
	outcome_release(&outcome);
	/* without data the default is as before */
	MUST("train", "--quiet", "--updates", "1", "r.st");
	json_t *object = info("r.st");
	ck_assert_str_eq(get_string(object, "task"), "rectangle");
	json_decref(object);
}
END_TEST

static Suite *
recipes_suite(void)
{
	Suite *suite = suite_create("recipes");
	TCase *group = add_case(suite, "recipes");

	tcase_add_checked_fixture(group, read_manual, release_manual);
	tcase_add_test(group, each_command_runs_and_each_model_is_good);
	group = add_case(suite, "task");
	tcase_add_loop_test(group, the_data_decide_the_task, 0, COUNT(kinds));
	tcase_add_test(group, a_given_task_stands);
	return suite;
}

int
main(void)
{
	return suite_run(recipes_suite());
}
