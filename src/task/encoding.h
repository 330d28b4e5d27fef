/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The encoding of a text file that is not UTF-8 (base/utf8.h): its name, that
 * of iconv, so that a user can be told how to convert it.
 */
#ifndef LSTMTUI_TASK_ENCODING_H
#define LSTMTUI_TASK_ENCODING_H

#include <stddef.h>

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
