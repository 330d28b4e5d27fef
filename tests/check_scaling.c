/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the scaling of points: its numbers, and what undoes it.
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "suite.h"
#include "task/scaling.h"

enum { COLUMNS = 3, POINTS = 4 };

/* ---------------------------------------------------------------------- */
/* the module */

/* A column of prices, one of equal numbers, and one of Unix times. */
static const double numbers[POINTS * COLUMNS] = {
	900, 0.1, 1700000001, /* */
	904, 0.1, 1700000002, /* */
	902, 0.1, 1700000003, /* */
	906, 0.1, 1700000004, /* */
};

static void
measure(struct scaling *scaling)
{
	struct error error;

	*scaling = (struct scaling){0};
	ck_assert(scaling_measure(scaling, COLUMNS, POINTS, numbers, &error));
}

/* Columns have mean and deviation; a column of equal numbers has factor 1. */
START_TEST(standard_is_mean_and_deviation)
{
	struct scaling scaling;
	float scaled[POINTS * COLUMNS];

	measure(&scaling);
	ck_assert_uint_eq(scaling.features, COLUMNS);
	ck_assert_double_eq(scaling.offset[0], 903);
	ck_assert_double_eq_tol(scaling.factor[0], sqrt(5), 1e-12);
	ck_assert_double_eq(scaling.offset[1], 0.1);
	ck_assert_double_eq(scaling.factor[1], 1);
	ck_assert_double_eq(scaling.offset[2], 1700000002.5);
	ck_assert_double_eq_tol(scaling.factor[2], sqrt(1.25), 1e-12);
	scaling_apply(&scaling, POINTS * COLUMNS, numbers, scaled);
	for (int i = 0; i < POINTS; i++) {
		const float *point = scaled + (size_t)i * COLUMNS;

		ck_assert_float_eq_tol(point[0],
			(float)((numbers[i * COLUMNS] - 903) / sqrt(5)), 1e-7F);
		ck_assert_float_eq(point[1], 0);
		ck_assert_float_eq_tol(point[2],
			(float)((i - 1.5) / sqrt(1.25)), 1e-7F);
	}
	ck_assert(scaling_is_valid(&scaling));
	scaling_destroy(&scaling);
}
END_TEST

/* Scaled numbers return to the data's, also seconds of a Unix time. */
START_TEST(undone_numbers_are_those_of_the_data)
{
	struct scaling scaling;
	float scaled[POINTS * COLUMNS], floats[POINTS * COLUMNS];
	float again[POINTS * COLUMNS];
	double undone[POINTS * COLUMNS];

	measure(&scaling);
	scaling_apply(&scaling, POINTS * COLUMNS, numbers, scaled);
	scaling_undo(&scaling, POINTS * COLUMNS, scaled, undone);
	scaling_undo_floats(&scaling, POINTS * COLUMNS, scaled, floats);
	scaling_apply_floats(&scaling, POINTS * COLUMNS, floats, again);
	for (int i = 0; i < POINTS * COLUMNS; i++) {
		ck_assert_double_eq_tol(undone[i], numbers[i],
			i % COLUMNS == 0 ? 1e-6 : 5e-7);
		ck_assert_float_eq(floats[i], (float)undone[i]);
		if (i % COLUMNS == 0)
			ck_assert_float_eq_tol(again[i], scaled[i], 1e-4F);
	}
	scaling_destroy(&scaling);
}
END_TEST

/* No scaling leaves every bit, also of numbers that are not finite. */
START_TEST(none_changes_nothing)
{
	const struct scaling none = {0};
	const float before[4] = {-0.0F, 0.1F, INFINITY, 1e-45F};
	float after[4];
	double wide[4];

	scaling_apply_floats(&none, 4, before, after);
	ck_assert_mem_eq(before, after, sizeof after);
	scaling_undo(&none, 4, before, wide);
	scaling_apply(&none, 4, wide, after);
	ck_assert_mem_eq(before, after, sizeof after);
	memset(after, 0xff, sizeof after);
	scaling_undo_floats(&none, 4, before, after);
	ck_assert_mem_eq(before, after, sizeof after);
	ck_assert(scaling_is_valid(&none));
}
END_TEST

/* The smallest and largest ranges of floats have a finite scaling. */
START_TEST(extreme_columns_have_a_valid_scaling)
{
	static const double extremes[][2] = {
		{-(double)FLT_MAX, (double)FLT_MAX},
		{0, DBL_MIN / 2}, /* no normal deviation */
		{1e-200, 2e-200}, /* its square is 0 */
		{1, 1 + 4 * DBL_EPSILON},
	};
	struct error error;

	for (size_t i = 0; i < sizeof extremes / sizeof extremes[0]; i++) {
		struct scaling scaling;
		float scaled[2];

		ck_assert(scaling_measure(&scaling, 1, 2, extremes[i], &error));
		ck_assert_msg(scaling_is_valid(&scaling), "%zu: %g %g", i,
			scaling.offset[0], scaling.factor[0]);
		scaling_apply(&scaling, 2, extremes[i], scaled);
		ck_assert_float_eq_tol(scaled[1], i == 1 ? 0 : 1, 1e-6F);
		scaling_destroy(&scaling);
	}
}
END_TEST

START_TEST(copies_are_equal_until_a_number_changes)
{
	struct scaling scaling, copy = {0}, none = {0};
	struct error error;

	measure(&scaling);
	ck_assert(!scaling_equals(&scaling, &copy));
	ck_assert(scaling_copy(&copy, &scaling, &error));
	ck_assert(scaling_equals(&scaling, &copy));
	copy.offset[2] += 1;
	ck_assert(!scaling_equals(&scaling, &copy));
	ck_assert(scaling_copy(&copy, &scaling, &error));
	copy.factor[1] = 2;
	ck_assert(!scaling_equals(&scaling, &copy));
	copy.factor[1] = 0;
	ck_assert(!scaling_is_valid(&copy));
	ck_assert(scaling_copy(&copy, &none, &error));
	ck_assert(scaling_equals(&copy, &none));
	scaling_destroy(&scaling);
}
END_TEST

/* auto scales as soon as one number is beyond 2. */
START_TEST(auto_scales_numbers_beyond_two)
{
	static const double within[] = {-2, 0, 2, 1.5};
	static const double beyond[] = {-2, 0, 2, -2.001};

	ck_assert(scaling_none.applies == NULL);
	ck_assert(scaling_standard.applies(within, 4));
	ck_assert(!scaling_auto.applies(within, 4));
	ck_assert(scaling_auto.applies(beyond, 4));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("scaling");
	TCase *module = suite_group(suite, "module", SUITE_SECONDS);

	tcase_add_test(module, standard_is_mean_and_deviation);
	tcase_add_test(module, undone_numbers_are_those_of_the_data);
	tcase_add_test(module, none_changes_nothing);
	tcase_add_test(module, extreme_columns_have_a_valid_scaling);
	tcase_add_test(module, copies_are_equal_until_a_number_changes);
	tcase_add_test(module, auto_scales_numbers_beyond_two);
	return suite_run(suite);
}
