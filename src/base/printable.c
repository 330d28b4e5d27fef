/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/printable.h"

#include <assert.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "base/utf8.h"

/*
 * Decode a character like utf8_decode, but in the locale's encoding. The C
 * library decodes encodings other than UTF-8.
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
	/* some C libraries decode an invalid byte to a surrogate */
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
	"room for the longest escape");

size_t
printable_next(const char *text, size_t length, char escaped[PRINTABLE_SIZE])
{
	uint32_t code;
	size_t bytes;

	assert(length > 0);
	bytes = decode(text, length, &code);
	if (bytes == 0) {
		snprintf(escaped, PRINTABLE_SIZE, "\\x%02X",
			(unsigned)(unsigned char)text[0]);
		return 1;
	}
	if (code == '\n' || code == '\r' || code == '\t')
		snprintf(escaped, PRINTABLE_SIZE, "\\%c",
			code == '\n'           ? 'n'
				: code == '\r' ? 'r'
					       : 't');
	else if (is_printable(code) && bytes < PRINTABLE_SIZE)
		snprintf(escaped, PRINTABLE_SIZE, "%.*s", (int)bytes, text);
	else
		snprintf(escaped, PRINTABLE_SIZE, "\\u{%X}", (unsigned)code);
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
		char escaped[PRINTABLE_SIZE];
		size_t bytes = printable_next(text, rest, escaped);

		if (strncmp(text, escaped, bytes) != 0)
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
		char escaped[PRINTABLE_SIZE];
		size_t bytes = printable_next(text, rest, escaped);

		if (strlen(escaped) >= size - used)
			break; /* never store part of a character */
		memcpy(copy + used, escaped, strlen(escaped));
		used += strlen(escaped);
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
		char escaped[PRINTABLE_SIZE];
		size_t bytes = printable_next(text, rest, escaped);

		fputs(escaped, stream);
		text += bytes;
		rest -= bytes;
	}
}

void
printable_replace(char *text, size_t size)
{
	for (char *at = text; *at != '\0';) {
		char escaped[PRINTABLE_SIZE];
		size_t rest = strlen(at);
		size_t bytes = printable_next(at, rest, escaped);
		size_t length = strlen(escaped);
		size_t room = size - (size_t)(at - text);

		/* drop a last character that a caller's printf truncated */
		if (length >= room ||
			(rest + 1 == room && printable_is_partial(at, rest))) {
			*at = '\0';
			return;
		}
		/* move the rest of the text; cut off what no longer fits */
		if (length + rest - bytes >= room)
			rest = room - 1 - length + bytes;
		memmove(at + length, at + bytes, rest - bytes);
		at[length + rest - bytes] = '\0';
		memcpy(at, escaped, length);
		at += length;
	}
}
