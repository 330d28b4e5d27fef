/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/training_log.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/signals.h"
#include "session/log_line.h"

enum {
	BUFFER_SIZE = 65536,
	/* milliseconds per wait; waits for a stuck pipe at the end */
	LOOK_MS = 100,
	LAST_LOOKS = 20
};

/* Max time that a line waits to be written. */
#define WAIT_SECONDS 1.0

static bool
failed(struct training_log *log, struct error *error)
{
	log->has_failed = true;
	return error_set(error, "%s: %s", log->name, strerror(errno));
}

/*
 * Open a log, also for reading if it has to be cut. A FIFO is opened only for
 * writing: otherwise open would not wait for its reader.
 */
static int
open_by_name(const char *name, bool is_resumed)
{
	int flags = O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY |
		(is_resumed ? 0 : O_TRUNC);
	struct stat status;
	int file = -1;

	if (stat(name, &status) != 0 || S_ISREG(status.st_mode))
		file = open(name, flags | O_RDWR, 0666);
	/* a new run only writes */
	if (file < 0 && !(is_resumed && S_ISREG(status.st_mode)))
		file = open(name, flags | O_WRONLY, 0666);
	return file;
}

bool
training_log_open(struct training_log *log, const char *name,
	const struct run *run, bool is_resumed, struct error *error)
{
	bool is_output = strcmp(name, "-") == 0;
	struct stat status;

	*log = (struct training_log){
		.name = is_output ? "standard output" : name,
		.file = STDOUT_FILENO,
	};
	log->lines = memory_new(BUFFER_SIZE, 1);
	if (log->lines == NULL)
		return error_out_of_memory(error);
	if (is_output)
		fflush(stdout);
	else
		log->file = open_by_name(name, is_resumed);
	if (log->file < 0) {
		failed(log, error);
		free(log->lines);
		return false;
	}
	log->is_open = true;
	log->is_regular =
		fstat(log->file, &status) == 0 && S_ISREG(status.st_mode);
	return is_output || !is_resumed || !log->is_regular ||
		training_log_cut(log->file, name, run, error);
}

bool
training_log_close(struct training_log *log, struct error *error)
{
	bool good = true;

	if (log->is_open) {
		/* do not wait for a stuck pipe again */
		if (log->has_failed && !log->is_regular)
			good = error_set(error,
				"%s: the log could not be written completely",
				log->name);
		else
			good = training_log_write(log, error);
		if (log->file != STDOUT_FILENO && close(log->file) != 0 && good)
			good = failed(log, error);
		free(log->lines);
	}
	*log = (struct training_log){0};
	return good;
}

bool
training_log_add(struct training_log *log, const struct run *run,
	struct error *error)
{
	const struct log_line line = {
		.update = run_updates(run),
		.loss = run_history(run)->last,
		.average = history_average(run_history(run)),
		.learning_rate = run_last_rate(run),
	};

	if (log->used + LOG_LINE_SIZE > BUFFER_SIZE &&
		!training_log_write(log, error))
		return false;
	log->used += log_line_write(log->lines + log->used, &line);
	log->has_failed = false;
	return true;
}

/*
 * Wait until a pipe, FIFO or terminal has room; only briefly if the program is
 * ending.
 */
static bool
wait_for_room(const struct training_log *log)
{
	struct pollfd room = {.fd = log->file, .events = POLLOUT};

	for (int looks = 0; looks < LAST_LOOKS;) {
		/* also if it is broken: write reports the error */
		if (poll(&room, 1, LOOK_MS) > 0)
			return true;
		looks += signals_is_ending();
	}
	errno = EINTR;
	return false;
}

/* Write some bytes of the lines without blocking. */
static ssize_t
write_some(const struct training_log *log, size_t from)
{
	size_t count = log->used - from;

	if (!log->is_regular) {
		/* a pipe with room accepts this many bytes without blocking */
		count = count < PIPE_BUF ? count : PIPE_BUF;
		if (!wait_for_room(log))
			return -1;
	}
	return write(log->file, log->lines + from, count);
}

/* Remove the incomplete line that a full disk left. */
static void
take_back(const struct training_log *log, size_t count)
{
	struct stat status;

	if (fstat(log->file, &status) == 0 && status.st_size >= (off_t)count)
		(void)!ftruncate(log->file, status.st_size - (off_t)count);
}

bool
training_log_write(struct training_log *log, struct error *error)
{
	size_t done = 0;

	/* do not wait for a blocked pipe at the end */
	if (log->has_failed && !log->is_regular && signals_is_ending())
		return error_set(error, "%s: %s", log->name, strerror(EINTR));
	while (done < log->used) {
		ssize_t count = write_some(log, done);

		if (count >= 0) {
			done += (size_t)count;
		} else if ((errno != EINTR && errno != EAGAIN) ||
			signals_is_ending()) {
			failed(log, error);
			if (log->is_regular) {
				take_back(log, done);
				done = 0;
			}
			log->used -= done;
			memmove(log->lines, log->lines + done, log->used);
			return false;
		}
	}
	log->used = 0;
	log->has_failed = false;
	return true;
}

void
training_log_return(struct training_log *log, const struct run *run)
{
	struct error ignored;

	if (log->is_open && log->is_regular &&
		training_log_write(log, &ignored) &&
		lseek(log->file, 0, SEEK_SET) == 0)
		training_log_cut(log->file, log->name, run, &ignored);
}

bool
training_log_synchronize(struct training_log *log, struct error *error)
{
	if (!training_log_write(log, error))
		return false;
	if (log->is_regular && fsync(log->file) != 0)
		return failed(log, error);
	return true;
}

double
training_log_due(const struct training_log *log, double now)
{
	if (!log->is_open || log->used == 0 || log->has_failed)
		return INFINITY;
	return fmax(log->written_at + WAIT_SECONDS - now, 0);
}

bool
training_log_tend(struct training_log *log, double now, struct error *error)
{
	if (training_log_due(log, now) > 0)
		return true;
	log->written_at = now;
	return training_log_write(log, error);
}
