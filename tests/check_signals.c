/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of signals: terminating signals save the model and restore the
 * terminal; signals that ask for progress are answered; ignored signals stay
 * ignored. Limits of file size and processor time, which send signals. Ctrl-C
 * in the interface, which asks before work is lost.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "interface.h"
#include "suite.h"

#define LOG "l.jsonl"

static void
run_script(const char *script, struct outcome *outcome)
{
	command_run(&(struct command){.program = "sh",
			    .folder = folder,
			    .arguments = WORDS("-c", script)},
		outcome);
}

static void
open_script(const char *script)
{
	open_with(&(struct terminal_options){
		.command.program = "sh",
		.command.arguments = WORDS("-c", script),
	});
}

/* Requests for progress */

START_TEST(train_reports_its_progress_and_continues)
{
	struct process process;
	struct outcome outcome;

	command_start(&(struct command){.folder = folder,
			      .arguments = WORDS("train", "--seed", "1",
				      "--updates", "1000000000", "--log", "-",
				      MODEL)},
		&process);
	ck_assert(process_wait_for_lines(&process, 50, LIMIT_MS));
	kill(process.pid, SIGUSR1);
	while (process.outcome.errors == NULL)
		ck_assert(process_wait_for_lines(&process,
			count_lines(process.outcome.output) + 1, LIMIT_MS));
	ck_assert(process_wait_for_lines(&process,
		count_lines(process.outcome.output) + 50, LIMIT_MS));
	kill(process.pid, SIGTERM);
	process_finish(&process, LIMIT_MS, &outcome);
	expect_status(&outcome, 128 + SIGTERM);
	ck_assert_uint_eq(count_lines(outcome.errors), 1);
	ck_assert_int_eq(strncmp(outcome.errors, "update ", 7), 0);
	ck_assert_ptr_nonnull(
		strstr(outcome.errors, "/1,000,000,000  loss 0."));
	ck_assert_ptr_nonnull(strstr(outcome.errors, "  average 0."));
	outcome_release(&outcome);
}
END_TEST

START_TEST(a_sweep_reports_its_progress_and_continues)
{
	struct process process;
	struct outcome outcome;
	char path[FOLDER_PATH_SIZE];
	long end = now_ms() + LIMIT_MS;

	command_start(&(struct command){.folder = folder,
			      .arguments = WORDS("sweep", "--units", "2,3",
				      "--seeds", "1", "--updates",
				      "1000000000000", "--checkpoint-every",
				      "100", "--output", "d"),
			      .errors = folder_join(path, folder, "errors")},
		&process);
	while (!exists_here("d/units-2-seed-1.safetensors")) {
		ck_assert_int_lt(now_ms(), end);
		process_wait_for_lines(&process, 1, 20);
	}
	kill(process.pid, SIGUSR1);
	for (bool is_told = false; !is_told;) {
		char *errors = read_here("errors", NULL);

		is_told = count_lines(errors) == 1;
		ck_assert_int_lt(now_ms(), end);
		if (is_told)
			ck_assert_str_eq(errors, "0/2 runs, 0 %\n");
		free(errors);
		process_wait_for_lines(&process, 1, 20);
	}
	kill(process.pid, SIGUSR2);
	process_finish(&process, LIMIT_MS, &outcome);
	expect_status(&outcome, 128 + SIGUSR2);
	ck_assert_uint_ge(updates_of("d/units-2-seed-1.safetensors"), 100);
	outcome_release(&outcome);
}
END_TEST

/* _i 0: running; 1: paused. */
START_TEST(the_interface_reports_its_progress_and_continues)
{
	OPEN("--seed", "1", "--updates", "1000000000");
	expect_count(1000000000, 1, 1000000000);
	if (_i == 1)
		pause_training();
	kill(terminal.pid, SIGUSR1);
	expect("/1,000,000,000  loss 0.");
	expect(_i == 1 ? "paused" : "running");
	press(" ");
	expect(_i == 1 ? "running" : "paused");
	leave();
}
END_TEST

START_TEST(an_ignored_signal_stays_ignored)
{
	static const int ignored[] = {SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2,
		SIGALRM, SIGINT};
	struct process process;
	struct outcome outcome;

	command_start(&(struct command){.program = "sh",
			      .folder = folder,
			      .arguments = WORDS("-c",
				      "trap '' HUP QUIT USR1 USR2 ALRM INT;"
				      " exec \"$LSTMTUI\" train --updates 0 "
				      "--log - " MODEL)},
		&process);
	ck_assert(process_wait_for_lines(&process, 10, LIMIT_MS));
	for (int i = 0; i < COUNT(ignored); i++)
		kill(process.pid, ignored[i]);
	ck_assert(process_wait_for_lines(&process,
		count_lines(process.outcome.output) + 10, LIMIT_MS));
	ck_assert(process_wait_for_lines(&process,
		count_lines(process.outcome.output) + 10, LIMIT_MS));
	kill(process.pid, SIGTERM);
	process_finish(&process, LIMIT_MS, &outcome);
	expect_status(&outcome, 128 + SIGTERM);
	ck_assert_str_eq(outcome.errors, "");
	outcome_release(&outcome);
}
END_TEST

