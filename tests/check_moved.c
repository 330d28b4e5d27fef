/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of data files that have moved since the run was saved, and of data
 * files whose names contain any bytes.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "interface.h"
#include "suite.h"

static const char *const kinds[] = {"points", "text"};

#define TRIANGLE "0,0\n1,0\n0.5,0.8\n\n0,0\n0.5,0\n0.25,0.4\n"

static void
rename_here(const char *from, const char *to)
{
	char old_path[FOLDER_PATH_SIZE], new_path[FOLDER_PATH_SIZE];

	ck_assert_int_eq(rename(folder_join(old_path, folder, from),
				 folder_join(new_path, folder, to)),
		0);
}

/* Train a run of a kind to its end, then move its data from `old` to `new`. */
static void
finish_and_move(const char *kind)
{
	write_here("old", TRIANGLE);
	MUST("train", "--quiet", "--seed", "1", "--task", kind, "--data", "old",
		"--units", "4", "--batch", "2", "--updates", "50", MODEL);
	rename_here("old", "new");
}

static void
expect_data(const char *name)
{
	char path[FOLDER_PATH_SIZE];
	json_t *object = info(MODEL);

	ck_assert_str_eq(get_string(object, "data"),
		folder_join(path, folder, name));
	json_decref(object);
}

/*
 * Return the bytes after the header of the model file. The caller frees them.
 */
static char *
read_tensor_bytes(size_t *length)
{
	char *file = read_here(MODEL, length);
	uint64_t header = 0;

	for (int i = 0; i < 8; i++)
		header |= (uint64_t)(unsigned char)file[i] << 8 * i;
	ck_assert_uint_lt(header + 8, *length);
	*length -= header + 8;
	memmove(file, file + header + 8, *length);
	return file;
}

START_TEST(a_finished_run_keeps_the_new_place_of_its_data)
{
	char *text, *evaluated, *before, *after;
	size_t length, length_after;

	write_here("old", TRIANGLE);
	MUST("train", "--quiet", "--seed", "1", "--task", kinds[_i], "--data",
		"old", "--units", "4", "--batch", "2", "--updates", "50",
		MODEL);
	evaluated = OUTPUT_OF("evaluate", MODEL);
	before = read_tensor_bytes(&length);
	rename_here("old", "new");
	text = OUTPUT_OF("train", "--data", "new", MODEL);
	ck_assert_ptr_nonnull(strstr(text,
		"\nsaved " MODEL " at update 50\n"
		"nothing to train; the new path of the data is saved\n"));
	free(text);
	expect_data("new");
	after = read_tensor_bytes(&length_after);
	ck_assert_uint_eq(length_after, length);
	ck_assert_mem_eq(after, before, length);
	free(before);
	free(after);
	text = OUTPUT_OF("evaluate", MODEL);
	ck_assert_str_eq(text, evaluated);
	free(text);
	free(evaluated);
	/* now nothing is left to save */
	text = OUTPUT_OF("train", "--data", "new", MODEL);
	ck_assert_ptr_nonnull(strstr(text, "nothing to do: all 50 updates"));
	ck_assert_ptr_null(strstr(text, "saved"));
	free(text);
}
END_TEST

START_TEST(other_settings_that_may_change_are_saved)
{
	json_t *object;
	char *text;

	MUST("train", "--quiet", "--seed", "1", "--updates", "50", MODEL);
	text = OUTPUT_OF("train", "--learning-rate", "0.25", MODEL);
	ck_assert_ptr_nonnull(
		strstr(text, "nothing to train; the new settings are saved\n"));
	free(text);
	object = info(MODEL);
	ck_assert_double_eq(get_number(object, "learning_rate"), 0.25);
	json_decref(object);
	/* a target below the updates done changes nothing */
	text = OUTPUT_OF("train", "--updates", "20", MODEL);
	ck_assert_ptr_nonnull(strstr(text, "nothing to do"));
	free(text);
	object = info(MODEL);
	ck_assert_int_eq(get_integer(object, "target"), 50);
	json_decref(object);
}
END_TEST

