/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the manual against the program, in both directions. Options and
 * defaults come from the program's help; names and keys from its tables.
 */
#include <check.h>
#include <ctype.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "core/kernel.h"
#include "manual.h"
#include "run/settings.h"
#include "suite.h"
#include "task/task.h"
#include "tui/actions.h"
#include "tui/input.h"
#include "tui/key_name.h"
#include "tui/inside_panes.h"
#include "tui/microscope_panes.h"
#include "tui/panes.h"
#include "tui/view.h"
#include "tui/words.h"

enum { SECTIONS_MAX = 6 };

/* ---------------------------------------------------------------------- */
/* Options */

static const struct page {
	const char *command; /* NULL: the program itself */
	const char *sections[SECTIONS_MAX];
} pages[] = {
	{NULL,
		{"Options of a run", "Options of data", "Options of texts",
			"Options of training", "Options of the interface",
			"Options of every command"}},
	{"train",
		{"Options of a run", "Options of data", "Options of texts",
			"Options of training", "Options of train",
			"Options of every command"}},
	{"generate", {"Options of generate", "Options of every command"}},
	{"evaluate", {"Options of evaluate", "Options of every command"}},
	{"inspect", {"Options of inspect", "Options of every command"}},
	{"info", {"Options of info", "Options of every command"}},
	{"export", {"Options of export", "Options of every command"}},
	{"help", {"Options of every command"}},
	{"import",
		{"Options of import", "Options of a run", "Options of data",
			"Options of texts", "Options of every command"}},
	/* its own section first: some defaults differ there */
	{"sweep",
		{"Options of sweep", "Options of a run", "Options of data",
			"Options of texts", "Options of every command"}},
};

enum { PAGES = sizeof pages / sizeof pages[0] };

/* The help lists choices on lines of their own, indented by so many columns. */
enum { CHOICE_COLUMN = 31, DEFAULTS_SIZE = 256 };

/* Get the help that the program prints. The caller releases it. */
static void
read_help(const char *command, struct outcome *outcome)
{
	const char *const *words = command != NULL ? WORDS(command, "--help")
						   : WORDS("help", "options");

	command_run(&(struct command){.arguments = words}, outcome);
	expect_status(outcome, 0);
	ck_assert_msg(outcome->output_length > 0, "there is no help");
}

/* Add the options of the help, which begin a line. */
static void
add_options_of(struct names *names, const char *help)
{
	for (const char *line = help; line != NULL; line = next_line(line))
		if (begins(line, "  --"))
			add_name(names, line + 4, strcspn(line + 4, " \n"));
}

/* Add the commands of the help, listed under their heading. */
static void
add_commands_of(struct names *names, const char *help)
{
	const char *line = strstr(help, "\nCommands:\n");

	ck_assert_msg(line != NULL, "the help has no commands");
	for (line = next_line(line + 1); line != NULL && begins(line, "  ");
		line = next_line(line))
		add_name(names, line + 2, strcspn(line + 2, " \n"));
}

START_TEST(options_of_the_help_are_those_of_the_manual)
{
	const struct page *page = &pages[_i];
	struct names in_help = {0}, in_manual = {0};
	struct outcome outcome;

	read_help(page->command, &outcome);
	add_options_of(&in_help, outcome.output);
	outcome_release(&outcome);
	ck_assert_uint_gt(in_help.count, 0);
	for (int i = 0; i < SECTIONS_MAX && page->sections[i] != NULL; i++) {
		const char *end;
		const char *start = section(".Ss ", page->sections[i], &end);

		add_items(&in_manual, start, end, "Fl -");
	}
	expect_all_in(&in_help, &in_manual,
		"an option of the help, not in the manual for its command");
	expect_all_in(&in_manual, &in_help,
		"an option of the manual that is missing in the help");
}
END_TEST

