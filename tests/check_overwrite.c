/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests that no output of a command is one of its inputs or another output,
 * under any of their names; the files stay unchanged.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "interface.h"
#include "suite.h"

#define POINTS "0,0\n1,0\n1,1\n\n0,0\n0.5,0\n0.5,0.5\n"
#define TEXT                                            \
	"the quick brown fox jumps over the lazy dog\n" \
	"the quick brown fox jumps over the lazy dog\n"

/* Files of a test: data, a text and models. */
static const char *const kept[] = {"d.csv", "t.txt", "m.safetensors",
	"text.safetensors"};

static void
link_here(const char *to, const char *name)
{
	char path[FOLDER_PATH_SIZE];

	ck_assert_int_eq(symlink(to, folder_join(path, folder, name)), 0);
}

static void
make_files(void)
{
	char from[FOLDER_PATH_SIZE], to[FOLDER_PATH_SIZE];

	write_here("d.csv", POINTS);
	write_here("t.txt", TEXT);
	MUST("train", "--quiet", "--seed", "1", "--task", "points", "--data",
		"d.csv", "--updates", "10", MODEL);
	MUST("train", "--quiet", "--seed", "1", "--task", "text", "--data",
		"t.txt", "--units", "4", "--batch", "2", "--updates", "1",
		"text.safetensors");
	link_here("d.csv", "link.csv");
	link_here(MODEL, "link.safetensors");
	link_here("new", "link-to-new");
	folder_join(from, folder, "d.csv");
	ck_assert_int_eq(link(from, folder_join(to, folder, "hard.csv")), 0);
	ck_assert_int_eq(mkdir(folder_join(to, folder, "sizes"), 0700), 0);
}

static const struct {
	const char *const *arguments;
	const char *named; /* the message contains both of these */
	const char *and;
} wrong[] = {
	/* --log */
	{WORDS("train", "--task", "points", "--data", "d.csv", "--log",
		 "d.csv"),
		"--log d.csv", "--data"},
	{WORDS("train", "--task", "points", "--data", "d.csv", "--log",
		 "link.csv"),
		"--log link.csv", "--data"},
	{WORDS("train", "--task", "points", "--data", "link.csv", "--log",
		 "hard.csv"),
		"--log hard.csv", "--data"},
	{WORDS("train", "--task", "points", "--data", "d.csv", "--log",
		 "./sizes/../d.csv"),
		"--log", "--data"},
	{WORDS("train", "--updates", "20", "--log", MODEL, MODEL), "--log",
		"MODEL"},
	{WORDS("train", "--updates", "20", "--log", "link.safetensors", MODEL),
		"--log", "MODEL"},
	/* the model of a resumed run names its data */
	{WORDS("train", "--updates", "20", "--log", "d.csv", MODEL), "--log",
		"--data"},
	{WORDS("train", "--init", MODEL, "--log", MODEL), "--log", "--init"},
	/* neither file exists yet */
	{WORDS("train", "--log", "new", "new"), "--log", "MODEL"},
	{WORDS("train", "--log", "sizes/../new", "link-to-new"), "--log",
		"MODEL"},
	{WORDS("train", "--log", ".new.lock", "new"), "--log", "the lock"},
	/* the model */
	{WORDS("train", "--force", "--task", "points", "--data", "d.csv",
		 "d.csv"),
		"--data", "MODEL"},
	{WORDS("train", "--force", "--task", "points", "--data", "d.csv",
		 "hard.csv"),
		"--data", "MODEL"},
	{WORDS("train", "--force", "--init", MODEL, "link.safetensors"),
		"--init", "MODEL"},
	/* the best model */
	{WORDS("train", "--task", "text", "--data", "t.txt", "--log",
		 "new-best", "new"),
		"--log new-best", "the best model"},
	{WORDS("train", "--task", "text", "--data", "t.txt", "--log",
		 "new-best.safetensors", "new.safetensors"),
		"--log", "the best model new-best.safetensors"},
	{WORDS("train", "--updates", "2", "--log", "text-best.safetensors",
		 "text.safetensors"),
		"--log", "the best model"},
	/* a sweep, into an existing directory */
	{WORDS("sweep", "--task", "points", "--data", "sizes/results.csv",
		 "--output", "sizes"),
		"--data", "the result"},
	{WORDS("sweep", "--task", "points", "--data",
		 "sizes/units-1-seed-1.safetensors", "--output", "sizes"),
		"--data", "the model"},
};

