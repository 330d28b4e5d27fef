/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Read a text: its bytes, then the characters that are present, which become
 * its vocabulary, then the tokens, and at last the division into training and
 * validation, and the words.
 */
#include <errno.h>
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
#include "task/text.h"

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

/*
 * Find the characters of the file. It is examined for another encoding only if
 * it is not UTF-8 or has a zero byte, which all others of two or more bytes a
 * character have.
 */
static bool
find_utf8(struct text *text, const struct text_config *config,
	struct content *content, const char *path, struct error *error)
{
	const char *wide;
	char cause[128];
	uint32_t first;
	bool good;

	if (!config->keeps_mark && content->length > 0) {
		size_t size = utf8_decode((const char *)content->bytes,
			content->length, &first);

		text->dropped_mark = size > 0 && first == UTF8_MARK;
		content->start = text->dropped_mark ? size : 0;
	}
	good = find_characters(text, content, path, error);
	if (good && content->number[0] == 0)
		return true;
	wide = encoding_wide(content->bytes, content->length);
	if (wide == NULL)
		return good;
	snprintf(cause, sizeof cause, _("encoded in %s, not UTF-8"), wide);
	return refuse(path, cause, wide, error);
}

/* Find the characters or bytes of the file. */
static bool
find_content(struct text *text, const struct text_config *config,
	struct content *content, const char *path, struct error *error)
{
	size_t min = config->min != 0 ? config->min : TEXT_MIN;

	content->end = UINT8_MAX + 1;
	if (config->is_bytes) {
		text->length = content->length;
		text->hash =
			take_single(content, 0, content->length, HASH_EMPTY);
	} else if (!find_utf8(text, config, content, path, error)) {
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

/*
 * Write the tokens of the characters, one byte each, over the characters: no
 * token comes after its character. Eight characters of one byte at once.
 */
static void
store_bytes(const struct text *text, const struct content *content)
{
	const uint32_t *number = content->number;
	unsigned char *bytes = content->bytes;
	bool is_bytes = text->vocabulary.is_bytes;
	size_t at = content->start, size;

	for (size_t i = 0; i < text->length;) {
		uint32_t character = bytes[at];

		if (at + 8 <= content->length && are_ascii(bytes + at)) {
			for (size_t k = 0; k < 8; k++)
				bytes[i + k] = (uint8_t)number[bytes[at + k]];
			at += 8;
			i += 8;
			continue;
		}
		size = 1;
		if (character >= 0x80 && !is_bytes)
			size = utf8_decode((const char *)bytes + at,
				content->length - at, &character);
		bytes[i++] = (uint8_t)number[character];
		at += size;
	}
}

/*
 * Turn the content into the tokens of the text. Where they are of one byte,
 * they take the place of the file's bytes.
 */
static bool
store_tokens(struct text *text, struct content *content, struct error *error)
{
	const unsigned char *bytes = content->bytes;
	const uint32_t *number = content->number;
	size_t at = content->start;
	struct token_array token; /* local, so that no store changes it */

	token.width = token_array_width(text->vocabulary.count);
	if (token.width == 1) {
		store_bytes(text, content);
		token_array_take(&text->token, content->bytes, text->length);
		content->bytes = NULL;
		return true;
	}
	if (!token_array_create(&token, text->length, token.width))
		return error_out_of_memory(error);
	text->token = token;
	for (size_t i = 0; i < text->length; i++) {
		uint32_t character = bytes[at];

		if (character < 0x80)
			at++;
		else
			at += utf8_decode((const char *)bytes + at,
				content->length - at, &character);
		token_array_set(&token, i, number[character]);
	}
	return true;
}

/* Replace the characters of words by the tokens of these words. */
static bool
join_words(struct text *text, struct error *error)
{
	struct token_array old;
	bool good = token_array_set_width(&text->token, text->length,
		token_array_width(text->vocabulary.count), &old, error);

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
