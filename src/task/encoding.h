/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The encoding of a text file: UTF-8 is decoded, others are named, so that a
 * user can be told how to convert them. Names are those of iconv.
 */
#ifndef LSTMTUI_TASK_ENCODING_H
#define LSTMTUI_TASK_ENCODING_H

#include <stddef.h>
#include <stdint.h>

enum {
	ENCODING_CHARACTERS = 0x110000, /* code points, and one more */
	ENCODING_MARK = 0xfeff          /* the byte order mark */
};

/*
 * Decode the first character of bytes[length], length > 0, as UTF-8 (RFC
 * 3629: no overlong forms, no surrogates). Returns its length in bytes, 0 if
 * there is none.
 */
size_t encoding_decode(const unsigned char *bytes, size_t length,
	uint32_t *character);

/*
 * "UTF-16" or "UTF-32" for bytes that begin with a byte order mark of these,
 * "UTF-16LE" and so on for bytes without a mark that can hardly be anything
 * else; NULL otherwise.
 */
const char *encoding_wide(const unsigned char *bytes, size_t length);

/*
 * The likely encoding of bytes that are not UTF-8: as encoding_wide, or
 * "ISO-8859-1" (Latin-1), or "WINDOWS-1252", its superset; NULL if they are
 * rather binary data, damaged UTF-8 or of another alphabet.
 */
const char *encoding_guess(const unsigned char *bytes, size_t length);

#endif
