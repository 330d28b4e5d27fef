/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of src/base: error messages, hashes, quoting, memory, number
 * formatting and parsing, name suggestions, opening regular files.
 */
#include <errno.h>
#include <fcntl.h>
#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "base/byte_order.h"
#include "base/error.h"
#include "base/exact_bytes.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/name.h"
#include "base/number.h"
#include "base/printable.h"
#include "base/regular_file.h"
#include "base/shell.h"
#include "base/utf8.h"
#include "folder.h"
#include "suite.h"

/* ---------------------------------------------------------------------- */
/* error */

START_TEST(a_message_replaces_the_former_one)
{
	struct error error;

	ck_assert(!error_set_usage(&error, "first"));
	ck_assert(error.is_usage);
	ck_assert(!error_set(&error, "%s %d", "second", 2));
	ck_assert_str_eq(error.text, "second 2");
	ck_assert(!error.is_usage);
}
END_TEST

START_TEST(a_prefix_precedes_the_message)
{
	struct error error;

	error_set_usage(&error, "no such thing");
	ck_assert(!error_prefix(&error, "%s:%d", "data.csv", 7));
	ck_assert_str_eq(error.text, "data.csv:7: no such thing");
	ck_assert(error.is_usage);
}
END_TEST

/* The published values of 64-bit FNV-1a for "", "a" and "foobar". */
START_TEST(hashes_are_fnv_1a)
{
	ck_assert(
		hash_bytes(HASH_EMPTY, "", 0) == UINT64_C(0xcbf29ce484222325));
	ck_assert(
		hash_bytes(HASH_EMPTY, "a", 1) == UINT64_C(0xaf63dc4c8601ec8c));
	ck_assert(hash_bytes(HASH_EMPTY, "foobar", 6) ==
		UINT64_C(0x85944171f73967e8));
}
END_TEST

/* The hash must not depend on word size or byte order. */
START_TEST(numbers_are_hashed_from_the_lowest_byte_on)
{
	ck_assert(hash_number(HASH_EMPTY, UINT64_C(0x7261626f6f66), 6) ==
		UINT64_C(0x85944171f73967e8));
	ck_assert(hash_number(HASH_EMPTY, 0x61, 8) ==
		hash_bytes(HASH_EMPTY, "a\0\0\0\0\0\0", 8));
}
END_TEST

/* The start names the file, the end gives the cause. _i 1: in three parts. */
START_TEST(a_message_that_is_too_long_loses_its_middle)
{
	char path[5000];
	struct error error;

	/* characters of two bytes: the cut must not split one */
	for (size_t i = 0; i + 2 < sizeof path; i += 2)
		memcpy(path + i, "\xc3\xa4", 3);
	if (_i == 0) {
		error_set_usage(&error, "/a%s: no such file", path);
	} else {
		error_set_usage(&error, "no such");
		error_append(&error, " %s", "file");
		error_prefix(&error, "/a%s", path);
	}
	ck_assert(error.is_usage);
	ck_assert_uint_lt(strlen(error.text), sizeof error.text);
	ck_assert_uint_gt(strlen(error.text), sizeof error.text - 8);
	ck_assert_int_eq(strncmp(error.text, "/a\xc3\xa4", 4), 0);
	ck_assert_ptr_nonnull(strstr(error.text, "\xa4...\xc3"));
	ck_assert_str_eq(strrchr(error.text, '\xa4') + 1, ": no such file");
}
END_TEST

START_TEST(control_characters_are_neutralised)
{
	struct error error;

	error_set(&error, "%s",
		"a\033[2Jb\nc\td\x7f"
		"e\rf");
	ck_assert_str_eq(error.text, "a\\u{1B}[2Jb\\nc\\td\\u{7F}e\\rf");
	error_set(&error, "plain");
	error_prefix(&error, "%s", "\033]0;title\a");
	ck_assert_str_eq(error.text, "\\u{1B}]0;title\\u{7}: plain");
	error_set_usage(&error, "\b");
	ck_assert_str_eq(error.text, "\\u{8}");
}
END_TEST

/* U+009B begins an escape sequence just as ESC [ does. */
START_TEST(control_characters_beyond_ascii_are_neutralised)
{
	struct error error;

	error_set(&error, "%s",
		"\xc2\x9b"
		"2J");
	ck_assert_str_eq(error.text, "\\u{9B}2J");
	error_set(&error, "%s", "\xc2\x80 \xc2\x9f");
	ck_assert_str_eq(error.text, "\\u{80} \\u{9F}");
	/* a prefix must not change the escapes of the message */
	error_prefix(&error, "\x9b");
	ck_assert_str_eq(error.text, "\\x9B: \\u{80} \\u{9F}");
}
END_TEST

