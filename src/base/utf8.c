/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/utf8.h"

#include <langinfo.h>
#include <string.h>
#include <utf8proc.h>

enum { CHARACTER_MAX = UTF8_SIZE - 1 /* bytes */ };

bool
utf8_is_character(uint32_t number)
{
	return utf8proc_codepoint_valid((utf8proc_int32_t)number);
}

size_t
utf8_decode(const char *bytes, size_t length, uint32_t *character)
{
	utf8proc_ssize_t size;

	*character = (unsigned char)bytes[0];
	if (*character < 0x80)
		return 1;
	if (length > CHARACTER_MAX)
		length = CHARACTER_MAX;
	size = utf8proc_iterate((const utf8proc_uint8_t *)bytes,
		(utf8proc_ssize_t)length, (utf8proc_int32_t *)character);
	return size > 0 ? (size_t)size : 0;
}

size_t
utf8_put(uint32_t character, char text[UTF8_SIZE])
{
	utf8proc_uint8_t bytes[CHARACTER_MAX] = {0};
	utf8proc_ssize_t size =
		utf8proc_encode_char((utf8proc_int32_t)character, bytes);

	memcpy(text, bytes, (size_t)size);
	text[size] = '\0';
	return (size_t)size;
}

/* Decode the character at text. Return its size in bytes; 0 if invalid. */
static size_t
size_at(const char *text, uint32_t *character)
{
	return utf8_decode(text, strnlen(text, CHARACTER_MAX), character);
}

bool
utf8_is_valid(const char *text)
{
	uint32_t character;

	while (*text != '\0') {
		size_t size = size_at(text, &character);

		if (size == 0)
			return false;
		text += size;
	}
	return true;
}

bool
utf8_is_partial(const char *bytes, size_t length)
{
	/* the smallest and the largest continuation byte */
	static const char continuations[] = {'\x80', '\xbf'};
	char whole[CHARACTER_MAX];
	uint32_t character;
	size_t size;

	if (length == 0)
		return false;
	size = (size_t)utf8proc_utf8class[(unsigned char)bytes[0]];
	if (size > CHARACTER_MAX || length >= size)
		return false;
	for (int i = 0; i < 2; i++) {
		memset(whole, continuations[i], sizeof whole);
		memcpy(whole, bytes, length);
		if (utf8_decode(whole, size, &character) == size)
			return true;
	}
	return false;
}

size_t
utf8_step(const char *text)
{
	uint32_t character;
	size_t size;

	if (*text == '\0')
		return 0;
	size = size_at(text, &character);
	return size > 0 ? size : 1;
}

size_t
utf8_before(const char *text, size_t at)
{
	for (size_t back = 1; back < CHARACTER_MAX && back <= at; back++)
		if (utf8_step(text + at - back) > back)
			return at - back;
	return at;
}

size_t
utf8_after(const char *text, size_t at)
{
	size_t before = utf8_before(text, at);

	return before < at ? before + utf8_step(text + before) : at;
}

bool
utf8_is_control(uint32_t character)
{
	return utf8proc_category((utf8proc_int32_t)character) ==
		UTF8PROC_CATEGORY_CC;
}

bool
utf8_is_printable(uint32_t character)
{
	const utf8proc_property_t *property =
		utf8proc_get_property((utf8proc_int32_t)character);

	/* interlinear annotations are invisible, but not default ignorable */
	if (property->ignorable || (character >= 0xfff9 && character <= 0xfffb))
		return false;
	switch (property->category) {
	case UTF8PROC_CATEGORY_CN:
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return false;
	default:
		return true;
	}
}

bool
utf8_is_letter(uint32_t character)
{
	switch (utf8proc_category((utf8proc_int32_t)character)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
		return true;
	default:
		return false;
	}
}

bool
utf8_is_combining(uint32_t character)
{
	switch (utf8proc_category((utf8proc_int32_t)character)) {
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
		return true;
	default:
		return false;
	}
}

