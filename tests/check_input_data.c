/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of data from standard input, --data -: the model keeps them, so that
 * the run can be resumed, evaluated and continued without them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "interface.h"
#include "suite.h"

/* Kinds of data, by the number of a loop. */
static const struct {
	const char *task, *option;
} kinds[] = {
	{"points", "--framing=sequence"},
	{"text", "--batch=2"},
};

static void
write_data(int kind)
{
	char text[2048] = "";

	if (kind == 0) {
		write_here("data",
			"x;y\n1600000000,25;2\n1600000060;3,5\n"
			"1600000120;1\n1600000180;4\n");
		return;
	}
	for (size_t length = 0; length < 600; length = strlen(text))
		strcat(text, "to be, or not to be: that is\n");
	write_here("data", text);
}

/* Run a command with a file as standard input. */
static void
run_with_input(struct outcome *outcome, const char *input,
	const char *const *arguments)
{
	char path[FOLDER_PATH_SIZE];

	command_run(&(struct command){.folder = folder,
			    .arguments = arguments,
			    .input = path_here(path, input)},
		outcome);
}

static void
must_take(const char *input, const char *const *arguments)
{
	struct outcome outcome;

	run_with_input(&outcome, input, arguments);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
}

#define TRAIN(kind, data, updates, model)                                     \
	WORDS("train", "--quiet", "--task", kinds[kind].task,                 \
		kinds[kind].option, "--data", data, "--seed", "1", "--units", \
		"3", "--updates", updates, model)

static void
expect_same_weights(const char *one, const char *other)
{
	static const char *const names[] = {"lstm.kernel", "dense.bias",
		"optimizer.v.lstm.bias"};
	struct tensors first, second;

	read_tensors_here(&first, one);
	read_tensors_here(&second, other);
	for (int i = 0; i < COUNT(names); i++) {
		size_t length, other_length;
		const void *a = tensors_find(&first, names[i], "F32", &length);
		const void *b =
			tensors_find(&second, names[i], "F32", &other_length);

		ck_assert_uint_eq(length, other_length);
		ck_assert_mem_eq(a, b, length);
	}
	tensors_release(&first);
	tensors_release(&second);
}

static bool
keeps_data(const char *model)
{
	struct tensors tensors;
	bool keeps;

	read_tensors_here(&tensors, model);
	keeps = json_object_get(tensors.header, "data.bytes") != NULL;
	tensors_release(&tensors);
	return keeps;
}

START_TEST(the_model_keeps_the_data_and_is_resumed_without_them)
{
	struct tensors tensors;
	size_t size, length;
	char *data, *kept;

	write_data(_i);
	data = read_here("data", &size);
	must_run(TRAIN(_i, "data", "20", "file.st"));
	must_take("data", TRAIN(_i, "-", "8", "input.st"));
	remove_here("data");
	/* without the data, and with another standard input */
	MUST("train", "--quiet", "--updates", "20", "input.st");
	expect_same_weights("file.st", "input.st");
	read_tensors_here(&tensors, "input.st");
	kept = tensors_find(&tensors, "data.bytes", "U8", &length);
	ck_assert_uint_eq(length, size);
	ck_assert_mem_eq(kept, data, size);
	tensors_release(&tensors);
	free(data);
}
END_TEST

START_TEST(commands_read_the_kept_data)
{
	char *text;

	write_data(_i);
	must_take("data", TRAIN(_i, "-", "8", MODEL));
	remove_here("data");
	text = OUTPUT_OF("evaluate", MODEL);
	ck_assert_ptr_nonnull(strstr(text, "loss"));
	free(text);
	text = OUTPUT_OF("inspect", MODEL);
	ck_assert_ptr_nonnull(strstr(text, _i == 0 ? "1.6e+09" : "t"));
	free(text);
	if (_i == 0) {
		text = OUTPUT_OF("generate", "--start", "end", "--length", "2",
			MODEL);
		ck_assert_uint_eq(count_lines(text), 2);
		free(text);
	}
}
END_TEST

