/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Escape untrusted text (file names, file contents, characters of a training
 * text) before it goes to a terminal, so that it cannot contain control
 * sequences or invisible characters.
 *
 * A character is printable if it is valid in the locale's encoding and
 * utf8_is_printable accepts it; in an encoding other than UTF-8, iswprint must
 * accept it too. Any other character is written by its number as \u{202E}, a
 * byte of an invalid sequence as \x9B, and line feed, carriage return and tab
 * as \n, \r and \t. The escaped text is printable: escaping it again does not
 * change it.
 */
#ifndef LSTMTUI_BASE_PRINTABLE_H
#define LSTMTUI_BASE_PRINTABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Size of a buffer for one escaped character, with '\0'. */
enum { PRINTABLE_SIZE = 17 };

/*
 * Escape the first character of text[length], length > 0, into `escaped`.
 * Return the number of bytes read from text, at least 1.
 */
size_t printable_next(const char *text, size_t length,
	char escaped[PRINTABLE_SIZE]);

/*
 * Return true if bytes[length] are an incomplete character of the locale's
 * encoding, which more bytes can complete.
 */
bool printable_is_partial(const char *bytes, size_t length);

/* Return true if escaping does not change the text. */
bool printable_is_plain(const char *text);

/*
 * Escape the text into copy[size], up to the last whole character that fits.
 * Return copy.
 */
const char *printable_copy(char *copy, size_t size, const char *text);

/*
 * Escape the text in place in its buffer of `size` bytes. The end is cut off
 * if it does not fit.
 */
void printable_replace(char *text, size_t size);

/* Escape the text and write it to a stream. */
void printable_print(const char *text, FILE *stream);

#endif
