/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Locales that are made in a private folder, so that a test does not depend
 * on what the machine has installed: one that writes 1,5 for 1.5, and one with
 * an encoding of 8 bits.
 */
#ifndef LSTMTUI_TESTS_COMMA_LOCALE_H
#define LSTMTUI_TESTS_COMMA_LOCALE_H

#include <stdbool.h>

#include "folder.h"

struct comma_locale {
	char name[32];                    /* "LC_ALL=..." */
	char path[FOLDER_PATH_SIZE + 16]; /* "LOCPATH=..." */
	/* for a command's environment; NULL at its end */
	const char *environment[3];
};

/*
 * Make it. Returns false, and says so on standard output, where localedef or
 * the sources of locales are missing or the C library takes none this way.
 */
bool comma_locale_make(struct comma_locale *locale);

/* The same with ISO-8859-1, where the bytes 0x80 to 0x9f are controls. */
bool latin_locale_make(struct comma_locale *locale);

#endif
