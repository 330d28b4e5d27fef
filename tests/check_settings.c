/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The settings: what is taken, what is refused and why, and that each comes
 * back from its text as it was.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"
#include "run/settings.h"
#include "suite.h"

START_TEST(the_defaults_are_the_lesson)
{
	static const char *const expected[SETTINGS] = {
		[SETTING_TASK] = "rectangle",
		[SETTING_FRAMING] = "one-to-one",
		[SETTING_UNITS] = "10",
		[SETTING_RECURRENT_ACTIVATION] = "sigmoid",
		[SETTING_LOSS] = "mae",
		[SETTING_OPTIMIZER] = "adam",
		[SETTING_MOMENTUM] = "0",
		[SETTING_LEARNING_RATE] = "0.001",
		[SETTING_CLIP] = "0",
		[SETTING_BATCH] = "1",
		[SETTING_TARGET] = "25000",
		[SETTING_SEED] = "0",
		[SETTING_DATA] = "",
		[SETTING_SNAPSHOTS] = "100,500,1000,5000,10000,25000",
		[SETTING_WINDOW] = "3",
		[SETTING_RECTANGLE_WEIGHT] = "0.1",
		[SETTING_MIXTURES] = "5",
		[SETTING_SIGMA_FLOOR] = "0.003",
		[SETTING_SEQUENCE_LENGTH] = "50",
		[SETTING_VALIDATION] = "0.1",
		[SETTING_DECAY] = "1",
		[SETTING_DECAY_AFTER] = "0",
		[SETTING_DROPOUT] = "0",
		[SETTING_RESET_AT] = "never",
		[SETTING_BYTES] = "",
	};
	struct settings settings;
	char text[SETTINGS_TEXT_SIZE];

	settings_default(&settings);
	for (unsigned id = 0; id < SETTINGS; id++) {
		ck_assert_msg(expected[id] != NULL, "no default of --%s here",
			setting_info(id)->option);
		ck_assert_str_eq(settings_format(&settings, id, text),
			expected[id]);
	}
}
END_TEST

static const struct {
	enum setting_id id;
	const char *text, *said; /* said: in the message; NULL: it is taken */
} values[] = {
	{SETTING_TASK, "points", NULL},
	{SETTING_TASK, "rectangel", "did you mean 'rectangle'?"},
	{SETTING_TASK, "", "unknown"},
	{SETTING_FRAMING, "sequence", NULL},
	{SETTING_FRAMING, "sequense", "did you mean 'sequence'?"},
	{SETTING_LOSS, "mse", NULL},
	{SETTING_LOSS, "MSE", "unknown"},
	{SETTING_UNITS, "1", NULL},
	{SETTING_UNITS, "10,20,30", NULL},
	{SETTING_UNITS, "0", "0"},
	{SETTING_UNITS, "10,", "'' is not"},
	{SETTING_UNITS, ",10", "'' is not"},
	{SETTING_UNITS, "ten", "ten"},
	{SETTING_UNITS, "1000000000", "1000000000"},
	{SETTING_UNITS, "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1", "layers"},
	{SETTING_BATCH, "32", NULL},
	{SETTING_BATCH, "0", "0"},
	{SETTING_BATCH, "-1", "-1"},
	{SETTING_BATCH, "1.5", "1.5"},
	{SETTING_BATCH, "99999999999999999999", "99999999999999999999"},
	{SETTING_LEARNING_RATE, "1e-3", NULL},
	{SETTING_LEARNING_RATE, "0", NULL},
	{SETTING_LEARNING_RATE, "nan", "nan"},
	{SETTING_LEARNING_RATE, "inf", "inf"},
	{SETTING_LEARNING_RATE, "-1", "-1"},
	{SETTING_LEARNING_RATE, "0,001", "0,001"},
	{SETTING_LEARNING_RATE, "1e400", "1e400"},
	{SETTING_LEARNING_RATE, "0.1x", "0.1x"},
	{SETTING_SEED, "9007199254740992", NULL},
	{SETTING_SEED, " 1", " 1"},
	{SETTING_SNAPSHOTS, "0", NULL},
	{SETTING_SNAPSHOTS, "1,2,3", NULL},
	{SETTING_SNAPSHOTS, "3,2", "'3,2'"},
	{SETTING_SNAPSHOTS, "1,1", "'1,1'"},
	{SETTING_SNAPSHOTS, "0,1", "'0,1'"},
	{SETTING_SNAPSHOTS, "1,,2", "'1,,2'"},
	{SETTING_SNAPSHOTS, "", "''"},
};