/* Assert the message of a command whose data do not exist. */
static void
expect_remedy(const char *const *words, const char *remedy)
{
	char expected[2 * FOLDER_PATH_SIZE];
	struct outcome outcome;

	command_run(&(struct command){.folder = folder, .arguments = words},
		&outcome);
	snprintf(expected, sizeof expected,
		"%s/old: No such file or directory; %s\n", folder, remedy);
	expect_failure(&outcome, expected);
	outcome_release(&outcome);
}

START_TEST(a_message_about_missing_data_names_the_option)
{
	struct outcome outcome;

	finish_and_move(kinds[_i]);
	expect_remedy(WORDS("train", MODEL),
		"give the new path with --data FILE");
	expect_remedy(WORDS("train", "--updates", "90", MODEL),
		"give the new path with --data FILE");
	expect_remedy(WORDS("evaluate", MODEL),
		_i == 0 ? "give the new path with --data FILE"
			: "'lstmtui train --data FILE MODEL' saves the new "
			  "path");
	/* these commands need no data */
	MUST("info", MODEL);
	MUST("generate", MODEL);
	/* the message names the place given, not the one of the run */
	RUN(&outcome, "train", "--data", "nowhere", MODEL);
	expect_failure(&outcome, "nowhere: No such file or directory\n");
	outcome_release(&outcome);
	RUN(&outcome, "evaluate", "--data", "nowhere", MODEL);
	expect_failure(&outcome, "nowhere: No such file or directory\n");
	outcome_release(&outcome);
	/* other data are refused, and nothing is saved */
	write_here("other", "0,0\n1,0\n0.5,0.5\n0,0\n1,1\n2,1\n");
	RUN(&outcome, "train", "--data", "other", MODEL);
	expect_failure(&outcome, "other: not the");
	outcome_release(&outcome);
	expect_data("old");
}
END_TEST

/*
 * A changed file is other data: the validation part of a text, for example, is
 * unknown.
 */
START_TEST(changed_data_are_evaluated_only_with_an_explicit_option)
{
	struct outcome outcome;

	finish_and_move(kinds[_i]);
	write_here("old", TRIANGLE "\n0,0\n1,1\n0,1\n");
	RUN(&outcome, "evaluate", MODEL);
	expect_failure(&outcome,
		"/old: not the data that the run began with; "
		"--data FILE evaluates on other data\n");
	outcome_release(&outcome);
	MUST("evaluate", "--data", "old", MODEL);
	rename_here("new", "old");
	MUST("evaluate", MODEL);
}
END_TEST

/* A text too short for training can still be evaluated. */
START_TEST(a_very_short_text_can_be_evaluated)
{
	struct outcome outcome;
	char *text;

	finish_and_move("text");
	write_here("few", "0,");
	text = OUTPUT_OF("evaluate", "--data", "few", MODEL);
	ck_assert_ptr_nonnull(strstr(text, "over 1 character: all but"));
	free(text);
	write_here("few", "0");
	RUN(&outcome, "evaluate", "--data", "few", MODEL);
	expect_failure(&outcome,
		"few: too few characters: 1; the minimum is 2\n");
	outcome_release(&outcome);
}
END_TEST

/* Run a shell command in the folder; $LSTMTUI is the program. */
static void
run_shell(const char *line, struct outcome *outcome)
{
	command_run(&(struct command){.program = "/bin/sh",
			    .arguments = WORDS("-c", line),
			    .folder = folder},
		outcome);
}

/* The content of a pipe is gone when the run is resumed. */
START_TEST(a_pipe_is_not_saved_as_the_place_of_the_data)
{
	struct outcome outcome;
	char line[256];

	write_here("old", TRIANGLE);
	MUST("train", "--quiet", "--seed", "1", "--task", kinds[_i], "--data",
		"old", "--units", "4", "--batch", "2", "--updates", "50",
		MODEL);
	run_shell("cat old | \"$LSTMTUI\" train --quiet --updates 60 "
		  "--data /dev/stdin " MODEL,
		&outcome);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
	expect_data("old");
	MUST("train", "--quiet", "--updates", "70", MODEL);

	snprintf(line, sizeof line,
		"cat old | \"$LSTMTUI\" train --quiet "
		"--task %s --units 4 --batch 2 --updates 50 "
		"--data /dev/stdin piped",
		kinds[_i]);
	run_shell(line, &outcome);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
	RUN(&outcome, "train", "--updates", "60", "piped");
	expect_failure(&outcome, "--data FILE");
	outcome_release(&outcome);
	MUST("train", "--quiet", "--updates", "60", "--data", "old", "piped");
}
END_TEST

