/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/elementary.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "core/arithmetic.h"

/* Adding and subtracting 1.5 · 2⁵² rounds to an integer. */
#define ROUNDER 0x1.8p52

enum { EXP_PARTS = 32, DOUBLE_BITS = 52, DOUBLE_BIAS = 1023 };

/* 2 to the power of i / 32: a double, and what it lacks. */
static const struct {
	double high, low;
} exp_table[EXP_PARTS] = {
	{0x1p+0, 0},
	{0x1.059b0d3158574p+0, 0x1.d73e2a475b465p-55},
	{0x1.0b5586cf9890fp+0, 0x1.8a62e4adc610bp-54},
	{0x1.11301d0125b51p+0, -0x1.6c51039449b3ap-54},
	{0x1.172b83c7d517bp+0, -0x1.19041b9d78a76p-55},
	{0x1.1d4873168b9aap+0, 0x1.e016e00a2643cp-54},
	{0x1.2387a6e756238p+0, 0x1.9b07eb6c70573p-54},
	{0x1.29e9df51fdee1p+0, 0x1.612e8afad1255p-55},
	{0x1.306fe0a31b715p+0, 0x1.6f46ad23182e4p-55},
	{0x1.371a7373aa9cbp+0, -0x1.63aeabf42eae2p-54},
	{0x1.3dea64c123422p+0, 0x1.ada0911f09ebcp-55},
	{0x1.44e086061892dp+0, 0x1.89b7a04ef80d0p-59},
	{0x1.4bfdad5362a27p+0, 0x1.d4397afec42e2p-56},
	{0x1.5342b569d4f82p+0, -0x1.07abe1db13cadp-55},
	{0x1.5ab07dd485429p+0, 0x1.6324c054647adp-54},
	{0x1.6247eb03a5585p+0, -0x1.383c17e40b497p-54},
	{0x1.6a09e667f3bcdp+0, -0x1.bdd3413b26456p-54},
	{0x1.71f75e8ec5f74p+0, -0x1.16e4786887a99p-55},
	{0x1.7a11473eb0187p+0, -0x1.41577ee04992fp-55},
	{0x1.82589994cce13p+0, -0x1.d4c1dd41532d8p-54},
	{0x1.8ace5422aa0dbp+0, 0x1.6e9f156864b27p-54},
	{0x1.93737b0cdc5e5p+0, -0x1.75fc781b57ebcp-57},
	{0x1.9c49182a3f090p+0, 0x1.c7c46b071f2bep-56},
	{0x1.a5503b23e255dp+0, -0x1.d2f6edb8d41e1p-54},
	{0x1.ae89f995ad3adp+0, 0x1.7a1cd345dcc81p-54},
	{0x1.b7f76f2fb5e47p+0, -0x1.5584f7e54ac3bp-56},
	{0x1.c199bdd85529cp+0, 0x1.11065895048ddp-55},
	{0x1.cb720dcef9069p+0, 0x1.503cbd1e949dbp-56},
	{0x1.d5818dcfba487p+0, 0x1.2ed02d75b3707p-55},
	{0x1.dfc97337b9b5fp+0, -0x1.1a5cd4f184b5cp-54},
	{0x1.ea4afa2a490dap+0, -0x1.e9c23179c2893p-54},
	{0x1.f50765b6e4540p+0, 0x1.9d3e12dd8a18bp-54},
};

/* Return 2 to the power of an exponent of normal doubles. */
static double
power_of_two(int exponent)
{
	uint64_t bits = (uint64_t)(exponent + DOUBLE_BIAS) << DOUBLE_BITS;
	double power;

	memcpy(&power, &bits, sizeof power);
	return power;
}

/*
 * With n = round(x 32 / ln 2), e to the power of x is 2 to the power of n / 32
 * times 1 + p, p = exp(r) - 1 of the remainder r, |r| <= ln 2 / 64: a Taylor
 * polynomial.
 */
double
elementary_exp(double x)
{
	/* ln 2 / 32: 36 bits, so that a multiple is exact, and the rest */
	const double high = 0x1.62e42fefap-6, low = 0x1.cf79abc9e3b3ap-45;
	double n, r, p;
	int whole, part;

	if (!(x < 710))
		return x + (x > 0 ? INFINITY : 0); /* NaN stays */
	if (x < -746)
		return 0;
	n = x * 0x1.71547652b82fep+5 + ROUNDER - ROUNDER;
	r = x - n * high - n * low;
	p = 1.0 / 24 + r * (1.0 / 120 + r * (1.0 / 720));
	p = r + r * r * (0.5 + r * (1.0 / 6 + r * p));
	whole = (int)floor(n / EXP_PARTS);
	part = (int)n - whole * EXP_PARTS;
	p = exp_table[part].high +
		(exp_table[part].low + exp_table[part].high * p);
	return whole > -DOUBLE_BIAS && whole <= DOUBLE_BIAS
		? p * power_of_two(whole)
		: ldexp(p, whole);
}

