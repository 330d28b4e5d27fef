/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Decompress raw deflate data (RFC 1951), as in zip archives. Only this module
 * uses zlib, which is optional.
 */
#ifndef LSTMTUI_FILE_INFLATE_H
#define LSTMTUI_FILE_INFLATE_H

#include <stddef.h>

#include "base/error.h"

/*
 * Return the `size` bytes that packed[count] holds; the caller frees them.
 * Memory is allocated only as they appear. NULL, with the cause in the message,
 * if the data are damaged or hold another number of bytes, if out of memory, or
 * if the program was built without zlib.
 */
unsigned char *inflate_bytes(const unsigned char *packed, size_t count,
	size_t size, struct error *error);

#endif
