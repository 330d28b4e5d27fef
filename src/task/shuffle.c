/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/shuffle.h"

#include <assert.h>

#include "core/random.h"

enum {
	ROUNDS = 8,
	/*
	 * Min bits of half a number. With fewer, some orders of five or six
	 * numbers are more frequent than others, whatever the rounds.
	 */
	HALF_BITS_MIN = 3
};

/* Half the bits of a number: the smallest with 4^bits >= count. */
static unsigned
half_bits(uint64_t count)
{
	unsigned bits = HALF_BITS_MIN;

	while (bits < 32 && (uint64_t)1 << 2 * bits < count)
		bits++;
	return bits;
}

/* The keys of the rounds. */
static void
draw_keys(uint64_t seed, uint64_t pass, uint64_t key[ROUNDS])
{
	struct random random;

	random_seed(&random, seed, RANDOM_STREAM_SHUFFLE);
	random_seed(&random, random_next(&random) + pass,
		RANDOM_STREAM_SHUFFLE);
	for (int i = 0; i < ROUNDS; i++)
		key[i] = random_next(&random);
}

static uint64_t
permute(const uint64_t key[ROUNDS], unsigned bits, uint64_t number)
{
	uint64_t left = number >> bits;
	uint64_t right = number & (((uint64_t)1 << bits) - 1);

	for (int i = 0; i < ROUNDS; i++) {
		uint64_t mixed = random_mix(right ^ key[i]) >> (64 - bits);
		uint64_t next = left ^ mixed;

		left = right;
		right = next;
	}
	return left << bits | right;
}

uint64_t
shuffle_at(uint64_t seed, uint64_t pass, uint64_t count, uint64_t index)
{
	unsigned bits = half_bits(count);
	uint64_t key[ROUNDS];

	assert(index < count);
	draw_keys(seed, pass, key);
	do
		index = permute(key, bits, index);
	while (index >= count);
	return index;
}
