/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the languages: which one is chosen, that no message is missing in
 * Chinese, that nothing on the screen is left in English, that wide signs leave
 * the panes whole, and that what programs read is the same in all languages.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/kind.h"
#include "comma_locale.h"
#include "export/exporter.h"
#include "interface.h"
#include "run/settings.h"
#include "suite.h"

enum { PATH_SIZE = FOLDER_PATH_SIZE + 64 };

/* Whether the program was built with translations. */
static bool
has_languages(void)
{
	const char *builddir = getenv("TOP_BUILDDIR");
	char path[PATH_SIZE];

	snprintf(path, sizeof path, "%s/po/zh_CN/LC_MESSAGES/lstmtui.mo",
		builddir != NULL ? builddir : ".");
	if (file_exists(path))
		return true;
	printf("not tested: the languages: the program was built without "
	       "gettext (Debian: apt-get install gettext)\n");
	fflush(stdout);
	return false;
}

/* Run po/translations.sh. Return false, with a line, if gettext is missing. */
static bool
run_script(const char *action, const char *language, struct outcome *outcome)
{
	const char *source = getenv("TOP_SRCDIR");
	char script[PATH_SIZE];

	command_run(&(struct command){.program = "xgettext",
			    .arguments = WORDS("--version")},
		outcome);
	if (outcome->status != 0) {
		outcome_release(outcome);
		printf("not tested: missing translations: no xgettext (Debian: "
		       "apt-get install gettext)\n");
		fflush(stdout);
		return false;
	}
	outcome_release(outcome);
	snprintf(script, sizeof script, "%s/po/translations.sh", source);
	command_run(&(struct command){.program = script,
			    .arguments = WORDS(source, action, language)},
		outcome);
	return true;
}

static const char *const translated[] = {"zh_CN", "de"};

START_TEST(no_message_is_missing)
{
	struct outcome outcome;

	if (!run_script("--missing", translated[_i], &outcome))
		return;
	ck_assert_msg(outcome.status == 0,
		"messages without a translation: run make update-po, then "
		"translate them in po/%s.po:\n%s%s",
		translated[_i], outcome.output, outcome.errors);
	outcome_release(&outcome);
}
END_TEST

static void
get_help(const char *const *environment, const char *option,
	struct outcome *outcome)
{
	command_run(&(struct command){.arguments =
					      WORDS("train", "--help", option),
			    .environment = environment},
		outcome);
	expect_status(outcome, 0);
}

static void
expect_help(const char *const *environment, const char *text)
{
	struct outcome outcome;

	get_help(environment, NULL, &outcome);
	ck_assert_msg(strstr(outcome.output, text) != NULL,
		"%s: no '%s' in:\n%s", environment[0], text, outcome.output);
	outcome_release(&outcome);
}

#define ENGLISH "Options, with their defaults:"
#define GERMAN "Optionen"
#define CHINESE "选项"

START_TEST(the_environment_chooses_the_language)
{
	if (!has_languages())
		return;
	expect_help(WORDS("LC_ALL=C.UTF-8"), ENGLISH);
	expect_help(WORDS("LANGUAGE=de"), GERMAN);
	expect_help(WORDS("LANGUAGE=zh_CN"), CHINESE);
	expect_help(WORDS("LANGUAGE=xx:zh_CN:de"), CHINESE);
	/* these encodings lack the characters */
	expect_help(WORDS("LC_ALL=C", "LANGUAGE=zh_CN"), ENGLISH);
	expect_help(WORDS("LSTMTUI_LOCALEDIR=/nonexistent", "LANGUAGE=de"),
		ENGLISH);
}
END_TEST

START_TEST(ascii_is_english)
{
	struct outcome outcome;

	get_help(WORDS("LANGUAGE=de"), "--ascii", &outcome);
	ck_assert_ptr_nonnull(strstr(outcome.output, ENGLISH));
	outcome_release(&outcome);
}
END_TEST

START_TEST(the_locale_chooses_the_language)
{
	struct comma_locale german, chinese;
	char messages[64];

	if (!has_languages() || !comma_locale_make(&german) ||
		!chinese_locale_make(&chinese))
		return;
	expect_help(WORDS(german.name, german.path), GERMAN);
	expect_help(WORDS(chinese.name, chinese.path), CHINESE);
	snprintf(messages, sizeof messages, "LC_MESSAGES=%s",
		strchr(chinese.name, '=') + 1);
	expect_help(WORDS("LC_ALL", "LC_CTYPE=C.UTF-8", messages, chinese.path),
		CHINESE);
	expect_help(WORDS("LC_ALL", "LC_CTYPE=C", messages, chinese.path),
		ENGLISH);
	expect_help(WORDS(german.name, german.path, "LANGUAGE=zh_CN"), CHINESE);
}
END_TEST

