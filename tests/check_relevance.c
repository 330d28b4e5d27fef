/*
 * Which options have an effect, and where. The truth is written down here by
 * hand: for each kind of run the settings that mean nothing to it, for each
 * command what its options do. The program has to refuse what has no effect,
 * and what it takes has to change something.
 */
#include <check.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "here.h"
#include "run/model_file.h"
#include "run/relevance.h"
#include "run/run.h"
#include "suite.h"

enum { UPDATES = 40, WORDS_MOST = 24 };

/* WORDS in a table that is there from the start. */
#define LIST(...) (const char *const[]){__VA_ARGS__, NULL}

/* ---------------------------------------------------------------------- */
/* settings of a run */

#define OF_TEXTS                                                         \
	"sequence-length validation learning-rate-decay decay-after dropout " \
	"reset-at bytes "
#define OF_LOSSES "rectangle-weight mixtures sigma-floor "

/* A kind of run by its options, and what has no effect there. */
static const struct context {
	const char *const *words; /* "--NAME=VALUE" */
	const char *irrelevant;
} contexts[] = {
	{LIST("--task=rectangle"), "window momentum " OF_LOSSES OF_TEXTS},
	{LIST("--task=rectangle", "--framing=sequence"),
		"window momentum " OF_LOSSES OF_TEXTS},
	{LIST("--task=rectangle", "--framing=many-to-one"),
		"momentum " OF_LOSSES OF_TEXTS},
	{LIST("--task=rectangle-mid", "--framing=one-to-many"),
		"momentum " OF_LOSSES OF_TEXTS},
	{LIST("--task=rectangle", "--loss=mse", "--optimizer=sgd"),
		"window " OF_LOSSES OF_TEXTS},
	{LIST("--task=rectangle", "--optimizer=rmsprop"),
		"window momentum " OF_LOSSES OF_TEXTS},
	{LIST("--task=rectangle", "--loss=rectangle"),
		"window momentum mixtures sigma-floor " OF_TEXTS},
	{LIST("--task=rectangle", "--loss=mixture"),
		"window momentum rectangle-weight " OF_TEXTS},
	{LIST("--task=rectangle", "--data=four.csv"),
		"window momentum " OF_LOSSES OF_TEXTS},
	{LIST("--task=circle"), "window momentum " OF_LOSSES OF_TEXTS},
	{LIST("--task=star"), "window momentum " OF_LOSSES OF_TEXTS},
	{LIST("--task=cross"), "window momentum " OF_LOSSES OF_TEXTS},
	{LIST("--task=points", "--data=four.csv"),
		"window momentum " OF_LOSSES OF_TEXTS},
	{LIST("--task=points", "--data=four.csv", "--loss=mixture",
		 "--framing=many-to-one", "--optimizer=sgd"),
		"rectangle-weight " OF_TEXTS},
	{LIST("--task=text", "--data=text.txt", "--learning-rate-decay=0.5"),
		"window momentum snapshots " OF_LOSSES},
	{LIST("--task=text", "--data=text.txt", "--learning-rate-decay=1"),
		"window momentum snapshots decay-after " OF_LOSSES},
	{LIST("--task=text", "--data=text.txt", "--optimizer=sgd",
		 "--learning-rate-decay=0.5"),
		"window snapshots " OF_LOSSES},
	{LIST("--task=text", "--data=text.txt", "--framing=one-to-one",
		 "--batch=50", "--learning-rate-decay=0.5"),
		"window momentum snapshots sequence-length reset-at "
		OF_LOSSES},
	{LIST("--task=text", "--data=text.txt", "--framing=many-to-one",
		 "--batch=50", "--learning-rate-decay=0.5"),
		"momentum snapshots sequence-length reset-at " OF_LOSSES},
	{LIST("--task=text", "--data=text.txt", "--framing=one-to-many",
		 "--batch=50", "--learning-rate-decay=0.5"),
		"momentum snapshots sequence-length reset-at " OF_LOSSES},
};

