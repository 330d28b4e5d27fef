/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the interface in terminals that stop reading, have any type or size,
 * or are closed: training continues, the terminal is restored, the model is
 * complete.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "core/random.h"
#include "endless.h"
#include "suite.h"

/* Terminals that do not read */

START_TEST(training_continues_while_the_terminal_does_not_read)
{
	long before;

	OPEN_IN_SHELL(FAST, LOGGED);
	expect("running");
	wait_until_full();
	before = kilobytes();
	for (int i = 0; i < 2; i++)
		expect_training();
	expect_memory(before);
	expect_present();
	leave();
}
END_TEST

START_TEST(keys_act_while_the_terminal_does_not_read)
{
	long deadline = now_ms() + LIMIT_MS;

	OPEN_IN_SHELL(FAST, LOGGED, MODEL);
	expect("running");
	wait_until_full();
	press("w");
	while (size_here(MODEL) == 0) {
		ck_assert_msg(now_ms() < deadline, "no model is saved");
		pause_shortly();
	}
	ck_assert_uint_gt(updates_of(MODEL), 0);
	press("?");
	expect("Help");
	press("q");
	expect_present();
	leave();
}
END_TEST

START_TEST(training_continues_after_ctrl_s)
{
	long before;

	OPEN_IN_SHELL(FAST, LOGGED);
	expect("running");
	stop_output();
	before = kilobytes();
	for (int i = 0; i < 2; i++)
		expect_training();
	expect_memory(before);
	ck_assert(!terminal_pump(&terminal, 0));
	press(KEY_CTRL_Q);
	expect_present();
	leave();
}
END_TEST

/* Run a shell that waits for a line of input, then becomes the program. */
static void
open_after_a_line(const char *arguments)
{
	char script[256];

	snprintf(script, sizeof script,
		"echo ready; read line; "
		"exec \"$LSTMTUI\" %s",
		arguments);
	open_with(&(struct terminal_options){
		.in_a_shell = true,
		.command.program = "sh",
		.command.arguments = WORDS("-c", script),
	});
	expect("ready");
}

START_TEST(the_interface_starts_while_output_is_stopped)
{
	open_after_a_line(
		"--seed 1 --speed 0 --updates 1000000000 --history-memory 4 "
		"--log " LOG " --log-every 1");
	press(KEY_CTRL_S "\n");
	expect_training();
	press(KEY_CTRL_Q);
	expect_present();
	leave();
}
END_TEST

/* _i 0: Ctrl-S stops the output; 1: the terminal does not read. */
START_TEST(a_signal_ends_the_program_while_the_terminal_does_not_read)
{
	uint64_t min;

	OPEN_IN_SHELL(FAST, LOGGED, MODEL);
	expect("running");
	if (_i == 0)
		stop_output();
	else
		wait_until_full();
	expect_training();
	min = updates_logged();
	kill(terminal.pid, SIGTERM);
	expect_end_unread();
	expect_end(128 + SIGTERM);
	expect_restored();
	ck_assert_uint_ge(updates_of(MODEL), min);
	/* the log and the model */
	ck_assert_uint_eq(folder_count(folder), 2);
}
END_TEST

START_TEST(a_crash_ends_the_program_while_the_terminal_does_not_read)
{
	OPEN_IN_SHELL(FAST);
	expect("running");
	if (_i == 0)
		stop_output();
	else
		wait_until_full();
	kill(terminal.pid, SIGABRT);
	expect_end_unread();
	ck_assert(terminal_wait_for_end(&terminal, LIMIT_MS));
	ck_assert_int_eq(terminal.outcome.signal, SIGABRT);
	expect_restored();
}
END_TEST

