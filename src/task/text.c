/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/text.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/regular_file.h"
#include "base/shell.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "task/builtin.h"
#include "task/encoding.h"

static bool
copy_bytes(const struct shared_bytes *content, unsigned char **bytes,
	size_t *length, struct error *error)
{
	*length = content->count;
	*bytes = memory_new(content->count + 1, 1);
	if (*bytes == NULL)
		return error_out_of_memory(error);
	memcpy(*bytes, content->bytes, content->count);
	return true;
}

static bool
read_bytes(const char *path, const struct shared_bytes *content,
	unsigned char **bytes, size_t *length, struct error *error)
{
	size_t capacity = 0, got;
	FILE *file;

	if (content != NULL)
		return copy_bytes(content, bytes, length, error);
	if (builtin_is_named(path))
		return builtin_read(path, bytes, length, error);
	file = regular_file_stream(path, REGULAR_FILE_OR_STDIN, error);
	*bytes = NULL;
	*length = 0;
	if (file == NULL)
		return false;
	do {
		if (*length > TEXT_BYTES_MAX) {
			fclose(file);
			return error_set(error, "%s: larger than a gigabyte",
				path);
		}
		if (!memory_grow((void **)bytes, &capacity, *length + 65536,
			    1)) {
			fclose(file);
			return error_out_of_memory(error);
		}
		got = fread(*bytes + *length, 1, capacity - *length, file);
		*length += got;
	} while (got > 0);
	if (ferror(file)) {
		error_set(error, "%s: %s", path, strerror(errno));
		fclose(file);
		return false;
	}
	fclose(file);
	return true;
}

/* Set the message for a file that is not UTF-8: how to convert it. */
static bool
refuse(const char *path, const char *cause, const char *encoding,
	struct error *error)
{
	char *quoted;

	if (encoding == NULL)
		return error_set(error,
			"%s: %s; convert it with iconv, or read it as bytes "
			"(--bytes)",
			path, cause);
	quoted = shell_quoted(path);
	if (quoted == NULL)
		return error_out_of_memory(error);
	error_set(error,
		"%s: %s; convert it: iconv -f %s -t UTF-8 %s > %s.utf8 (or "
		"read it as bytes: --bytes)",
		path, cause, encoding, quoted, quoted);
	free(quoted);
	return false;
}

/* Return true if a line ends with bytes[at]; CR LF ends with the LF. */
static bool
ends_line(const unsigned char *bytes, size_t length, size_t at)
{
	return bytes[at] == '\n' ||
		(bytes[at] == '\r' &&
			(at + 1 == length || bytes[at + 1] != '\n'));
}

/* Set the message for an invalid byte bytes[at]. */
static bool
refuse_byte(const char *path, const unsigned char *bytes, size_t length,
	size_t at, struct error *error)
{
	const char *encoding = encoding_guess(bytes, length);
	size_t line = 1;
	char cause[256];

	for (size_t i = 0; i < at; i++)
		line += ends_line(bytes, length, i);
	if (encoding != NULL)
		snprintf(cause, sizeof cause,
			_("byte %zu, in line %zu, is not UTF-8 but probably "
			  "%s"),
			at + 1, line, encoding);
	else
		snprintf(cause, sizeof cause,
			_("byte %zu, in line %zu, is not UTF-8"), at + 1, line);
	return refuse(path, cause, encoding, error);
}

/* Decode UTF-8 to text->token; skip a byte order mark at the start. */
static bool
decode_characters(struct text *text, const struct text_config *config,
	const unsigned char *bytes, size_t length, const char *path,
	struct error *error)
{
	const char *wide = encoding_wide(bytes, length);
	uint32_t *token = text->token;
	size_t at = 0, size;

	if (wide != NULL) {
		char cause[128];

		snprintf(cause, sizeof cause, _("encoded in %s, not UTF-8"),
			wide);
		return refuse(path, cause, wide, error);
	}
	while (at < length) {
		if (bytes[at] < 0x80) { /* ASCII, the most frequent case */
			*token++ = bytes[at++];
			continue;
		}
		size = utf8_decode((const char *)bytes + at, length - at,
			token);
		if (size == 0)
			return refuse_byte(path, bytes, length, at, error);
		if (at == 0 && *token == UTF8_MARK && !config->keeps_mark)
			text->dropped_mark = true;
		else
			token++;
		at += size;
	}
	text->length = (size_t)(token - text->token);
	return true;
}