/* Store what a command prints in a language; the folder has the model. */
static void
print_in(const char *language, const char *const *arguments,
	struct outcome *outcome)
{
	command_run(&(struct command){.arguments = arguments,
			    .environment = WORDS(language),
			    .folder = folder},
		outcome);
	expect_status(outcome, 0);
}

START_TEST(programs_read_the_same_in_every_language)
{
	const char *const *const commands[] = {
		WORDS("info", "--json", MODEL),
		WORDS("evaluate", "--json", "--count", "20", MODEL),
		WORDS("inspect", "--json", MODEL),
		WORDS("generate", "--format", "csv", MODEL),
		WORDS("generate", "--format", "json", MODEL),
		WORDS("train", "--seed", "1", "--updates", "5", "--log", "-",
			"--quiet"),
		WORDS("export", "--format", "csv", MODEL, "-"),
		WORDS("export", "--format", "c", MODEL, "-"),
		WORDS("export", "--format", "html", MODEL, "-"),
	};
	struct outcome outcome, other;

	if (!has_languages())
		return;
	print_in("LANGUAGE=de",
		WORDS("train", "--quiet", "--seed", "1", "--updates", "5",
			MODEL),
		&outcome);
	outcome_release(&outcome);
	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
		print_in("LANGUAGE=en", commands[i], &outcome);
		print_in("LANGUAGE=zh_CN", commands[i], &other);
		ck_assert_msg(strcmp(outcome.output, other.output) == 0,
			"%s differs in Chinese:\n%s\n%s", commands[i][0],
			outcome.output, other.output);
		outcome_release(&outcome);
		outcome_release(&other);
	}
}
END_TEST

START_TEST(a_failure_is_one_line_in_every_language)
{
	static const char *const languages[] = {"LANGUAGE=de",
		"LANGUAGE=zh_CN"};
	struct outcome outcome;

	if (!has_languages())
		return;
	for (size_t i = 0; i < 2; i++) {
		command_run(&(struct command){.environment =
						      WORDS(languages[i]),
				    .arguments =
					    WORDS("train", "--units", "0")},
			&outcome);
		expect_usage_error(&outcome, "--units");
		ck_assert_ptr_null(strstr(outcome.errors, "number of units"));
		outcome_release(&outcome);
	}
}
END_TEST

/* ---------------------------------------------------------------------- */

/* Open the interface in a language, paused. */
static void
open_in(const char *const *environment, const char *const *arguments)
{
	open_with(&(struct terminal_options){
		.command = {.environment = environment, .arguments = arguments},
	});
	while (terminal.frames == 0)
		ck_assert(terminal_pump(&terminal, LIMIT_MS));
	press(" ");
	settle();
	press_and_settle("9s");
}

/* Assert that each pane is whole or, if there is a dialog, that it is. */
static void
expect_whole(const char *what, bool is_dialog)
{
	ck_assert_int_eq(terminal.is_over, false);
	if (is_dialog && (terminal.rows < 12 || terminal.columns < 40))
		return;
	ck_assert_msg(is_dialog ? box_is_in_the_middle(&terminal)
				: boxes_are_whole(&terminal),
		"%s, %d x %d:\n%s", what, terminal.columns, terminal.rows,
		terminal_text(&terminal));
}

/* The keys of the screens: of the main view, and each from there and back. */
static const struct {
	const char *name, *keys, *back;
	bool is_dialog;
} screens[] = {
	{"main", "", "", false},
	{"pane", KEY_TAB, KEY_ESCAPE, false},
	{"steps", KEY_TAB KEY_TAB KEY_TAB, KEY_ESCAPE, false},
	{"keys", "?", KEY_ESCAPE, true},
	{"panes", "?" KEY_RIGHT, KEY_ESCAPE, true},
	{"words", "?" KEY_RIGHT KEY_RIGHT, KEY_ESCAPE, true},
	{"form", "n", KEY_ESCAPE, true},
	{"export", "E", KEY_ESCAPE, true},
	{"inside", "i", "i", false},
	{"extend", "e", KEY_ESCAPE, true},
	{"question", "R", KEY_ESCAPE, true},
};

