/*
 * The settings: what is taken, what is refused and why, and that each comes
 * back from its text as it was.
 */
#include <stdlib.h>
#include <string.h>

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
	};
	struct settings settings;
	char text[SETTINGS_TEXT_SIZE];

	settings_default(&settings);
	for (unsigned id = 0; id < SETTINGS; id++)
		if (expected[id] != NULL)
			ck_assert_str_eq(settings_format(&settings, id, text),
				expected[id]);
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
	};
	struct settings one, other;
	char text[SETTINGS_TEXT_SIZE];
	struct error error;

	settings_default(&one);
	settings_default(&other);
	for (unsigned id = 0; id < SETTINGS; id++) {
		if (texts[id] == NULL)
			continue;
		ck_assert_msg(settings_parse(&one, id, texts[id], &error),
			"%s", error.text);
		settings_format(&one, id, text);
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

/* Ask for one value on a saved run. */
static bool
resume(enum setting_id id, const char *text, struct error *error)
{
	struct settings saved, asked;

	settings_default(&saved);
	settings_default(&asked);
	if (!settings_parse(&asked, id, text, error))
		ck_abort_msg("%s", error->text);
	return settings_resume(&saved, &asked, (settings_mask)1 << id, error);
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
	settings.momentum = 0.5;
	ck_assert(!settings_complete(&settings,
		(settings_mask)1 << SETTING_MOMENTUM, &error));
	ck_assert(strstr(error.text, "sgd") != NULL);
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
	tcase_add_loop_test(group,
		values_are_taken_or_refused_with_the_cause, 0, VALUES);
	tcase_add_test(group, every_setting_comes_back_from_its_text);
	tcase_add_test(group, every_setting_says_what_it_is);
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