START_TEST(the_interface_names_the_option_and_keeps_the_place)
{
	finish_and_move(kinds[_i]);
	open_with(&(struct terminal_options){.command.arguments = WORDS(MODEL),
		.rows = 24,
		.columns = 250});
	expect("give the new path with --data FILE");
	expect_end(1);
	close_terminal();
	OPEN("--data", "new", MODEL);
	expect("50/50");
	press("q");
	expect("not saved");
	press("s");
	expect_end(0);
	expect_data("new");
}
END_TEST

START_TEST(a_run_of_generated_shapes_accepts_no_data)
{
	struct outcome outcome;

	write_here("new", "0,0\n1,0\n1,1\n0,1\n");
	MUST("train", "--quiet", "--updates", "5", MODEL);
	RUN(&outcome, "train", "--data", "new", MODEL);
	expect_usage_error(&outcome, "--data");
	outcome_release(&outcome);
}
END_TEST

#define SWEEP                                                                \
	"sweep", "--quiet", "--task", "points", "--units", "2,3", "--seeds", \
		"1", "--count", "10", "--output", "d", "--updates"

START_TEST(a_sweep_continues_with_moved_data)
{
	struct outcome outcome;
	char *table, *moved;

	write_here("old", TRIANGLE);
	table = OUTPUT_OF(SWEEP, "20", "--data", "old");
	rename_here("old", "new");
	moved = OUTPUT_OF(SWEEP, "20", "--data", "new");
	ck_assert_str_eq(moved, table);
	free(moved);
	free(table);
	RUN(&outcome, "sweep", "--collect", "d");
	expect_failure(&outcome,
		"'lstmtui train --data FILE MODEL' saves the new path");
	outcome_release(&outcome);
	write_here("other", "0,0\n1,0\n0.5,0.5\n");
	RUN(&outcome, SWEEP, "20", "--data", "other");
	expect_usage_error(&outcome, "not part of this sweep: its data differ");
	outcome_release(&outcome);
	/* longer runs store the new place */
	MUST(SWEEP, "40", "--data", "new");
	MUST("sweep", "--collect", "d");
}
END_TEST

/* ---------------------------------------------------------------------- */
/* names of any bytes */

/*
 * A name, and its encoding in the model file; NULL: unchanged, as it is UTF-8.
 */
static const struct {
	const char *name, *encoded;
} names[] = {
	{"caf\xe9.csv", "caf%E9.csv"},
	{"\xff\xfe", "%FF%FE"},
	{"100%\x80\x9b[31m", "100%25%80%9B[31m"},
	{"\xed\xa0\x80", "%ED%A0%80"}, /* a surrogate */
	{"\xc0\xaf\n \x01", "%C0%AF%0A %01"},
	{"caf\xc3\xa9.csv", NULL},
	{"two\nlines", NULL},
	{"spaces  ", NULL},
	{"\033[31m 'quoted' \"and\" \\", NULL},
	{"a%41", NULL},
};

static void
expect_exact(const char *name, const char *encoded)
{
	char path[FOLDER_PATH_SIZE];
	struct tensors file;
	json_t *object = info(MODEL), *metadata;

	read_tensors_here(&file, MODEL);
	metadata = json_object_get(file.header, "__metadata__");
	folder_join(path, folder, name);
	if (encoded == NULL) {
		ck_assert_str_eq(get_string(object, "data"), path);
		ck_assert_str_eq(get_string(metadata, "data"), path);
		ck_assert_ptr_null(json_object_get(object, "data_bytes"));
		ck_assert_ptr_null(json_object_get(metadata, "data_bytes"));
	} else {
		folder_join(path, folder, encoded);
		ck_assert_str_eq(get_string(object, "data_bytes"), path);
		ck_assert_str_eq(get_string(metadata, "data_bytes"), path);
		ck_assert_ptr_nonnull(get_string(metadata, "data"));
	}
	json_decref(object);
	tensors_release(&file);
}

