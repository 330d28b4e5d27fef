/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Run the program under test without a terminal and capture its output, its
 * error messages and its exit status. Every wait has a time limit. A program
 * that exceeds it is killed, and the test fails.
 */
#ifndef LSTMTUI_TESTS_COMMAND_H
#define LSTMTUI_TESTS_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* A NULL-terminated list of arguments. */
#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

enum { COMMAND_LIMIT_MS = 40000 };

struct command {
	const char *program;            /* NULL: the value of $LSTMTUI */
	const char *const *arguments;   /* WORDS, or NULL: none */
	const char *const *environment; /* "NAME=value" sets, "NAME" unsets */
	const char *folder;             /* working folder; NULL: current */
	const char *input;              /* file name; NULL: /dev/null */
	const char *output;             /* file name; NULL: captured */
	const char *errors;             /* file name; NULL: captured */
	uid_t user;                     /* user to run as; 0: the test's */
	gid_t group;                    /* group to run as, if user is set */
};

/* Result of a finished command. Release it with outcome_release. */
struct outcome {
	int status;            /* exit status; -1: killed by a signal */
	int signal;            /* number of that signal; 0: it exited */
	bool is_late;          /* the time limit was exceeded */
	char *output, *errors; /* each followed by an uncounted '\0' */
	size_t output_length, errors_length;
	long peak_kilobytes; /* peak memory use; 0: unknown */
};

/* A running command. */
struct process {
	pid_t pid;
	int output, errors; /* read ends of the pipes; -1: closed */
	struct outcome outcome;
};

void command_run(const struct command *command, struct outcome *outcome);

void command_start(const struct command *command, struct process *process);

/*
 * Wait until the process has written `lines` lines to its standard output.
 * Return false if it ends or `limit` milliseconds pass first.
 */
bool process_wait_for_lines(struct process *process, size_t lines, int limit);

/*
 * Read the remaining output, wait for the process to end and store the outcome.
 * Kill the process after `limit` milliseconds.
 */
void process_finish(struct process *process, int limit,
	struct outcome *outcome);

void outcome_release(struct outcome *outcome);

/*
 * From now on, execute the file of the program. Otherwise command_run and
 * command_start call the program's main, with which the test is linked, in a
 * child process; the same happens without loading libraries.
 */
void command_run_file(void);

/*
 * Execute the command in the current process, a forked child. The caller sets
 * up standard input, output and error.
 */
_Noreturn void command_become(const struct command *command);

/* Store the exit status or signal from a status of waitpid. */
void outcome_set_end(struct outcome *outcome, int wait_status);

/* Assert the exit status; show the error messages otherwise. */
void expect_status(const struct outcome *outcome, int status);

/*
 * Assert exit status 1 and one line on standard error that begins with
 * "lstmtui: " and contains `named` (NULL: any text).
 */
void expect_failure(const struct outcome *outcome, const char *named);

/* Assert exit status 2, such a line, and at most one more line, a hint. */
void expect_usage_error(const struct outcome *outcome, const char *named);

/* Return true if the text contains control characters other than newlines. */
bool has_control_characters(const char *text);

/* Return the number of lines; a last one without a newline counts too. */
size_t count_lines(const char *text);

/* Pause briefly before a condition is tested again. */
void pause_shortly(void);

/* Return the milliseconds of a monotonic clock. */
long now_ms(void);

#endif