START_TEST(a_resumed_run_accepts_the_same_data_only)
{
	struct outcome outcome;
	json_t *object;

	write_data(_i);
	must_take("data", TRAIN(_i, "-", "4", MODEL));
	must_take("data",
		WORDS("train", "--quiet", "--data", "-", "--updates", "5",
			MODEL));
	write_here("other", "1;2\n2;3\n3;4\n4;5\n6;7\n8;9\n");
	run_with_input(&outcome, "other",
		WORDS("train", "--data", "-", "--updates", "6", MODEL));
	expect_failure(&outcome, "not the ");
	outcome_release(&outcome);
	/* a file with the same data replaces the kept ones */
	MUST("train", "--quiet", "--data", "data", "--updates", "7", MODEL);
	object = OBJECT_OF("info", "--json", MODEL);
	ck_assert_ptr_nonnull(strstr(get_string(object, "data"), "/data"));
	json_decref(object);
	ck_assert(!keeps_data(MODEL));
	must_take("data",
		WORDS("train", "--quiet", "--data", "-", "--updates", "8",
			MODEL));
	ck_assert(!keeps_data(MODEL));
	MUST("train", "--quiet", "--updates", "9", MODEL);
}
END_TEST

START_TEST(input_that_cannot_be_read_is_refused)
{
	struct outcome outcome;

	write_data(0);
	run_with_input(&outcome, "data",
		WORDS("sweep", "--task", "points", "--data", "-", "--output",
			"d", "--units", "2", "--seeds", "1"));
	expect_usage_error(&outcome, "--data -: the runs of a sweep");
	outcome_release(&outcome);
	/* /dev/null */
	RUN(&outcome, "train", "--task", "points", "--data", "-");
	ck_assert_int_eq(outcome.status, 1);
	outcome_release(&outcome);
	write_here("bad", "1,2\n3,x\n");
	run_with_input(&outcome, "bad",
		WORDS("train", "--task", "points", "--data", "-"));
	expect_failure(&outcome, "-:2: column 2: 'x' is not a number");
	outcome_release(&outcome);
}
END_TEST

/* The keys come from the terminal, the data from standard input. */
START_TEST(the_interface_reads_its_keys_from_the_terminal)
{
	char path[FOLDER_PATH_SIZE];

	write_data(_i);
	open_with(&(struct terminal_options){
		.command.arguments = WORDS("--task", kinds[_i].task,
			kinds[_i].option, "--data", "-", "--seed", "1",
			"--units", "3", "--updates", "5", MODEL),
		.command.input = path_here(path, "data"),
	});
	expect("finished");
	press("w");
	expect("saved");
	press("q");
	expect_end(0);
	close_terminal();
	MUST("train", "--quiet", "--updates", "9", MODEL);
	ck_assert(updates_of(MODEL) == 9);
}
END_TEST

/* A new run of the form has the same data. */
START_TEST(a_new_run_of_the_form_keeps_the_data)
{
	char path[FOLDER_PATH_SIZE];

	write_data(0);
	open_with(&(struct terminal_options){
		.command.arguments = WORDS("--task", "points", "--data", "-",
			"--seed", "1", "--units", "3", "--updates", "5"),
		.command.input = path_here(path, "data"),
	});
	expect("finished");
	press("n");
	expect("New run");
	press(KEY_UP KEY_ENTER);
	expect("not saved");
	press("d");
	expect("last run");
	expect("finished");
	leave();
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("data from standard input");
	TCase *commands = add_case(suite, "commands");
	TCase *screen = add_screen_case(suite, "screen");

	suite_add_loop(commands,
		the_model_keeps_the_data_and_is_resumed_without_them, 0,
		COUNT(kinds));
	suite_add_loop(commands, commands_read_the_kept_data, 0, COUNT(kinds));
	suite_add_loop(commands, a_resumed_run_accepts_the_same_data_only, 0,
		COUNT(kinds));
	tcase_add_test(commands, input_that_cannot_be_read_is_refused);
	suite_add_loop(screen, the_interface_reads_its_keys_from_the_terminal,
		0, COUNT(kinds));
	tcase_add_test(screen, a_new_run_of_the_form_keeps_the_data);
	return suite;
}

int
main(void)
{
	return suite_run(make_suite());
}