enum { VALUES = sizeof values / sizeof values[0] };

START_TEST(values_are_taken_or_refused_with_the_cause)
{
	struct settings settings, before;
	struct error error;
	bool taken;

	settings_default(&settings);
	before = settings;
	taken = settings_parse(&settings, values[_i].id, values[_i].text,
		&error);
	ck_assert(taken == (values[_i].said == NULL));
	if (taken)
		return;
	ck_assert_msg(strstr(error.text, values[_i].said) != NULL,
		"'%s' does not say '%s'", error.text, values[_i].said);
	ck_assert_mem_eq(&settings, &before, sizeof settings);
}
END_TEST

START_TEST(every_setting_comes_back_from_its_text)
{
	static const char *const texts[SETTINGS] = {
		[SETTING_TASK] = "points",
		[SETTING_FRAMING] = "sequence",
		[SETTING_UNITS] = "7,13",
		[SETTING_RECURRENT_ACTIVATION] = "hard-sigmoid",
		[SETTING_LOSS] = "mse",
		[SETTING_OPTIMIZER] = "sgd",
		[SETTING_MOMENTUM] = "0.95",
		[SETTING_LEARNING_RATE] = "0.0012345678901234567",
		[SETTING_CLIP] = "5",
		[SETTING_BATCH] = "50",
		[SETTING_TARGET] = "1000000000",
		[SETTING_SEED] = "123456789012",
		[SETTING_DATA] = "a folder/a, file.csv",
		[SETTING_SNAPSHOTS] = "5,50,123456789012345",
		[SETTING_WINDOW] = "11",
		[SETTING_RECTANGLE_WEIGHT] = "0.25",
		[SETTING_MIXTURES] = "9",
		[SETTING_SIGMA_FLOOR] = "0.0078125",
		[SETTING_SEQUENCE_LENGTH] = "75",
		[SETTING_VALIDATION] = "0.2",
		[SETTING_DECAY] = "0.96999999999999997",
		[SETTING_DECAY_AFTER] = "12",
		[SETTING_DROPOUT] = "0.3",
		[SETTING_RESET_AT] = "line",
		[SETTING_BYTES] = "yes",
	};
	struct settings one, other;
	char text[SETTINGS_TEXT_SIZE];
	struct error error;

	settings_default(&one);
	settings_default(&other);
	for (unsigned id = 0; id < SETTINGS; id++) {
		char before[SETTINGS_TEXT_SIZE];

		ck_assert_msg(texts[id] != NULL, "no value of --%s here",
			setting_info(id)->option);
		settings_format(&one, id, before);
		ck_assert_msg(settings_parse(&one, id, texts[id], &error), "%s",
			error.text);
		settings_format(&one, id, text);
		ck_assert_str_ne(text, before);
		ck_assert(settings_parse(&other, id, text, &error));
	}
	ck_assert_mem_eq(&one, &other, sizeof one);
	ck_assert(one.learning_rate == 0.0012345678901234567);
	ck_assert_uint_eq(one.units.layers, 2);
	ck_assert_uint_eq(one.units.units[1], 13);
}
END_TEST