bool
utf8_is_capital(uint32_t character)
{
	utf8proc_category_t category =
		utf8proc_category((utf8proc_int32_t)character);

	return category == UTF8PROC_CATEGORY_LU ||
		category == UTF8PROC_CATEGORY_LT;
}

uint32_t
utf8_base_letter(uint32_t character)
{
	enum { DECOMPOSED_MAX = 32 };
	utf8proc_int32_t parts[DECOMPOSED_MAX];
	int boundary = 0;
	utf8proc_ssize_t count =
		utf8proc_decompose_char((utf8proc_int32_t)character, parts,
			DECOMPOSED_MAX, UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD,
			&boundary);

	return count > 0 && count <= DECOMPOSED_MAX ? (uint32_t)parts[0]
						    : character;
}

int
utf8_width(uint32_t character)
{
	const utf8proc_property_t *property =
		utf8proc_get_property((utf8proc_int32_t)character);

	/* Hangul vowels and finals combine with the preceding consonant */
	if (property->boundclass == UTF8PROC_BOUNDCLASS_V ||
		property->boundclass == UTF8PROC_BOUNDCLASS_T)
		return 0;
	/*
	 * Spacing marks, and format characters that enclose numbers: one
	 * column in terminals, although utf8proc returns 0.
	 */
	if (property->category == UTF8PROC_CATEGORY_MC ||
		(property->category == UTF8PROC_CATEGORY_CF &&
			!property->ignorable))
		return 1;
	return utf8proc_charwidth((utf8proc_int32_t)character);
}

/* Return the columns of a text's first character; store its size in bytes. */
static size_t
columns_at(const char *text, size_t *size)
{
	uint32_t character;

	*size = size_at(text, &character);
	if (*size > 0)
		return (size_t)utf8_width(character);
	*size = 1;
	return 1;
}

size_t
utf8_columns(const char *text)
{
	size_t columns = 0, size;

	for (; *text != '\0'; text += size)
		columns += columns_at(text, &size);
	return columns;
}

size_t
utf8_fit(const char *text, size_t columns)
{
	size_t at = 0, size;

	while (text[at] != '\0') {
		size_t width = columns_at(text + at, &size);

		if (width > columns)
			break;
		columns -= width;
		at += size;
	}
	return at;
}

int
utf8_padding(const char *text, int columns)
{
	size_t used = utf8_columns(text);

	return columns > 0 && used < (size_t)columns ? columns - (int)used : 0;
}

/* Whether a line may end between two characters without a blank. */
static bool
may_break(uint32_t before, uint32_t after)
{
	utf8proc_category_t end = utf8proc_category((utf8proc_int32_t)before);
	utf8proc_category_t start = utf8proc_category((utf8proc_int32_t)after);

	if (utf8_width(before) < 2 && utf8_width(after) < 2)
		return false;
	/* not after an opening bracket or quotation mark */
	if (end == UTF8PROC_CATEGORY_PS || end == UTF8PROC_CATEGORY_PI)
		return false;
	/* not before a closing one, nor before a comma or full stop */
	return start != UTF8PROC_CATEGORY_PE && start != UTF8PROC_CATEGORY_PF &&
		start != UTF8PROC_CATEGORY_PO && utf8_width(after) > 0;
}

size_t
utf8_wrap(const char *text, size_t columns)
{
	size_t fits = utf8_fit(text, columns), at = 0, end = 0;
	uint32_t before = 0;

	if (text[fits] == '\0')
		return fits;
	if (fits == 0)
		return utf8_step(text);
	for (;;) {
		uint32_t character = 0;
		size_t size = size_at(text + at, &character);

		if (at > 0 &&
			(character == ' ' ||
				(size > 0 && before > 0 && before != ' ' &&
					may_break(before, character))))
			end = at;
		if (at >= fits)
			break;
		before = size > 0 ? character : 0;
		at += size > 0 ? size : 1;
	}
	return end > 0 ? end : fits;
}

bool
utf8_is_locale(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}
