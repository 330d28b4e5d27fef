/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Errors are values. A function that can fail takes a struct error and
 * returns false (or NULL); the message in it is one line that a user can act
 * on, without the program's name and without a newline. Only main and the
 * interface decide what to do with it.
 */
#ifndef LSTMTUI_BASE_ERROR_H
#define LSTMTUI_BASE_ERROR_H

#include <stdbool.h>

enum { ERROR_TEXT_SIZE = 1024 };

struct error {
	char text[ERROR_TEXT_SIZE];
	bool is_usage; /* the command line is wrong, not the work */
};

/*
 * Write the message, in printf's manner, in place of what was there. What is
 * not printable, as a hostile file name may hold, is shown by its number
 * (base/printable.h). A message
 * that is too long, as with the longest of paths, loses its middle.
 * Returns false, so that `return error_set(...)` reads well.
 */
bool error_set(struct error *error, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The same, for a command line that asks for the impossible. */
bool error_set_usage(struct error *error, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Put "PREFIX: " before the message that is there. Returns false. */
bool error_prefix(struct error *error, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Put more behind the message that is there. Returns false. */
bool error_append(struct error *error, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The message for memory that could not be had. Returns false. */
bool error_out_of_memory(struct error *error);

#endif
