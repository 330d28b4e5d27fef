/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/npy_reader.h"

#include <string.h>

#include "base/memory.h"

enum { VERSION_AT = 6, LENGTH_AT = 8, CHARACTER_SIZE = 4 };

/* The header, of which at[left] is not parsed yet. */
struct text {
	const char *at;
	size_t left;
};

/* Types of elements with one byte are written with "|". */
static const struct {
	const char *code, *name;
	size_t size;
} types[] = {
	{"f2", "F16", 2},
	{"f4", "F32", 4},
	{"f8", "F64", 8},
	{"i1", "I8", 1},
	{"i2", "I16", 2},
	{"i4", "I32", 4},
	{"i8", "I64", 8},
	{"u1", "U8", 1},
	{"u2", "U16", 2},
	{"u4", "U32", 4},
	{"u8", "U64", 8},
	{"b1", "BOOL", 1},
};

static void
skip_blanks(struct text *text)
{
	while (text->left > 0 && (*text->at == ' ' || *text->at == '\n')) {
		text->at++;
		text->left--;
	}
}

/* Take a character, after blanks, if it is the next one. */
static bool
take(struct text *text, char character)
{
	skip_blanks(text);
	if (text->left == 0 || *text->at != character)
		return false;
	text->at++;
	text->left--;
	return true;
}

/* Take a word of letters. */
static bool
take_word(struct text *text, const char *word)
{
	size_t length = strlen(word);

	skip_blanks(text);
	if (text->left < length || memcmp(text->at, word, length) != 0)
		return false;
	text->at += length;
	text->left -= length;
	return true;
}

/* Take a string in quotation marks without escapes, at most size - 1 bytes. */
static bool
take_string(struct text *text, char *string, size_t size)
{
	size_t length = 0;
	char quote;

	skip_blanks(text);
	if (text->left == 0 || (*text->at != '\'' && *text->at != '"'))
		return false;
	quote = *text->at;
	text->at++;
	text->left--;
	while (length < text->left && text->at[length] != quote)
		length++;
	if (length == text->left || length >= size)
		return false;
	memcpy(string, text->at, length);
	string[length] = '\0';
	text->at += length + 1;
	text->left -= length + 1;
	return true;
}

/* Take a number, with the suffix L of Python 2. */
static bool
take_number(struct text *text, size_t *number)
{
	bool has_digit = false;

	skip_blanks(text);
	*number = 0;
	while (text->left > 0 && *text->at >= '0' && *text->at <= '9') {
		if (*number > (SIZE_MAX - 9) / 10)
			return false;
		*number = *number * 10 + (size_t)(*text->at - '0');
		has_digit = true;
		text->at++;
		text->left--;
	}
	(void)take(text, 'L');
	return has_digit;
}

/* Take a tuple of extents: "()", "(3,)", "(3, 4)". */
static bool
take_shape(struct text *text, struct safetensors_tensor *tensor,
	struct error *error)
{
	size_t extent, count = 1;

	tensor->dimensions = 0;
	if (!take(text, '('))
		return error_set(error, "its shape is wrong");
	while (!take(text, ')')) {
		if (tensor->dimensions == SAFETENSORS_DIMENSIONS_MAX ||
			!take_number(text, &extent))
			return error_set(error, "its shape is wrong");
		if (!memory_product(count, extent, &count))
			return error_set(error, "its shape is too large");
		tensor->shape[tensor->dimensions++] = extent;
		if (!take(text, ',') && (text->left == 0 || *text->at != ')'))
			return error_set(error, "its shape is wrong");
	}
	tensor->count = count;
	return true;
}

/* Find a type such as "<f4"; store the size of an element. */
static bool
find_type(const char *code, struct npy_array *array, size_t *size,
	struct error *error)
{
	struct text text = {code + 2, strlen(code)};

	if (strchr("<>|=", code[0]) == NULL || text.left < 3)
		return error_set(error, "its type is '%s'", code);
	array->is_big_endian = code[0] == '>';
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (strcmp(types[i].code, code + 1) == 0) {
			array->tensor.type = types[i].name;
			*size = types[i].size;
			return true;
		}
	text.left -= 2;
	array->tensor.type = "";
	if (code[1] == 'U' && !array->is_big_endian &&
		take_number(&text, &array->characters) && text.left == 0 &&
		memory_product(array->characters, CHARACTER_SIZE, size))
		return true;
	return error_set(error, "its type is '%s'", code);
}