START_TEST(letters_beyond_ascii_are_left_alone)
{
	struct error error;

	error_set(&error, "%s",
		"ä\xc2\xa0€\xc3\x80"
		"😀");
	ck_assert_str_eq(error.text,
		"ä\xc2\xa0€\xc3\x80"
		"😀");
}
END_TEST

START_TEST(a_long_message_is_cut_not_overrun)
{
	static char text[3 * ERROR_TEXT_SIZE];
	struct error error;

	memset(text, 'x', sizeof text - 1);
	error_set(&error, "%s", text);
	ck_assert_uint_eq(strlen(error.text), ERROR_TEXT_SIZE - 1);
	error_prefix(&error, "%s", text);
	ck_assert_uint_eq(strlen(error.text), ERROR_TEXT_SIZE - 1);
	/* escapes make the text longer; a cut message remains printable */
	memset(text, 0xc2, sizeof text - 1);
	error_set(&error, "%s", text);
	ck_assert_uint_eq(strlen(error.text), ERROR_TEXT_SIZE - 1);
	ck_assert(printable_is_plain(error.text));
	ck_assert(strncmp(error.text, "\\xC2\\xC2", 8) == 0);
}
END_TEST

START_TEST(lack_of_memory_has_a_message)
{
	struct error error;

	ck_assert(!error_out_of_memory(&error));
	ck_assert_str_eq(error.text, "out of memory");
}
END_TEST

/* ---------------------------------------------------------------------- */
/* exact bytes */

static const struct {
	const char *text, *shown, *encoded;
	bool is_utf8;
} byte_strings[] = {
	{"", "", "", true},
	{"a b%~", "a b%~", "a b%25~", true},
	{"\xc2\x80\xdf\xbf", "\xc2\x80\xdf\xbf", "%C2%80%DF%BF", true},
	{"\xe0\xa0\x80\xef\xbf\xbf", "\xe0\xa0\x80\xef\xbf\xbf",
		"%E0%A0%80%EF%BF%BF", true},
	{"\xf0\x90\x80\x80\xf4\x8f\xbf\xbf", "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf",
		"%F0%90%80%80%F4%8F%BF%BF", true},
	{"\x80", "\xc2\x80", "%80", false},
	{"a\xff", "a\xc3\xbf", "a%FF", false},
	{"\xc3", "\xc3\x83", "%C3", false},
	{"\xc0\xaf", "\xc3\x80\xc2\xaf", "%C0%AF", false},
	{"\xe0\x9f\xbf", "\xc3\xa0\xc2\x9f\xc2\xbf", "%E0%9F%BF", false},
	{"\xed\xa0\x80", "\xc3\xad\xc2\xa0\xc2\x80", "%ED%A0%80", false},
	{"\xf0\x8f\xbf\xbf", "\xc3\xb0\xc2\x8f\xc2\xbf\xc2\xbf", "%F0%8F%BF%BF",
		false},
	{"\xf4\x90\x80\x80", "\xc3\xb4\xc2\x90\xc2\x80\xc2\x80", "%F4%90%80%80",
		false},
	{"\xe2\x82", "\xc3\xa2\xc2\x82", "%E2%82", false},
};

enum { BYTE_STRINGS = sizeof byte_strings / sizeof byte_strings[0] };

START_TEST(bytes_are_shown_as_utf8_and_kept_exactly)
{
	const char *text = byte_strings[_i].text;
	char *shown = exact_bytes_show(text);
	char *encoded = exact_bytes_encode(text), decoded[32];

	ck_assert(utf8_is_valid(text) == byte_strings[_i].is_utf8);
	ck_assert_str_eq(shown, byte_strings[_i].shown);
	ck_assert(utf8_is_valid(shown));
	ck_assert_str_eq(encoded, byte_strings[_i].encoded);
	ck_assert(exact_bytes_decode(encoded, decoded, sizeof decoded));
	ck_assert_str_eq(decoded, text);
	/* a buffer one byte too small is refused */
	ck_assert(exact_bytes_decode(encoded, decoded, strlen(text) + 1));
	ck_assert(strlen(text) == 0 ||
		!exact_bytes_decode(encoded, decoded, strlen(text)));
	free(shown);
	free(encoded);
}
END_TEST

