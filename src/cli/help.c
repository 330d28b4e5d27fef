/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --help: the options of a command with their defaults. */
#include "base/translate.h"
#include "base/utf8.h"
#include "cli/options.h"

#include <string.h>

#include "run/relevance.h"

enum { HELP_COLUMN = 29, HELP_WIDTH = 79 };

/* Print text from a column on, wrapped at HELP_WIDTH. */
static void
print_wrapped(FILE *stream, const char *text, int column, int at)
{
	if (at >= column) {
		fputc('\n', stream);
		at = 0;
	}
	do {
		size_t length = utf8_wrap(text, (size_t)(HELP_WIDTH - column));

		fprintf(stream, "%*s%.*s\n", column - at, "", (int)length,
			text);
		at = 0;
		text += length;
		text += strspn(text, " ");
	} while (*text != '\0');
}

enum { DEFAULT_SIZE = 256 };

/* Append the defaults of kinds that could still be chosen: "; sgd: 0.01". */
static void
add_kinds(const struct arguments *arguments, const struct settings *settings,
	const struct setting *setting, char text[DEFAULT_SIZE])
{
	for (size_t i = 0; setting_list[i] != NULL; i++) {
		const struct kind *const *kinds = setting_list[i]->choices;

		if (kinds == NULL ||
			option_is_given(arguments, setting_list[i]) ||
			(option_is_given(arguments, &setting_task) &&
				!setting_is_relevant(settings,
					setting_list[i])))
			continue;
		for (; *kinds != NULL; kinds++) {
			const char *value =
				kind_default(*kinds, setting->option);
			size_t length = strlen(text);

			if (value != NULL)
				snprintf(text + length, DEFAULT_SIZE - length,
					"%s%s: %s", length > 0 ? "; " : "",
					(*kinds)->name, value);
		}
	}
}

/*
 * Return the default of an option with the settings of the command line, and
 * the defaults of kinds that are not chosen yet; "" if there is none.
 */
static const char *
describe_default(const struct arguments *arguments,
	const struct settings *settings, const struct setting *option,
	char text[DEFAULT_SIZE])
{
	bool is_run = settings_bit(option) != 0;
	const char *value = is_run ? settings_default_text(settings, option)
				   : option->initial;

	if (option->shown_default != NULL)
		value = _(option->shown_default);
	if (value == NULL || option->argument == NULL)
		value = "";
	/* without effect here: show the defaults of the kinds that have one */
	if (is_run && !setting_is_relevant(settings, option)) {
		text[0] = '\0';
		add_kinds(arguments, settings, option, text);
		if (text[0] != '\0' && strchr(text, ';') == NULL)
			return strchr(text, ':') +
				2; /* the need names the kind already */
		if (text[0] != '\0')
			return text;
	}
	snprintf(text, DEFAULT_SIZE, "%s", value);
	if (is_run &&
		settings_default_text(settings, option) == option->initial)
		add_kinds(arguments, settings, option, text);
	return text;
}

static void
print_option(FILE *stream, const struct arguments *arguments,
	const struct settings *settings, const struct setting *option)
{
	char text[1024], belongs_to[256], room[DEFAULT_SIZE];
	const char *value = describe_default(arguments, settings, option, room);
	int at = fprintf(stream, "  --%s%s%s", option->option,
		option->argument ? " " : "",
		option->argument ? option->argument : "");

	relevance_describe(option->needs, belongs_to, sizeof belongs_to);
	snprintf(text, sizeof text, "%s%s%s%s%s%s%s", _(option->summary),
		belongs_to[0] != '\0' ? " (" : "", belongs_to,
		belongs_to[0] != '\0' ? ")" : "", value[0] != '\0' ? " [" : "",
		value, value[0] != '\0' ? "]" : "");
	print_wrapped(stream, text, HELP_COLUMN, at);
	for (size_t i = 0;
		option->choices != NULL && option->choices[i] != NULL &&
		option->choices[i]->summary != NULL;
		i++) {
		at = fprintf(stream, "%*s%s", HELP_COLUMN + 2, "",
			option->choices[i]->name);
		print_wrapped(stream, _(option->choices[i]->summary),
			HELP_COLUMN + 16, at);
	}
}

/* Print the usage: one line, or for the interface one line per command. */
static void
print_usage(const struct command *command, FILE *stream)
{
	fprintf(stream, "%s lstmtui %s%s[OPTION]...%s%s\n", _("Usage:"),
		command->name ? command->name : "", command->name ? " " : "",
		command->operand[0] != '\0' ? " " : "", command->operand);
	for (size_t i = 1; command->name == NULL && command_list[i] != NULL;
		i++)
		fprintf(stream, "%s lstmtui %s [OPTION]...%s%s\n", _("  or: "),
			command_list[i]->name,
			command_list[i]->operand[0] != '\0' ? " " : "",
			command_list[i]->operand);
}

/* Print what a command does, as a sentence. */
static void
print_summary(FILE *stream, const char *summary)
{
	bool is_small = summary[0] >= 'a' && summary[0] <= 'z';

	/* TRANSLATORS: the end of the sentence that says what a command does */
	fprintf(stream, "\n%c%s%s\n",
		is_small ? summary[0] - 'a' + 'A' : summary[0], summary + 1,
		C_("sentence", "."));
}

void
options_help(const struct arguments *arguments, FILE *stream)
{
	const struct command *command = arguments->command;
	struct settings settings = arguments->session.settings;
	const struct setting *option;
	struct error ignored;

	/* fill in defaults; help does not report contradictions */
	settings_complete(&settings, arguments->session.given, &ignored);
	print_usage(command, stream);
	print_summary(stream, _(command->summary));
	if (command->name == NULL)
		fprintf(stream, "%s\n\n%s\n",
			_("An existing MODEL is resumed; otherwise a new run "
			  "is saved under this name."),
			_("Commands:"));
	for (size_t i = 1; command->name == NULL && command_list[i] != NULL;
		i++)
		fprintf(stream, "  %-*s%s\n", HELP_COLUMN - 2,
			command_list[i]->name, _(command_list[i]->summary));
	fprintf(stream, "\n%s\n", _("Options, with their defaults:"));
	for (size_t i = 0; (option = options_of(command, i)) != NULL; i++)
		print_option(stream, arguments, &settings, option);
	fprintf(stream, "\n%s\n", _("See 'man lstmtui' for details."));
}