/* Limits */

/* Assert one line of error, and the exit status of the signal. */
static void
expect_limit(const struct outcome *outcome, int number, const char *named)
{
	expect_status(outcome, 128 + number);
	ck_assert_uint_eq(count_lines(outcome->errors), 1);
	ck_assert_msg(strstr(outcome->errors, named) != NULL, "%s",
		outcome->errors);
}

START_TEST(a_log_that_reaches_its_limit_ends_training_with_a_save)
{
	struct outcome outcome;
	char *log;

	run_script("ulimit -f 200; exec \"$LSTMTUI\" train --quiet "
		   "--updates 0 --log " LOG " " MODEL,
		&outcome);
	expect_limit(&outcome, SIGXFSZ, LOG ": ");
	outcome_release(&outcome);
	log = read_here(LOG, NULL);
	ck_assert_int_eq(log[strlen(log) - 1], '\n');
	ck_assert_uint_gt(count_lines(log), 100);
	ck_assert_uint_ge(updates_of(MODEL), count_lines(log));
	free(log);
	ck_assert_uint_eq(folder_count(folder), 2);
}
END_TEST

/* _i 0: saved at the end; 1: at a checkpoint. The old file, if any, is kept. */
START_TEST(a_model_over_the_size_limit_leaves_the_old_file)
{
	static const char *const every[] = {"0", "10"};
	char script[512], *before, *after;
	struct outcome outcome;
	size_t length, length_after;

	snprintf(script, sizeof script,
		"ulimit -f 1; exec \"$LSTMTUI\" train "
		"--quiet --updates 100 --checkpoint-every %s " MODEL,
		every[_i]);
	run_script(script, &outcome);
	expect_failure(&outcome, MODEL ": ");
	outcome_release(&outcome);
	ck_assert_uint_eq(folder_count(folder), 0);

	MUST("train", "--quiet", "--seed", "1", "--updates", "50", MODEL);
	before = read_here(MODEL, &length);
	run_script(script, &outcome);
	expect_failure(&outcome, MODEL ": ");
	outcome_release(&outcome);
	after = read_here(MODEL, &length_after);
	ck_assert_uint_eq(length, length_after);
	ck_assert_mem_eq(before, after, length);
	ck_assert_uint_eq(folder_count(folder), 1);
	free(before);
	free(after);
}
END_TEST

/*
 * _i 0: a soft limit, which warns; 1: a hard limit, which kills without a
 * warning, so that the program reserves a second for the save.
 */
static const char *const times[] = {"ulimit -S -t 1", "ulimit -t 2"};

START_TEST(the_limit_of_processor_time_ends_training_with_a_save)
{
	struct outcome outcome;
	char script[256];

	snprintf(script, sizeof script,
		"%s; exec \"$LSTMTUI\" train --quiet "
		"--updates 0 " MODEL,
		times[_i]);
	run_script(script, &outcome);
	expect_limit(&outcome, SIGXCPU, "ulimit -t");
	outcome_release(&outcome);
	ck_assert_uint_gt(updates_of(MODEL), 0);
	ck_assert_uint_eq(folder_count(folder), 1);
}
END_TEST

START_TEST(limits_end_the_interface_with_a_save)
{
	static const char *const scripts[] = {
		"ulimit -f 200; exec \"$LSTMTUI\" --speed 0 --updates 0 "
		"--log " LOG " " MODEL,
		"ulimit -t 2; exec \"$LSTMTUI\" --speed 0 --updates 0 " MODEL,
	};
	static const int numbers[] = {SIGXFSZ, SIGXCPU};

	open_script(scripts[_i]);
	expect_end(128 + numbers[_i]);
	expect_restored();
	ck_assert(terminal.was_alternate);
	ck_assert_uint_gt(updates_of(MODEL), 0);
	ck_assert_msg(terminal_shows(&terminal,
			      _i == 0 ? "ulimit -f" : "ulimit -t"),
		"%s", terminal_text(&terminal));
}
END_TEST

/* Ctrl-C in the interface */

START_TEST(ctrl_c_asks_before_progress_is_lost)
{
	OPEN("--seed", "1");
	expect_at_least(50);
	press(KEY_CTRL_C);
	expect("Quit?");
	press("c");
	expect_gone("Quit?");
	expect("running");
	press(KEY_CTRL_C);
	expect("Ctrl-C again discards it");
	press(KEY_CTRL_C);
	expect_end(130);
	expect_restored();
	ck_assert_uint_eq(folder_count(folder), 0);
}
END_TEST