START_TEST(numbers_of_files_have_the_lowest_byte_first)
{
	static const uint32_t words[] = {0x01020304, 0x05060708};
	static const double number = -0x1.23456789abcdep1;
	unsigned char bytes[8];
	uint32_t back[2];

	byte_order_little(bytes, words, 4, 2);
	ck_assert_mem_eq(bytes, "\4\3\2\1\10\7\6\5", 8);
	byte_order_little(back, bytes, 4, 2);
	ck_assert_mem_eq(back, words, sizeof words);
	byte_order_little(bytes, bytes, 4, 2);
	byte_order_little(bytes, bytes, 4, 2);
	ck_assert_mem_eq(bytes, "\4\3\2\1\10\7\6\5", 8);
	byte_order_little(bytes, &number, 8, 1);
	ck_assert_mem_eq(bytes, "\xde\xbc\x9a\x78\x56\x34\x02\xc0", 8);
}
END_TEST

START_TEST(bytes_are_reversed_within_each_number)
{
	unsigned char bytes[8];

	byte_order_reverse(bytes, "abcdefgh", 4, 2);
	ck_assert_mem_eq(bytes, "dcbahgfe", 8);
	byte_order_reverse(bytes, bytes, 2, 4);
	ck_assert_mem_eq(bytes, "cdabghef", 8);
	byte_order_reverse(bytes, bytes, 8, 1);
	ck_assert_mem_eq(bytes, "fehgbadc", 8);
	byte_order_reverse(bytes, bytes, 1, 8);
	ck_assert_mem_eq(bytes, "fehgbadc", 8);
}
END_TEST

START_TEST(every_byte_is_decoded_from_its_code)
{
	char text[256], decoded[256];
	char *encoded;

	for (int i = 1; i < 256; i++)
		text[i - 1] = (char)i;
	text[255] = '\0';
	encoded = exact_bytes_encode(text);
	for (const char *at = encoded; *at != '\0'; at++)
		ck_assert(*at >= ' ' && *at <= '~');
	ck_assert(exact_bytes_decode(encoded, decoded, sizeof decoded));
	ck_assert_str_eq(decoded, text);
	free(encoded);
}
END_TEST

/* Shell words as quoted for a file, and for a terminal. */
static const struct {
	const char *word, *in_a_line, *shown;
} shell_words[] = {
	{"plain-1.st", "plain-1.st", "plain-1.st"},
	{"", "''", "''"},
	{"a b", "'a b'", "'a b'"},
	{"it's", "'it'\\''s'", "'it'\\''s'"},
	{"\xc3\xa4", "'\xc3\xa4'", "'\xc3\xa4'"},
	{"\xff'\\", "'\xff'\\''\\'", "$'\\377\\'\\\\'"},
	{"a\033", "'a\033'", "$'a\\033'"},
	{"a\n1", "$'a\\0121'", "$'a\\0121'"},
};

enum { SHELL_WORDS = sizeof shell_words / sizeof shell_words[0] };

