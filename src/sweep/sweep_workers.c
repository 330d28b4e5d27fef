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
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "base/clock.h"
#include "base/memory.h"
#include "session/log_line.h"

/* Patience with a worker that was asked to save and end. */
#define STOP_SECONDS 60.0

enum { /* milliseconds */
	STOP_LOOK = 20,
	EXIT_LOOK = 1 /* from the end of its output to a process's own */
};

bool
sweep_workers_create(struct sweep_workers *workers, size_t count,
	struct error *error)
{
	*workers = (struct sweep_workers){.count = count};
	workers->worker = memory_new(count, sizeof *workers->worker);
	return workers->worker != NULL || error_out_of_memory(error);
}

/* Ask all to save and end, and wait until they have. */
static void
stop(struct sweep_workers *workers)
{
	double asked = clock_seconds();
	struct sweep_end end;

	for (size_t i = 0; i < workers->count; i++)
		if (workers->worker[i].pid != 0)
			kill(workers->worker[i].pid, SIGTERM);
	while (workers->busy > 0) {
		sweep_workers_listen(workers, STOP_LOOK);
		while (sweep_workers_take(workers, &end))
			;
		if (clock_seconds() - asked < STOP_SECONDS)
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
		stop(workers);
	free(workers->worker);
	*workers = (struct sweep_workers){0};
}

/* In the new process: become the command. */
static _Noreturn void
become(char *const *words, int output, int errors, pid_t parent)
{
	int nothing = open("/dev/null", O_RDONLY);

#ifdef __linux__
	/* when the sweep is killed, save and end */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
#endif
	if (getppid() != parent)
		_exit(1);
	dup2(nothing, STDIN_FILENO);
	dup2(output, STDOUT_FILENO);
	dup2(errors, STDERR_FILENO);
	if (nothing > STDERR_FILENO)
		close(nothing);
	/* the program itself, even when it was replaced meanwhile */
	execv("/proc/self/exe", words);
	execvp(words[0], words);
	_exit(127);
}

/* gcc's analyzer loses what is kept through a pointer that a loop moved */
#if defined __GNUC__ && !defined __clang__
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wanalyzer-malloc-leak"
#endif

static bool
open_channels(struct sweep_worker *worker, int ends[2])
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
	/* no worker holds the channels of another */
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
	char *const *words, struct error *error)
{
	struct sweep_worker *worker = workers->worker;
	pid_t parent = getpid();
	int ends[2];

	while (worker->pid != 0)
		worker++;
	*worker = (struct sweep_worker){.run = run};
	if (!open_channels(worker, ends))
		return error_set(error, "a run could not be started: %s",
			strerror(errno));
	fflush(stdout);
	worker->began = clock_seconds();
	worker->pid = fork();
	if (worker->pid == 0)
		become(words, ends[1], fileno(worker->errors), parent);
	close(ends[1]);
	worker->output = ends[0];
	if (worker->pid > 0) {
		workers->busy++;
		return true;
	}
	error_set(error, "a run could not be started: %s", strerror(errno));
	close(ends[0]);
	fclose(worker->errors);
	worker->pid = 0;
	return false;
}

/* A whole line of a worker: {"update":N,... */
static void
take_line(struct sweep_worker *worker)
{
	struct log_line line;

	worker->line[worker->line_length] = '\0';
	worker->line_length = 0;
	if (log_line_read(worker->line, &line))
		worker->updates = line.update;
}

static void
listen_to(struct sweep_worker *worker)
{
	char bytes[4096];
	ssize_t count;

	while ((count = read(worker->output, bytes, sizeof bytes)) > 0)
		for (ssize_t i = 0; i < count; i++)
			if (bytes[i] == '\n')
				take_line(worker);
			else if (worker->line_length + 1 < SWEEP_LINE_SIZE)
				worker->line[worker->line_length++] = bytes[i];
	if (count == 0) {
		close(worker->output);
		worker->output = -1;
	}
}

void
sweep_workers_listen(struct sweep_workers *workers, int milliseconds)
{
	struct pollfd *list = memory_new(workers->count, sizeof *list);
	nfds_t listed = 0;

	for (size_t i = 0; list != NULL && i < workers->count; i++) {
		const struct sweep_worker *worker = &workers->worker[i];

		if (worker->pid != 0 && worker->output >= 0)
			list[listed++] = (struct pollfd){.fd = worker->output,
				.events = POLLIN};
		else if (worker->pid != 0)
			milliseconds = EXIT_LOOK;
	}
	/* a signal ends the wait early, which is as well */
	poll(list, listed, milliseconds);
	free(list);
	for (size_t i = 0; i < workers->count; i++)
		if (workers->worker[i].pid != 0 &&
			workers->worker[i].output >= 0)
			listen_to(&workers->worker[i]);
}

/* The last line that a worker said, without the program's name. */
static void
last_words(struct sweep_worker *worker, struct error *error)
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
sweep_workers_take(struct sweep_workers *workers, struct sweep_end *end)
{
	for (size_t i = 0; i < workers->count; i++) {
		struct sweep_worker *worker = &workers->worker[i];
		int status;

		if (worker->pid == 0 ||
			waitpid(worker->pid, &status, WNOHANG) != worker->pid)
			continue;
		*end = (struct sweep_end){
			.run = worker->run,
			.seconds = clock_seconds() - worker->began,
			.is_good =
				WIFEXITED(status) && WEXITSTATUS(status) == 0,
		};
		if (!end->is_good)
			last_words(worker, &end->error);
		if (WIFSIGNALED(status))
			error_set(&end->error,
				"the process was killed by "
				"signal %d",
				WTERMSIG(status));
		else if (!end->is_good && end->error.text[0] == '\0')
			error_set(&end->error,
				"the process ended with "
				"status %d",
				WEXITSTATUS(status));
		release(workers, worker);
		return true;
	}
	return false;
}
