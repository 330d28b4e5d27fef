/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/exact_bytes.h"

#include <string.h>

#include "base/memory.h"

static bool
is_between(unsigned char c, unsigned char min, unsigned char max)
{
	return c >= min && c <= max;
}

/* The bytes of the UTF-8 character that text begins with; 0: none does. */
static size_t
character_bytes(const unsigned char *text)
{
	unsigned char first = text[0], min = 0x80, max = 0xbf;
	size_t bytes = first < 0x80             ? 1
		: is_between(first, 0xc2, 0xdf) ? 2
		: is_between(first, 0xe0, 0xef) ? 3
		: is_between(first, 0xf0, 0xf4) ? 4
						: 0;

	/* too long a form, surrogates, beyond U+10FFFF: by the second byte */
	if (first == 0xe0)
		min = 0xa0;
	if (first == 0xed)
		max = 0x9f;
	if (first == 0xf0)
		min = 0x90;
	if (first == 0xf4)
		max = 0x8f;
	for (size_t i = 1; i < bytes; i++) {
		if (!is_between(text[i], min, max))
			return 0;
		min = 0x80;
		max = 0xbf;
	}
	return bytes;
}

bool
exact_bytes_is_utf8(const char *text)
{
	const unsigned char *at = (const unsigned char *)text;

	while (*at != '\0') {
		size_t bytes = character_bytes(at);

		if (bytes == 0)
			return false;
		at += bytes;
	}
	return true;
}

char *
exact_bytes_show(const char *text)
{
	char *copy, *to;

	if (exact_bytes_is_utf8(text))
		return memory_string(text);
	copy = to = memory_new(2 * strlen(text) + 1, 1);
	for (; copy != NULL && *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (c >= 0x80)
			*to++ = (char)(0xc0 | c >> 6);
		*to++ = (char)(c >= 0x80 ? 0x80 | (c & 0x3f) : c);
	}
	return copy;
}

static const char digits[] = "0123456789ABCDEF";

char *
exact_bytes_encode(const char *text)
{
	char *copy = memory_new(3 * strlen(text) + 1, 1), *to = copy;

	for (; copy != NULL && *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (is_between(c, ' ', '~') && c != '%') {
			*to++ = (char)c;
			continue;
		}
		*to++ = '%';
		*to++ = digits[c >> 4];
		*to++ = digits[c & 0xf];
	}
	return copy;
}

bool
exact_bytes_decode(const char *encoded, char *text, size_t size)
{
	size_t length = 0;

	for (; *encoded != '\0' && length + 1 < size; length++) {
		const char *high, *low;

		if (*encoded != '%') {
			text[length] = *encoded++;
			continue;
		}
		high = encoded[1] != '\0' ? strchr(digits, encoded[1]) : NULL;
		low = high != NULL && encoded[2] != '\0'
			? strchr(digits, encoded[2])
			: NULL;
		if (low == NULL)
			return false;
		text[length] = (char)((high - digits) << 4 | (low - digits));
		if (text[length] == '\0')
			return false;
		encoded += 3;
	}
	if (length >= size)
		return false;
	text[length] = '\0';
	return *encoded == '\0';
}
