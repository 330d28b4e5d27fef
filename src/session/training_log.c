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
#include "base/translate.h"

enum {
	/* bytes collected before they are written */
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
training_log_check_name(const char *name, const struct log_format *format,
	struct error *error)
{
	if (name[0] == '\0')
		return error_set_usage(error, "--log: the name is empty");
	if (strcmp(name, "-") == 0 && format != NULL && format->create != NULL)
		return error_set_usage(error,
			"--log -: --log-format %s writes files; name a "
			"directory",
			format->kind.name);
	return true;
}

/* Open the log's file, or create one in its folder. */
static bool
open_file(struct training_log *log, const char *name, bool is_resumed,
	struct error *error)
{
	if (strcmp(name, "-") == 0) {
		log->name = _("standard output");
		log->file = STDOUT_FILENO;
		fflush(stdout);
		return true;
	}
	if (log->format->create != NULL) {
		log->file = log->format->create(name, &log->path, error);
		log->name = log->path;
		return log->file >= 0;
	}
	log->name = name;
	log->file = open_by_name(name, is_resumed);
	return log->file >= 0 || failed(log, error);
}

/* Forget the log, whose file is closed. */
static void
release(struct training_log *log)
{
	free(log->path);
	bytes_release(&log->lines);
	bytes_release(&log->entry);
	*log = (struct training_log){0};
}

/* Take the entry to the lines that wait. */
static bool
collect(struct training_log *log, struct error *error)
{
	bool good = bytes_check(&log->entry, error);

	if (good && log->lines.count > 0 &&
		log->lines.count + log->entry.count > BUFFER_SIZE &&
		!training_log_write(log, error))
		good = false;
	if (good) {
		bytes_add(&log->lines, log->entry.data, log->entry.count);
		good = bytes_check(&log->lines, error);
	}
	if (good)
		log->is_back = false;
	/* what is there stays, and later entries may find memory */
	log->lines.has_failed = log->entry.has_failed = false;
	log->entry.count = 0;
	return good;
}

bool
training_log_open(struct training_log *log, const char *name,
	const struct log_format *format, const struct run *run, bool is_resumed,
	struct error *error)
{
	struct stat status;

	*log = (struct training_log){
		.format = format != NULL ? format : &log_format_json,
	};
	log->lines.data = memory_new(BUFFER_SIZE, 1);
	if (log->lines.data == NULL)
		return error_out_of_memory(error);
	log->lines.capacity = BUFFER_SIZE;
	if (!open_file(log, name, is_resumed, error)) {
		release(log);
		return false;
	}
	log->is_open = true;
	log->is_regular =
		fstat(log->file, &status) == 0 && S_ISREG(status.st_mode);
	if (log->format->begin != NULL) {
		log->format->begin(&log->entry, run_updates(run) + 1, true);
		return collect(log, error);
	}
	return log->file == STDOUT_FILENO || !is_resumed || !log->is_regular ||
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
	}
	release(log);
	return good;
}

/* Begin an entry, after those of updates that the run has taken back. */
static void
begin_entry(struct training_log *log)
{
	if (log->format->begin != NULL && log->is_back)
		log->format->begin(&log->entry, log->from + 1, false);
}

bool
training_log_add(struct training_log *log, const struct run *run,
	struct error *error)
{
	begin_entry(log);
	log->format->add_update(&log->entry, run);
	if (!collect(log, error))
		return false;
	log->has_failed = false;
	return true;
}

bool
training_log_add_validation(struct training_log *log, const struct run *run,
	struct error *error)
{
	if (!log->is_open || log->format->add_validation == NULL)
		return true;
	begin_entry(log);
	log->format->add_validation(&log->entry, run);
	return collect(log, error);
}

bool
training_log_add_snapshot(struct training_log *log, const struct run *run,
	struct error *error)
{
	bool good;

	if (!log->is_open || log->format->add_snapshot == NULL)
		return true;
	begin_entry(log);
	good = log->format->add_snapshot(&log->entry, run, error);
	return collect(log, good ? error : &(struct error){0}) && good;
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
	size_t count = log->lines.count - from;

	if (!log->is_regular) {
		/* a pipe with room accepts this many bytes without blocking */
		count = count < PIPE_BUF ? count : PIPE_BUF;
		if (!wait_for_room(log))
			return -1;
	}
	return write(log->file, log->lines.data + from, count);
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
	while (done < log->lines.count) {
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
			log->lines.count -= done;
			memmove(log->lines.data, log->lines.data + done,
				log->lines.count);
			return false;
		}
	}
	log->lines.count = 0;
	log->has_failed = false;
	return true;
}

void
training_log_restart(struct training_log *log, const struct run *run)
{
	log->is_back = true;
	log->from = run_updates(run);
}

void
training_log_return(struct training_log *log, const struct run *run)
{
	struct error ignored;

	if (log->is_open && log->is_regular && log->format->begin == NULL &&
		training_log_write(log, &ignored) &&
		lseek(log->file, 0, SEEK_SET) == 0)
		training_log_cut(log->file, log->name, run, &ignored);
	training_log_restart(log, run);
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
	if (!log->is_open || log->lines.count == 0 || log->has_failed)
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
