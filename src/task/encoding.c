/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/encoding.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

/* A unit of `size` bytes, 2 or 4, with its highest byte first or last. */
static uint32_t
unit_at(const unsigned char *bytes, size_t size, bool is_big)
{
	uint32_t value = 0;

	for (size_t i = 0; i < size; i++)
		value = value << 8 | bytes[is_big ? i : size - 1 - i];
	return value;
}

/* Every unit of four bytes is a character. */
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

/* Controls that texts have none of. */
static bool
is_binary(unsigned byte)
{
	return byte == 0x7f ||
		(byte < ' ' && byte != '\t' && byte != '\n' && byte != '\v' &&
			byte != '\f' && byte != '\r');
}

/*
 * Every unit of two bytes is a character or half of a pair, and none is 0.
 * Bytes that are UTF-8 too are taken for UTF-16 only if half of the units at
 * least have a high byte that is a control in UTF-8, as those of Latin, Greek
 * and Cyrillic letters do.
 */
static bool
is_utf16(const unsigned char *bytes, size_t length, bool is_big, bool is_utf8)
{
	size_t controls = 0;
	bool follows_first = false;

	if (length % 2 != 0)
		return false;
	for (size_t at = 0; at < length; at += 2) {
		uint32_t value = unit_at(bytes + at, 2, is_big);
		bool is_second = value >= 0xdc00 && value < 0xe000;

		if (value == 0 || is_second != follows_first)
			return false;
		follows_first = value >= 0xd800 && value < 0xdc00;
		controls += is_binary(value >> 8);
	}
	return !follows_first && controls >= (is_utf8 ? length / 4 : 1);
}

static bool
begins(const unsigned char *bytes, size_t length, const char *mark, size_t size)
{
	return length >= size && memcmp(bytes, mark, size) == 0;
}

static const char *
find_wide(const unsigned char *bytes, size_t length, bool is_utf8)
{
	/* that of UTF-32 begins as that of UTF-16 does */
	if (begins(bytes, length, "\xff\xfe\0\0", 4) ||
		begins(bytes, length, "\0\0\xfe\xff", 4))
		return "UTF-32";
	if (begins(bytes, length, "\xff\xfe", 2) ||
		begins(bytes, length, "\xfe\xff", 2))
		return "UTF-16";
	if (length == 0 || memchr(bytes, 0, length) == NULL)
		return NULL;
	/* all zeros would be both */
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
	/* those that WINDOWS-1252 has no characters for */
	static const char undefined[] = "\x81\x8d\x8f\x90\x9d";
	size_t single = 0, several = 0, controls = 0;
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
		several += count > 1;
		if (count == 0) {
			single++;
			controls += bytes[at] < 0xa0;
			is_1252 &= strchr(undefined, bytes[at]) == NULL;
			count = 1;
		}
		at += count;
	}
	/* one letter in two, at the most, has an accent */
	if (several >= single || single > length / 2)
		return NULL;
	if (controls > 0)
		return is_1252 ? "WINDOWS-1252" : NULL;
	return "ISO-8859-1";
}
