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

/* Create de_DE in a character set; `keyword` of locale(1) must be `value`. */
static bool
make(struct comma_locale *locale, const char *set, const char *keyword,
	const char *value)
{
	char folder[FOLDER_PATH_SIZE], name[FOLDER_PATH_SIZE];
	struct outcome outcome;

	snprintf(locale->name, sizeof locale->name, "LC_ALL=de_DE.%s", set);
	folder_join(name, folder_new(folder), strchr(locale->name, '=') + 1);
	/* localedef warns, with a nonzero status, about harmless definitions */
	command_run(
		&(struct command){
			.program = "localedef",
			.arguments =
				WORDS("-c", "-i", "de_DE", "-f", set, name),
		},
		&outcome);
	outcome_release(&outcome);
	snprintf(locale->path, sizeof locale->path, "LOCPATH=%s", folder);
	locale->environment[0] = locale->name;
	locale->environment[1] = locale->path;
	locale->environment[2] = NULL;
	if (has(locale, keyword, value))
		return true;
	printf("not tested: no locale de_DE.%s could be made (Debian: "
	       "apt-get install locales)\n",
		set);
	fflush(stdout);
	return false;
}

bool
comma_locale_make(struct comma_locale *locale)
{
	return make(locale, "UTF-8", "decimal_point", ",\n");
}

bool
latin_locale_make(struct comma_locale *locale)
{
	return make(locale, "ISO-8859-1", "charmap", "ISO-8859-1\n");
}
