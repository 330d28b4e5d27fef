/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/c_source.h"

#include <ctype.h>
#include <float.h>
#include <stdio.h>
#include <string.h>

enum { LINE_COLUMNS = 80, TAB_COLUMNS = 8, NUMBER_SIZE = 32 };

/* Letters of the basic character set, in every locale. */
static bool
is_name_character(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		(c >= '0' && c <= '9');
}

struct c_source
c_source_begin(struct bytes *bytes, const char *name)
{
	struct c_source source = {.bytes = bytes};
	size_t used = 0;

	/* a name that begins with '_' is reserved, with a digit invalid */
	for (; *name != '\0' && used + 1 < sizeof source.lower; name++) {
		if (used == 0 && *name >= '0' && *name <= '9')
			source.lower[used++] = 'm';
		if (is_name_character(*name))
			source.lower[used++] = *name;
		else if (used > 0 && source.lower[used - 1] != '_')
			source.lower[used++] = '_';
	}
	while (used > 0 && source.lower[used - 1] == '_')
		source.lower[--used] = '\0';
	if (used == 0)
		snprintf(source.lower, sizeof source.lower, "model");
	for (size_t i = 0; source.lower[i] != '\0'; i++) {
		source.upper[i] = (char)toupper((unsigned char)source.lower[i]);
		source.lower[i] = (char)tolower((unsigned char)source.lower[i]);
	}
	return source;
}

void
c_source_add(const struct c_source *source, const char *template)
{
	for (;;) {
		size_t plain = strcspn(template, "@$");

		bytes_add(source->bytes, template, plain);
		template += plain;
		if (*template == '\0')
			return;
		bytes_add_text(source->bytes,
			*template == '@' ? source->lower : source->upper);
		template ++;
	}
}

void
c_source_add_constant(const struct c_source *source, const char *name,
	size_t value, const char *comment)
{
	bytes_add_format(source->bytes, "\t%s_%s = %zu, /* %s */\n",
		source->upper, name, value, comment);
}

void
c_source_add_comment(const struct c_source *source, const char *text)
{
	char before = ' ';

	for (; *text != '\0'; text++) {
		char c = *text;

		if (c < ' ' || c > '~' || c == '\\' ||
			(before == '*' && c == '/') ||
			(before == '/' && c == '*') ||
			(before == '?' && c == '?'))
			c = '_';
		bytes_add(source->bytes, &c, 1);
		before = c;
	}
}

void
c_source_add_string(const struct c_source *source, const char *bytes,
	size_t count)
{
	bytes_add_text(source->bytes, "\"");
	for (size_t i = 0; i < count; i++) {
		unsigned char c = (unsigned char)bytes[i];

		/* three octal digits end before a digit; "??" is a trigraph */
		if (c == '\n')
			bytes_add_text(source->bytes, "\\n");
		else if (c == '"' || c == '\\' || c == '?')
			bytes_add_format(source->bytes, "\\%c", c);
		else if (c < ' ' || c > '~')
			bytes_add_format(source->bytes, "\\%03o", c);
		else
			bytes_add(source->bytes, &bytes[i], 1);
	}
	bytes_add_text(source->bytes, "\"");
}

/* Add a number and a comma; begin a line if it does not fit. */
static void
add_number(const struct c_source *source, const char *text, const char *suffix,
	size_t *column)
{
	/* "1" is no constant of a floating type */
	const char *point = strpbrk(text, ".e") == NULL ? ".0" : "";
	size_t length =
		strlen(text) + strlen(point) + strlen(suffix) + strlen(", ");

	if (*column + length > LINE_COLUMNS) {
		bytes_add_text(source->bytes, "\n\t");
		*column = TAB_COLUMNS;
	} else if (*column > TAB_COLUMNS) {
		bytes_add_text(source->bytes, " ");
	}
	bytes_add_format(source->bytes, "%s%s%s,", text, point, suffix);
	*column += length;
}

void
c_source_add_floats(const struct c_source *source, size_t count, size_t columns,
	const float *values)
{
	size_t column = LINE_COLUMNS;

	for (size_t i = 0; i < count; i++) {
		char text[NUMBER_SIZE];

		if (columns > 0 && i % columns == 0)
			column = LINE_COLUMNS;
		snprintf(text, sizeof text, "%.*g", FLT_DECIMAL_DIG,
			(double)values[i]);
		add_number(source, text, "f", &column);
	}
}

void
c_source_add_doubles(const struct c_source *source, size_t count,
	const double *values)
{
	size_t column = LINE_COLUMNS;

	for (size_t i = 0; i < count; i++) {
		char text[NUMBER_SIZE];

		snprintf(text, sizeof text, "%.*g", DBL_DECIMAL_DIG, values[i]);
		add_number(source, text, "", &column);
	}
}
