/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reading and writing safetensors files share. */
#ifndef LSTMTUI_FILE_SAFETENSORS_PRIVATE_H
#define LSTMTUI_FILE_SAFETENSORS_PRIVATE_H

#include <stddef.h>

/* Appended to a metadata key: the key of the string's exact bytes. */
#define SAFETENSORS_EXACT_SUFFIX "_bytes"

enum {
	SAFETENSORS_KEY_SIZE = 64,
	SAFETENSORS_LENGTH_BYTES = 8 /* of the header's length */
};

/* Return the size of an element of a type in bytes; 0: no such type. */
size_t safetensors_type_size(const char *type);

#endif
