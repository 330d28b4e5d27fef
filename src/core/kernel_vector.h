/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Vectors of KERNEL_LANES floats, and the activations of gates on them. Part of
 * kernel_body.h.
 */
#ifndef LSTMTUI_CORE_KERNEL_VECTOR_H
#define LSTMTUI_CORE_KERNEL_VECTOR_H

#include <stdint.h>
#include <string.h>

#include "core/kernel.h"

/* Rows of a tile that is `vectors` wide, with all sums in registers. */
#define TILE_ROWS_OF(vectors) \
	(KERNEL_SUMS / (vectors) < 12 ? KERNEL_SUMS / (vectors) : 12)

enum {
	L = KERNEL_LANES,
	COLUMNS = KERNEL_COLUMNS,
	WIDTH = COLUMNS * L,
	TILE_SUMS = KERNEL_SUMS,
	TILE_ROWS = 12, /* max rows of a tile */
	KERNEL_ROWS = TILE_SUMS / COLUMNS,
	PRODUCT_COLUMNS = TILE_SUMS >= 24 ? 4 : 2,
	PRODUCT_ROWS = TILE_SUMS / PRODUCT_COLUMNS,
	PIECE_ROWS = 4096 / (PRODUCT_COLUMNS * L), /* 16 KB of a matrix */
	DOTS_ROWS = L < 8 ? 2 : L / 4,
	DOTS_SUMS = 4 * DOTS_ROWS
};
_Static_assert(TILE_SUMS >= 8 && TILE_SUMS <= 24 && DOTS_SUMS % L == 0,
	"a tile has more sums than room");

typedef float vector __attribute__((vector_size(4 * KERNEL_LANES)));
typedef int32_t integers __attribute__((vector_size(4 * KERNEL_LANES)));

#define INLINE static inline __attribute__((always_inline))

/* Unroll the loops over a tile, so that its sums stay in registers. */
#define UNROLLED _Pragma("GCC unroll 16")

INLINE vector
load(const float *from)
{
	return *(const vector *)__builtin_assume_aligned(from, sizeof(vector));
}

INLINE void
store(float *to, vector value)
{
	*(vector *)__builtin_assume_aligned(to, sizeof(vector)) = value;
}

INLINE vector
splat(float value)
{
	return value - (vector){0};
}

/* A vector without alignment. */
typedef float unaligned
	__attribute__((vector_size(4 * KERNEL_LANES), aligned(4)));

/* Select a in lanes with the mask set, b elsewhere. */
INLINE vector
choose(integers mask, vector a, vector b)
{
	return (vector)((mask & (integers)a) | (~mask & (integers)b));
}

/* A mask of the first `count` lanes. */
INLINE integers
first_lanes(size_t count)
{
	integers lane = {0};

	UNROLLED
	for (int l = 0; l < L; l++)
		lane[l] = l;
	return lane < (int32_t)count;
}

/*
 * Load the first `count` lanes, at most L, and set the others to `missing`.
 * KERNEL_LOAD_PART(from, mask) loads the lanes of a mask, and 0 elsewhere,
 * without touching other memory; KERNEL_STORE_PART(to, mask, value) stores
 * them.
 */
INLINE vector
load_part(const float *from, size_t count, float missing)
{
#ifdef KERNEL_LOAD_PART
	integers mask = first_lanes(count);

	return choose(mask, (vector)KERNEL_LOAD_PART(from, mask),
		splat(missing));
#else
	vector part = splat(missing);

	memcpy(&part, from, count * sizeof *from);
	return part;
#endif
}

INLINE void
store_part(float *to, size_t count, vector value)
{
#ifdef KERNEL_STORE_PART
	KERNEL_STORE_PART(to, first_lanes(count), value);
#else
	memcpy(to, &value, count * sizeof *to);
#endif
}

/*
 * a b + c, rounded once if the kernel has KERNEL_FMA, twice otherwise.
 * -ffp-contract=off keeps the compiler from fusing anything else: the choice
 * would depend on its version and flags, and so would the bits of a run.
 */
INLINE vector
multiply_add(vector a, vector b, vector c)
{
#ifdef KERNEL_FMA
	return (vector)KERNEL_FMA(a, b, c);
#else
	return a * b + c;
#endif
}

/* The same for one float. */
INLINE float
multiply_add_scalar(float a, float b, float c)
{
#ifdef KERNEL_FMA
	return __builtin_fmaf(a, b, c);
#else
	return a * b + c;
#endif
}

