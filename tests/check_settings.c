/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of settings: accepted and refused values, messages, and reading back
 * from text.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"
#include "run/settings.h"
#include "suite.h"

/* A setting and its value; a list of these ends with a NULL setting. */
struct value {
	const struct setting *setting;
	const char *text;
};

/* Return the value of a setting in a list, which must contain it. */
static const char *
value_in(const struct value *list, const struct setting *setting)
{
	for (; list->setting != NULL; list++)
		if (list->setting == setting)
			return list->text;
	ck_abort_msg("this test lacks a value for --%s", setting->option);
	return NULL;
}

static void
expect_value(const struct settings *settings, const struct setting *setting,
	const char *expected)
{
	char text[SETTINGS_TEXT_SIZE];

	setting_format(setting, settings, text);
	ck_assert_msg(strcmp(text, expected) == 0, "--%s is %s, not %s",
		setting->option, text, expected);
}

/* Assert that every setting has the same value in both. */
static void
expect_same(const struct settings *one, const struct settings *other)
{
	char text[SETTINGS_TEXT_SIZE];

	for (size_t i = 0; setting_list[i] != NULL; i++)
		expect_value(one, setting_list[i],
			setting_format(setting_list[i], other, text));
}

START_TEST(the_defaults_are_the_lesson)
{
	static const struct value expected[] = {
		{&setting_task, "rectangle"},
		{&setting_gap, "5"},
		{&setting_framing, "one-to-one"},
		{&setting_window, "3"},
		{&setting_cell, "lstm"},
		{&setting_units, "10"},
		{&setting_recurrent_activation, "sigmoid"},
		{&setting_loss, "mae"},
		{&setting_huber_delta, "1"},
		{&setting_rectangle_weight, "0.1"},
		{&setting_mixtures, "5"},
		{&setting_sigma_floor, "0.003"},
		{&setting_optimizer, "adam"},
		{&setting_momentum, "0"},
		{&setting_weight_decay, "0.004"},
		{&setting_learning_rate, "0.001"},
		{&setting_clip, "0"},
		{&setting_batch, "1"},
		{&setting_target, "25000"},
		{&setting_seed, "0"},
		{&setting_data, ""},
		{&setting_snapshots, "100,500,1000,5000,10000,25000"},
		{&setting_columns, ""},
		{&setting_separator, "auto"},
		{&setting_decimal, "auto"},
		{&setting_missing, "refuse"},
		{&setting_layout, "points"},
		{&setting_scale, "auto"},
		{&setting_shuffle, ""},
		{&setting_validation, "0"},
		{&setting_patience, "0"},
		{&setting_sequence_length, "50"},
		{&setting_decay, "1"},
		{&setting_decay_after, "0"},
		{&setting_dropout, "0"},
		{&setting_reset_at, "never"},
		{&setting_tokens, "characters"},
		{&setting_bytes, ""},
		{&setting_vocabulary, "10000"},
		{NULL, NULL},
	};
	struct settings settings;

	settings_default(&settings);
	for (size_t i = 0; setting_list[i] != NULL; i++)
		expect_value(&settings, setting_list[i],
			value_in(expected, setting_list[i]));
}
END_TEST

