/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "comma_locale.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"

/* Return true if a program that uses the locale sees the expected value. */
static bool
has(const struct comma_locale *locale, const char *keyword, const char *value)
{
	struct outcome outcome;
	bool good;

	command_run(
		&(struct command){
			.program = "locale",
			.arguments = WORDS(keyword),
			.environment = locale->environment,
		},
		&outcome);
	good = outcome.status == 0 && strcmp(outcome.output, value) == 0;
	outcome_release(&outcome);
	return good;
}

/*
 * Write the source of a locale that is like another, "de_DE", but sorts by
 * bytes: localedef takes long for the order of all characters.
 */
static void
write_source(const char *path, const char *like)
{
	static const char *const parts[] = {"CTYPE", "TIME", "NUMERIC",
		"MONETARY", "MESSAGES", "PAPER", "NAME", "ADDRESS", "TELEPHONE",
		"MEASUREMENT", "IDENTIFICATION"};
	char text[2048] = "comment_char %\nescape_char /\n"
			  "LC_COLLATE\ncopy \"POSIX\"\nEND LC_COLLATE\n";

	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		size_t length = strlen(text);

		snprintf(text + length, sizeof text - length,
			"LC_%s\ncopy \"%s\"\nEND LC_%s\n", parts[i], like,
			parts[i]);
	}
	file_write_text(path, text);
}

/*
 * Create a locale, such as de_DE, in a character set; `keyword` of locale(1)
 * must be `value`.
 */
static bool
make(struct comma_locale *locale, const char *like, const char *set,
	const char *keyword, const char *value)
{
	char folder[FOLDER_PATH_SIZE], name[FOLDER_PATH_SIZE];
	char source[FOLDER_PATH_SIZE];
	struct outcome outcome;

#ifndef __GLIBC__
	printf("not tested: locales that glibc reads from files\n");
	fflush(stdout);
	return false;
#endif
	snprintf(locale->name, sizeof locale->name, "LC_ALL=%s.%s", like, set);
	folder_join(name, folder_new(folder), strchr(locale->name, '=') + 1);
	write_source(folder_join(source, folder, "source"), like);
	/* localedef warns, with a nonzero status, about harmless definitions */
	command_run(
		&(struct command){
			.program = "localedef",
			.arguments = WORDS("-c", "-i", source, "-f", set, name),
		},
		&outcome);
	outcome_release(&outcome);
	snprintf(locale->path, sizeof locale->path, "LOCPATH=%s", folder);
	locale->environment[0] = locale->name;
	locale->environment[1] = locale->path;
	locale->environment[2] = "LANGUAGE=en";
	locale->environment[3] = NULL;
	if (has(locale, keyword, value))
		return true;
	printf("not tested: no locale %s.%s could be made (Debian: apt-get "
	       "install locales)\n",
		like, set);
	fflush(stdout);
	return false;
}

bool
comma_locale_make(struct comma_locale *locale)
{
	return make(locale, "de_DE", "UTF-8", "decimal_point", ",\n");
}

bool
latin_locale_make(struct comma_locale *locale)
{
	return make(locale, "de_DE", "ISO-8859-1", "charmap", "ISO-8859-1\n");
}

bool
chinese_locale_make(struct comma_locale *locale)
{
	return make(locale, "zh_CN", "UTF-8", "charmap", "UTF-8\n");
}