/* What frexp does: x = 2 to the power of *exponent, times 0.5 to 1. x > 0. */
static double
split(double x, int *exponent)
{
	const uint64_t mask = (UINT64_C(1) << DOUBLE_BITS) - 1;
	uint64_t bits;

	memcpy(&bits, &x, sizeof bits);
	if (bits >> DOUBLE_BITS == 0) /* less than normal */
		return frexp(x, exponent);
	*exponent = (int)(bits >> DOUBLE_BITS) - (DOUBLE_BIAS - 1);
	bits = (bits & mask) | ((uint64_t)(DOUBLE_BIAS - 1) << DOUBLE_BITS);
	memcpy(&x, &bits, sizeof x);
	return x;
}

/*
 * x = 2 to the power of e, times 1 + f, with 1 + f from √½ to √2. With
 * s = f / (2 + f), ln(1 + f) is 2 artanh s = 2 s + s R, R a series in s²; and
 * 2 s = f - s f, so that f, which is exact, is the largest term of the sum.
 */
double
elementary_log(double x)
{
	/* ln 2: 40 bits, so that a multiple is exact, and the rest */
	const double high = 0x1.62e42fefa2p-1, low = 0x1.9ef35793c7673p-41;
	double f, s, z, w, odd, even, half;
	int exponent;

	if (!(x > 0 && x <= 0x1.fffffffffffffp1023)) {
		if (x == 0)
			return -INFINITY;
		return x > 0 || isnan(x) ? x : NAN;
	}
	f = split(x, &exponent);
	if (f < 0x1.6a09e667f3bcdp-1) { /* √½ */
		f = 2 * f;
		exponent--;
	}
	f = f - 1;
	s = f / (2 + f);
	z = s * s;
	w = z * z;
	/* even and odd terms apart: the processor computes both at once */
	odd = 2.0 / 11 + w * (2.0 / 15 + w * (2.0 / 19));
	odd = z * (2.0 / 3 + w * (2.0 / 7 + w * odd));
	even = 2.0 / 13 + w * (2.0 / 17 + w * (2.0 / 21));
	even = w * (2.0 / 5 + w * (2.0 / 9 + w * even));
	half = 0.5 * f * f;
	return exponent * high -
		((half - (s * (half + (odd + even)) + exponent * low)) - f);
}

/* sinh / cosh below ½, by their series; 1 - 2 / (exp 2x + 1) from there on. */
double
elementary_tanh(double x)
{
	double size = fabs(x), z = x * x, sinh, cosh;

	if (!(size < 0.5))
		return size > 22
			? copysign(1, x)
			: copysign(1 - 2 / (elementary_exp(2 * size) + 1), x);
	sinh = 1.0 / 6227020800 + z * (1.0 / 1307674368000);
	sinh = 1.0 / 362880 + z * (1.0 / 39916800 + z * sinh);
	sinh = 1.0 / 6 + z * (1.0 / 120 + z * (1.0 / 5040 + z * sinh));
	cosh = 1.0 / 479001600 + z * (1.0 / 87178291200);
	cosh = 1.0 / 720 + z * (1.0 / 40320 + z * (1.0 / 3628800 + z * cosh));
	cosh = 1 + z * (0.5 + z * (1.0 / 24 + z * cosh));
	return (x + x * z * sinh) / cosh;
}

/* The sine from -π/4 to π/4: its Taylor polynomial. */
static double
sine(double r)
{
	double z = r * r, p;

	p = -1.0 / 1307674368000 + z * (1.0 / 355687428096000);
	p = 1.0 / 362880 +
		z * (-1.0 / 39916800 + z * (1.0 / 6227020800 + z * p));
	p = -1.0 / 6 + z * (1.0 / 120 + z * (-1.0 / 5040 + z * p));
	return r + r * z * p;
}

/* The same of the cosine; what 1 - ½ r² is rounded by is added to the rest. */
static double
cosine(double r)
{
	double z = r * r, half = 0.5 * z, most = 1 - half, p;

	p = -1.0 / 87178291200 + z * (1.0 / 20922789888000);
	p = -1.0 / 3628800 + z * (1.0 / 479001600 + z * p);
	p = 1.0 / 24 + z * (-1.0 / 720 + z * (1.0 / 40320 + z * p));
	return most + ((1 - most - half) + z * z * p);
}

/* Return the sine of x + quarters · π/2. */
static double
sine_after(double x, int quarters)
{
	/* π/2 in parts, of which multiples are exact, and the rest */
	const double first = 0x1.921fb544p+0, second = 0x1.0b4611a6p-34,
		     rest = 0x1.3198a2e037073p-69;
	double n, r;

	if (isnan(x))
		return x;
	assert(fabs(x) <= 1e6);
	n = x * 0x1.45f306dc9c883p-1 + ROUNDER - ROUNDER;
	r = x - n * first - n * second - n * rest;
	quarters = (int)((unsigned)((int)n + quarters) % 4);
	r = quarters % 2 == 0 ? sine(r) : cosine(r);
	return quarters >= 2 ? -r : r;
}

double
elementary_sin(double x)
{
	return sine_after(x, 0);
}

double
elementary_cos(double x)
{
	return sine_after(x, 1);
}

double
elementary_power(double x, uint64_t n)
{
	double power = 1;

	for (; n > 0; n /= 2, x *= x)
		if (n % 2 != 0)
			power *= x;
	return power;
}
