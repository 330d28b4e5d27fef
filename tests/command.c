/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "program.h"

enum { WORDS_MAX = 64, CANNOT_RUN = 127 };

static bool runs_file;

void
command_run_file(void)
{
	runs_file = true;
}

long
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void
pause_shortly(void)
{
	poll(NULL, 0, 2);
}

size_t
count_lines(const char *text)
{
	size_t lines = 0;

	for (; *text != '\0'; text++)
		if (*text == '\n' || text[1] == '\0')
			lines++;
	return lines;
}

/* Clear the variables that could change a test's result; then set others. */
static void
set_environment(const char *const *environment)
{
	static const char *const cleared[] = {"LC_CTYPE", "LC_NUMERIC",
		"LC_MESSAGES", "LC_COLLATE", "LC_TIME", "LC_MONETARY", "LANG",
		"LANGUAGE", "LOCPATH", "NO_COLOR", "COLORTERM", "COLUMNS",
		"LINES", "ESCDELAY", "POSIXLY_CORRECT", "COLORFGBG"};

	for (size_t i = 0; i < sizeof cleared / sizeof cleared[0]; i++)
		unsetenv(cleared[i]);
	/* no configuration file of the user who runs the tests */
	setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("TERM", "xterm-256color", 1);
	for (; environment != NULL && *environment != NULL; environment++) {
		const char *equals = strchr(*environment, '=');
		char name[64];

		snprintf(name, sizeof name, "%.*s",
			(int)strcspn(*environment, "="), *environment);
		if (equals == NULL)
			unsetenv(name);
		else
			setenv(name, equals + 1, 1);
	}
}

/*
 * Return true if the command is one of the program that this test is linked
 * with. Not `sweep`, which executes the file of its process for its workers.
 * ThreadSanitizer does not follow a child of a process with threads.
 */
static bool
is_linked(const struct command *command)
{
	const char *tested = getenv("LSTMTUI"), *built = getenv("TOP_BUILDDIR");
	size_t length = built != NULL ? strlen(built) : 0;

#ifdef __SANITIZE_THREAD__
	return false;
#endif
	return !runs_file && command->program == NULL && tested != NULL &&
		length > 0 && strncmp(tested, built, length) == 0 &&
		strcmp(tested + length, "/src/lstmtui") == 0 &&
		(command->arguments == NULL || command->arguments[0] == NULL ||
			strcmp(command->arguments[0], "sweep") != 0);
}

/* Change the process to the user, the folder and the variables. */
static void
prepare(const struct command *command)
{
	struct rlimit no_core = {0, 0};
	static const int usual[] = {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM,
		SIGTSTP, SIGUSR1, SIGUSR2, SIGALRM, SIGXCPU, SIGXFSZ};

	/* change user first: chdir and exec must use that user's permissions */
	if (command->user != 0 &&
		(setgroups(0, NULL) != 0 || setgid(command->group) != 0 ||
			setuid(command->user) != 0))
		_exit(CANNOT_RUN);
#ifdef __linux__
	/* end with the test process, even if the test fails */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
	/* a program that crashes on purpose must not leave a core file */
	setrlimit(RLIMIT_CORE, &no_core);
	/* the test process may ignore signals, for example under nohup */
	for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
		signal(usual[i], SIG_DFL);
	set_environment(command->environment);
	if (command->folder != NULL && chdir(command->folder) != 0) {
		fprintf(stderr, "cannot enter %s: %s\n", command->folder,
			strerror(errno));
		_exit(CANNOT_RUN);
	}
}

/* Return the words of a command line, the last one NULL. */
static char **
words_of(const struct command *command, int *count)
{
	static char *words[WORDS_MAX + 2];
	const char *program = command->program;

	*count = 0;
	if (program == NULL)
		program = getenv("LSTMTUI");
	words[(*count)++] = strdup(program != NULL ? program : "lstmtui");
	for (const char *const *word = command->arguments;
		word != NULL && *word != NULL && *count <= WORDS_MAX; word++)
		words[(*count)++] = strdup(*word);
	words[*count] = NULL;
	return words;
}

_Noreturn void
command_become(const struct command *command)
{
	int count;
	char **words = words_of(command, &count);

	prepare(command);
	execvp(words[0], words);
	fprintf(stderr, "cannot run %s: %s\n", words[0], strerror(errno));
	_exit(CANNOT_RUN);
}

/* The same without loading the program. */
_Noreturn static void
call(const struct command *command)
{
	int count;
	char **words = words_of(command, &count);

	prepare(command);
	exit(program_main(count, words));
}

/* Redirect a standard descriptor to a file, or to `descriptor` if no path. */
static void
redirect(int standard, const char *path, int flags, int descriptor)
{
	if (path != NULL)
		descriptor = open(path, flags, 0666);
	if (descriptor < 0 || dup2(descriptor, standard) < 0)
		_exit(CANNOT_RUN);
}

void
command_start(const struct command *command, struct process *process)
{
	int output[2], errors[2];

	ck_assert_msg(command->program != NULL || getenv("LSTMTUI") != NULL,
		"LSTMTUI does not name the program to test");
	ck_assert_int_eq(pipe2(output, O_CLOEXEC), 0);
	ck_assert_int_eq(pipe2(errors, O_CLOEXEC), 0);
	*process = (struct process){.output = output[0], .errors = errors[0]};
	fflush(NULL);
	process->pid = fork();
	ck_assert_int_ge(process->pid, 0);
	if (process->pid == 0) {
		int create = O_WRONLY | O_CREAT | O_TRUNC;

		redirect(STDIN_FILENO,
			command->input != NULL ? command->input : "/dev/null",
			O_RDONLY, -1);
		redirect(STDOUT_FILENO, command->output, create, output[1]);
		redirect(STDERR_FILENO, command->errors, create, errors[1]);
		if (is_linked(command))
			call(command);
		command_become(command);
	}
	close(output[1]);
	close(errors[1]);
}

