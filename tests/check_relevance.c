/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the relevance of settings. A table written by hand lists the
 * settings that have no effect in each kind of run. The program must refuse
 * those, and all others must change the run.
 */
#include <check.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "here.h"
#include "session/model_file.h"
#include "run/relevance.h"
#include "run/run.h"
#include "run/run_private.h"
#include "run_to.h"
#include "suite.h"

enum { UPDATES = 40, WORDS_MAX = 24 };

/* Like WORDS, for tables with static storage. */
#define LIST(...)                 \
	(const char *const[])     \
	{                         \
		__VA_ARGS__, NULL \
	}

#define OF_TEXTS                                                   \
	"sequence-length learning-rate-decay decay-after dropout " \
	"reset-at tokens bytes vocabulary "
#define OF_POINTS "columns separator decimal missing layout scale shuffle "
#define OF_FILES OF_POINTS "validation patience "
#define OF_WORDS "vocabulary "
#define OF_LOSSES "huber-delta rectangle-weight mixtures sigma-floor "
#define OF_OPTIMIZERS "momentum weight-decay "

/* Kinds of runs, as options, and the settings without effect in them. */
static const struct run_kind {
	const char *const *words; /* "--NAME=VALUE" */
	const char *irrelevant;
} run_kinds[] = {
	{LIST("--task=rectangle"),
		"gap window " OF_OPTIMIZERS OF_LOSSES OF_TEXTS OF_FILES},
	{LIST("--task=rectangle", "--framing=sequence"),
		"gap window " OF_OPTIMIZERS OF_LOSSES OF_TEXTS OF_FILES},
	{LIST("--task=rectangle", "--framing=many-to-one"),
		"gap " OF_OPTIMIZERS OF_LOSSES OF_TEXTS OF_FILES},
	{LIST("--task=rectangle-mid", "--framing=one-to-many"),
		"gap " OF_OPTIMIZERS OF_LOSSES OF_TEXTS OF_FILES},
	{LIST("--task=rectangle", "--loss=mse", "--optimizer=sgd"),
		"gap window weight-decay " OF_LOSSES OF_TEXTS OF_FILES},
	{LIST("--task=rectangle", "--optimizer=rmsprop"),
		"gap window " OF_OPTIMIZERS OF_LOSSES OF_TEXTS OF_FILES},
	{LIST("--task=rectangle", "--optimizer=adamw"),
		"gap window momentum " OF_LOSSES OF_TEXTS OF_FILES},
	{LIST("--task=rectangle", "--loss=rectangle"),
		"gap window huber-delta mixtures sigma-floor " OF_OPTIMIZERS
			OF_TEXTS OF_FILES},
	{LIST("--task=rectangle", "--loss=mixture"),
		"gap window huber-delta rectangle-weight " OF_OPTIMIZERS
			OF_TEXTS OF_FILES},
	{LIST("--task=rectangle", "--loss=huber"),
		"gap window rectangle-weight mixtures "
		"sigma-floor " OF_OPTIMIZERS OF_TEXTS OF_FILES},
	{LIST("--task=rectangle", "--data=four.csv", "--validation=0.3"),
		"gap window " OF_OPTIMIZERS OF_LOSSES OF_TEXTS},
	{LIST("--task=rectangle-skew"),
		"gap window " OF_OPTIMIZERS OF_LOSSES OF_TEXTS OF_FILES},
	{LIST("--task=circle"),
		"gap window " OF_OPTIMIZERS OF_LOSSES OF_TEXTS OF_FILES},
	{LIST("--task=star"),
		"gap window " OF_OPTIMIZERS OF_LOSSES OF_TEXTS OF_FILES},
	{LIST("--task=cross"),
		"gap window " OF_OPTIMIZERS OF_LOSSES OF_TEXTS OF_FILES},
	{LIST("--task=spiral"),
		"gap window " OF_OPTIMIZERS OF_LOSSES OF_TEXTS OF_FILES},
	{LIST("--task=spiral", "--loss=huber", "--optimizer=adamw",
		 "--framing=one-to-many"),
		"gap momentum rectangle-weight mixtures sigma-floor " OF_TEXTS
			OF_FILES},
	{LIST("--task=star", "--cell=rnn"),
		"gap window recurrent-activation " OF_OPTIMIZERS OF_LOSSES
			OF_TEXTS OF_FILES},
	{LIST("--task=points", "--data=four.csv", "--validation=0.3"),
		"gap window " OF_OPTIMIZERS OF_LOSSES OF_TEXTS},
	{LIST("--task=points", "--data=four.csv", "--validation=0",
		 "--loss=mixture", "--framing=many-to-one", "--optimizer=sgd"),
		"gap huber-delta rectangle-weight weight-decay "
		"patience " OF_TEXTS},
	{LIST("--task=text", "--data=text.txt", "--learning-rate-decay=0.5"),
		"gap window " OF_OPTIMIZERS OF_LOSSES OF_POINTS OF_WORDS},
	{LIST("--task=text", "--data=text.txt", "--learning-rate-decay=1"),
		"gap window decay-after " OF_OPTIMIZERS OF_LOSSES OF_POINTS
			OF_WORDS},
	{LIST("--task=text", "--data=text.txt", "--optimizer=sgd",
		 "--learning-rate-decay=0.5"),
		"gap window weight-decay " OF_LOSSES OF_POINTS OF_WORDS},
	{LIST("--task=text", "--data=text.txt", "--optimizer=adamw",
		 "--learning-rate-decay=0.5"),
		"gap window momentum " OF_LOSSES OF_POINTS OF_WORDS},
	{LIST("--task=text", "--data=text.txt", "--framing=one-to-one",
		 "--batch=50", "--learning-rate-decay=0.5"),
		"gap window sequence-length reset-at " OF_OPTIMIZERS OF_LOSSES
			OF_POINTS OF_WORDS},
	{LIST("--task=text", "--data=text.txt", "--framing=many-to-one",
		 "--batch=50", "--learning-rate-decay=0.5"),
		"gap sequence-length reset-at " OF_OPTIMIZERS OF_LOSSES
			OF_POINTS OF_WORDS},
	{LIST("--task=text", "--data=text.txt", "--framing=one-to-many",
		 "--batch=50", "--learning-rate-decay=0.5"),
		"gap sequence-length reset-at " OF_OPTIMIZERS OF_LOSSES
			OF_POINTS OF_WORDS},
	{LIST("--task=text", "--data=text.txt", "--tokens=words",
		 "--learning-rate-decay=0.5"),
		"gap window " OF_OPTIMIZERS OF_LOSSES OF_POINTS},
	{LIST("--task=count", "--data=text.txt"),
		"gap window decay-after " OF_OPTIMIZERS OF_LOSSES OF_POINTS
			OF_WORDS},
	{LIST("--task=recall"),
		"window " OF_OPTIMIZERS OF_LOSSES OF_TEXTS OF_FILES},
};

