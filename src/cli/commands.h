/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The commands. Each does its work, prints to standard output, and returns
 * the exit status; where that is not EXIT_DONE for a failure, the message is
 * in *error.
 */
#ifndef LSTMTUI_CLI_COMMANDS_H
#define LSTMTUI_CLI_COMMANDS_H

#include "cli/options.h"

enum exit_status command_train(const struct arguments *arguments,
	struct error *error);
enum exit_status command_generate(const struct arguments *arguments,
	struct error *error);
enum exit_status command_evaluate(const struct arguments *arguments,
	struct error *error);
enum exit_status command_info(const struct arguments *arguments,
	struct error *error);
enum exit_status command_sweep(const struct arguments *arguments,
	struct error *error);

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