enum { SCREENS = sizeof screens / sizeof screens[0] };

static void
see_sizes(int step)
{
	for (int s = 0; s < SCREENS; s++) {
		terminal_resize(&terminal, 30, 100);
		settle();
		if (screens[s].keys[0] != '\0')
			press_and_settle(screens[s].keys);
		for (int rows = 1; rows <= 60; rows += step)
			for (int columns = 1 + rows % 5; columns <= 200;
				columns += columns < 30 ? 2 * step : 5 * step) {
				terminal_resize(&terminal, rows, columns);
				settle();
				expect_whole(screens[s].name,
					screens[s].is_dialog);
			}
		if (screens[s].back[0] != '\0')
			press_and_settle(screens[s].back);
	}
}

/* The long form, LSTMTUI_LANGUAGE_SIZES=1 (make languages), has all sizes. */
START_TEST(wide_signs_leave_the_boxes_whole_at_every_size)
{
	const char *step = getenv("LSTMTUI_LANGUAGE_SIZES");

	if (!has_languages())
		return;
	open_in(WORDS("LANGUAGE=zh_CN"), WORDS("--seed", "1"));
	see_sizes(step != NULL ? atoi(step) : 17);
	leave();
}
END_TEST

START_TEST(the_screens_of_texts_are_whole_in_chinese)
{
	static const int sizes[][2] = {{24, 80}, {30, 100}, {40, 120}, {12, 40},
		{9, 33}, {50, 161}};

	if (!has_languages())
		return;
	open_in(WORDS("LANGUAGE=zh_CN"),
		WORDS("--seed", "1", "--task", "count", "--units", "8"));
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		terminal_resize(&terminal, sizes[i][0], sizes[i][1]);
		settle();
		expect_whole("text", false);
		press_and_settle("i");
		expect_whole("text inside", false);
		press_and_settle("i");
	}
	leave();
}
END_TEST

/* ---------------------------------------------------------------------- */

/* Make the catalogue whose signs are wide; false: gettext is missing. */
static bool
make_pseudo(char variable[PATH_SIZE])
{
	char base[FOLDER_PATH_SIZE], path[PATH_SIZE], out[PATH_SIZE];
	struct outcome outcome;

	if (!has_languages() || !run_script("--pseudo", NULL, &outcome))
		return false;
	folder_new(base);
	snprintf(path, sizeof path, "%s/pseudo.po", base);
	file_write_text(path, outcome.output);
	outcome_release(&outcome);
	snprintf(out, sizeof out, "%s/xx", base);
	ck_assert_int_eq(mkdir(out, 0777), 0);
	snprintf(out, sizeof out, "%s/xx/LC_MESSAGES", base);
	ck_assert_int_eq(mkdir(out, 0777), 0);
	snprintf(out, sizeof out, "%s/xx/LC_MESSAGES/lstmtui.mo", base);
	command_run(&(struct command){.program = "msgfmt",
			    .arguments = WORDS("-o", out, path)},
		&outcome);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
	snprintf(variable, PATH_SIZE, "LSTMTUI_LOCALEDIR=%s", base);
	return true;
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Whether a word is a name, which is not translated. */
static bool
is_name(const char *word, size_t length)
{
	static const char *const names[] = {"lstmtui", "OPTION", "MODEL", "OUT",
		"Space", "Left", "Right", "Up", "Down", "PgUp", "PgDn", "Esc",
		"Enter", "Tab", "Home", "End", "Shift", "Ctrl", "Backspace",
		"Dense", "man", "tanh", "lstm", "dense", "kernel", "recurrent",
		"bias", "log", "LSTM", "GRU", "before"};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strlen(names[i]) == length &&
			strncmp(names[i], word, length) == 0)
			return true;
	/* of the task count */
	if (strspn(word, "abc") >= length)
		return true;
	for (size_t i = 0; exporter_list[i] != NULL; i++)
		if (strlen(exporter_list[i]->name) == length &&
			strncmp(exporter_list[i]->name, word, length) == 0)
			return true;
	for (size_t i = 0; setting_list[i] != NULL; i++) {
		const struct kind *const *kinds = setting_list[i]->choices;

		if (strlen(setting_list[i]->option) == length &&
			strncmp(setting_list[i]->option, word, length) == 0)
			return true;
		for (; kinds != NULL && *kinds != NULL; kinds++)
			if (strlen((*kinds)->name) == length &&
				strncmp((*kinds)->name, word, length) == 0)
				return true;
	}
	return false;
}

