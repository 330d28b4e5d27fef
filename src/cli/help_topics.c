/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/help_topic.h"

#include <stdbool.h>
#include <stdio.h>

#include "base/translate.h"
#include "cli/common_options.h"
#include "cli/config_file.h"
#include "run/settings.h"

/* ---------------------------------------------------------------------- */
/* Commands and options */

static void
print_commands(const struct help_topic *topic, FILE *stream)
{
	(void)topic;
	fprintf(stream, "%s\n\n", _("Commands; each has its own --help:"));
	help_print_row(stream, "lstmtui [OPTION]... [MODEL [MODEL]]",
		_(command_list[0]->summary), HELP_WIDE);
	for (size_t i = 1; command_list[i] != NULL; i++) {
		const struct command *command = command_list[i];
		char label[80];

		if (command->is_hidden)
			continue;
		snprintf(label, sizeof label, "lstmtui %s [OPTION]...%s%s",
			command->name, command->operand[0] != '\0' ? " " : "",
			command->operand);
		help_print_row(stream, label, _(command->summary), HELP_WIDE);
	}
}

/* The headings of the groups, in the words of the manual. */
static const char *const groups[SETTING_GROUPS] = {
	[SETTING_OF_RUN] = N_("Options of a run"),
	[SETTING_OF_DATA] = N_("Options of data"),
	[SETTING_OF_TEXT] = N_("Options of texts"),
	[SETTING_OF_TRAINING] = N_("Options of training"),
	[SETTING_OF_INTERFACE] = N_("Options of the interface"),
	[SETTING_OF_COMMANDS] = N_("Options of every command"),
};

static void
print_group(const struct help_topic *topic, FILE *stream)
{
	fprintf(stream, _("%s, with their defaults:"), _(groups[topic->group]));
	fputc('\n', stream);
	help_print_group(topic->group, stream);
}

static void
print_options(const struct help_topic *topic, FILE *stream)
{
	struct help_topic group = *topic;

	for (int i = 0; i < SETTING_GROUPS; i++) {
		if (i > 0)
			fputc('\n', stream);
		group.group = (enum setting_group)i;
		print_group(&group, stream);
	}
}

const struct help_topic help_topic_commands = {
	.kind = {.name = "commands", .summary = N_("what each command does")},
	.print = print_commands,
};

const struct help_topic help_topic_options = {
	.kind = {.name = "options",
		.summary = N_("all options of a run, by subject")},
	.print = print_options,
};

const struct help_topic help_topic_run = {
	.kind = {.name = "run",
		.summary = N_("options of a run: task, network, optimizer")},
	.print = print_group,
	.group = SETTING_OF_RUN,
};

const struct help_topic help_topic_data = {
	.kind = {.name = "data",
		.summary = N_("options of data: columns, scaling, validation")},
	.print = print_group,
	.group = SETTING_OF_DATA,
};

const struct help_topic help_topic_text = {
	.kind = {.name = "text",
		.summary = N_("options of texts: tokens, state, dropout")},
	.print = print_group,
	.group = SETTING_OF_TEXT,
};

const struct help_topic help_topic_training = {
	.kind = {.name = "training",
		.summary =
			N_("options of training: weights, log, checkpoints")},
	.print = print_group,
	.group = SETTING_OF_TRAINING,
};

static void
print_interface(const struct help_topic *topic, FILE *stream)
{
	struct help_topic common = *topic;

	print_group(topic, stream);
	fputc('\n', stream);
	common.group = SETTING_OF_COMMANDS;
	print_group(&common, stream);
}

const struct help_topic help_topic_interface = {
	.kind = {.name = "interface",
		.summary =
			N_("options of the screen: speed, colours, recording")},
	.print = print_interface,
	.group = SETTING_OF_INTERFACE,
};

/* ---------------------------------------------------------------------- */
/* Choices */

static void
print_choices(const struct help_topic *topic, FILE *stream)
{
	fprintf(stream, "--%s %s: %s\n\n", topic->setting->option,
		topic->setting->argument, _(topic->setting->summary));
	help_print_choices(topic->setting, stream);
}

