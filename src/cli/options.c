/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/options.h"

#include <assert.h>
#include <getopt.h>
#include <string.h>
#include <unistd.h>

#include "base/name.h"
#include "cli/common_options.h"
#include "run/relevance.h"

/* First value of getopt_long for an option; characters are smaller. */
enum { FIRST_NUMBER = 256 };

const struct command *
command_find(int argc, char **argv)
{
	for (size_t i = 1; argc > 1 && command_list[i] != NULL; i++)
		if (strcmp(argv[1], command_list[i]->name) == 0)
			return command_list[i];
	return command_list[0];
}

/*
 * Return list[*number], or NULL past its end, with its length subtracted from
 * *number.
 */
static const struct setting *
take(const struct setting *const *list, size_t *number)
{
	for (; *list != NULL; list++)
		if ((*number)-- == 0)
			return *list;
	return NULL;
}

const struct setting *
options_of(const struct command *command, size_t number)
{
	const struct setting *option;

	for (size_t i = 0; command->takes != NULL && setting_list[i] != NULL;
		i++)
		if (command->takes(setting_list[i]) && number-- == 0)
			return setting_list[i];
	option = take(command->options, &number);
	return option != NULL ? option : take(common_options, &number);
}

/* Whether an option is a setting of a run. */
static bool
is_setting(const struct setting *option)
{
	return settings_bit(option) != 0;
}

/* The bit of an option of the command in arguments.given, or 0. */
static uint64_t
option_bit(const struct command *command, const struct setting *option)
{
	const struct setting *other;

	for (size_t i = 0; (other = options_of(command, i)) != NULL; i++)
		if (other == option)
			return (uint64_t)1 << i;
	return 0;
}

bool
option_is_given(const struct arguments *arguments, const struct setting *option)
{
	return is_setting(option)
		? settings_are_given(arguments->session.given, option)
		: arguments->given & option_bit(arguments->command, option);
}

/* Upper bound for the options of a command. */
enum { OPTIONS_MAX = 64 };

/* List the names of all options of a command. Returns their count. */
static size_t
list_names(const struct command *command, const char *names[OPTIONS_MAX])
{
	const struct setting *option;
	size_t count = 0;

	for (; (option = options_of(command, count)) != NULL; count++) {
		assert(count < OPTIONS_MAX);
		names[count] = option->option;
	}
	return count;
}

/* Whether a name abbreviates more than one of the names. */
static bool
is_ambiguous(const char *name, const char *const *names, size_t count)
{
	size_t begin_so = 0;

	for (size_t i = 0; i < count && name[0] != '\0'; i++)
		begin_so += strncmp(names[i], name, strlen(name)) == 0;
	return begin_so > 1;
}

static bool
unknown_option(const struct command *command, const char *argument,
	struct error *error)
{
	const char *name = argument + strspn(argument, "-"), *nearest;
	const char *names[OPTIONS_MAX];
	size_t count = list_names(command, names);
	char bare[64];

	snprintf(bare, sizeof bare, "%.*s", (int)strcspn(name, "="), name);
	if (is_ambiguous(bare, names, count))
		return error_set_usage(error,
			"%s: ambiguous option; see 'lstmtui "
			"%s%s--help'",
			argument, command->name ? command->name : "",
			command->name ? " " : "");
	nearest = name_nearest(bare, names, count);
	if (nearest != NULL)
		return error_set_usage(error,
			"%s: unknown option; did you mean --%s?", argument,
			nearest);
	return error_set_usage(error,
		"%s: unknown option; see 'lstmtui %s%s--help'", argument,
		command->name ? command->name : "", command->name ? " " : "");
}

/*
 * Return the word that getopt_long does not know. getopt_long has moved past
 * it, unless the word is '-' and several letters.
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

/* Return the given setting that has the same field as an option, or NULL. */
static const struct setting *
other_form(const struct arguments *arguments, const struct setting *option)
{
	for (size_t i = 0; is_setting(option) && setting_list[i] != NULL; i++)
		if (setting_list[i] != option &&
			setting_list[i]->offset == option->offset &&
			option_is_given(arguments, setting_list[i]))
			return setting_list[i];
	return NULL;
}

/* Refuse an option that changed the value `had` of its other form. */
static bool
check_other_form(const struct setting *option, const struct setting *other,
	const void *object, const char *had, struct error *error)
{
	char has[SETTINGS_TEXT_SIZE];
	const char *flag =
		option->argument == NULL ? option->option : other->option;

	setting_format(other, object, has);
	if (strcmp(has, had) == 0)
		return true;
	return error_set_usage(error, "--%s contradicts --%s %s", flag,
		option->argument == NULL ? other->option : option->option,
		option->argument == NULL
			? had
			: setting_choice(option, object)->name);
}

static bool
parse_option(const struct setting *option, const char *text,
	struct arguments *arguments, struct error *error)
{
	void *object = is_setting(option) ? (void *)&arguments->session.settings
					  : arguments;
	const struct setting *other = other_form(arguments, option);
	char had[SETTINGS_TEXT_SIZE];

