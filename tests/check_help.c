/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of `lstmtui --help` and `lstmtui help`: the first screen, the topics
 * and what they contain. tests/check_manual compares the options in the help
 * with the manual.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "cli/help_topic.h"
#include "command.h"
#include "run/settings.h"
#include "suite.h"
#include "tui/actions.h"
#include "tui/view.h"
#include "tui/words.h"

enum { SCREEN_ROWS = 24, SCREEN_COLUMNS = 80 };

static const char *const commands[] = {"train", "generate", "evaluate",
	"inspect", "info", "sweep", "export", "import", "help"};

#define COUNT(list) (int)(sizeof(list) / sizeof(list)[0])

/* Return the output of a command that must succeed. Free it. */
static char *
output_of(const char *const *words)
{
	struct outcome outcome;
	char *output;

	command_run(&(struct command){.arguments = words}, &outcome);
	expect_status(&outcome, 0);
	ck_assert_str_eq(outcome.errors, "");
	output = strdup(outcome.output);
	ck_assert_ptr_nonnull(output);
	outcome_release(&outcome);
	return output;
}

static char *
topic_of(const char *name)
{
	return output_of(WORDS("help", name));
}

static void
expect_columns(const char *text)
{
	while (*text != '\0') {
		char line[512];
		size_t length = strcspn(text, "\n");

		snprintf(line, sizeof line, "%.*s", (int)length, text);
		ck_assert_msg(utf8_columns(line) <= SCREEN_COLUMNS,
			"too wide: %s", line);
		text += length + (text[length] == '\n');
	}
}

/* Whether a line begins with a label, after two blanks. */
static bool
has_row(const char *text, const char *label)
{
	size_t length = strlen(label);

	for (const char *at = text; (at = strstr(at, "\n  ")) != NULL; at++)
		if (strncmp(at + 3, label, length) == 0 &&
			strchr(" \n", at[3 + length]) != NULL)
			return true;
	return false;
}

/* Whether a text contains another one, with its lines wrapped in any way. */
static bool
has_words(const char *text, const char *words)
{
	for (const char *start = text; *start != '\0'; start++) {
		const char *a = start, *b = words;

		while (*b != '\0' && (*a == *b || (*a == '\n' && *b == ' '))) {
			if (*b == ' ')
				a += strspn(a, " \n");
			else
				a++;
			b++;
		}
		if (*b == '\0')
			return true;
	}
	return false;
}

START_TEST(the_help_of_the_program_fits_a_screen)
{
	char *help = output_of(WORDS("--help"));

	/* the shell's prompt needs a row too */
	ck_assert_uint_lt(count_lines(help), SCREEN_ROWS);
	expect_columns(help);
	for (int i = 0; i < COUNT(commands); i++)
		ck_assert_msg(has_row(help, commands[i]), "no %s", commands[i]);
	ck_assert_ptr_nonnull(strstr(help, "lstmtui help"));
	free(help);
}
END_TEST

START_TEST(help_lists_every_topic_on_a_screen)
{
	char *help = output_of(WORDS("help"));

	ck_assert_uint_lt(count_lines(help), SCREEN_ROWS);
	expect_columns(help);
	for (size_t i = 0; help_topic_list[i] != NULL; i++) {
		ck_assert_msg(has_row(help, help_topic_list[i]->name), "no %s",
			help_topic_list[i]->name);
		ck_assert(has_words(help, help_topic_list[i]->summary));
	}
	for (int i = 0; i < COUNT(commands); i++)
		ck_assert_msg(strstr(help, commands[i]) != NULL, "no %s",
			commands[i]);
	free(help);
}
END_TEST

START_TEST(every_topic_fits_the_columns_of_a_screen)
{
	for (size_t i = 0; help_topic_list[i] != NULL; i++) {
		char *help = topic_of(help_topic_list[i]->name);

		ck_assert_uint_gt(count_lines(help), 3);
		expect_columns(help);
		free(help);
	}
}
END_TEST

START_TEST(help_of_a_command_is_its_own_help)
{
	char *help = topic_of(commands[_i]);
	char *own = output_of(WORDS(commands[_i], "--help"));

	ck_assert_str_eq(help, own);
	free(help);
	free(own);
}
END_TEST

static const struct {
	const char *topic;
	const struct setting *setting;
} choices[] = {
	{"tasks", &setting_task},
	{"framings", &setting_framing},
	{"cells", &setting_cell},
	{"losses", &setting_loss},
	{"optimizers", &setting_optimizer},
};

START_TEST(a_topic_lists_the_choices_of_its_setting)
{
	char *help = topic_of(choices[_i].topic);

	for (size_t i = 0; choices[_i].setting->choices[i] != NULL; i++) {
		const struct kind *kind = choices[_i].setting->choices[i];

		ck_assert_msg(has_row(help, kind->name), "no %s", kind->name);
		ck_assert_msg(has_words(help, kind->summary), "no '%s'",
			kind->summary);
	}
	free(help);
}
END_TEST

