/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random source: xoshiro256++ 1.0 (Blackman and Vigna, "Scrambled linear
 * pseudorandom number generators", 2019), seeded by splitmix64 as its authors
 * recommend. Period 2^256 - 1. The whole state is four words, so that a run can
 * be saved and resumed at any point.
 *
 * One seed feeds several independent streams (weights, data, ...): draws from
 * one stream do not shift another.
 */
#ifndef LSTMTUI_CORE_RANDOM_H
#define LSTMTUI_CORE_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arithmetic.h"

enum { RANDOM_WORDS = 4 };

struct random {
	uint64_t word[RANDOM_WORDS];
};

enum random_stream {
	RANDOM_STREAM_WEIGHTS,
	RANDOM_STREAM_DATA,
	RANDOM_STREAM_EVALUATE,
	RANDOM_STREAM_GENERATE,
	RANDOM_STREAM_SHUFFLE
};

/* Spread the bits of a number: the output function of splitmix64. */
uint64_t random_mix(uint64_t z);

/* Start a stream of a seed. */
void random_seed(struct random *random, uint64_t seed,
	enum random_stream stream);

/* Return the next 64 random bits. */
uint64_t random_next(struct random *random);

/* Return to the state before the last random_next. */
void random_back(struct random *random);

/* Uniform in [0, 1): the upper 24 bits, so that every value is a float. */
float random_uniform(struct random *random);

/* Normal with mean 0 and variance 1, by Marsaglia's polar method. */
double random_normal(struct random *random);

/* Store the next `count` results of random_normal as floats, faster. */
void random_normals(struct random *random, size_t count, float *values);

/* Whether a state is valid: not all 0, a state that never changes. */
bool random_is_valid(const struct random *random);

#endif
