/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/printable.h"

#include <assert.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "base/utf8.h"

/*
 * The same as utf8_decode in the locale's encoding. Other encodings than
 * UTF-8 are the C library's.
 */
static size_t
decode(const char *text, size_t length, uint32_t *code)
{
	mbstate_t state = {0};
	wchar_t character = 0;
	size_t size;

	if (utf8_is_locale())
		return utf8_decode(text, length, code);
	size = mbrtowc(&character, text, length, &state);
	*code = (uint32_t)character;
	/* C libraries have surrogates for bytes that belong to no character */
	if (size > length || !utf8_is_character(*code))
		return 0;
	return size > 0 ? size : 1; /* 0: U+0000 */
}

static bool
is_printable(uint32_t code)
{
	return utf8_is_printable(code) &&
		(utf8_is_locale() || iswprint((wint_t)code));
}

_Static_assert(PRINTABLE_SIZE >= sizeof "\\u{10FFFF}",
	"room for the longest number of a character");

size_t
printable_next(const char *text, size_t length, char shown[PRINTABLE_SIZE])
{
	uint32_t code;
	size_t bytes;

	assert(length > 0);
	bytes = decode(text, length, &code);
	if (bytes == 0) {
		snprintf(shown, PRINTABLE_SIZE, "\\x%02X",
			(unsigned)(unsigned char)text[0]);
		return 1;
	}
	if (code == '\n' || code == '\r' || code == '\t')
		snprintf(shown, PRINTABLE_SIZE, "\\%c",
			code == '\n'           ? 'n'
				: code == '\r' ? 'r'
					       : 't');
	else if (is_printable(code) && bytes < PRINTABLE_SIZE)
		snprintf(shown, PRINTABLE_SIZE, "%.*s", (int)bytes, text);
	else
		snprintf(shown, PRINTABLE_SIZE, "\\u{%X}", (unsigned)code);
	return bytes;
}

bool
printable_is_partial(const char *bytes, size_t length)
{
	mbstate_t state = {0};

	if (utf8_is_locale())
		return utf8_is_partial(bytes, length);
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