/*
 * The larger, lane by lane, and b if one of them is NaN. KERNEL_MAX(a, b) does
 * this in one instruction; KERNEL_MIN likewise.
 */
INLINE vector
larger(vector a, vector b)
{
#ifdef KERNEL_MAX
	return (vector)KERNEL_MAX(a, b);
#else
	return choose(a > b, a, b);
#endif
}

/* Clamp x to [low, high]; NaN stays NaN. */
INLINE vector
clamp(vector x, float low, float high)
{
#ifdef KERNEL_MAX
	return (vector)KERNEL_MIN(splat(high), KERNEL_MAX(splat(low), x));
#else
	x = choose(x < low, splat(low), x);
	return choose(x > high, splat(high), x);
#endif
}

/*
 * exp(x) = 2ⁿ (1 + p) with n = round(x / ln 2) and p = exp(r) - 1 of the
 * remainder r, |r| <= ln 2 / 2. p is a Taylor polynomial of degree 7, whose
 * error is 1/8 ulp. Replace `count` vectors by p and store 2ⁿ in power. They
 * are computed side by side, because each operation waits for the one before.
 * |x| < 88.
 */
INLINE void
exp_parts_of(int count, vector x[], vector power[])
{
	/* adding 1.5 · 2²³ leaves the nearest integer in the low bits */
	const float magic = 12582912.0f;
	const float taylor[] = {1.0f / 5040, 1.0f / 720, 1.0f / 120, 1.0f / 24,
		1.0f / 6, 0.5f};
	vector q[COLUMNS];

	UNROLLED
	for (int i = 0; i < count; i++) {
		power[i] = multiply_add(x[i], splat(1.44269504f), splat(magic));
		q[i] = splat(taylor[0]);
	}
	UNROLLED
	for (int i = 0; i < count; i++)
		x[i] = multiply_add(power[i] - magic, splat(-0.693145752f),
			x[i]);
	UNROLLED
	for (int i = 0; i < count; i++)
		x[i] = multiply_add(power[i] - magic, splat(-1.42860677e-6f),
			x[i]);
	UNROLLED
	for (int k = 1; k < 6; k++)
		UNROLLED
	for (int i = 0; i < count; i++)
		q[i] = multiply_add(q[i], x[i], splat(taylor[k]));
	UNROLLED
	for (int i = 0; i < count; i++) {
		power[i] = (vector)(((integers)power[i] << 23) + 0x3f800000);
		x[i] = multiply_add(q[i], x[i] * x[i], x[i]);
	}
}

INLINE vector
exp_parts(vector x, vector *power)
{
	exp_parts_of(1, &x, power);
	return x;
}

INLINE vector
exponential(vector x)
{
	vector power, p = exp_parts(clamp(x, -87.0f, 87.0f), &power);

	return multiply_add(power, p, power);
}

/* 1 / (1 + exp(-x)), within 2 ulp: before and after exp_parts. */
INLINE vector
before_sigmoid(vector x)
{
	return clamp(-x, -87.0f, 87.0f);
}

INLINE vector
after_sigmoid(vector p, vector power)
{
	return 1.0f / (1.0f + multiply_add(power, p, power));
}

INLINE vector
sigmoid(vector x)
{
	vector power, p = exp_parts(before_sigmoid(x), &power);

	return after_sigmoid(p, power);
}

/*
 * tanh(x) = e / (e + 2) with e = exp(2x) - 1, which keeps precision near 0. For
 * |x| > 9.02 it is ±1 in float precision.
 */
INLINE vector
before_tanh(vector x)
{
	return clamp(x + x, -18.1f, 18.1f);
}

INLINE vector
after_tanh(vector p, vector power)
{
	vector e = multiply_add(power, p, power - 1.0f);

	return e / (e + 2.0f);
}

INLINE vector
hyperbolic_tangent(vector x)
{
	vector power, p = exp_parts(before_tanh(x), &power);

	return after_tanh(p, power);
}

INLINE vector
recurrent_activation(bool is_hard, vector x)
{
	if (is_hard)
		return clamp(multiply_add(splat(0.2f), x, splat(0.5f)), 0.0f,
			1.0f);
	return sigmoid(x);
}

/* Derivative of the recurrent activation, from its value y. */
INLINE vector
recurrent_derivative(bool is_hard, vector y)
{
	if (is_hard)
		return choose((y > 0.0f) & (y < 1.0f), splat(0.2f),
			splat(0.0f));
	return y * (1.0f - y);
}

