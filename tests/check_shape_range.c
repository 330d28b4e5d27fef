/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the axes of the Generated pane, and of the marks of a plane. */
#include <math.h>

#include "base/error.h"
#include "run/run.h"
#include "suite.h"
#include "task/task.h"
#include "tui/shape_range.h"

enum { SEQUENCES = 20000, POINTS_MAX = 64 };

static struct shape_range
range_of(const struct task *task)
{
	const struct drawing drawing = drawing_of(2);
	struct shape_range range;
	struct settings settings;
	struct error error;
	struct run *run;

	settings_default(&settings);
	settings.task = task;
	run = run_create(suite_context(), &settings, NULL, &error);
	ck_assert_msg(run != NULL, "%s", error.text);
	ck_assert(shape_range_create(&range, run, &drawing, &error));
	run_destroy(run);
	return range;
}

static bool
is_within(const struct plane_range *range, const float *points, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (points[2 * i] < range->left ||
			points[2 * i] > range->right ||
			points[2 * i + 1] < range->bottom ||
			points[2 * i + 1] > range->top)
			return false;
	return true;
}

/* With other random numbers than those that chose the axes. */
START_TEST(the_axes_hold_all_that_a_task_generates)
{
	for (size_t i = 0; task_list[i] != NULL; i++) {
		const struct task *task = (const struct task *)task_list[i];
		struct shape_range range;
		struct random random;
		float points[2 * POINTS_MAX];
		int outside = 0;

		if (task->make == NULL)
			continue;
		ck_assert_uint_le(task->points, POINTS_MAX);
		range = range_of(task);
		random_seed(&random, 1234, RANDOM_STREAM_DATA);
		for (int k = 0; k < SEQUENCES; k++) {
			task->make(&random, task->points, points);
			outside +=
				!is_within(&range.shown, points, task->points);
		}
		ck_assert_msg(outside == 0, "%s: %d sequences outside",
			task->kind.name, outside);
	}
}
END_TEST

/* A star is at most 0.6 wide, and begins at the top of the unit square. */
START_TEST(the_axes_fit_a_small_shape)
{
	struct shape_range range = range_of(&task_star);

	ck_assert_double_lt(range.shown.top - range.shown.bottom, 0.8);
	ck_assert_double_lt(range.shown.right - range.shown.left, 0.8);
	/* rectangles fill the unit square, which has a margin */
	range = range_of(&task_rectangle);
	ck_assert_double_eq_tol(range.shown.left, -0.083, 0.01);
	ck_assert_double_eq_tol(range.shown.right, 1.083, 0.01);
	ck_assert_double_eq_tol(range.shown.bottom, -0.083, 0.01);
	ck_assert_double_eq_tol(range.shown.top, 1.083, 0.01);
}
END_TEST

static bool
are_equal(const struct plane_range *one, const struct plane_range *other)
{
	return one->left == other->left && one->right == other->right &&
		one->bottom == other->bottom && one->top == other->top;
}

/* A drawing that trembles about the edge of the axes moves them once. */
START_TEST(the_axes_stay_while_a_drawing_trembles)
{
	struct shape_range range = range_of(&task_rectangle);
	const struct plane_range first = range.shown;
	struct plane_range drawing = {0.1, 0.9, 0.1, 0.9}, grown;
	int changes = 0;

	for (int i = 0; i < 100; i++) {
		drawing.right = 1.05 + 0.03 * sin(i);
		shape_range_hold(&range, &drawing);
		changes += !are_equal(&range.shown, &first);
	}
	ck_assert_int_eq(changes, 0);

	drawing.right = 1.1;
	shape_range_hold(&range, &drawing);
	grown = range.shown;
	ck_assert_double_gt(grown.right, 1.1);
	ck_assert_double_eq(grown.left, first.left);
	for (int i = 0; i < 100; i++) {
		drawing.right = 1.1 + 0.08 * sin(i);
		shape_range_hold(&range, &drawing);
		changes += !are_equal(&range.shown, &grown);
	}
	ck_assert_int_eq(changes, 0);

	/* all is within the data again */
	drawing.right = 0.99;
	shape_range_hold(&range, &drawing);
	ck_assert(are_equal(&range.shown, &first));
}
END_TEST

START_TEST(an_exploding_drawing_leaves_the_data_visible)
{
	struct shape_range range = range_of(&task_rectangle);
	const struct plane_range first = range.shown;
	const struct plane_range far = {-1e30, 1e30, -1e30, 1e30};
	const struct plane_range near = {0.1, 0.9, -1e30, 2};
	const struct plane_range none = plane_empty_range();

	shape_range_hold(&range, &far);
	ck_assert(are_equal(&range.shown, &first));
	/* only the side that is too far stays */
	shape_range_hold(&range, &near);
	ck_assert_double_eq(range.shown.bottom, first.bottom);
	ck_assert_double_gt(range.shown.top, 2);
	/* points that are not finite leave no range */
	shape_range_hold(&range, &none);
	ck_assert(are_equal(&range.shown, &first));
}
END_TEST

START_TEST(marks_are_multiples_of_nice_steps)
{
	static const struct {
		double low, high, mark[2];
	} cases[] = {
		{-0.1, 1.1, {0, 1}},
		{0.09, 0.91, {0.2, 0.8}},
		{0.34, 1.06, {0.5, 1}},
		{-0.2, 3.4, {0, 3}},
		{-1.5, 1.7, {-1, 1}},
		{13, 94, {20, 80}},
		{2666, 7334, {3000, 7000}},
		{-7e-5, 2e-5, {-6e-5, 2e-5}},
		{0, 1000, {0, 1000}},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		double mark[2];

		plane_marks(cases[i].low, cases[i].high, mark);
		for (int k = 0; k < 2; k++)
			ck_assert_double_eq_tol(mark[k], cases[i].mark[k],
				1e-9 * (cases[i].high - cases[i].low));
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("shape range");
	TCase *group = suite_group(suite, "axes", SUITE_SECONDS);

	tcase_add_test(group, the_axes_hold_all_that_a_task_generates);
	tcase_add_test(group, the_axes_fit_a_small_shape);
	tcase_add_test(group, the_axes_stay_while_a_drawing_trembles);
	tcase_add_test(group, an_exploding_drawing_leaves_the_data_visible);
	tcase_add_test(group, marks_are_multiples_of_nice_steps);
	return suite_run(suite);
}