/* Small values for all runs, and others; NULL: none that always fits. */
static const struct {
	const char *value, *other;
} values[SETTINGS] = {
	[SETTING_TASK] = {NULL, NULL},
	[SETTING_FRAMING] = {NULL, "sequence"},
	[SETTING_WINDOW] = {"2", "3"},
	[SETTING_UNITS] = {"3", "4"},
	[SETTING_RECURRENT_ACTIVATION] = {NULL, "hard-sigmoid"},
	[SETTING_LOSS] = {NULL, "mse"},
	[SETTING_OPTIMIZER] = {NULL, "rmsprop"},
	[SETTING_MOMENTUM] = {"0", "0.5"},
	[SETTING_LEARNING_RATE] = {"0.01", "0.02"},
	[SETTING_CLIP] = {"0", "0.001"},
	[SETTING_RECTANGLE_WEIGHT] = {"0.5", "1"},
	[SETTING_MIXTURES] = {"2", "3"},
	[SETTING_SIGMA_FLOOR] = {"0.01", "0.1"},
	[SETTING_BATCH] = {"4", "2"},
	[SETTING_TARGET] = {"40", "41"},
	[SETTING_SEED] = {"1", "2"},
	[SETTING_DATA] = {NULL, "other.csv"},
	[SETTING_SNAPSHOTS] = {"5", "7"},
	[SETTING_SEQUENCE_LENGTH] = {"10", "7"},
	[SETTING_VALIDATION] = {"0.1", "0.3"},
	[SETTING_DECAY] = {NULL, "0.25"},
	[SETTING_DECAY_AFTER] = {"1", "2"},
	[SETTING_DROPOUT] = {"0", "0.5"},
	[SETTING_RESET_AT] = {"never", "line"},
	[SETTING_BYTES] = {NULL, "yes"},
};

static void
write_data(void)
{
	char text[1200] = "";

	write_here("four.csv", "0,0\n0.5,0\n0.5,0.5\n0,0.5\n\n"
		"0,0\n0.25,0\n0.25,0.75\n0,0.75\n");
	write_here("other.csv", "0,0\n1,0\n1,0.5\n0,0.5\n");
	for (size_t length = 0; length < 600; length = strlen(text))
		strcat(text, "to be, or not\nto \xc3\xa4 be: that is\n\nthe ");
	write_here("text.txt", text);
}

/* Whether the name is one of the list's words, each with a space behind. */
static bool
is_listed(const char *list, const char *name)
{
	char word[64];
	const char *at;

	snprintf(word, sizeof word, "%s ", name);
	at = strstr(list, word);
	while (at != NULL && at != list && at[-1] != ' ')
		at = strstr(at + 1, word);
	return at != NULL;
}

/* Take "--NAME=VALUE", with a file's name in the folder. */
static enum setting_id
take_word(struct settings *settings, const char *word)
{
	const char *value = strchr(word, '=') + 1;
	char path[FOLDER_PATH_SIZE];
	struct error error;

	for (unsigned id = 0; id < SETTINGS; id++) {
		const char *name = setting_info(id)->option;

		if (strncmp(word + 2, name, strlen(name)) != 0 ||
		    word[2 + strlen(name)] != '=')
			continue;
		if (id == SETTING_DATA)
			value = folder_join(path, folder, value);
		ck_assert_msg(settings_parse(settings, id, value, &error),
			"%s: %s", word, error.text);
		return id;
	}
	ck_abort_msg("%s is no setting", word);
	return SETTINGS;
}

/* The small values, then the context's, then one more setting. */
static void
make_settings(struct settings *settings, const struct context *context,
	unsigned id, const char *value)
{
	settings_mask given = 0;
	struct error error;
	char word[128];

	settings_default(settings);
	for (unsigned i = 0; i < SETTINGS; i++)
		if (values[i].value != NULL) {
			ck_assert(settings_parse(settings, i, values[i].value,
				&error));
			given |= (settings_mask)1 << i;
		}
	for (size_t i = 0; context->words[i] != NULL; i++)
		given |= (settings_mask)1
			<< take_word(settings, context->words[i]);
	if (value != NULL) {
		snprintf(word, sizeof word, "--%s=%s",
			setting_info(id)->option, value);
		given |= (settings_mask)1 << take_word(settings, word);
	}
	ck_assert_msg(settings_complete(settings, given, &error), "%s: %s",
		context->words[0], error.text);
}

static void
add_bytes(uint64_t *hash, const void *bytes, size_t count)
{
	const unsigned char *byte = bytes;

	for (size_t i = 0; i < count; i++)
		*hash = (*hash ^ byte[i]) * UINT64_C(0x100000001b3);
}