/*
 * A small value of each setting for all runs, and a different one; NULL: none
 * that is always valid.
 */
static const struct pair {
	const struct setting *setting;
	const char *value, *other;
} pairs[] = {
	{&setting_task, NULL, NULL},
	{&setting_gap, "2", "3"},
	{&setting_framing, NULL, "sequence"},
	{&setting_window, "2", "3"},
	{&setting_cell, NULL, "gru"},
	{&setting_units, "3", "4"},
	{&setting_recurrent_activation, NULL, "hard-sigmoid"},
	{&setting_loss, NULL, "mse"},
	{&setting_huber_delta, "0.5", "0.1"},
	{&setting_rectangle_weight, "0.5", "1"},
	{&setting_mixtures, "2", "3"},
	{&setting_sigma_floor, "0.01", "0.1"},
	{&setting_optimizer, NULL, "rmsprop"},
	{&setting_momentum, "0", "0.5"},
	{&setting_weight_decay, "0.004", "0.1"},
	{&setting_learning_rate, "0.01", "0.02"},
	{&setting_clip, "0", "0.001"},
	{&setting_batch, "4", "2"},
	{&setting_target, "40", "41"},
	{&setting_seed, "1", "2"},
	{&setting_data, NULL, "other.csv"},
	{&setting_snapshots, "5", "7"},
	{&setting_columns, "1-2", "2,1"},
	/* tests/check_dialects has files on which these have an effect */
	{&setting_separator, NULL, NULL},
	{&setting_decimal, NULL, NULL},
	{&setting_missing, NULL, NULL},
	{&setting_layout, NULL, NULL},
	{&setting_scale, "none", "standard"},
	{&setting_shuffle, NULL, "yes"},
	{&setting_validation, "0.3", "0.5"},
	{&setting_patience, "0", "1"},
	{&setting_sequence_length, "10", "7"},
	{&setting_decay, NULL, "0.25"},
	{&setting_decay_after, "1", "2"},
	{&setting_dropout, "0", "0.5"},
	{&setting_reset_at, "never", "line"},
	{&setting_tokens, NULL, "words"},
	{&setting_bytes, NULL, "yes"},
	{&setting_vocabulary, "6", "5"},
};