START_TEST(data_of_any_name_are_found_again)
{
	const char *name = names[_i].name;
	char *text;

	write_here(name, TRIANGLE);
	MUST("train", "--quiet", "--seed", "1", "--task", "points", "--data",
		name, "--units", "4", "--updates", "20", MODEL);
	expect_exact(name, names[_i].encoded);
	MUST("evaluate", MODEL);
	/* read, save and read again */
	MUST("train", "--quiet", "--updates", "30", MODEL);
	expect_exact(name, names[_i].encoded);
	MUST("train", "--quiet", "--updates", "40", MODEL);
	ck_assert_uint_eq(updates_of(MODEL), 40);
	/* the same place is not reported as new */
	text = OUTPUT_OF("train", "--data", name, MODEL);
	ck_assert_ptr_nonnull(strstr(text, "nothing to do"));
	free(text);
	text = OUTPUT_OF("info", MODEL);
	ck_assert_ptr_null(strpbrk(text, "\033\001"));
	free(text);
}
END_TEST

START_TEST(a_form_keeps_a_name_of_any_bytes)
{
	write_here("\xff\xfe", TRIANGLE);
	OPEN("--seed", "1", "--task", "points", "--data", "\xff\xfe",
		"--updates", "20", "--speed", "0");
	expect("20/20");
	press("n");
	expect("New run");
	press(KEY_UP KEY_ENTER);
	expect("not saved");
	press_and_settle("d");
	expect("20/20");
	press("w");
	expect("Save as");
	press(KEY_CTRL_U MODEL KEY_ENTER);
	expect("saved " MODEL);
	leave();
	expect_exact("\xff\xfe", "%FF%FE");
}
END_TEST

/* A path of the maximum length, 4,095 bytes: 15 folders and a file. */
START_TEST(data_at_the_end_of_a_long_path_are_found_again)
{
	char path[FOLDER_PATH_SIZE + 16], part[300], long_path[5000];
	char *text, *program = strdup(getenv("LSTMTUI"));
	size_t length;
	struct outcome outcome;

	ck_assert_ptr_nonnull(program);
	ck_assert_ptr_nonnull(realpath(folder, long_path));
	ck_assert_int_eq(chdir(folder), 0);
	memset(part, 'd', sizeof part);
	while ((length = strlen(long_path)) + 255 < 4095) {
		size_t room = 4095 - length - 2;

		part[room - 2 < 250 ? room - 2 : 250] = '\0';
		ck_assert_int_eq(mkdir(part, 0700), 0);
		ck_assert_int_eq(chdir(part), 0);
		long_path[length] = '/';
		strcpy(long_path + length + 1, part);
		part[250] = 'd';
	}
	memset(part, 'f', sizeof part);
	part[4095 - length - 1] = '\0';
	file_write_text(part, TRIANGLE);
	snprintf(path, sizeof path, "%s/" MODEL, folder);
	command_run(&(struct command){.program = program,
			    .arguments = WORDS("train", "--quiet", "--task",
				    "points", "--data", part, "--updates", "20",
				    path)},
		&outcome);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
	long_path[length] = '/';
	strcpy(long_path + length + 1, part);
	ck_assert_uint_eq(strlen(long_path), 4095);
	MUST("train", "--quiet", "--updates", "30", MODEL);
	ck_assert_int_eq(unlink(part), 0);
	/* the cause is visible however long the name is */
	RUN(&outcome, "train", "--updates", "40", MODEL);
	expect_failure(&outcome, "...");
	ck_assert_ptr_nonnull(strstr(outcome.errors,
		"fff: No such file or "
		"directory; give the new path with --data FILE\n"));
	outcome_release(&outcome);
	text = OUTPUT_OF("info", MODEL);
	ck_assert_ptr_nonnull(strstr(text, long_path));
	free(text);
	free(program);
	/* folder_remove cannot handle paths this long; rm can */
	ck_assert_int_eq(chdir("/"), 0);
	memset(part, 'd', sizeof part);
	part[250] = '\0';
	command_run(&(struct command){.program = "rm",
			    .folder = folder,
			    .arguments = WORDS("-rf", part)},
		&outcome);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
}
END_TEST

