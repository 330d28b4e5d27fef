/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables of commands and options, for the parser and the help. An option
 * has a number: that of the setting that it is or, from SETTINGS on, of a row
 * of its own.
 */
#ifndef LSTMTUI_CLI_OPTION_TABLE_H
#define LSTMTUI_CLI_OPTION_TABLE_H

#include <stddef.h>

#include "cli/options.h"
#include "run/settings.h"

/* The bits of commands in the tables. */
enum {
	INTERFACE = 1,
	TRAIN = 2,
	GENERATE = 4,
	EVALUATE = 8,
	INFO = 16,
	SWEEP = 32,
	NEW_RUN = INTERFACE | TRAIN,
	ALL = 63
};

/* No option has this number or one above. */
enum { OPTION_NUMBERS = SETTINGS + 64 };

/* The command by index, the interface first; NULL past the last. */
const struct command *command_at(size_t index);

/* The option of that number, or NULL if the command does not take it. */
const struct setting *option_of(const struct command *command, unsigned number);

/* What such an option does for the command, in a line. */
const char *option_summary(const struct command *command, unsigned number);

/* What it needs to have an effect: bits of enum need. */
unsigned option_needs(const struct command *command, unsigned number);

/* Its default as the help shows it, some of them in text; NULL: none. */
const char *option_default(unsigned number, char text[SETTINGS_TEXT_SIZE]);

#endif
