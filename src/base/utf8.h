/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Decode and encode UTF-8 and classify Unicode characters, using utf8proc.
 *
 * Valid UTF-8 is that of RFC 3629: the shortest form, no surrogates (U+D800 to
 * U+DFFF), nothing above U+10FFFF. A byte that does not begin a valid sequence
 * is invalid and counts as a unit of one byte. Functions that take a string
 * without a length read up to its '\0'.
 */
#ifndef LSTMTUI_BASE_UTF8_H
#define LSTMTUI_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	UTF8_CHARACTERS = 0x110000, /* number of code points */
	UTF8_MARK = 0xfeff,         /* the byte order mark */
	UTF8_SIZE = 5               /* buffer for a character and '\0' */
};

/* Return true for a code point up to U+10FFFF that is not a surrogate. */
bool utf8_is_character(uint32_t number);

/*
 * Decode the first character of bytes[length], length > 0. Return its size in
 * bytes, or 0 if the first byte is invalid; *character is then undefined.
 */
size_t utf8_decode(const char *bytes, size_t length, uint32_t *character);

/* Encode a character as a string. Return its size in bytes. */
size_t utf8_put(uint32_t character, char text[UTF8_SIZE]);

/* Return true if the text contains no invalid byte. */
bool utf8_is_valid(const char *text);

/*
 * Return true if bytes[length] are an incomplete character, which more bytes
 * can complete.
 */
bool utf8_is_partial(const char *bytes, size_t length);

/*
 * Return the size in bytes of the first character of a text: 1 for an invalid
 * byte, 0 at the end.
 */
size_t utf8_step(const char *text);

/*
 * Return the nearest boundary between two characters at or before offset `at`,
 * and at or after it. at is at most strlen(text).
 */
size_t utf8_before(const char *text, size_t at);
size_t utf8_after(const char *text, size_t at);

/* Return true for a control character: C0, DEL or C1. */
bool utf8_is_control(uint32_t character);

/*
 * Return true if the character is visible: assigned, not a control character,
 * not a line or paragraph separator, not default ignorable (zero width,
 * fillers, bidirectional controls, variation selectors, tags).
 */
bool utf8_is_printable(uint32_t character);

/* Return true for a letter of any script; for a letter in upper case. */
bool utf8_is_letter(uint32_t character);
bool utf8_is_capital(uint32_t character);

/* Return true for a combining mark, which belongs to the letter before it. */
bool utf8_is_combining(uint32_t character);

/* Return a letter in lower case without its accents, others unchanged. */
uint32_t utf8_base_letter(uint32_t character);

/*
 * Return the columns of a character in a terminal: 2 for East Asian wide
 * characters, 0 for marks that combine with the previous character, else 1.
 */
int utf8_width(uint32_t character);

/* Return the columns of a text; an invalid byte takes one column. */
size_t utf8_columns(const char *text);

/* Return the blanks to print after a text, so that both take the columns. */
int utf8_padding(const char *text, int columns);

/* Return the size in bytes of the longest prefix that fits the columns. */
size_t utf8_fit(const char *text, size_t columns);

/*
 * Return the bytes of the first line of a text that is wrapped to a number of
 * columns, at least 1: it ends at a blank, or beside a wide character, but not
 * before punctuation; if there is no such place, after the last character that
 * fits, at least one.
 */
size_t utf8_wrap(const char *text, size_t columns);

/* Return true if the locale's encoding is UTF-8. */
bool utf8_is_locale(void);

#endif
