/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The command `completion`, which the build runs to make the files that shells
 * read. Help does not list it.
 */
#include <stdio.h>

#include "base/translate.h"
#include "cli/commands.h"
#include "cli/completion.h"

static enum exit_status
completion_command(const struct arguments *arguments, struct error *error)
{
	const char *name = arguments->session.model;
	const struct kind *shell = kind_find(completion_shell_list, name);

	if (shell == NULL) {
		error_set_usage(error,
			"%s: no such shell; there are bash, zsh and fish",
			name);
		return EXIT_USAGE;
	}
	completion_write(shell, stdout);
	return EXIT_DONE;
}

static const struct setting *const options[] = {NULL};

const struct command command_completion = {
	.name = "completion",
	.operand = "SHELL",
	.needs_operand = true,
	.first = "SHELL",
	.first_choices = completion_shell_list,
	.summary = N_("print a file that lets a shell complete command lines"),
	.run = completion_command,
	.options = options,
	.is_hidden = true,
};
