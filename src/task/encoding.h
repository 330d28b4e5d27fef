/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Guess the encoding of a text file that is not UTF-8, for an error message
 * that tells how to convert it. Encodings have iconv's names.
 */
#ifndef LSTMTUI_TASK_ENCODING_H
#define LSTMTUI_TASK_ENCODING_H

#include <stddef.h>

/*
 * Return "UTF-16" or "UTF-32" for bytes with such a byte order mark, "UTF-16LE"
 * and so on for bytes without a mark that are almost certainly in that
 * encoding, else NULL.
 */
const char *encoding_wide(const unsigned char *bytes, size_t length);

/*
 * Return the likely encoding of bytes that are not UTF-8: a result of
 * encoding_wide, "ISO-8859-1" (Latin-1) or its superset "WINDOWS-1252"; NULL if
 * they are more likely binary data, damaged UTF-8 or another alphabet.
 */
const char *encoding_guess(const unsigned char *bytes, size_t length);

#endif
