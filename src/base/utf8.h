/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * UTF-8, and the properties of Unicode's characters: all by utf8proc.
 *
 * A character is encoded as RFC 3629 says: in the shortest form, no surrogate
 * (U+D800 to U+DFFF), nothing above U+10FFFF. A byte that begins no such
 * sequence is invalid. It stands for itself alone, so that whoever steps over
 * it goes on with the byte behind it. Functions that take a string without a
 * length read up to its '\0'.
 */
#ifndef LSTMTUI_BASE_UTF8_H
#define LSTMTUI_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	UTF8_CHARACTERS = 0x110000, /* from 0 on, surrogates among them */
	UTF8_MARK = 0xfeff,         /* the byte order mark */
	UTF8_SIZE = 5               /* one encoded character, and '\0' */
};

/* Whether a number is a character's: at most U+10FFFF, and no surrogate. */
bool utf8_is_character(uint32_t number);

/*
 * Decode the first character of bytes[length], length > 0. Returns its size in
 * bytes; 0 if the first byte is invalid, and *character is then none.
 */
size_t utf8_decode(const char *bytes, size_t length, uint32_t *character);

/* Encode a character as a string; returns its size in bytes. */
size_t utf8_encode(uint32_t character, char text[UTF8_SIZE]);

/* Whether the text has no invalid byte. */
bool utf8_is_valid(const char *text);

/*
 * Whether bytes[length] are the beginning of one character and more bytes
 * would complete it.
 */
bool utf8_is_partial(const char *bytes, size_t length);

/* Size of the first character of a text, or of an invalid byte; 0: the end. */
size_t utf8_step(const char *text);

/*
 * Places between two characters: the last one not beyond `at`, and the first
 * one not before it. at is at most strlen(text).
 */
size_t utf8_before(const char *text, size_t at);
size_t utf8_after(const char *text, size_t at);

/* Whether it is a control character: C0, DEL or C1. */
bool utf8_is_control(uint32_t character);

/*
 * Whether the character can be seen: assigned, no control character, no line
 * or paragraph separator, none of those that show nothing by themselves
 * (default ignorable: zero width, fillers, bidirectional controls, variation
 * selectors, tags).
 */
bool utf8_is_printable(uint32_t character);

/*
 * Columns of a character in a terminal: 2 for East Asian wide ones, 0 for
 * marks that combine with the character before them, 1 for all others.
 */
int utf8_width(uint32_t character);

/* Columns of a text; an invalid byte takes one. */
size_t utf8_columns(const char *text);

/* Size of the longest beginning of a text that fits into so many columns. */
size_t utf8_fit(const char *text, size_t columns);

/* Whether the locale's encoding is UTF-8. */
bool utf8_is_locale(void);

#endif
