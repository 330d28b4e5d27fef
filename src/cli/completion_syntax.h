/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a shell writes the tables of a completion file, and its code, which the
 * build makes of cli/completion/lstmtui.SHELL; the code ends without '\0'.
 */
#ifndef LSTMTUI_CLI_COMPLETION_SYNTAX_H
#define LSTMTUI_CLI_COMPLETION_SYNTAX_H

#include <stddef.h>
#include <stdio.h>

#include "base/kind.h"
#include "run/setting.h"

struct command;

struct completion_shell {
	struct kind kind;
	/* the function of the tables: around its entries */
	const char *begin, *end;
	/* an entry: around and between its keys, before and after its values */
	const char *entry, * or, *kind_is, *values, *entry_end;
	const char *describes; /* between a value and its help; NULL: no help */
	const char *quote;     /* a quote within quotes */

	/* Write an option as an element of a list of options. */
	void (*write_option)(const struct completion_shell *shell,
		const char *command, const struct setting *option,
		FILE *stream);
	/* Write what declares the options outside of the tables; or NULL. */
	void (*declare)(const struct completion_shell *shell, FILE *stream);

	const unsigned char *code; /* [*code_size] */
	const size_t *code_size;
};

extern const struct completion_shell completion_bash, completion_fish,
	completion_zsh;

/* Write text within quotes. */
void completion_quote(const struct completion_shell *shell, const char *text,
	FILE *stream);

/* The name of a command in the tables. */
const char *completion_command(const struct command *command);

/*
 * Return the number of commands that have the option of the command number
 * `first`; 0 if a command before it has the same. Store their names.
 */
enum { COMPLETION_COMMANDS_MAX = 32 };
size_t completion_commands_of(size_t first, const struct setting *option,
	const char *names[COMPLETION_COMMANDS_MAX]);

extern const unsigned char completion_code_bash[], completion_code_fish[],
	completion_code_zsh[];
extern const size_t completion_code_bash_size, completion_code_fish_size,
	completion_code_zsh_size;

#endif
