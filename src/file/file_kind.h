/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a file is that is no safetensors file, told by its first bytes: for
 * messages that help who took a wrong file.
 */
#ifndef LSTMTUI_FILE_FILE_KIND_H
#define LSTMTUI_FILE_FILE_KIND_H

#include <stddef.h>

/* First bytes that are enough to tell. */
enum { FILE_KIND_BYTES = 512 };

/*
 * "an HDF5 file (Keras's .h5)", of the first bytes[count]; NULL where they
 * are none that is known.
 */
const char *file_kind(const unsigned char *bytes, size_t count);

#endif
