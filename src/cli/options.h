/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The command line: the parser, the checks and the help, all from the tables
 * of commands and settings; the tests hold the manual against them.
 */
#ifndef LSTMTUI_CLI_OPTIONS_H
#define LSTMTUI_CLI_OPTIONS_H

#include <stdbool.h>
#include <stdio.h>

#include "base/error.h"
#include "cli/command.h"

/* The command that argv[1] names, the interface if it names none. */
const struct command *command_find(int argc, char **argv);

/* The option of that number, counted from 0, or NULL past the last. */
const struct setting *options_of(const struct command *command, size_t number);

/* Whether the command line gave an option of the command. */
bool option_is_given(const struct arguments *arguments,
	const struct setting *option);

/*
 * Read the options and operands of a command, whose name stands at argv[1]
 * if it has one. Returns false, with what is wrong, for a wrong usage.
 */
bool options_parse(const struct command *command, int argc, char **argv,
	struct arguments *arguments, struct error *error);

/*
 * Refuse the options that have no effect on a model with these settings.
 * unmet: the needs that the model or its data do not meet; NULL: none. Those
 * that the command line alone decides were refused by options_parse.
 */
bool options_check(const struct arguments *arguments,
	const struct settings *settings, const struct unmet *unmet,
	struct error *error);

/*
 * Print the help of a command, or of the whole program for the interface,
 * with the defaults beside what the arguments chose.
 */
void options_help(const struct arguments *arguments, FILE *stream);

#endif