START_TEST(words_are_quoted_for_a_shell)
{
	const char *word = shell_words[_i].word;
	char *in_a_line = shell_quoted_line(word, false);
	char *shown = shell_quoted_line(word, true);

	ck_assert_str_eq(in_a_line, shell_words[_i].in_a_line);
	ck_assert_str_eq(shown, shell_words[_i].shown);
	free(in_a_line);
	free(shown);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* memory */

START_TEST(a_product_that_overflows_is_refused)
{
	size_t product = 0;

	ck_assert(memory_product(6, 7, &product));
	ck_assert_uint_eq(product, 42);
	ck_assert(memory_product(SIZE_MAX, 1, &product));
	ck_assert_uint_eq(product, SIZE_MAX);
	ck_assert(memory_product(SIZE_MAX, 0, &product));
	ck_assert_uint_eq(product, 0);
	ck_assert(memory_product(0, SIZE_MAX, &product));
	ck_assert_uint_eq(product, 0);
	ck_assert(!memory_product(SIZE_MAX, 2, &product));
	ck_assert(!memory_product(SIZE_MAX / 2 + 1, 2, &product));
	ck_assert(
		!memory_product(SIZE_MAX / 2 + 1, SIZE_MAX / 2 + 1, &product));
}
END_TEST

START_TEST(sizes_past_the_address_space_are_refused)
{
	/* volatile: gcc warns about constant sizes that are too large */
	volatile size_t huge = SIZE_MAX;

	ck_assert_ptr_null(memory_new(huge / 2, 4));
	ck_assert_ptr_null(memory_new(huge, huge));
	ck_assert_ptr_null(memory_floats(huge));
	ck_assert_ptr_null(memory_floats(huge / sizeof(float)));
	ck_assert_ptr_null(memory_floats(huge / sizeof(float) + 2));
}
END_TEST

START_TEST(new_memory_is_zero)
{
	unsigned char *bytes = memory_new(1000, 3);
	float *floats = memory_floats(1001);
	size_t set = 0;

	ck_assert_ptr_nonnull(bytes);
	ck_assert_ptr_nonnull(floats);
	for (size_t i = 0; i < 3000; i++)
		set += bytes[i] != 0;
	for (size_t i = 0; i < 1001; i++)
		set += floats[i] != 0;
	ck_assert_uint_eq(set, 0);
	free(bytes);
	free(floats);
}
END_TEST

/* The second block may reuse dirty pages of the first. */
START_TEST(large_memory_is_zero)
{
	size_t count = ((size_t)70 << 20) / sizeof(float) + 5, set = 0;

#ifdef M_MMAP_MAX
	mallopt(M_MMAP_MAX, 0);
#endif
	for (int times = 0; times < 2; times++) {
		float *floats = memory_floats(count);

		ck_assert_ptr_nonnull(floats);
		for (size_t i = 0; i < count; i++) {
			set += floats[i] != 0;
			floats[i] = 1;
		}
		free(floats);
	}
	ck_assert_uint_eq(set, 0);
}
END_TEST

START_TEST(floats_begin_on_a_cache_line)
{
	for (size_t count = 0; count < 70; count++) {
		float *floats = memory_floats(count);

		ck_assert_ptr_nonnull(floats);
		ck_assert_uint_eq((uintptr_t)floats % MEMORY_ALIGNMENT, 0);
		floats[count > 0 ? count - 1 : 0] = 1;
		free(floats);
	}
}
END_TEST

START_TEST(a_block_grows_and_keeps_its_content)
{
	uint32_t *block = NULL;
	size_t room = 0, moves = 0, wrong = 0;

	for (uint32_t i = 0; i < 5000; i++) {
		size_t before = room;

		ck_assert(memory_grow((void **)&block, &room, i + 1,
			sizeof *block));
		moves += room != before;
		wrong += room < i + 1 || block[i] != 0;
		block[i] = i + 1;
	}
	for (uint32_t i = 0; i < 5000; i++)
		wrong += block[i] != i + 1;
	for (size_t i = 5000; i < room; i++)
		wrong += block[i] != 0;
	ck_assert_uint_eq(wrong, 0);
	ck_assert_uint_lt(moves, 16); /* the capacity doubles */
	free(block);
}
END_TEST

START_TEST(growth_past_the_address_space_leaves_the_block)
{
	uint64_t *block = NULL;
	size_t room = 0, had;
	void *was;

	ck_assert(memory_grow((void **)&block, &room, 3, sizeof *block));
	block[2] = 17;
	had = room;
	was = block;
	ck_assert(
		!memory_grow((void **)&block, &room, SIZE_MAX, sizeof *block));
	ck_assert(!memory_grow((void **)&block, &room, SIZE_MAX / 8,
		sizeof *block));
	ck_assert_uint_eq(room, had);
	ck_assert_ptr_eq(block, was);
	ck_assert_uint_eq(block[2], 17);
	free(block);
}
END_TEST

START_TEST(a_copied_string_is_independent)
{
	char text[] = "rectangle";
	char *copy = memory_string(text);

	text[0] = 'X';
	ck_assert_str_eq(copy, "rectangle");
	free(copy);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* number */

START_TEST(thousands_are_grouped)
{
	static const struct {
		uint64_t value;
		const char *text;
	} cases[] = {
		{0, "0"},
		{7, "7"},
		{999, "999"},
		{1000, "1,000"},
		{25000, "25,000"},
		{123456, "123,456"},
		{1234567, "1,234,567"},
		{UINT64_MAX, "18,446,744,073,709,551,615"},
	};
	char text[NUMBER_TEXT_SIZE];

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		ck_assert_ptr_eq(number_grouped(text, cases[i].value), text);
		ck_assert_str_eq(text, cases[i].text);
	}
}
END_TEST

START_TEST(the_shortest_form_is_short)
{
	static const struct {
		double value;
		const char *text;
	} cases[] = {
		{0, "0"},
		{0.001, "0.001"},
		{0.1, "0.1"},
		{1, "1"},
		{-2.5, "-2.5"},
		{25000, "25000"},
		{1e-7, "1e-07"},
		{0.1234567, "0.1234567"},
		{0.1 + 0.2, "0.30000000000000004"},
	};
	char text[NUMBER_TEXT_SIZE];

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		ck_assert_str_eq(number_shortest(text, cases[i].value),
			cases[i].text);
}
END_TEST

static uint64_t
next_bits(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) +
		UINT64_C(1442695040888963407);
	return *state ^ *state >> 29;
}