static const struct pair *
pair_of(const struct setting *setting)
{
	for (int i = 0; i < COUNT(pairs); i++)
		if (pairs[i].setting == setting)
			return &pairs[i];
	ck_abort_msg("--%s has no values here", setting->option);
	return NULL;
}

static void
write_data(void)
{
	char text[1200] = "";

	write_here("four.csv",
		"0,0\n0.5,0\n0.5,0.5\n0,0.5\n\n"
		"0,0\n0.25,0\n0.25,0.75\n0,0.75\n\n"
		"0,0\n0.75,0\n0.75,0.5\n0,0.5\n\n"
		"0,0\n0.5,0\n0.5,1\n0,1\n");
	write_here("other.csv", "0,0\n1,0\n1,0.5\n0,0.5\n");
	for (size_t length = 0; length < 600; length = strlen(text))
		strcat(text, "to be, or not\nto \xc3\xa4 be: that is\n\nthe ");
	write_here("text.txt", text);
	text[0] = 'T';
	write_here("other.txt", text);
}

/* Return true if the list, each word followed by a blank, contains the name. */
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

/* Set "--NAME=VALUE", with the name of a file in the folder. Return its bit. */
static settings_mask
take_word(struct settings *settings, const char *word)
{
	const char *value = strchr(word, '=') + 1;
	char path[FOLDER_PATH_SIZE];
	struct error error;

	for (size_t i = 0; setting_list[i] != NULL; i++) {
		const struct setting *setting = setting_list[i];
		size_t length = strlen(setting->option);

		if (strncmp(word + 2, setting->option, length) != 0 ||
			word[2 + length] != '=')
			continue;
		if (setting == &setting_data)
			value = folder_join(path, folder, value);
		ck_assert_msg(setting_parse(setting, settings, value, &error),
			"%s: %s", word, error.text);
		return settings_bit(setting);
	}
	ck_abort_msg("%s is no setting", word);
	return 0;
}

/* Combine the small values, those of the kind, and one setting unless NULL. */
static void
make_settings(struct settings *settings, const struct run_kind *kind,
	const struct setting *setting, const char *value)
{
	settings_mask given = 0;
	struct error error;
	char word[128];

	settings_default(settings);
	for (size_t i = 0; setting_list[i] != NULL; i++) {
		const struct pair *pair = pair_of(setting_list[i]);

		if (pair->value == NULL)
			continue;
		ck_assert(setting_parse(pair->setting, settings, pair->value,
			&error));
		given |= settings_bit(pair->setting);
	}
	for (size_t i = 0; kind->words[i] != NULL; i++)
		given |= take_word(settings, kind->words[i]);
	if (setting != NULL) {
		snprintf(word, sizeof word, "--%s=%s", setting->option, value);
		given |= take_word(settings, word);
	}
	ck_assert_msg(settings_complete(settings, given, &error), "%s: %s",
		kind->words[0], error.text);
}

static void
add_bytes(uint64_t *hash, const void *bytes, size_t count)
{
	const unsigned char *byte = bytes;

	for (size_t i = 0; i < count; i++)
		*hash = (*hash ^ byte[i]) * UINT64_C(0x100000001b3);
}

