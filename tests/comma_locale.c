#include "comma_locale.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"

#define NAME "de_DE.UTF-8"

/* Does a program that uses the locale see the comma? */
static bool
has_comma(const struct comma_locale *locale)
{
	struct outcome outcome;
	bool good;

	command_run(&(struct command){
		.program = "locale",
		.arguments = WORDS("decimal_point"),
		.environment = locale->environment,
	}, &outcome);
	good = outcome.status == 0 && strcmp(outcome.output, ",\n") == 0;
	outcome_release(&outcome);
	return good;
}

bool
comma_locale_make(struct comma_locale *locale)
{
	char folder[FOLDER_PATH_SIZE], name[FOLDER_PATH_SIZE];
	struct outcome outcome;

	folder_join(name, folder_new(folder), NAME);
	/* it warns, with a status other than 0, of what does not matter */
	command_run(&(struct command){
		.program = "localedef",
		.arguments = WORDS("-c", "-i", "de_DE", "-f", "UTF-8", name),
	}, &outcome);
	outcome_release(&outcome);
	snprintf(locale->path, sizeof locale->path, "LOCPATH=%s", folder);
	locale->environment[0] = "LC_ALL=" NAME;
	locale->environment[1] = locale->path;
	locale->environment[2] = NULL;
	if (has_comma(locale))
		return true;
	printf("not tested: no locale with a decimal comma could be made "
		"(Debian: apt-get install locales)\n");
	fflush(stdout);
	return false;
}
