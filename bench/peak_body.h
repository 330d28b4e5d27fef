/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The peak: independent multiply-adds on as many sums as fill the registers.
 * Include after floor_body.h, which defines the vectors.
 */
#include <stdint.h>

static double
peak(uint64_t rounds)
{
	/*
	 * Eight sums keep two multiply-add units with a latency of four cycles
	 * busy; more than twelve do not fit into 16 registers with the factors.
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
