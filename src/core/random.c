/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/random.h"

#include <math.h>

#include "core/elementary.h"

uint64_t
random_mix(uint64_t z)
{
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* Vigna's splitmix64: a full-period generator that spreads a small seed. */
static uint64_t
splitmix64(uint64_t *state)
{
	return random_mix(*state += UINT64_C(0x9e3779b97f4a7c15));
}

static uint64_t
rotate_left(uint64_t x, int bits)
{
	return (x << bits) | (x >> (64 - bits));
}

void
random_seed(struct random *random, uint64_t seed, enum random_stream stream)
{
	uint64_t state = seed;

	/* mix in the stream after the seed has been spread */
	state = splitmix64(&state) ^ ((uint64_t)stream + 1);
	for (int i = 0; i < RANDOM_WORDS; i++)
		random->word[i] = splitmix64(&state);
}

uint64_t
random_next(struct random *random)
{
	uint64_t *s = random->word;
	uint64_t result = rotate_left(s[0] + s[3], 23) + s[0];
	uint64_t t = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = rotate_left(s[3], 45);
	return result;
}

void
random_back(struct random *random)
{
	uint64_t *s = random->word;
	uint64_t mixed;

	/* the steps of random_next, each undone, from the last to the first */
	s[3] = rotate_left(s[3], 64 - 45);
	s[0] ^= s[3];
	/* s[1] ^ s[1] << 17 is known: s[2] was xored to both sides */
	mixed = s[1] ^ s[2];
	mixed ^= mixed << 17;
	mixed ^= mixed << 34;
	s[2] ^= mixed << 17;
	s[1] = mixed;
	s[3] ^= s[1];
	s[2] ^= s[0];
}

float
random_uniform(struct random *random)
{
	return (float)(random_next(random) >> 40) * 0x1p-24f;
}

/* Uniform in [-1, 1) with 53 bits. */
static double
uniform_signed(struct random *random)
{
	return (double)(random_next(random) >> 11) * 0x1p-52 - 1.0;
}

double
random_normal(struct random *random)
{
	double u, v, square;

	do {
		u = uniform_signed(random);
		v = uniform_signed(random);
		square = u * u + v * v;
	} while (square >= 1.0 || square == 0.0);
	/*
	 * drop the method's second number, so that the state stays four words
	 */
	return u * sqrt(-2.0 * elementary_log(square) / square);
}

/*
 * Draw first, without a branch on what is rejected, then compute, without one
 * number waiting for another.
 */
void
random_normals(struct random *random, size_t count, float *values)
{
	enum { TOGETHER = 256 };
	double u[TOGETHER] = {0}, square[TOGETHER] = {0};

	for (size_t first = 0; first < count; first += TOGETHER) {
		size_t rest = count - first, drawn = 0;
		size_t wanted = rest < TOGETHER ? rest : TOGETHER;

		while (drawn < wanted) {
			double v;

			u[drawn] = uniform_signed(random);
			v = uniform_signed(random);
			square[drawn] = u[drawn] * u[drawn] + v * v;
			drawn += (square[drawn] < 1.0) & (square[drawn] != 0.0);
		}
		for (size_t i = 0; i < wanted; i++)
			square[i] =
				-2.0 * elementary_log(square[i]) / square[i];
		for (size_t i = 0; i < wanted; i++)
			values[first + i] = (float)(u[i] * sqrt(square[i]));
	}
}

bool
random_is_valid(const struct random *random)
{
	return (random->word[0] | random->word[1] | random->word[2] |
		       random->word[3]) != 0;
}
