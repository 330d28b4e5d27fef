/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The command `help`: a topic, the help of a command, or the list of both.
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/name.h"
#include "base/translate.h"
#include "cli/commands.h"
#include "cli/help_topic.h"
#include "cli/options.h"

enum { NAMES_MAX = 64 };

static const struct command *
find_command(const char *name)
{
	for (size_t i = 1; command_list[i] != NULL; i++)
		if (strcmp(command_list[i]->name, name) == 0)
			return command_list[i];
	return NULL;
}

/* List the names of all topics and commands. Returns their count. */
static size_t
list_names(const char *names[NAMES_MAX])
{
	size_t count = 0;

	for (size_t i = 0; help_topic_list[i] != NULL; i++) {
		assert(count < NAMES_MAX);
		names[count++] = help_topic_list[i]->name;
	}
	for (size_t i = 1; command_list[i] != NULL; i++) {
		assert(count < NAMES_MAX);
		if (!command_list[i]->is_hidden)
			names[count++] = command_list[i]->name;
	}
	return count;
}

static enum exit_status
unknown_topic(const char *name, struct error *error)
{
	const char *names[NAMES_MAX];
	size_t count = list_names(names);
	const char *nearest = name_nearest(name, names, count);

	if (nearest != NULL)
		error_set_usage(error,
			"help: no topic '%.60s'; did you mean '%s'?", name,
			nearest);
	else
		error_set_usage(error,
			"help: no topic '%.60s'; 'lstmtui help' lists them",
			name);
	return EXIT_USAGE;
}

/* The names of the commands in one text, wrapped like a row. */
static void
print_command_names(FILE *stream)
{
	char text[512];

	snprintf(text, sizeof text, "%s", _("one of"));
	for (size_t i = 1; command_list[i] != NULL; i++) {
		size_t length = strlen(text);

		if (!command_list[i]->is_hidden)
			snprintf(text + length, sizeof text - length, "%s %s",
				i > 1 ? "," : "", command_list[i]->name);
	}
	help_print_row(stream, "COMMAND", text, HELP_NARROW);
}

static void
print_topics(FILE *stream)
{
	fprintf(stream, "%s\n\n%s\n", _("Usage: lstmtui help TOPIC"),
		_("Topics:"));
	for (size_t i = 0; help_topic_list[i] != NULL; i++)
		help_print_row(stream, help_topic_list[i]->name,
			_(help_topic_list[i]->summary), HELP_NARROW);
	print_command_names(stream);
}

static enum exit_status
help_command(const struct arguments *arguments, struct error *error)
{
	const char *name = arguments->session.model;
	const struct kind *topic;
	struct arguments others;

	if (name == NULL) {
		print_topics(stdout);
		return EXIT_DONE;
	}
	topic = kind_find(help_topic_list, name);
	if (topic != NULL) {
		const struct help_topic *chosen =
			(const struct help_topic *)topic;

		chosen->print(chosen, stdout);
		return EXIT_DONE;
	}
	if (find_command(name) == NULL)
		return unknown_topic(name, error);
	options_default(find_command(name), &others);
	options_help(&others, stdout);
	return EXIT_DONE;
}

static const struct setting *const options[] = {NULL};

const struct command command_help = {
	.name = "help",
	.operand = "[TOPIC]",
	.first = "TOPIC",
	.first_choices = help_topic_list,
	.first_names_commands = true,
	.summary = N_("explain a topic or a command"),
	.run = help_command,
	.options = options,
};
