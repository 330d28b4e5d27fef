/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Read a known number of bytes of a file. */
#ifndef LSTMTUI_FILE_READ_BYTES_H
#define LSTMTUI_FILE_READ_BYTES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/*
 * Read bytes[done] up to bytes[end] from a descriptor. Return false, with the
 * cause in the message, if the file ends before or cannot be read.
 */
bool read_bytes(int descriptor, unsigned char *bytes, size_t done, size_t end,
	struct error *error);

#endif
