#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/printable.h"

bool
error_set(struct error *error, const char *format, ...)
{
	va_list arguments;

	error->is_usage = false;
	va_start(arguments, format);
	vsnprintf(error->text, sizeof error->text, format, arguments);
	va_end(arguments);
	printable(error->text);
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
	printable(error->text);
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
	printable(error->text);
	return false;
}

bool
error_out_of_memory(struct error *error)
{
	return error_set(error, "out of memory");
}
