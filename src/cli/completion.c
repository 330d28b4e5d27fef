/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/completion.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "cli/completion_syntax.h"
#include "cli/options.h"
#include "sweep/sweep_axes.h"

const struct kind *const completion_shell_list[] = {
	&completion_bash.kind,
	&completion_zsh.kind,
	&completion_fish.kind,
	NULL,
};

static const char *const kind_names[] = {
	[COMPLETION_CHOICE] = "choice",
	[COMPLETION_LIST] = "list",
	[COMPLETION_VARY] = "vary",
	[COMPLETION_FILES] = "files",
	[COMPLETION_FOLDER] = "folder",
	[COMPLETION_TEXT] = "text",
};

/* Where to write, and how. */
struct writer {
	const struct completion_shell *shell;
	FILE *stream;
};

void
completion_quote(const struct completion_shell *shell, const char *text,
	FILE *stream)
{
	fputc('\'', stream);
	for (; *text != '\0'; text++)
		if (*text == '\'')
			fputs(shell->quote, stream);
		else
			fputc(*text, stream);
	fputc('\'', stream);
}

const char *
completion_command(const struct command *command)
{
	return command->name != NULL ? command->name : "lstmtui";
}

static bool
has_option(const struct command *command, const struct setting *wanted)
{
	const struct setting *option;

	for (size_t i = 0; (option = options_of(command, i)) != NULL; i++)
		if (option == wanted)
			return true;
	return false;
}

size_t
completion_commands_of(size_t first, const struct setting *option,
	const char *names[COMPLETION_COMMANDS_MAX])
{
	size_t count = 0;

	for (size_t i = 0; command_list[i] != NULL; i++) {
		if (command_list[i]->is_hidden ||
			!has_option(command_list[i], option))
			continue;
		if (i < first)
			return 0;
		assert(count < COMPLETION_COMMANDS_MAX);
		names[count++] = completion_command(command_list[i]);
	}
	return count;
}

/* ---------------------------------------------------------------------- */
/* Entries */

static void
begin_entry(const struct writer *writer)
{
	fputs(writer->shell->entry, writer->stream);
}

/* Add a key of one to three words; NULL: no such word. */
static void
add_key(const struct writer *writer, bool is_first, const char *one,
	const char *two, const char *three)
{
	char key[128];

	snprintf(key, sizeof key, "%s%s%s%s%s", one, two != NULL ? " " : "",
		two != NULL ? two : "", three != NULL ? " " : "",
		three != NULL ? three : "");
	if (!is_first)
		fputs(writer->shell->or, writer->stream);
	completion_quote(writer->shell, key, writer->stream);
}

static void
begin_values(const struct writer *writer, enum completion_kind kind)
{
	fprintf(writer->stream, "%s%s%s", writer->shell->kind_is,
		kind_names[kind], writer->shell->values);
}

static void
end_entry(const struct writer *writer)
{
	fputs(writer->shell->entry_end, writer->stream);
}

/* Add a value with its help, which may be NULL. */
static void
add_value(const struct writer *writer, const char *name, const char *help)
{
	fputc(' ', writer->stream);
	completion_quote(writer->shell, name, writer->stream);
	if (writer->shell->describes == NULL || help == NULL)
		return;
	fputs(writer->shell->describes, writer->stream);
	completion_quote(writer->shell, help, writer->stream);
}

/* Add the parts of a text between any of the separators. */
static void
add_parts(const struct writer *writer, const char *text, const char *separators)
{
	while (*(text += strspn(text, separators)) != '\0') {
		char part[64];
		size_t length = strcspn(text, separators);

		snprintf(part, sizeof part, "%.*s", (int)length, text);
		add_value(writer, part, NULL);
		text += length;
	}
}

static void
add_choices(const struct writer *writer, const struct kind *const *kinds)
{
	for (; kinds != NULL && *kinds != NULL; kinds++)
		add_value(writer, (*kinds)->name, (*kinds)->summary);
}

static void
add_commands(const struct writer *writer)
{
	for (size_t i = 1; command_list[i] != NULL; i++)
		if (!command_list[i]->is_hidden)
			add_value(writer, command_list[i]->name,
				command_list[i]->summary);
}

/* The settings that --vary takes. */
static void
add_axes(const struct writer *writer)
{
	for (size_t i = 0; setting_list[i] != NULL; i++)
		if (sweep_may_vary(setting_list[i]))
			add_value(writer, setting_list[i]->option,
				setting_list[i]->summary);
}

static void
write_files(const struct writer *writer, const char *files)
{
	bool is_folder = strcmp(files, "/") == 0;

	begin_values(writer, is_folder ? COMPLETION_FOLDER : COMPLETION_FILES);
	if (!is_folder)
		add_parts(writer, files, " ");
}

/* Whether a list of numbers is completed with those of its default. */
static bool
is_list(const struct setting *option)
{
	return option->type == SETTING_UNITS || option->type == SETTING_LIST ||
		(option->type == SETTING_TEXT && option->initial != NULL &&
			strchr(option->initial, ',') != NULL);
}