/* _i 0: Ctrl-S stops the output; 1: the terminal does not read. */
START_TEST(ctrl_z_stops_the_program_while_the_terminal_does_not_read)
{
	OPEN_IN_SHELL(FAST, LOGGED);
	expect("running");
	if (_i == 0)
		stop_output();
	else
		wait_until_full();
	kill(terminal.pid, SIGTSTP);
	ck_assert(terminal_wait_for_stop(&terminal, true, LIMIT_MS));
	while (terminal_pump(&terminal, 20))
		;
	expect_restored();
	kill(terminal.pid, SIGCONT);
	expect("Training");
	ck_assert(terminal.is_alternate);
	expect_present();
	leave();
}
END_TEST

/* Types of terminals */

enum {
	LINE_BITS = 9600,
	LINE_BYTES = LINE_BITS / 10, /* per second */
	LINE_SECONDS = 2,
	/* a frame that was begun in time */
	FRAMES_SIZE = 4000
};

/* The test reads as fast as it can: it is the program that waits. */
START_TEST(a_slow_line_gets_no_more_than_it_carries)
{
	long end = now_ms() + LINE_SECONDS * 1000;
	size_t before;

	open_with(&(struct terminal_options){
		.command.program = "sh",
		.command.arguments = WORDS("-c",
			"stty 9600; exec \"$LSTMTUI\" --seed 1 --speed 0 "
			"--updates 0"),
	});
	expect("running");
	before = terminal.received;
	while (now_ms() < end)
		terminal_pump(&terminal, 50);
	ck_assert_uint_lt(terminal.received - before,
		LINE_SECONDS * LINE_BYTES + FRAMES_SIZE);
	press(" ");
	expect("paused");
	/* not leave: stty has changed the settings */
	press("q");
	expect("discard");
	press("d");
	expect_end(0);
}
END_TEST

static const char *const kinds[] = {"xterm-256color", "xterm", "linux", "vt100",
	"vt220", "screen", "screen-256color", "tmux", "tmux-256color", "ansi",
	"rxvt", "vt52", "cons25", "xterm-mono"};

static bool
has_sent(const char *text)
{
	return terminal.received > 0 &&
		strstr(terminal.transcript, text) != NULL;
}

/* _i: the type. Only ASCII, which all types can display. */
START_TEST(the_interface_works_in_terminals_of_many_types)
{
	char variable[64];

	snprintf(variable, sizeof variable, "TERM=%s", kinds[_i]);
	open_with(&(struct terminal_options){
		.in_a_shell = true,
		.command.arguments = WORDS("--seed", "1", "--ascii", MODEL),
		.command.environment = WORDS(variable),
	});
	/*
	 * libvterm displays unknown sequences of other types, as of a vt52, as
	 * text
	 */
	while (!has_sent("Training") && !has_sent("unknown terminal"))
		ck_assert(terminal_pump(&terminal, LIMIT_MS));
	if (has_sent("unknown terminal")) {
		printf("not tested: %s is unknown here\n", kinds[_i]);
		return;
	}
	press("w");
	expect_model();
	press("qd");
	expect_end(0);
	ck_assert(terminal_is_restored(&terminal));
	ck_assert(!terminal.is_alternate);
	/* frames are marked if the type has private modes, each at both ends */
	ck_assert(has_sent("\033[?2026h") ==
		(has_sent("\033[?1049h") || has_sent("\033[?47h")));
	ck_assert(!terminal.is_in_frame);
}
END_TEST

/* A description with few capabilities, no description, and invalid names. */
static const char *const useless[] = {"TERM=dumb", "TERM=unknown",
	"TERM=", "TERM", "TERM=nonsense", "TERM=../../etc/passwd",
	"TERM=\033[31m"};

START_TEST(a_terminal_without_cursor_movement_is_refused)
{
	char path[FOLDER_PATH_SIZE], *errors;

	open_with(&(struct terminal_options){
		.command.arguments = WORDS(MODEL),
		.command.environment = WORDS(useless[_i]),
		.command.errors = folder_join(path, folder, "errors"),
	});
	expect_end(1);
	errors = file_read(path, NULL);
	ck_assert_int_eq(strncmp(errors, "lstmtui: ", 9), 0);
	ck_assert_uint_eq(count_lines(errors), 1);
	ck_assert_msg(strstr(errors, "lstmtui train") != NULL, "%s", errors);
	/* no escape sequence reaches the terminal */
	ck_assert_msg(strchr(errors, '\033') == NULL, "%s", errors);
	free(errors);
	ck_assert(terminal_is_restored(&terminal));
	ck_assert_uint_eq(terminal.received, 0);
	ck_assert_uint_eq(folder_count(folder), 1);
}
END_TEST