START_TEST(ctrl_c_followed_by_a_name_saves)
{
	OPEN("--seed", "1");
	expect_at_least(50);
	press(KEY_CTRL_C);
	expect("Quit?");
	press("s");
	expect("File name");
	press(MODEL KEY_ENTER);
	expect_end(0);
	expect_restored();
	ck_assert_uint_ge(updates_of(MODEL), 50);
}
END_TEST

/*
 * Nothing to lose. _i 0: a new run without updates; 1: a run saved in its file.
 */
START_TEST(ctrl_c_leaves_at_once_if_nothing_is_lost)
{
	MUST("train", "--quiet", "--seed", "1", "--updates", "50", MODEL);
	OPEN(MODEL);
	expect("finished");
	press(KEY_CTRL_C);
	expect_end(130);
	expect_restored();
	ck_assert_uint_eq(updates_of(MODEL), 50);
}
END_TEST

/* _i: help, a form, a prompt or a question is shown. */
START_TEST(ctrl_c_asks_over_whatever_is_shown)
{
	static const char *const keys[] = {"?", "n", "W", "r"};
	static const char *const shown[] = {"Help", " start ", "File name",
		"Start over with"};

	OPEN("--seed", "1");
	expect_at_least(50);
	press(keys[_i]);
	expect(shown[_i]);
	press(KEY_CTRL_C);
	expect("Quit?");
	press(KEY_CTRL_C);
	expect_end(130);
	expect_restored();
	ck_assert_uint_eq(folder_count(folder), 0);
}
END_TEST

/* A reset run must not replace the run in its file. */
START_TEST(ctrl_c_asks_for_a_reset_run)
{
	OPEN("--seed", "1", MODEL);
	expect_at_least(50);
	press("w");
	expect("saved");
	press("ry");
	expect("started over");
	expect_at_least(10);
	press(KEY_CTRL_C);
	expect("Quit?");
	press(KEY_CTRL_C);
	expect_end(130);
	ck_assert_uint_ge(updates_of(MODEL), 50);
}
END_TEST

/* If the terminal sends no signal for Ctrl-C, the key acts the same. */
START_TEST(ctrl_c_as_a_key_acts_like_the_signal)
{
	open_script("stty intr ^X; exec \"$LSTMTUI\" --seed 1");
	expect_at_least(50);
	press(KEY_CTRL_C);
	expect("Quit?");
	press(KEY_CTRL_C);
	ck_assert(terminal_wait_for_end(&terminal, LIMIT_MS));
	expect_status(&terminal.outcome, 130);
}
END_TEST

/* A process that sends the signal cannot answer a question. */
START_TEST(a_sigint_from_another_process_does_not_ask)
{
	OPEN("--seed", "1");
	expect_at_least(50);
	kill(terminal.pid, SIGINT);
	expect_end(130);
	expect_restored();
	ck_assert_uint_eq(folder_count(folder), 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("signals");
	TCase *questions = add_screen_case(suite, "questions");
	TCase *limits = add_screen_case(suite, "limits");
	TCase *ctrl_c = add_screen_case(suite, "ctrl-c");

	command_run_file();
	tcase_add_test(questions, train_reports_its_progress_and_continues);
	tcase_add_test(questions, a_sweep_reports_its_progress_and_continues);
	suite_add_loop(questions,
		the_interface_reports_its_progress_and_continues, 0, 2);
	tcase_add_test(questions, an_ignored_signal_stays_ignored);
	tcase_add_test(limits,
		a_log_that_reaches_its_limit_ends_training_with_a_save);
	suite_add_loop(limits, a_model_over_the_size_limit_leaves_the_old_file,
		0, 2);
	suite_add_loop(limits,
		the_limit_of_processor_time_ends_training_with_a_save, 0,
		COUNT(times));
	suite_add_loop(limits, limits_end_the_interface_with_a_save, 0, 2);
	tcase_add_test(ctrl_c, ctrl_c_asks_before_progress_is_lost);
	tcase_add_test(ctrl_c, ctrl_c_followed_by_a_name_saves);
	tcase_add_test(ctrl_c, ctrl_c_leaves_at_once_if_nothing_is_lost);
	suite_add_loop(ctrl_c, ctrl_c_asks_over_whatever_is_shown, 0, 4);
	tcase_add_test(ctrl_c, ctrl_c_asks_for_a_reset_run);
	tcase_add_test(ctrl_c, ctrl_c_as_a_key_acts_like_the_signal);
	tcase_add_test(ctrl_c, a_sigint_from_another_process_does_not_ask);
	return suite_run(suite);
}
