/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Write a safetensors file: collect strings and tensors, then write them with
 * their header.
 */
#include <assert.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/byte_order.h"
#include "base/exact_bytes.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "file/safetensors.h"
#include "file/safetensors_private.h"

/* The numbers of a tensor, borrowed, in the machine's byte order. */
struct data {
	const unsigned char *numbers;
	size_t size, count; /* bytes of a number, numbers */
};

enum { PIECE_SIZE = 4096 /* bytes converted at once */ };

struct safetensors_writer {
	json_t *header, *metadata; /* metadata belongs to header */
	struct data *data;         /* [tensors] */
	size_t tensors, capacity;
	uint64_t offset; /* of the next tensor */
	bool has_failed; /* out of memory */
};

struct safetensors_writer *
safetensors_writer_new(struct error *error)
{
	struct safetensors_writer *writer = memory_new(1, sizeof *writer);

	if (writer == NULL) {
		error_out_of_memory(error);
		return NULL;
	}
	writer->header = json_object();
	writer->metadata = json_object();
	if (json_object_set_new(writer->header, "__metadata__",
		    writer->metadata) != 0) {
		error_out_of_memory(error);
		safetensors_writer_destroy(writer);
		return NULL;
	}
	return writer;
}

void
safetensors_writer_destroy(struct safetensors_writer *writer)
{
	if (writer == NULL)
		return;
	json_decref(writer->header);
	free(writer->data);
	free(writer);
}

/* Add a string and free it. NULL stands for a failed allocation. */
static void
add_string(struct safetensors_writer *writer, const char *key, char *value)
{
	json_t *string = value != NULL ? json_string(value) : NULL;

	if (json_object_set_new(writer->metadata, key, string) != 0)
		writer->has_failed = true;
	free(value);
}

void
safetensors_add_metadata(struct safetensors_writer *writer, const char *key,
	const char *value)
{
	char exact_key[SAFETENSORS_KEY_SIZE];

	add_string(writer, key, exact_bytes_show(value));
	if (utf8_is_valid(value))
		return;
	snprintf(exact_key, sizeof exact_key, "%s" SAFETENSORS_EXACT_SUFFIX,
		key);
	add_string(writer, exact_key, exact_bytes_encode(value));
}

void
safetensors_add_tensor(struct safetensors_writer *writer, const char *name,
	const char *type, size_t rows, size_t columns, const void *data)
{
	size_t count = (rows > 0 ? rows : 1) * columns;
	size_t bytes = count * safetensors_type_size(type);
	json_t *shape = rows > 0
		? json_pack("[I, I]", (json_int_t)rows, (json_int_t)columns)
		: json_pack("[I]", (json_int_t)columns);
	json_t *entry = json_pack("{s: s, s: o, s: [I, I]}", "dtype", type,
		"shape", shape, "data_offsets", (json_int_t)writer->offset,
		(json_int_t)writer->offset + (json_int_t)bytes);

	assert(safetensors_type_size(type) > 0);
	/* bytes would leave the numbers after them unaligned */
	assert(safetensors_type_size(type) == 1 || writer->offset % 4 == 0);
	if (json_object_set_new(writer->header, name, entry) != 0 ||
		!memory_grow((void **)&writer->data, &writer->capacity,
			writer->tensors + 1, sizeof *writer->data)) {
		writer->has_failed = true;
		return;
	}
	writer->data[writer->tensors++] =
		(struct data){data, safetensors_type_size(type), count};
	writer->offset += bytes;
}

/* Write the length and the header, padded to a multiple of eight bytes. */
static bool
write_header(const struct safetensors_writer *writer, struct atomic_file *file,
	struct error *error)
{
	char *text = json_dumps(writer->header, JSON_COMPACT);
	unsigned char length_bytes[SAFETENSORS_LENGTH_BYTES];
	size_t length, padding;
	bool ok;

	if (text == NULL)
		return error_out_of_memory(error);
	length = strlen(text);
	padding = (8 - length % 8) % 8;
	for (int i = 0; i < SAFETENSORS_LENGTH_BYTES; i++)
		length_bytes[i] =
			(unsigned char)((uint64_t)(length + padding) >> 8 * i);
	ok = atomic_file_write(file, length_bytes, sizeof length_bytes,
		     error) &&
		atomic_file_write(file, text, length, error) &&
		atomic_file_write(file, "        ", padding, error);
	free(text);
	return ok;
}

/* Write numbers in little-endian order. */
static bool
write_numbers(const struct data *data, struct atomic_file *file,
	struct error *error)
{
	size_t most = PIECE_SIZE / data->size, done = 0;
	unsigned char piece[PIECE_SIZE];
	bool ok = true;

	while (ok && done < data->count) {
		size_t count =
			data->count - done < most ? data->count - done : most;

		byte_order_little(piece, data->numbers + done * data->size,
			data->size, count);
		ok = atomic_file_write(file, piece, count * data->size, error);
		done += count;
	}
	return ok;
}

bool
safetensors_write(const struct safetensors_writer *writer, const char *path,
	enum atomic_file_origin origin, struct file_stamp *stamp,
	struct error *error)
{
	struct atomic_file *file;
	bool ok;

	if (writer->has_failed)
		return error_out_of_memory(error);
	file = atomic_file_open(path, origin, error);
	if (file == NULL)
		return false;
	ok = write_header(writer, file, error);
	for (size_t i = 0; ok && i < writer->tensors; i++)
		ok = write_numbers(&writer->data[i], file, error);
	if (!ok) {
		atomic_file_abandon(file);
		return false;
	}
	return atomic_file_commit(file, stamp, error);
}
