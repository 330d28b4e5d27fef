/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The peak: multiply-adds on as many sums as fill the registers, none of
 * which waits for another. Behind floor_body.h, which has the vectors.
 */
#include <stdint.h>

static double
peak(uint64_t rounds)
{
	/*
	 * Two multiply-adds a cycle of four cycles each need eight sums; more
	 * than twelve do not fit 16 registers beside the factors.
	 */
	enum { SUMS = 12 };
	volatile float factor = 0.999f, summand = 0.001f;
	vector a = splat(factor), b = splat(summand), sums[SUMS];
	volatile float sink;

	UNROLLED
	for (int i = 0; i < SUMS; i++)
		sums[i] = splat((float)i);
	for (uint64_t round = 0; round < rounds; round++)
		UNROLLED
	for (int i = 0; i < SUMS; i++)
		sums[i] = MULTIPLY_ADD(sums[i], a, b);
	UNROLLED
	for (int i = 1; i < SUMS; i++)
		sums[0] += sums[i];
	sink = sums[0][0];
	(void)sink;
	return (double)rounds * SUMS * LANES * 2;
}
