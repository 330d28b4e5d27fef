/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Locales created in a private folder, so that a test does not depend on the
 * locales installed: one whose decimal separator is a comma, one with an 8-bit
 * encoding, and a Chinese one.
 */
#ifndef LSTMTUI_TESTS_COMMA_LOCALE_H
#define LSTMTUI_TESTS_COMMA_LOCALE_H

#include <stdbool.h>

#include "folder.h"

struct comma_locale {
	char name[32];                    /* "LC_ALL=..." */
	char path[FOLDER_PATH_SIZE + 16]; /* "LOCPATH=..." */
	/* for a command's environment, in English; ends with NULL */
	const char *environment[4];
};

/*
 * Create the comma locale. Return false, with a line on standard output, if
 * localedef or the locale sources are missing, or if the C library does not use
 * such a locale.
 */
bool comma_locale_make(struct comma_locale *locale);

/* Create a locale in ISO-8859-1, where the bytes 0x80 to 0x9f are controls. */
bool latin_locale_make(struct comma_locale *locale);

/* Create the locale zh_CN.UTF-8. */
bool chinese_locale_make(struct comma_locale *locale);

#endif
