/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the examples: the script makes each file, and a model learns each
 * one.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "folder.h"
#include "run/run.h"
#include "run/run_private.h"
#include "suite.h"

static const struct {
	const char *name, *file;
	const struct task *task;
	const struct loss *loss;
} examples[] = {
	{"strokes", "strokes.csv", &task_points, &loss_mae},
	{"melody", "melody.csv", &task_points, &loss_mixture},
	{"temperatures", "temperatures.csv", &task_points, &loss_mixture},
	{"walk", "walk.csv", &task_points, &loss_mixture},
	{"lissajous", "lissajous.csv", &task_points, &loss_mixture},
	{"visitors", "visitors.csv", &task_points, &loss_mixture},
	{"track", "track.csv", &task_points, &loss_mixture},
	{"handwriting", "handwriting.csv", &task_points, &loss_mixture},
	{"tale", "tale.txt", &task_text, &loss_crossentropy},
};

enum { EXAMPLES = sizeof examples / sizeof examples[0] };

static void
example_path(char path[FOLDER_PATH_SIZE], const char *file)
{
	ck_assert_ptr_nonnull(getenv("TOP_SRCDIR"));
	snprintf(path, FOLDER_PATH_SIZE, "%s/examples/%s", getenv("TOP_SRCDIR"),
		file);
}

START_TEST(the_script_makes_the_file)
{
	char script[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE], what[64];
	struct outcome outcome;
	size_t length;
	char *file;

	example_path(script, "make.awk");
	example_path(path, examples[_i].file);
	snprintf(what, sizeof what, "what=%s", examples[_i].name);
	command_run(&(struct command){.program = "/usr/bin/awk",
			    .arguments = WORDS("-v", what, "-f", script)},
		&outcome);
	expect_status(&outcome, 0);
	file = file_read(path, &length);
	ck_assert_uint_eq(outcome.output_length, length);
	ck_assert_mem_eq(outcome.output, file, length);
	free(file);
	outcome_release(&outcome);
}
END_TEST

static void
train_to(struct run *run, uint64_t updates)
{
	enum run_status status;
	struct error error;

	do
		status = run_advance(run, updates, UINT64_MAX, &error);
	while (status == RUN_GOES_ON);
	ck_assert_int_eq(status, RUN_REACHED);
}

START_TEST(the_loss_falls)
{
	struct run *run;
	struct settings settings;
	struct error error;
	double first;

	settings_default(&settings);
	settings.task = examples[_i].task;
	settings.loss = examples[_i].loss;
	settings.framing = &framing_sequence;
	settings.batch = 10;
	settings.learning_rate = 0.003;
	settings.units = (struct settings_units){1, {16}};
	example_path(settings.data, examples[_i].file);
	run = run_create(suite_context(), &settings, NULL, &error);
	ck_assert_msg(run != NULL, "%s", error.text);
	train_to(run, 20);
	first = history_average(&run->state.history);
	train_to(run, 300);
	ck_assert_double_lt(history_average(&run->state.history),
		first - 0.1 * fabs(first));
	run_destroy(run);
}
END_TEST

