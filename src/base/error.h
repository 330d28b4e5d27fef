/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Errors are values. A function that can fail takes a struct error, writes a
 * message into it and returns false (or NULL). The message is one line that
 * tells a user the cause, without the program's name and without a newline.
 * Only main and the interface print it.
 */
#ifndef LSTMTUI_BASE_ERROR_H
#define LSTMTUI_BASE_ERROR_H

#include <stdbool.h>

enum { ERROR_TEXT_SIZE = 1024 };

struct error {
	char text[ERROR_TEXT_SIZE];
	bool is_usage; /* the command line is wrong: exit status 2 */
	/*
	 * lines that help, printed after the message, each ended by a newline;
	 * static, or NULL
	 */
	const char *hint;
};

/*
 * Replace the message by a formatted one, as printf does, in the language of
 * the user: the function translates the format (base/translate.h). Characters
 * that are not printable are escaped (base/printable.h), since a file name may
 * contain any. A message that is too long loses its middle. Always return
 * false, so that a function can end in `return error_set(...)`.
 */
bool error_set(struct error *error, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Do the same for an error of usage. Return false. */
bool error_set_usage(struct error *error, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Set the hint of a message, in English; main translates it. Return false. */
bool error_set_hint(struct error *error, const char *hint);

/* Insert "PREFIX: " before the message. Return false. */
bool error_prefix(struct error *error, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Append text to the message. Return false. */
bool error_append(struct error *error, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Set the message of a failed allocation. Return false. */
bool error_out_of_memory(struct error *error);

#endif
