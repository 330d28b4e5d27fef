/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep/sweep_workers.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/system.h"
#include "session/log_line.h"

/* Time that a worker gets to save before it is killed. */
#define STOP_SECONDS 60.0

enum { /* milliseconds between two checks */
	STOP_CHECK = 20,
	EXIT_CHECK = 1 /* while a worker has closed its output */
};

bool
sweep_workers_create(struct sweep_workers *workers, size_t count,
	struct error *error)
{
	*workers = (struct sweep_workers){.count = count};
	workers->worker = memory_new(count, sizeof *workers->worker);
	return workers->worker != NULL || error_out_of_memory(error);
}

/* Signal all workers to save and exit, and wait until they have ended. */
static void
stop_workers(struct sweep_workers *workers)
{
	double signalled = clock_seconds();
	struct sweep_worker_exit ignored;

	for (size_t i = 0; i < workers->count; i++)
		if (workers->worker[i].pid != 0)
			kill(workers->worker[i].pid, SIGTERM);
	while (workers->busy > 0) {
		sweep_workers_read(workers, STOP_CHECK);
		while (sweep_workers_reap(workers, &ignored))
			;
		if (clock_seconds() - signalled < STOP_SECONDS)
			continue;
		for (size_t i = 0; i < workers->count; i++)
			if (workers->worker[i].pid != 0)
				kill(workers->worker[i].pid, SIGKILL);
	}
}

void
sweep_workers_destroy(struct sweep_workers *workers)
{
	if (workers->busy > 0)
		stop_workers(workers);
	free(workers->worker);
	*workers = (struct sweep_workers){0};
}

/* Execute the command in the new process. */
static _Noreturn void
execute(char *const *arguments, int output, int errors, pid_t parent)
{
	int nothing = open("/dev/null", O_RDONLY);

	/* save and exit if the sweep is killed */
	system_end_with_parent();
	if (getppid() != parent)
		_exit(1);
	dup2(nothing, STDIN_FILENO);
	dup2(output, STDOUT_FILENO);
	dup2(errors, STDERR_FILENO);
	if (nothing > STDERR_FILENO)
		close(nothing);
	system_execute_again(arguments);
	_exit(127);
}

/* gcc's analyzer loses track of memory stored through an advanced pointer */
#if defined __GNUC__ && !defined __clang__
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wanalyzer-malloc-leak"
#endif

static bool
open_output(struct sweep_worker *worker, int ends[2])
{
	FILE *errors = tmpfile();

	if (errors == NULL)
		return false;
	if (pipe(ends) != 0) {
		fclose(errors);
		return false;
	}
	worker->errors = errors;
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	/* workers must not inherit each other's descriptors */
	fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	fcntl(fileno(worker->errors), F_SETFD, FD_CLOEXEC);
	return true;
}

#if defined __GNUC__ && !defined __clang__
#pragma GCC diagnostic pop
#endif

bool
sweep_workers_start(struct sweep_workers *workers, size_t run,
	char *const *arguments, struct error *error)
{
	struct sweep_worker *worker = workers->worker;
	pid_t parent = getpid();
	int ends[2];

	while (worker->pid != 0)
		worker++;
	*worker = (struct sweep_worker){.run = run};
	if (!open_output(worker, ends))
		return error_set(error, "cannot start a run: %s",
			strerror(errno));
	fflush(stdout);
	worker->began = clock_seconds();
	worker->pid = fork();
	if (worker->pid == 0)
		execute(arguments, ends[1], fileno(worker->errors), parent);
	close(ends[1]);
	worker->output = ends[0];
	if (worker->pid > 0) {
		workers->busy++;
		return true;
	}
	error_set(error, "cannot start a run: %s", strerror(errno));
	close(ends[0]);
	fclose(worker->errors);
	worker->pid = 0;
	return false;
}

/* Parse a complete line of a worker: {"update":N,... */
static void
parse_line(struct sweep_worker *worker)
{
	struct log_line line;

	worker->line[worker->line_length] = '\0';
	worker->line_length = 0;
	if (log_line_read(worker->line, &line))
		worker->updates = line.update;
}

/* Read the available output of a worker. */
static void
read_output(struct sweep_worker *worker)
{
	char bytes[4096];
	ssize_t count;

	while ((count = read(worker->output, bytes, sizeof bytes)) > 0)
		for (ssize_t i = 0; i < count; i++)
			if (bytes[i] == '\n')
				parse_line(worker);
			else if (worker->line_length + 1 < SWEEP_LINE_SIZE)
				worker->line[worker->line_length++] = bytes[i];
	if (count == 0) {
		close(worker->output);
		worker->output = -1;
	}
}

void
sweep_workers_read(struct sweep_workers *workers, int milliseconds)
{
	struct pollfd *list = memory_new(workers->count, sizeof *list);
	nfds_t listed = 0;

	for (size_t i = 0; list != NULL && i < workers->count; i++) {
		const struct sweep_worker *worker = &workers->worker[i];

		if (worker->pid != 0 && worker->output >= 0)
			list[listed++] = (struct pollfd){.fd = worker->output,
				.events = POLLIN};
		else if (worker->pid != 0)
			milliseconds = EXIT_CHECK;
	}
	/* a signal ends the wait early; the caller checks for signals */
	poll(list, listed, milliseconds);
	free(list);
	for (size_t i = 0; i < workers->count; i++)
		if (workers->worker[i].pid != 0 &&
			workers->worker[i].output >= 0)
			read_output(&workers->worker[i]);
}

/* Get the last line of a worker's standard error, without "lstmtui: ". */
static void
read_error(struct sweep_worker *worker, struct error *error)
{
	static const char name[] = "lstmtui: ";
	char line[ERROR_TEXT_SIZE], last[ERROR_TEXT_SIZE] = "";

	rewind(worker->errors);
	while (fgets(line, sizeof line, worker->errors) != NULL)
		if (line[0] != '\n')
			memcpy(last, line, sizeof last);
	last[strcspn(last, "\n")] = '\0';
	error_set(error, "%s",
		strncmp(last, name, strlen(name)) == 0 ? last + strlen(name)
						       : last);
}

static void
release(struct sweep_workers *workers, struct sweep_worker *worker)
{
	if (worker->output >= 0)
		close(worker->output);
	fclose(worker->errors);
	worker->pid = 0;
	workers->busy--;
}

bool
sweep_workers_reap(struct sweep_workers *workers,
	struct sweep_worker_exit *result)
{
	for (size_t i = 0; i < workers->count; i++) {
		struct sweep_worker *worker = &workers->worker[i];
		int status;

		if (worker->pid == 0 ||
			waitpid(worker->pid, &status, WNOHANG) != worker->pid)
			continue;
		*result = (struct sweep_worker_exit){
			.run = worker->run,
			.seconds = clock_seconds() - worker->began,
			.has_succeeded =
				WIFEXITED(status) && WEXITSTATUS(status) == 0,
		};
		if (!result->has_succeeded)
			read_error(worker, &result->error);
		if (WIFSIGNALED(status))
			error_set(&result->error,
				"the process was killed by signal %d",
				WTERMSIG(status));
		else if (!result->has_succeeded &&
			result->error.text[0] == '\0')
			error_set(&result->error,
				"the process exited with status %d",
				WEXITSTATUS(status));
		release(workers, worker);
		return true;
	}
	return false;
}