/* Run the lines of a plan by a shell, unchanged. */
static void
run_plan(const char *shell, const char *lines)
{
	struct outcome outcome;

	write_here("lines", lines);
	command_run(&(struct command){.program = shell,
			    .folder = folder,
			    .arguments = WORDS("lines")},
		&outcome);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
}

START_TEST(a_plan_gives_a_shell_the_exact_names)
{
	const char *name = names[_i].name;
	bool has_newline = strchr(name, '\n') != NULL;
	const char *shell = has_newline ? "/bin/bash" : "/bin/sh";
	char directory[64], *lines;

	if (!file_exists(shell)) {
		printf("not tested: there is no %s\n", shell);
		return;
	}
	snprintf(directory, sizeof directory, "d%s", name);
	write_here(name, TRIANGLE);
	lines = OUTPUT_OF("sweep", "--plan", "--task", "points", "--data", name,
		"--units", "2,3", "--seeds", "1", "--updates", "20", "--output",
		directory);
	ck_assert_uint_eq(count_lines(lines), 2);
	run_plan(shell, lines);
	free(lines);
	lines = OUTPUT_OF("sweep", "--collect", directory, "--quiet");
	ck_assert_ptr_null(strstr(lines, "not finished"));
	free(lines);
	/* the sweep itself has nothing left to train */
	MUST("sweep", "--quiet", "--task", "points", "--data", name, "--units",
		"2,3", "--seeds", "1", "--updates", "20", "--output",
		directory);
}
END_TEST

START_TEST(damaged_bytes_of_a_name_are_refused)
{
	static const char *const damaged[] = {"%", "%4", "%zz", "%00", "a%e9",
		"%%41"};
	struct outcome outcome;
	struct tensors file;
	char path[FOLDER_PATH_SIZE];

	write_here("\xff", TRIANGLE);
	MUST("train", "--quiet", "--task", "points", "--data", "\xff",
		"--updates", "2", MODEL);
	for (int i = 0; i < COUNT(damaged); i++) {
		read_tensors_here(&file, MODEL);
		json_object_set_new(json_object_get(file.header,
					    "__metadata__"),
			"data_bytes", json_string(damaged[i]));
		tensors_write(&file, folder_join(path, folder, "bad"));
		tensors_release(&file);
		RUN(&outcome, "info", "bad");
		expect_failure(&outcome, "bad: damaged: 'data_bytes' is wrong");
		outcome_release(&outcome);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("moved");
	TCase *tcase = add_screen_case(suite, "moved");

	suite_add_loop(tcase, a_finished_run_keeps_the_new_place_of_its_data, 0,
		COUNT(kinds));
	tcase_add_test(tcase, other_settings_that_may_change_are_saved);
	suite_add_loop(tcase, a_pipe_is_not_saved_as_the_place_of_the_data, 0,
		COUNT(kinds));
	suite_add_loop(tcase, a_message_about_missing_data_names_the_option, 0,
		COUNT(kinds));
	suite_add_loop(tcase,
		the_interface_names_the_option_and_keeps_the_place, 0,
		COUNT(kinds));
	suite_add_loop(tcase,
		changed_data_are_evaluated_only_with_an_explicit_option, 0,
		COUNT(kinds));
	tcase_add_test(tcase, a_very_short_text_can_be_evaluated);
	tcase_add_test(tcase, a_run_of_generated_shapes_accepts_no_data);
	tcase_add_test(tcase, a_sweep_continues_with_moved_data);
	tcase = add_screen_case(suite, "names");
	suite_add_loop(tcase, data_of_any_name_are_found_again, 0,
		COUNT(names));
	tcase_add_test(tcase, a_form_keeps_a_name_of_any_bytes);
	tcase_add_test(tcase, data_at_the_end_of_a_long_path_are_found_again);
	suite_add_loop(tcase, a_plan_gives_a_shell_the_exact_names, 0,
		COUNT(names));
	tcase_add_test(tcase, damaged_bytes_of_a_name_are_refused);
	return suite_run(suite);
}