START_TEST(the_shortest_form_reads_back_as_the_same_number)
{
	uint64_t state = 1;
	size_t wrong = 0;

	for (int i = 0; i < 20000; i++) {
		uint64_t bits = next_bits(&state);
		char text[NUMBER_TEXT_SIZE];
		double value, back;

		memcpy(&value, &bits, sizeof value);
		if (!isfinite(value))
			continue;
		number_shortest(text, value);
		wrong += !number_parse_real(text, &back) ||
			memcmp(&value, &back, sizeof value) != 0;
	}
	ck_assert_uint_eq(wrong, 0);
}
END_TEST

/*
 * Random digits with a random decimal point, and half of them with an exponent,
 * parse to strtod's bits.
 */
START_TEST(a_decimal_number_is_the_nearest_double)
{
	uint64_t state = 3;

	for (int i = 0; i < 200000; i++) {
		uint64_t bits = next_bits(&state);
		int digits = 1 + (int)(bits % 21),
		    point = (int)(bits >> 40) % 20;
		char text[NUMBER_TEXT_SIZE] = "";
		double value, wanted;
		size_t length = 0;

		if (bits >> 60 < 8)
			text[length++] = '-';
		for (int d = 0; d < digits; d++) {
			if (d == point)
				text[length++] = '.';
			text[length++] = (char)('0' + next_bits(&state) % 10);
		}
		if ((bits >> 8) % 2 == 0)
			snprintf(text + length, sizeof text - length, "%c%s%d",
				(bits >> 9) % 2 == 0 ? 'e' : 'E',
				(bits >> 10) % 2 == 0 ? "+" : "-",
				(int)((bits >> 11) % 30));
		wanted = strtod(text, NULL);
		if (number_read(text, &value) != NUMBER_FINITE ||
			memcmp(&value, &wanted, sizeof value) != 0)
			ck_abort_msg("%s: %.17g", text, value);
	}
}
END_TEST

/* Numbers half way between two doubles, and near it, round as by strtod. */
START_TEST(a_number_between_two_doubles_is_rounded_once)
{
	static const char *const texts[] = {
		/* 2⁵³ + 1 and its neighbours: halves of even and odd doubles */
		"9007199254740993",
		"9007199254740992",
		"9007199254740994",
		"9007199254740995",
		"9007199254740997",
		"9007199254740993.0",
		"9007199254740993.1",
		"9007199254740992.9",
		"9007199254740995.1",
		/* the largest numbers of 19 digits and of 64 bits */
		"9999999999999999999",
		"9.999999999999999999",
		".9999999999999999999",
		"0.9999999999999999",
		"18446744073709551615",
		/* 1 + 2⁻⁵³ has more digits: its beginning is below the half */
		"1.000000000000000111",
		"1.000000000000000112",
		"0.5000000000000000555",
		"0.5000000000000000556",
		"0000000000000000001",
		"0.000000000000000000",
		"-0.0000000000000000",
		/* the largest exact integers and powers of ten */
		"999999999999999e22",
		"999999999999999e-22",
		"999999999999999e23",
		"9007199254740993e22",
		"1.5e-3",
		"-0e5",
		"1e0003",
	};

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		double wanted = strtod(texts[i], NULL), value;

		ck_assert_int_eq(number_read(texts[i], &value), NUMBER_FINITE);
		ck_assert_msg(number_has_same_bits(value, wanted),
			"%s: %.17g, not %.17g", texts[i], value, wanted);
	}
}
END_TEST

static const struct {
	const char *text;
	enum number_kind kind;
} readings[] = {
	{"0", NUMBER_FINITE},
	{"-0.5", NUMBER_FINITE},
	{".5", NUMBER_FINITE},
	{"5.", NUMBER_FINITE},
	{"+1e-3", NUMBER_FINITE},
	{"1E400", NUMBER_NOT_FINITE},
	{"-inf", NUMBER_NOT_FINITE},
	{"nan", NUMBER_NOT_FINITE},
	{"", NUMBER_NONE},
	{"-", NUMBER_NONE},
	{".", NUMBER_NONE},
	{"1.2.3", NUMBER_NONE},
	{"1,5", NUMBER_NONE},
	{" 1", NUMBER_NONE},
	{"1 ", NUMBER_NONE},
	{"0x1", NUMBER_NONE},
	{"1e", NUMBER_NONE},
};

