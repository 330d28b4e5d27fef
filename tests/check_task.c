/*
 * The tasks: every shape they make is one, and their errors see what is not.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "suite.h"
#include "task/source.h"
#include "task/task.h"

enum { POINTS_MOST = 64, MANY = 20000, TASKS = TASK_POINTS };

static void
make(int task, struct random *random, float *points)
{
	task_info((enum task)task)->make(random, points);
}

START_TEST(every_shape_is_inside_and_begins_at_one_point)
{
	const struct task_info *task = task_info((enum task)_i);
	float points[POINTS_MOST], first[2];
	struct random random;
	size_t outside = 0, elsewhere = 0;

	random_seed(&random, 1, RANDOM_STREAM_DATA);
	make(_i, &random, first);
	make(_i, &random, points);
	memcpy(first, points, sizeof first);
	for (int i = 0; i < MANY; i++) {
		make(_i, &random, points);
		elsewhere += memcmp(points, first, sizeof first) != 0;
		for (size_t k = 0; k < task->points * task->features; k++)
			outside += !(points[k] >= 0 && points[k] <= 1);
	}
	ck_assert_uint_eq(outside, 0);
	ck_assert_uint_eq(elsewhere, 0);
}
END_TEST

START_TEST(a_true_shape_has_no_error)
{
	const struct task_info *task = task_info((enum task)_i);
	float points[POINTS_MOST];
	struct random random;
	double most = 0;

	random_seed(&random, 1, RANDOM_STREAM_DATA);
	for (int i = 0; i < MANY; i++) {
		make(_i, &random, points);
		most = fmax(most, task->shape_error(points));
	}
	ck_assert_double_lt(most, 2e-6);
}
END_TEST

/* The further a point is moved, the larger the error; none is unseen. */
START_TEST(a_point_out_of_place_shows_in_the_error)
{
	const struct task_info *task = task_info((enum task)_i);
	float points[POINTS_MOST];
	struct random random;

	random_seed(&random, 3, RANDOM_STREAM_DATA);
	make(_i, &random, points);
	for (size_t k = 0; k < task->points; k++) {
		float x = points[2 * k], y = points[2 * k + 1];
		double little, much;

		points[2 * k] = x + 0.01f;
		points[2 * k + 1] = y - 0.02f;
		little = task->shape_error(points);
		points[2 * k] = x + 0.1f;
		points[2 * k + 1] = y - 0.2f;
		much = task->shape_error(points);
		ck_assert_double_gt(little, 1e-4);
		ck_assert_double_gt(much, little);
		points[2 * k] = x;
		points[2 * k + 1] = y;
	}
}
END_TEST

START_TEST(the_seed_settles_the_shapes)
{
	const struct task_info *task = task_info((enum task)_i);
	size_t bytes = task->points * task->features * sizeof(float);
	float one[POINTS_MOST], again[POINTS_MOST], other[POINTS_MOST];
	struct random random;

	random_seed(&random, 1, RANDOM_STREAM_DATA);
	make(_i, &random, one);
	random_seed(&random, 1, RANDOM_STREAM_DATA);
	make(_i, &random, again);
	random_seed(&random, 2, RANDOM_STREAM_DATA);
	make(_i, &random, other);
	ck_assert_mem_eq(one, again, bytes);
	ck_assert_mem_ne(one, other, bytes);
}
END_TEST

START_TEST(rectangles_are_uniform_in_both_directions)
{
	double sum[2] = {0}, square[2] = {0}, across = 0;
	struct random random;
	float points[8];

	random_seed(&random, 1, RANDOM_STREAM_DATA);
	for (int i = 0; i < MANY; i++) {
		double w, h;

		make(TASK_RECTANGLE, &random, points);
		task_info(TASK_RECTANGLE)->size(points, &w, &h);
		sum[0] += w / MANY;
		sum[1] += h / MANY;
		square[0] += w * w / MANY;
		square[1] += h * h / MANY;
		across += w * h / MANY;
	}
	for (int d = 0; d < 2; d++) {
		ck_assert_double_eq_tol(sum[d], 0.5, 0.01);
		ck_assert_double_eq_tol(square[d], 1.0 / 3, 0.01);
	}
	ck_assert_double_eq_tol(across, 0.25, 0.01);
}
END_TEST

/*
 * The floors, from samples: what the best guess of every number costs where
 * only what cannot be known is guessed, at its median.
 */
START_TEST(floors_are_what_the_best_guess_costs)
{
	static const struct {
		enum task task;
		size_t unknown[2]; /* numbers that the state leaves open */
	} known[] = {
		{TASK_RECTANGLE, {2, 5}},
		{TASK_RECTANGLE_MID, {2, 7}},
		{TASK_CIRCLE, {2, 3}},
		/* the third corner's x has the arms' length already */
		{TASK_CROSS, {2, 6}},
	};

	for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
		const struct task_info *task = task_info(known[k].task);
		const struct task_floor *floor = task_floor(known[k].task,
			FRAMING_SEQUENCE, LOSS_MAE);
		float points[POINTS_MOST];
		double least[2] = {9, 9}, most[2] = {-9, -9}, sum = 0;
		struct random random;

		random_seed(&random, 1, RANDOM_STREAM_DATA);
		for (int i = 0; i < MANY; i++) {
			make(known[k].task, &random, points);
			for (int u = 0; u < 2; u++) {
				double x = points[known[k].unknown[u]];

				if (known[k].task == TASK_CROSS && u == 1)
					x -= points[2];
				least[u] = fmin(least[u], x);
				most[u] = fmax(most[u], x);
			}
		}
		/* uniform: half the range is the median, a quarter the cost */
		for (int u = 0; u < 2; u++)
			sum += (most[u] - least[u]) / 4;
		ck_assert_ptr_nonnull(floor);
		ck_assert_double_eq_tol(floor->value, sum /
			(double)((task->points - 1) * task->features),
			0.01 * floor->value);
	}
}
END_TEST

START_TEST(every_task_says_what_it_is)
{
	for (size_t i = 0; task_name(i) != NULL; i++) {
		const struct task_info *task = task_info((enum task)i);

		ck_assert_ptr_nonnull(task_summary(i));
		ck_assert_ptr_nonnull(task->one);
		ck_assert_ptr_nonnull(task->many);
		ck_assert((task->shape_error == NULL) ==
			(task->shape_error_name == NULL));
		ck_assert(task->make == NULL || task->points > 1);
	}
}
END_TEST

static Suite *
task_suite(void)
{
	Suite *suite = suite_create("task");
	TCase *group = suite_group(suite, "shapes", SUITE_SECONDS);

	tcase_add_loop_test(group,
		every_shape_is_inside_and_begins_at_one_point, 0, TASKS);
	tcase_add_loop_test(group, a_true_shape_has_no_error, 0, TASKS);
	tcase_add_loop_test(group, a_point_out_of_place_shows_in_the_error, 0,
		TASKS);
	tcase_add_loop_test(group, the_seed_settles_the_shapes, 0, TASKS);
	tcase_add_test(group, rectangles_are_uniform_in_both_directions);
	tcase_add_test(group, floors_are_what_the_best_guess_costs);
	tcase_add_test(group, every_task_says_what_it_is);
	return suite;
}

int
main(void)
{
	return suite_run(task_suite());
}
