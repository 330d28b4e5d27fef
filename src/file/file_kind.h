/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Identify a file that is not a safetensors file by its first bytes, for error
 * messages.
 */
#ifndef LSTMTUI_FILE_FILE_KIND_H
#define LSTMTUI_FILE_FILE_KIND_H

#include <stddef.h>

/* Number of first bytes needed to identify a file. */
enum { FILE_KIND_BYTES = 512 };

/*
 * Return a description of a file from its first bytes[count], such as "an HDF5
 * file (Keras's .h5)", not translated; NULL if unknown.
 */
const char *file_kind(const unsigned char *bytes, size_t count);

/*
 * Return lines that tell how Python converts such a file to one that `import`
 * reads, or NULL.
 */
const char *file_kind_hint(const unsigned char *bytes, size_t count);

/* Return those for a pickle in an archive of PyTorch. */
const char *file_kind_pickle_hint(void);

#endif
