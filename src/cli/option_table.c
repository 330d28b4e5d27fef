/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables of commands and options.
 */
#include "cli/option_table.h"

#include <string.h>

#include "cli/commands.h"
#include "cli/format.h"
#include "run/relevance.h"
#include "sweep/sweep.h"
#include "tui/loop.h"

static const struct command commands[] = {
	{NULL, INTERFACE, "[MODEL]", false,
		"watch a network learn: the terminal interface", interface_run},
	{"train", TRAIN, "[MODEL]", false, "the same training without a screen",
		command_train},
	{"generate", GENERATE, "MODEL", true,
		"new sequences from a trained model", command_generate},
	{"evaluate", EVALUATE, "MODEL", true, "metrics on fresh data",
		command_evaluate},
	{"info", INFO, "MODEL", true, "what is in a model file", command_info},
	{"sweep", SWEEP, "", false,
		"train models of several sizes and compare them",
		command_sweep},
};

enum { COMMANDS = sizeof commands / sizeof commands[0] };

static const char *
color_name(size_t when)
{
	static const char *const names[] = {
		[COLOR_AUTO] = "auto",
		[COLOR_ALWAYS] = "always",
		[COLOR_NEVER] = "never",
	};

	return when < sizeof names / sizeof names[0] ? names[when] : NULL;
}

#define FIELD(name) offsetof(struct arguments, name)
#define SESSION_FIELD(name)                    \
	(offsetof(struct arguments, session) + \
		offsetof(struct session_options, name))