/* Sizes */

/* Rows and columns; sizes below 2 are set without libvterm. */
static const int sizes[][2] = {{0, 0}, {1, 1}, {500, 1000}, {2, 500}, {500, 2}};

static void
resize(const int *size)
{
	struct winsize window = {
		.ws_row = (unsigned short)size[0],
		.ws_col = (unsigned short)size[1],
	};

	if (size[0] >= 2 && size[1] >= 2)
		terminal_resize(&terminal, size[0], size[1]);
	else
		ck_assert_int_eq(ioctl(terminal.slave, TIOCSWINSZ, &window), 0);
}

/* Return to an ordinary size, and assert a correct screen. */
static void
expect_ordinary(void)
{
	resize((const int[]){24, 80});
	press(" ");
	expect("paused");
	expect("Training");
	expect_true_screen();
}

/* _i: the size at the start. */
START_TEST(the_interface_starts_at_any_size)
{
	open_after_a_line(
		"--seed 1 --updates 1000000000 --history-memory 4 " MODEL);
	resize(sizes[_i]);
	press("\n");
	while (!terminal.is_alternate)
		ck_assert(terminal_pump(&terminal, LIMIT_MS));
	/* keys work at that size */
	press("w");
	expect_model();
	expect_ordinary();
	leave();
}
END_TEST

/* Maximum memory of a screen in kB, whatever size it claims. */
enum { MEMORY_MAX = 150000 };

static void
expect_bounded_memory(void)
{
#ifndef __SANITIZE_ADDRESS__ /* it needs more memory for each byte */
	long now = kilobytes();

	ck_assert_msg(now < MEMORY_MAX, "%ld kilobytes", now);
#endif
}

static void
set_window(unsigned short size)
{
	struct winsize window = {.ws_row = size, .ws_col = size};

	ck_assert_int_eq(ioctl(terminal.slave, TIOCSWINSZ, &window), 0);
}

/*
 * Impossible sizes must not use much memory or time. _i 0: LINES and COLUMNS;
 * 1: the window at the start; 2: the window later.
 */
START_TEST(an_impossible_size_is_limited)
{
	static const char *const lines[] = {"LINES=30000", "LINES", "LINES"};
	static const char *const columns[] = {"COLUMNS=30000", "COLUMNS",
		"COLUMNS"};

	open_with(&(struct terminal_options){
		.in_a_shell = true,
		.command.program = "sh",
		.command.arguments = WORDS("-c",
			"echo ready; read line; "
			"exec \"$LSTMTUI\" "
			"--seed 1 --speed 0 --updates "
			"1000000000 --log " LOG " " MODEL),
		.command.environment = WORDS(lines[_i], columns[_i]),
	});
	expect("ready");
	if (_i == 1)
		set_window(30000);
	press("\n");
	if (_i == 2) {
		expect("running");
		set_window(30000);
	}
	/* a frame is sent, and training continues */
	while (!terminal.is_alternate)
		ck_assert(terminal_pump(&terminal, LIMIT_MS));
	for (int i = 0; i < 3; i++) {
		off_t before = size_here(LOG);
		long end = now_ms() + LIMIT_MS;

		while (size_here(LOG) == before) {
			ck_assert_int_lt(now_ms(), end);
			terminal_pump(&terminal, 5);
		}
		expect_bounded_memory();
	}
	kill(terminal.pid, SIGTERM);
	ck_assert(terminal_wait_for_end(&terminal, LIMIT_MS));
	expect_status(&terminal.outcome, 128 + SIGTERM);
	ck_assert_uint_gt(updates_of(MODEL), 0);
}
END_TEST