/* A topic about the choices of a setting. */
#define CHOICES(topic_, summary_, setting_)                       \
	const struct help_topic help_topic_##topic_ = {           \
		.kind = {.name = #topic_, .summary = (summary_)}, \
		.print = print_choices,                           \
		.setting = (setting_),                            \
	}

CHOICES(tasks, N_("what a network can learn: shapes, points, texts"),
	&setting_task);
CHOICES(framings, N_("how sequences become samples: with or without memory"),
	&setting_framing);
CHOICES(cells, N_("kinds of recurrent layers"), &setting_cell);
CHOICES(losses, N_("what training makes small"), &setting_loss);
CHOICES(optimizers, N_("how the weights are updated"), &setting_optimizer);

static void
print_colours(const struct help_topic *topic, FILE *stream)
{
	print_choices(topic, stream);
	fprintf(stream, "\n--color WHEN: %s\n%s\n", _(option_color.summary),
		_("NO_COLOR in the environment is --color never."));
}

const struct help_topic help_topic_colours = {
	.kind = {.name = "colours", .summary = N_("themes, and no colours")},
	.print = print_colours,
	.setting = &option_theme,
};

/* ---------------------------------------------------------------------- */
/* The surroundings */

struct row {
	const char *label, *text;
};

static void
print_rows(const struct row *rows, size_t count, FILE *stream)
{
	for (size_t i = 0; i < count; i++)
		help_print_row(stream, _(rows[i].label), _(rows[i].text),
			HELP_WIDE);
}

static const struct row environment[] = {
	{"NO_COLOR",
		N_("if it is not empty, no colours (--color always: anyway)")},
	{"COLORFGBG",
		N_("colours of the terminal, as 0;15, if it does not answer "
		   "the question for its background")},
	{"COLORTERM",
		N_("truecolor or 24bit: the terminal has 24-bit colours")},
	{"XDG_CONFIG_HOME, HOME", N_("where the configuration file is")},
	{"TERM", N_("type of the terminal; one that can place the cursor")},
	{"LINES, COLUMNS", N_("size of the screen, instead of the terminal's")},
	{"LC_ALL, LC_CTYPE, LANG",
		N_("encoding of characters; if it is not "
		   "UTF-8, everything is drawn in ASCII")},
	{"LANGUAGE, LC_MESSAGES",
		N_("language of messages: English, German or Chinese; "
		   "LC_ALL and LANG too")},
	{"SSH_CONNECTION",
		N_("the terminal is on another machine, to which o "
		   "says how to copy a page")},
	{"POSIXLY_CORRECT", N_("options may only come before the operand")},
	{"LSTMTUI_KERNEL", N_("inner loops to use: portable, avx2 or avx512")},
};

static void
print_environment(const struct help_topic *topic, FILE *stream)
{
	(void)topic;
	fprintf(stream, "%s\n\n", _("Variables of the environment:"));
	print_rows(environment, sizeof environment / sizeof environment[0],
		stream);
}

const struct help_topic help_topic_environment = {
	.kind = {.name = "environment",
		.summary = N_("variables that the program reads")},
	.print = print_environment,
};

static const struct row files[] = {
	{"MODEL",
		N_("the weights, the whole run and its settings: a safetensors "
		   "file with Keras's names and layout")},
	{"MODEL-best",
		N_("the model after its best validation (--validation); "
		   "beside m.safetensors it is m-best.safetensors")},
	{"--data FILE",
		N_("numbers in lines (CSV), a blank line between "
		   "sequences; anything else is a text")},
	{"--log FILE",
		N_("JSON Lines, or a folder of event files of TensorBoard "
		   "(--log-format)")},
	{"--output DIR",
		N_("the models of a sweep and its results (results.csv)")},
};

static void
print_files(const struct help_topic *topic, FILE *stream)
{
	char path[CONFIG_FILE_PATH_SIZE];

	(void)topic;
	fprintf(stream, "%s\n\n",
		_("Files that the program reads and writes:"));
	print_rows(files, sizeof files / sizeof files[0], stream);
	help_print_row(stream,
		config_file_path(path) ? path : _("the configuration file"),
		_("theme, speed and keys of the interface"), HELP_WIDE);
}

const struct help_topic help_topic_files = {
	.kind = {.name = "files",
		.summary = N_("models, data, logs, configuration")},
	.print = print_files,
};
