/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/lookup3.h"

enum { BLOCK = 12 }; /* bytes: three words */

static uint32_t
rotate(uint32_t word, int bits)
{
	return word << bits | word >> (32 - bits);
}

/* Add up to BLOCK bytes to the three words, lowest byte first. */
static void
add_block(uint32_t word[3], const unsigned char *bytes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		word[i / 4] += (uint32_t)bytes[i] << 8 * (i % 4);
}

/*
 * Mix reversibly. In round r the word r loses the word before it, takes its
 * rotated bits, and that word gains the one after r (indices modulo 3).
 */
static void
mix(uint32_t word[3])
{
	static const int shift[] = {4, 6, 8, 16, 19, 4};

	for (size_t r = 0; r < 6; r++) {
		uint32_t *here = &word[r % 3];
		uint32_t *before = &word[(r + 2) % 3];

		*here -= *before;
		*here ^= rotate(*before, shift[r]);
		*before += word[(r + 1) % 3];
	}
}

/* Mix the last block, so that each bit reaches the last word. */
static void
finish(uint32_t word[3])
{
	static const int shift[] = {14, 11, 25, 16, 4, 14, 24};

	for (size_t r = 0; r < 7; r++) {
		uint32_t *here = &word[(r + 2) % 3];
		uint32_t before = word[(r + 1) % 3];

		*here ^= before;
		*here -= rotate(before, shift[r]);
	}
}

uint32_t
lookup3_bytes(const void *bytes, size_t count)
{
	uint32_t start = UINT32_C(0xdeadbeef) + (uint32_t)count;
	uint32_t word[3] = {start, start, start};
	const unsigned char *at = bytes;

	if (count == 0)
		return start;
	for (; count > BLOCK; count -= BLOCK, at += BLOCK) {
		add_block(word, at, BLOCK);
		mix(word);
	}
	add_block(word, at, count);
	finish(word);
	return word[2];
}
