/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests that control characters and invisible characters are escaped: in file
 * names, model files and generated text; in C, UTF-8 and Latin-1 locales; on
 * standard error, standard output and the screen.
 */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/printable.h"
#include "comma_locale.h"
#include "interface.h"
#include "suite.h"

/* A Latin-1 locale, created once for all tests. */
static struct comma_locale latin;
static bool has_latin;

static void
make_latin_locale(void)
{
	has_latin = latin_locale_make(&latin);
}

/* Strings, and their escaped forms in each locale. */
static const struct {
	const char *text, *in_c, *in_utf8, *in_latin;
} samples[] = {
	{"plain ~", "plain ~", "plain ~", "plain ~"},
	{"\033[2J", "\\u{1B}[2J", "\\u{1B}[2J", "\\u{1B}[2J"},
	{"\n\r\t", "\\n\\r\\t", "\\n\\r\\t", "\\n\\r\\t"},
	{"\177", "\\u{7F}", "\\u{7F}", "\\u{7F}"},
	{"\x9b"
	 "31m",
		"\\x9B31m", "\\x9B31m", "\\u{9B}31m"},
	{"\xc2\x9b", "\\xC2\\x9B", "\\u{9B}", "\xc2\\u{9B}"},
	{"\xe4", "\\xE4", "\\xE4", "\xe4"},
	{"\xc3\xa4", "\\xC3\\xA4", "\xc3\xa4", "\xc3\xa4"},
	{"\xf0\x9f\x98\x80", "\\xF0\\x9F\\x98\\x80", "\xf0\x9f\x98\x80",
		"\xf0\\u{9F}\\u{98}\\u{80}"},
	{"\xe2\x80\xae", "\\xE2\\x80\\xAE", "\\u{202E}", "\xe2\\u{80}\xae"},
	{"\xe2\x80\x8b", "\\xE2\\x80\\x8B", "\\u{200B}", "\xe2\\u{80}\\u{8B}"},
	{"\xe2\x80\xa8", "\\xE2\\x80\\xA8", "\\u{2028}", "\xe2\\u{80}\xa8"},
	{"\xef\xbb\xbf", "\\xEF\\xBB\\xBF", "\\u{FEFF}", "\xef\xbb\xbf"},
	{"\xf3\xa0\x81\xa1", "\\xF3\\xA0\\x81\\xA1", "\\u{E0061}",
		"\xf3\xa0\\u{81}\xa1"},
	/* overlong, a surrogate, truncated */
	{"\xc0\x9b", "\\xC0\\x9B", "\\xC0\\x9B", "\xc0\\u{9B}"},
	{"\xed\xa0\x80", "\\xED\\xA0\\x80", "\\xED\\xA0\\x80",
		"\xed\xa0\\u{80}"},
	{"\xe2\x80", "\\xE2\\x80", "\\xE2\\x80", "\xe2\\u{80}"},
};

static void
expect_shown(const char *text, const char *wanted)
{
	char copy[128], *printed = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&printed, &length);

	ck_assert_str_eq(printable_copy(copy, sizeof copy, text), wanted);
	snprintf(copy, sizeof copy, "%s", text);
	printable_replace(copy, sizeof copy);
	ck_assert_str_eq(copy, wanted);
	printable_replace(copy, sizeof copy);
	ck_assert_str_eq(copy, wanted);
	ck_assert_ptr_nonnull(stream);
	printable_print(text, stream);
	fclose(stream);
	ck_assert_str_eq(printed, wanted);
	free(printed);
	/* a smaller buffer gets a prefix that never ends within an escape */
	for (size_t size = 1; size <= strlen(wanted); size++) {
		memset(copy, 'x', sizeof copy);
		snprintf(copy, sizeof copy, "%s", text);
		if (strlen(text) >= size)
			continue;
		printable_replace(copy, size);
		ck_assert_uint_lt(strlen(copy), size);
		ck_assert(strncmp(copy, wanted, strlen(copy)) == 0);
	}
}

START_TEST(characters_not_printable_in_a_locale_are_escaped)
{
	ck_assert_ptr_nonnull(setlocale(LC_CTYPE, "C"));
	expect_shown(samples[_i].text, samples[_i].in_c);
	ck_assert_ptr_nonnull(setlocale(LC_CTYPE, "C.UTF-8"));
	expect_shown(samples[_i].text, samples[_i].in_utf8);
	if (!has_latin)
		return;
	setenv("LOCPATH", strchr(latin.path, '=') + 1, 1);
	ck_assert_ptr_nonnull(setlocale(LC_CTYPE, "de_DE.ISO-8859-1"));
	expect_shown(samples[_i].text, samples[_i].in_latin);
}
END_TEST

/* A file name: U+009B as one byte and as two, ESC, a bidirectional override. */
#define HOSTILE "x\x9by\xc2\x9bz\033[2J\xe2\x80\xae"

