/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/vocabulary.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "base/utf8.h"

const struct tokens tokens_characters = {
	.kind = {.name = "characters", .summary = N_("each character")},
	.noun = N_("character"),
};

const struct tokens tokens_bytes = {
	.kind = {.name = "bytes", .summary = N_("each byte, of any file")},
	.is_bytes = true,
	.noun = N_("character"),
};

/*
 * Settings that suit a softmax over thousands of words, which is most of the
 * work: small batches, for more updates in the same time, and one layer with a
 * high rate. With two layers, or 0.004, the loss stayed at that of the words'
 * frequencies for more than an epoch.
 */
static const struct kind_default words_defaults[] = {
	{"units", "128"},
	{"batch", "20"},
	{"learning-rate", "0.01"},
	{NULL, NULL},
};

const struct tokens tokens_words = {
	.kind = {.name = "words",
		.summary = N_("frequent words with the space before them, and "
			      "characters"),
		.defaults = words_defaults},
	.has_words = true,
	.noun = N_("token"),
};

const struct kind *const tokens_list[] = {
	&tokens_characters.kind,
	&tokens_bytes.kind,
	&tokens_words.kind,
	NULL,
};

static int
compare_characters(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

bool
vocabulary_find(const struct vocabulary *vocabulary, uint32_t character,
	uint32_t *token)
{
	const uint32_t *found = NULL;

	if (vocabulary->characters > 0)
		found = bsearch(&character, vocabulary->character,
			vocabulary->characters, sizeof character,
			compare_characters);
	if (found != NULL)
		*token = (uint32_t)(found - vocabulary->character);
	return found != NULL;
}

bool
vocabulary_is_word(const struct vocabulary *vocabulary, uint32_t token)
{
	return token >= vocabulary->characters;
}

const char *
vocabulary_word(const struct vocabulary *vocabulary, uint32_t token,
	size_t *length)
{
	return word_list_get(&vocabulary->words, token - vocabulary->characters,
		length);
}

uint32_t
vocabulary_character(const struct vocabulary *vocabulary, uint32_t token)
{
	const char *word;
	uint32_t first = 0;
	size_t length;

	if (!vocabulary_is_word(vocabulary, token))
		return vocabulary->character[token];
	word = vocabulary_word(vocabulary, token, &length);
	utf8_decode(word, length, &first);
	return first;
}

size_t
vocabulary_length(const struct vocabulary *vocabulary, uint32_t token)
{
	const char *word;
	size_t bytes, length = 0;

	if (!vocabulary_is_word(vocabulary, token))
		return 1;
	word = vocabulary_word(vocabulary, token, &bytes);
	for (size_t at = 0; at < bytes; length++) {
		uint32_t character;

		at += utf8_decode(word + at, bytes - at, &character);
	}
	return length;
}

bool
vocabulary_copy(struct vocabulary *copy, const struct vocabulary *vocabulary,
	struct error *error)
{
	*copy = *vocabulary;
	copy->words = (struct word_list){0};
	copy->character = memory_new(vocabulary->characters,
		sizeof *vocabulary->character);
	if (copy->character == NULL)
		return error_out_of_memory(error);
	memcpy(copy->character, vocabulary->character,
		vocabulary->characters * sizeof *vocabulary->character);
	if (word_list_copy(&copy->words, &vocabulary->words, error))
		return true;
	vocabulary_destroy(copy);
	return false;
}

bool
vocabulary_equals(const struct vocabulary *one, const struct vocabulary *other)
{
	return one->count == other->count &&
		one->characters == other->characters &&
		one->is_bytes == other->is_bytes &&
		memcmp(one->character, other->character,
			one->characters * sizeof *one->character) == 0 &&
		word_list_equals(&one->words, &other->words);
}

void
vocabulary_destroy(struct vocabulary *vocabulary)
{
	free(vocabulary->character);
	word_list_destroy(&vocabulary->words);
	*vocabulary = (struct vocabulary){0};
}
