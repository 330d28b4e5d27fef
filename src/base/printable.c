/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/printable.h"

#include <string.h>
#include <wchar.h>
#include <wctype.h>

bool
printable_is_invisible(uint32_t character)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{0xad, 0xad},       /* soft hyphen */
		{0x34f, 0x34f},     /* combining grapheme joiner */
		{0x61c, 0x61c},     /* Arabic letter mark */
		{0x115f, 0x1160},   /* Hangul fillers */
		{0x17b4, 0x17b5},   /* Khmer inherent vowels */
		{0x180b, 0x180f},   /* Mongolian separators */
		{0x200b, 0x200f},   /* zero width, direction marks */
		{0x2028, 0x202e},   /* separators, embeddings, overrides */
		{0x2060, 0x206f},   /* word joiner, isolates, invisible signs */
		{0x3164, 0x3164},   /* Hangul filler */
		{0xfe00, 0xfe0f},   /* variation selectors */
		{0xfeff, 0xfeff},   /* byte order mark */
		{0xffa0, 0xffa0},   /* Hangul filler, half width */
		{0xfff9, 0xfffb},   /* interlinear annotation */
		{0x1bca0, 0x1bca3}, /* shorthand controls */
		{0x1d173, 0x1d17a}, /* musical controls */
		{0xe0000, 0xe0fff}, /* tags, variation selectors */
	};

	for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
		if (character >= ranges[i].first && character <= ranges[i].last)
			return true;
	return false;
}

size_t
printable_next(const char *text, size_t length, char shown[PRINTABLE_SIZE])
{
	mbstate_t state = {0};
	wchar_t character = 0;
	size_t bytes = mbrtowc(&character, text, length, &state);
	uint32_t code = (uint32_t)character;

	if (bytes == 0)
		bytes = 1; /* U+0000 */
	/* C libraries have surrogates for bytes that belong to no character */
	if (bytes > length || (code >= 0xd800 && code < 0xe000) ||
		code > 0x10ffff) {
		snprintf(shown, PRINTABLE_SIZE, "\\x%02X",
			(unsigned)(unsigned char)text[0]);
		return 1;
	}
	if (code == '\n' || code == '\r' || code == '\t')
		snprintf(shown, PRINTABLE_SIZE, "\\%c",
			code == '\n'           ? 'n'
				: code == '\r' ? 'r'
					       : 't');
	else if (iswprint((wint_t)character) && !printable_is_invisible(code) &&
		bytes < PRINTABLE_SIZE)
		snprintf(shown, PRINTABLE_SIZE, "%.*s", (int)bytes, text);
	else
		snprintf(shown, PRINTABLE_SIZE, "\\u{%X}", (unsigned)code);
	return bytes;
}

bool
printable_is_partial(const char *bytes, size_t length)
{
	mbstate_t state = {0};

	return length > 0 && mbrtowc(NULL, bytes, length, &state) == (size_t)-2;
}

bool
printable_is_plain(const char *text)
{
	size_t rest = strlen(text);

	while (rest > 0) {
		char shown[PRINTABLE_SIZE];
		size_t bytes = printable_next(text, rest, shown);

		if (strncmp(text, shown, bytes) != 0)
			return false;
		text += bytes;
		rest -= bytes;
	}
	return true;
}

const char *
printable_copy(char *copy, size_t size, const char *text)
{
	size_t rest = strlen(text), used = 0;

	if (size == 0)
		return copy;
	while (rest > 0) {
		char shown[PRINTABLE_SIZE];
		size_t bytes = printable_next(text, rest, shown);

		if (strlen(shown) >= size - used)
			break; /* no part of a character */
		memcpy(copy + used, shown, strlen(shown));
		used += strlen(shown);
		text += bytes;
		rest -= bytes;
	}
	copy[used] = '\0';
	return copy;
}

void
printable_print(const char *text, FILE *stream)
{
	size_t rest = strlen(text);

	while (rest > 0) {
		char shown[PRINTABLE_SIZE];
		size_t bytes = printable_next(text, rest, shown);

		fputs(shown, stream);
		text += bytes;
		rest -= bytes;
	}
}

void
printable_replace(char *text, size_t size)
{
	for (char *at = text; *at != '\0';) {
		char shown[PRINTABLE_SIZE];
		size_t rest = strlen(at);
		size_t bytes = printable_next(at, rest, shown);
		size_t length = strlen(shown);
		size_t room = size - (size_t)(at - text);

		/* a character that printf cut in two is left out */
		if (length >= room ||
			(rest + 1 == room && printable_is_partial(at, rest))) {
			*at = '\0';
			return;
		}
		/* what follows moves along; its end may fall off */
		if (length + rest - bytes >= room)
			rest = room - 1 - length + bytes;
		memmove(at + length, at + bytes, rest - bytes);
		at[length + rest - bytes] = '\0';
		memcpy(at, shown, length);
		at += length;
	}
}