enum { IN_C, IN_UTF8, IN_LATIN, LOCALES };

static const char *const shown[LOCALES] = {
	[IN_C] = "x\\x9By\\xC2\\x9Bz\\u{1B}[2J\\xE2\\x80\\xAE",
	[IN_UTF8] = "x\\x9By\\u{9B}z\\u{1B}[2J\\u{202E}",
	[IN_LATIN] = "x\\u{9B}y\xc2\\u{9B}z\\u{1B}[2J\xe2\\u{80}\xae",
};

/*
 * Run a command in a locale and assert that its output and error messages
 * contain no raw control character. Return false if there is no such locale.
 */
static bool
run_in(int locale, const char *const *arguments, struct outcome *outcome)
{
	if (locale == IN_LATIN && !has_latin)
		return false;
	command_run(&(struct command){.folder = folder,
			    .arguments = arguments,
			    .environment = locale == IN_LATIN
				    ? latin.environment
				    : locale == IN_UTF8
				    ? WORDS("LC_ALL=C.UTF-8")
				    : WORDS("LC_ALL=C")},
		outcome);
	ck_assert_ptr_null(strstr(outcome->errors, "\033"));
	ck_assert_ptr_null(strstr(outcome->errors, "\x9b"));
	ck_assert_ptr_null(strstr(outcome->output, "\033"));
	/* in UTF-8, 0x9b may also be part of a printable character */
	if (locale == IN_UTF8) {
		ck_assert_ptr_null(strstr(outcome->output, "x\x9b"));
		ck_assert_ptr_null(strstr(outcome->output, "\xc2\x9b"));
	} else {
		ck_assert_ptr_null(strstr(outcome->output, "\x9b"));
	}
	return true;
}

static const char *const *const naming[] = {
	WORDS("info", HOSTILE),
	WORDS("generate", HOSTILE),
	WORDS("evaluate", HOSTILE),
	WORDS("train", "--data", HOSTILE),
	WORDS("train", "--init", HOSTILE),
	WORDS("train", "--updates", "1", "--log", HOSTILE "/log"),
	WORDS("train", "--updates", "1", HOSTILE "/model"),
	WORDS("train", "--task", HOSTILE),
	WORDS("train", "--units", HOSTILE),
	WORDS("train", "--" HOSTILE),
	WORDS("generate", "--format", HOSTILE, "m"),
	WORDS("sweep", "--collect", HOSTILE),
	WORDS("sweep", "--updates", "1", "--output", HOSTILE "/dir"),
	WORDS(HOSTILE, "m", "n", "o"),
};

START_TEST(a_hostile_name_is_escaped)
{
	struct outcome outcome;

	for (int i = 0; i < LOCALES; i++) {
		if (!run_in(i, naming[_i], &outcome))
			continue;
		ck_assert_int_ne(outcome.status, 0);
		ck_assert_msg(strstr(outcome.errors, shown[i]) != NULL ||
				_i == COUNT(naming) - 1,
			"'%s' is not in '%s'", shown[i], outcome.errors);
		outcome_release(&outcome);
	}
}
END_TEST

START_TEST(strings_of_a_model_file_are_escaped)
{
	/* a valid UTF-8 name, since JSON strings must be UTF-8 */
	static const char name[] = "\xc4\x9b"
				   "d\xc2\x9b\x7f\xe2\x80\xae"
				   "\xf3\xa0\x81\xa1";
	static const char *const wanted[LOCALES] = {
		[IN_C] = "d\\xC2\\x9B\\u{7F}\\xE2\\x80\\xAE",
		[IN_UTF8] = "d\\u{9B}\\u{7F}\\u{202E}\\u{E0061}\n",
		[IN_LATIN] = "d\xc2\\u{9B}\\u{7F}\xe2\\u{80}\xae",
	};
	struct outcome outcome;
	json_t *object;

	write_here(name, "1,2\n2,3\n3,4\n");
	MUST("train", "--quiet", "--task", "points", "--data", name,
		"--updates", "1", MODEL);
	for (int i = 0; i < LOCALES; i++) {
		if (!run_in(i, WORDS("info", MODEL), &outcome))
			continue;
		ck_assert_msg(strstr(outcome.output, wanted[i]) != NULL,
			"'%s' is not in '%s'", wanted[i], outcome.output);
		outcome_release(&outcome);
		run_in(i, WORDS("info", "--json", MODEL), &outcome);
		ck_assert_ptr_nonnull(strstr(outcome.output,
			"d\\u009B\\u007F\\u202E\\uDB40\\uDC61\""));
		/* its second byte is a control in an 8-bit encoding */
		ck_assert_int_eq(strstr(outcome.output, "\xc4\x9b") != NULL,
			i == IN_UTF8);
		object = parse_object(outcome.output);
		ck_assert_ptr_nonnull(strstr(get_string(object, "data"), name));
		json_decref(object);
		outcome_release(&outcome);
	}
}
END_TEST

