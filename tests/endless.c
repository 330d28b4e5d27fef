/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "endless.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

enum {
	/*
	 * bytes of log, many times its buffer; only a run that is still
	 * training writes so many
	 */
	LOG_GROWTH = 100000,
	/* kilobytes that the memory of a process may vary without a leak */
	MEMORY_GROWTH = 4000
};

void
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

off_t
size_here(const char *name)
{
	char path[FOLDER_PATH_SIZE];
	struct stat status;

	folder_join(path, folder, name);
	return stat(path, &status) == 0 ? status.st_size : 0;
}

/* Return the count of updates on the screen. */
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

uint64_t
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
						 "{\"update\":%llu", &updates),
				1);
	free(text);
	return updates;
}

static bool
has_model(struct terminal *from, void *argument)
{
	(void)from;
	(void)argument;
	return size_here(MODEL) > 0;
}

void
expect_model(void)
{
	ck_assert_msg(terminal_wait(&terminal, has_model, NULL, LIMIT_MS),
		"no model is saved:\n%s", terminal_text(&terminal));
}

long
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

void
expect_memory(long before)
{
#ifndef __SANITIZE_ADDRESS__ /* which keeps freed memory for a while */
	long now = kilobytes();

	ck_assert_msg(now <= before + MEMORY_GROWTH,
		"memory grew from %ld to %ld kB", before, now);
#else
	(void)before;
#endif
}

void
wait_until_full(void)
{
	struct pollfd file = {.fd = terminal.slave, .events = POLLOUT};
	long deadline = now_ms() + LIMIT_MS;

	while (poll(&file, 1, 0) > 0) {
		ck_assert_msg(now_ms() < deadline,
			"the terminal's buffer does not fill up");
		pause_shortly();
	}
}

void
expect_training(void)
{
	off_t until = size_here(LOG) + LOG_GROWTH;
	long deadline = now_ms() + LIMIT_MS;

	while (size_here(LOG) < until) {
		ck_assert_msg(now_ms() < deadline, "training does not advance");
		pause_shortly();
	}
}

void
stop_output(void)
{
	long deadline = now_ms() + LIMIT_MS;

	press(KEY_CTRL_S);
	/* the terminal, not the program, reads Ctrl-S; drain pending output */
	while (!terminal_has_read(&terminal) || terminal_pump(&terminal, 0))
		ck_assert_msg(now_ms() < deadline,
			"Ctrl-S does not stop the output");
}

bool
has_ended(void)
{
	siginfo_t info = {0};

	return waitid(P_PID, (id_t)terminal.child, &info,
		       WEXITED | WNOHANG | WNOWAIT) == 0 &&
		info.si_pid != 0;
}

void
expect_end_unread(void)
{
	long deadline = now_ms() + LIMIT_MS;

	while (!has_ended()) {
		ck_assert_msg(now_ms() < deadline, "the program does not exit");
		pause_shortly();
	}
}

static bool
shows_at_least(struct terminal *from, void *argument)
{
	return terminal_shows(from, "/1,000,000,000") &&
		updates_shown() >= *(const uint64_t *)argument;
}

void
expect_present(void)
{
	uint64_t min = updates_logged();

	ck_assert_msg(terminal_wait(&terminal, shows_at_least, &min, LIMIT_MS),
		"the screen does not reach update %llu:\n%s",
		(unsigned long long)min, terminal_text(&terminal));
	press(" ");
	expect("paused");
	expect_true_screen();
}
