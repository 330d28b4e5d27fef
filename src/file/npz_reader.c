/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/npz_reader.h"

#include <stdint.h>
#include <string.h>

#include "base/byte_order.h"
#include "base/utf8.h"
#include "file/npy_reader.h"

#define SUFFIX ".npy"
#define DESCRIPTION "lstmtui.json"
#define VOCABULARY "vocabulary"

enum { SUFFIX_LENGTH = sizeof SUFFIX - 1, CHARACTERS_MAX = 64 };

static bool
is_array(const struct zip_member *member)
{
	return member->name_length > SUFFIX_LENGTH &&
		memcmp(member->name + member->name_length - SUFFIX_LENGTH,
			SUFFIX, SUFFIX_LENGTH) == 0;
}

bool
npz_is_archive(const struct zip_archive *archive)
{
	for (size_t i = 0; i < archive->members; i++)
		if (!is_array(&archive->member[i]))
			return false;
	return archive->members > 0;
}

/* Return string `index` of an array of strings as JSON, or NULL. */
static json_t *
string_at(const struct npy_array *array, size_t index)
{
	const unsigned char *from =
		array->tensor.data + index * array->characters * 4;
	char text[CHARACTERS_MAX * UTF8_SIZE];
	size_t length = 0;

	for (size_t i = 0; i < array->characters; i++) {
		uint32_t character;

		byte_order_little(&character, from + i * sizeof character,
			sizeof character, 1);
		if (character == 0)
			break;
		if (!utf8_is_character(character))
			return NULL;
		length += utf8_put(character, text + length);
	}
	return json_stringn(text, length);
}

/* Take an array of strings as the vocabulary. */
static bool
take_vocabulary(struct tensor_file *file, const struct npy_array *array,
	struct error *error)
{
	json_t *list;

	if (array->characters > CHARACTERS_MAX || array->characters == 0)
		return error_set(error, "its strings are too long or empty");
	list = json_array();
	json_decref(file->vocabulary);
	file->vocabulary = list;
	for (size_t i = 0; i < array->tensor.count; i++)
		if (json_array_append_new(list, string_at(array, i)) != 0)
			return error_set(error, "its strings are wrong");
	return true;
}

/* Take an array, whose name has `length` bytes. */
static bool
take_array(struct tensor_file *file, const char *name, size_t length,
	struct npy_array *array, struct error *error)
{
	unsigned char *copy;

	if (array->characters > 0 || array->tensor.type[0] == '\0')
		return length != strlen(VOCABULARY) ||
			memcmp(name, VOCABULARY, length) != 0 ||
			take_vocabulary(file, array, error);
	if (array->is_fortran || array->is_big_endian) {
		copy = tensor_file_copy_room(file, array->tensor.bytes, error);
		if (copy == NULL)
			return false;
		npy_straighten(array, copy);
		array->tensor.data = copy;
	}
	if (length == strlen(DESCRIPTION) &&
		memcmp(name, DESCRIPTION, length) == 0 &&
		strcmp(array->tensor.type, "U8") == 0)
		tensor_file_describe(file, (const char *)array->tensor.data,
			array->tensor.bytes);
	return tensor_file_add(file, name, length, &array->tensor, error);
}

bool
npz_read(struct tensor_file *file, struct error *error)
{
	struct zip_archive *archive = &file->archive;

	for (size_t i = 0; i < archive->members; i++) {
		struct zip_member *member = &archive->member[i];
		const unsigned char *bytes =
			zip_content(archive, member, error);
		size_t length = member->name_length - SUFFIX_LENGTH;
		struct npy_array array;

		if (bytes == NULL)
			return false;
		if (!npy_parse(bytes, member->size, &array, error) ||
			!take_array(file, member->name, length, &array, error))
			return error_prefix(error, "array '%.*s'",
				(int)(length < 80 ? length : 80), member->name);
	}
	return true;
}
