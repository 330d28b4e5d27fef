#include "cli/options.h"

#include <getopt.h>
#include <string.h>

#include "base/number.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "run/sweep.h"
#include "tui/loop.h"

enum {
	INTERFACE = 1,
	TRAIN = 2,
	GENERATE = 4,
	EVALUATE = 8,
	INFO = 16,
	SWEEP = 32,
	NEW_RUN = INTERFACE | TRAIN,
	ALL = 63
};

static const struct command commands[] = {
	{NULL, INTERFACE, "[MODEL]", false,
		"watch a network learn: the terminal interface",
		interface_run},
	{"train", TRAIN, "[MODEL]", false,
		"the same training without a screen", command_train},
	{"generate", GENERATE, "MODEL", true,
		"new sequences from a trained model", command_generate},
	{"evaluate", EVALUATE, "MODEL", true, "metrics on fresh data",
		command_evaluate},
	{"info", INFO, "MODEL", true, "what is in a model file",
		command_info},
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
#define SESSION_FIELD(name)                 \
	(offsetof(struct arguments, session) + \
		offsetof(struct session_options, name))

/* The options that are no settings of a run. */
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
		.least = 1, .most = 1e15}},
	{NEW_RUN, "0", {.option = "checkpoint-every", .argument = "N",
		.summary = "save MODEL every N updates too (0: never)",
		.kind = SETTING_KIND_COUNT,
		.offset = SESSION_FIELD(checkpoint_every), .most = 1e15}},
	{SWEEP, "1000", {.option = "checkpoint-every", .argument = "N",
		.summary = "save each model every N updates (0: at its end)",
		.kind = SETTING_KIND_COUNT,
		.offset = SESSION_FIELD(checkpoint_every), .most = 1e15}},
	{SWEEP, "1,2,3,5,10,20,50", {.option = "units",
		.argument = "N[,N...]",
		.summary = "the sizes, each a model with one layer",
		.kind = SETTING_KIND_TEXT, .offset = FIELD(sizes)}},
	{SWEEP, "5", {.option = "seeds", .argument = "N",
		.summary = "how many models of each size",
		.kind = SETTING_KIND_COUNT, .offset = FIELD(seeds),
		.least = 1, .most = SWEEP_RUNS_MOST}},
	{SWEEP, "1", {.option = "seed", .argument = "N",
		.summary = "the first seed; the others follow it",
		.kind = SETTING_KIND_COUNT, .offset = FIELD(first_seed),
		.most = 0x1p52}},
	{SWEEP, "the processors", {.option = "jobs", .argument = "N",
		.summary = "how many models train side by side",
		.kind = SETTING_KIND_COUNT, .offset = FIELD(jobs),
		.least = 1, .most = 1024}},
	{SWEEP, NULL, {.option = "output", .argument = "DIR",
		.summary = "where models and results are kept; what is "
			"there is gone on with",
		.kind = SETTING_KIND_TEXT, .offset = FIELD(output)}},
	{SWEEP, NULL, {.option = "plan",
		.summary = "only make DIR and print a command for each model",
		.kind = SETTING_KIND_FLAG, .offset = FIELD(plan)}},
	{SWEEP, NULL, {.option = "collect", .argument = "DIR",
		.summary = "only gather the results of the models in DIR",
		.kind = SETTING_KIND_TEXT, .offset = FIELD(collect)}},
	{TRAIN, NULL, {.option = "force",
		.summary = "start anew over an existing MODEL",
		.kind = SETTING_KIND_FLAG, .offset = SESSION_FIELD(force)}},
	{GENERATE, "1", {.option = "count", .argument = "N",
		.summary = "how many sequences",
		.kind = SETTING_KIND_COUNT, .offset = FIELD(count),
		.least = 1, .most = 1e9}},
	{EVALUATE | SWEEP, "10000", {.option = "count", .argument = "N",
		.summary = "over how many sequences the loss is taken",
		.kind = SETTING_KIND_COUNT, .offset = FIELD(count),
		.least = 1, .most = 1e12}},
	{GENERATE, "the task's", {.option = "length", .argument = "N",
		.summary = "how many points, or characters",
		.kind = SETTING_KIND_COUNT, .offset = FIELD(length),
		.least = 1, .most = 1e6}},
	{GENERATE, "the task's", {.option = "start", .argument = "X,Y",
		.summary = "the point to start from",
		.kind = SETTING_KIND_TEXT, .offset = FIELD(start)}},
	{GENERATE, NULL, {.option = "gallery",
		.summary = "what the model drew on its way, side by side",
		.kind = SETTING_KIND_FLAG, .offset = FIELD(gallery)}},
	{GENERATE, NULL, {.option = "prime", .argument = "TEXT",
		.summary = "text: what it goes on from",
		.kind = SETTING_KIND_TEXT, .offset = FIELD(prime)}},
	{GENERATE, "1", {.option = "temperature", .argument = "T",
		.summary = "how widely mixtures and texts are drawn from "
			"(0: the likeliest)",
		.kind = SETTING_KIND_REAL, .offset = FIELD(temperature),
		.most = 1000}},
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
		.most = 1e9}},
	{ALL, "auto", {.option = "color", .argument = "WHEN",
		.summary = "auto, always or never",
		.kind = SETTING_KIND_CHOICE, .offset = FIELD(color),
		.choice = color_name}},
	{ALL, NULL, {.option = "help", .summary = "print this help",
		.kind = SETTING_KIND_FLAG, .offset = FIELD(help)}},
	{ALL, NULL, {.option = "version", .summary = "print the version",
		.kind = SETTING_KIND_FLAG, .offset = FIELD(version)}},
};