START_TEST(a_text_is_a_finite_number_or_says_why_not)
{
	const char *text = readings[_i].text;
	double value;

	ck_assert_int_eq(number_read(text, &value), readings[_i].kind);
	ck_assert(number_parse_real(text, &value) ==
		(readings[_i].kind == NUMBER_FINITE));
}
END_TEST

START_TEST(the_longest_number_fits)
{
	char text[NUMBER_TEXT_SIZE];

	number_shortest(text, -DBL_MAX);
	ck_assert_double_eq(strtod(text, NULL), -DBL_MAX);
	number_shortest(text, DBL_TRUE_MIN);
	ck_assert_double_eq(strtod(text, NULL), DBL_TRUE_MIN);
	number_loss(text, -DBL_MAX);
	ck_assert_uint_lt(strlen(text), NUMBER_TEXT_SIZE);
}
END_TEST

START_TEST(a_loss_has_six_decimals)
{
	char text[NUMBER_TEXT_SIZE];

	ck_assert_str_eq(number_loss(text, 1.0 / 12), "0.083333");
	ck_assert_str_eq(number_loss(text, 0), "0.000000");
	ck_assert_str_eq(number_loss(text, 1.5e9), "1.5e+09");
	/* perplexity of small, large and very large losses */
	ck_assert_str_eq(number_perplexity(text, 0), "1.0000");
	ck_assert_str_eq(number_perplexity(text, 2), "7.3891");
	ck_assert_str_eq(number_perplexity(text, 66), "4.60719e+28");
	ck_assert_str_eq(number_perplexity(text, 1000), "1.97007e+434");
	ck_assert_str_eq(number_perplexity(text, NAN), "nan");
}
END_TEST

START_TEST(durations_read_as_on_a_clock)
{
	static const struct {
		double seconds;
		const char *text;
		/* clang-format off */
	} cases[] = {
		{0, "0:00"},
		{0.2, "0:01"}, /* 0:00 means finished */
		{13, "0:13"},
		{59.5, "1:00"},
		{725, "12:05"},
		{3599, "59:59"},
		{3600, "1:00:00"},
		{11045, "3:04:05"},
		{359999, "99:59:59"},
		{360000, "4 d"},
		{8640000, "100 d"},
		{-1, "-:--"},
		{NAN, "-:--"},
		{INFINITY, "-:--"},
		{1e300, "-:--"},
	};
	/* clang-format on */
	char text[NUMBER_TEXT_SIZE];

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		ck_assert_str_eq(number_duration(text, cases[i].seconds),
			cases[i].text);
}
END_TEST

START_TEST(counts_are_read)
{
	uint64_t value;

	ck_assert(number_parse_count("0", 10, &value));
	ck_assert_uint_eq(value, 0);
	ck_assert(number_parse_count("10", 10, &value));
	ck_assert_uint_eq(value, 10);
	ck_assert(number_parse_count("007", 10, &value));
	ck_assert_uint_eq(value, 7);
	ck_assert(
		number_parse_count("18446744073709551615", UINT64_MAX, &value));
	ck_assert(value == UINT64_MAX);
}
END_TEST

START_TEST(a_text_that_is_no_count_is_refused)
{
	static const char *const texts[] = {"", " ", "-1", "+1", " 1", "1 ",
		"1.0", "1e3", "0x10", "1,000", "ten", "11",
		"18446744073709551616", "99999999999999999999999"};
	uint64_t value;

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		ck_assert_msg(!number_parse_count(texts[i], 10, &value),
			"'%s' was accepted", texts[i]);
	ck_assert(!number_parse_count("18446744073709551616", UINT64_MAX,
		&value));
}
END_TEST

START_TEST(real_numbers_are_read)
{
	double value;

	ck_assert(number_parse_real("0.001", &value));
	ck_assert_double_eq(value, 0.001);
	ck_assert(number_parse_real("-.5", &value));
	ck_assert_double_eq(value, -0.5);
	ck_assert(number_parse_real("1e-3", &value));
	ck_assert_double_eq(value, 0.001);
	ck_assert(number_parse_real("+7", &value));
	ck_assert_double_eq(value, 7);
}
END_TEST

START_TEST(a_text_that_is_no_real_number_is_refused)
{
	static const char *const texts[] = {"", " ", "x", "0x10", "nan", "NaN",
		"inf", "-Infinity", "1e999", "-1e999", "1,5", "1.5 ", " 1.5",
		"\t1", "1.5f", "1..5", "1e", "--1", "."};
	double value;

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		ck_assert_msg(!number_parse_real(texts[i], &value),
			"'%s' was accepted", texts[i]);
}
END_TEST