/* The options that are no settings of a run. */
/* clang-format off */
static const struct option_entry {
	unsigned commands;
	const char *shown_default;
	struct setting setting;
} options[] = {
	{NEW_RUN, NULL, {.option = "init", .argument = "FILE",
		.summary = "start from the weights in a safetensors file",
		.kind = SETTING_KIND_TEXT, .offset = SESSION_FIELD(init)}},
	{NEW_RUN, NULL, {.option = "log", .argument = "FILE",
		.summary = "write JSON Lines, an object for each logged "
			"update (-: standard output)",
		.kind = SETTING_KIND_TEXT, .offset = SESSION_FIELD(log)}},
	{NEW_RUN, "1", {.option = "log-every", .argument = "N",
		.summary = "log every Nth update",
		.kind = SETTING_KIND_COUNT, .offset = SESSION_FIELD(log_every),
		.min = 1, .max = 1e15,
		.needs = NEED_LOG}},
	{NEW_RUN, "0", {.option = "checkpoint-every", .argument = "N",
		.summary = "save MODEL every N updates too (0: never)",
		.kind = SETTING_KIND_COUNT,
		.offset = SESSION_FIELD(checkpoint_every), .max = 1e15,
		.needs = NEED_MODEL}},
	{SWEEP, "1000", {.option = "checkpoint-every", .argument = "N",
		.summary = "save each model every N updates (0: at its end)",
		.kind = SETTING_KIND_COUNT,
		.offset = SESSION_FIELD(checkpoint_every), .max = 1e15,
		.needs = NEED_NEW_RUNS}},
	{SWEEP, "1,2,3,5,10,20,50", {.option = "units",
		.argument = "N[,N...]",
		.summary = "the sizes, each a model with one layer",
		.kind = SETTING_KIND_TEXT, .offset = FIELD(sizes),
		.needs = NEED_NEW_RUNS}},
	{SWEEP, "5", {.option = "seeds", .argument = "N",
		.summary = "how many models of each size",
		.kind = SETTING_KIND_COUNT, .offset = FIELD(seeds),
		.min = 1, .max = SWEEP_RUNS_MAX,
		.needs = NEED_NEW_RUNS}},
	{SWEEP, "1", {.option = "seed", .argument = "N",
		.summary = "the first seed; the others follow it",
		.kind = SETTING_KIND_COUNT, .offset = FIELD(first_seed),
		.max = 0x1p52,
		.needs = NEED_NEW_RUNS}},
	{SWEEP, "the processors", {.option = "jobs", .argument = "N",
		.summary = "how many models train side by side",
		.kind = SETTING_KIND_COUNT, .offset = FIELD(jobs),
		.min = 1, .max = 1024,
		.needs = NEED_NEW_RUNS | NEED_TRAINING}},
	{SWEEP, NULL, {.option = "output", .argument = "DIR",
		.summary = "where models and results are kept; what is "
			"there is gone on with",
		.kind = SETTING_KIND_TEXT, .offset = FIELD(output),
		.needs = NEED_NEW_RUNS}},
	{SWEEP, NULL, {.option = "plan",
		.summary = "only make DIR and print a command for each model",
		.kind = SETTING_KIND_FLAG, .offset = FIELD(plan),
		.needs = NEED_NEW_RUNS}},
	{SWEEP, NULL, {.option = "collect", .argument = "DIR",
		.summary = "only gather the results of the models in DIR",
		.kind = SETTING_KIND_TEXT, .offset = FIELD(collect)}},
	{SWEEP, NULL, {.option = "force",
		.summary = "replace results in DIR that are not of a sweep",
		.kind = SETTING_KIND_FLAG, .offset = SESSION_FIELD(force),
		.needs = NEED_TRAINING}},
	{TRAIN, NULL, {.option = "force",
		.summary = "start anew over an existing MODEL",
		.kind = SETTING_KIND_FLAG, .offset = SESSION_FIELD(force),
		.needs = NEED_MODEL}},
	{GENERATE, "1", {.option = "count", .argument = "N",
		.summary = "how many sequences",
		.kind = SETTING_KIND_COUNT, .offset = FIELD(count),
		.min = 1, .max = 1e9,
		.needs = NEED_NEW_DRAWING}},
	{EVALUATE, "10000", {.option = "count", .argument = "N",
		.summary = "over how many sequences the loss is taken",
		.kind = SETTING_KIND_COUNT, .offset = FIELD(count),
		.min = 1, .max = 1e12,
		.needs = NEED_POINTS}},
	{SWEEP, "10000", {.option = "count", .argument = "N",
		.summary = "over how many sequences the loss is taken",
		.kind = SETTING_KIND_COUNT, .offset = FIELD(count),
		.min = 1, .max = 1e12,
		.needs = NEED_TRAINING}},
	{GENERATE, "the task's", {.option = "length", .argument = "N",
		.summary = "how many points, or characters",
		.kind = SETTING_KIND_COUNT, .offset = FIELD(length),
		.min = 1, .max = 1e6,
		.needs = NEED_NEW_DRAWING}},
	{GENERATE, "the task's", {.option = "start", .argument = "X,Y",
		.summary = "the point to start from",
		.kind = SETTING_KIND_TEXT, .offset = FIELD(start),
		.needs = NEED_POINTS | NEED_NEW_DRAWING}},
	{GENERATE, NULL, {.option = "gallery",
		.summary = "what the model drew on its way, side by side",
		.kind = SETTING_KIND_FLAG, .offset = FIELD(gallery),
		.needs = NEED_POINTS}},
	{GENERATE, NULL, {.option = "prime", .argument = "TEXT",
		.summary = "what the text goes on from",
		.kind = SETTING_KIND_TEXT, .offset = FIELD(prime),
		.needs = NEED_TEXT | NEED_NEW_DRAWING}},
	{GENERATE, "1", {.option = "temperature", .argument = "T",
		.summary = "how widely it is drawn from (0: the likeliest)",
		.kind = SETTING_KIND_REAL, .offset = FIELD(temperature),
		.max = 1000,
		.needs = NEED_CHANCE | NEED_NEW_DRAWING}},
	{GENERATE, "csv", {.option = "format", .argument = "NAME",
		.summary = "how they are written",
		.kind = SETTING_KIND_CHOICE, .offset = FIELD(format),
		.choice = format_name,
		.choice_summary = format_summary}},
	{EVALUATE | INFO, NULL, {.option = "json",
		.summary = "print a JSON object",
		.kind = SETTING_KIND_FLAG, .offset = FIELD(json)}},
	{ALL, NULL, {.option = "quiet", .summary = "print only what was "
			"asked for, and errors",
		.kind = SETTING_KIND_FLAG, .offset = FIELD(quiet)}},
	{ALL, NULL, {.option = "ascii",
		.summary = "draw with ASCII characters only",
		.kind = SETTING_KIND_FLAG, .offset = FIELD(ascii)}},
	{ALL, "1000", {.option = "speed", .argument = "N",
		.summary = "updates a second on the screen (0: as fast as "
			"it goes)",
		.kind = SETTING_KIND_REAL, .offset = FIELD(speed),
		.max = 1e9}},
	{ALL, "auto", {.option = "color", .argument = "WHEN",
		.summary = "auto, always or never",
		.kind = SETTING_KIND_CHOICE, .offset = FIELD(color),
		.choice = color_name}},
	{ALL, NULL, {.option = "help", .summary = "print this help",
		.kind = SETTING_KIND_FLAG, .offset = FIELD(help)}},
	{ALL, NULL, {.option = "version", .summary = "print the version",
		.kind = SETTING_KIND_FLAG, .offset = FIELD(version)}},
};
/* clang-format on */

