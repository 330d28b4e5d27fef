/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random orders: for each seed and pass a permutation of the numbers below a
 * count. Each number is computed alone, in constant memory, so that a position
 * in the order is two small numbers, the pass and the index.
 *
 * A Feistel network of ROUNDS rounds (Luby and Rackoff, "How to construct
 * pseudorandom permutations from pseudorandom functions", 1988) permutes the
 * numbers below a power of four, at least 64. A number that is not below the
 * count is permuted again (Black and Rogaway, "Ciphers with arbitrary finite
 * domains", 2002): on average fewer than four times if there are more than
 * sixteen numbers.
 */
#ifndef LSTMTUI_TASK_SHUFFLE_H
#define LSTMTUI_TASK_SHUFFLE_H

#include <stdint.h>

/*
 * Return the number at `index` of the pass's order of 0 ... count - 1; index is
 * below count.
 */
uint64_t shuffle_at(uint64_t seed, uint64_t pass, uint64_t count,
	uint64_t index);

#endif