	if (other != NULL)
		setting_format(other, object, had);
	if (!setting_parse(option, object, text, error)) {
		error_prefix(error, "--%s", option->option);
		error->is_usage = true;
		return false;
	}
	if (other != NULL &&
		!check_other_form(option, other, object, had, error))
		return false;
	if (is_setting(option))
		arguments->session.given |= settings_bit(option);
	else
		arguments->given |= option_bit(arguments->command, option);
	return true;
}

bool
options_check(const struct arguments *arguments,
	const struct settings *settings, const struct unmet *unmet,
	struct error *error)
{
	const struct command *command = arguments->command;
	const struct need *const besides[] = {command->setting_need, NULL};
	const struct setting *option;

	for (size_t i = 0; (option = options_of(command, i)) != NULL; i++) {
		if (!option_is_given(arguments, option))
			continue;
		if (!relevance_check(option->option, option->needs, settings,
			    unmet, error) ||
			(is_setting(option) &&
				!relevance_check(option->option, besides,
					settings, unmet, error)))
			return false;
	}
	return true;
}

void
options_default(const struct command *command, struct arguments *arguments)
{
	const struct setting *option;
	struct error error;

	*arguments = (struct arguments){.command = command};
	settings_default(&arguments->session.settings);
	arguments->session.log_every = 1;
	for (size_t i = 0; (option = options_of(command, i)) != NULL; i++)
		if (!is_setting(option) && option->initial != NULL)
			setting_parse(option, arguments, option->initial,
				&error);
}

/* Refuse operands that are too many, too few or empty. */
static bool
check_operands(const struct command *command, int count, char **operands,
	struct error *error)
{
	const char *first = command->first != NULL ? command->first : "MODEL";

	if (count > 0 && command->operand[0] == '\0')
		return error_set_usage(error, "%s: %s takes no operand",
			operands[0], command->name);
	/* two models must exist; otherwise the first is meant as a command */
	if (count > 1 && command->name == NULL &&
		access(operands[0], F_OK) != 0)
		return error_set_usage(error,
			"%s: no such command, and no such MODEL to compare; "
			"see 'lstmtui --help'",
			operands[0]);
	if (count > (command->second != NULL ? 2 : 1))
		return error_set_usage(error, "%s: extra operand after %s",
			operands[count - 1],
			command->second != NULL ? command->second : first);
	if (count == 0 && command->needs_operand)
		return error_set_usage(error, "%s: missing %s operand",
			command->name, first);
	if (count == 1 && command->needs_second)
		return error_set_usage(error, "%s: missing %s operand",
			command->name, command->second);
	if (count > 0 && operands[0][0] == '\0')
		return error_set_usage(error, "the %s operand is empty", first);
	return count < 2 || operands[1][0] != '\0' ||
		error_set_usage(error, "the %s operand is empty",
			command->second);
}

static bool
parse_operands(const struct command *command, int count, char **operands,
	struct arguments *arguments, struct error *error)
{
	if (arguments->help || arguments->version)
		return true;
	if (!check_operands(command, count, operands, error))
		return false;
	arguments->session.model = count > 0 ? operands[0] : NULL;
	arguments->second = count > 1 ? operands[1] : NULL;
	return true;
}

/* List the options for getopt_long, numbered from FIRST_NUMBER on. */
static void
list_options(const struct command *command, struct option list[OPTIONS_MAX + 1])
{
	const struct setting *option;
	size_t count = 0;

	for (; (option = options_of(command, count)) != NULL; count++)
		list[count] = (struct option){option->option,
			option->argument != NULL ? required_argument
						 : no_argument,
			NULL, FIRST_NUMBER + (int)count};
	list[count] = (struct option){0};
}

bool
options_parse(const struct command *command, int argc, char **argv,
	struct arguments *arguments, struct error *error)
{
	struct option list[OPTIONS_MAX + 1];
	struct unmet unmet = {0};
	int skipped = command->name != NULL ? 1 : 0;
	int number;

	list_options(command, list);
	options_default(command, arguments);
	arguments->program = argc > 0 ? argv[0] : "lstmtui";
	argc -= skipped;
	argv += skipped;
	opterr = 0;
	/* 0 instead of 1 also resets the position within a word */
	optind = 0;
	while ((number = getopt_long(argc, argv, ":", list, NULL)) != -1) {
		const struct setting *option = number < FIRST_NUMBER
			? NULL
			: options_of(command, (size_t)(number - FIRST_NUMBER));

		if (number == ':')
			return error_set_usage(error, "%s: missing value",
				argv[optind - 1]);
		if (option == NULL)
			return unknown_option(command, unknown_word(argv),
				error);
		if (!parse_option(option, optarg, arguments, error))
			return false;
	}
	if (!parse_operands(command, argc - optind, argv + optind, arguments,
		    error))
		return false;
	if (command->find_unmet != NULL)
		command->find_unmet(arguments, &unmet);
	return arguments->help || arguments->version ||
		options_check(arguments, NULL, &unmet, error);
}
