/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Safetensors files as the format's description has them, read and made
 * without the program's own reader and writer, so that a test can hold those
 * against it and can make files that they must refuse.
 */
#ifndef LSTMTUI_TESTS_TENSORS_H
#define LSTMTUI_TESTS_TENSORS_H

#include <jansson.h>
#include <stddef.h>

struct tensors {
	json_t *header;
	char *data; /* what stands behind the header */
	size_t length;
};

/*
 * Read a file and assert that it is laid out as the format asks: a header of
 * a multiple of eight bytes that begins with '{', tensors in the order of
 * their places, without overlap, hole or rest, each as long as its shape.
 * Release it with tensors_release.
 */
void tensors_read(struct tensors *tensors, const char *path);
void tensors_release(struct tensors *tensors);

/* Write a file: the header as it is, padded with spaces, and the data. */
void tensors_write(const struct tensors *tensors, const char *path);

/* The same with any text for a header, for what jansson would not write. */
void tensors_write_text(const struct tensors *tensors, const char *header,
	const char *path);

/* A string of the metadata; asserts that it is there. */
const char *tensors_metadata(const struct tensors *tensors, const char *key);

/*
 * A tensor's bytes and how many they are; asserts that it is there and of
 * the type ("F32", ...) where that is not NULL.
 */
void *tensors_find(const struct tensors *tensors, const char *name,
	const char *type, size_t *length);

/* An entry of the shape; 0 where it has fewer. */
size_t tensors_extent(const struct tensors *tensors, const char *name,
	size_t index);

/* Begin an empty file and append tensors to it; length in bytes. */
void tensors_begin(struct tensors *tensors);
void tensors_append(struct tensors *tensors, const char *name, const char *type,
	const json_t *shape, const void *data, size_t length);

#endif
