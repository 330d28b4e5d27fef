/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The command line: parse it, check it, print the help. All read the lists of
 * commands and settings; tests compare the manual with the same lists.
 */
#ifndef LSTMTUI_CLI_OPTIONS_H
#define LSTMTUI_CLI_OPTIONS_H

#include <stdbool.h>
#include <stdio.h>

#include "base/error.h"
#include "cli/command.h"

/* Return the command that argv[1] names, or else the interface. */
const struct command *command_find(int argc, char **argv);

/* Return the option of that number, from 0 on, or NULL past the last. */
const struct setting *options_of(const struct command *command, size_t number);

/* Whether the command line has this option of the command. */
bool option_is_given(const struct arguments *arguments,
	const struct setting *option);

/* Set the defaults of a command. */
void options_default(const struct command *command,
	struct arguments *arguments);

/*
 * Parse the options and operands of a command; argv[1] is its name if it has
 * one. Returns false, with a message, for wrong usage.
 */
bool options_parse(const struct command *command, int argc, char **argv,
	struct arguments *arguments, struct error *error);

/*
 * Refuse options without effect on a model with these settings. unmet: the
 * needs that the model or its data do not meet, or NULL. options_parse has
 * refused those that depend on the command line alone.
 */
bool options_check(const struct arguments *arguments,
	const struct settings *settings, const struct unmet *unmet,
	struct error *error);

/*
 * Print the help of a command. The defaults are those that apply with the other
 * arguments. That of the interface alone fits a screen: the commands, and the
 * options that most runs need.
 */
void options_help(const struct arguments *arguments, FILE *stream);

#endif
