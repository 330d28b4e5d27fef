/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/options.h"

#include <getopt.h>
#include <string.h>

#include "base/number.h"
#include "cli/option_table.h"
#include "run/relevance.h"
#include "sweep/sweep.h"

/* From here on getopt_long numbers the options: below are characters. */
enum { FIRST_NUMBER = 256 };

/* The command for which names are looked up: the callback has no context. */
static const struct command *naming_command;

static const char *
known_name(size_t index)
{
	for (unsigned number = 0; number < OPTION_NUMBERS; number++) {
		const struct setting *setting =
			option_of(naming_command, number);

		if (setting != NULL && index-- == 0)
			return setting->option;
	}
	return NULL;
}

/* Whether a name is the beginning of more than one. */
static bool
is_ambiguous(const char *name, size_t count)
{
	const char *other;
	size_t begin_so = 0;

	for (size_t i = 0;
		i < count && name[0] != '\0' && (other = known_name(i)) != NULL;
		i++)
		begin_so += strncmp(other, name, strlen(name)) == 0;
	return begin_so > 1;
}

static bool
unknown_option(const struct command *command, const char *argument,
	struct error *error)
{
	const char *name = argument + strspn(argument, "-"), *nearest;
	char bare[64];
	size_t count = 0;

	snprintf(bare, sizeof bare, "%.*s", (int)strcspn(name, "="), name);
	naming_command = command;
	while (known_name(count) != NULL)
		count++;
	if (is_ambiguous(bare, count))
		return error_set_usage(error,
			"%s: more than one option "
			"begins so; see 'lstmtui %s%s--help'",
			argument, command->name ? command->name : "",
			command->name ? " " : "");
	nearest = number_nearest_name(bare, known_name, count);
	if (nearest != NULL)
		return error_set_usage(error,
			"%s: unknown option; did you "
			"mean --%s?",
			argument, nearest);
	return error_set_usage(error,
		"%s: unknown option; see 'lstmtui %s%s"
		"--help'",
		argument, command->name ? command->name : "",
		command->name ? " " : "");
}

/*
 * The word that getopt_long did not know. It has gone past it, but not where
 * it is of single letters and more than one follow the '-'.
 */
static const char *
unknown_word(char **argv)
{
	const char *word = argv[optind - 1];
	bool is_letter = optopt != 0 && optopt < FIRST_NUMBER;

	if (is_letter &&
		!(word[0] == '-' && word[1] == (char)optopt && word[2] == '\0'))
		return argv[optind];
	return word;
}

static bool
parse_option(unsigned number, const struct setting *setting, const char *text,
	struct arguments *arguments, struct error *error)
{
	void *object = number < SETTINGS ? (void *)&arguments->session.settings
					 : arguments;

	if (!setting_parse(setting, object, text, error)) {
		error_prefix(error, "--%s", setting->option);
		error->is_usage = true;
		return false;
	}
	if (number < SETTINGS)
		arguments->session.given |= (settings_mask)1 << number;
	else
		arguments->given |= (uint64_t)1 << (number - SETTINGS);
	return true;
}

static bool
is_given(const struct arguments *arguments, unsigned number)
{
	return number < SETTINGS ? arguments->session.given >> number & 1
				 : arguments->given >> (number - SETTINGS) & 1;
}

bool
options_check(const struct arguments *arguments,
	const struct settings *settings, unsigned missing, struct error *error)
{
	for (unsigned number = 0; number < OPTION_NUMBERS; number++) {
		const struct setting *setting =
			option_of(arguments->command, number);

		if (setting != NULL && is_given(arguments, number) &&
			!relevance_check(setting->option,
				option_needs(arguments->command, number),
				settings, missing, error))
			return false;
	}
	return true;
}

/* The needs that the command line leaves unmet, as far as it decides. */
static unsigned
missing_in(const struct arguments *arguments)
{
	unsigned missing = 0;

	if (arguments->session.log == NULL)
		missing |= NEED_LOG;
	/* the interface asks for a name when it saves */
	if (arguments->session.model == NULL &&
		arguments->command->flag == TRAIN)
		missing |= NEED_MODEL;
	if (arguments->gallery)
		missing |= NEED_NEW_DRAWING;
	if (arguments->collect != NULL)
		missing |= NEED_NEW_RUNS;
	if (arguments->plan)
		missing |= NEED_TRAINING;
	return missing;
}

static void
set_defaults(const struct command *command, struct arguments *arguments)
{
	*arguments = (struct arguments){
		.command = command,
		.speed = 1000,
		.temperature = 1,
		.count = command->flag & (EVALUATE | SWEEP) ? 10000 : 1,
		.session = {.log_every = 1},
		.sizes = "1,2,3,5,10,20,50",
		.first_seed = 1,
		.seeds = 5,
	};
	if (command->flag == SWEEP)
		arguments->session.checkpoint_every = 1000;
	settings_default(&arguments->session.settings);
}

static bool
parse_operands(const struct command *command, int count, char **operands,
	struct arguments *arguments, struct error *error)
{
	if (arguments->help || arguments->version)
		return true;
	if (count > 0 && command->operand[0] == '\0')
		return error_set_usage(error, "%s: %s takes no such argument",
			operands[0], command->name);
	if (count > 1 && command->name == NULL)
		return error_set_usage(error,
			"%s: no such command, and one "
			"MODEL is enough; see 'lstmtui --help'",
			operands[0]);
	if (count > 1)
		return error_set_usage(error, "%s: one MODEL is enough",
			operands[1]);
	if (count == 0 && command->needs_operand)
		return error_set_usage(error, "%s: which MODEL?",
			command->name);
	if (count == 1 && operands[0][0] == '\0')
		return error_set_usage(error, "the name of MODEL is empty");
	arguments->session.model = count == 1 ? operands[0] : NULL;
	return true;
}