/* Take the entry after a key of the header. */
static bool
take_entry(struct text *text, const char *key, struct npy_array *array,
	size_t *size, struct error *error)
{
	char code[24];

	if (strcmp(key, "descr") == 0)
		return take_string(text, code, sizeof code)
			? find_type(code, array, size, error)
			: error_set(error, "it has several types");
	if (strcmp(key, "fortran_order") == 0) {
		array->is_fortran = take_word(text, "True");
		return array->is_fortran || take_word(text, "False") ||
			error_set(error, "its order is wrong");
	}
	return strcmp(key, "shape") == 0
		? take_shape(text, &array->tensor, error)
		: error_set(error, "its header has an entry '%s'", key);
}

/* Parse {'descr': ..., 'fortran_order': ..., 'shape': ..., }. */
static bool
parse_header(struct text *text, struct npy_array *array, size_t *size,
	struct error *error)
{
	bool has_shape = false;
	char key[24];

	if (!take(text, '{'))
		return error_set(error, "its header is wrong");
	while (!take(text, '}')) {
		if (!take_string(text, key, sizeof key) || !take(text, ':'))
			return error_set(error, "its header is wrong");
		if (!take_entry(text, key, array, size, error))
			return false;
		has_shape |= strcmp(key, "shape") == 0;
		if (!take(text, ',') && (text->left == 0 || *text->at != '}'))
			return error_set(error, "its header is wrong");
	}
	return (has_shape && array->tensor.type != NULL) ||
		error_set(error, "its header lacks an entry");
}

bool
npy_parse(const unsigned char *bytes, size_t size, struct npy_array *array,
	struct error *error)
{
	size_t header = LENGTH_AT + 2, length, element = 0, count;

	*array = (struct npy_array){0};
	if (size < header + 2 || memcmp(bytes, "\x93NUMPY", VERSION_AT) != 0)
		return error_set(error, "not an array of NumPy");
	if (bytes[VERSION_AT] < 1 || bytes[VERSION_AT] > 3)
		return error_set(error, "version %d of .npy is not supported",
			bytes[VERSION_AT]);
	length = bytes[LENGTH_AT] | (size_t)bytes[LENGTH_AT + 1] << 8;
	if (bytes[VERSION_AT] > 1) {
		length |= (size_t)bytes[LENGTH_AT + 2] << 16 |
			(size_t)bytes[LENGTH_AT + 3] << 24;
		header += 2;
	}
	if (length > size - header)
		return error_set(error, "damaged: its header is truncated");
	if (!parse_header(&(struct text){(const char *)bytes + header, length},
		    array, &element, error))
		return false;
	array->tensor.data = bytes + header + length;
	array->tensor.bytes = size - header - length;
	if (!memory_product((size_t)array->tensor.count, element, &count) ||
		count != array->tensor.bytes)
		return error_set(error,
			"damaged: it has %zu bytes, which its shape and type "
			"do not give",
			array->tensor.bytes);
	return true;
}

/* The index in the file of the element that is `index` in the result. */
static size_t
index_in_file(const struct npy_array *array, size_t index)
{
	const struct safetensors_tensor *tensor = &array->tensor;
	size_t at = 0, stride = (size_t)tensor->count;

	if (!array->is_fortran)
		return index;
	/* the last index runs fastest in the result, slowest in the file */
	for (size_t d = tensor->dimensions; d-- > 0;) {
		size_t extent = (size_t)tensor->shape[d];

		stride /= extent;
		at += index % extent * stride;
		index /= extent;
	}
	return at;
}

void
npy_straighten(const struct npy_array *array, unsigned char *to)
{
	const struct safetensors_tensor *tensor = &array->tensor;
	size_t count = (size_t)tensor->count;
	size_t size = count > 0 ? tensor->bytes / count : 0;

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < size; k++)
			*to++ = tensor->data[index_in_file(array, i) * size +
				(array->is_big_endian ? size - 1 - k : k)];
}
