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
		if (!memory_extend((void **)bytes, &capacity, *length + 65536,
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

/* What a file contains, before its characters are numbered. */
struct content {
	unsigned char *bytes;
	size_t length;
	size_t start; /* after a byte order mark that is removed */
	/* [UTF8_CHARACTERS]: characters present, later their tokens */
	uint32_t *number;
	uint32_t end; /* the greatest character + 1 */
};

/* Return true if none of eight bytes is greater than 127. */
static bool
are_ascii(const unsigned char *bytes)
{
	uint64_t all;

	memcpy(&all, bytes, sizeof all);
	return (all & UINT64_C(0x8080808080808080)) == 0;
}

/*
 * Mark `count` characters of one byte as present, and add them to the hash:
 * its multiplications follow one another, so that the rest costs no time.
 */
static uint64_t
take_single(struct content *content, size_t at, size_t count, uint64_t hash)
{
	for (size_t end = at + count; at < end; at++) {
		content->number[content->bytes[at]] = 1;
		hash = hash_byte(hash, content->bytes[at]);
	}
	return hash;
}

/* Find the characters of UTF-8, their number, and the hash of the bytes. */
static bool
find_characters(struct text *text, struct content *content, const char *path,
	struct error *error)
{
	const unsigned char *bytes = content->bytes;
	size_t length = content->length, count = 0;
	uint64_t hash = hash_bytes(HASH_EMPTY, bytes, content->start);

	for (size_t at = content->start, size; at < length; at += size) {
		uint32_t character;

		size = bytes[at] < 0x80;
		if (at + 8 <= length && are_ascii(bytes + at))
			size = 8;
		if (size > 0) {
			hash = take_single(content, at, size, hash);
			count += size;
			continue;
		}
		size = utf8_decode((const char *)bytes + at, length - at,
			&character);
		if (size == 0)
			return refuse_byte(path, bytes, length, at, error);
		hash = hash_bytes(hash, bytes + at, size);
		content->number[character] = 1;
		if (character >= content->end)
			content->end = character + 1;
		count++;
	}
	text->length = count;
	text->hash = hash;
	return true;
}

/* Find the characters or bytes of the file. */
static bool
find_content(struct text *text, const struct text_config *config,
	struct content *content, const char *path, struct error *error)
{
	const char *wide;
	uint32_t first;
	size_t min = config->min != 0 ? config->min : TEXT_MIN;

	content->end = UINT8_MAX + 1;
	if (config->is_bytes) {
		text->length = content->length;
		text->hash =
			take_single(content, 0, content->length, HASH_EMPTY);
	} else {
		wide = encoding_wide(content->bytes, content->length);
		if (wide != NULL) {
			char cause[128];

			snprintf(cause, sizeof cause,
				_("encoded in %s, not UTF-8"), wide);
			return refuse(path, cause, wide, error);
		}
		if (!config->keeps_mark && content->length > 0) {
			size_t size = utf8_decode((const char *)content->bytes,
				content->length, &first);

			text->dropped_mark = size > 0 && first == UTF8_MARK;
			content->start = text->dropped_mark ? size : 0;
		}
		if (!find_characters(text, content, path, error))
			return false;
	}
	if (text->length < min)
		return error_set(error,
			"%s: too few characters: %zu; the minimum is %zu", path,
			text->length, min);
	return true;
}

/* Make the vocabulary of the characters that are present. */
static bool
number_characters(struct vocabulary *vocabulary, struct content *content,
	struct error *error)
{
	for (uint32_t c = 0; c < content->end; c++)
		vocabulary->characters += content->number[c];
	vocabulary->count = vocabulary->characters;
	vocabulary->character = memory_new(vocabulary->characters,
		sizeof *vocabulary->character);
	if (vocabulary->character == NULL)
		return error_out_of_memory(error);
	for (uint32_t c = 0, next = 0; c < content->end; c++)
		if (content->number[c] != 0) {
			vocabulary->character[next] = c;
			content->number[c] = next++;
		}
	return true;
}

/* Store the tokens of the characters. */
static bool
store_tokens(struct text *text, const struct content *content,
	struct error *error)
{
	const unsigned char *bytes = content->bytes;
	const uint32_t *number = content->number;
	bool is_bytes = text->vocabulary.is_bytes;
	struct token_array token; /* local, so that no store changes it */
	size_t at = content->start;

	if (!token_array_create(&token, text->length,
		    token_array_width(text->vocabulary.count)))
		return error_out_of_memory(error);
	text->token = token;
	for (size_t i = 0; i < text->length; i++) {
		uint32_t character = bytes[at];

		if (character < 0x80 || is_bytes)
			at++;
		else
			at += utf8_decode((const char *)bytes + at,
				content->length - at, &character);
		token_array_set(&token, i, number[character]);
	}
	return true;
}

/*
 * Use an array of another width for the text, unless its width is right. The
 * text keeps its tokens in *old, which the caller destroys if it is not empty.
 */
static bool
set_width(struct text *text, size_t width, struct token_array *old,
	struct error *error)
{
	*old = (struct token_array){0};
	if (text->token.width == width)
		return true;
	*old = text->token;
	if (token_array_create(&text->token, text->length, width))
		return true;
	return error_out_of_memory(error);
}

/* Replace the characters of words by the tokens of these words. */
static bool
join_words(struct text *text, struct error *error)
{
	struct token_array old;
	bool good = set_width(text, token_array_width(text->vocabulary.count),
		&old, error);

	if (good)
		text->length = word_tokens_replace(&text->vocabulary,
			old.item != NULL ? &old : &text->token, text->length,
			&text->token, &text->training);
	token_array_destroy(&old);
	return good;
}

/* Divide the text, and collect its words. */
static bool
divide(struct text *text, const struct text_config *config, struct error *error)
{
	text->characters = text->length;
	text->training = text->length -
		(size_t)((double)text->length * config->validation);
	if (config->words == 0)
		return true;
	return word_tokens_collect(&text->vocabulary, &text->token,
		       text->length, text->training, config->words, error) &&
		join_words(text, error);
}

static bool
read_content(struct text *text, const char *path,
	const struct text_config *config, struct content *content,
	struct error *error)
{
	if (!read_bytes(path, config->content, &content->bytes,
		    &content->length, error))
		return false;
	content->number = memory_new(UTF8_CHARACTERS, sizeof *content->number);
	if (content->number == NULL)
		return error_out_of_memory(error);
	return find_content(text, config, content, path, error) &&
		number_characters(&text->vocabulary, content, error) &&
		store_tokens(text, content, error);
}

bool
text_read(struct text *text, const char *path, const struct text_config *config,
	struct error *error)
{
	struct content content = {0};
	bool good;

	*text = (struct text){.vocabulary.is_bytes = config->is_bytes};
	good = read_content(text, path, config, &content, error);
	free(content.bytes);
	free(content.number);
	good = good && divide(text, config, error);
	if (!good)
		text_destroy(text);
	return good;
}

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
	bool good = set_width(text, width, &old, error);

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
