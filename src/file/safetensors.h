/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Read and write safetensors files. The format: eight bytes with the header's
 * length (little-endian); a JSON object with each tensor's type, shape and
 * offsets; the tensors' bytes, contiguous and without gaps. The program's own
 * strings are in the header under "__metadata__".
 *
 * The whole file is read and checked before any of it is used: each tensor is
 * inside the file and its size matches its shape.
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
	/* maximum header length in bytes, the limit of the reference reader */
	SAFETENSORS_HEADER_MAX = 100000000
};

struct safetensors;

struct safetensors_tensor {
	const char *name;
	const char *type; /* "F32", "F64", "I64", ... */
	size_t dimensions;
	uint64_t shape[SAFETENSORS_DIMENSIONS_MAX];
	uint64_t count;            /* elements: the product of the shape */
	const unsigned char *data; /* little-endian, possibly unaligned */
	size_t bytes;
};

/*
 * Read and check a file. Return NULL, with the path and the cause in the
 * message, on failure. Release the file with safetensors_close.
 */
struct safetensors *safetensors_read(const char *path, struct error *error);

void safetensors_close(struct safetensors *file);

/* Return a tensor by name, or NULL. The tensor belongs to the file. */
const struct safetensors_tensor *
safetensors_find(const struct safetensors *file, const char *name);

/*
 * Return the number of tensors, and a tensor in the order of the file; those
 * after it follow in memory.
 */
size_t safetensors_count(const struct safetensors *file);
const struct safetensors_tensor *safetensors_at(const struct safetensors *file,
	size_t index);

/*
 * Return the exact bytes of a metadata string: the string itself if it was
 * UTF-8, otherwise its decoded bytes in text[size]. Return NULL if the string
 * is missing, or if its bytes are damaged or do not fit.
 */
const char *safetensors_metadata_bytes(const struct safetensors *file,
	const char *key, char *text, size_t size);

/* Return a metadata string, or NULL. The string belongs to the file. */
const char *safetensors_metadata(const struct safetensors *file,
	const char *key);

/* The content of a file to write. Tensors' data must outlive the writer. */
struct safetensors_writer;

/* Return an empty writer, or NULL if out of memory. */
struct safetensors_writer *safetensors_writer_new(struct error *error);
void safetensors_writer_destroy(struct safetensors_writer *writer);

/*
 * Add a metadata string of any bytes, such as a file name. If it is not UTF-8,
 * its exact bytes are added under KEY_bytes (base/exact_bytes.h). A failed
 * allocation is reported by safetensors_write.
 */
void safetensors_add_metadata(struct safetensors_writer *writer,
	const char *key, const char *value);

/*
 * Add a tensor [rows, columns], or a vector [columns] if rows is 0, of 4-byte
 * or 8-byte numbers ("F32", "F64", "U32", "U64"), in the machine's order, or,
 * after all of these, of bytes ("U8"). A failed allocation is reported by
 * safetensors_write.
 */
void safetensors_add_tensor(struct safetensors_writer *writer, const char *name,
	const char *type, size_t rows, size_t columns, const void *data);

/*
 * Write the file atomically (file/atomic_file.h). Store its stamp in *stamp if
 * stamp is not NULL. Return false, with the path and the cause in the message,
 * on failure.
 */
bool safetensors_write(const struct safetensors_writer *writer,
	const char *path, enum atomic_file_origin origin,
	struct file_stamp *stamp, struct error *error);

#endif
