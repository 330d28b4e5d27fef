/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The command line. One table of commands and one of options, with the
 * settings of a run beside it, feed the parser and the help; the tests hold
 * the manual against them.
 */
#ifndef LSTMTUI_CLI_OPTIONS_H
#define LSTMTUI_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"
#include "session/session.h"

enum exit_status {
	EXIT_DONE = 0,
	EXIT_FAILED = 1,
	EXIT_USAGE = 2,
	EXIT_SIGNAL = 128 /* and the signal's number */
};

enum color_when { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

struct command;

/* What a command line asks for. Strings are those of argv. */
struct arguments {
	const struct command *command;
	struct session_options session;
	uint64_t given; /* options that are no settings: bits of their table */
	bool help, version, quiet, ascii, json, gallery;
	unsigned color; /* enum color_when */
	double speed;   /* updates a second; 0: as fast as it goes */
	uint64_t count, length;
	double temperature;
	const char *prime; /* of texts; NULL: nothing */
	const char *start;
	unsigned format; /* of `generate` */
	/* of `sweep` */
	const char *program; /* as it was called */
	const char *sizes, *output, *collect;
	uint64_t first_seed, seeds, jobs;
	bool plan;
};

struct command {
	const char *name;    /* NULL: the interface */
	unsigned flag;       /* its bit in the table of options */
	const char *operand; /* as the usage shows it; "": it takes none */
	bool needs_operand;
	const char *summary;
	enum exit_status (
		*run)(const struct arguments *arguments, struct error *error);
};

/* The command that argv[1] names, the interface where it names none. */
const struct command *command_find(int argc, char **argv);

/*
 * Read the options and operands of a command, whose name stands at argv[1]
 * if it has one. Returns false, with what is wrong, for a wrong usage.
 */
bool options_parse(const struct command *command, int argc, char **argv,
	struct arguments *arguments, struct error *error);

/*
 * Refuse the options that have no effect on a model with these settings.
 * missing: bits of enum need that what the command is used on does not meet.
 * Those that the command line alone decides were refused by options_parse.
 */
bool options_check(const struct arguments *arguments,
	const struct settings *settings, unsigned missing, struct error *error);

/* Print the help of a command, or of the whole program for the interface. */
void options_help(const struct command *command, FILE *stream);

#endif
