/*
 * The interface at terminals that do not behave: they stop reading, are of
 * any kind and size, send anything, or are none. Training goes on, the
 * terminal is given back, and the model is whole.
 */
#include <check.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "command.h"
#include "core/random.h"
#include "folder.h"
#include "run/model_file.h"
#include "suite.h"
#include "terminal.h"

#define MODEL "m.safetensors"
#define LOG "l.jsonl"

/* Without an end, as fast as can be; each update in the log. */
#define FAST "--seed", "1", "--speed", "0", "--updates", "1000000000"
#define LOGGED "--log", LOG, "--log-every", "1"

#define KEY_CTRL_S "\023"
#define KEY_CTRL_Q "\021"

#define COUNT(array) ((int)(sizeof(array) / sizeof(array)[0]))

enum {
	LIMIT_MS = TERMINAL_LIMIT_MS,
	/* bytes of log that only a run that goes on writes */
	LOG_GROWTH = 2000000,
	/* kilobytes that a process may take more for reasons of its own */
	MEMORY_GROWTH = 4000,
	/* milliseconds without output, where a frame is due in 33 */
	SILENCE = 250
};

static char folder[FOLDER_PATH_SIZE];
static struct terminal terminal;
static bool is_open;

static void
make_folder(void)
{
	folder_new(folder);
	is_open = false;
}

static void
close_terminal(void)
{
	if (is_open)
		terminal_close(&terminal);
	is_open = false;
}

static void
open_with(const struct terminal_options *given)
{
	struct terminal_options options = *given;

	options.command.folder = folder;
	terminal_open(&terminal, &options);
	is_open = true;
}

#define OPEN(...)                                    \
	open_with(&(struct terminal_options){        \
		.in_a_shell = true,                  \
		.command.arguments = WORDS(__VA_ARGS__)})

static void
press(const char *keys)
{
	terminal_type(&terminal, keys);
}

static void
expect(const char *text)
{
	ck_assert_msg(terminal_wait_for(&terminal, text, LIMIT_MS),
		"'%s' does not come:\n%s", text, terminal_text(&terminal));
}

static void
settle(void)
{
	ck_assert_msg(terminal_settle(&terminal, LIMIT_MS),
		"it does not come to rest:\n%s", terminal_text(&terminal));
	ck_assert_msg(!terminal.is_over, "it ended: status %d, signal %d\n%s",
		terminal.outcome.status, terminal.outcome.signal,
		terminal_text(&terminal));
}

static void
expect_end(int status)
{
	ck_assert_msg(terminal_wait_for_end(&terminal, LIMIT_MS),
		"it does not end:\n%s", terminal_text(&terminal));
	ck_assert_msg(terminal.outcome.signal == 0 &&
		terminal.outcome.status == status,
		"status %d, signal %d, where %d should be\n%s",
		terminal.outcome.status, terminal.outcome.signal, status,
		terminal_text(&terminal));
}

static void
expect_restored(void)
{
	ck_assert_msg(terminal_is_restored(&terminal),
		"the settings are not restored");
	ck_assert_msg(!terminal.is_alternate,
		"the alternate screen is still on");
	ck_assert_msg(terminal.is_cursor_visible, "there is no cursor");
}

/*
 * The screen is what the program means it to be: drawn anew from nothing it
 * is the same. Training has to be paused.
 */
static void
expect_true_screen(void)
{
	char *before;

	settle();
	before = strdup(terminal_text(&terminal));
	ck_assert_ptr_nonnull(before);
	press(KEY_CTRL_L);
	settle();
	ck_assert_str_eq(before, terminal_text(&terminal));
	free(before);
}

/* Leave without saving. */
static void
leave(void)
{
	press("q");
	expect("discard");
	press("d");
	expect_end(0);
	expect_restored();
}

static off_t
size_here(const char *name)
{
	char path[FOLDER_PATH_SIZE];
	struct stat status;

	folder_join(path, folder, name);
	return stat(path, &status) == 0 ? status.st_size : 0;
}

/* Updates in a model file, which is whole. */
static uint64_t
updates_in(const char *name)
{
	struct run *run = malloc(sizeof *run);
	char path[FOLDER_PATH_SIZE];
	struct error error;
	uint64_t updates;

	ck_assert_ptr_nonnull(run);
	ck_assert_msg(model_file_read(run, folder_join(path, folder, name),
		&error), "%s", error.text);
	updates = run_updates(run);
	run_destroy(run);
	free(run);
	return updates;
}

