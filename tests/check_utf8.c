/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of UTF-8: valid characters and invalid bytes, character boundaries,
 * columns, printable characters.
 */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "suite.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Return true if a character encodes to `bytes` bytes and decodes again. */
static bool
comes_back(uint32_t c, size_t bytes)
{
	char text[UTF8_SIZE] = "xxxx";
	uint32_t back = ~c;
	bool good = utf8_put(c, text) == bytes && text[bytes] == '\0' &&
		utf8_decode(text, bytes, &back) == bytes && back == c &&
		utf8_decode(text, sizeof text, &back) == bytes &&
		!utf8_is_partial(text, bytes);

	for (size_t cut = 1; cut < bytes; cut++)
		good = good && utf8_decode(text, cut, &back) == 0 &&
			utf8_is_partial(text, cut);
	return good;
}

/* Check's assertions are too slow to call a million times. */
START_TEST(every_character_is_decoded_from_its_bytes)
{
	size_t characters = 0;

	for (uint32_t c = 0; c < UTF8_CHARACTERS; c++) {
		size_t bytes = c < 0x80 ? 1
			: c < 0x800     ? 2
			: c < 0x10000   ? 3
					: 4;

		if (!utf8_is_character(c))
			continue;
		characters++;
		if (!comes_back(c, bytes))
			ck_abort_msg("U+%04X", c);
	}
	/* all code points except the surrogates */
	ck_assert_uint_eq(characters, UTF8_CHARACTERS - 0x800);
	ck_assert(!utf8_is_character(0xd800) && !utf8_is_character(0xdfff));
	ck_assert(!utf8_is_character(UTF8_CHARACTERS));
	ck_assert(!utf8_is_character(UINT32_MAX));
}
END_TEST

enum { LASTS = 4, THIRDS = 0x100 };

/* Count four-byte strings with the two first bytes by decoded size. */
static void
count_sequences(unsigned first, unsigned second, size_t count[UTF8_SIZE])
{
	/* the limits of continuation bytes, and the bytes next to them */
	static const unsigned char last[LASTS] = {0x7f, 0x80, 0xbf, 0xc0};

	for (unsigned third = 0; third < THIRDS; third++)
		for (int i = 0; i < LASTS; i++) {
			char text[4] = {(char)first, (char)second, (char)third,
				(char)last[i]};
			uint32_t character = 0;
			size_t size = utf8_decode(text, 4, &character);

			count[size]++;
			if (size > 0 && !utf8_is_character(character))
				ck_abort_msg("U+%04X", character);
		}
}

/* The number of valid sequences of each size follows from RFC 3629. */
START_TEST(no_other_bytes_are_a_character)
{
	size_t count[UTF8_SIZE] = {0};

	for (unsigned first = 0; first < 0x100; first++)
		for (unsigned second = 0; second < 0x100; second++)
			count_sequences(first, second, count);
	ck_assert_uint_eq(count[1], (size_t)0x80 * 0x100 * THIRDS * LASTS);
	ck_assert_uint_eq(count[2], (size_t)(0x800 - 0x80) * THIRDS * LASTS);
	ck_assert_uint_eq(count[3], (size_t)(0x10000 - 0x800 - 0x800) * LASTS);
	/* count_sequences tries 2 of the 64 last bytes */
	ck_assert_uint_eq(count[4],
		(size_t)(UTF8_CHARACTERS - 0x10000) / 64 * 2);
}
END_TEST

static const struct {
	const char *text;
	bool is_valid, is_partial;
} strings[] = {
	{"", true, false},
	{"a", true, false},
	{"a\xc3\xa9", true, false},
	{"\xc3", false, true},
	{"\xe2\x82", false, true},
	{"\xf0\x9f\x98", false, true},
	{"\x80", false, false},
	{"\xff", false, false},
	/* overlong, surrogates, above U+10FFFF: no byte can complete them */
	{"\xc0", false, false},
	{"\xe0\x9f", false, false},
	{"\xed\xa0", false, false},
	{"\xf0\x8f", false, false},
	{"\xf4\x90", false, false},
	{"\xf5", false, false},
	{"a\xe2\x82z", false, false},
};

START_TEST(bytes_are_valid_or_may_be_completed)
{
	const char *text = strings[_i].text;

	ck_assert(utf8_is_valid(text) == strings[_i].is_valid);
	ck_assert(
		utf8_is_partial(text, strlen(text)) == strings[_i].is_partial);
}
END_TEST

/* Characters of 1, 2, 3 and 4 bytes, and two invalid bytes. */
#define STEPS "a\xc3\xa9\xe6\xbc\xa2\xf0\x9d\x84\x9e\x84\xe6"

START_TEST(steps_end_at_character_boundaries)
{
	static const size_t places[] = {0, 1, 3, 6, 10, 11, 12};
	const char *text = STEPS;
	size_t at = 0;

	ck_assert_uint_eq(strlen(text), 12);
	for (size_t i = 0; i + 1 < COUNT(places); i++) {
		ck_assert_uint_eq(at, places[i]);
		ck_assert_uint_eq(utf8_step(text + at),
			places[i + 1] - places[i]);
		for (size_t in = places[i]; in < places[i + 1]; in++) {
			ck_assert_uint_eq(utf8_before(text, in), places[i]);
			ck_assert_uint_eq(utf8_after(text, in),
				in == places[i] ? in : places[i + 1]);
		}
		at += utf8_step(text + at);
	}
	ck_assert_uint_eq(utf8_step(text + at), 0);
	ck_assert_uint_eq(utf8_before(text, at), at);
	ck_assert_uint_eq(utf8_after(text, at), at);
}
END_TEST

