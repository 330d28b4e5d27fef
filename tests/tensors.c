/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensors.h"

#include <check.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/byte_order.h"
#include "folder.h"

enum { LENGTH_BYTES = 8, TENSORS_MAX = 1024 };

#define METADATA "__metadata__"

static uint64_t
read_length(const char *bytes)
{
	uint64_t length = 0;

	for (int i = LENGTH_BYTES - 1; i >= 0; i--)
		length = length << 8 | (unsigned char)bytes[i];
	return length;
}

static size_t
type_size(const char *type)
{
	if (strcmp(type, "F64") == 0 || strcmp(type, "I64") == 0 ||
		strcmp(type, "U64") == 0)
		return 8;
	if (strcmp(type, "U8") == 0)
		return 1;
	if (strcmp(type, "F16") == 0 || strcmp(type, "BF16") == 0)
		return 2;
	ck_assert_msg(strcmp(type, "F32") == 0 || strcmp(type, "U32") == 0,
		"unknown type %s of a tensor", type);
	return 4;
}

static size_t
integer(const json_t *value)
{
	ck_assert(json_is_integer(value));
	ck_assert_int_ge(json_integer_value(value), 0);
	return (size_t)json_integer_value(value);
}

struct place {
	size_t begin, end;
};

static int
by_place(const void *a, const void *b)
{
	const struct place *left = a, *right = b;

	return left->begin != right->begin
		? (left->begin > right->begin) - (left->begin < right->begin)
		: (left->end > right->end) - (left->end < right->end);
}

static struct place
check_entry(const char *name, const json_t *entry)
{
	const json_t *shape = json_object_get(entry, "shape");
	const json_t *offsets = json_object_get(entry, "data_offsets");
	const char *type = json_string_value(json_object_get(entry, "dtype"));
	struct place place = {
		.begin = integer(json_array_get(offsets, 0)),
		.end = integer(json_array_get(offsets, 1)),
	};
	size_t bytes;

	ck_assert_ptr_nonnull(type);
	bytes = type_size(type);
	for (size_t i = 0; i < json_array_size(shape); i++)
		bytes *= integer(json_array_get(shape, i));
	ck_assert_msg(place.end - place.begin == bytes,
		"%s has %zu bytes, not %zu", name, place.end - place.begin,
		bytes);
	ck_assert_msg(place.begin % type_size(type) == 0, "%s is not aligned",
		name);
	return place;
}

static void
check_layout(const struct tensors *tensors)
{
	struct place place[TENSORS_MAX];
	size_t count = 0, end = 0;
	const char *name;
	json_t *entry;

	json_object_foreach(tensors->header, name, entry)
	{
		if (strcmp(name, METADATA) == 0)
			continue;
		ck_assert_uint_lt(count, TENSORS_MAX);
		place[count++] = check_entry(name, entry);
	}
	qsort(place, count, sizeof place[0], by_place);
	for (size_t i = 0; i < count; i++) {
		ck_assert_uint_eq(place[i].begin, end);
		end = place[i].end;
	}
	ck_assert_uint_eq(end, tensors->length);
}

/* Remember the numbers of a tensor, which end the data read so far. */
static void
add_sizes(struct tensors *tensors, const char *type, size_t length)
{
	tensors->size = realloc(tensors->size, tensors->sized + length + 1);
	ck_assert_ptr_nonnull(tensors->size);
	memset(tensors->size + tensors->sized, (int)type_size(type), length);
	tensors->sized += length;
}

/* Copy the data from a file to memory or back. */
static void
copy_numbers(const struct tensors *tensors, char *to, const char *from)
{
	size_t at = 0;

	for (; at < tensors->sized && at < tensors->length;
		at += tensors->size[at])
		byte_order_little(to + at, from + at, tensors->size[at], 1);
	if (at < tensors->length)
		memcpy(to + at, from + at, tensors->length - at);
}

/* Remember the numbers of all tensors, whatever their order in the header. */
static void
add_all_sizes(struct tensors *tensors)
{
	const char *name;
	json_t *entry;

	tensors->sized = tensors->length;
	tensors->size = calloc(tensors->length + 1, 1);
	ck_assert_ptr_nonnull(tensors->size);
	json_object_foreach(tensors->header, name, entry)
	{
		const char *type =
			json_string_value(json_object_get(entry, "dtype"));
		struct place place;

		if (strcmp(name, METADATA) == 0)
			continue;
		place = check_entry(name, entry);
		memset(tensors->size + place.begin, (int)type_size(type),
			place.end - place.begin);
	}
}

static void
check_metadata(const struct tensors *tensors)
{
	const char *key;
	json_t *value;

	json_object_foreach(json_object_get(tensors->header, METADATA), key,
		value)
		ck_assert_msg(json_is_string(value), "%s is no string", key);
}