START_TEST(no_output_is_an_input_or_another_output)
{
	struct outcome outcome;
	char *before[COUNT(kept)];
	size_t length[COUNT(kept)], files;

	make_files();
	/* two names of one file are recognized only if it exists */
	write_here("sizes/results.csv", POINTS);
	write_here("sizes/units-1-seed-1.safetensors", POINTS);
	for (int i = 0; i < COUNT(kept); i++)
		before[i] = read_here(kept[i], &length[i]);
	files = folder_count(folder);

	command_run(&(struct command){.folder = folder,
			    .arguments = wrong[_i].arguments},
		&outcome);
	expect_usage_error(&outcome, wrong[_i].named);
	expect_usage_error(&outcome, wrong[_i].and);
	ck_assert_str_eq(outcome.output, "");
	outcome_release(&outcome);
	for (int i = 0; i < COUNT(kept); i++) {
		size_t now;
		char *after = read_here(kept[i], &now);

		ck_assert_uint_eq(now, length[i]);
		ck_assert_mem_eq(after, before[i], now);
		free(after);
		free(before[i]);
	}
	ck_assert_uint_eq(folder_count(folder), files);
}
END_TEST

/* Run a command with a standard stream appended to a file of the folder. */
static void
run_appending(const char *const *arguments, const char *redirection,
	struct outcome *outcome)
{
	char script[512];
	const char *words[16] = {"-c", script, "sh"};
	size_t count = 3;

	snprintf(script, sizeof script, "exec \"$LSTMTUI\" \"$@\" %s",
		redirection);
	for (size_t i = 0; arguments[i] != NULL; i++) {
		ck_assert_uint_lt(count, COUNT(words) - 1);
		words[count++] = arguments[i];
	}
	command_run(&(struct command){.program = "sh",
			    .folder = folder,
			    .arguments = words},
		outcome);
}

static const struct {
	const char *const *arguments;
	const char *redirection;
	const char *file; /* must stay unchanged */
	const char *named;
} redirected[] = {
	{WORDS("generate", MODEL), ">>m.safetensors", MODEL, "MODEL"},
	{WORDS("generate", MODEL), ">>link.safetensors", MODEL, "MODEL"},
	{WORDS("info", MODEL), ">>m.safetensors", MODEL, "MODEL"},
	{WORDS("evaluate", MODEL), ">>m.safetensors", MODEL, "MODEL"},
	{WORDS("evaluate", MODEL), ">>d.csv", "d.csv", "--data"},
	{WORDS("evaluate", "--data", "link.csv", MODEL), ">>hard.csv", "d.csv",
		"--data"},
	{WORDS("train", "--updates", "20", "--log", "-", MODEL), ">>d.csv",
		"d.csv", "--data"},
	{WORDS("train", "--updates", "20", MODEL), ">>d.csv", "d.csv",
		"--data"},
	{WORDS("train", "--updates", "20", MODEL), ">>m.safetensors", MODEL,
		"MODEL"},
	{WORDS("train", "--task", "points", "--data", "d.csv", "--log", "x"),
		">>x", NULL, "--log"},
};

START_TEST(standard_output_to_an_input_is_refused)
{
	struct outcome outcome;
	const char *file = redirected[_i].file;
	char *before = NULL, *after;
	size_t length = 0, now;
	char all[64];

	make_files();
	if (file != NULL)
		before = read_here(file, &length);
	/* the message itself must not go to the file */
	run_appending(redirected[_i].arguments, redirected[_i].redirection,
		&outcome);
	expect_usage_error(&outcome, "standard output");
	expect_usage_error(&outcome, redirected[_i].named);
	outcome_release(&outcome);
	if (file == NULL)
		return;
	after = read_here(file, &now);
	ck_assert_uint_eq(now, length);
	ck_assert_mem_eq(after, before, now);
	free(before);
	free(after);
	/* the shell truncates the file, but the message names the cause */
	if (redirected[_i].redirection[2] == 'm') {
		snprintf(all, sizeof all, ">m.safetensors");
		run_appending(redirected[_i].arguments, all, &outcome);
		expect_usage_error(&outcome, "MODEL");
		outcome_release(&outcome);
	}
}
END_TEST