/* Updates on the screen. */
static uint64_t
updates_shown(void)
{
	const char *text = terminal_text(&terminal);
	const char *at = strstr(text, "/1,000,000,000");
	uint64_t updates = 0;

	ck_assert_msg(at != NULL, "no progress:\n%s", text);
	while (at > text && strchr("0123456789,", at[-1]) != NULL)
		at--;
	for (; *at != '/'; at++)
		if (*at != ',')
			updates = 10 * updates + (uint64_t)(*at - '0');
	return updates;
}

/* The last whole line of the log. */
static uint64_t
updates_logged(void)
{
	char path[FOLDER_PATH_SIZE];
	unsigned long long updates = 0;
	size_t length;
	char *text = file_read(folder_join(path, folder, LOG), &length);

	while (length > 0 && text[length - 1] != '\n')
		length--;
	if (length > 0)
		text[length - 1] = '\0';
	for (size_t i = length; i > 0 && updates == 0; i--)
		if (i == 1 || text[i - 2] == '\n')
			ck_assert_int_eq(sscanf(text + i - 1,
				"{\"update\":%llu", &updates), 1);
	free(text);
	return updates;
}

/* Of memory that the program has at present; 0: unknown. */
static long
kilobytes(void)
{
	char path[64], line[256];
	long size = 0;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%ld/status", (long)terminal.pid);
	file = fopen(path, "r");
	while (file != NULL && size == 0 &&
		fgets(line, sizeof line, file) != NULL)
		(void)sscanf(line, "VmRSS: %ld", &size);
	if (file != NULL)
		fclose(file);
	return size;
}

static void
expect_memory(long before)
{
#ifndef __SANITIZE_ADDRESS__ /* which keeps what is freed for a while */
	long now = kilobytes();

	ck_assert_msg(now <= before + MEMORY_GROWTH,
		"%ld kilobytes have become %ld", before, now);
#else
	(void)before;
#endif
}

static void
pause_shortly(void)
{
	nanosleep(&(struct timespec){0, 2000000}, NULL);
}

/* Terminals that take nothing. */

/* Nobody reads, and no more fits in between. */
static void
wait_until_full(void)
{
	struct pollfd file = {.fd = terminal.slave, .events = POLLOUT};
	long deadline = now_ms() + LIMIT_MS;

	while (poll(&file, 1, 0) > 0) {
		ck_assert_msg(now_ms() < deadline, "it is never full");
		pause_shortly();
	}
}

/* The run goes on, while nobody looks. */
static void
expect_training(void)
{
	off_t until = size_here(LOG) + LOG_GROWTH;
	long deadline = now_ms() + LIMIT_MS;

	while (size_here(LOG) < until) {
		ck_assert_msg(now_ms() < deadline, "training stands still");
		pause_shortly();
	}
}

/* Stop the output, and wait until none comes. */
static void
stop_output(void)
{
	long deadline = now_ms() + LIMIT_MS;

	press(KEY_CTRL_S);
	while (terminal_pump(&terminal, SILENCE))
		ck_assert_msg(now_ms() < deadline, "Ctrl-S stops nothing");
}