static const char *const names[] = {"rectangle", "points", "sequence",
	"one-to-one"};

START_TEST(a_mistyped_name_is_suggested)
{
	ck_assert_str_eq(name_nearest("rectange", names, 4), "rectangle");
	ck_assert_str_eq(name_nearest("recatngle", names, 4), "rectangle");
	ck_assert_str_eq(name_nearest("point", names, 4), "points");
	ck_assert_str_eq(name_nearest("one-to-on", names, 4), "one-to-one");
	ck_assert_str_eq(name_nearest("seq", names, 4), "sequence");
}
END_TEST

START_TEST(a_word_unlike_all_names_has_no_suggestion)
{
	static char text[5000];

	ck_assert_ptr_null(name_nearest("xyzzy", names, 4));
	ck_assert_ptr_null(name_nearest("", names, 4));
	ck_assert_ptr_null(name_nearest("points", names, 0));
	memset(text, 'q', sizeof text - 1);
	ck_assert_ptr_null(name_nearest(text, names, 4));
}
END_TEST

/* ---------------------------------------------------------------------- */
/* regular_file */

/* A path of each file type; the test creates "fifo" and "socket". */
static const struct {
	const char *path, *kind;
} irregular[] = {
	{"fifo", "a pipe (FIFO)"},
	{"socket", "a socket"},
	{"/dev/null", "a device"},
	{"/dev/zero", "a device"},
	{"/dev/ptmx", "a device"},
	{"/", "a directory"},
};

/* Create it in the current folder: sun_path cannot hold a long path. */
static void
make_socket(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX,
		.sun_path = "socket"};
	int descriptor = socket(AF_UNIX, SOCK_STREAM, 0);

	ck_assert_int_eq(bind(descriptor, (struct sockaddr *)&address,
				 sizeof address),
		0);
	close(descriptor);
}

START_TEST(only_a_regular_file_is_opened)
{
	const char *given = irregular[_i].path;
	char folder[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE];
	char wanted[2 * FOLDER_PATH_SIZE];
	struct error error;

	ck_assert_int_eq(chdir(folder_new(folder)), 0);
	snprintf(path, sizeof path, "%s", given);
	if (given[0] != '/')
		folder_join(path, folder, given);
	if (strcmp(given, "fifo") == 0)
		ck_assert_int_eq(mkfifo(path, 0600), 0);
	if (strcmp(given, "socket") == 0)
		make_socket();
	snprintf(wanted, sizeof wanted, "%s: not a regular file but %s", path,
		irregular[_i].kind);
	for (int source = REGULAR_FILE_ONLY; source <= REGULAR_FILE_OR_STDIN;
		source++) {
		ck_assert_int_eq(regular_file_open(path,
					 (enum regular_file_source)source,
					 &error),
			-1);
		ck_assert_str_eq(error.text, wanted);
		ck_assert_ptr_null(regular_file_stream(path,
			(enum regular_file_source)source, &error));
		ck_assert_str_eq(error.text, wanted);
	}
}
END_TEST

START_TEST(a_regular_file_is_opened_and_read)
{
	char folder[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE], line[16];
	struct error error;
	FILE *stream;

	file_write_text(folder_join(path, folder_new(folder), "file"), "ab\n");
	stream = regular_file_stream(path, REGULAR_FILE_ONLY, &error);
	ck_assert_ptr_nonnull(stream);
	ck_assert_ptr_nonnull(fgets(line, sizeof line, stream));
	ck_assert_str_eq(line, "ab\n");
	ck_assert(fcntl(fileno(stream), F_GETFD) & FD_CLOEXEC);
	fclose(stream);
	folder_join(path, folder, "missing");
	ck_assert_ptr_null(
		regular_file_stream(path, REGULAR_FILE_ONLY, &error));
	ck_assert_ptr_nonnull(strstr(error.text, strerror(ENOENT)));
}
END_TEST