/* Copy the text up to `end`, with white space collapsed to single blanks. */
static void
copy_words(char *copy, size_t size, const char *text, const char *end)
{
	size_t length = 0;

	for (; text < end; text++) {
		if (isspace((unsigned char)*text) &&
			isspace((unsigned char)text[1]))
			continue;
		ck_assert_uint_lt(length + 1, size);
		copy[length++] = *text == '\n' ? ' ' : *text;
	}
	copy[length] = '\0';
}

/*
 * Get the defaults that the help gives in brackets at the end of an option's
 * text: "10" of "[10]", or "10; text: 128,128". Return false if there are none.
 */
static bool
find_defaults(const char *line, char defaults[DEFAULTS_SIZE])
{
	const char *end = next_line(line), *open, *close;

	/* up to the next option, or the end of the list */
	while (end != NULL && !begins(end, "  --") && *end != '\n' &&
		strspn(end, " ") < CHOICE_COLUMN)
		end = next_line(end);
	open = strchr(line, '[');
	while (open != NULL && (end == NULL || open < end)) {
		close = strchr(open, ']');
		if (close == NULL)
			return false;
		if (close[1] == '\n') {
			copy_words(defaults, DEFAULTS_SIZE, open + 1, close);
			return true;
		}
		open = strchr(close, '[');
	}
	return false;
}

/* Return true at the end of a word, which a comma or a full stop may follow. */
static bool
is_word_end(const char *text)
{
	return strchr(" \n", *text) != NULL || begins(text, ".\n") ||
		begins(text, ", ") || begins(text, ",\n");
}

/* Return true if the text before `end` contains the word. */
static bool
has_word(const char *text, const char *end, const char *word)
{
	size_t length = strlen(word);

	for (; (text = strstr(text, word)) != NULL && text < end; text++)
		if (strchr(" \n", text[-1]) != NULL &&
			is_word_end(text + length))
			return true;
	return false;
}

/*
 * Assert that the sentence of the manual about an option's default contains the
 * value, and the name of the kind that has this default (NULL: all kinds).
 */
static void
expect_default(const struct page *page, const char *option, const char *value,
	const char *kind)
{
	char item[NAME_SIZE + 16];
	const char *start = NULL, *end = NULL, *sentence;

	snprintf(item, sizeof item, ".It Fl -%s", option);
	for (int i = 0;
		start == NULL && i < SECTIONS_MAX && page->sections[i] != NULL;
		i++) {
		const char *line = section(".Ss ", page->sections[i], &end);

		for (; line < end && start == NULL; line = next_line(line))
			if (begins(line, item) &&
				strchr(" \n", line[strlen(item)]) != NULL)
				start = line;
	}
	ck_assert_msg(start != NULL, "--%s is not in the manual", option);
	sentence = strstr(start, "default is");
	ck_assert_msg(sentence != NULL && sentence < end,
		"the manual has no default for --%s", option);
	end = strstr(sentence, ".\n");
	ck_assert_msg(end != NULL && has_word(sentence, end + 1, value),
		"the manual has another default for --%s than the help, "
		"which has %s",
		option, value);
	ck_assert_msg(kind == NULL || has_word(sentence, end + 1, kind),
		"the manual does not say that %s has another default for --%s",
		kind, option);
}

/*
 * Assert each part of "10; text: 128,128" that is one word. Return their
 * number.
 */
static int
expect_defaults(const struct page *page, const char *option,
	const char *defaults)
{
	int found = 0;

	while (*defaults != '\0') {
		size_t length = strcspn(defaults, ";");
		char item[NAME_SIZE], *colon, *value = item;

		snprintf(item, sizeof item, "%.*s", (int)length, defaults);
		colon = strstr(item, ": ");
		if (colon != NULL) {
			*colon = '\0';
			value = colon + 2;
		}
		if (strchr(value, ' ') == NULL) {
			expect_default(page, option, value,
				colon != NULL ? item : NULL);
			found++;
		}
		defaults += length;
		defaults += strspn(defaults, "; ");
	}
	return found;
}