/* Append available bytes to *text; close the descriptor at its end. */
static void
read_available(int *descriptor, char **text, size_t *length)
{
	char bytes[65536];
	ssize_t got = read(*descriptor, bytes, sizeof bytes);

	if (got < 0 && errno == EINTR)
		return;
	if (got <= 0) {
		close(*descriptor);
		*descriptor = -1;
		return;
	}
	*text = realloc(*text, *length + (size_t)got + 1);
	ck_assert_ptr_nonnull(*text);
	memcpy(*text + *length, bytes, (size_t)got);
	*length += (size_t)got;
	(*text)[*length] = '\0';
}

/*
 * Wait for output or error messages and read them. Return false if both have
 * ended or the deadline has passed.
 */
static bool
read_some(struct process *process, long deadline)
{
	struct outcome *outcome = &process->outcome;
	struct pollfd files[2] = {
		{.fd = process->output, .events = POLLIN},
		{.fd = process->errors, .events = POLLIN},
	};
	long left = deadline - now_ms();

	if ((process->output < 0 && process->errors < 0) || left <= 0)
		return false;
	if (poll(files, 2, (int)left) <= 0)
		return true;
	if (files[0].revents != 0)
		read_available(&process->output, &outcome->output,
			&outcome->output_length);
	if (files[1].revents != 0)
		read_available(&process->errors, &outcome->errors,
			&outcome->errors_length);
	return true;
}

/*
 * When a limit of milliseconds from now ends. An emulator is slower: the limit
 * is multiplied as Check multiplies its own.
 */
static long
deadline_of(int limit)
{
	const char *text = getenv("CK_TIMEOUT_MULTIPLIER");
	double times = text != NULL ? strtod(text, NULL) : 1;

	return now_ms() + (long)(limit * (times > 1 ? times : 1));
}

bool
process_wait_for_lines(struct process *process, size_t lines, int limit)
{
	long deadline = deadline_of(limit);

	do {
		const char *text = process->outcome.output;

		if (text != NULL && count_lines(text) >= lines)
			return true;
	} while (read_some(process, deadline));
	return false;
}

void
outcome_set_end(struct outcome *outcome, int wait_status)
{
	outcome->status =
		WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : -1;
	outcome->signal = WIFSIGNALED(wait_status) ? WTERMSIG(wait_status) : 0;
}

/* Wait until the deadline for the process to end, then kill it. */
static void
reap(struct process *process, long deadline)
{
	struct outcome *outcome = &process->outcome;
	struct rusage usage = {0};
	int status = 0;

	while (wait4(process->pid, &status, WNOHANG, &usage) == 0) {
		if (now_ms() >= deadline) {
			outcome->is_late = true;
			kill(process->pid, SIGKILL);
			wait4(process->pid, &status, 0, &usage);
			break;
		}
		pause_shortly();
	}
	outcome_set_end(outcome, status);
#ifdef __linux__
	outcome->peak_kilobytes = usage.ru_maxrss;
#endif
}

void
process_finish(struct process *process, int limit, struct outcome *outcome)
{
	long deadline = deadline_of(limit);

	while (read_some(process, deadline))
		;
	reap(process, deadline);
	if (process->output >= 0)
		close(process->output);
	if (process->errors >= 0)
		close(process->errors);
	*outcome = process->outcome;
	if (outcome->output == NULL)
		outcome->output = calloc(1, 1);
	if (outcome->errors == NULL)
		outcome->errors = calloc(1, 1);
}

void
command_run(const struct command *command, struct outcome *outcome)
{
	struct process process;

	command_start(command, &process);
	process_finish(&process, COMMAND_LIMIT_MS, outcome);
}

void
outcome_release(struct outcome *outcome)
{
	free(outcome->output);
	free(outcome->errors);
	outcome->output = outcome->errors = NULL;
}

void
expect_status(const struct outcome *outcome, int status)
{
	ck_assert_msg(!outcome->is_late, "the time limit was exceeded: %s",
		outcome->errors);
	ck_assert_msg(outcome->signal == 0, "killed by signal %d: %s",
		outcome->signal, outcome->errors);
	ck_assert_msg(outcome->status == status, "exit status %d, not %d: %s",
		outcome->status, status, outcome->errors);
}

bool
has_control_characters(const char *text)
{
	for (; *text != '\0'; text++)
		if (*text != '\n' && (unsigned char)*text < ' ')
			return true;
	return false;
}

static void
expect_errors(const struct outcome *outcome, size_t lines_max,
	const char *named)
{
	const char *errors = outcome->errors;
	size_t lines = count_lines(errors);

	ck_assert_msg(strncmp(errors, "lstmtui: ", 9) == 0 && errors[9] > ' ',
		"no line that begins with 'lstmtui: ': '%s'", errors);
	ck_assert_msg(lines >= 1 && lines <= lines_max &&
			errors[outcome->errors_length - 1] == '\n',
		"%zu lines instead of at most %zu: '%s'", lines, lines_max,
		errors);
	ck_assert_msg(named == NULL || strstr(errors, named) != NULL,
		"'%s' is not named: '%s'", named, errors);
	ck_assert_msg(!has_control_characters(errors),
		"a control character: '%s'", errors);
}

void
expect_failure(const struct outcome *outcome, const char *named)
{
	expect_status(outcome, 1);
	expect_errors(outcome, 1, named);
}

void
expect_usage_error(const struct outcome *outcome, const char *named)
{
	expect_status(outcome, 2);
	expect_errors(outcome, 2, named);
}