/* Store the code points or bytes in text->token, before they are numbered. */
static bool
decode(struct text *text, const struct text_config *config,
	const unsigned char *bytes, size_t length, const char *path,
	struct error *error)
{
	size_t min;

	if (config->is_bytes)
		while (text->length < length) {
			text->token[text->length] = bytes[text->length];
			text->length++;
		}
	else if (!decode_characters(text, config, bytes, length, path, error))
		return false;
	min = config->min != 0 ? config->min : TEXT_MIN;
	if (text->length < min)
		return error_set(error,
			"%s: too few characters: %zu; the minimum is %zu", path,
			text->length, min);
	return true;
}

/* Collect the characters, and replace code points by their tokens. */
static bool
number_characters(struct text *text, struct error *error)
{
	struct vocabulary *vocabulary = &text->vocabulary;
	uint32_t end = 0, *number = memory_new(UTF8_CHARACTERS, sizeof *number);

	if (number == NULL)
		return error_out_of_memory(error);
	for (size_t i = 0; i < text->length; i++) {
		number[text->token[i]] = 1;
		if (text->token[i] >= end)
			end = text->token[i] + 1;
	}
	for (uint32_t c = 0; c < end; c++)
		vocabulary->characters += number[c];
	vocabulary->count = vocabulary->characters;
	vocabulary->character = memory_new(vocabulary->characters,
		sizeof *vocabulary->character);
	if (vocabulary->character == NULL) {
		free(number);
		return error_out_of_memory(error);
	}
	for (uint32_t c = 0, next = 0; c < end; c++)
		if (number[c] != 0) {
			vocabulary->character[next] = c;
			number[c] = next++;
		}
	for (size_t i = 0; i < text->length; i++)
		text->token[i] = number[text->token[i]];
	free(number);
	return true;
}

/* Number the characters, divide the text, and collect its words. */
static bool
number_tokens(struct text *text, const struct text_config *config,
	struct error *error)
{
	if (!number_characters(text, error))
		return false;
	text->characters = text->length;
	text->training = text->length -
		(size_t)((double)text->length * config->validation);
	if (config->words == 0)
		return true;
	if (!word_tokens_collect(&text->vocabulary, text->token, text->length,
		    text->training, config->words, error))
		return false;
	text->length = word_tokens_replace(&text->vocabulary, text->token,
		text->length, &text->training);
	return true;
}

bool
text_read(struct text *text, const char *path, const struct text_config *config,
	struct error *error)
{
	unsigned char *bytes;
	size_t length;
	bool ok;

	*text = (struct text){.vocabulary.is_bytes = config->is_bytes};
	if (!read_bytes(path, config->content, &bytes, &length, error)) {
		free(bytes);
		return false;
	}
	text->token = memory_new(length, sizeof *text->token);
	if (text->token == NULL) {
		free(bytes);
		return error_out_of_memory(error);
	}
	ok = decode(text, config, bytes, length, path, error) &&
		number_tokens(text, config, error);
	if (ok)
		text->hash = hash_bytes(HASH_EMPTY, bytes, length);
	free(bytes);
	if (!ok)
		text_destroy(text);
	return ok;
}

void
text_destroy(struct text *text)
{
	vocabulary_destroy(&text->vocabulary);
	free(text->token);
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
	if (vocabulary->words.count > 0)
		*count = word_tokens_replace(vocabulary, tokens, *count, NULL);
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

bool
text_translate(struct text *text, const struct vocabulary *vocabulary,
	const char *path, struct error *error)
{
	for (size_t i = 0; i < text->length; i++) {
		uint32_t character = text->vocabulary.character[text->token[i]];

		if (!vocabulary_find(vocabulary, character, &text->token[i]))
			return error_set(error,
				"%s: character %zu (U+%04X) is not in the "
				"model's vocabulary",
				path, i + 1, character);
	}
	if (vocabulary->words.count > 0)
		text->length = word_tokens_replace(vocabulary, text->token,
			text->length, &text->training);
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
	for (size_t i = 0; i < all; i++) {
		single[text->token[i]]++;
		if (pairs > 0)
			pair[text->token[i] * tokens + text->token[i + 1]]++;
	}
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
