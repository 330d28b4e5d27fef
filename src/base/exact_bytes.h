/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bytes that need not be UTF-8, as names of files are, in JSON, whose strings
 * have to be. A string is kept as it is if it is UTF-8. Any other is shown in
 * one form, each byte as the character of that number (Latin-1), and kept
 * exactly in another, percent-encoded: "caf%E9".
 */
#ifndef LSTMTUI_BASE_EXACT_BYTES_H
#define LSTMTUI_BASE_EXACT_BYTES_H

#include <stdbool.h>
#include <stddef.h>

/* A copy in UTF-8 that the caller frees, by Latin-1 if need be; or NULL. */
char *exact_bytes_show(const char *text);

/*
 * A copy that the caller frees in which '%' and all but printable ASCII is
 * percent-encoded; or NULL.
 */
char *exact_bytes_encode(const char *text);

/*
 * Decode that into text[size]. Returns false if it is no such text, holds a
 * zero byte or does not fit.
 */
bool exact_bytes_decode(const char *encoded, char *text, size_t size);

#endif
