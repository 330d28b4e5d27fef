/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/encoding.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

/* Return a unit of `size` bytes (2 or 4) in big- or little-endian order. */
static uint32_t
unit_at(const unsigned char *bytes, size_t size, bool is_big)
{
	uint32_t value = 0;

	for (size_t i = 0; i < size; i++)
		value = value << 8 | bytes[is_big ? i : size - 1 - i];
	return value;
}

/* Return true if every unit of four bytes is a character. */
static bool
is_utf32(const unsigned char *bytes, size_t length, bool is_big)
{
	if (length % 4 != 0)
		return false;
	for (size_t at = 0; at < length; at += 4) {
		uint32_t value = unit_at(bytes + at, 4, is_big);

		if (!utf8_is_character(value))
			return false;
	}
	return true;
}

/* Return true for a control character that does not occur in texts. */
static bool
is_binary(unsigned byte)
{
	return byte == 0x7f ||
		(byte < ' ' && byte != '\t' && byte != '\n' && byte != '\v' &&
			byte != '\f' && byte != '\r');
}

/*
 * Return true if every unit of two bytes is a character or part of a surrogate
 * pair, and none is 0. If the bytes are valid UTF-8 too, at least half of the
 * units must have a high byte that is a control character in UTF-8. Latin,
 * Greek and Cyrillic letters do.
 */
static bool
is_utf16(const unsigned char *bytes, size_t length, bool is_big, bool is_utf8)
{
	size_t controls = 0;
	bool follows_high = false;

	if (length % 2 != 0)
		return false;
	for (size_t at = 0; at < length; at += 2) {
		uint32_t value = unit_at(bytes + at, 2, is_big);
		bool is_low = value >= 0xdc00 && value < 0xe000;

		if (value == 0 || is_low != follows_high)
			return false;
		follows_high = value >= 0xd800 && value < 0xdc00;
		controls += is_binary(value >> 8);
	}
	return !follows_high && controls >= (is_utf8 ? length / 4 : 1);
}

static bool
has_mark(const unsigned char *bytes, size_t length, const char *mark,
	size_t size)
{
	return length >= size && memcmp(bytes, mark, size) == 0;
}

static const char *
find_wide(const unsigned char *bytes, size_t length, bool is_utf8)
{
	/* UTF-32's mark begins with that of UTF-16 */
	if (has_mark(bytes, length, "\xff\xfe\0\0", 4) ||
		has_mark(bytes, length, "\0\0\xfe\xff", 4))
		return "UTF-32";
	if (has_mark(bytes, length, "\xff\xfe", 2) ||
		has_mark(bytes, length, "\xfe\xff", 2))
		return "UTF-16";
	if (length == 0 || memchr(bytes, 0, length) == NULL)
		return NULL;
	/* zero bytes only are valid in both byte orders */
	if (is_utf32(bytes, length, false) && !is_utf32(bytes, length, true))
		return "UTF-32LE";
	if (is_utf32(bytes, length, true) && !is_utf32(bytes, length, false))
		return "UTF-32BE";
	if (is_utf16(bytes, length, false, is_utf8))
		return "UTF-16LE";
	if (is_utf16(bytes, length, true, is_utf8))
		return "UTF-16BE";
	return NULL;
}

const char *
encoding_wide(const unsigned char *bytes, size_t length)
{
	return find_wide(bytes, length, true);
}

const char *
encoding_guess(const unsigned char *bytes, size_t length)
{
	/* bytes without a character in WINDOWS-1252 */
	static const char undefined[] = "\x81\x8d\x8f\x90\x9d";
	size_t invalid = 0, multibyte = 0, controls = 0;
	const char *wide = find_wide(bytes, length, false);
	bool is_1252 = true;

	if (wide != NULL)
		return wide;
	for (size_t at = 0; at < length;) {
		uint32_t character;
		size_t count = utf8_decode((const char *)bytes + at,
			length - at, &character);

		if (is_binary(bytes[at]))
			return NULL;
		multibyte += count > 1;
		if (count == 0) {
			invalid++;
			controls += bytes[at] < 0xa0;
			is_1252 &= strchr(undefined, bytes[at]) == NULL;
			count = 1;
		}
		at += count;
	}
	/* at most every second letter of a Latin text has an accent */
	if (multibyte >= invalid || invalid > length / 2)
		return NULL;
	if (controls > 0)
		return is_1252 ? "WINDOWS-1252" : NULL;
	return "ISO-8859-1";
}