static const struct {
	const struct setting *setting;
	const char *text, *said; /* said: part of the message; NULL: accepted */
} values[] = {
	{&setting_task, "points", NULL},
	{&setting_task, "rectangel", "did you mean 'rectangle'?"},
	{&setting_task, "", "unknown"},
	{&setting_framing, "sequence", NULL},
	{&setting_framing, "sequense", "did you mean 'sequence'?"},
	{&setting_task, "spiral", NULL},
	{&setting_task, "rectangle-skew", NULL},
	{&setting_loss, "mse", NULL},
	{&setting_loss, "huber", NULL},
	{&setting_loss, "MSE", "unknown"},
	{&setting_units, "1", NULL},
	{&setting_units, "10,20,30", NULL},
	{&setting_units, "0", "0"},
	{&setting_units, "10,", "'' is not"},
	{&setting_units, ",10", "'' is not"},
	{&setting_units, "ten", "ten"},
	{&setting_units, "1000000000", "1000000000"},
	{&setting_units, "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1", "layers"},
	{&setting_batch, "32", NULL},
	{&setting_batch, "0", "0"},
	{&setting_batch, "-1", "-1"},
	{&setting_batch, "1.5", "1.5"},
	{&setting_batch, "99999999999999999999", "99999999999999999999"},
	{&setting_learning_rate, "1e-3", NULL},
	{&setting_learning_rate, "0", NULL},
	{&setting_learning_rate, "nan", "nan"},
	{&setting_learning_rate, "inf", "inf"},
	{&setting_learning_rate, "-1", "-1"},
	{&setting_learning_rate, "0,001", "0,001"},
	{&setting_learning_rate, "1e400", "1e400"},
	{&setting_learning_rate, "0.1x", "0.1x"},
	{&setting_huber_delta, "0.5", NULL},
	{&setting_huber_delta, "0", "'0'"},
	{&setting_huber_delta, "-1", "'-1'"},
	{&setting_optimizer, "adamw", NULL},
	{&setting_optimizer, "adamww", "did you mean 'adamw'?"},
	{&setting_weight_decay, "0", NULL},
	{&setting_weight_decay, "1.5", "'1.5'"},
	{&setting_weight_decay, "-0.1", "'-0.1'"},
	{&setting_seed, "9007199254740992", NULL},
	{&setting_seed, " 1", " 1"},
	{&setting_snapshots, "0", NULL},
	{&setting_snapshots, "1,2,3", NULL},
	{&setting_snapshots, "3,2", "'3,2'"},
	{&setting_snapshots, "1,1", "'1,1'"},
	{&setting_snapshots, "0,1", "'0,1'"},
	{&setting_snapshots, "1,,2", "'1,,2'"},
	{&setting_snapshots, "", "''"},
};

enum { VALUES = sizeof values / sizeof values[0] };

START_TEST(values_are_accepted_or_refused_with_the_cause)
{
	struct settings settings, before;
	struct error error;
	bool taken;

	settings_default(&settings);
	before = settings;
	taken = setting_parse(values[_i].setting, &settings, values[_i].text,
		&error);
	ck_assert(taken == (values[_i].said == NULL));
	if (taken)
		return;
	ck_assert_msg(strstr(error.text, values[_i].said) != NULL,
		"'%s' does not say '%s'", error.text, values[_i].said);
	ck_assert_mem_eq(&settings, &before, sizeof settings);
}
END_TEST

START_TEST(every_setting_is_read_back_from_its_text)
{
	static const struct value texts[] = {
		{&setting_task, "points"},
		{&setting_framing, "sequence"},
		{&setting_window, "11"},
		{&setting_gap, "17"},
		{&setting_cell, "gru"},
		{&setting_units, "7,13"},
		{&setting_recurrent_activation, "hard-sigmoid"},
		{&setting_loss, "mse"},
		{&setting_huber_delta, "0.0625"},
		{&setting_rectangle_weight, "0.25"},
		{&setting_mixtures, "9"},
		{&setting_sigma_floor, "0.0078125"},
		{&setting_optimizer, "sgd"},
		{&setting_momentum, "0.95"},
		{&setting_weight_decay, "0.01"},
		{&setting_learning_rate, "0.0012345678901234567"},
		{&setting_clip, "5"},
		{&setting_batch, "50"},
		{&setting_target, "1000000000"},
		{&setting_seed, "123456789012"},
		{&setting_data, "a folder/a, file.csv"},
		{&setting_snapshots, "5,50,123456789012345"},
		{&setting_columns, "open-close,\"a, b\""},
		{&setting_separator, "|"},
		{&setting_decimal, ","},
		{&setting_missing, "hold"},
		{&setting_layout, "series"},
		{&setting_scale, "standard"},
		{&setting_shuffle, "yes"},
		{&setting_patience, "3"},
		{&setting_sequence_length, "75"},
		{&setting_validation, "0.2"},
		{&setting_decay, "0.96999999999999997"},
		{&setting_decay_after, "12"},
		{&setting_dropout, "0.3"},
		{&setting_reset_at, "line"},
		{&setting_tokens, "words"},
		{&setting_bytes, "yes"},
		{&setting_vocabulary, "123"},
		{NULL, NULL},
	};
	struct settings one, other;
	char text[SETTINGS_TEXT_SIZE];
	struct error error;

	settings_default(&one);
	settings_default(&other);
	for (size_t i = 0; setting_list[i] != NULL; i++) {
		const struct setting *setting = setting_list[i];
		char before[SETTINGS_TEXT_SIZE];

		setting_format(setting, &one, before);
		ck_assert_msg(setting_parse(setting, &one,
				      value_in(texts, setting), &error),
			"%s", error.text);
		setting_format(setting, &one, text);
		ck_assert_str_ne(text, before);
		ck_assert(setting_parse(setting, &other, text, &error));
	}
	ck_assert_mem_eq(&one, &other, sizeof one);
	ck_assert(one.learning_rate == 0.0012345678901234567);
	ck_assert_uint_eq(one.units.layers, 2);
	ck_assert_uint_eq(one.units.units[1], 13);
}
END_TEST

