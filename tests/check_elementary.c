/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The functions of core/elementary.h: their errors, against the C library's in
 * long double where that is wider than double; their special values; and their
 * bits, which are the same on every machine.
 */
#include <check.h>
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/hash.h"
#include "core/elementary.h"
#include "core/random.h"
#include "suite.h"

enum { POINTS = 20000 };

static const struct {
	const char *name;
	double (*function)(double);
	long double (*known)(long double);
	double low, high, ulps;
	uint64_t hash;
} functions[] = {
	{"exp", elementary_exp, expl, -700, 700, 0.6, 0xee3f7b28c02160b1},
	{"exp of small numbers", elementary_exp, expl, -0.02, 0.02, 0.6,
		0xbbf11d47507a2dd8},
	{"log", elementary_log, logl, 1e-300, 1e6, 1, 0x8de4d6ba1191889f},
	{"log around 1", elementary_log, logl, 0.5, 2, 1, 0x1e8d36013e0a729d},
	{"tanh", elementary_tanh, tanhl, -2, 2, 3, 0x0c1579c9c504312a},
	{"tanh of large numbers", elementary_tanh, tanhl, 2, 30, 1,
		0xb1ad42cce4ae590b},
	{"sin", elementary_sin, sinl, -10, 10, 3, 0xdd3b1c8e9899d944},
	{"sin of large angles", elementary_sin, sinl, -1e6, 1e6, 3,
		0x21c8ba2aa24a9d26},
	{"cos", elementary_cos, cosl, -10, 10, 3, 0x79ba3e7fbc622847},
	{"cos of large angles", elementary_cos, cosl, -1e6, 1e6, 3,
		0xb15fb87d674c8d08},
};

/* The distance of a result from an exact number, in its last place. */
static double
ulps_between(double result, long double exact)
{
	int exponent;

	frexp(result, &exponent);
	return (double)fabsl(
		ldexpl((long double)result - exact, DBL_MANT_DIG - exponent));
}

START_TEST(functions_are_accurate)
{
	struct random random;
	/* a library may be wrong in the last place of a long double */
	double slack = LDBL_MANT_DIG > DBL_MANT_DIG ? 0 : 1, worst = 0;

	random_seed(&random, 1, RANDOM_STREAM_DATA);
	for (int i = 0; i < POINTS; i++) {
		double part = (double)(random_next(&random) >> 11) * 0x1p-53;
		double x = functions[_i].low +
			(functions[_i].high - functions[_i].low) * part;
		double error = ulps_between(functions[_i].function(x),
			functions[_i].known((long double)x));

		EXPECT(error <= functions[_i].ulps + slack, "%s(%a): %g ulp",
			functions[_i].name, x, error);
		worst = fmax(worst, error);
	}
	/* no bound is far above the errors, if they are measured so exactly */
	if (slack == 0)
		ck_assert_double_gt(worst, functions[_i].ulps / 4);
}
END_TEST

START_TEST(bits_are_those_of_every_machine)
{
	struct random random;
	uint64_t hash = HASH_EMPTY, bits;

	random_seed(&random, 2, RANDOM_STREAM_DATA);
	for (int i = 0; i < POINTS; i++) {
		double part = (double)(random_next(&random) >> 11) * 0x1p-53;
		double result = functions[_i].function(functions[_i].low +
			(functions[_i].high - functions[_i].low) * part);

		memcpy(&bits, &result, sizeof bits);
		hash = hash_number(hash, bits, sizeof bits);
	}
	ck_assert_msg(hash == functions[_i].hash, "%s: 0x%016llx",
		functions[_i].name, (unsigned long long)hash);
}
END_TEST

START_TEST(limits_are_exact)
{
	ck_assert_double_eq(elementary_exp(0), 1);
	ck_assert_double_eq(elementary_exp(-INFINITY), 0);
	ck_assert_double_eq(elementary_exp(-746), 0);
	ck_assert_double_eq(elementary_exp(-745), 0x1p-1074);
	ck_assert_double_eq(elementary_exp(710), INFINITY);
	ck_assert(isfinite(elementary_exp(709.78)));
	ck_assert(elementary_exp(709.79) == INFINITY);
	ck_assert(elementary_exp(INFINITY) == INFINITY);
	ck_assert(isnan(elementary_exp(NAN)));
	ck_assert_double_eq(elementary_log(1), 0);
	ck_assert(elementary_log(0) == -INFINITY);
	ck_assert(elementary_log(INFINITY) == INFINITY);
	ck_assert(isnan(elementary_log(-1)));
	ck_assert(isnan(elementary_log(-INFINITY)));
	ck_assert(isnan(elementary_log(NAN)));
	ck_assert_double_eq_tol(elementary_log(0x1p-1074), -744.44007192138122,
		1e-12);
	ck_assert_double_eq(elementary_tanh(0), 0);
	ck_assert_double_eq(elementary_tanh(1e-300), 1e-300);
	ck_assert_double_eq(elementary_tanh(INFINITY), 1);
	ck_assert_double_eq(elementary_tanh(-40), -1);
	ck_assert(isnan(elementary_tanh(NAN)));
	ck_assert_double_eq(elementary_sin(0), 0);
	ck_assert_double_eq(elementary_cos(0), 1);
	ck_assert(isnan(elementary_sin(NAN)));
	ck_assert(isnan(elementary_cos(NAN)));
}
END_TEST

START_TEST(powers_are_products)
{
	double product = 1;

	for (uint64_t n = 0; n < 1000; n++, product *= 0.97)
		ck_assert_double_eq_tol(elementary_power(0.97, n), product,
			product * (double)(n + 1) * DBL_EPSILON);
	ck_assert_double_eq(elementary_power(0, 0), 1);
	ck_assert_double_eq(elementary_power(0.5, 1000), 0x1p-1000);
	ck_assert_double_eq(elementary_power(0.97, UINT64_MAX), 0);
	ck_assert_double_eq(elementary_power(1, UINT64_MAX), 1);
}
END_TEST

static Suite *
elementary_suite(void)
{
	Suite *suite = suite_create("elementary");
	int count = sizeof functions / sizeof functions[0];
	TCase *group = suite_group(suite, "functions", SUITE_SECONDS);

	suite_add_loop(group, functions_are_accurate, 0, count);
	suite_add_loop(group, bits_are_those_of_every_machine, 0, count);
	tcase_add_test(group, limits_are_exact);
	tcase_add_test(group, powers_are_products);
	return suite;
}

int
main(void)
{
	return suite_run(elementary_suite());
}
