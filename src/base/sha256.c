/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/sha256.h"

#include <stdint.h>
#include <string.h>

enum { BLOCK = 64, LENGTH_SIZE = 8, ROUNDS = 64 };

/* Fractional parts of the cube roots of the first 64 primes. */
static const uint32_t constants[ROUNDS] = {0x428a2f98, 0x71374491, 0xb5c0fbcf,
	0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
	0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7,
	0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
	0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
	0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
	0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e,
	0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
	0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c,
	0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee,
	0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
	0xc67178f2};

static uint32_t
rotate(uint32_t value, int bits)
{
	return value >> bits | value << (32 - bits);
}

/* Extend a block to the words of all rounds (FIPS 180-4, section 6.2.2). */
static void
extend(const unsigned char block[BLOCK], uint32_t word[ROUNDS])
{
	for (size_t t = 0; t < 16; t++)
		word[t] = (uint32_t)block[4 * t] << 24 |
			(uint32_t)block[4 * t + 1] << 16 |
			(uint32_t)block[4 * t + 2] << 8 | block[4 * t + 3];
	for (size_t t = 16; t < ROUNDS; t++) {
		uint32_t low = word[t - 15], high = word[t - 2];

		word[t] = word[t - 16] + word[t - 7] +
			(rotate(low, 7) ^ rotate(low, 18) ^ low >> 3) +
			(rotate(high, 17) ^ rotate(high, 19) ^ high >> 10);
	}
}

static void
add_block(uint32_t state[8], const unsigned char block[BLOCK])
{
	uint32_t word[ROUNDS], v[8];

	extend(block, word);
	memcpy(v, state, sizeof v);
	for (size_t t = 0; t < ROUNDS; t++) {
		uint32_t a = v[0], e = v[4];
		uint32_t one = v[7] + constants[t] + word[t] +
			(rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) +
			((e & v[5]) ^ (~e & v[6]));
		uint32_t two = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) +
			((a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]));

		memmove(v + 1, v, 7 * sizeof *v);
		v[4] += one;
		v[0] = one + two;
	}
	for (size_t i = 0; i < 8; i++)
		state[i] += v[i];
}

void
sha256_bytes(const void *bytes, size_t count, unsigned char hash[SHA256_SIZE])
{
	/* fractional parts of the square roots of the first 8 primes */
	uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
		0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
	const unsigned char *data = bytes;
	size_t whole = count / BLOCK * BLOCK, rest = count - whole;
	unsigned char end[2 * BLOCK] = {0};
	size_t size = rest + 1 + LENGTH_SIZE <= BLOCK ? BLOCK : 2 * BLOCK;

	for (size_t at = 0; at < whole; at += BLOCK)
		add_block(state, data + at);
	/* the rest, a bit 1, zeros, and the number of bits */
	if (rest > 0)
		memcpy(end, data + whole, rest);
	end[rest] = 0x80;
	for (size_t i = 0; i < LENGTH_SIZE; i++)
		end[size - 1 - i] =
			(unsigned char)((uint64_t)count * 8 >> 8 * i);
	for (size_t at = 0; at < size; at += BLOCK)
		add_block(state, end + at);
	for (size_t i = 0; i < SHA256_SIZE; i++)
		hash[i] = (unsigned char)(state[i / 4] >> (24 - 8 * (i % 4)));
}
