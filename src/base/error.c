#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A terminal must never obey what a file's name or contents say. */
static void
show_control_characters(char *text)
{
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (c < 0x20 || c == 0x7f)
			*text = '?';
		/* the second byte of U+0080..U+009F, C1 controls in UTF-8 */
		if (c == 0xc2 && (unsigned char)text[1] >= 0x80 &&
		    (unsigned char)text[1] < 0xa0) {
			text[0] = '?';
			text[1] = '?';
		}
	}
}

bool
error_set(struct error *error, const char *format, ...)
{
	va_list arguments;

	error->is_usage = false;
	va_start(arguments, format);
	vsnprintf(error->text, sizeof error->text, format, arguments);
	va_end(arguments);
	show_control_characters(error->text);
	return false;
}

bool
error_set_usage(struct error *error, const char *format, ...)
{
	va_list arguments;

	error->is_usage = true;
	va_start(arguments, format);
	vsnprintf(error->text, sizeof error->text, format, arguments);
	va_end(arguments);
	show_control_characters(error->text);
	return false;
}

bool
error_prefix(struct error *error, const char *format, ...)
{
	char message[ERROR_TEXT_SIZE];
	va_list arguments;
	size_t length;

	memcpy(message, error->text, sizeof message);
	va_start(arguments, format);
	vsnprintf(error->text, sizeof error->text, format, arguments);
	va_end(arguments);
	length = strlen(error->text);
	snprintf(error->text + length, sizeof error->text - length, ": %s",
		message);
	show_control_characters(error->text);
	return false;
}

bool
error_out_of_memory(struct error *error)
{
	return error_set(error, "out of memory");
}