static bool
has_ended(void)
{
	siginfo_t info = {0};

	return waitid(P_PID, (id_t)terminal.child, &info,
		WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid != 0;
}

/* It ends although nobody reads. */
static void
expect_end_unread(void)
{
	long deadline = now_ms() + LIMIT_MS;

	while (!has_ended()) {
		ck_assert_msg(now_ms() < deadline, "it does not end");
		pause_shortly();
	}
}

static bool
shows_at_least(struct terminal *from, void *argument)
{
	return terminal_shows(from, "/1,000,000,000") &&
		updates_shown() >= *(const uint64_t *)argument;
}

/* The present state, not one from before. */
static void
expect_present(void)
{
	uint64_t least = updates_logged();

	ck_assert_msg(terminal_wait(&terminal, shows_at_least, &least,
		LIMIT_MS), "not yet at %llu:\n%s", (unsigned long long)least,
		terminal_text(&terminal));
	press(" ");
	expect("paused");
	expect_true_screen();
}

START_TEST(training_goes_on_while_the_terminal_does_not_read)
{
	long before;

	OPEN(FAST, LOGGED);
	expect("running");
	wait_until_full();
	before = kilobytes();
	for (int i = 0; i < 3; i++)
		expect_training();
	expect_memory(before);
	expect_present();
	leave();
}
END_TEST

START_TEST(keys_act_while_the_terminal_does_not_read)
{
	long deadline = now_ms() + LIMIT_MS;

	OPEN(FAST, LOGGED, MODEL);
	expect("running");
	wait_until_full();
	press("w");
	while (size_here(MODEL) == 0) {
		ck_assert_msg(now_ms() < deadline, "nothing is saved");
		pause_shortly();
	}
	ck_assert_uint_gt(updates_in(MODEL), 0);
	press("?");
	expect("Help");
	press("q");
	expect_present();
	leave();
}
END_TEST

START_TEST(training_goes_on_after_ctrl_s)
{
	long before;

	OPEN(FAST, LOGGED);
	expect("running");
	stop_output();
	before = kilobytes();
	for (int i = 0; i < 3; i++)
		expect_training();
	expect_memory(before);
	ck_assert(!terminal_pump(&terminal, 0));
	press(KEY_CTRL_Q);
	expect_present();
	leave();
}
END_TEST

/* A shell that waits for a line of input, then becomes the program. */
static void
open_after_a_line(const char *arguments)
{
	char script[256];

	snprintf(script, sizeof script, "echo ready; read line; "
		"exec \"$LSTMTUI\" %s", arguments);
	open_with(&(struct terminal_options){
		.in_a_shell = true,
		.command.program = "sh",
		.command.arguments = WORDS("-c", script),
	});
	expect("ready");
}

START_TEST(it_starts_where_output_is_stopped)
{
	open_after_a_line("--seed 1 --speed 0 --updates 1000000000 "
		"--log " LOG " --log-every 1");
	press(KEY_CTRL_S "\n");
	expect_training();
	press(KEY_CTRL_Q);
	expect_present();
	leave();
}
END_TEST

static const int ending_signals[] = {SIGTERM, SIGHUP};

/* _i: which signal; then Ctrl-S, or nobody reads. */
START_TEST(a_signal_ends_it_though_the_terminal_takes_nothing)
{
	int number = ending_signals[_i % COUNT(ending_signals)];
	uint64_t least;

	OPEN(FAST, LOGGED, MODEL);
	expect("running");
	if (_i < COUNT(ending_signals))
		stop_output();
	else
		wait_until_full();
	expect_training();
	least = updates_logged();
	kill(terminal.pid, number);
	expect_end_unread();
	expect_end(128 + number);
	expect_restored();
	ck_assert_uint_ge(updates_in(MODEL), least);
	/* the log and the model */
	ck_assert_uint_eq(folder_count(folder), 2);
}
END_TEST

START_TEST(a_crash_ends_it_though_the_terminal_takes_nothing)
{
	OPEN(FAST);
	expect("running");
	if (_i == 0)
		stop_output();
	else
		wait_until_full();
	/* not by Ctrl-\, at which the system itself makes room */
	kill(terminal.pid, SIGQUIT);
	expect_end_unread();
	ck_assert(terminal_wait_for_end(&terminal, LIMIT_MS));
	ck_assert_int_eq(terminal.outcome.signal, SIGQUIT);
	expect_restored();
}
END_TEST

/* _i: Ctrl-S, or nobody reads. */
START_TEST(ctrl_z_stops_it_though_the_terminal_takes_nothing)
{
	OPEN(FAST, LOGGED);
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

enum { CASE_SECONDS = 120 };

static TCase *
new_case(Suite *suite, const char *name)
{
	TCase *tcase = suite_group(suite, name, CASE_SECONDS);

	tcase_add_unchecked_fixture(tcase, folder_setup, folder_teardown);
	tcase_add_checked_fixture(tcase, make_folder, close_terminal);
	return tcase;
}

static void
add_stops(Suite *suite)
{
	TCase *tcase = new_case(suite, "stops");

	tcase_add_test(tcase,
		training_goes_on_while_the_terminal_does_not_read);
	tcase_add_test(tcase, keys_act_while_the_terminal_does_not_read);
	tcase_add_test(tcase, training_goes_on_after_ctrl_s);
	tcase_add_test(tcase, it_starts_where_output_is_stopped);
	tcase_add_loop_test(tcase,
		a_signal_ends_it_though_the_terminal_takes_nothing, 0,
		2 * COUNT(ending_signals));
	tcase_add_loop_test(tcase,
		a_crash_ends_it_though_the_terminal_takes_nothing, 0, 2);
	tcase_add_loop_test(tcase,
		ctrl_z_stops_it_though_the_terminal_takes_nothing, 0, 2);
}

static Suite *
terminal_suite(void)
{
	Suite *suite = suite_create("terminal");

	add_stops(suite);
	return suite;
}

int
main(void)
{
	return suite_run(terminal_suite());
}