START_TEST(devices_and_a_file_of_both_standard_streams_are_accepted)
{
	struct outcome outcome;

	make_files();
	RUN(&outcome, "train", "--updates", "20", "--log", "/dev/null", MODEL);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
	run_appending(WORDS("train", "--updates", "30", "--log", "-", MODEL),
		">log 2>&1", &outcome);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
	run_appending(WORDS("train", "--updates", "40", "--log", "/dev/null",
			      MODEL),
		">/dev/null 2>/dev/null", &outcome);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
	ck_assert_uint_eq(updates_of(MODEL), 40);
	/* the same file under two names, only read */
	MUST("evaluate", "--data", "link.csv", MODEL);
}
END_TEST

START_TEST(a_sweep_is_not_collected_into_its_own_results)
{
	struct outcome outcome;

	MUST("sweep", "--quiet", "--units", "2", "--seeds", "1", "--updates",
		"10", "--output", "sizes");
	run_appending(WORDS("sweep", "--collect", "sizes"),
		">>sizes/results.csv", &outcome);
	expect_usage_error(&outcome, "results.csv");
	outcome_release(&outcome);
	run_appending(WORDS("sweep", "--collect", "sizes"),
		">>sizes/units-2-seed-1.safetensors", &outcome);
	expect_usage_error(&outcome, "units-2-seed-1.safetensors");
	outcome_release(&outcome);
	MUST("sweep", "--quiet", "--collect", "sizes");
}
END_TEST

static const char *const protected_names[] = {"d.csv", "link.csv", "log",
	"sizes/../d.csv"};

/* _i: the name to save under. */
START_TEST(w_does_not_save_over_the_data_or_the_log)
{
	char *before, *after, *log;

	make_files();
	OPEN("--seed", "1", "--task", "points", "--data", "d.csv", "--log",
		"log", "--speed", "50");
	expect_at_least(3);
	pause_training();
	before = read_here("d.csv", NULL);
	press("w");
	expect("File name");
	press(protected_names[_i]);
	press("\r");
	expect("Replace the file?");
	press("y");
	expect("an output must not be");
	after = read_here("d.csv", NULL);
	ck_assert_str_eq(before, after);
	free(before);
	free(after);
	/* training continues, and another name works */
	press("w");
	expect("File name");
	press("other.safetensors\r");
	expect("saved other.safetensors");
	leave();
	log = read_here("log", NULL);
	ck_assert_ptr_nonnull(strstr(log, "\"update\":1,"));
	ck_assert_int_eq(log[0], '{');
	free(log);
}
END_TEST

START_TEST(the_interface_refuses_a_log_over_its_data)
{
	struct outcome outcome;

	make_files();
	open_with(&(struct terminal_options){
		.command.arguments = WORDS("--task", "points", "--data",
			"d.csv", "--log", "link.csv")});
	ck_assert(terminal_wait_for_end(&terminal, LIMIT_MS));
	ck_assert_int_eq(terminal.outcome.status, 2);
	RUN(&outcome, "evaluate", MODEL);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("overwrite");
	TCase *tcase = add_case(suite, "files");

	suite_add_loop(tcase, no_output_is_an_input_or_another_output, 0,
		COUNT(wrong));
	suite_add_loop(tcase, standard_output_to_an_input_is_refused, 0,
		COUNT(redirected));
	tcase_add_test(tcase,
		devices_and_a_file_of_both_standard_streams_are_accepted);
	tcase_add_test(tcase, a_sweep_is_not_collected_into_its_own_results);
	tcase = add_screen_case(suite, "screen");
	suite_add_loop(tcase, w_does_not_save_over_the_data_or_the_log, 0,
		COUNT(protected_names));
	tcase_add_test(tcase, the_interface_refuses_a_log_over_its_data);
	return suite_run(suite);
}
