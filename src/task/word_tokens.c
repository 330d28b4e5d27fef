/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/word_tokens.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

/* The character of a token. */
static uint32_t
character_at(const struct vocabulary *vocabulary,
	const struct token_array *token, size_t at)
{
	return vocabulary->character[token_array_get(token, at)];
}

static bool
is_letter_at(const struct vocabulary *vocabulary,
	const struct token_array *token, size_t at)
{
	return utf8_is_letter(character_at(vocabulary, token, at));
}

static bool
is_within_word(uint32_t character)
{
	return utf8_is_letter(character) || utf8_is_combining(character);
}

static bool
is_apostrophe(uint32_t character)
{
	return character == '\'' || character == 0x2019;
}

size_t
word_tokens_at(const struct vocabulary *vocabulary,
	const struct token_array *token, size_t at, size_t length)
{
	size_t first = at;

	at += at < length && character_at(vocabulary, token, at) == ' ';
	if (at == length || !is_letter_at(vocabulary, token, at))
		return 0;
	while (at < length) {
		uint32_t character = character_at(vocabulary, token, at);

		if (is_within_word(character))
			at++;
		else if (is_apostrophe(character) && at + 1 < length &&
			is_letter_at(vocabulary, token, at + 1))
			at += 2;
		else
			break;
	}
	return at - first;
}

/*
 * Write the bytes of a word of `length` characters. Return their number; 0 if
 * it is too long to be a token.
 */
static size_t
encode(const struct vocabulary *vocabulary, const struct token_array *token,
	size_t first, size_t length, char bytes[WORD_TOKENS_BYTES + 1])
{
	size_t used = 0;

	for (size_t i = 0; i < length; i++) {
		char one[UTF8_SIZE];
		size_t size =
			utf8_put(character_at(vocabulary, token, first + i),
				one);

		if (used + size > WORD_TOKENS_BYTES)
			return 0;
		memcpy(bytes + used, one, size + 1);
		used += size;
	}
	return used;
}

/* All words of a text, and how often each occurs. */
struct counts {
	struct word_list words;
	uint64_t *count;
	size_t capacity;
};

static bool
count_words(struct counts *counts, const struct vocabulary *vocabulary,
	const struct token_array *token, size_t length, size_t training,
	struct error *error)
{
	char word[WORD_TOKENS_BYTES + 1];
	uint32_t number;
	size_t at = 0;

	while (at < training) {
		size_t size = word_tokens_at(vocabulary, token, at, length);
		size_t bytes = encode(vocabulary, token, at, size, word);

		at += size > 0 ? size : 1;
		if (size < 2 || bytes == 0)
			continue;
		if (!word_list_add(&counts->words, word, bytes, &number, error))
			return false;
		if (!memory_grow((void **)&counts->count, &counts->capacity,
			    counts->words.count, sizeof *counts->count))
			return error_out_of_memory(error);
		counts->count[number]++;
	}
	return true;
}

/* A word with its count, to be sorted. */
struct counted {
	uint64_t count;
	const char *word;
	size_t length;
};

static int
compare_counted(const void *a, const void *b)
{
	const struct counted *x = a, *y = b;
	size_t common = x->length < y->length ? x->length : y->length;
	int order;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	order = memcmp(x->word, y->word, common);
	if (order != 0)
		return order;
	return (x->length > y->length) - (x->length < y->length);
}

/* Add the most frequent words to the vocabulary. */
static bool
select_words(struct vocabulary *vocabulary, const struct counts *counts,
	size_t max, struct error *error)
{
	size_t all = counts->words.count;
	struct counted *order = memory_new(all, sizeof *order);
	bool good = true;
	uint32_t number;

	if (order == NULL)
		return error_out_of_memory(error);
	for (size_t i = 0; i < all; i++) {
		order[i].count = counts->count[i];
		order[i].word =
			word_list_get(&counts->words, i, &order[i].length);
	}
	qsort(order, all, sizeof *order, compare_counted);
	for (size_t i = 0; good && i < all && i < max; i++)
		good = word_list_add(&vocabulary->words, order[i].word,
			order[i].length, &number, error);
	vocabulary->count = vocabulary->characters + vocabulary->words.count;
	free(order);
	return good;
}

bool
word_tokens_collect(struct vocabulary *vocabulary,
	const struct token_array *token, size_t length, size_t training,
	size_t max, struct error *error)
{
	struct counts counts = {0};
	bool good = count_words(&counts, vocabulary, token, length, training,
			    error) &&
		select_words(vocabulary, &counts, max, error);

	word_list_destroy(&counts.words);
	free(counts.count);
	return good;
}

size_t
word_tokens_replace(const struct vocabulary *vocabulary,
	const struct token_array *token, size_t length,
	const struct token_array *to, size_t *training)
{
	char word[WORD_TOKENS_BYTES + 1];
	size_t count = 0, before = 0;
	uint32_t number;

	for (size_t at = 0, size; at < length;) {
		size_t bytes;

		size = word_tokens_at(vocabulary, token, at, length);
		bytes = encode(vocabulary, token, at, size, word);
		if (size > 1 && bytes > 0 &&
			word_list_find(&vocabulary->words, word, bytes,
				&number)) {
			before += training != NULL && at < *training;
			token_array_set(to, count++,
				(uint32_t)vocabulary->characters + number);
			at += size;
			continue;
		}
		/* spell the whole word, so that no part of it is a token */
		for (size_t end = at + (size > 0 ? size : 1); at < end; at++) {
			before += training != NULL && at < *training;
			token_array_set(to, count++,
				token_array_get(token, at));
		}
	}
	if (training != NULL)
		*training = before;
	return count;
}

/* Return true if the bytes are a word that can be a token. */
static bool
is_word(const char *bytes, size_t length)
{
	uint32_t character[WORD_TOKENS_BYTES], token[WORD_TOKENS_BYTES];
	const struct vocabulary own = {.character = character};
	const struct token_array all = token_array_of(token);
	size_t count = 0;

	if (length == 0 || length > WORD_TOKENS_BYTES)
		return false;
	for (size_t at = 0, size; at < length; at += size) {
		size = utf8_decode(bytes + at, length - at, &character[count]);
		if (size == 0)
			return false;
		token[count] = (uint32_t)count;
		count++;
	}
	return count > 1 && word_tokens_at(&own, &all, 0, count) == count;
}

bool
word_tokens_parse(struct vocabulary *vocabulary, const char *bytes,
	size_t length, struct error *error)
{
	size_t known = 0;

	for (const char *end; length > 0; known++) {
		uint32_t number;

		end = memchr(bytes, '\n', length);
		if (end == NULL || !is_word(bytes, (size_t)(end - bytes)))
			return error_set(error, "word %zu is no word",
				known + 1);
		if (!word_list_add(&vocabulary->words, bytes,
			    (size_t)(end - bytes), &number, error))
			return false;
		if (number != known)
			return error_set(error, "word %zu is there twice",
				known + 1);
		length -= (size_t)(end + 1 - bytes);
		bytes = end + 1;
	}
	vocabulary->count = vocabulary->characters + vocabulary->words.count;
	return true;
}
