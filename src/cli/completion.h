/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Completion of command lines in a shell. A completion file consists of tables,
 * written from the lists of commands and options, and of the code in
 * cli/completion/lstmtui.SHELL, which reads them.
 *
 * The tables are a function of the shell from a key to a kind of word and the
 * values of this kind (enum completion_kind):
 *
 *   commands                the commands
 *   options COMMAND         the options of a command
 *   COMMAND --OPTION        the value of an option
 *   COMMAND NUMBER          an operand, from 1 on
 *   COMMAND NUMBER FORMAT   the same where it depends on --format
 *   value SETTING           a value of a setting in --vary
 *
 * COMMAND is "lstmtui" for the interface. A flag has no entry.
 */
#ifndef LSTMTUI_CLI_COMPLETION_H
#define LSTMTUI_CLI_COMPLETION_H

#include <stdio.h>

#include "base/kind.h"

enum completion_kind {
	COMPLETION_CHOICE, /* one of the values */
	COMPLETION_LIST,   /* some of the values, separated by commas */
	COMPLETION_VARY,   /* NAME=LIST, where NAME is one of the values */
	COMPLETION_FILES,  /* a file with one of the suffixes; none: any */
	COMPLETION_FOLDER,
	COMPLETION_TEXT /* a number or a text: cannot be completed */
};

struct completion_shell;

/* All shells; ends with NULL. */
extern const struct kind *const completion_shell_list[];

/* Write the completion file of a shell of the list. */
void completion_write(const struct kind *shell, FILE *stream);

#endif
