/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Running the program under test as a command: without a terminal, with its
 * output, its errors and its end caught. Every wait has a limit; a program
 * that outlasts it is killed, which fails the test.
 */
#ifndef LSTMTUI_TESTS_COMMAND_H
#define LSTMTUI_TESTS_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* A list of words as a command takes it. */
#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

enum { COMMAND_LIMIT_MS = 40000 };

struct command {
	const char *program;            /* NULL: what $LSTMTUI names */
	const char *const *arguments;   /* WORDS, or NULL: none */
	const char *const *environment; /* "NAME=value" sets, "NAME" unsets */
	const char *folder;             /* to run in; NULL: where we are */
	const char *input;              /* a file's name; NULL: /dev/null */
	const char *output;             /* a file's name; NULL: caught */
	const char *errors;             /* a file's name; NULL: caught */
	uid_t user;                     /* to become; 0: as the test */
	gid_t group;                    /* beside user */
};

/* How a command ended, and what it said. Release it with outcome_release. */
struct outcome {
	int status;            /* the exit status; -1: it died of the signal */
	int signal;            /* 0: it exited */
	bool is_late;          /* it had to be killed */
	char *output, *errors; /* each with a '\0' that is not counted */
	size_t output_length, errors_length;
	long peak_kilobytes; /* of memory; 0: unknown */
};

/* A command that is still running. */
struct process {
	pid_t pid;
	int output, errors; /* read ends; -1: at their end */
	struct outcome outcome;
};

void command_run(const struct command *command, struct outcome *outcome);

void command_start(const struct command *command, struct process *process);

/* Wait until it has written so many lines to its standard output. */
bool process_wait_for_lines(struct process *process, size_t lines, int limit);

/* Read to the end, wait, and hand over the outcome. */
void process_finish(struct process *process, int limit,
	struct outcome *outcome);

void outcome_release(struct outcome *outcome);

/* In a child: become the command. Standard files are the caller's affair. */
_Noreturn void command_become(const struct command *command);

/* How a child ended, from what waitpid said. */
void outcome_set_end(struct outcome *outcome, int wait_status);

/* Assert that it exited with this status; its errors are shown if not. */
void expect_status(const struct outcome *outcome, int status);

/*
 * Assert that work failed: status 1, and on standard error one line, which
 * begins "lstmtui: " and holds `named` (NULL: anything).
 */
void expect_failure(const struct outcome *outcome, const char *named);

/* Assert wrong usage: status 2, a first line as above, at most a hint more. */
void expect_usage_error(const struct outcome *outcome, const char *named);

/* Lines in a text; a last one without its newline counts too. */
size_t count_lines(const char *text);

/* Milliseconds of a clock that only goes forward. */
long now_ms(void);

#endif
