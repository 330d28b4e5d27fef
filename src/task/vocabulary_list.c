/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/vocabulary_list.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "base/shared_bytes.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "task/text.h"
#include "task/word_tokens.h"

/* Max bytes of a file with a vocabulary, and max tokens. */
enum { FILE_MAX = 64 << 20, TOKENS_MAX = UTF8_CHARACTERS };

/* A token of one character, and its index in the list. */
struct entry {
	uint32_t character;
	size_t index;
};

/* Make a list of an object {token: number}. NULL if it is none. */
static json_t *
list_of_object(json_t *object)
{
	size_t count = json_object_size(object);
	json_t *list = json_array(), *number;
	const char *token;
	int failed = 0;

	for (size_t i = 0; i < count; i++)
		failed |= json_array_append_new(list, json_null());
	json_object_foreach(object, token, number)
	{
		json_int_t index = json_integer_value(number);

		if (!json_is_integer(number) || index < 0 ||
			(size_t)index >= count ||
			!json_is_null(json_array_get(list, (size_t)index)))
			failed = 1;
		else
			failed |= json_array_set_new(list, (size_t)index,
				json_string(token));
	}
	if (failed == 0)
		return list;
	json_decref(list);
	return NULL;
}

json_t *
vocabulary_list_read(const char *path, struct error *error)
{
	struct shared_bytes *bytes = shared_bytes_read(path, FILE_MAX, error);
	json_error_t json_error;
	json_t *value, *list = NULL;

	if (bytes == NULL)
		return NULL;
	value = json_loadb(bytes->bytes, bytes->count,
		JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &json_error);
	shared_bytes_release(bytes);
	if (value == NULL) {
		error_set(error, "%s: line %d: %s", path, json_error.line,
			json_error.text);
		return NULL;
	}
	if (json_is_array(value))
		list = json_incref(value);
	else if (json_is_object(value))
		list = list_of_object(value);
	json_decref(value);
	if (list == NULL)
		error_set(error,
			"%s: not a list of tokens, nor an object of tokens and "
			"their numbers from 0",
			path);
	return list;
}

/* Return the character of a byte as JSON: that of the same code point. */
static json_t *
byte_string(unsigned char byte)
{
	char text[UTF8_SIZE];

	return json_stringn(text, utf8_put(byte, text));
}

json_t *
vocabulary_list_make(const struct vocabulary *vocabulary)
{
	json_t *list = json_array();
	int failed = 0;

	for (uint32_t token = 0; token < vocabulary->count; token++) {
		char bytes[TEXT_ENCODED_SIZE];
		size_t length = text_encode(vocabulary, token, bytes);

		failed |= json_array_append_new(list,
			vocabulary->is_bytes
				? byte_string((unsigned char)bytes[0])
				: json_stringn(bytes, length));
	}
	if (failed == 0)
		return list;
	json_decref(list);
	return NULL;
}

static int
compare_characters(const void *a, const void *b)
{
	const struct entry *left = a, *right = b;

	return (left->character > right->character) -
		(left->character < right->character);
}

/* Set the characters of the vocabulary, in ascending order. */
static bool
set_characters(struct vocabulary *vocabulary, struct entry *entry, size_t count,
	size_t *place, struct error *error)
{
	qsort(entry, count, sizeof *entry, compare_characters);
	vocabulary->character =
		memory_new(count, sizeof *vocabulary->character);
	if (vocabulary->character == NULL)
		return error_out_of_memory(error);
	for (size_t i = 0; i < count; i++) {
		vocabulary->character[i] = entry[i].character;
		place[i] = entry[i].index;
		if (i > 0 && entry[i].character == entry[i - 1].character)
			return error_set(error,
				"the vocabulary has a character twice: tokens "
				"%zu and %zu",
				place[i - 1], place[i]);
	}
	vocabulary->count = vocabulary->characters = count;
	return true;
}

/*
 * Divide the list into characters and words, each with a newline. Store the
 * indices of the words from place[] on.
 */
static bool
divide(const json_t *list, bool is_bytes, struct entry *entry, size_t *count,
	struct bytes *words, size_t *place, struct error *error)
{
	size_t i;
	json_t *token;

	*count = 0;
	json_array_foreach(list, i, token)
	{
		const char *text = json_string_value(token);
		size_t length = json_string_length(token), size;
		uint32_t character;

		size = length == 0 ? 0 : utf8_decode(text, length, &character);
		if (size > 0 && size == length &&
			(!is_bytes || character < 256)) {
			entry[(*count)++] = (struct entry){character, i};
			continue;
		}
		if (size == 0 || is_bytes || memchr(text, '\n', length) != NULL)
			return error_set(error,
				is_bytes ? N_("token %zu of the vocabulary is "
					      "no byte")
					 : N_("token %zu of the vocabulary is "
					      "no character or word"),
				i);
		bytes_add(words, text, length);
		bytes_add(words, "\n", 1);
		*place++ = i;
	}
	return bytes_check(words, error);
}

/* Move the indices of the words behind those of the characters. */
static bool
take_tokens(const json_t *list, bool is_bytes, struct vocabulary *vocabulary,
	struct entry *entry, size_t *place, size_t *word_place,
	struct error *error)
{
	struct bytes words = {0};
	size_t count, total = json_array_size(list);
	bool good = divide(list, is_bytes, entry, &count, &words, word_place,
			    error) &&
		(count > 0 ||
			error_set(error, "the vocabulary has no character")) &&
		set_characters(vocabulary, entry, count, place, error);

	if (good && words.count > 0)
		good = word_tokens_parse(vocabulary, (const char *)words.data,
			       words.count, error) ||
			error_prefix(error, "the vocabulary");
	if (good)
		memcpy(place + count, word_place,
			(total - count) * sizeof *place);
	bytes_release(&words);
	return good;
}

bool
vocabulary_list_take(const json_t *list, bool is_bytes,
	struct vocabulary *vocabulary, size_t **place, struct error *error)
{
	size_t total = json_array_size(list), *word_place;
	struct entry *entry;
	bool good;

	*vocabulary = (struct vocabulary){.is_bytes = is_bytes};
	*place = NULL;
	if (total == 0 || total > TOKENS_MAX)
		return error_set(error, "the vocabulary has %zu tokens", total);
	entry = memory_new(total, sizeof *entry);
	word_place = memory_new(total, sizeof *word_place);
	*place = memory_new(total, sizeof **place);
	good = entry != NULL && word_place != NULL && *place != NULL
		? take_tokens(list, is_bytes, vocabulary, entry, *place,
			  word_place, error)
		: error_out_of_memory(error);
	free(entry);
	free(word_place);
	if (!good) {
		free(*place);
		*place = NULL;
	}
	return good;
}