/* All that a run comes to in its updates, as one number. */
static uint64_t
result_of(const struct settings *settings)
{
	struct run *run = calloc(1, sizeof *run);
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	struct error error;

	ck_assert_ptr_nonnull(run);
	ck_assert_msg(run_create(run, settings, &error), "%s", error.text);
	for (uint64_t update = 1; update <= UPDATES; update++) {
		enum run_status status;

		do {
			status = run_advance(run, update, UINT64_MAX, &error);
			run->reader.validation.has_improved = false;
		} while (status == RUN_GOES_ON);
		ck_assert_msg(status == RUN_REACHED, "%s", error.text);
		add_bytes(&hash, &run->history.last, sizeof(double));
	}
	add_bytes(&hash, run->model.values,
		run->model.parameters.packed_total * sizeof(float));
	add_bytes(&hash, &run->reader.validation.last, sizeof(double));
	for (size_t i = 0; i < run->snapshots.count; i++)
		add_bytes(&hash, &run->snapshots.at[i].update,
			sizeof(uint64_t));
	add_bytes(&hash, &run->settings.target, sizeof(uint64_t));
	run_destroy(run);
	free(run);
	return hash;
}

/* A value that differs from the context's; NULL: none that goes together. */
static const char *
other_value(const struct settings *settings, unsigned id)
{
	bool is_text = task_info((enum task)settings->task)->is_text;
	char text[SETTINGS_TEXT_SIZE];

	settings_format(settings, id, text);
	if (id == SETTING_FRAMING && strcmp(text, "sequence") == 0)
		return "one-to-one";
	if (id == SETTING_LOSS && is_text)
		return NULL;
	if (id == SETTING_LOSS && strcmp(text, "mse") == 0)
		return "mae";
	if (id == SETTING_OPTIMIZER && strcmp(text, "rmsprop") == 0)
		return "adam";
	if (id == SETTING_DATA && is_text)
		return "four.csv";
	/* only these have data of four points here */
	if (id == SETTING_DATA && settings->task != TASK_RECTANGLE &&
	    settings->task != TASK_POINTS)
		return NULL;
	return values[id].other;
}

/* _i: the context. */
START_TEST(what_is_relevant_changes_the_run_and_nothing_else_does)
{
	const struct context *context = &contexts[_i];
	struct settings settings, changed;
	uint64_t result;

	write_data();
	make_settings(&settings, context, 0, NULL);
	result = result_of(&settings);
	ck_assert_uint_eq(result_of(&settings), result);
	for (unsigned id = 0; id < SETTINGS; id++) {
		const char *name = setting_info(id)->option;
		const char *other = other_value(&settings, id);
		bool is_relevant = !is_listed(context->irrelevant, name);

		ck_assert_msg(setting_is_relevant(&settings, id) ==
			is_relevant, "%s: --%s is %srelevant",
			context->words[0], name, is_relevant ? "" : "not ");
		if (other == NULL)
			continue;
		make_settings(&changed, context, id, other);
		ck_assert_msg((result_of(&changed) != result) == is_relevant,
			"%s: --%s %s %s", context->words[0], name, other,
			is_relevant ? "changes nothing" : "has an effect");
	}
}
END_TEST

/* Run the context's command with one option more, and no MODEL. */
static void
run_in(const struct context *context, const char *option, const char *value,
	struct outcome *outcome)
{
	const char *words[WORDS_MOST] = {"train", "--updates=1", "--units=2",
		"--quiet"};
	size_t count = 4;

	for (size_t i = 0; context->words[i] != NULL; i++)
		words[count++] = context->words[i];
	words[count++] = option;
	if (value != NULL)
		words[count++] = value;
	/* snapshots need one */
	if (strcmp(option, "--snapshots") == 0)
		words[count++] = "m.st";
	words[count] = NULL;
	command_run(&(struct command){.folder = folder, .arguments = words},
		outcome);
}

/* Also where the value is the default. */
START_TEST(a_setting_without_effect_is_refused_by_name)
{
	const struct context *context = &contexts[_i];
	struct settings defaults;

	write_data();
	settings_default(&defaults);
	for (unsigned id = 0; id < SETTINGS; id++) {
		const struct setting *setting = setting_info(id);
		char option[64], expected[128], value[SETTINGS_TEXT_SIZE];
		struct outcome outcome;

		if (!is_listed(context->irrelevant, setting->option))
			continue;
		snprintf(option, sizeof option, "--%s", setting->option);
		snprintf(expected, sizeof expected, "%s: has no effect with ",
			option);
		settings_format(&defaults, id, value);
		run_in(context, option, setting->argument ? value : NULL,
			&outcome);
		expect_usage_error(&outcome, expected);
		ck_assert_ptr_nonnull(strstr(outcome.errors,
			"; it belongs to "));
		outcome_release(&outcome);
	}
	ck_assert(!exists_here("m.st"));
}
END_TEST