bool
options_parse(const struct command *command, int argc, char **argv,
	struct arguments *arguments, struct error *error)
{
	struct option list[OPTION_NUMBERS + 1];
	size_t listed = 0;
	int skipped = command->name != NULL ? 1 : 0;
	int number;

	for (unsigned i = 0; i < OPTION_NUMBERS; i++) {
		const struct setting *setting = option_of(command, i);

		if (setting != NULL)
			list[listed++] = (struct option){setting->option,
				setting->argument != NULL ? required_argument
							  : no_argument,
				NULL, FIRST_NUMBER + (int)i};
	}
	list[listed] = (struct option){0};
	set_defaults(command, arguments);
	arguments->program = argc > 0 ? argv[0] : "lstmtui";
	argc -= skipped;
	argv += skipped;
	opterr = 0;
	optind = 0; /* also forgets a word that was left in its middle */
	while ((number = getopt_long(argc, argv, ":", list, NULL)) != -1) {
		unsigned i = (unsigned)number - FIRST_NUMBER;
		const struct setting *setting;

		if (number == ':')
			return error_set_usage(error,
				"%s: its value is "
				"missing",
				argv[optind - 1]);
		setting = number == '?' ? NULL : option_of(command, i);
		if (setting == NULL)
			return unknown_option(command, unknown_word(argv),
				error);
		if (!parse_option(i, setting, optarg, arguments, error))
			return false;
	}
	if (!parse_operands(command, argc - optind, argv + optind, arguments,
		    error))
		return false;
	return arguments->help || arguments->version ||
		options_check(arguments, NULL, missing_in(arguments), error);
}

enum { HELP_COLUMN = 29, HELP_WIDTH = 79 };

/* Words of text from a column on, broken at the width of the help. */
static void
print_wrapped(FILE *stream, const char *text, int column, int at)
{
	if (at >= column) {
		fputc('\n', stream);
		at = 0;
	}
	while (*text != '\0') {
		int length = (int)strcspn(text, " ");

		if (at > column && at + 1 + length > HELP_WIDTH) {
			fputc('\n', stream);
			at = 0;
		}
		if (at < column)
			at += fprintf(stream, "%*s", column - at, "");
		else
			at += fprintf(stream, " ");
		at += fprintf(stream, "%.*s", length, text);
		text += length;
		text += strspn(text, " ");
	}
	fputc('\n', stream);
}

static void
print_option(FILE *stream, const struct command *command, unsigned number,
	const char *shown_default)
{
	const struct setting *setting = option_of(command, number);
	char text[512], belongs_to[256];
	int at = fprintf(stream, "  --%s%s%s", setting->option,
		setting->argument ? " " : "",
		setting->argument ? setting->argument : "");

	relevance_describe(option_needs(command, number), belongs_to,
		sizeof belongs_to);
	snprintf(text, sizeof text, "%s%s%s%s%s%s%s",
		option_summary(command, number),
		belongs_to[0] != '\0' ? " (" : "", belongs_to,
		belongs_to[0] != '\0' ? ")" : "", shown_default ? " [" : "",
		shown_default ? shown_default : "", shown_default ? "]" : "");
	print_wrapped(stream, text, HELP_COLUMN, at);
	if (setting->choice_summary == NULL)
		return;
	for (size_t i = 0; setting->choice(i) != NULL; i++) {
		at = fprintf(stream, "%*s%s", HELP_COLUMN + 2, "",
			setting->choice(i));
		print_wrapped(stream, setting->choice_summary(i),
			HELP_COLUMN + 16, at);
	}
}

/* How the program is called: a line for each of its commands. */
static void
print_usage(const struct command *command, FILE *stream)
{
	const struct command *other;

	fprintf(stream, "Usage: lstmtui %s%s[OPTION]...%s%s\n",
		command->name ? command->name : "", command->name ? " " : "",
		command->operand[0] != '\0' ? " " : "", command->operand);
	for (size_t i = 1;
		command->name == NULL && (other = command_at(i)) != NULL; i++)
		fprintf(stream, "  or:  lstmtui %s [OPTION]...%s%s\n",
			other->name, other->operand[0] != '\0' ? " " : "",
			other->operand);
}

void
options_help(const struct command *command, FILE *stream)
{
	const struct command *other;
	char text[SETTINGS_TEXT_SIZE];

	print_usage(command, stream);
	fprintf(stream, "\n%c%s.\n", command->summary[0] - 'a' + 'A',
		command->summary + 1);
	if (command->name == NULL)
		fprintf(stream,
			"An existing MODEL is resumed; a new name is "
			"where it will be saved.\n\nCommands:\n");
	for (size_t i = 1;
		command->name == NULL && (other = command_at(i)) != NULL; i++)
		fprintf(stream, "  %-*s%s\n", HELP_COLUMN - 2, other->name,
			other->summary);
	fprintf(stream, "\nOptions, with their defaults:\n");
	for (unsigned number = 0; number < OPTION_NUMBERS; number++)
		if (option_of(command, number) != NULL)
			print_option(stream, command, number,
				option_default(number, text));
	fprintf(stream, "\n'man lstmtui' tells the rest.\n");
}
