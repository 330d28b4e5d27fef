/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Safetensors files, read and written as the format's description says and
 * without the program's own reader and writer, so that a test can compare both
 * and can make files that the program must refuse.
 */
#ifndef LSTMTUI_TESTS_TENSORS_H
#define LSTMTUI_TESTS_TENSORS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

struct tensors {
	json_t *header;
	char *data; /* the numbers after the header, in the machine's order */
	size_t length;
	unsigned char *size; /* [sized]: at the begin of a number, its bytes */
	size_t sized;
};

/*
 * Read a file and assert that it follows the format: a header whose size is a
 * multiple of eight bytes and which begins with '{'; tensors in the order of
 * their offsets, without overlaps, gaps or trailing bytes, each as long as its
 * shape says. Release it with tensors_release.
 */
void tensors_read(struct tensors *tensors, const char *path);
void tensors_release(struct tensors *tensors);

/* Write a file: the header, padded with spaces, and the data. */
void tensors_write(const struct tensors *tensors, const char *path);

/* Write a file with any text as the header, also one jansson cannot write. */
void tensors_write_text(const struct tensors *tensors, const char *header,
	const char *path);

/* Return a string of the metadata; assert that it exists. */
const char *tensors_metadata(const struct tensors *tensors, const char *key);

/*
 * Return a tensor's numbers and the size of all in bytes. Assert that the
 * tensor exists and, unless type is NULL, that it has the type ("F32", ...).
 */
void *tensors_find(const struct tensors *tensors, const char *name,
	const char *type, size_t *length);

/*
 * Whether the little-endian floats of another file are these of a tensor, bit
 * for bit; length is the bytes of all.
 */
bool tensors_equal_floats(const void *file, const void *numbers, size_t length);

/* Return an entry of the shape, or 0 past its last one. */
size_t tensors_extent(const struct tensors *tensors, const char *name,
	size_t index);

/* Begin an empty file, and append tensors of `length` bytes to it. */
void tensors_begin(struct tensors *tensors);
void tensors_append(struct tensors *tensors, const char *name, const char *type,
	const json_t *shape, const void *data, size_t length);

#endif
