/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Show text from outside (names of files, a file's contents, characters of a
 * text) on a terminal without letting the terminal obey it, and without
 * hiding a part of it.
 *
 * Printable is a character that is valid in the locale's encoding and
 * that utf8_is_printable takes; in an encoding other than UTF-8 the C library
 * has to take it too. All else is shown by its number: a character as \u{202E},
 * a byte that belongs to none as \x9B, and \n, \r and \t as in C. What is
 * shown is itself printable, so that showing it again changes nothing.
 */
#ifndef LSTMTUI_BASE_PRINTABLE_H
#define LSTMTUI_BASE_PRINTABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Room for one character as it is shown, with '\0'. */
enum { PRINTABLE_SIZE = 17 };

/*
 * The first character of text[length], length > 0, as it is to be shown.
 * Returns the bytes of it, at least 1.
 */
size_t printable_next(const char *text, size_t length,
	char shown[PRINTABLE_SIZE]);

/*
 * Whether bytes[length] are the beginning of a character of the locale's
 * encoding that more bytes would complete.
 */
bool printable_is_partial(const char *bytes, size_t length);

/* Whether all of the text is printable. */
bool printable_is_plain(const char *text);

/* Copy as much of the text as fits, as it is to be shown; returns copy. */
const char *printable_copy(char *copy, size_t size, const char *text);

/* The same, in the text's own place of `size` bytes. */
void printable_replace(char *text, size_t size);

/* Write all of the text to a stream. */
void printable_print(const char *text, FILE *stream);

#endif