START_TEST(a_setting_with_an_effect_is_taken)
{
	const struct context *context = &contexts[_i];
	struct settings settings;

	write_data();
	make_settings(&settings, context, 0, NULL);
	for (unsigned id = 0; id < SETTINGS; id++) {
		const struct setting *setting = setting_info(id);
		const char *other = other_value(&settings, id);
		struct outcome outcome;
		char option[64];

		if (other == NULL ||
		    is_listed(context->irrelevant, setting->option))
			continue;
		snprintf(option, sizeof option, "--%s", setting->option);
		run_in(context, option, setting->argument ? other : NULL,
			&outcome);
		expect_status(&outcome, 0);
		outcome_release(&outcome);
	}
}
END_TEST

/* What decides is read first: else a refusal would speak of the wrong one. */
START_TEST(a_contradiction_is_told_of_the_setting_that_decides)
{
	struct outcome outcome;

	MUST("train", "--quiet", "--updates", "1", "m.st");
	RUN(&outcome, "train", "--mixtures", "5", "m.st");
	expect_usage_error(&outcome,
		"m.st: --mixtures: has no effect with --loss mae; it belongs "
		"to --loss mixture");
	outcome_release(&outcome);
	RUN(&outcome, "train", "--mixtures", "9", "--loss", "mixture", "m.st");
	expect_usage_error(&outcome, "--loss mixture contradicts");
	outcome_release(&outcome);
	/* what the run has already may be said again */
	MUST("train", "--quiet", "--loss", "mae", "--units", "10", "m.st");
}
END_TEST

START_TEST(info_tells_the_settings_that_count)
{
	char *text;

	write_data();
	MUST("train", "--quiet", "--updates", "1", "m.st");
	text = OUTPUT_OF("info", "m.st");
	ck_assert_ptr_nonnull(strstr(text, "\nlearning_rate "));
	ck_assert_ptr_nonnull(strstr(text, "\nsnapshots "));
	ck_assert_ptr_null(strstr(text, "\nmixtures "));
	ck_assert_ptr_null(strstr(text, "\nwindow "));
	ck_assert_ptr_null(strstr(text, "\nmomentum "));
	free(text);
	MUST("train", "--quiet", "--updates", "1", "--task", "text", "--data",
		"text.txt", "--framing", "many-to-one", "--optimizer", "sgd",
		"t.st");
	text = OUTPUT_OF("info", "t.st");
	ck_assert_ptr_nonnull(strstr(text, "\nwindow "));
	ck_assert_ptr_nonnull(strstr(text, "\nmomentum "));
	ck_assert_ptr_null(strstr(text, "\nsnapshots "));
	ck_assert_ptr_null(strstr(text, "\nsequence_length "));
	free(text);
}
END_TEST

/* What a form leaves where its line has gone from the screen. */
START_TEST(what_is_irrelevant_is_forgotten_and_nothing_else)
{
	struct settings settings;

	settings_default(&settings);
	settings.optimizer = OPTIMIZER_SGD;
	settings.momentum = 0.5;
	settings.bytes = true;
	settings.dropout = 0.25;
	settings.batch = 7;
	settings_forget_irrelevant(&settings);
	ck_assert(settings.momentum == 0.5);
	ck_assert(!settings.bytes);
	ck_assert(settings.dropout == 0);
	ck_assert_uint_eq(settings.batch, 7);
	settings.optimizer = OPTIMIZER_ADAM;
	settings_forget_irrelevant(&settings);
	ck_assert(settings.momentum == 0);
}
END_TEST

/* Files of programs with other defaults are of the same sweep all the same. */
START_TEST(a_sweep_compares_only_what_counts)
{
	struct run *run = malloc(sizeof *run);
	char path[FOLDER_PATH_SIZE];
	struct error error;

	ck_assert_ptr_nonnull(run);
	MUST("sweep", "--quiet", "--output=e", "--units=2,3", "--seeds=1",
		"--updates=5", "--count=10");
	folder_join(path, folder, "e/units-3-seed-1.safetensors");
	ck_assert(model_file_read(run, path, &error));
	run->settings.mixtures = 9;
	ck_assert(model_file_write(run, path, &error));
	run_destroy(run);
	free(run);
	MUST("sweep", "--collect=e", "--quiet");
}
END_TEST

/* ---------------------------------------------------------------------- */
/* the commands' other options */

enum effect {
	REFUSED, /* named, with status 2 */
	CHANGES, /* what the command prints or leaves */
	TAKEN    /* without a difference in what it prints */
};

