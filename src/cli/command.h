/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A command: its name, its options and the function that runs it. Each command
 * is a constant in the file that runs it; command_list.c, above all folders,
 * lists them.
 *
 * The options of a command are numbered in this order: the settings of a run
 * that it takes, its own options, the common options. See options_of.
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
	EXIT_SIGNAL = 128 /* plus the signal's number */
};

struct exporter;
struct format;
struct tensor_format;
struct theme;
struct command;

/* The parsed command line. Strings point into argv. */
struct arguments {
	const struct command *command;
	struct session_options session;
	uint64_t given; /* options other than settings; see option_is_given */
	bool help, version, quiet, ascii, json, gallery, no_mouse;
	bool no_memory, gradient;  /* of `inspect`; no_memory of `generate` */
	const struct kind *color;  /* of cli/common_options.h */
	const struct theme *theme; /* of draw/theme.h */
	double speed;              /* updates per second; 0: no limit */
	uint64_t count, length;
	double temperature;
	const char *prime; /* --prime; NULL: not given */
	const char *start, *quantiles;
	const struct format *format; /* of `generate` */
	/* of `export`: NULL: by the suffix of OUT */
	const struct exporter *exporter;
	const char *second; /* the second operand; NULL: not given */
	/* of `import`: NULL: by the content of IN */
	const struct tensor_format *import_format;
	const char *vocabulary_file;
	bool animated; /* of `export` */
	bool force;    /* replace an existing file that is not a session's */
	/* of `sweep` */
	const char *program; /* argv[0] */
	const char *sizes, *output, *collect;
	struct settings_texts vary;
	uint64_t first_seed, seeds, jobs;
	uint64_t chunk; /* models in a command of --plan */
	bool plan;
	bool tour;               /* of the interface */
	uint64_t history_memory; /* of the interface; in megabytes */
};

/* The offset of the field of an option. */
#define ARGUMENT(name) offsetof(struct arguments, name)

struct command {
	const char *name;    /* NULL: the interface */
	const char *operand; /* in the usage line; "": takes no operand */
	bool needs_operand;
	const char *first;  /* name of the operand; NULL: MODEL */
	const char *second; /* a second operand; NULL: none */
	bool needs_second;
	/*
	 * For completion in a shell: the suffixes of the files that the
	 * operands name, as in struct setting, and the names that the first one
	 * takes instead. NULL: no files, or no names.
	 */
	const char *first_files, *second_files;
	const struct kind *const *first_choices;
	bool first_names_commands; /* and commands */
	/* suffixes of the second operand with this --format; NULL: the same */
	const char *(*second_files_of)(const struct kind *format);
	bool is_hidden; /* help and completion do not list it */
	const char *summary;
	enum exit_status (
		*run)(const struct arguments *arguments, struct error *error);

	/* Whether the command takes this setting; NULL: it takes none. */
	bool (*takes)(const struct setting *setting);
	const struct need
		/* an additional need of all these settings, or NULL */
		*setting_need;

	const struct setting *const
		*options; /* its own options; ends with NULL */

	/* Add the needs that the command line does not meet; may be NULL. */
	void (*find_unmet)(const struct arguments *arguments,
		struct unmet *unmet);
};

/* The usual suffixes of a MODEL. */
#define MODEL_FILES "safetensors st"

/* All commands, the interface first; ends with NULL. In command_list.c. */
extern const struct command *const command_list[];

/*
 * Check that standard output and standard error are not redirected to the
 * model or the data (NULL or "": none) that a command reads.
 */
bool command_check_files(const char *model, const char *data,
	struct error *error);

/*
 * Return the exit status of a command that a signal ended. If the signal
 * reports an exceeded resource limit and *error is empty, set the message.
 */
enum exit_status command_signalled(int number, struct error *error);

/*
 * Close and release a session, open or not. Return `status`, the result of the
 * command so far, or EXIT_FAILED if the command was done but closing fails.
 */
enum exit_status command_close(struct session *session, enum exit_status status,
	struct error *error);

/* Flush standard output. Return false if any write to it failed. */
bool command_flush(struct error *error);

#endif
