/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Store strings of any bytes, such as file names, in JSON, whose strings must
 * be UTF-8. A string that is not UTF-8 has two forms: one to display, decoded
 * as Latin-1, and an exact one, percent-encoded ("caf%E9").
 */
#ifndef LSTMTUI_BASE_EXACT_BYTES_H
#define LSTMTUI_BASE_EXACT_BYTES_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Return a copy in UTF-8: the text itself if it is valid UTF-8, otherwise
 * decoded as Latin-1. The caller frees it. NULL if out of memory.
 */
char *exact_bytes_show(const char *text);

/*
 * Return a copy in which '%' and each byte that is not printable ASCII is
 * percent-encoded. The caller frees it. NULL if out of memory.
 */
char *exact_bytes_encode(const char *text);

/*
 * Decode a percent-encoded string into text[size]. Return false if it is
 * malformed, contains an encoded zero byte or does not fit.
 */
bool exact_bytes_decode(const char *encoded, char *text, size_t size);

#endif