START_TEST(every_setting_says_what_it_is)
{
	for (unsigned id = 0; id < SETTINGS; id++) {
		const struct setting *setting = setting_info(id);

		ck_assert_ptr_nonnull(setting->option);
		ck_assert_ptr_nonnull(setting->key);
		ck_assert_ptr_nonnull(setting->summary);
		if (setting->kind != SETTING_KIND_CHOICE)
			continue;
		for (size_t i = 0; setting->choice(i) != NULL; i++)
			ck_assert_ptr_nonnull(setting->choice_summary(i));
	}
}
END_TEST

/* ---------------------------------------------------------------------- */
/* what holds of each setting, by its entry in the table */

/* A number as text: where it is a count, moved by so many. */
static char *
number_of(const struct setting *setting, double value, int by, char *text)
{
	if (setting->kind == SETTING_KIND_COUNT)
		snprintf(text, SETTINGS_TEXT_SIZE, "%jd", (intmax_t)value + by);
	else
		snprintf(text, SETTINGS_TEXT_SIZE, "%.17g",
			by == 0 ? value
				: value + by * fmax(1e-9, fabs(value) * 1e-9));
	return text;
}

START_TEST(numbers_are_taken_to_their_limits_and_no_further)
{
	int numbers = 0;

	for (unsigned id = 0; id < SETTINGS; id++) {
		const struct setting *setting = setting_info(id);
		char text[SETTINGS_TEXT_SIZE], back[SETTINGS_TEXT_SIZE];
		const double limits[] = {setting->min, setting->max};
		struct settings settings, before;
		struct error error;

		if (setting->kind != SETTING_KIND_COUNT &&
			setting->kind != SETTING_KIND_REAL)
			continue;
		numbers++;
		ck_assert_double_lt(setting->min, setting->max);
		for (int i = 0; i < 2; i++) {
			settings_default(&settings);
			number_of(setting, limits[i], 0, text);
			ck_assert_msg(settings_parse(&settings, id, text,
					      &error),
				"--%s: %s", setting->option, error.text);
			settings_format(&settings, id, back);
			ck_assert_double_eq(strtod(back, NULL), limits[i]);
			before = settings;
			number_of(setting, limits[i], i == 0 ? -1 : 1, text);
			ck_assert_msg(!settings_parse(&settings, id, text,
					      &error),
				"--%s takes %s", setting->option, text);
			ck_assert_msg(strstr(error.text, text) != NULL,
				"'%s' does not name %s", error.text, text);
			ck_assert_mem_eq(&settings, &before, sizeof before);
		}
	}
	ck_assert_int_gt(numbers, 10);
}
END_TEST

START_TEST(every_choice_comes_back_and_is_found_when_mistyped)
{
	int mistyped = 0;

	for (unsigned id = 0; id < SETTINGS; id++) {
		const struct setting *setting = setting_info(id);
		char text[SETTINGS_TEXT_SIZE], expected[128];
		struct settings settings;
		struct error error;

		if (setting->kind != SETTING_KIND_CHOICE)
			continue;
		settings_default(&settings);
		for (size_t i = 0; setting->choice(i) != NULL; i++) {
			const char *name = setting->choice(i);

			ck_assert_msg(settings_parse(&settings, id, name,
					      &error),
				"%s", error.text);
			ck_assert_str_eq(settings_format(&settings, id, text),
				name);
			if (strlen(name) < 4)
				continue;
			/* the second letter is left out */
			snprintf(text, sizeof text, "%c%s", name[0], name + 2);
			ck_assert(!settings_parse(&settings, id, text, &error));
			snprintf(expected, sizeof expected,
				"'%.40s' is unknown; did you mean '%.40s'?",
				text, name);
			ck_assert_str_eq(error.text, expected);
			ck_assert_str_eq(settings_format(&settings, id, text),
				name);
			mistyped++;
		}
		/* nothing is near: all are listed */
		ck_assert(!settings_parse(&settings, id, "xyzzyxyzzy", &error));
		for (size_t i = 0; setting->choice(i) != NULL; i++)
			ck_assert_msg(strstr(error.text, setting->choice(i)) !=
					NULL,
				"'%s' does not list %s", error.text,
				setting->choice(i));
	}
	ck_assert_int_gt(mistyped, 10);
}
END_TEST