static const struct {
	uint32_t character;
	int width;
} widths[] = {
	{'a', 1},
	{0xe9, 1},    /* e with an acute accent */
	{0x301, 0},   /* combining acute accent */
	{0x2500, 1},  /* box drawing */
	{0x28ff, 1},  /* braille */
	{0x4e2d, 2},  /* Chinese */
	{0xac00, 2},  /* Hangul syllable */
	{0x1100, 2},  /* Hangul initial consonant */
	{0x1161, 0},  /* Hangul vowel */
	{0x11a8, 0},  /* Hangul final consonant */
	{0xff21, 2},  /* a full-width A */
	{0xff71, 1},  /* half-width katakana */
	{0x93e, 1},   /* Devanagari vowel sign beside a letter */
	{0x941, 0},   /* Devanagari vowel sign below a letter */
	{0x600, 1},   /* Arabic number sign */
	{0x1f600, 2}, /* emoji */
	{0x20000, 2},
};

START_TEST(characters_take_their_columns)
{
	ck_assert_int_eq(utf8_width(widths[_i].character), widths[_i].width);
}
END_TEST

START_TEST(a_text_takes_the_columns_of_its_characters)
{
	/* e, an accent, Chinese, an invalid byte, z */
	const char *text = "e\xcc\x81\xe4\xb8\xad\xff"
			   "z";
	static const size_t fits[] = {0, 3, 3, 6, 7, 8, 8};

	ck_assert_uint_eq(utf8_columns(""), 0);
	ck_assert_uint_eq(utf8_columns(text), 5);
	for (size_t columns = 0; columns < COUNT(fits); columns++)
		ck_assert_uint_eq(utf8_fit(text, columns), fits[columns]);
}
END_TEST

static const struct {
	uint32_t character;
	bool is_printable;
} visible[] = {
	{' ', true},
	{'~', true},
	{0, false},
	{'\n', false},
	{0x7f, false},
	{0x9b, false},
	{0xa0, true},
	{0xad, false},  /* a soft hyphen */
	{0x378, false}, /* not assigned */
	{0x301, true},
	{0x200b, false}, /* zero width */
	{0x200e, false}, /* left-to-right mark */
	{0x200f, false}, /* right-to-left mark */
	{0x202e, false}, /* right-to-left override */
	{0x2028, false}, /* a line separator */
	{0x2029, false}, /* a paragraph separator */
	{0x2069, false}, /* pop directional isolate */
	{0x3164, false}, /* Hangul filler */
	{0xd800, false}, /* a surrogate */
	{0xe000, true},  /* private use */
	{0xfe0f, false}, /* a variation selector */
	{0xfeff, false}, /* the byte order mark */
	{0xfff9, false}, /* interlinear annotation */
	{0xfffb, false},
	{0xfffd, true},
	{0xffff, false}, /* a noncharacter */
	{0x1f600, true},
	{0xe0061, false}, /* a tag */
	{0x10ffff, false},
};

START_TEST(invisible_characters_are_not_printable)
{
	ck_assert(utf8_is_printable(visible[_i].character) ==
		visible[_i].is_printable);
}
END_TEST

START_TEST(control_characters_are_those_of_c0_and_c1)
{
	for (uint32_t c = 0; c < UTF8_CHARACTERS; c++)
		if (utf8_is_control(c) != (c < 0x20 || (c >= 0x7f && c < 0xa0)))
			ck_abort_msg("U+%04X", c);
}
END_TEST

/* In the categories of letters, as of Unicode 15 all sure ones. */
START_TEST(letters_capitals_and_their_bases_are_known)
{
	static const struct {
		uint32_t character, base;
		bool is_letter, is_capital;
	} known[] = {
		{'a', 'a', true, false},
		{'Z', 'z', true, true},
		{'7', '7', false, false},
		{' ', ' ', false, false},
		{'\n', '\n', false, false},
		{0xc9, 'e', true, true},       /* É */
		{0xfc, 'u', true, false},      /* ü */
		{0x1ed8, 'o', true, true},     /* Ộ */
		{0x414, 0x434, true, true},    /* Д */
		{0x3b1, 0x3b1, true, false},   /* α */
		{0x4e2d, 0x4e2d, true, false}, /* 中 */
		{0x201c, 0x201c, false, false},
		{0x1f600, 0x1f600, false, false},
	};

	for (size_t i = 0; i < COUNT(known); i++) {
		uint32_t c = known[i].character;

		ck_assert_msg(utf8_is_letter(c) == known[i].is_letter &&
				utf8_is_capital(c) == known[i].is_capital &&
				utf8_base_letter(c) == known[i].base,
			"U+%04X", c);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("utf8");
	TCase *group = suite_group(suite, "encoding", SUITE_SECONDS);

	tcase_add_test(group, every_character_is_decoded_from_its_bytes);
	tcase_add_test(group, no_other_bytes_are_a_character);
	suite_add_loop(group, bytes_are_valid_or_may_be_completed, 0,
		COUNT(strings));
	tcase_add_test(group, steps_end_at_character_boundaries);

	group = suite_group(suite, "properties", SUITE_SECONDS);
	suite_add_loop(group, characters_take_their_columns, 0, COUNT(widths));
	tcase_add_test(group, a_text_takes_the_columns_of_its_characters);
	suite_add_loop(group, invisible_characters_are_not_printable, 0,
		COUNT(visible));
	tcase_add_test(group, control_characters_are_those_of_c0_and_c1);
	tcase_add_test(group, letters_capitals_and_their_bases_are_known);
	return suite_run(suite);
}
