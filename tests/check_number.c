/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of number formatting and conversion: no sign on zero, no cast out of
 * range, round values after increments.
 */
#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "suite.h"

START_TEST(no_zero_has_a_sign)
{
	char text[NUMBER_TEXT_SIZE];

	ck_assert_str_eq(number_shortest(text, -0.0), "0");
	ck_assert_str_eq(number_loss(text, -0.0), "0.000000");
	ck_assert_str_eq(number_loss(text, -4e-7), "0.000000");
	ck_assert_str_eq(number_loss(text, -6e-7), "-0.000001");
	ck_assert_str_eq(number_fixed(text, -0.0, 0), "0");
	ck_assert_str_eq(number_fixed(text, -0.4, 0), "0");
	ck_assert_str_eq(number_fixed(text, -0.004, 2), "0.00");
	ck_assert_str_eq(number_fixed(text, -0.006, 2), "-0.01");
	ck_assert_str_eq(number_fixed(text, -10.04, 1), "-10.0");
}
END_TEST

START_TEST(a_fixed_number_fits_whatever_it_is)
{
	static const double values[] = {DBL_MAX, -DBL_MAX, 1e300, -1e15, 1e9,
		999999999.9, -999999999.9, DBL_TRUE_MIN, INFINITY, -INFINITY,
		NAN};
	char text[NUMBER_TEXT_SIZE];

	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		number_fixed(text, values[i], 15);
		ck_assert_uint_lt(strlen(text), 30);
	}
	ck_assert_str_eq(number_fixed(text, 1.25e12, 4), "1.25e+12");
}
END_TEST

START_TEST(a_rounded_number_has_a_short_form)
{
	char text[NUMBER_TEXT_SIZE], expected[NUMBER_TEXT_SIZE];

	ck_assert_double_eq(number_round(0.1 + 0.2, 2), 0.3);
	ck_assert_double_eq(number_round(1.7000000000000002, 3), 1.7);
	ck_assert_double_eq(number_round(0, 3), 0);
	for (int exponent = -20; exponent <= 20; exponent++)
		for (int digit = 1; digit < 10; digit++) {
			double value = digit * pow(10, exponent);

			snprintf(expected, sizeof expected, "%de%d", digit,
				exponent);
			snprintf(text, sizeof text, "%.17g",
				number_round(value * (1 + 1e-15), 1));
			ck_assert_double_eq(strtod(text, NULL),
				strtod(expected, NULL));
		}
}
END_TEST

/* At each nice number, a little above it, and a little below. */
START_TEST(nice_numbers_are_1_2_and_5_of_each_decade)
{
	static const double digits[] = {1, 2, 5, 10};
	char text[NUMBER_TEXT_SIZE];

	for (int exponent = -20; exponent <= 20; exponent++)
		for (int d = 0; d < 3; d++) {
			double here, next;

			snprintf(text, sizeof text, "%.0fe%d", digits[d],
				exponent);
			here = strtod(text, NULL);
			snprintf(text, sizeof text, "%.0fe%d", digits[d + 1],
				exponent);
			next = strtod(text, NULL);
			ck_assert(number_nice_above(here) == here);
			ck_assert(number_nice_below(here) == here);
			ck_assert(number_nice_above(nextafter(here, next)) ==
				next);
			ck_assert(number_nice_below(nextafter(next, here)) ==
				here);
			ck_assert(number_nice_above(here * 1.3) == next);
			ck_assert(number_nice_below(here * 1.3) == here);
		}
}
END_TEST

START_TEST(conversions_to_integers_stay_in_range)
{
	ck_assert_int_eq(number_int(2.5e9), INT_MAX);
	ck_assert_int_eq(number_int(-1e300), INT_MIN);
	ck_assert_int_eq(number_int(INFINITY), INT_MAX);
	ck_assert_int_eq(number_int(NAN), 0);
	ck_assert_int_eq(number_int(-2.6), -3);
	ck_assert_int_eq(number_int((double)INT_MAX), INT_MAX);
	ck_assert_uint_eq(number_count(-1), 0);
	ck_assert_uint_eq(number_count(NAN), 0);
	ck_assert_uint_eq(number_count(1.5), 2);
	ck_assert_uint_eq(number_count(0x1p63), UINT64_C(1) << 63);
	ck_assert_uint_eq(number_count(0x1p64), UINT64_MAX);
	ck_assert_uint_eq(number_count(INFINITY), UINT64_MAX);
}
END_TEST

START_TEST(a_part_of_the_updates_is_at_most_all_of_them)
{
	static const struct {
		uint64_t done, wanted;
		int percent;
	} cases[] = {
		{0, 1, 0},
		{1, 1, 100},
		{30000000, 1, 100},
		{UINT64_MAX, 1, 100},
		{0, UINT64_MAX, 0},
		{1, 3, 33},
		{2, 3, 66},
		{99999, 100000, 99},
		/* as doubles these two are equal */
		{UINT64_MAX - 1, UINT64_MAX, 99},
		{5, 0, 100},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		double part = number_fraction(cases[i].done, cases[i].wanted);

		ck_assert_int_eq(number_percent(cases[i].done, cases[i].wanted),
			cases[i].percent);
		ck_assert_double_ge(part, 0);
		ck_assert_double_le(part, 1);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("number");
	TCase *group = suite_group(suite, "shown", SUITE_SECONDS);

	tcase_add_test(group, no_zero_has_a_sign);
	tcase_add_test(group, a_fixed_number_fits_whatever_it_is);
	tcase_add_test(group, a_rounded_number_has_a_short_form);
	tcase_add_test(group, nice_numbers_are_1_2_and_5_of_each_decade);
	tcase_add_test(group, conversions_to_integers_stay_in_range);
	tcase_add_test(group, a_part_of_the_updates_is_at_most_all_of_them);
	return suite_run(suite);
}