START_TEST(any_size_may_follow_any_other)
{
	OPEN_IN_SHELL("--seed", "1", "--updates", "1000000000");
	expect("running");
	for (int from = 0; from < COUNT(sizes); from++)
		for (int to = 0; to < COUNT(sizes); to++) {
			resize(sizes[from]);
			terminal_pump(&terminal, 40);
			resize(sizes[to]);
			terminal_pump(&terminal, 40);
		}
	expect_ordinary();
	leave();
}
END_TEST

START_TEST(after_many_resizes_the_screen_has_the_last_size)
{
	enum { RESIZES = 400 };
	struct random dice;

	random_seed(&dice, 1, RANDOM_STREAM_DATA);
	OPEN_IN_SHELL("--seed", "1", "--updates", "1000000000");
	expect("running");
	for (int i = 0; i < RESIZES; i++) {
		resize((const int[]){2 + (int)(random_next(&dice) % 60),
			2 + (int)(random_next(&dice) % 200)});
		pause_shortly();
		terminal_pump(&terminal, 0);
	}
	expect_ordinary();
	leave();
}
END_TEST

/* No controlling terminal, or closed streams */

START_TEST(a_terminal_that_is_not_the_controlling_one_works)
{
	if (system("setsid -w true >/dev/null 2>&1") != 0) {
		printf("not tested: there is no setsid -w\n");
		return;
	}
	open_with(&(struct terminal_options){
		.in_a_shell = true,
		.command.program = "setsid",
		.command.arguments =
			WORDS("-w", getenv("LSTMTUI"), FAST, LOGGED),
	});
	expect("running");
	stop_output();
	expect_training();
	press(KEY_CTRL_Q);
	expect_present();
	leave();
}
END_TEST

/* Every combination of closed standard streams. */
static const char *const closings[] = {"<&-", ">&-", "2>&-", "<&- >&-",
	"<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-"};

static void
run_script(const char *format, const char *closing, struct outcome *outcome)
{
	char script[256];

	snprintf(script, sizeof script, format, closing);
	command_run(&(struct command){.program = "sh",
			    .folder = folder,
			    .arguments = WORDS("-c", script)},
		outcome);
}

static void
expect_same_file(const char *name, const char *other)
{
	char path[FOLDER_PATH_SIZE];
	size_t length, other_length;
	char *bytes = file_read(folder_join(path, folder, name), &length);
	char *others =
		file_read(folder_join(path, folder, other), &other_length);

	ck_assert_uint_eq(length, other_length);
	ck_assert_msg(memcmp(bytes, others, length) == 0, "%s differs", name);
	free(bytes);
	free(others);
}

START_TEST(closed_standard_streams_do_not_change_training)
{
	static const char script[] =
		"exec \"$LSTMTUI\" train --seed 1 "
		"--updates 60 --checkpoint-every 20 --log l.jsonl "
		"m.safetensors %s";
	char from[FOLDER_PATH_SIZE], to[FOLDER_PATH_SIZE];
	struct outcome outcome;

	bool has_output =
		strstr(closings[_i], " >&-") == NULL && closings[_i][0] != '>';

	run_script(script, "", &outcome);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
	rename(folder_join(from, folder, MODEL),
		folder_join(to, folder, "other"));
	rename(folder_join(from, folder, LOG),
		folder_join(to, folder, "other.log"));
	run_script(script, closings[_i], &outcome);
	/* the final message cannot be written, which is an error */
	ck_assert_msg(outcome.signal == 0 &&
			outcome.status == (has_output ? 0 : 1),
		"status %d: %s", outcome.status, outcome.errors);
	outcome_release(&outcome);
	expect_same_file(MODEL, "other");
	expect_same_file(LOG, "other.log");
	ck_assert_uint_eq(folder_count(folder), 4);
}
END_TEST