START_TEST(every_setting_has_a_description)
{
	for (size_t id = 0; setting_list[id] != NULL; id++) {
		const struct setting *setting = setting_list[id];

		ck_assert_ptr_nonnull(setting->option);
		ck_assert_ptr_nonnull(setting->key);
		ck_assert_ptr_nonnull(setting->summary);
		if (setting->type != SETTING_CHOICE)
			continue;
		for (size_t c = 0; setting->choices[c] != NULL; c++) {
			ck_assert_ptr_nonnull(setting->choices[c]->name);
			ck_assert_ptr_nonnull(setting->choices[c]->summary);
		}
	}
}
END_TEST

/* ---------------------------------------------------------------------- */
/* properties of each setting, by its entry in the table */

/* Format a number as text; `by` moves it by units of a count, or slightly. */
static char *
number_of(const struct setting *setting, double value, int by, char *text)
{
	if (setting->type == SETTING_COUNT)
		snprintf(text, SETTINGS_TEXT_SIZE, "%jd", (intmax_t)value + by);
	else
		snprintf(text, SETTINGS_TEXT_SIZE, "%.17g",
			by == 0 ? value
				: value + by * fmax(1e-9, fabs(value) * 1e-9));
	return text;
}

START_TEST(numbers_are_accepted_up_to_their_limits)
{
	int numbers = 0;

	for (size_t id = 0; setting_list[id] != NULL; id++) {
		const struct setting *setting = setting_list[id];
		char text[SETTINGS_TEXT_SIZE], back[SETTINGS_TEXT_SIZE];
		const double limits[] = {setting->min, setting->max};
		struct settings settings, before;
		struct error error;

		if (setting->type != SETTING_COUNT &&
			setting->type != SETTING_REAL)
			continue;
		numbers++;
		ck_assert_double_lt(setting->min, setting->max);
		for (int i = 0; i < 2; i++) {
			settings_default(&settings);
			number_of(setting, limits[i], 0, text);
			ck_assert_msg(setting_parse(setting, &settings, text,
					      &error),
				"--%s: %s", setting->option, error.text);
			setting_format(setting, &settings, back);
			ck_assert_double_eq(strtod(back, NULL), limits[i]);
			before = settings;
			number_of(setting, limits[i], i == 0 ? -1 : 1, text);
			ck_assert_msg(!setting_parse(setting, &settings, text,
					      &error),
				"--%s accepts %s", setting->option, text);
			ck_assert_msg(strstr(error.text, text) != NULL,
				"'%s' does not name %s", error.text, text);
			ck_assert_mem_eq(&settings, &before, sizeof before);
		}
	}
	ck_assert_int_gt(numbers, 10);
}
END_TEST

START_TEST(every_choice_is_read_back_and_suggested_for_a_mistyped_name)
{
	int mistyped = 0;

	for (size_t id = 0; setting_list[id] != NULL; id++) {
		const struct setting *setting = setting_list[id];
		char text[SETTINGS_TEXT_SIZE], expected[128];
		struct settings settings;
		struct error error;

		if (setting->type != SETTING_CHOICE)
			continue;
		settings_default(&settings);
		for (size_t c = 0; setting->choices[c] != NULL; c++) {
			const char *name = setting->choices[c]->name;

			ck_assert_msg(setting_parse(setting, &settings, name,
					      &error),
				"%s", error.text);
			ck_assert_str_eq(setting_format(setting, &settings,
						 text),
				name);
			if (strlen(name) < 4)
				continue;
			/* leave out the second letter */
			snprintf(text, sizeof text, "%c%s", name[0], name + 2);
			ck_assert(!setting_parse(setting, &settings, text,
				&error));
			snprintf(expected, sizeof expected,
				"'%.40s' is unknown; did you mean '%.40s'?",
				text, name);
			ck_assert_str_eq(error.text, expected);
			ck_assert_str_eq(setting_format(setting, &settings,
						 text),
				name);
			mistyped++;
		}
		/* no similar name: the message lists all */
		ck_assert(!setting_parse(setting, &settings, "xyzzyxyzzy",
			&error));
		for (size_t c = 0; setting->choices[c] != NULL; c++)
			ck_assert_msg(strstr(error.text,
					      setting->choices[c]->name) !=
					NULL,
				"'%s' does not list %s", error.text,
				setting->choices[c]->name);
	}
	ck_assert_int_gt(mistyped, 10);
}
END_TEST