enum {
	OPTIONS = sizeof options / sizeof options[0],
	/* all that getopt_long may know, the settings first */
	KNOWN_MOST = SETTINGS + OPTIONS,
	/* from here on getopt_long numbers them: below are characters */
	FIRST_NUMBER = 256
};

/* Which commands take a setting of the run. */
static unsigned
setting_commands(unsigned id)
{
	if (id == SETTING_SEED)
		return NEW_RUN | GENERATE | EVALUATE;
	/* of a sweep units are sizes; and its runs draw, which texts do not */
	if (id == SETTING_UNITS || id >= SETTING_SEQUENCE_LENGTH)
		return NEW_RUN;
	return id == SETTING_DATA ? NEW_RUN | SWEEP | EVALUATE
				  : NEW_RUN | SWEEP;
}

/* What a setting of the run means to a command that trains none. */
static const struct {
	unsigned commands;
	enum setting_id id;
	const char *summary;
} meanings[] = {
	{GENERATE, SETTING_SEED,
		"what is drawn comes from it (default: from the system)"},
	{EVALUATE, SETTING_SEED,
		"the fresh data come from it (default: the run's)"},
	{EVALUATE, SETTING_DATA,
		"sequences in a CSV file, or a text, in place of fresh ones"},
};

static const char *
summary_of(const struct command *command, unsigned number,
	const struct setting *setting)
{
	for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++)
		if ((meanings[i].commands & command->flag) &&
		    meanings[i].id == number)
			return meanings[i].summary;
	return setting->summary;
}

/* The known option of that number, or NULL where the command has it not. */
static const struct setting *
known(const struct command *command, unsigned number)
{
	unsigned takers = number < SETTINGS
		? setting_commands(number)
		: options[number - SETTINGS].commands;

	if (!(takers & command->flag))
		return NULL;
	return number < SETTINGS ? setting_info(number)
				 : &options[number - SETTINGS].setting;
}

const struct command *
command_find(int argc, char **argv)
{
	for (size_t i = 1; argc > 1 && i < COMMANDS; i++)
		if (strcmp(argv[1], commands[i].name) == 0)
			return &commands[i];
	return &commands[0];
}

/* The command for which names are looked up: the callback has no context. */
static const struct command *naming_command;

static const char *
known_name(size_t index)
{
	for (unsigned number = 0; number < KNOWN_MOST; number++) {
		const struct setting *setting = known(naming_command, number);

		if (setting != NULL && index-- == 0)
			return setting->option;
	}
	return NULL;
}