void
tensors_read(struct tensors *tensors, const char *path)
{
	json_error_t error;
	uint64_t header;
	size_t length;
	char *bytes = file_read(path, &length);

	ck_assert_uint_ge(length, LENGTH_BYTES);
	header = read_length(bytes);
	ck_assert_uint_le(header, length - LENGTH_BYTES);
	ck_assert_uint_eq(header % LENGTH_BYTES, 0);
	ck_assert_int_eq(bytes[LENGTH_BYTES], '{');
	tensors->header = json_loadb(bytes + LENGTH_BYTES, (size_t)header,
		JSON_REJECT_DUPLICATES, &error);
	ck_assert_msg(tensors->header != NULL, "%s: %s", path, error.text);
	tensors->length = length - LENGTH_BYTES - (size_t)header;
	tensors->data = malloc(tensors->length + 1);
	ck_assert_ptr_nonnull(tensors->data);
	check_layout(tensors);
	add_all_sizes(tensors);
	copy_numbers(tensors, tensors->data, bytes + LENGTH_BYTES + header);
	free(bytes);
	check_metadata(tensors);
}

void
tensors_release(struct tensors *tensors)
{
	json_decref(tensors->header);
	free(tensors->data);
	free(tensors->size);
}

void
tensors_write_text(const struct tensors *tensors, const char *header,
	const char *path)
{
	size_t length = strlen(header);
	size_t padded =
		(length + LENGTH_BYTES - 1) / LENGTH_BYTES * LENGTH_BYTES;
	size_t total = LENGTH_BYTES + padded + tensors->length;
	char *bytes = malloc(total + 1);

	ck_assert_ptr_nonnull(bytes);
	for (int i = 0; i < LENGTH_BYTES; i++)
		bytes[i] = (char)(unsigned char)((uint64_t)padded >> 8 * i);
	memset(bytes + LENGTH_BYTES, ' ', padded);
	memcpy(bytes + LENGTH_BYTES, header, length);
	copy_numbers(tensors, bytes + LENGTH_BYTES + padded, tensors->data);
	file_write(path, bytes, total);
	free(bytes);
}

void
tensors_write(const struct tensors *tensors, const char *path)
{
	char *header = json_dumps(tensors->header, JSON_COMPACT);

	ck_assert_ptr_nonnull(header);
	tensors_write_text(tensors, header, path);
	free(header);
}

const char *
tensors_metadata(const struct tensors *tensors, const char *key)
{
	const char *value = json_string_value(
		json_object_get(json_object_get(tensors->header, METADATA),
			key));

	ck_assert_msg(value != NULL, "no metadata '%s'", key);
	return value;
}

void *
tensors_find(const struct tensors *tensors, const char *name, const char *type,
	size_t *length)
{
	const json_t *entry = json_object_get(tensors->header, name);
	const json_t *offsets = json_object_get(entry, "data_offsets");
	size_t begin;

	ck_assert_msg(entry != NULL, "no tensor '%s'", name);
	if (type != NULL)
		ck_assert_str_eq(json_string_value(
					 json_object_get(entry, "dtype")),
			type);
	begin = integer(json_array_get(offsets, 0));
	*length = integer(json_array_get(offsets, 1)) - begin;
	return tensors->data + begin;
}

bool
tensors_equal_floats(const void *file, const void *numbers, size_t length)
{
	const char *one = file, *other = numbers;
	uint32_t bits;

	for (size_t at = 0; at < length; at += sizeof bits) {
		byte_order_little(&bits, one + at, sizeof bits, 1);
		if (memcmp(&bits, other + at, sizeof bits) != 0)
			return false;
	}
	return true;
}

size_t
tensors_extent(const struct tensors *tensors, const char *name, size_t index)
{
	const json_t *shape =
		json_object_get(json_object_get(tensors->header, name),
			"shape");

	return index < json_array_size(shape)
		? integer(json_array_get(shape, index))
		: 0;
}

void
tensors_begin(struct tensors *tensors)
{
	*tensors = (struct tensors){.header = json_object()};
	ck_assert_ptr_nonnull(tensors->header);
}

void
tensors_append(struct tensors *tensors, const char *name, const char *type,
	const json_t *shape, const void *data, size_t length)
{
	json_t *entry = json_pack("{s: s, s: O, s: [I, I]}", "dtype", type,
		"shape", shape, "data_offsets", (json_int_t)tensors->length,
		(json_int_t)(tensors->length + length));

	ck_assert_ptr_nonnull(entry);
	ck_assert_int_eq(json_object_set_new(tensors->header, name, entry), 0);
	tensors->data = realloc(tensors->data, tensors->length + length + 1);
	ck_assert_ptr_nonnull(tensors->data);
	memcpy(tensors->data + tensors->length, data, length);
	tensors->length += length;
	add_sizes(tensors, type, length);
}