/* Commands by their words; the option stands before the last of them. */
#define GALLERY "generate", "--gallery"
#define PLAN "sweep", "--plan", "--output=d", "--units=2", "--seeds=2"
#define SWEEP_HERE                                                    \
	"sweep", "--quiet", "--output=e", "--units=2", "--seeds=1", \
		"--updates=5", "--count=10"

static const struct usage {
	const char *const *words;
	const char *option; /* "--NAME" or "--NAME=VALUE" */
	enum effect effect;
} usages[] = {
	{LIST("generate", "mae.st"), "--count=3", CHANGES},
	{LIST("generate", "mae.st"), "--length=7", CHANGES},
	{LIST("generate", "mae.st"), "--start=0.25,0.5", CHANGES},
	{LIST("generate", "mae.st"), "--gallery", CHANGES},
	{LIST("generate", "mae.st"), "--format=json", CHANGES},
	{LIST("generate", "mae.st"), "--seed=2", TAKEN},
	{LIST("generate", "mae.st"), "--prime=0.1", REFUSED},
	{LIST("generate", "mae.st"), "--temperature=9", REFUSED},
	{LIST("generate", "mae.st"), "--temperature=1", REFUSED},
	{LIST("generate", "points.st"), "--start=0.25,0.5", CHANGES},
	{LIST("generate", "points.st"), "--prime=0.1", REFUSED},
	{LIST("generate", "points.st"), "--temperature=9", REFUSED},
	{LIST("generate", "--seed=1", "mixture.st"), "--count=3", CHANGES},
	{LIST("generate", "--seed=1", "mixture.st"), "--seed=2", CHANGES},
	{LIST("generate", "--seed=1", "mixture.st"), "--start=0.25,0.5",
		CHANGES},
	{LIST("generate", "--seed=1", "mixture.st"), "--temperature=0.1",
		CHANGES},
	{LIST("generate", "--seed=1", "mixture.st"), "--prime=0.1", REFUSED},
	{LIST("generate", "--seed=1", "text.st"), "--count=3", CHANGES},
	{LIST("generate", "--seed=1", "text.st"), "--length=7", CHANGES},
	{LIST("generate", "--seed=1", "text.st"), "--seed=2", CHANGES},
	{LIST("generate", "--seed=1", "text.st"), "--prime=to", CHANGES},
	{LIST("generate", "--seed=1", "text.st"), "--temperature=0",
		CHANGES},
	{LIST("generate", "--seed=1", "text.st"), "--format=json", CHANGES},
	{LIST("generate", "text.st"), "--start=0,0", REFUSED},
	{LIST("generate", "text.st"), "--gallery", REFUSED},
	{LIST(GALLERY, "mae.st"), "--count=3", REFUSED},
	{LIST(GALLERY, "mae.st"), "--count=1", REFUSED},
	{LIST(GALLERY, "mae.st"), "--length=7", REFUSED},
	{LIST(GALLERY, "mae.st"), "--start=0,0", REFUSED},
	{LIST(GALLERY, "mae.st"), "--seed=2", REFUSED},
	{LIST(GALLERY, "mixture.st"), "--temperature=0.1", REFUSED},
	{LIST(GALLERY, "mixture.st"), "--prime=x", REFUSED},
	{LIST(GALLERY, "mae.st"), "--format=json", CHANGES},

	{LIST("evaluate", "mae.st"), "--count=7", CHANGES},
	{LIST("evaluate", "mae.st"), "--seed=2", CHANGES},
	{LIST("evaluate", "mae.st"), "--data=four.csv", CHANGES},
	{LIST("evaluate", "mae.st"), "--json", CHANGES},
	{LIST("evaluate", "--data=four.csv", "mae.st"), "--count=1",
		CHANGES},
	{LIST("evaluate", "--data=four.csv", "mae.st"), "--seed=2", REFUSED},
	{LIST("evaluate", "--data=four.csv", "mixture.st"), "--seed=2",
		CHANGES},
	{LIST("evaluate", "points.st"), "--count=1", CHANGES},
	{LIST("evaluate", "points.st"), "--data=other.csv", CHANGES},
	{LIST("evaluate", "points.st"), "--seed=2", REFUSED},
	{LIST("evaluate", "text.st"), "--data=four.txt", CHANGES},
	{LIST("evaluate", "text.st"), "--json", CHANGES},
	{LIST("evaluate", "text.st"), "--count=7", REFUSED},
	{LIST("evaluate", "text.st"), "--seed=2", REFUSED},

	{LIST("info", "mae.st"), "--json", CHANGES},

	{LIST("train", "--updates=9", "--seed=1"), "--log=-", CHANGES},
	{LIST("train", "--updates=9", "--seed=1", "--log=-", "--units=3"),
		"--init=mae.st", CHANGES},
	{LIST("train", "--updates=9", "--seed=1"), "--log-every=3", REFUSED},
	{LIST("train", "--updates=9", "--seed=1"), "--log-every=1", REFUSED},
	{LIST("train", "--updates=9", "--seed=1", "--log=-"),
		"--log-every=3", CHANGES},
	{LIST("train", "--updates=9", "--seed=1"), "--checkpoint-every=3",
		REFUSED},
	{LIST("train", "--updates=9", "--seed=1"), "--checkpoint-every=0",
		REFUSED},
	{LIST("train", "--updates=9", "--quiet", "new.st"),
		"--checkpoint-every=3", TAKEN},
	{LIST("train", "--updates=9", "--seed=1"), "--force", REFUSED},
	{LIST("train", "--updates=9", "--seed=1", "mae.st"), "--force",
		CHANGES},
	{LIST("train", "--updates=9", "--seed=1"), "--snapshots=3", REFUSED},
	{LIST("train", "mae.st"), "--init=mae.st", REFUSED},

	{LIST(PLAN, "--quiet"), "--units=3", CHANGES},
	{LIST(PLAN, "--quiet"), "--seeds=1", CHANGES},
	{LIST(PLAN, "--quiet"), "--seed=7", CHANGES},
	{LIST(PLAN, "--quiet"), "--checkpoint-every=7", CHANGES},
	{LIST(PLAN, "--quiet"), "--output=f", CHANGES},
	{LIST(PLAN, "--quiet"), "--jobs=2", REFUSED},
	{LIST(PLAN, "--quiet"), "--count=2", REFUSED},
	{LIST(PLAN, "--quiet"), "--mixtures=2", REFUSED},
	{LIST(PLAN, "--quiet"), "--loss=mse", CHANGES},
	{LIST(SWEEP_HERE, "--quiet"), "--count=2", CHANGES},
	{LIST(SWEEP_HERE, "--quiet"), "--jobs=2", TAKEN},
	{LIST(SWEEP_HERE, "--quiet"), "--plan", REFUSED}, /* by --count */
	{LIST("sweep", "--collect=e", "--quiet"), "--count=7", CHANGES},
	{LIST("sweep", "--collect=e", "--quiet"), "--units=2", REFUSED},
	{LIST("sweep", "--collect=e", "--quiet"), "--seeds=2", REFUSED},
	{LIST("sweep", "--collect=e", "--quiet"), "--seed=2", REFUSED},
	{LIST("sweep", "--collect=e", "--quiet"), "--jobs=2", REFUSED},
	{LIST("sweep", "--collect=e", "--quiet"), "--output=f", REFUSED},
	{LIST("sweep", "--collect=e", "--quiet"), "--plan", REFUSED},
	{LIST("sweep", "--collect=e", "--quiet"), "--checkpoint-every=7",
		REFUSED},
	{LIST("sweep", "--collect=e", "--quiet"), "--updates=7", REFUSED},
	{LIST("sweep", "--collect=e", "--quiet"), "--task=rectangle",
		REFUSED},
	{LIST("sweep", "--collect=e", "--quiet"), "--collect=e", TAKEN},
};

