/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/shell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/printable.h"

char *
shell_quoted(const char *word)
{
	static const char plain[] =
		"abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+:,./-";
	/* end the quoted string, add an escaped quote, begin another one */
	static const char quote[] = "'\\''";
	char *quoted, *end;

	if (word[0] != '\0' && word[strspn(word, plain)] == '\0')
		return memory_string(word);
	quoted = memory_new(strlen(word) + 1, sizeof quote);
	if (quoted == NULL)
		return NULL;
	end = quoted;
	*end++ = '\'';
	for (; *word != '\0'; word++)
		if (*word == '\'') {
			memcpy(end, quote, sizeof quote - 1);
			end += sizeof quote - 1;
		} else {
			*end++ = *word;
		}
	*end++ = '\'';
	*end = '\0';
	return quoted;
}

/* Return a copy of the word as "$'a\012b'", or NULL. */
static char *
escape(const char *word)
{
	enum { CODE_SIZE = 5 }; /* "\\012" */
	size_t room = (CODE_SIZE - 1) * strlen(word) + sizeof "$''";
	char *copy = memory_new(room, 1), *end = copy;

	if (copy == NULL)
		return NULL;
	end += snprintf(end, room, "$'");
	for (; *word != '\0'; word++) {
		unsigned char c = (unsigned char)*word;

		if (c == '\'' || c == '\\')
			end += snprintf(end, CODE_SIZE, "\\%c", c);
		else if (c >= ' ' && c < 0x7f)
			*end++ = (char)c;
		else
			end += snprintf(end, CODE_SIZE, "\\%03o", (unsigned)c);
	}
	*end++ = '\'';
	*end = '\0';
	return copy;
}

char *
shell_quoted_line(const char *word, bool is_shown)
{
	bool is_plain = !is_shown || printable_is_plain(word);

	return is_plain && strchr(word, '\n') == NULL ? shell_quoted(word)
						      : escape(word);
}
