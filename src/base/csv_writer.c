/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv_writer.h"

#include <csv.h>
#include <stdbool.h>
#include <string.h>

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool
is_plain(const char *text)
{
	size_t length = strlen(text);

	/* a '#' at the start of a row would begin a comment */
	return length > 0 && text[strcspn(text, ",\"\r\n")] == '\0' &&
		text[0] != '#' && !is_blank(text[0]) &&
		!is_blank(text[length - 1]);
}

void
csv_writer_text(FILE *stream, const char *text)
{
	if (is_plain(text))
		fputs(text, stream);
	else
		csv_fwrite(stream, text, strlen(text));
}