/* The same for the interface, as far as its command line decides. */
static const struct usage starts[] = {
	{LIST("--units=2"), "--log=l", TAKEN},
	{LIST("--units=2"), "--log-every=3", REFUSED},
	{LIST("--units=2", "--log=l"), "--log-every=3", TAKEN},
	/* its model may get a name while it runs */
	{LIST("--units=2"), "--checkpoint-every=3", TAKEN},
	{LIST("--units=2"), "--snapshots=3", TAKEN},
	{LIST("--units=2"), "--init=mae.st", TAKEN},
};

/* Options that scripts give to any command; their effect is on the screen. */
static const char *const common[] = {"quiet", "ascii", "speed", "color",
	"help", "version"};

static bool
is_common(const char *name)
{
	for (int i = 0; i < COUNT(common); i++)
		if (strcmp(common[i], name) == 0)
			return true;
	return false;
}

static void
make_models(void)
{
	write_data();
	write_here("four.txt", "to be, or not");
	MUST("train", "--quiet", "--updates=9", "--seed=1", "--units=3",
		"--snapshots=3", "mae.st");
	MUST("train", "--quiet", "--updates=9", "--seed=1", "--units=3",
		"--snapshots=3", "--loss=mixture", "mixture.st");
	MUST("train", "--quiet", "--updates=9", "--seed=1", "--units=3",
		"--task=points", "--data=four.csv", "points.st");
	MUST("train", "--quiet", "--updates=9", "--seed=1", "--units=3",
		"--task=text", "--data=text.txt", "text.st");
	MUST("sweep", "--quiet", "--output=e", "--units=2", "--seeds=1",
		"--updates=5");
}