/* A default that a choice sets is there too. */
START_TEST(a_topic_names_the_defaults_that_a_choice_sets)
{
	char *help = topic_of("optimizers");

	ck_assert(has_words(help, "--learning-rate 0.01"));
	free(help);
}
END_TEST

/* A default that some kinds set stands beside that of the others. */
START_TEST(a_topic_names_the_defaults_of_all_kinds_of_texts)
{
	char *help = topic_of("text");

	ck_assert(has_words(help, "[50; count: 100]"));
	ck_assert(has_words(help, "[never; count: line]"));
	ck_assert(has_words(help, "[1; text: 0.97]"));
	free(help);
}
END_TEST

START_TEST(an_option_is_in_the_topic_of_its_group)
{
	static const char *const topics[SETTING_GROUPS] = {
		[SETTING_OF_RUN] = "run",
		[SETTING_OF_DATA] = "data",
		[SETTING_OF_TEXT] = "text",
	};

	for (size_t i = 0; setting_list[i] != NULL; i++) {
		char label[64], *help, *all = topic_of("options");

		ck_assert_ptr_nonnull(topics[setting_list[i]->group]);
		help = topic_of(topics[setting_list[i]->group]);
		snprintf(label, sizeof label, "--%s", setting_list[i]->option);
		ck_assert_msg(has_row(help, label), "no %s", label);
		ck_assert_msg(has_row(all, label), "no %s", label);
		free(help);
		free(all);
	}
}
END_TEST

START_TEST(the_topic_keys_lists_the_actions_of_all_views)
{
	char *help = topic_of("keys");

	for (size_t i = 0; action_list[i] != NULL; i++)
		if (action_list[i]->key[0] != 0)
			ck_assert_msg(has_words(help, action_list[i]->help),
				"no '%s'", action_list[i]->help);
	for (size_t v = 0; view_list[v] != NULL; v++)
		for (size_t i = 0; view_list[v]->actions != NULL &&
			view_list[v]->actions[i] != NULL;
			i++)
			ck_assert_msg(has_words(help,
					      view_list[v]->actions[i]->help),
				"no '%s'", view_list[v]->actions[i]->help);
	free(help);
}
END_TEST

START_TEST(the_topic_words_explains_every_word)
{
	char *help = topic_of("words");

	for (size_t i = 0; i < word_count(); i++)
		ck_assert(has_row(help, word_list[i].name) &&
			has_words(help, word_list[i].text));
	free(help);
}
END_TEST

START_TEST(the_topic_files_names_the_configuration_file)
{
	struct outcome outcome;

	command_run(
		&(struct command){
			.arguments = WORDS("help", "files"),
			.environment = WORDS("XDG_CONFIG_HOME=/some/place"),
		},
		&outcome);
	expect_status(&outcome, 0);
	ck_assert_ptr_nonnull(
		strstr(outcome.output, "/some/place/lstmtui/config"));
	outcome_release(&outcome);
}
END_TEST

static const struct {
	const char *topic, *message;
} unknown[] = {
	{"tassks", "did you mean 'tasks'?"},
	{"xinspect", "did you mean 'inspect'?"},
	{"xyzzy", "'lstmtui help' lists them"},
	{"", ""},
};

START_TEST(an_unknown_topic_is_refused)
{
	struct outcome outcome;

	command_run(&(struct command){.arguments =
					      WORDS("help", unknown[_i].topic)},
		&outcome);
	expect_usage_error(&outcome, unknown[_i].message);
	ck_assert_uint_eq(count_lines(outcome.errors), 1);
	outcome_release(&outcome);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("help");
	TCase *group = suite_group(suite, "screens", SUITE_SECONDS);

	tcase_add_test(group, the_help_of_the_program_fits_a_screen);
	tcase_add_test(group, help_lists_every_topic_on_a_screen);
	tcase_add_test(group, every_topic_fits_the_columns_of_a_screen);
	suite_add_loop(group, help_of_a_command_is_its_own_help, 0,
		COUNT(commands));

	group = suite_group(suite, "topics", SUITE_SECONDS);
	suite_add_loop(group, a_topic_lists_the_choices_of_its_setting, 0,
		COUNT(choices));
	tcase_add_test(group, a_topic_names_the_defaults_that_a_choice_sets);
	tcase_add_test(group, a_topic_names_the_defaults_of_all_kinds_of_texts);
	tcase_add_test(group, an_option_is_in_the_topic_of_its_group);
	tcase_add_test(group, the_topic_keys_lists_the_actions_of_all_views);
	tcase_add_test(group, the_topic_words_explains_every_word);
	tcase_add_test(group, the_topic_files_names_the_configuration_file);
	suite_add_loop(group, an_unknown_topic_is_refused, 0, COUNT(unknown));
	return suite_run(suite);
}
