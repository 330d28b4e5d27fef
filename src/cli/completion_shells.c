/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of completion in the words of each shell. */
#include <string.h>

#include "cli/command.h"
#include "cli/completion_syntax.h"
#include "cli/options.h"

#define TOP                                                                  \
	"# Completion of lstmtui, made by `lstmtui completion'; see there\n" \
	"# src/cli/completion.h.\n\n"

static void
write_name(const struct completion_shell *shell, const char *command,
	const struct setting *option, FILE *stream)
{
	(void)shell;
	(void)command;
	fprintf(stream, "'--%s'", option->option);
}

const struct completion_shell completion_bash = {
	.kind = {.name = "bash", .summary = "the Bourne-again shell"},
	.begin = TOP "_lstmtui_table()\n{\n\tkind='' values=()\n"
		     "\tcase $1 in\n",
	.entry = "\t",
	.or = " | ",
	.kind_is = ")\n\t\tkind=",
	.values = " values=(",
	.entry_end = ") ;;\n",
	.end = "\tesac\n}\n\n",
	.quote = "'\\''",
	.write_option = write_name,
	.code = completion_code_bash,
	.code_size = &completion_code_bash_size,
};

/* An option for _arguments: --NAME=[help]:ARGUMENT: function. */
static void
write_spec(const struct completion_shell *shell, const char *command,
	const struct setting *option, FILE *stream)
{
	char text[1024], *end = text;

	if (option->type == SETTING_TEXTS)
		*end++ = '*'; /* may be repeated */
	end += snprintf(end, 80, "--%s%s[", option->option,
		option->argument != NULL ? "=" : "");
	for (const char *c = option->summary; *c != '\0'; c++) {
		if (strchr("[]:\\", *c) != NULL)
			*end++ = '\\';
		*end++ = *c;
	}
	*end++ = ']';
	*end = '\0';
	if (option->argument != NULL)
		snprintf(end, 200, ":%s: _lstmtui_value '%s --%s'",
			option->argument, command, option->option);
	completion_quote(shell, text, stream);
}

const struct completion_shell completion_zsh = {
	.kind = {.name = "zsh", .summary = "the Z shell"},
	.begin = "#compdef lstmtui\n" TOP "_lstmtui_table()\n{\n"
		 "\tkind= values=()\n\tcase $1 in\n",
	.entry = "\t",
	.or = " | ",
	.kind_is = ")\n\t\tkind=",
	.values = " values=(",
	.entry_end = ") ;;\n",
	.end = "\tesac\n}\n\n",
	.describes = ":",
	.quote = "'\\''",
	.write_option = write_spec,
	.code = completion_code_zsh,
	.code_size = &completion_code_zsh_size,
};

/* A `complete` for each option, with the commands that have it. */
static void
declare_options(const struct completion_shell *shell, FILE *stream)
{
	const struct setting *option;
	const char *names[COMPLETION_COMMANDS_MAX];

	for (size_t c = 0; command_list[c] != NULL; c++)
		for (size_t i = 0;
			(option = options_of(command_list[c], i)) != NULL;
			i++) {
			size_t count = completion_commands_of(c, option, names);

			if (count == 0)
				continue;
			fputs("complete -c lstmtui -n '__lstmtui_is", stream);
			for (size_t j = 0; j < count; j++)
				fprintf(stream, " %s", names[j]);
			fprintf(stream, "' -l %s -d ", option->option);
			completion_quote(shell, option->summary, stream);
			if (option->argument != NULL)
				fprintf(stream,
					" -x -k -a \"(__lstmtui_value '%s "
					"--%s')\"",
					names[0], option->option);
			fputc('\n', stream);
		}
	fputc('\n', stream);
}

const struct completion_shell completion_fish = {
	.kind = {.name = "fish", .summary = "the friendly interactive shell"},
	.begin = TOP "function __lstmtui_table\n\tswitch $argv[1]\n",
	.entry = "\tcase ",
	.or = " ",
	.kind_is = "\n\t\tprintf '%s\\n' ",
	.values = "",
	.entry_end = "\n",
	.end = "\tend\nend\n\n",
	.describes = "\\t",
	.quote = "\\'",
	.write_option = write_name,
	.declare = declare_options,
	.code = completion_code_fish,
	.code_size = &completion_code_fish_size,
};