/* Return a hash of all results of a run's updates. */
static uint64_t
result_of(const struct settings *settings)
{
	struct run *run;
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	struct error error;

	run = run_create(suite_context(), settings, NULL, &error);
	ck_assert_msg(run != NULL, "%s", error.text);
	for (uint64_t update = 1; update <= UPDATES; update++) {
		enum run_status status = run_to(run, update, &error);

		if (status == RUN_LOST_PATIENCE)
			break;
		ck_assert_msg(status == RUN_REACHED, "%s", error.text);
		add_bytes(&hash, &run->state.history.last, sizeof(double));
	}
	add_bytes(&hash, run->state.model.values,
		run->state.model.parameters.packed_total * sizeof(float));
	add_bytes(&hash, &run->state.validation.last, sizeof(double));
	for (size_t i = 0; i < run->state.snapshots.count; i++)
		add_bytes(&hash, &run->state.snapshots.at[i].update,
			sizeof(uint64_t));
	add_bytes(&hash, &run->state.settings.target, sizeof(uint64_t));
	if (run_state_validates(settings))
		add_bytes(&hash, &run->state.settings.patience,
			sizeof(uint64_t));
	run_destroy(run);
	return hash;
}

/* Return a value that differs from the kind's; NULL: none is compatible. */
static const char *
other_value(const struct settings *settings, const struct setting *setting)
{
	bool is_text = settings->task->is_text;
	char text[SETTINGS_TEXT_SIZE];

	setting_format(setting, settings, text);
	if (setting == &setting_framing && strcmp(text, "sequence") == 0)
		return "one-to-one";
	if (setting == &setting_loss && is_text)
		return NULL;
	if (setting == &setting_loss && strcmp(text, "mse") == 0)
		return "mae";
	if (setting == &setting_optimizer && strcmp(text, "rmsprop") == 0)
		return "adam";
	if (setting == &setting_data && is_text)
		return "other.txt";
	if (setting == &setting_tokens && strcmp(text, "words") == 0)
		return "characters";
	if (setting == &setting_bytes && settings->tokens == &tokens_words)
		return NULL;
	/* only these tasks have data of four points here */
	if (setting == &setting_data && settings->task != &task_rectangle &&
		settings->task != &task_points)
		return NULL;
	return pair_of(setting)->other;
}

/* _i: the kind of run. */
START_TEST(exactly_the_relevant_settings_change_the_run)
{
	const struct run_kind *kind = &run_kinds[_i];
	struct settings settings, changed;
	uint64_t result;

	write_data();
	make_settings(&settings, kind, NULL, NULL);
	result = result_of(&settings);
	ck_assert_uint_eq(result_of(&settings), result);
	for (size_t i = 0; setting_list[i] != NULL; i++) {
		const struct setting *setting = setting_list[i];
		const char *name = setting->option;
		const char *other = other_value(&settings, setting);
		bool is_relevant = !is_listed(kind->irrelevant, name);

		ck_assert_msg(setting_is_relevant(&settings, setting) ==
				is_relevant,
			"%s: --%s is %srelevant", kind->words[0], name,
			is_relevant ? "" : "not ");
		if (other == NULL)
			continue;
		make_settings(&changed, kind, setting, other);
		ck_assert_msg((result_of(&changed) != result) == is_relevant,
			"%s: --%s %s %s", kind->words[0], name, other,
			is_relevant ? "changes nothing" : "has an effect");
	}
}
END_TEST

/* Run the command of a kind with one more option and without MODEL. */
static void
run_in(const struct run_kind *kind, const char *option, const char *value,
	struct outcome *outcome)
{
	const char *words[WORDS_MAX] = {"train", "--updates=1", "--units=2",
		"--quiet"};
	size_t count = 4;

	for (size_t i = 0; kind->words[i] != NULL; i++)
		words[count++] = kind->words[i];
	words[count++] = option;
	if (value != NULL)
		words[count++] = value;
	/* --snapshots needs MODEL */
	if (strcmp(option, "--snapshots") == 0)
		words[count++] = "m.st";
	words[count] = NULL;
	command_run(&(struct command){.folder = folder, .arguments = words},
		outcome);
}

/* Also if the value is the default. */
START_TEST(a_setting_without_effect_is_refused_by_name)
{
	const struct run_kind *kind = &run_kinds[_i];
	struct settings defaults;

	write_data();
	settings_default(&defaults);
	for (size_t i = 0; setting_list[i] != NULL; i++) {
		const struct setting *setting = setting_list[i];
		char option[64], expected[128], value[SETTINGS_TEXT_SIZE];
		struct outcome outcome;

		if (!is_listed(kind->irrelevant, setting->option))
			continue;
		snprintf(option, sizeof option, "--%s", setting->option);
		snprintf(expected, sizeof expected, "%s: has no effect with",
			option);
		setting_format(setting, &defaults, value);
		run_in(kind, option, setting->argument ? value : NULL,
			&outcome);
		expect_usage_error(&outcome, expected);
		ck_assert(strstr(outcome.errors, "; it is only for ") != NULL ||
			strstr(outcome.errors, " without --data\n") != NULL);
		outcome_release(&outcome);
	}
	ck_assert(!exists_here("m.st"));
}
END_TEST

