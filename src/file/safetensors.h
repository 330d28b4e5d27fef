/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The safetensors format: eight bytes with the header's length (little
 * endian), a JSON object that names each tensor's type, shape and place, and
 * the tensors' bytes, one behind the other without a hole. Strings of the
 * program's own stand in the header under "__metadata__".
 *
 * A file is read whole and checked whole before anything of it is used: what
 * the reader returns is inside the file, of the size that its shape says.
 */
#ifndef LSTMTUI_FILE_SAFETENSORS_H
#define LSTMTUI_FILE_SAFETENSORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "file/atomic_file.h"

enum {
	SAFETENSORS_DIMENSIONS_MAX = 8,
	/* tensors that a message names */
	SAFETENSORS_NAMES_MAX = 6,
	SAFETENSORS_NAMES_SIZE = 512,
	/* of the header, as in the format's own reader: 100 MB */
	SAFETENSORS_HEADER_MAX = 100000000
};

struct safetensors;

struct safetensors_tensor {
	const char *name;
	const char *type; /* "F32", "F64", "I64", ... */
	size_t dimensions;
	uint64_t shape[SAFETENSORS_DIMENSIONS_MAX];
	uint64_t count;            /* of elements: the shape's product */
	const unsigned char *data; /* little-endian, maybe not aligned */
	size_t bytes;
};

/* Read and check a file. Returns NULL with path and cause in the message. */
struct safetensors *safetensors_read(const char *path, struct error *error);

void safetensors_close(struct safetensors *file);

/* A tensor by name, or NULL. It belongs to the file. */
const struct safetensors_tensor *
safetensors_find(const struct safetensors *file, const char *name);

/* "a, b, c and 7 more": the first tensors' names, in text[size]. */
void safetensors_names(const struct safetensors *file, char *text, size_t size);

/*
 * A string of the metadata as the bytes that were added: text[size] if they
 * were no UTF-8, else the string itself. NULL if it is not there, or if the
 * bytes beside it are damaged or too many.
 */
const char *safetensors_metadata_bytes(const struct safetensors *file,
	const char *key, char *text, size_t size);

/* A string of the metadata, or NULL. It belongs to the file. */
const char *safetensors_metadata(const struct safetensors *file,
	const char *key);

/* What is to be written. The tensors' data are borrowed until then. */
struct safetensors_writer;

struct safetensors_writer *safetensors_writer_new(struct error *error);
void safetensors_writer_destroy(struct safetensors_writer *writer);

/*
 * Add a string of any bytes (the name of a file: see base/exact_bytes.h; what
 * is no UTF-8 has its exact bytes under KEY_bytes) or a tensor of 4-byte or
 * 8-byte numbers ("F32", "F64", "U32", "U64"). rows 0 makes a vector of
 * `columns`. Failures are kept for the write.
 */
void safetensors_add_metadata(struct safetensors_writer *writer,
	const char *key, const char *value);
void safetensors_add_tensor(struct safetensors_writer *writer, const char *name,
	const char *type, size_t rows, size_t columns, const void *data);

/*
 * Write the file atomically; stamp, if not NULL, gets its stamp. Returns false
 * with path and cause.
 */
bool safetensors_write(const struct safetensors_writer *writer,
	const char *path, enum atomic_file_place place,
	struct file_stamp *stamp, struct error *error);

#endif
