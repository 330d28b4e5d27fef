/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --help: the options of a command with their defaults. */
#include "base/translate.h"
#include "base/utf8.h"
#include "cli/help_topic.h"
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

/* Whether some kinds that an option needs have a default, and others none. */
static bool
has_common_default(const struct setting *option)
{
	for (const struct need *const *need = option->needs;
		need != NULL && *need != NULL; need++) {
		const struct setting *decided_by = (*need)->decided_by;
		bool has_own = false, has_common = false;

		if (decided_by == NULL || decided_by->choices == NULL)
			continue;
		for (size_t i = 0; decided_by->choices[i] != NULL; i++) {
			const struct kind *kind = decided_by->choices[i];

			if ((*need)->kind != NULL ? kind != (*need)->kind
						  : (*need)->accepts == NULL ||
						!(*need)->accepts(kind))
				continue;
			if (kind_default(kind, option->option) != NULL)
				has_own = true;
			else
				has_common = true;
		}
		if (has_own && has_common)
			return true;
	}
	return false;
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
		snprintf(text, DEFAULT_SIZE, "%s",
			has_common_default(option) ? option->initial : "");
		add_kinds(arguments, settings, option, text);
		if (strchr(text, ';') != NULL)
			return text;
		/* the need names a single kind already */
		if (strchr(text, ':') != NULL)
			return strchr(text, ':') + 2;
	}
	snprintf(text, DEFAULT_SIZE, "%s", value);
	if (is_run &&
		settings_default_text(settings, option) == option->initial)
		add_kinds(arguments, settings, option, text);
	return text;
}

/* Print an option with its summary, its needs and its default. */
static void
print_head(FILE *stream, const struct arguments *arguments,
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
}

static void
print_option(FILE *stream, const struct arguments *arguments,
	const struct settings *settings, const struct setting *option)
{
	print_head(stream, arguments, settings, option);
	for (size_t i = 0;
		option->choices != NULL && option->choices[i] != NULL &&
		option->choices[i]->summary != NULL;
		i++) {
		int at = fprintf(stream, "%*s%s", HELP_COLUMN + 2, "",
			option->choices[i]->name);

		print_wrapped(stream, _(option->choices[i]->summary),
			HELP_COLUMN + 16, at);
	}
}

void
help_print_row(FILE *stream, const char *label, const char *text, int column)
{
	int at = 2 + (int)utf8_columns(label);

	fprintf(stream, "  %s", label);
	/* at least two columns between a label and its text */
	print_wrapped(stream, text, column, at + 2 > column ? column : at);
}

static void
print_options(FILE *stream, const struct arguments *arguments,
	const struct settings *settings, int group)
{
	const struct setting *option;

	for (size_t i = 0; (option = options_of(arguments->command, i)) != NULL;
		i++)
		if (group < 0 || (int)option->group == group)
			print_option(stream, arguments, settings, option);
}

void
help_print_group(enum setting_group group, FILE *stream)
{
	struct arguments arguments;
	struct settings settings;
	struct error ignored;

	options_default(command_list[0], &arguments);
	settings = arguments.session.settings;
	settings_complete(&settings, 0, &ignored);
	print_options(stream, &arguments, &settings, (int)group);
}

void
help_print_choices(const struct setting *setting, FILE *stream)
{
	for (size_t i = 0; setting->choices[i] != NULL; i++) {
		const struct kind *kind = setting->choices[i];
		char text[1024];
		size_t length;

		snprintf(text, sizeof text, "%s",
			kind->summary != NULL ? _(kind->summary) : "");
		for (size_t j = 0; kind->defaults != NULL &&
			kind->defaults[j].option != NULL;
			j++) {
			length = strlen(text);
			snprintf(text + length, sizeof text - length,
				"%s --%s %s", j == 0 ? _("; sets") : ",",
				kind->defaults[j].option,
				kind->defaults[j].value);
		}
		help_print_row(stream, kind->name, text, HELP_CHOICES);
	}
}

static void
print_usage(const struct command *command, FILE *stream)
{
	fprintf(stream, "%s lstmtui %s%s[OPTION]...%s%s\n", _("Usage:"),
		command->name ? command->name : "", command->name ? " " : "",
		command->operand[0] != '\0' ? " " : "", command->operand);
}

static void
print_short(const struct setting *option, FILE *stream)
{
	char label[64];

	snprintf(label, sizeof label, "--%s %s", option->option,
		option->argument);
	help_print_row(stream, label, _(option->summary), HELP_CHOICES);
}

/* The help of the program itself, which fits a screen of 24 lines. */
static void
print_first_help(const struct command *command, FILE *stream)
{
	static const struct setting *const first[] = {&setting_task,
		&setting_data, &setting_framing, &setting_seed};

	print_usage(command, stream);
	fprintf(stream,
		"%s lstmtui COMMAND [OPTION]... [OPERAND]...\n"
		"\n%s\n\n%s\n",
		_("  or: "),
		_("Train a small LSTM in the terminal while you watch. An "
		  "existing MODEL goes on."),
		_("Commands:"));
	for (size_t i = 1; command_list[i] != NULL; i++)
		if (!command_list[i]->is_hidden)
			help_print_row(stream, command_list[i]->name,
				_(command_list[i]->summary), HELP_NARROW);
	fprintf(stream, "\n%s\n", _("Options of a new run, among others:"));
	for (size_t i = 0; i < sizeof first / sizeof first[0]; i++)
		print_short(first[i], stream);
	fprintf(stream, "\n%s\n",
		_("'lstmtui help' lists topics, such as options and keys; 'man "
		  "lstmtui' explains."));
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
	struct error ignored;

	/* fill in defaults; help does not report contradictions */
	settings_complete(&settings, arguments->session.given, &ignored);
	if (command->name == NULL && arguments->session.given == 0) {
		print_first_help(command, stream);
		return;
	}
	print_usage(command, stream);
	print_summary(stream, _(command->summary));
	fprintf(stream, "\n%s\n", _("Options, with their defaults:"));
	print_options(stream, arguments, &settings, -1);
	fprintf(stream, "\n%s\n", _("See 'man lstmtui' for details."));
}