/* The README's example, with the slowest of the seeds 11 to 15. */
START_TEST(the_tale_is_learnt_by_the_defaults_of_texts)
{
	struct run *run;
	struct settings settings;
	struct error error;

	settings_default(&settings);
	settings.task = &task_text;
	settings.units = (struct settings_units){1, {64}};
	settings.batch = 5;
	settings.seed = 15;
	example_path(settings.data, "tale.txt");
	ck_assert(settings_complete(&settings,
		settings_bit(&setting_units) | settings_bit(&setting_batch),
		&error));
	run = run_create(suite_context(), &settings, NULL, &error);
	ck_assert_msg(run != NULL, "%s", error.text);
	ck_assert_double_eq(run->state.settings.decay, 0.998402);
	ck_assert_uint_eq(run->state.settings.decay_after, 190);
	train_to(run, 2500);
	/* epochs of 21 updates; the rate decays after the first 190 */
	ck_assert_double_eq(run_learning_rate(run), 0.002);
	ck_assert_double_lt(history_average(&run->state.history), 0.2);
	ck_assert_double_lt(run->state.validation.best, 1.785);
	run_destroy(run);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* The network in Python */

#define TRAIN(...)                                                       \
	WORDS("train", "--quiet", "--force", "--seed=2", "--updates=30", \
		__VA_ARGS__, "python.safetensors")

/* Lists of words, of static storage. */
static const char *const *const models[] = {
	TRAIN("--units=6"),
	TRAIN("--units=5,4", "--task=star", "--framing=sequence"),
	TRAIN("--units=4,5", "--cell=gru", "--framing=sequence"),
	TRAIN("--units=6", "--cell=gru", "--loss=mse"),
	TRAIN("--units=3,3,3", "--cell=rnn", "--framing=sequence"),
};

enum { MODELS = sizeof models / sizeof models[0] };

static bool
has_python(void)
{
	return system("python3 -c 'import json, math, struct, sys' "
		      "2>/dev/null") == 0;
}

/* Run a command in a folder, expect success, and return its output. */
static char *
output_in(const char *folder, const char *program, const char *const *arguments)
{
	struct outcome outcome;
	char *output;

	command_run(&(struct command){.folder = folder,
			    .program = program,
			    .arguments = arguments},
		&outcome);
	expect_status(&outcome, 0);
	output = strdup(outcome.output);
	outcome_release(&outcome);
	return output;
}

START_TEST(python_generates_the_same_points)
{
	char folder[FOLDER_PATH_SIZE], script[FOLDER_PATH_SIZE];
	char *trained, *own, *expected, *a, *b;

	if (!has_python()) {
		printf("not tested: no python3 for examples/generate.py\n");
		return;
	}
	folder_new(folder);
	example_path(script, "generate.py");
	trained = output_in(folder, NULL, models[_i]);
	a = own = output_in(folder, "/usr/bin/env",
		WORDS("python3", "-B", script, "python.safetensors"));
	b = expected = output_in(folder, NULL,
		WORDS("generate", "--quiet", "python.safetensors"));
	ck_assert_uint_ge(strlen(expected), 20);
	while (*b != '\0') {
		ck_assert_double_le(fabs(strtod(a, &a) - strtod(b, &b)), 1e-5);
		ck_assert_int_eq(*a++, *b++);
	}
	ck_assert_int_eq(*a, '\0');
	free(trained);
	free(own);
	free(expected);
	folder_remove(folder);
}
END_TEST

START_TEST(python_refuses_other_models)
{
	const char *const *const refused[] = {
		TRAIN("--framing=many-to-one"),
		TRAIN("--loss=mixture"),
		TRAIN("--recurrent-activation=hard-sigmoid"),
	};
	char folder[FOLDER_PATH_SIZE], script[FOLDER_PATH_SIZE];

	if (!has_python())
		return;
	folder_new(folder);
	example_path(script, "generate.py");
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		struct outcome outcome;

		free(output_in(folder, NULL, refused[i]));
		command_run(&(struct command){.folder = folder,
				    .program = "/usr/bin/env",
				    .arguments = WORDS("python3", "-B", script,
					    "python.safetensors")},
			&outcome);
		ck_assert_int_eq(outcome.status, 1);
		ck_assert_str_eq(outcome.output, "");
		outcome_release(&outcome);
	}
	folder_remove(folder);
}
END_TEST

static Suite *
examples_suite(void)
{
	Suite *suite = suite_create("examples");
	TCase *group = suite_group(suite, "examples", SUITE_SECONDS);

	suite_add_loop(group, the_script_makes_the_file, 0, EXAMPLES);
	suite_add_loop(group, the_loss_falls, 0, EXAMPLES);
	tcase_add_test(group, the_tale_is_learnt_by_the_defaults_of_texts);
	group = suite_group(suite, "python", SUITE_SECONDS);
	tcase_add_checked_fixture(group, folder_setup, folder_teardown);
	suite_add_loop(group, python_generates_the_same_points, 0, MODELS);
	tcase_add_test(group, python_refuses_other_models);
	return suite;
}

int
main(void)
{
	return suite_run(examples_suite());
}
