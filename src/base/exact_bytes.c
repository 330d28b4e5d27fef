/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/exact_bytes.h"

#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

char *
exact_bytes_show(const char *text)
{
	char *copy, *to;

	if (utf8_is_valid(text))
		return memory_string(text);
	copy = to = memory_new(strlen(text), UTF8_SIZE);
	for (; copy != NULL && *text != '\0'; text++)
		to += utf8_put((unsigned char)*text, to);
	return copy;
}

static const char digits[] = "0123456789ABCDEF";

char *
exact_bytes_encode(const char *text)
{
	char *copy = memory_new(3 * strlen(text) + 1, 1), *to = copy;

	for (; copy != NULL && *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (c >= ' ' && c <= '~' && c != '%') {
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
