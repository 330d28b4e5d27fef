/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Read an array of NumPy, the format .npy of versions 1.0 to 3.0
 * (numpy.lib.format): a magic, the version, the length of the header, a header
 * that is a literal dict of Python, and the numbers.
 */
#ifndef LSTMTUI_FILE_NPY_READER_H
#define LSTMTUI_FILE_NPY_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "file/safetensors.h"

struct npy_array {
	/* type, shape, count and data of the array; no name */
	struct safetensors_tensor tensor;
	bool is_big_endian;
	bool is_fortran; /* the first index runs fastest */
	/* strings of this many characters of 4 bytes, padded by 0; type "" */
	size_t characters;
};

/*
 * Parse the array bytes[size]. Return false, with the cause in the message, for
 * another type than numbers and strings, or if the size of the data is not that
 * of the shape.
 */
bool npy_parse(const unsigned char *bytes, size_t size, struct npy_array *array,
	struct error *error);

/*
 * Copy the numbers to to[tensor.bytes], little-endian and with the last index
 * running fastest.
 */
void npy_straighten(const struct npy_array *array, unsigned char *to);

#endif
