/*
 * A terminal that stops reading, by itself or by Ctrl-S: the training goes
 * on, memory does not grow, a signal still ends the program, and when the
 * terminal reads again it shows how things are.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "command.h"
#include "folder.h"
#include "suite.h"
#include "terminal.h"

#define KEY_CTRL_S "\023"
#define KEY_CTRL_Q "\021"

enum {
	GROWTHS = 30, /* looks at which the log has to have grown */
	/* more than the system keeps for a terminal, in frames */
	FRAMES_MS = 1500,
	/* one frame, and what the allocator likes */
	KILOBYTES_MORE = 512
};

static char folder[FOLDER_PATH_SIZE], log_path[FOLDER_PATH_SIZE];
static struct terminal terminal;

static void
start(void)
{
	folder_join(log_path, folder_new(folder), "log");
	terminal_open(&terminal, &(struct terminal_options){
		.command = {.folder = folder, .arguments = WORDS("--seed", "1",
			"--speed", "0", "--updates", "0", "--log", "log",
			"--log-every", "1000", "m.safetensors")},
		.rows = 50, .columns = 160});
	ck_assert_msg(terminal_wait_for(&terminal, "running",
		TERMINAL_LIMIT_MS), "%s", terminal_text(&terminal));
}

static void
sleep_ms(long duration)
{
	struct timespec time = {duration / 1000, duration % 1000 * 1000000};

	nanosleep(&time, NULL);
}

static off_t
log_size(void)
{
	struct stat status;

	return stat(log_path, &status) == 0 ? status.st_size : 0;
}

/* The log grows and grows, though nobody looks. */
static void
expect_training(void)
{
	long end = now_ms() + TERMINAL_LIMIT_MS;

	for (int i = 0; i < GROWTHS; i++) {
		off_t before = log_size();

		while (log_size() == before) {
			ck_assert_msg(now_ms() < end, "it stands still");
			sleep_ms(5);
		}
	}
}

static long
kilobytes(void)
{
	char path[64], line[256];
	long size = 0;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%ld/status", (long)terminal.pid);
	file = fopen(path, "r");
	if (file == NULL)
		return 0;
	while (fgets(line, sizeof line, file) != NULL)
		if (sscanf(line, "VmRSS: %ld", &size) == 1)
			break;
	fclose(file);
	return size;
}

/* It answers, and what it shows is of now. */
static void
expect_awake(void)
{
	terminal_type(&terminal, " ");
	ck_assert_msg(terminal_wait_for(&terminal, "paused",
		TERMINAL_LIMIT_MS), "%s", terminal_text(&terminal));
	ck_assert(terminal_settle(&terminal, TERMINAL_LIMIT_MS));
	ck_assert(terminal_shows(&terminal, "Loss"));
	ck_assert(terminal_shows(&terminal, "Generated"));
	ck_assert(terminal_shows(&terminal, "Training"));
	terminal_type(&terminal, "q");
	if (!terminal_wait_for_end(&terminal, 300))
		terminal_type(&terminal, "d");
	ck_assert(terminal_wait_for_end(&terminal, TERMINAL_LIMIT_MS));
	ck_assert_int_eq(terminal.outcome.status, 0);
	ck_assert(terminal_is_restored(&terminal));
	terminal_close(&terminal);
}

START_TEST(a_terminal_that_does_not_read_stops_nothing)
{
	long before;

	start();
	expect_training();
	before = kilobytes();
	sleep_ms(FRAMES_MS);
	expect_training();
	ck_assert_int_le(kilobytes(), before + KILOBYTES_MORE);
	expect_awake();
}
END_TEST

START_TEST(ctrl_s_stops_the_screen_alone)
{
	size_t received;

	start();
	terminal_type(&terminal, KEY_CTRL_S);
	terminal_pump_for(&terminal, 100);
	received = terminal.received;
	expect_training();
	terminal_pump_for(&terminal, 100);
	ck_assert_uint_eq(terminal.received, received);
	terminal_type(&terminal, KEY_CTRL_Q);
	expect_awake();
}
END_TEST

/* _i: the terminal does not read; or it is stopped by Ctrl-S. */
START_TEST(a_signal_ends_it_all_the_same)
{
	char path[FOLDER_PATH_SIZE];
	long end = now_ms() + TERMINAL_LIMIT_MS;

	start();
	if (_i == 1)
		terminal_type(&terminal, KEY_CTRL_S);
	sleep_ms(FRAMES_MS);
	expect_training();
	kill(terminal.pid, SIGTERM);
	/* nothing is read meanwhile, but the file says when it is done */
	folder_join(path, folder, "m.safetensors");
	while (!file_exists(path)) {
		ck_assert_msg(now_ms() < end, "it does not end");
		sleep_ms(5);
	}
	ck_assert(terminal_wait_for_end(&terminal, TERMINAL_LIMIT_MS));
	ck_assert_int_eq(terminal.outcome.status, 128 + SIGTERM);
	ck_assert(terminal_is_restored(&terminal));
	terminal_close(&terminal);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("stall");
	TCase *group = suite_group(suite, "stall", SUITE_SECONDS);

	tcase_add_unchecked_fixture(group, folder_setup, folder_teardown);
	tcase_add_test(group, a_terminal_that_does_not_read_stops_nothing);
	tcase_add_test(group, ctrl_s_stops_the_screen_alone);
	tcase_add_loop_test(group, a_signal_ends_it_all_the_same, 0, 2);
	return suite_run(suite);
}
