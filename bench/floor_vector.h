/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Vectors for the floor and the peak, and the functions that the floor needs.
 * The including file defines LANES, the number of floats in a vector.
 */
#include <math.h>
#include <stdint.h>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

typedef float vector __attribute__((vector_size(4 * LANES)));
typedef int32_t integers __attribute__((vector_size(4 * LANES)));

#define INLINE static inline __attribute__((always_inline))
#define UNROLLED _Pragma("GCC unroll 16")

INLINE vector
splat(float value)
{
	return value - (vector){0};
}

#if LANES == 16

#define SWAP_8(x) _mm512_shuffle_f32x4(x, x, 0x4e)
#define SWAP_4(x) _mm512_shuffle_f32x4(x, x, 0xb1)
#define SWAP_2(x) _mm512_permute_ps(x, 0x4e)
#define SWAP_1(x) _mm512_permute_ps(x, 0xb1)
#define MULTIPLY_ADD(x, y, z) _mm512_fmadd_ps(x, y, z)
#define MIN(x, y) _mm512_min_ps(x, y)
#define MAX(x, y) _mm512_max_ps(x, y)
#define SQUARE_ROOT(x) _mm512_sqrt_ps(x)
#define RECIPROCAL(x) _mm512_rcp14_ps(x)
#define RECIPROCAL_ROOT(x) _mm512_rsqrt14_ps(x)

#elif LANES == 8

#define SWAP_4(x) _mm256_permute2f128_ps(x, x, 0x01)
#define SWAP_2(x) _mm256_permute_ps(x, 0x4e)
#define SWAP_1(x) _mm256_permute_ps(x, 0xb1)
#define MULTIPLY_ADD(x, y, z) _mm256_fmadd_ps(x, y, z)
#define MIN(x, y) _mm256_min_ps(x, y)
#define MAX(x, y) _mm256_max_ps(x, y)
#define SQUARE_ROOT(x) _mm256_sqrt_ps(x)
#define RECIPROCAL(x) _mm256_rcp_ps(x)
#define RECIPROCAL_ROOT(x) _mm256_rsqrt_ps(x)

#else

#define SWAP_2(x) ((vector){(x)[2], (x)[3], (x)[0], (x)[1]})
#define SWAP_1(x) ((vector){(x)[1], (x)[0], (x)[3], (x)[2]})
#define MULTIPLY_ADD(x, y, z) ((x) * (y) + (z))
#define MIN(x, y) choose((x) < (y), x, y)
#define MAX(x, y) choose((x) > (y), x, y)
#define SQUARE_ROOT(x) \
	((vector){sqrtf((x)[0]), sqrtf((x)[1]), sqrtf((x)[2]), sqrtf((x)[3])})

/* Select a in lanes with the mask set, b elsewhere. */
INLINE vector
choose(integers mask, vector a, vector b)
{
	return (vector)((mask & (integers)a) | (~mask & (integers)b));
}

#endif

/* Sum the lanes; every lane of the result has the sum. */
INLINE vector
sum_to_all(vector x)
{
#if LANES > 8
	x += SWAP_8(x);
#endif
#if LANES > 4
	x += SWAP_4(x);
#endif
	x += SWAP_2(x);
	return x + SWAP_1(x);
}

INLINE vector
reciprocal(int is_exact, vector x)
{
#ifdef RECIPROCAL
	if (!is_exact)
		return RECIPROCAL(x);
#endif
	(void)is_exact;
	return 1.0f / x;
}

/*
 * exp(x), with x clamped to |x| <= 25, beyond which a gate does not change: 2ⁿ
 * times a polynomial of the remainder, as in the engine's kernels.
 */
INLINE vector
exponential(vector x)
{
	const float magic = 12582912.0f; /* 1.5 · 2²³ */
	vector shifted, n, r, even, odd, square;

	x = MIN(MAX(x, splat(-25.0f)), splat(25.0f));
	shifted = x * 1.44269504f + magic;
	n = shifted - magic;
	r = x - n * 0.693147182f;
	square = r * r;
	odd = (r * (1.0f / 5040) + 1.0f / 720) * square +
		(r * (1.0f / 120) + 1.0f / 24);
	even = r * (1.0f / 6) + 0.5f;
	even = (odd * square + even) * square + (r + 1.0f);
	return even * (vector)(((integers)shifted << 23) + 0x3f800000);
}

/*
 * tanh(x) for |x| <= 1, with an error below 5e-8: x times a polynomial of x²
 * that interpolates tanh(x) / x at Chebyshev nodes.
 */
INLINE vector
short_tanh(vector x)
{
	vector s = x * x, q = s * s;
	vector low = s * -0.333328277f + 0.99999994f;
	vector middle = s * -0.0534516461f + 0.133250758f;
	vector high = s * -0.0061943247f + 0.0202797074f;

	high = q * 0.00103802513f + high;
	return x * ((high * q + middle) * q + low);
}
