/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/safetensors.h"

#include <assert.h>
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/exact_bytes.h"
#include "base/memory.h"
#include "base/regular_file.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "file/file_kind.h"
#include "file/read_bytes.h"
#include "file/safetensors_private.h"

_Static_assert(sizeof(float) == 4 && sizeof(double) == 8,
	"F32 and F64 are copied into floats and doubles");

struct safetensors {
	unsigned char *bytes; /* the whole file */
	size_t size;
	size_t data; /* offset of the tensors' bytes */
	json_t *header;
	size_t tensors;
	struct safetensors_tensor *tensor; /* [tensors], ordered by offset */
};

static const struct {
	const char *name;
	size_t size;
} types[] = {
	{"F64", 8},
	{"F32", 4},
	{"F16", 2},
	{"BF16", 2},
	{"I64", 8},
	{"U64", 8},
	{"I32", 4},
	{"U32", 4},
	{"I16", 2},
	{"U16", 2},
	{"I8", 1},
	{"U8", 1},
	{"BOOL", 1},
	{"F8_E4M3", 1},
	{"F8_E5M2", 1},
};

size_t
safetensors_type_size(const char *type)
{
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (strcmp(types[i].name, type) == 0)
			return types[i].size;
	return 0;
}

/* Return the header's length from the first bytes. */
static uint64_t
header_length(const unsigned char *bytes)
{
	uint64_t length = 0;

	for (int i = SAFETENSORS_LENGTH_BYTES - 1; i >= 0; i--)
		length = length << 8 | bytes[i];
	return length;
}

/* Check that the first bytes are those of a safetensors file. */
static bool
check_kind(const unsigned char *bytes, size_t count, struct error *error)
{
	const char *kind;

	if (count > SAFETENSORS_LENGTH_BYTES &&
		bytes[SAFETENSORS_LENGTH_BYTES] == '{' &&
		header_length(bytes) <= SAFETENSORS_HEADER_MAX)
		return true;
	kind = file_kind(bytes, count);
	if (kind != NULL)
		return error_set(error, "not a model file but %s", _(kind));
	if (count < SAFETENSORS_LENGTH_BYTES)
		return error_set(error,
			"not a model file: it has only %zu "
			"bytes",
			count);
	if (header_length(bytes) > SAFETENSORS_HEADER_MAX)
		return error_set(error,
			"not a model file: invalid header length");
	return error_set(error,
		"not a model file: its header is not a JSON object");
}

/*
 * Read the file's bytes. Check the first ones before allocating memory for all
 * of them.
 */
static bool
read_file(struct safetensors *file, int descriptor, struct error *error)
{
	unsigned char head[FILE_KIND_BYTES];
	struct stat status;
	size_t first;

	if (fstat(descriptor, &status) != 0)
		return error_set(error, "%s", strerror(errno));
	file->size = (size_t)status.st_size;
	first = file->size < sizeof head ? file->size : sizeof head;
	if (!read_bytes(descriptor, head, 0, first, error) ||
		!check_kind(head, first, error))
		return false;
	file->bytes = memory_new(file->size, 1);
	if (file->bytes == NULL)
		return error_out_of_memory(error);
	memcpy(file->bytes, head, first);
	return read_bytes(descriptor, file->bytes, first, file->size, error);
}

static bool
parse_header(struct safetensors *file, struct error *error)
{
	uint64_t length = header_length(file->bytes);
	json_error_t json_error;

	if (length > file->size - SAFETENSORS_LENGTH_BYTES)
		return error_set(error,
			"damaged: the header has %llu bytes, "
			"the file only %zu",
			(unsigned long long)length, file->size);
	file->data = SAFETENSORS_LENGTH_BYTES + (size_t)length;
	file->header =
		json_loadb((const char *)file->bytes + SAFETENSORS_LENGTH_BYTES,
			(size_t)length, JSON_REJECT_DUPLICATES, &json_error);
	if (file->header == NULL)
		return error_set(error, "damaged: header: %s at byte %d",
			json_error.text, json_error.position);
	return true;
}

/* Parse the shape. Check that the number of elements does not overflow. */
static bool
parse_shape(struct safetensors_tensor *tensor, const json_t *shape,
	struct error *error)
{
	size_t i;
	json_t *extent;

	if (!json_is_array(shape) ||
		json_array_size(shape) > SAFETENSORS_DIMENSIONS_MAX)
		return error_set(error,
			"its shape is not a list of at most %d numbers",
			SAFETENSORS_DIMENSIONS_MAX);
	tensor->dimensions = json_array_size(shape);
	tensor->count = 1;
	json_array_foreach(shape, i, extent)
	{
		size_t count;

		if (!json_is_integer(extent) || json_integer_value(extent) < 0)
			return error_set(error, "its shape is wrong");
		tensor->shape[i] = (uint64_t)json_integer_value(extent);
		if (!memory_product((size_t)tensor->count,
			    (size_t)tensor->shape[i], &count))
			return error_set(error, "its shape is too large");
		tensor->count = count;
	}
	return true;
}