/* Write the kind and the values of an option that is not a flag. */
static void
write_values(const struct writer *writer, const struct setting *option)
{
	if (option->choices != NULL) {
		begin_values(writer, COMPLETION_CHOICE);
		add_choices(writer, option->choices);
	} else if (option->files != NULL) {
		write_files(writer, option->files);
	} else if (option->type == SETTING_TEXTS) {
		begin_values(writer, COMPLETION_VARY);
		add_axes(writer);
	} else if (is_list(option)) {
		begin_values(writer, COMPLETION_LIST);
		add_parts(writer, option->initial, ",");
	} else {
		begin_values(writer, COMPLETION_TEXT);
	}
	end_entry(writer);
}

/* ---------------------------------------------------------------------- */
/* Tables */

static void
write_commands(const struct writer *writer)
{
	begin_entry(writer);
	add_key(writer, true, "commands", NULL, NULL);
	begin_values(writer, COMPLETION_CHOICE);
	add_commands(writer);
	end_entry(writer);
}

static void
write_options(const struct writer *writer, const struct command *command)
{
	const struct completion_shell *shell = writer->shell;
	const struct setting *option;

	begin_entry(writer);
	add_key(writer, true, "options", completion_command(command), NULL);
	begin_values(writer, COMPLETION_CHOICE);
	for (size_t i = 0; (option = options_of(command, i)) != NULL; i++) {
		fputc(' ', writer->stream);
		shell->write_option(shell, completion_command(command), option,
			writer->stream);
	}
	end_entry(writer);
}

/* Write the values of the options that no command before this one has. */
static void
write_option_values(const struct writer *writer, size_t number)
{
	const struct setting *option;

	for (size_t i = 0;
		(option = options_of(command_list[number], i)) != NULL; i++) {
		const char *names[COMPLETION_COMMANDS_MAX];
		size_t count = completion_commands_of(number, option, names);
		char flag[64];

		if (count == 0 || option->argument == NULL)
			continue;
		snprintf(flag, sizeof flag, "--%s", option->option);
		begin_entry(writer);
		for (size_t j = 0; j < count; j++)
			add_key(writer, j == 0, names[j], flag, NULL);
		write_values(writer, option);
	}
}

static void
write_operand_files(const struct writer *writer, const char *command,
	const char *number, const char *format, const char *files)
{
	if (files == NULL)
		return;
	begin_entry(writer);
	add_key(writer, true, command, number, format);
	write_files(writer, files);
	end_entry(writer);
}

static const struct setting *
find_option(const struct command *command, const char *name)
{
	const struct setting *option;

	for (size_t i = 0; (option = options_of(command, i)) != NULL; i++)
		if (strcmp(option->option, name) == 0)
			return option;
	return NULL;
}

static void
write_operands(const struct writer *writer, const struct command *command)
{
	const char *name = completion_command(command);
	const struct setting *format = find_option(command, "format");

	write_operand_files(writer, name, "1", NULL, command->first_files);
	write_operand_files(writer, name, "2", NULL, command->second_files);
	for (size_t i = 0; command->second_files_of != NULL && format != NULL &&
		format->choices[i] != NULL;
		i++)
		write_operand_files(writer, name, "2", format->choices[i]->name,
			command->second_files_of(format->choices[i]));
	if (command->first_choices == NULL)
		return;
	begin_entry(writer);
	add_key(writer, true, name, "1", NULL);
	begin_values(writer, COMPLETION_CHOICE);
	add_choices(writer, command->first_choices);
	if (command->first_names_commands)
		add_commands(writer);
	end_entry(writer);
}

/* Unlike an option, a flag has a value in --vary. */
static void
write_axes(const struct writer *writer)
{
	for (size_t i = 0; setting_list[i] != NULL; i++) {
		if (!sweep_may_vary(setting_list[i]))
			continue;
		begin_entry(writer);
		add_key(writer, true, "value", setting_list[i]->option, NULL);
		if (setting_list[i]->argument != NULL) {
			write_values(writer, setting_list[i]);
			continue;
		}
		begin_values(writer, COMPLETION_CHOICE);
		add_parts(writer, "yes no", " ");
		end_entry(writer);
	}
}

void
completion_write(const struct kind *kind, FILE *stream)
{
	const struct completion_shell *shell =
		(const struct completion_shell *)kind;
	const struct writer writer = {shell, stream};

	fputs(shell->begin, stream);
	write_commands(&writer);
	for (size_t i = 0; command_list[i] != NULL; i++) {
		if (command_list[i]->is_hidden)
			continue;
		write_options(&writer, command_list[i]);
		write_option_values(&writer, i);
		write_operands(&writer, command_list[i]);
	}
	write_axes(&writer);
	fputs(shell->end, stream);
	if (shell->declare != NULL)
		shell->declare(shell, stream);
	fwrite(shell->code, 1, *shell->code_size, stream);
}
