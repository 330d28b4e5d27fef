/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Target: the command line, without the command's name. Each word ends with a
 * newline or a zero byte.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"
#include "target.h"

enum { WORDS_MAX = 256 };

/* Split text[size + 1] into words, each ended by '\0'; return their number. */
static int
split(char *text, size_t size, char *words[WORDS_MAX + 1])
{
	int count = 0;

	words[count++] = "lstmtui";
	for (size_t at = 0; at < size && count < WORDS_MAX;) {
		size_t length = strcspn(text + at, "\n");

		text[at + length] = '\0';
		words[count++] = text + at;
		at += length + 1;
	}
	words[count] = NULL;
	return count;
}

/* Assert that options, written and read again, are the same. */
static void
expect_settings(const struct session_options *options)
{
	char text[SETTINGS_TEXT_SIZE], again[SETTINGS_TEXT_SIZE];
	struct settings settings;
	struct error error;

	for (size_t i = 0; setting_list[i] != NULL; i++) {
		const struct setting *setting = setting_list[i];

		if (!settings_are_given(options->given, setting))
			continue;
		settings_default(&settings);
		setting_format(setting, &options->settings, text);
		fuzz_expect(setting_parse(setting, &settings, text, &error),
			"a setting can be read as it is written");
		setting_format(setting, &settings, again);
		fuzz_expect(strcmp(text, again) == 0,
			"a setting is what was written");
	}
	settings = options->settings;
	if (!settings_complete(&settings, options->given, &error))
		fuzz_expect_refusal(&error, NULL);
}

/* Assert that an error names a word of the command line. */
static void
expect_named(const struct error *error, char **words)
{
	static const char wrong[] = "lstmtui: unknown option";

	if (strncmp(error->text, wrong, sizeof wrong - 1) != 0)
		return;
	/* unless the word itself contains that text */
	while (*++words != NULL)
		if (strncmp(*words, "lstmtui", 7) == 0)
			return;
	fuzz_expect(false, "the message names the word that is unknown");
}

bool
fuzz_options(const unsigned char *bytes, size_t size, struct error *error)
{
	char *words[WORDS_MAX + 1], *text = calloc(size + 2, 1);
	const struct command *command;
	struct arguments arguments;
	bool is_taken;
	int count;

	fuzz_expect(text != NULL, "there is memory");
	/* the corpus has options after operands */
	unsetenv("POSIXLY_CORRECT");
	memcpy(text, bytes, size);
	count = split(text, size, words);
	command = command_find(count, words);
	is_taken = options_parse(command, count, words, &arguments, error);
	if (is_taken) {
		expect_settings(&arguments.session);
	} else {
		fuzz_expect_refusal(error, NULL);
		expect_named(error, words);
	}
	free(text);
	return is_taken;
}