START_TEST(no_two_settings_have_a_name_or_a_field_in_common)
{
	for (unsigned a = 0; a < SETTINGS; a++)
		for (unsigned b = 0; b < a; b++) {
			const struct setting *one = setting_info(a);
			const struct setting *other = setting_info(b);

			ck_assert_str_ne(one->option, other->option);
			ck_assert_str_ne(one->key, other->key);
			ck_assert_uint_ne(one->offset, other->offset);
		}
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
	{"--recurrent-activation", "sigmoyd", "did you mean 'sigmoid'?"},
	{"--updates", "-5", "'-5'"},
	{"--seed", "one", "'one'"},
	{"--data", "", "empty"},
	{"--learnin-rate", "0.1", "did you mean --learning-rate?"},
	{"--unit", "x", "'x'"}, /* the beginning of a name will do */
	{"--clop", "1", "did you mean --clip?"},
};

enum { LINES = sizeof lines / sizeof lines[0] };

START_TEST(a_wrong_line_names_the_option_and_the_value)
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

/* Ask for one value on a saved run. */
static bool
resume(enum setting_id id, const char *text, struct error *error)
{
	struct settings saved, asked;
	settings_mask changed;

	settings_default(&saved);
	settings_default(&asked);
	if (!settings_parse(&asked, id, text, error))
		ck_abort_msg("%s", error->text);
	return settings_resume(&saved, &asked, (settings_mask)1 << id, &changed,
		error);
}

START_TEST(a_resumed_run_keeps_what_it_is)
{
	struct error error;

	ck_assert(resume(SETTING_TARGET, "50000", &error));
	ck_assert(resume(SETTING_LEARNING_RATE, "0.01", &error));
	/* what it is already may be said again */
	ck_assert(resume(SETTING_UNITS, "10", &error));
	ck_assert(!resume(SETTING_UNITS, "11", &error));
	ck_assert(strstr(error.text, "--units") != NULL);
	ck_assert(error.is_usage);
	ck_assert(!resume(SETTING_FRAMING, "sequence", &error));
	ck_assert(!resume(SETTING_LOSS, "mse", &error));
}
END_TEST

START_TEST(what_does_not_go_together_is_refused)
{
	struct settings settings;
	struct error error;

	settings_default(&settings);
	settings.task = TASK_POINTS;
	ck_assert(!settings_complete(&settings,
		(settings_mask)1 << SETTING_TASK, &error));
	ck_assert(strstr(error.text, "--data") != NULL);
	settings_default(&settings);
	settings.loss = LOSS_CROSSENTROPY;
	ck_assert(!settings_complete(&settings,
		(settings_mask)1 << SETTING_LOSS, &error));
	ck_assert(strstr(error.text, "--task rectangle") != NULL);
}
END_TEST

START_TEST(drawn_seeds_differ_and_can_be_retyped)
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
	tcase_add_loop_test(group, values_are_taken_or_refused_with_the_cause,
		0, VALUES);
	tcase_add_test(group, every_setting_comes_back_from_its_text);
	tcase_add_test(group, every_setting_says_what_it_is);
	tcase_add_test(group, numbers_are_taken_to_their_limits_and_no_further);
	tcase_add_test(group,
		every_choice_comes_back_and_is_found_when_mistyped);
	tcase_add_test(group, no_two_settings_have_a_name_or_a_field_in_common);
	tcase_add_loop_test(group, a_wrong_line_names_the_option_and_the_value,
		0, LINES);
	tcase_add_test(group, a_resumed_run_keeps_what_it_is);
	tcase_add_test(group, what_does_not_go_together_is_refused);
	tcase_add_test(group, drawn_seeds_differ_and_can_be_retyped);
	return suite;
}

int
main(void)
{
	return suite_run(settings_suite());
}