START_TEST(no_two_settings_share_a_name_or_a_field)
{
	for (size_t a = 0; setting_list[a] != NULL; a++)
		for (size_t b = 0; b < a; b++) {
			const struct setting *one = setting_list[a];
			const struct setting *other = setting_list[b];

			ck_assert_ptr_ne(one, other);
			ck_assert_str_ne(one->option, other->option);
			ck_assert_str_ne(one->key, other->key);
			/* a short form has the field of another one */
			if (one->chooses == NULL)
				ck_assert_uint_ne(one->offset, other->offset);
		}
}
END_TEST

/* ---------------------------------------------------------------------- */
/* defaults of kinds */

static const struct setting *
find_setting(const char *option)
{
	for (size_t i = 0; setting_list[i] != NULL; i++)
		if (strcmp(setting_list[i]->option, option) == 0)
			return setting_list[i];
	ck_abort_msg("--%s is no setting", option);
	return NULL;
}

/* Choose a kind, with data for the kinds that need them. */
static settings_mask
choose(struct settings *settings, const struct setting *choice,
	const struct kind *kind)
{
	setting_choose(choice, settings, kind);
	strcpy(settings->data, "a.txt");
	return settings_bit(choice) | settings_bit(&setting_data);
}

static void
try_default(const struct setting *choice, const struct kind *kind,
	const struct kind_default *wanted)
{
	const struct setting *setting = find_setting(wanted->option);
	char text[SETTINGS_TEXT_SIZE];
	struct settings settings;
	settings_mask given;
	struct error error;

	/* the default is a valid value in canonical form */
	settings_default(&settings);
	setting_format(setting, &settings, text);
	ck_assert_msg(setting_parse(setting, &settings, wanted->value, &error),
		"%s: --%s: %s", kind->name, wanted->option, error.text);
	expect_value(&settings, setting, wanted->value);
	ck_assert_msg(strcmp(text, wanted->value) != 0,
		"%s repeats the default of --%s", kind->name, wanted->option);

	settings_default(&settings);
	given = choose(&settings, choice, kind);
	ck_assert_str_eq(settings_default_text(&settings, setting),
		wanted->value);
	ck_assert_msg(settings_complete(&settings, given, &error), "%s: %s",
		kind->name, error.text);
	expect_value(&settings, setting, wanted->value);

	/* a given value is kept, even if it is the setting's own default */
	if (setting->type == SETTING_CHOICE)
		return;
	settings_default(&settings);
	given = choose(&settings, choice, kind) | settings_bit(setting);
	ck_assert(settings_complete(&settings, given, &error));
	expect_value(&settings, setting, text);
}

START_TEST(a_kind_sets_its_own_defaults)
{
	int tried = 0;

	for (size_t i = 0; setting_list[i] != NULL; i++) {
		const struct kind *const *kind = setting_list[i]->choices;

		for (; kind != NULL && *kind != NULL; kind++) {
			const struct kind_default *at = (*kind)->defaults;

			for (; at != NULL && at->option != NULL; at++) {
				try_default(setting_list[i], *kind, at);
				tried++;
			}
		}
	}
	/* the defaults of text and of sgd */
	ck_assert_int_ge(tried, 9);
}
END_TEST

START_TEST(sgd_and_texts_have_defaults_of_their_own)
{
	static const struct value of_texts[] = {
		{&setting_framing, "sequence"},
		{&setting_units, "128,128"},
		{&setting_loss, "crossentropy"},
		{&setting_learning_rate, "0.002"},
		{&setting_clip, "5"},
		{&setting_batch, "50"},
		{&setting_decay, "0.97"},
		{&setting_decay_after, "10"},
	};
	struct settings settings;
	settings_mask given;
	struct error error;

	settings_default(&settings);
	settings.optimizer = &optimizer_sgd;
	given = settings_bit(&setting_optimizer);
	ck_assert(settings_complete(&settings, given, &error));
	expect_value(&settings, &setting_learning_rate, "0.01");

	settings_default(&settings);
	given = choose(&settings, &setting_task, &task_text.kind);
	ck_assert(settings_complete(&settings, given, &error));
	for (size_t i = 0; i < sizeof of_texts / sizeof of_texts[0]; i++)
		expect_value(&settings, of_texts[i].setting, of_texts[i].text);

	/*
	 * both kinds have a learning rate: the later setting takes precedence
	 */
	settings_default(&settings);
	settings.optimizer = &optimizer_sgd;
	given = settings_bit(&setting_optimizer) |
		choose(&settings, &setting_task, &task_text.kind);
	ck_assert(settings_complete(&settings, given, &error));
	expect_value(&settings, &setting_learning_rate, "0.01");
	expect_value(&settings, &setting_clip, "5");
}
END_TEST

