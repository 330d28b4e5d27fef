/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/translate.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* What ends a context, as in gettext's files. */
enum { CONTEXT_END = '\004' };

static const char *
without_context(const char *text)
{
	const char *end = strchr(text, CONTEXT_END);

	return end != NULL ? end + 1 : text;
}

#ifdef ENABLE_NLS
#include <libintl.h>

/* The build defines it; without, as in a test of the core, there is none. */
#ifndef LOCALEDIR
#define LOCALEDIR ""
#endif

void
translate_begin(void)
{
	const char *folder = getenv("LSTMTUI_LOCALEDIR");

	if (!utf8_is_locale() || setlocale(LC_MESSAGES, "") == NULL)
		return;
	bindtextdomain(PACKAGE, folder != NULL ? folder : LOCALEDIR);
	bind_textdomain_codeset(PACKAGE, "UTF-8");
	textdomain(PACKAGE);
}

void
translate_end(void)
{
	setlocale(LC_MESSAGES, "C");
}

const char *
translate(const char *text)
{
	const char *translated;

	/* the translation of "" is the header of the file */
	if (text == NULL || text[0] == '\0')
		return text;
	translated = gettext(text);
	return translated == text ? without_context(text) : translated;
}

const char *
translate_count(const char *one, const char *many, unsigned long long count)
{
	/* a count beyond the type has the plural of its last digits */
	const unsigned long long digits = 1000000;
	unsigned long n =
		(unsigned long)(count < 2 * digits ? count
						   : digits + count % digits);

	return ngettext(one, many, n);
}
#else
void
translate_begin(void)
{
}

void
translate_end(void)
{
}

const char *
translate(const char *text)
{
	return text != NULL ? without_context(text) : NULL;
}

const char *
translate_count(const char *one, const char *many, unsigned long long count)
{
	return count == 1 ? one : many;
}
#endif