/* Parse one entry of the header. Check it against the file's size. */
static bool
parse_tensor(const struct safetensors *file, struct safetensors_tensor *tensor,
	const json_t *entry, struct error *error)
{
	const json_t *offsets = json_object_get(entry, "data_offsets");
	json_t *first = json_array_get(offsets, 0);
	json_t *last = json_array_get(offsets, 1);
	json_int_t begin, end;
	size_t bytes;

	tensor->type = json_string_value(json_object_get(entry, "dtype"));
	if (tensor->type == NULL || safetensors_type_size(tensor->type) == 0)
		return error_set(error, "its type is unknown");
	if (!parse_shape(tensor, json_object_get(entry, "shape"), error))
		return false;
	if (json_array_size(offsets) != 2 || !json_is_integer(first) ||
		!json_is_integer(last))
		return error_set(error, "its offsets are missing");
	begin = json_integer_value(first);
	end = json_integer_value(last);
	if (begin < 0 || end < begin || (uint64_t)end > file->size - file->data)
		return error_set(error, "its offsets are outside the file");
	tensor->bytes = (size_t)(end - begin);
	if (!memory_product((size_t)tensor->count,
		    safetensors_type_size(tensor->type), &bytes) ||
		bytes != tensor->bytes)
		return error_set(error, "its offsets do not match its shape");
	tensor->data = file->bytes + file->data + begin;
	return true;
}

static int
compare_offsets(const void *a, const void *b)
{
	const struct safetensors_tensor *left = a, *right = b;

	if (left->data != right->data)
		return left->data < right->data ? -1 : 1;
	return (left->bytes > right->bytes) - (left->bytes < right->bytes);
}

static bool
parse_tensors(struct safetensors *file, struct error *error)
{
	const unsigned char *end = file->bytes + file->data;
	const char *name;
	json_t *entry;

	file->tensor = memory_new(json_object_size(file->header),
		sizeof *file->tensor);
	if (file->tensor == NULL)
		return error_out_of_memory(error);
	json_object_foreach(file->header, name, entry)
	{
		struct safetensors_tensor *tensor =
			&file->tensor[file->tensors];

		if (strcmp(name, "__metadata__") == 0)
			continue;
		tensor->name = name;
		if (!parse_tensor(file, tensor, entry, error))
			return error_prefix(error, "damaged: tensor '%.80s'",
				name);
		file->tensors++;
	}
	qsort(file->tensor, file->tensors, sizeof *file->tensor,
		compare_offsets);
	for (size_t i = 0; i < file->tensors; i++) {
		if (file->tensor[i].data != end)
			return error_set(error, "damaged: tensor '%.80s' %s",
				file->tensor[i].name,
				file->tensor[i].data < end
					? _("overlaps another")
					: _("follows a gap"));
		end += file->tensor[i].bytes;
	}
	if (end != file->bytes + file->size)
		return error_set(error, "damaged: bytes after the last tensor");
	return true;
}

struct safetensors *
safetensors_read(const char *path, struct error *error)
{
	struct safetensors *file = memory_new(1, sizeof *file);
	int descriptor;
	bool ok;

	if (file == NULL) {
		error_out_of_memory(error);
		return NULL;
	}
	descriptor = regular_file_open(path, REGULAR_FILE_ONLY, error);
	if (descriptor < 0) {
		free(file);
		return NULL;
	}
	ok = read_file(file, descriptor, error) && parse_header(file, error) &&
		parse_tensors(file, error);
	close(descriptor);
	if (ok)
		return file;
	error_prefix(error, "%s", path);
	safetensors_close(file);
	return NULL;
}

void
safetensors_close(struct safetensors *file)
{
	if (file == NULL)
		return;
	json_decref(file->header);
	free(file->tensor);
	free(file->bytes);
	free(file);
}

const struct safetensors_tensor *
safetensors_find(const struct safetensors *file, const char *name)
{
	for (size_t i = 0; i < file->tensors; i++)
		if (strcmp(file->tensor[i].name, name) == 0)
			return &file->tensor[i];
	return NULL;
}

size_t
safetensors_count(const struct safetensors *file)
{
	return file->tensors;
}

const struct safetensors_tensor *
safetensors_at(const struct safetensors *file, size_t index)
{
	return &file->tensor[index];
}

const char *
safetensors_metadata(const struct safetensors *file, const char *key)
{
	return json_string_value(
		json_object_get(json_object_get(file->header, "__metadata__"),
			key));
}

const char *
safetensors_metadata_bytes(const struct safetensors *file, const char *key,
	char *text, size_t size)
{
	char exact_key[SAFETENSORS_KEY_SIZE];
	const char *exact;

	snprintf(exact_key, sizeof exact_key, "%s" SAFETENSORS_EXACT_SUFFIX,
		key);
	exact = safetensors_metadata(file, exact_key);
	if (exact == NULL)
		return safetensors_metadata(file, key);
	return exact_bytes_decode(exact, text, size) ? text : NULL;
}