START_TEST(defaults_of_the_help_are_those_of_the_manual)
{
	const struct page *page = &pages[_i];
	struct outcome outcome;
	int found = 0;

	read_help(page->command, &outcome);
	for (const char *line = outcome.output; line != NULL;
		line = next_line(line)) {
		char option[NAME_SIZE], defaults[DEFAULTS_SIZE];

		if (!begins(line, "  --") || !find_defaults(line, defaults))
			continue;
		snprintf(option, sizeof option, "%.*s",
			(int)strcspn(line + 4, " \n"), line + 4);
		found += expect_defaults(page, option, defaults);
	}
	outcome_release(&outcome);
	ck_assert_int_gt(found, 0);
}
END_TEST

/* Also in text outside the lists of options. */
START_TEST(every_option_mentioned_in_the_manual_exists)
{
	struct names in_help = {0}, in_manual = {0};

	for (size_t i = 0; i < PAGES; i++) {
		struct outcome outcome;

		read_help(pages[i].command, &outcome);
		add_options_of(&in_help, outcome.output);
		outcome_release(&outcome);
	}
	add_mentions(&in_manual, "Fl -");
	ck_assert_uint_gt(in_manual.count, 0);
	expect_all_in(&in_manual, &in_help,
		"an option of the manual that no help has");
}
END_TEST

/* The options in the manual's examples exist. */
START_TEST(every_option_in_the_examples_exists)
{
	struct names in_help = {0}, in_examples = {0};
	const char *end, *start = section(".Sh ", "EXAMPLES", &end);

	for (size_t i = 0; i < PAGES; i++) {
		struct outcome outcome;

		read_help(pages[i].command, &outcome);
		add_options_of(&in_help, outcome.output);
		outcome_release(&outcome);
	}
	for (const char *at = start;
		(at = strstr(at, " --")) != NULL && at < end; at += 3)
		add_name(&in_examples, at + 3, strcspn(at + 3, " =\n"));
	ck_assert_uint_gt(in_examples.count, 0);
	expect_all_in(&in_examples, &in_help,
		"an option of an example that no help has");
}
END_TEST

