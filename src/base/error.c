/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/printable.h"
#include "base/translate.h"
#include "base/utf8.h"

enum {
	/* room for a message with two paths */
	LONG_SIZE = 10 * ERROR_TEXT_SIZE,
	/* bytes kept of the start of a message that is too long */
	KEPT_FIRST = ERROR_TEXT_SIZE / 2 - 8
};

/*
 * Make a text printable and copy it to the message. A text that is too long
 * loses its middle: its start names the file, its end the cause.
 */
static void
store_text(struct error *error, char text[LONG_SIZE])
{
	static const char gap[] = "...";
	size_t length, first = KEPT_FIRST, last;

	printable_replace(text, LONG_SIZE);
	length = strlen(text);
	if (length < sizeof error->text) {
		memcpy(error->text, text, length + 1);
	} else {
		last = length - (sizeof error->text - first - sizeof gap);
		first = utf8_before(text, first);
		last = utf8_after(text, last);
		snprintf(error->text, sizeof error->text, "%.*s%s%s",
			(int)first, text, gap, text + last);
	}
}

static void
set_message(struct error *error, bool is_usage, const char *format,
	va_list arguments)
{
	char text[LONG_SIZE];

	error->is_usage = is_usage;
	error->hint = NULL;
	vsnprintf(text, sizeof text, translate(format), arguments);
	store_text(error, text);
}

bool
error_set(struct error *error, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	set_message(error, false, format, arguments);
	va_end(arguments);
	return false;
}

bool
error_set_usage(struct error *error, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	set_message(error, true, format, arguments);
	va_end(arguments);
	return false;
}

bool
error_set_hint(struct error *error, const char *hint)
{
	error->hint = hint;
	return false;
}

bool
error_prefix(struct error *error, const char *format, ...)
{
	char text[LONG_SIZE];
	va_list arguments;
	size_t length;

	va_start(arguments, format);
	vsnprintf(text, sizeof text, translate(format), arguments);
	va_end(arguments);
	length = strlen(text);
	snprintf(text + length, sizeof text - length, ": %s", error->text);
	store_text(error, text);
	return false;
}

bool
error_append(struct error *error, const char *format, ...)
{
	char text[LONG_SIZE];
	va_list arguments;
	size_t length = strlen(error->text);

	memcpy(text, error->text, length);
	va_start(arguments, format);
	vsnprintf(text + length, sizeof text - length, translate(format),
		arguments);
	va_end(arguments);
	store_text(error, text);
	return false;
}

bool
error_out_of_memory(struct error *error)
{
	return error_set(error, "out of memory");
}
