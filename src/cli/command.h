/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A command: what it is called, which options it takes, and the function that
 * runs it. Each command is a constant in the file that runs it; their list is
 * in command_list.c, above all folders.
 *
 * A command takes settings of a run, some or none, then options of its own,
 * then the common ones: options_of counts them in that order.
 */
#ifndef LSTMTUI_CLI_COMMAND_H
#define LSTMTUI_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "run/relevance.h"
#include "session/session.h"

enum exit_status {
	EXIT_DONE = 0,
	EXIT_FAILED = 1,
	EXIT_USAGE = 2,
	EXIT_SIGNAL = 128 /* and the signal's number */
};

struct format;
struct command;

/* What a command line asks for. Strings are those of argv. */
struct arguments {
	const struct command *command;
	struct session_options session;
	uint64_t given; /* options that are no settings, as option_is_given */
	bool help, version, quiet, ascii, json, gallery;
	const struct kind *color; /* of cli/common_options.h */
	double speed;             /* updates a second; 0: no limit */
	uint64_t count, length;
	double temperature;
	const char *prime; /* of texts; NULL: nothing */
	const char *start;
	const struct format *format; /* of `generate` */
	/* of `sweep` */
	const char *program; /* as it was called */
	const char *sizes, *output, *collect;
	uint64_t first_seed, seeds, jobs;
	bool plan;
};

/* The offset of an option's field. */
#define ARGUMENT(name) offsetof(struct arguments, name)

struct command {
	const char *name;    /* NULL: the interface */
	const char *operand; /* as the usage shows it; "": it takes none */
	bool needs_operand;
	const char *summary;
	enum exit_status (
		*run)(const struct arguments *arguments, struct error *error);

	/* Whether it takes a setting of a run; NULL: none. */
	bool (*takes)(const struct setting *setting);
	const struct need *setting_need; /* what those need besides, or NULL */
	const struct kind
		*refused; /* a kind that its runs cannot have, or NULL */

	const struct setting *const *options; /* its own; ends with NULL */

	/* The needs that its command line leaves unmet; NULL: none. */
	void (*find_unmet)(const struct arguments *arguments,
		struct unmet *unmet);
};

/* All commands, the interface first; ends with NULL: see command_list.c. */
extern const struct command *const command_list[];

/*
 * See that standard output and standard error are neither the model nor the
 * data (NULL or "": none) that a command reads.
 */
bool command_check_files(const char *model, const char *data,
	struct error *error);

/*
 * The status of a command that a signal ended. Where that was a limit's, and
 * the message is empty, it says so.
 */
enum exit_status command_signalled(int number, struct error *error);

/*
 * Close and release a session, open or not, of a command that came to `status`.
 * Returns that, or EXIT_FAILED where all was done but could not be closed.
 */
enum exit_status command_close(struct session *session, enum exit_status status,
	struct error *error);

/* That all of standard output was taken. */
bool command_flush(struct error *error);

#endif
