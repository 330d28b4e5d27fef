/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

void
text_destroy(struct text *text)
{
	vocabulary_destroy(&text->vocabulary);
	token_array_destroy(&text->token);
	*text = (struct text){0};
}

bool
text_tokens(const struct vocabulary *vocabulary, const char *string,
	uint32_t *tokens, size_t *count, struct error *error)
{
	const unsigned char *bytes = (const unsigned char *)string;
	size_t length = strlen(string);

	*count = 0;
	for (size_t at = 0; at < length;) {
		uint32_t character = bytes[at];
		size_t used = 1;

		if (!vocabulary->is_bytes)
			used = utf8_decode(string + at, length - at,
				&character);
		if (used == 0)
			return error_set_usage(error, "'%s' is not UTF-8",
				string);
		if (at == 0 && character == UTF8_MARK &&
			!vocabulary_find(vocabulary, character, tokens)) {
			at += used;
			continue;
		}
		if (!vocabulary_find(vocabulary, character, &tokens[*count]))
			return error_set_usage(error,
				"'%.*s' (U+%04X) is not in the model's "
				"vocabulary",
				(int)used, string + at, character);
		++*count;
		at += used;
	}
	if (vocabulary->words.count > 0) {
		struct token_array all = token_array_of(tokens);

		*count = word_tokens_replace(vocabulary, &all, *count, &all,
			NULL);
	}
	return true;
}

void
text_remove_unknown(const struct vocabulary *vocabulary, char *string,
	struct text_removed *removed)
{
	size_t length = strlen(string), kept = 0, used;

	*removed = (struct text_removed){0};
	for (size_t at = 0; at < length; at += used) {
		uint32_t character = (unsigned char)string[at], token;

		used = 1;
		if (!vocabulary->is_bytes)
			used = utf8_decode(string + at, length - at,
				&character);
		if (used == 0)
			break;
		if (vocabulary_find(vocabulary, character, &token)) {
			memmove(string + kept, string + at, used);
			kept += used;
		} else if (at > 0 || character != UTF8_MARK) {
			if (removed->count++ == 0) {
				memcpy(removed->first, string + at, used);
				removed->character = character;
			}
		}
	}
	string[kept] = '\0';
}

/* Store the token of another vocabulary for each character of the text's. */
static uint32_t *
translation(const struct vocabulary *from, const struct vocabulary *to)
{
	uint32_t *token = memory_new(from->characters, sizeof *token);

	for (size_t i = 0; token != NULL && i < from->characters; i++)
		if (!vocabulary_find(to, from->character[i], &token[i]))
			token[i] = UINT32_MAX;
	return token;
}

/* Replace the characters of the text. */
static bool
replace_characters(struct text *text, const uint32_t *token, const char *path,
	size_t width, struct error *error)
{
	struct token_array old, from;
	bool good = token_array_set_width(&text->token, text->length, width,
		&old, error);

	from = old.item != NULL ? old : text->token;
	for (size_t i = 0; good && i < text->length; i++) {
		uint32_t before = token_array_get(&from, i);

		if (token[before] == UINT32_MAX)
			good = error_set(error,
				"%s: character %zu (U+%04X) is not in the "
				"model's vocabulary",
				path, i + 1,
				text->vocabulary.character[before]);
		else
			token_array_set(&text->token, i, token[before]);
	}
	token_array_destroy(&old);
	return good;
}

bool
text_translate(struct text *text, const struct vocabulary *vocabulary,
	const char *path, struct error *error)
{
	uint32_t *token = translation(&text->vocabulary, vocabulary);
	bool good;

	if (token == NULL)
		return error_out_of_memory(error);
	good = replace_characters(text, token, path,
		token_array_width(vocabulary->count), error);
	free(token);
	if (!good)
		return false;
	if (vocabulary->words.count > 0)
		text->length = word_tokens_replace(vocabulary, &text->token,
			text->length, &text->token, &text->training);
	vocabulary_destroy(&text->vocabulary);
	return vocabulary_copy(&text->vocabulary, vocabulary, error);
}

size_t
text_encode(const struct vocabulary *vocabulary, uint32_t token,
	char bytes[TEXT_ENCODED_SIZE])
{
	const char *word;
	size_t length;

	if (vocabulary_is_word(vocabulary, token)) {
		word = vocabulary_word(vocabulary, token, &length);
		memcpy(bytes, word, length);
		bytes[length] = '\0';
		return length;
	}
	if (!vocabulary->is_bytes)
		return utf8_put(vocabulary->character[token], bytes);
	bytes[0] = (char)vocabulary->character[token];
	bytes[1] = '\0';
	return 1;
}

size_t
text_encode_display(const struct vocabulary *vocabulary, uint32_t token,
	bool *follows_return, char bytes[TEXT_ENCODED_SIZE])
{
	uint32_t character = vocabulary_character(vocabulary, token);
	bool is_hidden = character == '\n' && *follows_return;
	size_t count = text_encode(vocabulary, token, bytes);

	*follows_return = character == '\r';
	if (character == '\r')
		bytes[0] = '\n';
	if (is_hidden)
		bytes[0] = '\0';
	return is_hidden ? 0 : count;
}

/* Return -Σ n ln(n / total) over counts[count], whose sum is total. */
static double
weighted_entropy(const uint32_t *counts, size_t count, double total)
{
	double sum = 0;

	for (size_t i = 0; i < count; i++)
		if (counts[i] > 0)
			sum -= counts[i] * log(counts[i] / total);
	return sum;
}

/* Count `count` tokens, and their pairs with the next ones unless NULL. */
static void
count_tokens(const struct text *text, size_t count, uint32_t *single,
	uint32_t *pair)
{
	size_t tokens = text->vocabulary.count;
	size_t last = token_array_get(&text->token, 0);

	for (size_t i = 0; i < count; i++) {
		size_t next = token_array_get(&text->token, i + 1);

		if (pair != NULL)
			pair[last * tokens + next]++;
		else
			single[last]++;
		last = next;
	}
	for (size_t c = 0; pair != NULL && c < tokens; c++)
		for (size_t n = 0; n < tokens; n++)
			single[c] += pair[c * tokens + n];
}

bool
text_entropies(const struct text *text, double *unigram, double *bigram,
	struct error *error)
{
	size_t tokens = text->vocabulary.count, all = text->training - 1;
	uint32_t *single = memory_new(tokens, sizeof *single), *pair;
	size_t pairs;

	/* the counts of pairs take too much memory for a large vocabulary */
	if (!memory_product(tokens, tokens, &pairs) || pairs > 1 << 26)
		pairs = 0;
	pair = memory_new(pairs, sizeof *pair);
	if (single == NULL || pair == NULL) {
		free(single);
		free(pair);
		return error_out_of_memory(error);
	}
	count_tokens(text, all, single, pairs > 0 ? pair : NULL);
	*unigram = weighted_entropy(single, tokens, (double)all) / (double)all;
	*bigram = pairs > 0 ? 0 : NAN;
	for (size_t c = 0; pairs > 0 && c < tokens; c++)
		*bigram +=
			weighted_entropy(pair + c * tokens, tokens, single[c]) /
			(double)all;
	free(single);
	free(pair);
	return true;
}