/* _i: the streams closed in a terminal. */
START_TEST(the_interface_refuses_closed_standard_streams)
{
	char script[256], path[FOLDER_PATH_SIZE];
	bool has_errors = strstr(closings[_i], "2>") == NULL;

	snprintf(script, sizeof script,
		"exec \"$LSTMTUI\" --seed 1 "
		"--log " LOG " " MODEL " %s",
		closings[_i]);
	open_with(&(struct terminal_options){
		.in_a_shell = true,
		.command.program = "sh",
		.command.arguments = WORDS("-c", script),
		.command.errors =
			has_errors ? folder_join(path, folder, "errors") : NULL,
	});
	/* standard error is not needed: the interface works */
	if (strcmp(closings[_i], "2>&-") == 0) {
		expect_at_least(1);
		press("q");
		expect("discard");
		press("s");
		expect_end(0);
		ck_assert_uint_gt(updates_of(MODEL), 0);
	} else {
		expect_end(1);
		ck_assert_uint_eq(folder_count(folder), has_errors ? 1 : 0);
	}
	if (has_errors) {
		char *errors = file_read(path, NULL);

		ck_assert_int_eq(strncmp(errors, "lstmtui: ", 9), 0);
		ck_assert_uint_eq(count_lines(errors), 1);
		free(errors);
	}
	expect_restored();
}
END_TEST

START_TEST(output_to_a_closed_stream_fails)
{
	struct outcome outcome;

	run_script("exec \"$LSTMTUI\" --help %s", ">&-", &outcome);
	expect_failure(&outcome, "standard output");
	outcome_release(&outcome);
}
END_TEST

static void
add_stops(Suite *suite)
{
	TCase *tcase = add_screen_case(suite, "stops");

	tcase_add_test(tcase,
		training_continues_while_the_terminal_does_not_read);
	tcase_add_test(tcase, keys_act_while_the_terminal_does_not_read);
	tcase_add_test(tcase, training_continues_after_ctrl_s);
	tcase_add_test(tcase, the_interface_starts_while_output_is_stopped);
	suite_add_loop(tcase,
		a_signal_ends_the_program_while_the_terminal_does_not_read, 0,
		2);
	suite_add_loop(tcase,
		a_crash_ends_the_program_while_the_terminal_does_not_read, 0,
		2);
	suite_add_loop(tcase,
		ctrl_z_stops_the_program_while_the_terminal_does_not_read, 0,
		2);
}

static void
add_kinds(Suite *suite)
{
	TCase *tcase = add_screen_case(suite, "kinds");

	tcase_add_test(tcase, a_slow_line_gets_no_more_than_it_carries);
	suite_add_loop(tcase, the_interface_works_in_terminals_of_many_types, 0,
		COUNT(kinds));
	suite_add_loop(tcase, a_terminal_without_cursor_movement_is_refused, 0,
		COUNT(useless));
}

static void
add_sizes(Suite *suite)
{
	TCase *tcase = add_screen_case(suite, "sizes");

	suite_add_loop(tcase, the_interface_starts_at_any_size, 0,
		COUNT(sizes));
	suite_add_loop(tcase, an_impossible_size_is_limited, 0, 3);
	tcase_add_test(tcase, any_size_may_follow_any_other);
	tcase_add_test(tcase, after_many_resizes_the_screen_has_the_last_size);
}

static void
add_files(Suite *suite)
{
	TCase *tcase = add_screen_case(suite, "files");

	tcase_add_test(tcase, a_terminal_that_is_not_the_controlling_one_works);
	suite_add_loop(tcase, closed_standard_streams_do_not_change_training, 0,
		COUNT(closings));
	suite_add_loop(tcase, the_interface_refuses_closed_standard_streams, 0,
		COUNT(closings));
	tcase_add_test(tcase, output_to_a_closed_stream_fails);
}

int
main(void)
{
	Suite *suite = suite_create("terminal");

	add_stops(suite);
	add_kinds(suite);
	add_sizes(suite);
	add_files(suite);
	return suite_run(suite);
}