/* A training text with letters and characters that must be escaped. */
#define WRITTEN         \
	"a\xe2\x80\xae" \
	"b\xc2\x9b"     \
	"c\033d\x7f"    \
	"e"

static void
learn_written(const char *option)
{
	const char *words[] = {"train", "--quiet", "--seed", "1", "--task",
		"text", "--data", "text", "--units", "16", "--batch", "2",
		"--sequence-length", "12", "--learning-rate", "0.03",
		"--updates", "200", MODEL, option, NULL};

	write_here("text", WRITTEN WRITTEN WRITTEN WRITTEN WRITTEN WRITTEN);
	must_run(words);
}

static const char *const tokens[] = {NULL, "--bytes"};

/* Escaped on a terminal, with tokens of bytes too; unchanged elsewhere. */
START_TEST(generated_text_is_escaped)
{
	char *output;

	learn_written(tokens[_i]);
	output = OUTPUT_OF("generate", "--length", "12", "--temperature", "0",
		"--prime", "a", MODEL);
	ck_assert_msg(strncmp(output, WRITTEN, strlen(WRITTEN)) == 0, "%s",
		output);
	free(output);
	open_with(&(struct terminal_options){
		.command.arguments = WORDS("generate", "--length", "24",
			"--temperature", "0", "--prime", "a", MODEL),
		.command.environment = WORDS("LC_ALL=C.UTF-8"),
	});
	expect("a\\u{202E}b\\u{9B}c\\u{1B}d\\u{7F}e");
	expect_end(0);
	ck_assert_ptr_null(strstr(terminal.transcript, "\xe2\x80\xae"));
	ck_assert_ptr_null(strstr(terminal.transcript, "\x9b"));
	ck_assert_ptr_null(strstr(terminal.transcript, "\033"));
}
END_TEST

START_TEST(the_screen_shows_escaped_characters)
{
	learn_written(tokens[_i]);
	open_with(&(struct terminal_options){
		.command.arguments = WORDS(MODEL),
		.command.environment = WORDS("LC_ALL=C.UTF-8"),
		.rows = 40,
		.columns = 160,
	});
	expect("\\u{202E}b");
	ck_assert_ptr_null(strstr(terminal.transcript, "\xe2\x80\xae"));
	ck_assert_ptr_null(strstr(terminal.transcript, "\xc2\x9b"));
	leave();
}
END_TEST

/* Wide and combining characters must not displace the pane borders. */
#define WIDE_NAME "\xe6\xa8\xa1\xe5\x9e\x8b-e\xcc\x81-\xed\x95\x9c.safetensors"

START_TEST(a_name_keeps_its_columns_on_the_screen)
{
	open_with(&(struct terminal_options){
		.command.arguments = WORDS("--updates", "1", WIDE_NAME),
		.command.environment = WORDS("LC_ALL=C.UTF-8"),
		.rows = 40,
		.columns = 120,
	});
	expect("finished");
	settle();
	expect(WIDE_NAME);
	ck_assert_msg(boxes_are_whole(&terminal), "%s",
		terminal_text(&terminal));
	leave();
}
END_TEST

START_TEST(json_holds_no_control_character)
{
	json_t *object;
	char *output;

	learn_written(NULL);
	output = OUTPUT_OF("generate", "--length", "12", "--temperature", "0",
		"--prime", "a", "--format", "json", MODEL);
	ck_assert_ptr_nonnull(
		strstr(output, "a\\u202Eb\\u009Bc\\u001Bd\\u007Fe"));
	object = parse_object(output);
	ck_assert_ptr_nonnull(
		strstr(json_string_value(
			       json_array_get(json_object_get(object, "texts"),
				       0)),
			WRITTEN));
	json_decref(object);
	free(output);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("printable");
	TCase *tcase = add_screen_case(suite, "printable");

	tcase_add_unchecked_fixture(tcase, make_latin_locale, NULL);
	suite_add_loop(tcase, characters_not_printable_in_a_locale_are_escaped,
		0, COUNT(samples));
	suite_add_loop(tcase, a_hostile_name_is_escaped, 0, COUNT(naming));
	tcase_add_test(tcase, strings_of_a_model_file_are_escaped);
	suite_add_loop(tcase, generated_text_is_escaped, 0, COUNT(tokens));
	suite_add_loop(tcase, the_screen_shows_escaped_characters, 0,
		COUNT(tokens));
	tcase_add_test(tcase, a_name_keeps_its_columns_on_the_screen);
	tcase_add_test(tcase, json_holds_no_control_character);
	return suite_run(suite);
}