START_TEST(a_setting_with_an_effect_is_accepted)
{
	const struct run_kind *kind = &run_kinds[_i];
	struct settings settings;

	write_data();
	make_settings(&settings, kind, NULL, NULL);
	for (size_t i = 0; setting_list[i] != NULL; i++) {
		const struct setting *setting = setting_list[i];
		const char *other = other_value(&settings, setting);
		struct outcome outcome;
		char option[64];

		if (other == NULL ||
			is_listed(kind->irrelevant, setting->option))
			continue;
		snprintf(option, sizeof option, "--%s", setting->option);
		run_in(kind, option, setting->argument ? other : NULL,
			&outcome);
		expect_status(&outcome, 0);
		outcome_release(&outcome);
	}
}
END_TEST

/*
 * The deciding setting is read first; otherwise the message would name the
 * wrong one.
 */
START_TEST(a_message_about_a_contradiction_names_the_deciding_setting)
{
	struct outcome outcome;

	MUST("train", "--quiet", "--updates", "1", "m.st");
	RUN(&outcome, "train", "--mixtures", "5", "m.st");
	expect_usage_error(&outcome,
		"m.st: --mixtures: has no effect with --loss mae; it is only "
		"for --loss mixture");
	outcome_release(&outcome);
	RUN(&outcome, "train", "--mixtures", "9", "--loss", "mixture", "m.st");
	expect_usage_error(&outcome, "--loss mixture contradicts");
	outcome_release(&outcome);
	/* repeating the run's own values is accepted */
	MUST("train", "--quiet", "--loss", "mae", "--units", "10", "m.st");
}
END_TEST

START_TEST(info_shows_only_relevant_settings)
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
	ck_assert_ptr_null(strstr(text, "\nweight_decay "));
	ck_assert_ptr_null(strstr(text, "\nhuber_delta "));
	free(text);
	MUST("train", "--quiet", "--updates", "1", "--loss", "huber",
		"--optimizer", "adamw", "h.st");
	text = OUTPUT_OF("info", "h.st");
	ck_assert_ptr_nonnull(strstr(text, "\nweight_decay          0.004\n"));
	ck_assert_ptr_nonnull(strstr(text, "\nhuber_delta           1\n"));
	ck_assert_ptr_null(strstr(text, "\nmomentum "));
	free(text);
	MUST("train", "--quiet", "--updates", "1", "--task", "text", "--data",
		"text.txt", "--framing", "many-to-one", "--optimizer", "sgd",
		"t.st");
	text = OUTPUT_OF("info", "t.st");
	ck_assert_ptr_nonnull(strstr(text, "\nwindow "));
	ck_assert_ptr_nonnull(strstr(text, "\nmomentum "));
	ck_assert_ptr_nonnull(strstr(text, "\nsnapshots "));
	ck_assert_ptr_null(strstr(text, "\nsequence_length "));
	free(text);
}
END_TEST

/*
 * The form hides the lines of irrelevant settings, whose values are then reset.
 */
START_TEST(exactly_the_irrelevant_settings_are_reset)
{
	struct settings settings;

	settings_default(&settings);
	settings.optimizer = &optimizer_sgd;
	settings.momentum = 0.5;
	settings.tokens = &tokens_bytes;
	settings.dropout = 0.25;
	settings.batch = 7;
	settings_forget_irrelevant(&settings);
	ck_assert(settings.momentum == 0.5);
	ck_assert_ptr_eq(settings.tokens, &tokens_characters);
	ck_assert(settings.dropout == 0);
	ck_assert_uint_eq(settings.batch, 7);
	settings.optimizer = &optimizer_adamw;
	settings.weight_decay = 0.5;
	settings_forget_irrelevant(&settings);
	ck_assert(settings.momentum == 0);
	ck_assert(settings.weight_decay == 0.5);
	settings.optimizer = &optimizer_adam;
	settings_forget_irrelevant(&settings);
	ck_assert(settings.weight_decay == 0.004);
}
END_TEST

