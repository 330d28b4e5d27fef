/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands without a screen, and what their files share. */
#ifndef LSTMTUI_CLI_COMMANDS_H
#define LSTMTUI_CLI_COMMANDS_H

#include "cli/command.h"

extern const struct command command_train, command_generate, command_evaluate,
	command_info, command_sweep;

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

/* That all of standard output was taken. */
bool command_flush(struct error *error);

#endif