/* Whether a name is the beginning of more than one. */
static bool
is_ambiguous(const char *name, size_t count)
{
	size_t begin_so = 0;

	for (size_t i = 0; i < count && name[0] != '\0'; i++)
		begin_so += strncmp(known_name(i), name, strlen(name)) == 0;
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
		return error_set_usage(error, "%s: more than one option "
			"begins so; see 'lstmtui %s%s--help'", argument,
			command->name ? command->name : "",
			command->name ? " " : "");
	nearest = number_nearest_name(bare, known_name, count);
	if (nearest != NULL)
		return error_set_usage(error, "%s: unknown option; did you "
			"mean --%s?", argument, nearest);
	return error_set_usage(error, "%s: unknown option; see 'lstmtui %s%s"
		"--help'", argument, command->name ? command->name : "",
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

	if (is_letter && !(word[0] == '-' && word[1] == (char)optopt &&
				 word[2] == '\0'))
		return argv[optind];
	return word;
}

static bool
parse_option(unsigned number, const struct setting *setting, const char *text,
	struct arguments *arguments, struct error *error)
{
	void *object = number < SETTINGS
		? (void *)&arguments->session.settings : arguments;

	if (!setting_parse(setting, object, text, error)) {
		error_prefix(error, "--%s", setting->option);
		error->is_usage = true;
		return false;
	}
	if (number < SETTINGS)
		arguments->session.given |= (settings_mask)1 << number;
	return true;
}

static void
set_defaults(const struct command *command, struct arguments *arguments)
{
	*arguments = (struct arguments){
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
		return error_set_usage(error, "%s: no such command, and one "
			"MODEL is enough; see 'lstmtui --help'", operands[0]);
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
	struct option list[KNOWN_MOST + 1];
	size_t listed = 0;
	int skipped = command->name != NULL ? 1 : 0;
	int number;

	for (unsigned i = 0; i < KNOWN_MOST; i++) {
		const struct setting *setting = known(command, i);

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
			return error_set_usage(error, "%s: its value is "
				"missing", argv[optind - 1]);
		setting = number == '?' ? NULL : known(command, i);
		if (setting == NULL)
			return unknown_option(command, unknown_word(argv),
				error);
		if (!parse_option(i, setting, optarg, arguments, error))
			return false;
	}
	return parse_operands(command, argc - optind, argv + optind,
		arguments, error);
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
print_option(FILE *stream, const struct setting *setting,
	const char *summary, const char *shown_default)
{
	char text[512];
	int at = fprintf(stream, "  --%s%s%s", setting->option,
		setting->argument ? " " : "",
		setting->argument ? setting->argument : "");

	snprintf(text, sizeof text, "%s%s%s%s", summary,
		shown_default ? " [" : "", shown_default ? shown_default : "",
		shown_default ? "]" : "");
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

void
options_help(const struct command *command, FILE *stream)
{
	struct settings defaults;
	char text[SETTINGS_TEXT_SIZE];

	settings_default(&defaults);
	fprintf(stream, "Usage: lstmtui %s%s[OPTION]...%s%s\n",
		command->name ? command->name : "", command->name ? " " : "",
		command->operand[0] != '\0' ? " " : "", command->operand);
	if (command->name == NULL)
		for (size_t i = 1; i < COMMANDS; i++)
			fprintf(stream, "  or:  lstmtui %s [OPTION]...%s%s\n",
				commands[i].name,
				commands[i].operand[0] != '\0' ? " " : "",
				commands[i].operand);
	fprintf(stream, "\n%c%s.\n", command->summary[0] - 'a' + 'A',
		command->summary + 1);
	if (command->name == NULL)
		fprintf(stream, "An existing MODEL is resumed; a new name is "
			"where it will be saved.\n\nCommands:\n");
	for (size_t i = 1; command->name == NULL && i < COMMANDS; i++)
		fprintf(stream, "  %-*s%s\n", HELP_COLUMN - 2,
			commands[i].name, commands[i].summary);
	fprintf(stream, "\nOptions, with their defaults:\n");
	for (unsigned number = 0; number < KNOWN_MOST; number++) {
		const struct setting *setting = known(command, number);
		const char *shown = number < SETTINGS
			? settings_format(&defaults, number, text)
			: options[number - SETTINGS].shown_default;

		if (number == SETTING_SEED || (shown && shown[0] == '\0'))
			shown = NULL;
		if (setting != NULL)
			print_option(stream, setting,
				summary_of(command, number, setting), shown);
	}
	fprintf(stream, "\n'man lstmtui' tells the rest.\n");
}