static void
run_usage(const struct usage *usage, bool has_option, struct outcome *outcome)
{
	const char *words[WORDS_MOST];
	size_t count = 0;

	for (size_t i = 0; usage->words[i] != NULL; i++) {
		if (has_option && usage->words[i + 1] == NULL)
			words[count++] = usage->option;
		words[count++] = usage->words[i];
	}
	words[count] = NULL;
	command_run(&(struct command){.folder = folder, .arguments = words},
		outcome);
}

/* "--NAME: has no effect", or what else is said of it. */
static void
expect_refused(const struct usage *usage, const struct outcome *outcome)
{
	char name[64];

	snprintf(name, sizeof name, "%.*s",
		(int)strcspn(usage->option, "="), usage->option);
	if (strcmp(name, "--plan") == 0)
		snprintf(name, sizeof name, "has no effect with --");
	ck_assert_msg(outcome->status == 2 &&
			strstr(outcome->errors, name) != NULL,
		"%s ... %s: status %d, %s", usage->words[0], usage->option,
		outcome->status, outcome->errors);
	ck_assert_str_eq(outcome->output, "");
}

START_TEST(an_option_is_refused_or_changes_something)
{
	make_models();
	for (int i = 0; i < COUNT(usages); i++) {
		const struct usage *usage = &usages[i];
		struct outcome plain, with;

		run_usage(usage, true, &with);
		if (usage->effect == REFUSED) {
			expect_refused(usage, &with);
			outcome_release(&with);
			continue;
		}
		run_usage(usage, false, &plain);
		ck_assert_msg(with.status == 0 && plain.status == 0,
			"%s %s %s: status %d and %d, %s", usage->words[0],
			usage->words[1], usage->option, with.status,
			plain.status, with.errors);
		if (usage->effect == CHANGES)
			ck_assert_msg(strcmp(with.output, plain.output) != 0,
				"%s %s %s changes nothing", usage->words[0],
				usage->words[1], usage->option);
		outcome_release(&plain);
		outcome_release(&with);
	}
}
END_TEST

/* Without a terminal it begins nothing: what is taken fails with that. */
START_TEST(the_interface_refuses_what_its_command_line_makes_idle)
{
	for (int i = 0; i < COUNT(starts); i++) {
		struct outcome outcome;

		run_usage(&starts[i], true, &outcome);
		if (starts[i].effect == REFUSED)
			expect_refused(&starts[i], &outcome);
		else
			expect_failure(&outcome, "terminal");
		outcome_release(&outcome);
	}
}
END_TEST

static bool
has_usage(const struct usage *list, int count, const char *command,
	const char *option)
{
	size_t length = strlen(option);

	for (int i = 0; i < count; i++)
		if ((command == NULL ||
			    strcmp(list[i].words[0], command) == 0) &&
		    strncmp(list[i].option + 2, option, length) == 0 &&
		    strchr("=", list[i].option[2 + length]) != NULL)
			return true;
	return false;
}

static bool
is_setting(const char *option)
{
	for (unsigned id = 0; id < SETTINGS; id++)
		if (strcmp(setting_info(id)->option, option) == 0)
			return true;
	return false;
}

/* A new option has to be thought of here, for each command that takes it. */
START_TEST(every_option_of_every_command_is_tried)
{
	static const char *const commands[] = {NULL, "train", "generate",
		"evaluate", "info", "sweep"};
	const char *command = commands[_i];
	bool trains = command == NULL || strcmp(command, "train") == 0 ||
		strcmp(command, "sweep") == 0;
	struct outcome outcome;
	int seen = 0;

	command_run(&(struct command){.arguments = command == NULL
			? WORDS("--help") : WORDS(command, "--help")},
		&outcome);
	expect_status(&outcome, 0);
	for (char *line = outcome.output; (line = strstr(line, "\n  --"));
		line++) {
		char option[64];

		snprintf(option, sizeof option, "%.*s",
			(int)strcspn(line + 5, " \n"), line + 5);
		/* those of a new run are tried above */
		if ((trains && is_setting(option)) || is_common(option))
			continue;
		seen++;
		ck_assert_msg(command == NULL
			? has_usage(starts, COUNT(starts), NULL, option)
			: has_usage(usages, COUNT(usages), command, option),
			"%s --%s is not tried here",
			command != NULL ? command : "lstmtui", option);
	}
	ck_assert_int_gt(seen, 0);
	outcome_release(&outcome);
}
END_TEST