/* Assert that a text of the pseudo language has no English words. */
static void
expect_no_english(const char *name, const char *text)
{
	const char *at = text;
	char found[TEXT_SIZE] = "";

	while (*at != '\0') {
		size_t length = 0;

		/* an option, with its dashes, or a number */
		while (is_letter(at[length]) ||
			(length > 0 && at[length] == '-'))
			length++;
		if (length == 0) {
			at++;
			continue;
		}
		while (at[length - 1] == '-')
			length--;
		if (length > 2 && (at == text || at[-1] != '-') &&
			!is_name(at, length)) {
			size_t used = strlen(found);

			snprintf(found + used, sizeof found - used, " %.*s",
				(int)length, at);
		}
		at += length;
	}
	ck_assert_msg(found[0] == '\0', "%s: not translated:%s\n%s", name,
		found, text);
}

START_TEST(nothing_on_the_screen_is_left_in_english)
{
	static char variable[PATH_SIZE];

	if (!make_pseudo(variable))
		return;
	open_in(WORDS(variable, "LANGUAGE=xx"), WORDS("--seed", "1"));
	terminal_resize(&terminal, 60, 200);
	settle();
	for (int s = 0; s < SCREENS; s++) {
		if (screens[s].keys[0] != '\0')
			press_and_settle(screens[s].keys);
		expect_no_english(screens[s].name, terminal_text(&terminal));
		expect_whole(screens[s].name, screens[s].is_dialog);
		if (screens[s].back[0] != '\0')
			press_and_settle(screens[s].back);
	}
	leave();
}
END_TEST

/* The screens of a run with other options, and the keys that show them. */
static const struct {
	const char *const *arguments;
	const char *keys;
} others[] = {
	{WORDS("--seed", "1", "--task", "count", "--units", "8"), ""},
	{WORDS("--seed", "1", "--task", "count", "--units", "8"), "i"},
	{WORDS("--seed", "1", "--task", "count", "--units", "8"), "f"},
	{WORDS("--seed", "1", "--task", "star", "--framing", "sequence",
		 "--units", "8,8", "--cell", "gru"),
		"i"},
	{WORDS("--seed", "1", "--loss", "mixture", "--framing", "sequence"),
		"m"},
	{WORDS("--seed", "1", "--tour"), ""},
};

START_TEST(nothing_in_other_views_is_left_in_english)
{
	static char variable[PATH_SIZE];

	if (!make_pseudo(variable))
		return;
	open_with(&(struct terminal_options){
		.rows = 50,
		.columns = 160,
		.command = {.environment = WORDS(variable, "LANGUAGE=xx"),
			.arguments = others[_i].arguments},
	});
	while (terminal.frames == 0)
		ck_assert(terminal_pump(&terminal, LIMIT_MS));
	press(" ");
	settle();
	press_and_settle("9s");
	if (others[_i].keys[0] != '\0')
		press_and_settle(others[_i].keys);
	expect_no_english(others[_i].keys, terminal_text(&terminal));
	expect_whole(others[_i].keys, false);
}
END_TEST

static void
add_languages(Suite *suite)
{
	TCase *tcase = add_case(suite, "choice");

	suite_add_loop(tcase, no_message_is_missing, 0,
		sizeof translated / sizeof translated[0]);
	tcase_add_test(tcase, the_environment_chooses_the_language);
	tcase_add_test(tcase, ascii_is_english);
	tcase_add_test(tcase, the_locale_chooses_the_language);
	tcase_add_test(tcase, programs_read_the_same_in_every_language);
	tcase_add_test(tcase, a_failure_is_one_line_in_every_language);
	tcase = add_screen_case(suite, "screens");
	tcase_add_test(tcase, wide_signs_leave_the_boxes_whole_at_every_size);
	tcase_add_test(tcase, the_screens_of_texts_are_whole_in_chinese);
	tcase_add_test(tcase, nothing_on_the_screen_is_left_in_english);
	suite_add_loop(tcase, nothing_in_other_views_is_left_in_english, 0,
		sizeof others / sizeof others[0]);
}

int
main(void)
{
	Suite *suite = suite_create("language");

	add_languages(suite);
	return suite_run(suite);
}