/* Files of versions with other defaults belong to the same sweep. */
START_TEST(a_sweep_compares_only_relevant_settings)
{
	struct run *run;
	char path[FOLDER_PATH_SIZE];
	struct error error;

	MUST("sweep", "--quiet", "--output=e", "--units=2,3", "--seeds=1",
		"--updates=5", "--count=10");
	folder_join(path, folder, "e/units-3-seed-1.safetensors");
	run = model_file_open(suite_context(), path, &error);
	ck_assert_msg(run != NULL, "%s", error.text);
	run->state.settings.mixtures = 9;
	ck_assert(model_file_write(&run->state, path, &error));
	run_destroy(run);
	MUST("sweep", "--collect=e", "--quiet");
}
END_TEST

/*
 * Assert the message of a need: the deciding setting, and the values that the
 * option belongs to.
 */
static void
expect_told(const char *option, const struct need *need)
{
	const struct need *const needs[] = {need, NULL};
	const struct kind *const *kind;
	size_t accepted = 0;
	char text[256];

	if (need->decided_by == NULL) {
		ck_assert_msg(need->unmet != NULL,
			"--%s has a need without a message", option);
		return;
	}
	ck_assert_msg((need->is_met != NULL) + (need->accepts != NULL) +
				(need->kind != NULL) ==
			1,
		"--%s has a need with no condition or several", option);
	relevance_describe(needs, text, sizeof text);
	ck_assert_msg(text[0] != '\0', "--%s belongs to nothing", option);
	if (need->is_met != NULL)
		return;
	for (kind = need->decided_by->choices; *kind != NULL; kind++)
		accepted += need->accepts != NULL ? need->accepts(*kind)
						  : *kind == need->kind;
	/* some, but not all kinds that can be chosen */
	ck_assert_msg(accepted > 0 &&
			accepted < kind_count(need->decided_by->choices),
		"--%s: no choice or every choice of --%s meets its need",
		option, need->decided_by->option);
}

START_TEST(every_need_has_a_message)
{
	static const struct need *const shared[] = {&need_text, &need_points,
		&need_chance, &need_model};
	int seen = 0;

	for (int i = 0; i < COUNT(shared); i++)
		expect_told("", shared[i]);
	for (size_t i = 0; setting_list[i] != NULL; i++) {
		const struct need *const *need = setting_list[i]->needs;

		for (; need != NULL && *need != NULL; need++, seen++)
			expect_told(setting_list[i]->option, *need);
	}
	ck_assert_int_gt(seen, 10);
}
END_TEST

/* settings_resume and settings_complete pass over the list only once. */
START_TEST(a_deciding_setting_precedes_those_it_decides)
{
	for (size_t i = 0; setting_list[i] != NULL; i++) {
		const struct setting *setting = setting_list[i];
		const struct need *const *need = setting->needs;

		for (; need != NULL && *need != NULL; need++)
			ck_assert_msg((*need)->decided_by == NULL ||
					settings_bit((*need)->decided_by) <
						settings_bit(setting),
				"--%s stands before --%s", setting->option,
				(*need)->decided_by->option);
	}
}
END_TEST

static Suite *
relevance_suite(void)
{
	Suite *suite = suite_create("relevance");
	TCase *tcase = add_case(suite, "settings");

	suite_add_loop(tcase, exactly_the_relevant_settings_change_the_run, 0,
		COUNT(run_kinds));
	suite_add_loop(tcase, a_setting_without_effect_is_refused_by_name, 0,
		COUNT(run_kinds));
	suite_add_loop(tcase, a_setting_with_an_effect_is_accepted, 0,
		COUNT(run_kinds));
	tcase_add_test(tcase,
		a_message_about_a_contradiction_names_the_deciding_setting);
	tcase_add_test(tcase, info_shows_only_relevant_settings);
	tcase_add_test(tcase, exactly_the_irrelevant_settings_are_reset);
	tcase_add_test(tcase, a_sweep_compares_only_relevant_settings);
	tcase_add_test(tcase, every_need_has_a_message);
	tcase_add_test(tcase, a_deciding_setting_precedes_those_it_decides);
	return suite;
}

int
main(void)
{
	return suite_run(relevance_suite());
}