/* REGULAR_FILE_OR_STDIN accepts a pipe, but never a terminal. */
START_TEST(standard_input_may_be_a_pipe_but_no_terminal)
{
	struct error error;
	char line[16];
	int ends[2], terminal;
	FILE *stream;

	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
	ck_assert_int_eq(write(ends[1], "ab\n", 3), 3);
	close(ends[1]);
	ck_assert_ptr_null(
		regular_file_stream("/dev/stdin", REGULAR_FILE_ONLY, &error));
	stream = regular_file_stream("/dev/stdin", REGULAR_FILE_OR_STDIN,
		&error);
	ck_assert_ptr_nonnull(stream);
	ck_assert_ptr_nonnull(fgets(line, sizeof line, stream));
	ck_assert_str_eq(line, "ab\n");
	fclose(stream);
	terminal = posix_openpt(O_RDWR | O_NOCTTY);
	ck_assert_int_eq(dup2(terminal, STDIN_FILENO), STDIN_FILENO);
	ck_assert_ptr_null(regular_file_stream("/dev/stdin",
		REGULAR_FILE_OR_STDIN, &error));
	ck_assert_ptr_nonnull(strstr(error.text, "is a terminal"));
}
END_TEST

static Suite *
base_suite(void)
{
	Suite *suite = suite_create("base");
	TCase *group;

	group = suite_group(suite, "error", SUITE_SECONDS);
	tcase_add_test(group, a_message_replaces_the_former_one);
	tcase_add_test(group, a_prefix_precedes_the_message);
	tcase_add_test(group, hashes_are_fnv_1a);
	tcase_add_test(group, numbers_are_hashed_from_the_lowest_byte_on);
	tcase_add_test(group, control_characters_are_neutralised);
	tcase_add_test(group, control_characters_beyond_ascii_are_neutralised);
	tcase_add_test(group, letters_beyond_ascii_are_left_alone);
	suite_add_loop(group, a_message_that_is_too_long_loses_its_middle, 0,
		2);
	tcase_add_test(group, a_long_message_is_cut_not_overrun);
	tcase_add_test(group, lack_of_memory_has_a_message);

	group = suite_group(suite, "bytes", SUITE_SECONDS);
	suite_add_loop(group, bytes_are_shown_as_utf8_and_kept_exactly, 0,
		BYTE_STRINGS);
	tcase_add_test(group, numbers_of_files_have_the_lowest_byte_first);
	tcase_add_test(group, bytes_are_reversed_within_each_number);
	tcase_add_test(group, every_byte_is_decoded_from_its_code);
	suite_add_loop(group, words_are_quoted_for_a_shell, 0, SHELL_WORDS);

	group = suite_group(suite, "memory", SUITE_SECONDS);
	tcase_add_test(group, a_product_that_overflows_is_refused);
	tcase_add_test(group, sizes_past_the_address_space_are_refused);
	tcase_add_test(group, new_memory_is_zero);
	tcase_add_test(group, large_memory_is_zero);
	tcase_add_test(group, floats_begin_on_a_cache_line);
	tcase_add_test(group, a_block_grows_and_keeps_its_content);
	tcase_add_test(group, growth_past_the_address_space_leaves_the_block);
	tcase_add_test(group, a_copied_string_is_independent);

	group = suite_group(suite, "regular_file", SUITE_SECONDS);
	tcase_add_unchecked_fixture(group, folder_setup, folder_teardown);
	suite_add_loop(group, only_a_regular_file_is_opened, 0,
		sizeof irregular / sizeof irregular[0]);
	tcase_add_test(group, a_regular_file_is_opened_and_read);
	tcase_add_test(group, standard_input_may_be_a_pipe_but_no_terminal);

	group = suite_group(suite, "number", SUITE_SECONDS);
	tcase_add_test(group, thousands_are_grouped);
	tcase_add_test(group, the_shortest_form_is_short);
	tcase_add_test(group, the_shortest_form_reads_back_as_the_same_number);
	tcase_add_test(group, a_number_between_two_doubles_is_rounded_once);
	tcase_add_test(group, a_decimal_number_is_the_nearest_double);
	suite_add_loop(group, a_text_is_a_finite_number_or_says_why_not, 0,
		sizeof readings / sizeof readings[0]);
	tcase_add_test(group, the_longest_number_fits);
	tcase_add_test(group, a_loss_has_six_decimals);
	tcase_add_test(group, durations_read_as_on_a_clock);
	tcase_add_test(group, counts_are_read);
	tcase_add_test(group, a_text_that_is_no_count_is_refused);
	tcase_add_test(group, real_numbers_are_read);
	tcase_add_test(group, a_text_that_is_no_real_number_is_refused);
	tcase_add_test(group, a_mistyped_name_is_suggested);
	tcase_add_test(group, a_word_unlike_all_names_has_no_suggestion);
	return suite;
}

int
main(void)
{
	/* check_printable tests other encodings than UTF-8 */
	if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
		return EXIT_FAILURE;
	return suite_run(base_suite());
}