/* The form sets the same defaults as the command line, and can undo them. */
START_TEST(a_change_of_kind_sets_the_defaults_of_the_command_line)
{
	for (size_t i = 0; setting_list[i] != NULL; i++) {
		const struct setting *choice = setting_list[i];
		const struct kind *const *kind = choice->choices;

		for (; kind != NULL && *kind != NULL; kind++) {
			struct settings lesson, followed, given, before;
			settings_mask bits;
			struct error ignored;

			settings_default(&lesson);
			strcpy(lesson.data, "a.txt");
			followed = given = lesson;
			setting_choose(choice, &followed, *kind);
			settings_follow(&followed, &lesson);
			bits = choose(&given, choice, *kind);
			/* of incompatible kinds, compare only the defaults */
			settings_complete(&given, bits, &ignored);
			expect_same(&followed, &given);

			before = followed;
			setting_choose(choice, &followed,
				setting_choice(choice, &lesson));
			settings_follow(&followed, &before);
			ck_assert_mem_eq(&followed, &lesson, sizeof lesson);
		}
	}
}
END_TEST

/* Change a kind as the form does. */
static void
change(struct settings *settings, const struct setting *choice,
	const struct kind *kind)
{
	const struct settings before = *settings;

	setting_choose(choice, settings, kind);
	settings_follow(settings, &before);
}

START_TEST(a_change_of_kind_keeps_values_other_than_defaults)
{
	struct settings settings;

	settings_default(&settings);
	settings.learning_rate = 0.5;
	settings.batch = 7;
	change(&settings, &setting_optimizer, &optimizer_sgd.kind);
	expect_value(&settings, &setting_learning_rate, "0.5");
	change(&settings, &setting_task, &task_text.kind);
	expect_value(&settings, &setting_learning_rate, "0.5");
	expect_value(&settings, &setting_batch, "7");
	expect_value(&settings, &setting_units, "128,128");
	/* many-to-one is not the default of texts, so it is kept */
	change(&settings, &setting_framing, &framing_many_to_one.kind);
	change(&settings, &setting_task, &task_circle.kind);
	expect_value(&settings, &setting_framing, "many-to-one");
	expect_value(&settings, &setting_units, "10");
	expect_value(&settings, &setting_loss, "mae");
	expect_value(&settings, &setting_batch, "7");
}
END_TEST

START_TEST(several_changes_of_kind_set_the_last_defaults)
{
	struct settings settings;

	settings_default(&settings);
	change(&settings, &setting_task, &task_text.kind);
	expect_value(&settings, &setting_learning_rate, "0.002");
	change(&settings, &setting_optimizer, &optimizer_sgd.kind);
	expect_value(&settings, &setting_learning_rate, "0.01");
	change(&settings, &setting_task, &task_spiral.kind);
	expect_value(&settings, &setting_learning_rate, "0.01");
	change(&settings, &setting_optimizer, &optimizer_adamw.kind);
	expect_value(&settings, &setting_learning_rate, "0.001");
}
END_TEST

/* ---------------------------------------------------------------------- */
/* the command line */

static const struct {
	const char *option, *value, *said;
} lines[] = {
	{"--units", "0", "'0'"},
	{"--batch", "1.5", "'1.5'"},
	{"--learning-rate", "fast", "'fast'"},
	{"--momentum", "1.5", "'1.5'"},
	{"--framing", "sequense", "did you mean 'sequence'?"},
	{"--cell", "grus", "did you mean 'gru'?"},
	{"--recurrent-activation", "sigmoyd", "did you mean 'sigmoid'?"},
	{"--updates", "-5", "'-5'"},
	{"--seed", "one", "'one'"},
	{"--data", "", "empty"},
	{"--learnin-rate", "0.1", "did you mean --learning-rate?"},
	{"--unit", "x", "'x'"}, /* an abbreviated name is accepted */
	{"--clop", "1", "did you mean --clip?"},
};