START_TEST(commands_of_the_help_are_those_of_the_manual)
{
	struct names in_help = {0}, in_manual = {0}, in_table = {0};
	const char *end, *start = section(".Sh ", "SYNOPSIS", &end);
	struct outcome outcome;

	command_run(&(struct command){.arguments = WORDS("--help")}, &outcome);
	expect_status(&outcome, 0);
	add_commands_of(&in_help, outcome.output);
	outcome_release(&outcome);
	for (const char *line = start; line != NULL && line < end;
		line = next_line(line))
		if (begins(line, ".Cm "))
			add_name(&in_manual, line + 4,
				strcspn(line + 4, " \n"));
	for (size_t i = 1; i < PAGES; i++)
		add_name(&in_table, pages[i].command, strlen(pages[i].command));
	expect_all_in(&in_help, &in_manual,
		"a command of the help that the synopsis has not");
	expect_all_in(&in_manual, &in_help,
		"a command of the synopsis that the help has not");
	expect_all_in(&in_help, &in_table, "a command that this test has not");
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Names, keys and files */

static void
add_choices_of(struct names *names, const char *help)
{
	for (const char *line = help; line != NULL; line = next_line(line))
		if (strspn(line, " ") == CHOICE_COLUMN)
			add_name(names, line + CHOICE_COLUMN,
				strcspn(line + CHOICE_COLUMN, " \n"));
}

START_TEST(choices_of_options_are_those_of_the_manual)
{
	struct names in_tables = {0}, in_help = {0}, in_manual = {0};
	const char *end, *start = section(".Sh ", "OPTIONS", &end);

	for (size_t i = 0; i < PAGES; i++) {
		struct outcome outcome;

		read_help(pages[i].command, &outcome);
		add_choices_of(&in_help, outcome.output);
		outcome_release(&outcome);
	}
	/* the help also lists choices of options that are not settings */
	for (size_t i = 0; setting_list[i] != NULL; i++) {
		const struct kind *const *kind = setting_list[i]->choices;

		for (; kind != NULL && *kind != NULL; kind++)
			add_name(&in_tables, (*kind)->name,
				strlen((*kind)->name));
	}
	add_items(&in_manual, start, end, "Cm ");
	ck_assert_uint_gt(in_tables.count, 20);
	expect_all_in(&in_tables, &in_help,
		"a name that an option takes and the help has not");
	expect_all_in(&in_help, &in_manual,
		"a name that an option takes and the manual has not");
	expect_all_in(&in_manual, &in_help,
		"a name of the manual that no option takes");
}
END_TEST

START_TEST(the_manual_names_every_kernel)
{
	struct names in_manual = {0};

	add_mentions(&in_manual, "Cm ");
	for (size_t i = 0; kernel_variant(i) != NULL; i++)
		ck_assert_msg(has_name(&in_manual, kernel_variant(i)->name),
			"%s: a kernel that the manual has not",
			kernel_variant(i)->name);
}
END_TEST

/*
 * Get the text of an item of the manual up to the next macro, with white space
 * collapsed.
 */
static void
copy_item(char *copy, size_t size, const char *item, const char *end)
{
	const char *start = next_line(item), *line = start;

	while (line != NULL && line < end && *line != '.')
		line = next_line(line);
	copy_words(copy, size, start, line != NULL ? line : end);
	if (copy[0] != '\0' && copy[strlen(copy) - 1] == ' ')
		copy[strlen(copy) - 1] = '\0';
}

START_TEST(words_of_the_help_are_those_of_the_manual)
{
	const char *end, *line = section(".Sh ", "WORDS", &end);
	size_t found = 0;

	for (; line != NULL && line < end; line = next_line(line)) {
		char name[NAME_SIZE], text[512];

		if (!begins(line, ".It Em "))
			continue;
		snprintf(name, sizeof name, "%.*s",
			(int)strcspn(line + 7, "\n"), line + 7);
		copy_item(text, sizeof text, line, end);
		ck_assert_msg(found < word_count(),
			"%s: a word that the help has not", name);
		ck_assert_str_eq(name, word_list[found].name);
		ck_assert_str_eq(text, word_list[found].text);
		found++;
	}
	ck_assert_uint_gt(found, 30);
	ck_assert_uint_eq(found, word_count());
}
END_TEST

/* Return the lines of a text that is wrapped between words. */
static int
wrapped_lines(const char *text, size_t columns)
{
	int lines = 0;

	while (*text != '\0') {
		size_t length = strlen(text);

		if (length > columns) {
			length = columns;
			while (text[length] != ' ')
				length--;
		}
		text += length;
		text += *text == ' ';
		lines++;
	}
	return lines;
}

START_TEST(a_word_is_explained_in_two_lines)
{
	for (size_t i = 0; word_list[i].name != NULL; i++) {
		const struct word *word = &word_list[i];

		ck_assert_msg(wrapped_lines(word->text, WORD_COLUMNS) <= 2,
			"%s", word->name);
		ck_assert_uint_le(strlen(word->name), 16);
		ck_assert_int_eq(word->text[strlen(word->text) - 1], '.');
		for (size_t k = 0; k < i; k++)
			ck_assert_str_ne(word->name, word_list[k].name);
	}
}
END_TEST

/* The box of the help has 66 columns and a margin of one. */
static void
expect_short_help(const struct action *const *list)
{
	for (size_t i = 0; list != NULL && list[i] != NULL; i++) {
		ck_assert_uint_lt(strlen(list[i]->shown), 10);
		ck_assert_msg(strlen(list[i]->help) <= 55, "%s", list[i]->help);
	}
}

START_TEST(the_lines_of_the_help_fit_into_their_box)
{
	expect_short_help(action_list);
	for (size_t v = 0; view_list[v] != NULL; v++) {
		const struct pane *const *panes = view_list[v]->panes;

		expect_short_help(view_list[v]->actions);
		for (size_t i = 0; panes[i] != NULL; i++)
			ck_assert_msg(panes[i]->help == NULL ||
					strlen(panes[i]->title) +
							strlen(panes[i]->help) +
							strlen(": ") <=
						65,
				"%s", panes[i]->title);
	}
}
END_TEST

/* Each key of an action has a name that finds it again, except fixed ones. */
static void
expect_key_names(const struct action *const *list)
{
	char name[KEY_NAME_SIZE];

	for (; list != NULL && *list != NULL; list++)
		for (int k = 0; k < ACTION_KEYS; k++) {
			int key = (*list)->key[k];

			if (key == 0 || key == INPUT_CONTROL_C ||
				key == INPUT_ESCAPE)
				continue;
			key_put_name(name, key);
			ck_assert_msg(key_find(name) == key, "%s: key %d, %s",
				(*list)->help, key, name);
		}
}

START_TEST(every_key_of_an_action_has_a_name)
{
	expect_key_names(action_list);
	for (size_t i = 0; view_list[i] != NULL; i++)
		expect_key_names(view_list[i]->actions);
	ck_assert_int_eq(key_find("shift-tab"), INPUT_BACKTAB);
	ck_assert_int_eq(key_find(""), 0);
	ck_assert_int_eq(key_find("\x01"), 0);
}
END_TEST

static bool
has_action(const struct view *view, const struct action *action)
{
	for (size_t i = 0; view->actions != NULL && view->actions[i] != NULL;
		i++)
		if (view->actions[i] == action)
			return true;
	return false;
}

/* Whether a view before the list's has the action too. */
static bool
is_shared(const struct action *action, const struct action *const *list)
{
	for (size_t i = 0; view_list[i] != NULL; i++) {
		if (view_list[i]->actions == list)
			return false;
		if (has_action(view_list[i], action))
			return true;
	}
	return false;
}

/* Add the names of a list, or of none: unique words of a-z and hyphens. */
static void
add_action_names(struct names *names, const struct action *const *list)
{
	const struct action *const *first = list;

	for (; list != NULL && *list != NULL; list++) {
		const char *name = (*list)->name;

		ck_assert_msg(name != NULL, "no name: %s", (*list)->help);
		ck_assert_msg(name[0] != '\0' &&
				name[strspn(name,
					"abcdefghijklmnopqrstuvwxyz-")] == '\0',
			"%s", name);
		if (is_shared(*list, first))
			continue;
		ck_assert_msg(!has_name(names, name),
			"two actions have the name %s", name);
		add_name(names, name, strlen(name));
	}
}

/* Each item is followed by the keys of its action. */
static void
expect_keys_of(const struct action *const *list, const char *start,
	const char *end)
{
	for (; list != NULL && *list != NULL; list++) {
		char item[NAME_SIZE];
		const char *line = start;

		snprintf(item, sizeof item, ".It Ic %s\n%s", (*list)->name,
			(*list)->shown);
		while (line != NULL && line < end && !begins(line, item))
			line = next_line(line);
		ck_assert_msg(line != NULL && line < end,
			"the manual has no or another key for %s",
			(*list)->name);
	}
}

START_TEST(the_manual_lists_the_names_of_the_actions)
{
	struct names in_program = {0}, in_manual = {0};
	const char *end;
	const char *start = section(".Ss ", "The configuration file", &end);

	add_action_names(&in_program, action_list);
	for (size_t i = 0; view_list[i] != NULL; i++)
		add_action_names(&in_program, view_list[i]->actions);
	expect_keys_of(action_list, start, end);
	for (size_t i = 0; view_list[i] != NULL; i++)
		expect_keys_of(view_list[i]->actions, start, end);
	add_items(&in_manual, start, end, "Ic ");
	expect_all_in(&in_program, &in_manual,
		"an action that the manual has not");
	expect_all_in(&in_manual, &in_program,
		"an action of the manual that the program has not");
}
END_TEST

/*
 * At any time a key has one action: of two actions with the same key, each must
 * have a condition under which it is refused.
 */
static void
expect_own_keys(const struct action *const *list)
{
	for (size_t i = 0; list != NULL && list[i] != NULL; i++)
		for (size_t k = 0; k < i; k++)
			for (int n = 0; n < ACTION_KEYS * ACTION_KEYS; n++) {
				const struct action *a = list[i];
				const struct action *b = list[k];
				int key = a->key[n / ACTION_KEYS];

				ck_assert_msg(key == 0 ||
						key !=
							b->key[n %
								ACTION_KEYS] ||
						(a->refuse != NULL &&
							b->refuse != NULL),
					"%s: %s, %s", a->shown, a->help,
					b->help);
			}
}

START_TEST(no_two_actions_share_a_key)
{
	expect_own_keys(action_list);
	for (size_t i = 0; view_list[i] != NULL; i++)
		expect_own_keys(view_list[i]->actions);
}
END_TEST

START_TEST(keys_of_the_program_are_those_of_the_manual)
{
	struct names in_table = {0}, in_manual = {0};
	const char *end, *start = section(".Sh ", "KEYS", &end);

	for (size_t i = 0; action_list[i] != NULL; i++)
		add_name(&in_table, action_list[i]->shown,
			strlen(action_list[i]->shown));
	add_items(&in_manual, start, end, "Ic ");
	ck_assert_uint_gt(in_table.count, 0);
	expect_all_in(&in_table, &in_manual,
		"a key that is missing in the manual");
	expect_all_in(&in_manual, &in_table,
		"a key of the manual that the program does not have");
}
END_TEST

/* The views of the inside, and their sections. */
static const struct {
	const struct view *view;
	const char *section;
} insides[] = {
	{&view_inside, "LOOKING INSIDE"},
	{&view_microscope, "TEXTS INSIDE"},
};

/* Esc is not an action: see struct view. */
START_TEST(keys_of_the_inside_views_are_those_of_the_manual)
{
	struct names in_table = {0}, in_manual = {0};
	const struct view *view = insides[_i].view;
	const char *end, *start = section(".Sh ", insides[_i].section, &end);

	for (size_t i = 0; view->actions[i] != NULL; i++)
		add_name(&in_table, view->actions[i]->shown,
			strlen(view->actions[i]->shown));
	add_name(&in_table, "Esc", 3);
	add_items(&in_manual, start, end, "Ic ");
	expect_all_in(&in_table, &in_manual,
		"a key inside that is missing in the manual");
	expect_all_in(&in_manual, &in_table,
		"a key inside of the manual that the program does not have");
}
END_TEST

START_TEST(the_manual_names_every_setting_of_the_model_file)
{
	struct names in_manual = {0};
	const char *end, *start = section(".Sh ", "FILES", &end);

	add_items(&in_manual, start, end, "Va ");
	for (size_t id = 0; setting_list[id] != NULL; id++)
		ck_assert_msg(has_name(&in_manual, setting_list[id]->key),
			"%s: in the model file, but not in the manual",
			setting_list[id]->key);
}
END_TEST

/* Add the environment variables that a source file reads. */
static void
add_variables_of(struct names *names, const char *path)
{
	static const char call[] = "getenv(\"";
	char *source = file_read(path, NULL);

	for (const char *at = source; (at = strstr(at, call)) != NULL;
		at += strlen(call))
		add_name(names, at + strlen(call),
			strcspn(at + strlen(call), "\""));
	free(source);
}

START_TEST(the_manual_names_every_environment_variable)
{
	struct names in_source = {0}, in_manual = {0};
	const char *end, *start = section(".Sh ", "ENVIRONMENT", &end);
	char pattern[FOLDER_PATH_SIZE];
	glob_t files;

	snprintf(pattern, sizeof pattern, "%s/src/*.c", getenv("TOP_SRCDIR"));
	ck_assert_int_eq(glob(pattern, 0, NULL, &files), 0);
	snprintf(pattern, sizeof pattern, "%s/src/*/*.c", getenv("TOP_SRCDIR"));
	ck_assert_int_eq(glob(pattern, GLOB_APPEND, NULL, &files), 0);
	for (size_t i = 0; i < files.gl_pathc; i++)
		add_variables_of(&in_source, files.gl_pathv[i]);
	globfree(&files);
	add_mentions_in(&in_manual, start, end, "Ev ");
	ck_assert_uint_gt(in_source.count, 0);
	expect_all_in(&in_source, &in_manual,
		"a variable that the program reads, missing in the manual");
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Format */

/* Return true if a program is found in PATH. */
static bool
is_installed(const char *program)
{
	const char *path = getenv("PATH");
	char name[FOLDER_PATH_SIZE];

	while (path != NULL && *path != '\0') {
		size_t length = strcspn(path, ":");

		snprintf(name, sizeof name, "%.*s/%s", (int)length, path,
			program);
		if (access(name, X_OK) == 0)
			return true;
		path += length + (path[length] == ':');
	}
	return false;
}

START_TEST(mandoc_has_no_complaints)
{
	struct outcome outcome;

	if (!is_installed("mandoc")) {
		printf("mandoc is not installed: the manual's form is not "
		       "checked\n");
		return;
	}
	command_run(&(struct command){.program = "mandoc",
			    .arguments =
				    WORDS("-Tlint", "-Wwarning", manual_path)},
		&outcome);
	ck_assert_msg(outcome.status == 0 && outcome.output_length == 0,
		"mandoc: status %d\n%s%s", outcome.status,
		outcome.output_length > 0 ? outcome.output : "",
		outcome.errors_length > 0 ? outcome.errors : "");
	outcome_release(&outcome);
}
END_TEST

/* ASCII can be displayed and printed everywhere. */
START_TEST(the_source_is_ascii)
{
	size_t line = 1;

	for (const char *at = manual; *at != '\0'; at++) {
		ck_assert_msg(isascii((unsigned char)*at) && *at != '\t',
			"line %zu has a character that is not plain ASCII",
			line);
		line += *at == '\n';
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("manual");
	TCase *tcase;

	tcase = suite_group(suite, "options", SUITE_SECONDS);
	tcase_add_checked_fixture(tcase, read_manual, release_manual);
	suite_add_loop(tcase, options_of_the_help_are_those_of_the_manual, 0,
		PAGES);
	suite_add_loop(tcase, defaults_of_the_help_are_those_of_the_manual, 0,
		PAGES);
	tcase_add_test(tcase, every_option_mentioned_in_the_manual_exists);
	tcase_add_test(tcase, every_option_in_the_examples_exists);
	tcase_add_test(tcase, commands_of_the_help_are_those_of_the_manual);
	tcase = suite_group(suite, "names", SUITE_SECONDS);
	tcase_add_checked_fixture(tcase, read_manual, release_manual);
	tcase_add_test(tcase, choices_of_options_are_those_of_the_manual);
	tcase_add_test(tcase, the_manual_names_every_kernel);
	tcase_add_test(tcase, words_of_the_help_are_those_of_the_manual);
	tcase_add_test(tcase, a_word_is_explained_in_two_lines);
	tcase_add_test(tcase, the_lines_of_the_help_fit_into_their_box);
	tcase_add_test(tcase, every_key_of_an_action_has_a_name);
	tcase_add_test(tcase, the_manual_lists_the_names_of_the_actions);
	tcase_add_test(tcase, no_two_actions_share_a_key);
	tcase_add_test(tcase, keys_of_the_program_are_those_of_the_manual);
	suite_add_loop(tcase, keys_of_the_inside_views_are_those_of_the_manual,
		0, (int)(sizeof insides / sizeof insides[0]));
	tcase_add_test(tcase, the_manual_names_every_setting_of_the_model_file);
	tcase_add_test(tcase, the_manual_names_every_environment_variable);
	tcase = suite_group(suite, "form", SUITE_SECONDS);
	tcase_add_checked_fixture(tcase, read_manual, release_manual);
	tcase_add_test(tcase, mandoc_has_no_complaints);
	tcase_add_test(tcase, the_source_is_ascii);
	return suite_run(suite);
}
