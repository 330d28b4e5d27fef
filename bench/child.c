/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/signals.h"

enum { WORDS_MAX = 64, TEXT_SIZE = 1024, NOT_STARTED = 127 };

static const char variable[] = "LSTMTUI_KERNEL";

/* Restrict the process to `threads` of the processors that it may use. */
static void
choose_processors(size_t threads, size_t first)
{
#ifdef CPU_COUNT
	cpu_set_t all, set;
	size_t count, number = 0;

	if (sched_getaffinity(0, sizeof all, &all) != 0)
		return;
	count = (size_t)CPU_COUNT(&all);
	CPU_ZERO(&set);
	for (size_t i = 0; i < CPU_SETSIZE; i++) {
		if (!CPU_ISSET(i, &all))
			continue;
		if ((number + count - first % count) % count < threads)
			CPU_SET(i, &set);
		number++;
	}
	sched_setaffinity(0, sizeof set, &set);
#else
	(void)threads;
	(void)first;
#endif
}

/* Become the command. */
static _Noreturn void
execute(const struct child *child)
{
	char program[TEXT_SIZE], text[TEXT_SIZE], *words[WORDS_MAX];
	char *rest = NULL;
	size_t count = 0;
	int null = open("/dev/null", O_WRONLY);

	strncpy(program, child->program, sizeof program - 1);
	program[sizeof program - 1] = '\0';
	strncpy(text, child->arguments, sizeof text - 1);
	text[sizeof text - 1] = '\0';
	words[count++] = program;
	for (char *word = strtok_r(text, " ", &rest);
		word != NULL && count + 1 < WORDS_MAX;
		word = strtok_r(NULL, " ", &rest))
		words[count++] = word;
	words[count] = NULL;
	choose_processors(child->threads, child->first);
	if (null >= 0 && dup2(null, STDOUT_FILENO) >= 0 &&
		chdir(child->folder) == 0 &&
		(child->kernel != NULL ? setenv(variable, child->kernel, 1)
				       : unsetenv(variable)) == 0)
		execv(program, words);
	_exit(NOT_STARTED);
}

static double
seconds(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec * 1e-6;
}

bool
child_run(const struct child *child, struct child_use *use, struct error *error)
{
	double start = clock_seconds();
	struct rusage usage;
	int status;
	pid_t pid = fork(), ended;

	if (pid == 0)
		execute(child);
	if (pid < 0)
		return error_set(error, "cannot start a process: %s",
			strerror(errno));
	while ((ended = wait4(pid, &status, 0, &usage)) < 0 && errno == EINTR)
		if (signals_is_ending())
			kill(pid, SIGTERM);
	if (ended < 0)
		return error_set(error, "cannot wait for a process: %s",
			strerror(errno));
	use->wall = clock_seconds() - start;
	use->processor = seconds(usage.ru_utime) + seconds(usage.ru_stime);
	use->bytes = (double)usage.ru_maxrss * 1024;
	if (WIFSIGNALED(status))
		return error_set(error, "%s %s: killed by signal %d",
			child->program, child->arguments, WTERMSIG(status));
	if (WEXITSTATUS(status) == NOT_STARTED)
		return error_set(error, "%s: cannot be executed",
			child->program);
	if (WEXITSTATUS(status) != 0)
		return error_set(error, "%s %s: exit status %d", child->program,
			child->arguments, WEXITSTATUS(status));
	return true;
}