enum { LINES = sizeof lines / sizeof lines[0] };

START_TEST(a_usage_error_names_the_option_and_the_value)
{
	char program[] = "lstmtui", name[] = "train", option[64], value[64];
	char *argv[] = {program, name, option, value, NULL};
	struct error error = {.text = ""};
	struct arguments arguments;

	snprintf(option, sizeof option, "%s", lines[_i].option);
	snprintf(value, sizeof value, "%s", lines[_i].value);
	ck_assert(!options_parse(command_find(4, argv), 4, argv, &arguments,
		&error));
	ck_assert(error.is_usage);
	ck_assert_msg(strstr(error.text, lines[_i].option) != NULL &&
			strstr(error.text, lines[_i].said) != NULL,
		"'%s' does not name %s and \"%s\"", error.text,
		lines[_i].option, lines[_i].said);
}
END_TEST

/* Request one value for a saved run. */
static bool
resume(const struct setting *setting, const char *text, struct error *error)
{
	struct settings saved, asked;
	settings_mask changed;

	settings_default(&saved);
	settings_default(&asked);
	if (!setting_parse(setting, &asked, text, error))
		ck_abort_msg("%s", error->text);
	return settings_resume(&saved, &asked, settings_bit(setting), &changed,
		error);
}

START_TEST(a_resumed_run_keeps_its_fixed_settings)
{
	struct error error;

	ck_assert(resume(&setting_target, "50000", &error));
	ck_assert(resume(&setting_learning_rate, "0.01", &error));
	/* repeating its own value is accepted */
	ck_assert(resume(&setting_units, "10", &error));
	ck_assert(!resume(&setting_units, "11", &error));
	ck_assert(strstr(error.text, "--units") != NULL);
	ck_assert(error.is_usage);
	ck_assert(!resume(&setting_framing, "sequence", &error));
	ck_assert(!resume(&setting_loss, "mse", &error));
}
END_TEST

START_TEST(incompatible_settings_are_refused)
{
	struct settings settings;
	struct error error;

	settings_default(&settings);
	settings.task = &task_points;
	ck_assert(!settings_complete(&settings, settings_bit(&setting_task),
		&error));
	ck_assert(strstr(error.text, "--data") != NULL);
	settings_default(&settings);
	settings.loss = &loss_crossentropy;
	ck_assert(!settings_complete(&settings, settings_bit(&setting_loss),
		&error));
	ck_assert(strstr(error.text, "--task rectangle") != NULL);
}
END_TEST

START_TEST(drawn_seeds_differ_and_have_at_most_53_bits)
{
	uint64_t one, other;
	struct error error;

	ck_assert(settings_draw_seed(&one, &error));
	ck_assert(settings_draw_seed(&other, &error));
	ck_assert(one != other);
	ck_assert(one <= UINT64_C(1) << 53);
}
END_TEST

static Suite *
settings_suite(void)
{
	Suite *suite = suite_create("settings");
	TCase *group = suite_group(suite, "settings", SUITE_SECONDS);

	tcase_add_test(group, the_defaults_are_the_lesson);
	suite_add_loop(group, values_are_accepted_or_refused_with_the_cause, 0,
		VALUES);
	tcase_add_test(group, every_setting_is_read_back_from_its_text);
	tcase_add_test(group, every_setting_has_a_description);
	tcase_add_test(group, numbers_are_accepted_up_to_their_limits);
	tcase_add_test(group,
		every_choice_is_read_back_and_suggested_for_a_mistyped_name);
	tcase_add_test(group, no_two_settings_share_a_name_or_a_field);
	tcase_add_test(group, a_kind_sets_its_own_defaults);
	tcase_add_test(group, sgd_and_texts_have_defaults_of_their_own);
	tcase_add_test(group,
		a_change_of_kind_sets_the_defaults_of_the_command_line);
	tcase_add_test(group,
		a_change_of_kind_keeps_values_other_than_defaults);
	tcase_add_test(group, several_changes_of_kind_set_the_last_defaults);
	suite_add_loop(group, a_usage_error_names_the_option_and_the_value, 0,
		LINES);
	tcase_add_test(group, a_resumed_run_keeps_its_fixed_settings);
	tcase_add_test(group, incompatible_settings_are_refused);
	tcase_add_test(group, drawn_seeds_differ_and_have_at_most_53_bits);
	return suite;
}

int
main(void)
{
	return suite_run(settings_suite());
}