/* Derivative of tanh, from its value y: 1 - y². */
INLINE vector
tanh_derivative(vector x)
{
	return multiply_add(-x, x, splat(1.0f));
}

/* Sum the lanes of a vector by halves, so that the order is fixed. */
INLINE float
sum_lanes(vector x)
{
	float part[L];

	memcpy(part, &x, sizeof part);
	UNROLLED
	for (int half = L / 2; half > 0; half /= 2)
		UNROLLED
	for (int l = 0; l < half; l++)
		part[l] += part[l + half];
	return part[0];
}

/* Select lanes by index from the 2 L lanes of x and y. */
#ifdef __clang__
#define SHUFFLE(x, y, ...) __builtin_shufflevector(x, y, __VA_ARGS__)
#else
#define SHUFFLE(x, y, ...) __builtin_shuffle(x, y, (integers){__VA_ARGS__})
#endif

/*
 * Add the halves of partial sums, as sum_lanes does. x and y hold partial sums,
 * each in `width` adjacent lanes (in one group of four lanes if width is 4 or
 * less). Return the sums of x and the sums of y in one vector, each in half as
 * many lanes.
 */
INLINE vector
add_halves(int width, vector x, vector y)
{
	/* clang-format off */
#if KERNEL_LANES == 16
	if (width == 16)
		return SHUFFLE(x, y, 0, 1, 2, 3, 4, 5, 6, 7,
				16, 17, 18, 19, 20, 21, 22, 23) +
			SHUFFLE(x, y, 8, 9, 10, 11, 12, 13, 14, 15,
				24, 25, 26, 27, 28, 29, 30, 31);
	if (width == 8)
		return SHUFFLE(x, y, 0, 1, 2, 3, 8, 9, 10, 11,
				16, 17, 18, 19, 24, 25, 26, 27) +
			SHUFFLE(x, y, 4, 5, 6, 7, 12, 13, 14, 15,
				20, 21, 22, 23, 28, 29, 30, 31);
	if (width == 4)
		return SHUFFLE(x, y, 0, 1, 16, 17, 4, 5, 20, 21,
				8, 9, 24, 25, 12, 13, 28, 29) +
			SHUFFLE(x, y, 2, 3, 18, 19, 6, 7, 22, 23,
				10, 11, 26, 27, 14, 15, 30, 31);
	return SHUFFLE(x, y, 0, 2, 16, 18, 4, 6, 20, 22,
			8, 10, 24, 26, 12, 14, 28, 30) +
		SHUFFLE(x, y, 1, 3, 17, 19, 5, 7, 21, 23,
			9, 11, 25, 27, 13, 15, 29, 31);
#elif KERNEL_LANES == 8
	if (width == 8)
		return SHUFFLE(x, y, 0, 1, 2, 3, 8, 9, 10, 11) +
			SHUFFLE(x, y, 4, 5, 6, 7, 12, 13, 14, 15);
	if (width == 4)
		return SHUFFLE(x, y, 0, 1, 8, 9, 4, 5, 12, 13) +
			SHUFFLE(x, y, 2, 3, 10, 11, 6, 7, 14, 15);
	return SHUFFLE(x, y, 0, 2, 8, 10, 4, 6, 12, 14) +
		SHUFFLE(x, y, 1, 3, 9, 11, 5, 7, 13, 15);
#else
	if (width == 4)
		return SHUFFLE(x, y, 0, 1, 4, 5) + SHUFFLE(x, y, 2, 3, 6, 7);
	return SHUFFLE(x, y, 0, 2, 4, 6) + SHUFFLE(x, y, 1, 3, 5, 7);
#endif
	/* clang-format on */
}

/*
 * Sum the lanes of L vectors: lane p of the result is the sum of x[p], with the
 * same bits as sum_lanes(x[p]).
 */
INLINE vector
sum_all_lanes(const vector x[L])
{
	enum { GROUPS = L / 4 }; /* groups of four lanes */
	vector part[L];

	/* add_halves moves the sum of part[k + GROUPS * j] to lane 4 k + j */
	UNROLLED
	for (int k = 0; k < GROUPS; k++)
		UNROLLED
	for (int j = 0; j < 4; j++)
		part[k + GROUPS * j] = x[4 * k + j];
	UNROLLED
	for (int width = L; width > 1; width /= 2)
		UNROLLED
	for (int p = 0; p < width / 2; p++)
		part[p] = add_halves(width, part[2 * p], part[2 * p + 1]);
	return part[0];
}

#endif