START_TEST(common_options_are_taken_by_every_command)
{
	const char *const *const commands[] = {
		LIST("train", "--updates=1"), LIST("generate", "mae.st"),
		LIST("evaluate", "mae.st"), LIST("info", "mae.st"),
		LIST("sweep", "--collect=e")};
	static const char *const options[] = {"--quiet", "--ascii",
		"--speed=9", "--color=never"};

	make_models();
	for (int c = 0; c < COUNT(commands); c++)
		for (int i = 0; i < COUNT(options); i++)
			MUST(commands[c][0], options[i], commands[c][1]);
}
END_TEST

/* Every need has words of its own, in the order of the bits. */
START_TEST(every_need_has_its_row)
{
	for (unsigned need = 1; need <= NEED_FRESH_DATA; need <<= 1)
		ck_assert_msg(relevance_has_row((enum need)need),
			"need %#x has no row", need);
	ck_assert(!relevance_has_row((enum need)(NEED_FRESH_DATA << 1)));
}
END_TEST

/* ---------------------------------------------------------------------- */
/* models that draw the same each time */

static void
expect_note(const char *const *words, const char *note)
{
	struct outcome outcome;

	command_run(&(struct command){.folder = folder, .arguments = words},
		&outcome);
	expect_status(&outcome, 0);
	if (note == NULL)
		ck_assert_str_eq(outcome.errors, "");
	else
		ck_assert_str_eq(outcome.errors, note);
	outcome_release(&outcome);
}

#define NOTE_MAE "lstmtui: note: mae.st: with --loss mae every sequence is " \
	"the same, whatever the seed\n"
#define NOTE_COLD(name) "lstmtui: note: " name ": with --temperature 0 every " \
	"sequence is the same, whatever the seed\n"

START_TEST(a_certain_model_says_once_that_all_are_the_same)
{
	make_models();
	expect_note(WORDS("generate", "--count=3", "mae.st"), NOTE_MAE);
	expect_note(WORDS("generate", "--seed=3", "mae.st"), NOTE_MAE);
	expect_note(WORDS("generate", "--quiet", "--count=3", "mae.st"), NULL);
	expect_note(WORDS("generate", "mae.st"), NULL);
	expect_note(WORDS("generate", "--count=1", "mae.st"), NULL);
	expect_note(WORDS("generate", "--count=3", "mixture.st"), NULL);
	expect_note(WORDS("generate", "--seed=3", "text.st"), NULL);
	expect_note(WORDS("generate", "--count=2", "--temperature=0",
		"mixture.st"), NOTE_COLD("mixture.st"));
	expect_note(WORDS("generate", "--seed=2", "--temperature=0",
		"text.st"), NOTE_COLD("text.st"));
}
END_TEST

static Suite *
relevance_suite(void)
{
	Suite *suite = suite_create("relevance");
	TCase *tcase = add_case(suite, "settings");

	tcase_add_loop_test(tcase,
		what_is_relevant_changes_the_run_and_nothing_else_does, 0,
		COUNT(contexts));
	tcase_add_loop_test(tcase,
		a_setting_without_effect_is_refused_by_name, 0,
		COUNT(contexts));
	tcase_add_loop_test(tcase, a_setting_with_an_effect_is_taken, 0,
		COUNT(contexts));
	tcase_add_test(tcase,
		a_contradiction_is_told_of_the_setting_that_decides);
	tcase_add_test(tcase, info_tells_the_settings_that_count);
	tcase_add_test(tcase,
		what_is_irrelevant_is_forgotten_and_nothing_else);
	tcase_add_test(tcase, a_sweep_compares_only_what_counts);
	tcase = add_case(suite, "options");
	tcase_add_test(tcase, an_option_is_refused_or_changes_something);
	tcase_add_test(tcase,
		the_interface_refuses_what_its_command_line_makes_idle);
	tcase_add_loop_test(tcase, every_option_of_every_command_is_tried, 0,
		6);
	tcase_add_test(tcase, common_options_are_taken_by_every_command);
	tcase_add_test(tcase, every_need_has_its_row);
	tcase_add_test(tcase, a_certain_model_says_once_that_all_are_the_same);
	return suite;
}

int
main(void)
{
	return suite_run(relevance_suite());
}