enum { OPTIONS = sizeof options / sizeof options[0] };

_Static_assert(SETTINGS + OPTIONS <= OPTION_NUMBERS, "a number for each");
_Static_assert(OPTIONS <= 64, "a bit for each in arguments.given");

/* Which commands take a setting of the run. */
static unsigned
setting_commands(unsigned id)
{
	if (id == SETTING_SEED)
		return NEW_RUN | GENERATE | EVALUATE;
	/* of a sweep units are sizes; and its runs draw, which texts do not */
	if (id == SETTING_UNITS || (setting_info(id)->needs & NEED_TEXT))
		return NEW_RUN;
	return id == SETTING_DATA ? NEW_RUN | SWEEP | EVALUATE
				  : NEW_RUN | SWEEP;
}

/* What a setting of the run means to a command that trains none. */
static const struct {
	unsigned commands;
	enum setting_id id;
	const char *summary;
	unsigned needs;
} meanings[] = {
	{GENERATE, SETTING_SEED,
		"what is drawn comes from it (default: from the system)",
		NEED_NEW_DRAWING},
	{EVALUATE, SETTING_SEED,
		"the fresh data come from it (default: the run's)",
		NEED_POINTS | NEED_FRESH_DATA},
	{EVALUATE, SETTING_DATA,
		"sequences in a CSV file, or a text, in place of fresh ones",
		0},
};

/* The setting, or else the option, of that number. */
static const struct setting *
option_info(unsigned number)
{
	return number < SETTINGS ? setting_info(number)
				 : &options[number - SETTINGS].setting;
}

/* The index in meanings, or -1 where the setting is one of a new run. */
static int
find_meaning(const struct command *command, unsigned number)
{
	for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++)
		if ((meanings[i].commands & command->flag) &&
			meanings[i].id == number)
			return (int)i;
	return -1;
}

const char *
option_summary(const struct command *command, unsigned number)
{
	int meaning = find_meaning(command, number);

	return meaning >= 0 ? meanings[meaning].summary
			    : option_info(number)->summary;
}

unsigned
option_needs(const struct command *command, unsigned number)
{
	const struct setting *setting = option_info(number);
	int meaning = find_meaning(command, number);

	if (meaning >= 0)
		return meanings[meaning].needs;
	if (number < SETTINGS && command->flag == SWEEP)
		return setting->needs | NEED_NEW_RUNS;
	return setting->needs;
}

const struct setting *
option_of(const struct command *command, unsigned number)
{
	unsigned takers;

	if (number >= SETTINGS + OPTIONS)
		return NULL;
	takers = number < SETTINGS ? setting_commands(number)
				   : options[number - SETTINGS].commands;
	return takers & command->flag ? option_info(number) : NULL;
}

const char *
option_default(unsigned number, char text[SETTINGS_TEXT_SIZE])
{
	struct settings defaults;

	if (number >= SETTINGS)
		return options[number - SETTINGS].shown_default;
	settings_default(&defaults);
	settings_format(&defaults, number, text);
	return number == SETTING_SEED || text[0] == '\0' ? NULL : text;
}

const struct command *
command_at(size_t index)
{
	return index < COMMANDS ? &commands[index] : NULL;
}

const struct command *
command_find(int argc, char **argv)
{
	for (size_t i = 1; argc > 1 && i < COMMANDS; i++)
		if (strcmp(argv[1], commands[i].name) == 0)
			return &commands[i];
	return &commands[0];
}
