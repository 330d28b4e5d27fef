/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the tasks (generated shapes have error 0, others do not), of reading
 * files of points, and of the order of a source's sequences.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "folder.h"
#include "suite.h"
#include "task/extent.h"
#include "task/sequences.h"
#include "task/source.h"
#include "task/task.h"

enum { POINTS_MAX = 64, MANY = 20000 };

static const struct scaling none;

/* Return the n-th task that generates sequences, or NULL. */
static const struct task *
shape(int number)
{
	for (size_t i = 0; task_list[i] != NULL; i++) {
		const struct task *task = (const struct task *)task_list[i];

		if (task->make != NULL && number-- == 0)
			return task;
	}
	return NULL;
}

static int
count_shapes(void)
{
	int count = 0;

	while (shape(count) != NULL)
		count++;
	return count;
}

START_TEST(every_shape_is_inside_and_begins_at_one_point)
{
	const struct task *task = shape(_i);
	float points[POINTS_MAX], first[2];
	struct random random;
	size_t outside = 0, elsewhere = 0;

	random_seed(&random, 1, RANDOM_STREAM_DATA);
	task->make(&random, task->points, points);
	memcpy(first, points, sizeof first);
	for (int i = 0; i < MANY; i++) {
		task->make(&random, task->points, points);
		elsewhere += memcmp(points, first, sizeof first) != 0;
		for (size_t k = 0; k < task->points * task->features; k++)
			outside += !(points[k] >= 0 && points[k] <= 1);
	}
	ck_assert_uint_eq(outside, 0);
	if (task->has_many_starts)
		ck_assert_uint_gt(elsewhere, 0);
	else
		ck_assert_uint_eq(elsewhere, 0);
}
END_TEST

START_TEST(a_true_shape_has_no_error)
{
	const struct task *task = shape(_i);
	float points[POINTS_MAX];
	struct random random;
	double max = 0, min = INFINITY, size;
	size_t dots = 0;

	random_seed(&random, 1, RANDOM_STREAM_DATA);
	for (int i = 0; i < MANY; i++) {
		task->make(&random, task->points, points);
		size = extent_size(points, task->points);
		if (!extent_is_degenerate(size))
			max = fmax(max,
				task->shape_error(points, task->points));
		else
			dots++;
		for (size_t k = 0; k < task->points * task->features; k++)
			points[k] = 0.25f;
		min = fmin(min, task->shape_error(points, task->points));
	}
	ck_assert_double_lt(max, 5e-6);
	/* squared sizes are near 0 more often */
	ck_assert_uint_lt(dots,
		(size_t)MANY / (task == &task_rectangle_skew ? 20 : 500));
	/* equal points have error 1 */
	ck_assert_double_eq(min, 1);
}
END_TEST

/* The size is (width + height) / 2; the error is deviation / size. */
START_TEST(an_error_is_relative_to_the_size)
{
	/* 0.5 wide, 0.3 high */
	static const float points[] = {0.2f, 0.1f, 0.7f, 0.1f, 0.7f, 0.4f, 0.2f,
		0.4f};

	ck_assert_double_eq_tol(extent_size(points, 4), 0.4, 1e-6);
	ck_assert_double_eq_tol(extent_error(0.1, 0.4), 0.25, 1e-12);
	ck_assert_double_eq_tol(extent_error(0, 0.4), 0, 1e-12);
	/* below EXTENT_MIN, the missing size is added to the deviation */
	ck_assert_double_eq_tol(extent_error(0.01, EXTENT_MIN / 2),
		(0.01 + EXTENT_MIN / 2) / EXTENT_MIN, 1e-12);
}
END_TEST

/* The error grows with the distance by which any single point is moved. */
START_TEST(a_point_out_of_place_shows_in_the_error)
{
	const struct task *task = shape(_i);
	float points[POINTS_MAX];
	struct random random;

	random_seed(&random, 3, RANDOM_STREAM_DATA);
	task->make(&random, task->points, points);
	for (size_t k = 0; k < task->points; k++) {
		bool is_ignored =
			task == &task_recall && k > 0 && k + 1 < task->points;
		float x = points[2 * k], y = points[2 * k + 1];
		double little, much;

		points[2 * k] = x + 0.01f;
		points[2 * k + 1] = y - 0.02f;
		little = task->shape_error(points, task->points);
		points[2 * k] = x + 0.1f;
		points[2 * k + 1] = y - 0.2f;
		much = task->shape_error(points, task->points);
		if (is_ignored) {
			ck_assert_double_eq(little, 0);
		} else {
			ck_assert_double_gt(little, 1e-4);
			ck_assert_double_gt(much, little);
		}
		points[2 * k] = x;
		points[2 * k + 1] = y;
	}
}
END_TEST

START_TEST(the_seed_determines_the_shapes)
{
	const struct task *task = shape(_i);
	size_t bytes = task->points * task->features * sizeof(float);
	float one[POINTS_MAX], again[POINTS_MAX], other[POINTS_MAX];
	struct random random;

	random_seed(&random, 1, RANDOM_STREAM_DATA);
	task->make(&random, task->points, one);
	random_seed(&random, 1, RANDOM_STREAM_DATA);
	task->make(&random, task->points, again);
	random_seed(&random, 2, RANDOM_STREAM_DATA);
	task->make(&random, task->points, other);
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

		task_rectangle.make(&random, task_rectangle.points, points);
		task_rectangle.size(points, &w, &h);
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
 * Estimate the floors from samples: the expected loss if all known numbers are
 * predicted exactly, and the unknown ones by their median.
 */
START_TEST(floors_equal_the_loss_of_the_best_guess)
{
	static const struct {
		const struct task *task;
		size_t unknown[2]; /* indices of the unknown numbers */
	} known[] = {
		{&task_rectangle, {2, 5}},
		{&task_rectangle_mid, {2, 7}},
		{&task_circle, {2, 3}},
		/* points[6] - points[2] is the arms' width */
		{&task_cross, {2, 6}},
	};

	for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
		const struct task *task = known[k].task;
		const struct task_floor *floor =
			task_floor(known[k].task, &framing_sequence, &loss_mae);
		float points[POINTS_MAX];
		double min[2] = {9, 9}, max[2] = {-9, -9}, sum = 0;
		struct random random;

		random_seed(&random, 1, RANDOM_STREAM_DATA);
		for (int i = 0; i < MANY; i++) {
			task->make(&random, task->points, points);
			for (int u = 0; u < 2; u++) {
				double x = points[known[k].unknown[u]];

				if (known[k].task == &task_cross && u == 1)
					x -= points[2];
				min[u] = fmin(min[u], x);
				max[u] = fmax(max[u], x);
			}
		}
		/* uniform in [min, max): the mean of |x - median| is range/4 */
		for (int u = 0; u < 2; u++)
			sum += (max[u] - min[u]) / 4;
		ck_assert_ptr_nonnull(floor);
		ck_assert_double_eq_tol(floor->value,
			sum / (double)((task->points - 1) * task->features),
			0.01 * floor->value);
	}
}
END_TEST

/* For squared sizes, estimate the mae at the median, the mse at the mean. */
START_TEST(median_and_mean_of_skewed_sizes_differ)
{
	double mean = 0, height = 0, absolute = 0, square = 0;
	const struct task_floor *floor;
	struct random random;
	size_t below = 0;
	float points[8];

	random_seed(&random, 1, RANDOM_STREAM_DATA);
	for (int i = 0; i < MANY; i++) {
		double w;

		task_rectangle_skew.make(&random, task_rectangle_skew.points,
			points);
		w = points[2];
		ck_assert(points[4] == points[2] && points[5] == points[7]);
		height += points[5] / MANY;
		mean += w / MANY;
		below += w < 0.25;
		absolute += fabs(w - 0.25) / MANY;
		square += (w - 1.0 / 3) * (w - 1.0 / 3) / MANY;
	}
	ck_assert_double_eq_tol(mean, 1.0 / 3, 0.01);
	ck_assert_double_eq_tol(height, 1.0 / 3, 0.01);
	ck_assert_double_eq_tol((double)below / MANY, 0.5, 0.01);
	/* two of the six predicted numbers are unknown */
	floor = task_floor(&task_rectangle_skew, &framing_one_to_one,
		&loss_mae);
	ck_assert_double_eq_tol(floor->value, 2 * absolute / 6, 0.002);
	floor = task_floor(&task_rectangle_skew, &framing_one_to_one,
		&loss_mse);
	ck_assert_double_eq_tol(floor->value, 2 * square / 6, 0.001);
}
END_TEST

/* Measure the turns, radius and start angle of generated spirals. */
START_TEST(spirals_turn_one_to_three_times)
{
	double least = 9, most = 0, radius_min = 9, radius_max = 0;
	double start_min = 9, start_max = -9;
	float points[48];
	struct random random;

	random_seed(&random, 1, RANDOM_STREAM_DATA);
	for (int i = 0; i < MANY; i++) {
		double turns = 0, before, radius;

		task_spiral.make(&random, task_spiral.points, points);
		before = atan2(points[3] - 0.5, points[2] - 0.5);
		for (int k = 2; k < 24; k++) {
			double angle = atan2(points[2 * k + 1] - 0.5,
				points[2 * k] - 0.5);

			turns += remainder(angle - before, 2 * acos(-1)) /
				(2 * acos(-1));
			before = angle;
		}
		turns *= 23.0 / 22;
		radius = hypot(points[46] - 0.5, points[47] - 0.5);
		least = fmin(least, turns);
		most = fmax(most, turns);
		radius_min = fmin(radius_min, radius);
		radius_max = fmax(radius_max, radius);
		/* one step before the angle of the second point */
		before = atan2(points[3] - 0.5, points[2] - 0.5) -
			turns / 23 * 2 * acos(-1);
		start_min = fmin(start_min, before);
		start_max = fmax(start_max, before);
	}
	ck_assert_double_eq_tol(least, 1, 0.01);
	ck_assert_double_eq_tol(most, 3, 0.01);
	ck_assert_double_eq_tol(radius_min, 0.15, 0.001);
	ck_assert_double_eq_tol(radius_max, 0.5, 0.001);
	ck_assert_double_eq_tol(start_min, -0.5, 0.01);
	ck_assert_double_eq_tol(start_max, 0.5, 0.01);
}
END_TEST

/* With any gap: the first point again, and the same points between. */
START_TEST(a_recall_ends_as_it_begins)
{
	static const uint64_t gaps[] = {1, 2, 5, 17};
	float points[POINTS_MAX], others[POINTS_MAX];
	struct random random;

	random_seed(&random, 4, RANDOM_STREAM_DATA);
	for (size_t g = 0; g < sizeof gaps / sizeof gaps[0]; g++) {
		size_t count = task_length(&task_recall, gaps[g]);
		size_t gap = (size_t)gaps[g];

		ck_assert_uint_eq(count, gap + 2);
		task_recall.make(&random, count, points);
		task_recall.make(&random, count, others);
		ck_assert_mem_eq(points, points + 2 * (count - 1),
			2 * sizeof *points);
		ck_assert_mem_eq(others, others + 2 * (count - 1),
			2 * sizeof *points);
		ck_assert_mem_ne(points, others, 2 * sizeof *points);
		ck_assert_mem_eq(points + 2, others + 2,
			2 * gap * sizeof *points);
		for (size_t i = 1; i <= gap; i++)
			ck_assert_double_eq_tol(hypot(points[2 * i] - 0.5,
							points[2 * i + 1] -
								0.5),
				0.5, 1e-6);
		/* 0.3 from the first point */
		points[2 * count - 2] =
			points[0] > 0.5f ? points[0] - 0.3f : points[0] + 0.3f;
		ck_assert_double_eq_tol(task_recall.shape_error(points, count),
			0.3 / extent_size(points, count), 1e-6);
	}
	ck_assert_uint_eq(task_length(&task_recall, 5), task_recall.points);
	ck_assert_uint_eq(task_length(&task_star, 9), task_star.points);
}
END_TEST

/* The loss of the best guess of a last point that is not remembered. */
START_TEST(the_floor_of_a_recall_falls_with_the_gap)
{
	static const struct loss *const losses[] = {&loss_mae, &loss_mse};
	enum { LENGTH = 9 };
	double sum[2] = {0};
	char text[TASK_FLOOR_TEXT_SIZE];
	float points[2 * LENGTH];
	struct random random;

	random_seed(&random, 4, RANDOM_STREAM_DATA);
	for (int i = 0; i < MANY; i++) {
		task_recall.make(&random, LENGTH, points);
		for (int k = 0; k < 2; k++) {
			double off = points[2 * LENGTH - 2 + k] - 0.5;

			sum[0] += fabs(off) / 2 / MANY;
			sum[1] += off * off / 2 / MANY;
		}
	}
	for (int l = 0; l < 2; l++) {
		const struct task_floor *floor =
			task_floor(&task_recall, &framing_sequence, losses[l]);

		ck_assert_ptr_nonnull(floor);
		ck_assert_double_eq_tol(task_floor_value(floor, LENGTH),
			sum[l] / (LENGTH - 1), 0.02 * sum[l]);
		ck_assert_str_eq(task_floor_text(floor, LENGTH, text),
			l == 0 ? "1/32" : "1/96");
		ck_assert(task_floor_is_passed(floor, &framing_sequence));
		ck_assert(!task_floor_is_passed(floor, &framing_one_to_one));
	}
}
END_TEST

START_TEST(every_task_has_a_description)
{
	for (size_t i = 0; task_list[i] != NULL; i++) {
		const struct task *task = (const struct task *)task_list[i];

		ck_assert_ptr_nonnull(task->kind.summary);
		ck_assert_ptr_nonnull(task->singular);
		ck_assert_ptr_nonnull(task->plural);
		ck_assert((task->shape_error == NULL) ==
			(task->shape_error_name == NULL));
		ck_assert(task->make == NULL || task->points > 1);
	}
}
END_TEST

START_TEST(a_rectangle_is_closed_by_two_sides_on_the_axes)
{
	struct random random;
	float p[8];

	random_seed(&random, 5, RANDOM_STREAM_DATA);
	for (int i = 0; i < MANY; i++) {
		double w, h;

		task_rectangle.make(&random, task_rectangle.points, p);
		task_rectangle.size(p, &w, &h);
		ck_assert(p[0] == 0 && p[1] == 0 && p[3] == 0 && p[6] == 0);
		ck_assert(p[2] == p[4] && p[5] == p[7]);
		ck_assert(w == (double)p[2] && h == (double)p[5]);
		ck_assert(w >= 0 && w < 1 && h >= 0 && h < 1);
	}
	ck_assert(task_rectangle.is_closed);
}
END_TEST

START_TEST(floors_exist_where_they_are_known)
{
	static const struct framing *const framings[] = {&framing_one_to_one,
		&framing_sequence};
	const struct task_floor *floor;

	for (size_t i = 0; i < 2; i++) {
		floor = task_floor(&task_rectangle, framings[i], &loss_mae);
		ck_assert_ptr_nonnull(floor);
		ck_assert_double_eq(floor->value, 1.0 / 12);
		ck_assert_str_eq(floor->text, "1/12");
		floor = task_floor(&task_rectangle, framings[i], &loss_mse);
		ck_assert_ptr_nonnull(floor);
		ck_assert_double_eq(floor->value, 1.0 / 36);
		ck_assert_str_eq(floor->text, "1/36");
		ck_assert_ptr_null(task_floor(&task_rectangle, framings[i],
			&loss_mixture));
		ck_assert_ptr_null(
			task_floor(&task_points, framings[i], &loss_mae));
	}
	ck_assert_ptr_null(
		task_floor(&task_rectangle, &framing_many_to_one, &loss_mae));
	ck_assert_ptr_null(
		task_floor(&task_rectangle, &framing_one_to_many, &loss_mae));
	/* a single point does not tell a midpoint from a corner */
	ck_assert_ptr_null(task_floor(&task_rectangle_mid, &framing_one_to_one,
		&loss_mae));
}
END_TEST

/* ---------------------------------------------------------------------- */
/* files of points */

/* Write text to a file at path, and read the file. */
static bool
read_text(struct sequences *sequences, const char *text, size_t features,
	size_t points, char path[FOLDER_PATH_SIZE], struct error *error)
{
	char folder[FOLDER_PATH_SIZE];
	const struct sequences_config config = {
		.path = path,
		.features = features,
		.points = points,
	};

	folder_join(path, folder_new(folder), "points.csv");
	file_write_text(path, text);
	return sequences_read(sequences, &config, error);
}

static void
must_read(struct sequences *sequences, const char *text)
{
	char path[FOLDER_PATH_SIZE];
	struct error error = {.text = ""};

	ck_assert_msg(read_text(sequences, text, 0, 0, path, &error), "%s",
		error.text);
	sequences_scale(sequences, &none);
}

/* Files with the same two sequences, of three and of two points. */
static const char *const same[] = {
	"0,0\n0.5,-1e-3\n1,2\n\n3,4\n5,6\n",
	"0,0\n0.5,-1e-3\n1,2\n\n3,4\n5,6",
	"# points\n\n0,0\n#,\n0.5,-1e-3\n1,2\n# end\n\n# next\n3,4\n5,6\n",
	"\n\n0,0\n0.5,-1e-3\n1,2\n\n \t\n\n3,4\n5,6\n\n\n",
	"0,0\r\n0.5,-1e-3\r\n1,2\r\n\r\n3,4\r\n5,6\r\n",
	"\xef\xbb\xbf# marked\n0,0\n0.5,-1e-3\n1,2\n\n3,4\n5,6\n",
	" 0 ,\t0\n.5,-.001\n+1,2.0\n\n3 , 4\n5,6 \n",
	"0,0\r0.5,-1e-3\r1,2\r\r3,4\r5,6\r",
	"\"0\",0\n\"0.5\",\"-1e-3\"\n1,\" 2 \"\n\n\"3\" , \"4\"\n5,\"6\"\n",
	"#\"\n0,0\n0.50000,-0.001000000000000000000\n1,\"2\"\n\n3,4\n5,6",
};

enum { SAME = sizeof same / sizeof same[0] };

START_TEST(equal_data_in_any_notation_are_read_alike)
{
	static const float values[] = {0, 0, 0.5f, -1e-3f, 1, 2, 3, 4, 5, 6};
	struct sequences sequences, first;

	must_read(&sequences, same[_i]);
	ck_assert_uint_eq(sequences.count, 2);
	ck_assert_uint_eq(sequences.features, 2);
	ck_assert_uint_eq(sequences.longest, 3);
	ck_assert_uint_eq(sequences.start[0], 0);
	ck_assert_uint_eq(sequences.start[1], 3);
	ck_assert_uint_eq(sequences.start[2], 5);
	ck_assert_mem_eq(sequences.values, values, sizeof values);
	/*
	 * The hash depends on the numbers, not on their notation. Saved runs
	 * identify their data by it, so it must be the same on all machines.
	 */
	ck_assert(sequences.hash == UINT64_C(5125531539062021243));
	must_read(&first, same[0]);
	ck_assert(sequences.hash == first.hash);
	sequences_destroy(&first);
	sequences_destroy(&sequences);
}
END_TEST

START_TEST(the_hash_depends_on_numbers_and_lengths)
{
	static const char *const others[] = {
		"0,0\n0.5,-1e-3\n1,2\n\n3,4\n5,7\n",
		"0,0\n0.5,-1e-3\n\n1,2\n3,4\n5,6\n",
		"0,0\n0.5,-1e-3\n1,2\n3,4\n5,6\n",
		"3,4\n5,6\n\n0,0\n0.5,-1e-3\n1,2\n",
	};
	struct sequences first, other;

	must_read(&first, same[0]);
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		must_read(&other, others[i]);
		ck_assert_msg(first.hash != other.hash, "%s", others[i]);
		sequences_destroy(&other);
	}
	sequences_destroy(&first);
}
END_TEST

START_TEST(numbers_are_exact_and_columns_are_measured)
{
	/* 2⁵³ - 1, and seconds of a Unix time: not floats */
	const char *text = "1752000060.25,-1\n1752000061.25,-1\n"
			   "1752000062.25,-1\n\n9007199254740991,2\n-3,0\n";
	static const double numbers[] = {1752000060.25, -1, 1752000061.25, -1,
		1752000062.25, -1, 9007199254740991, 2, -3, 0};
	char path[FOLDER_PATH_SIZE];
	struct error error = {.text = ""};
	struct sequences sequences;
	const struct sequences_column *column;

	ck_assert_msg(read_text(&sequences, text, 0, 0, path, &error), "%s",
		error.text);
	ck_assert_mem_eq(sequences.numbers, numbers, sizeof numbers);
	column = sequences.column;
	ck_assert(column[0].min == -3 && column[0].max == 9007199254740991);
	ck_assert(column[1].min == -1 && column[1].max == 2);
	ck_assert_double_eq_tol(column[1].mean, -0.2, 1e-15);
	ck_assert_double_eq_tol(column[1].deviation, sqrt(1.36), 1e-15);
	sequences_scale(&sequences, &none);
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
		ck_assert(sequences.values[i] == (float)numbers[i]);
	ck_assert_ptr_null(sequences.numbers);
	sequences_destroy(&sequences);
}
END_TEST

static const struct {
	const char *text;
	int line; /* 0: the message gives no line */
	const char *said;
	size_t features, points; /* arguments of sequences_read */
} wrong[] = {
	{"", 0, "no points", 0, 0},
	{"# nothing\n\n", 0, "no points", 0, 0},
	{"0,0\n1,1\n2\n", 3, "1 field on the line, but 2", 0, 0},
	{"0,0\n# two\n1,1,1\n", 3, "3 fields on the line, but 2", 0, 0},
	{"0,0\n1,\n", 2, "missing", 0, 0},
	{"0,0\n,1\n", 2, "missing", 0, 0},
	{"0,0\n1,2 3\n", 2, "'2 3' is not a number", 0, 0},
	{"0,0\n\n", 2, "one point", 0, 0},
	{"0,0\n1,1\n\n2,2\n\n3,3\n4,4\n", 5, "one point", 0, 0},
	{"0,0\n1,1e39\n", 2, "'1e39' is not a finite number", 0, 0},
	{"0,0\n-inf,1\n", 2, "'-inf' is not a finite number", 0, 0},
	{"0,0\n1,nan\n", 2, "'nan': a number is missing", 0, 0},
	{"0,0\n0x1,1\n", 2, "'0x1' is not a number", 0, 0},
	{"0,0,0\n1,1,1\n", 1, "not the 2 of the task", 2, 0},
	{"0,0\n1,1\n2,2\n\n", 4, "3 points, not the 4", 2, 4},
	/* the message gives the invalid number, not one before it */
	{"0,0\n1,word\n", 2, "'word' is not a number", 0, 0},
	{"0,0\n1,0x2\n", 2, "'0x2' is not a number", 0, 0},
	{"0,0\n1,\"two\"\n", 2, "'two' is not a number", 0, 0},
	{"0,0\n1,\"1,5\"\n", 2, "'1,5' is not a number", 0, 0},
	{"0,0\n1,\"\"\n", 2, "missing", 0, 0},
	{"0,0\n1,\" \"\n", 2, "missing", 0, 0},
	{"0,0\n1,\"1\n2,2\n", 2, "not closed", 0, 0},
	{"0,0\n\"1\n\",1\n", 2, "'1\\n' is not a number", 0, 0},
	{"0,0\n0.5,max\n", 2, "'max' is not a number", 0, 0},
};

enum { WRONG = sizeof wrong / sizeof wrong[0] };

START_TEST(an_error_names_the_file_the_line_and_the_cause)
{
	char path[FOLDER_PATH_SIZE], place[FOLDER_PATH_SIZE + 32];
	struct error error = {.text = ""};
	struct sequences sequences;

	ck_assert(!read_text(&sequences, wrong[_i].text, wrong[_i].features,
		wrong[_i].points, path, &error));
	if (wrong[_i].line > 0)
		snprintf(place, sizeof place, "%s:%d: ", path, wrong[_i].line);
	else
		snprintf(place, sizeof place, "%s: ", path);
	ck_assert_msg(strncmp(error.text, place, strlen(place)) == 0,
		"'%s' does not begin with '%s'", error.text, place);
	ck_assert_msg(strstr(error.text, wrong[_i].said) != NULL,
		"'%s' does not say \"%s\"", error.text, wrong[_i].said);
}
END_TEST

START_TEST(a_file_that_is_not_there_is_named)
{
	char folder[FOLDER_PATH_SIZE], path[FOLDER_PATH_SIZE];
	struct error error = {.text = ""};
	struct sequences sequences;
	const struct sequences_config config = {.path = path};

	folder_join(path, folder_new(folder), "missing.csv");
	ck_assert(!sequences_read(&sequences, &config, &error));
	ck_assert(strstr(error.text, path) != NULL);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* sources */

START_TEST(a_file_is_read_in_order_and_repeated)
{
	static const size_t lengths[] = {2, 3, 2};
	static const float firsts[] = {0, 10, 20};
	struct sequences sequences;
	struct source source = {.task = &task_points};
	float points[3];

	must_read(&sequences, "0\n1\n\n10\n11\n12\n\n20\n21\n");
	source.data = &sequences;
	ck_assert_uint_eq(source_features(&source), 1);
	ck_assert_uint_eq(source_longest(&source), 3);
	for (size_t i = 0; i < 10; i++) {
		size_t length = source_next(&source, points);

		ck_assert_uint_eq(length, lengths[i % 3]);
		for (size_t k = 0; k < length; k++)
			ck_assert_float_eq(points[k], firsts[i % 3] + (float)k);
		ck_assert(source.position.next == (i + 1) % 3);
	}
	sequences_destroy(&sequences);
}
END_TEST

START_TEST(a_restored_position_gives_the_same_sequences)
{
	struct source source = {
		.task = &task_rectangle,
		.points = task_rectangle.points,
	};
	struct source_position position;
	struct random random;
	float one[8], again[8], made[8];

	random_seed(&source.position.random, 1, RANDOM_STREAM_DATA);
	random_seed(&random, 1, RANDOM_STREAM_DATA);
	ck_assert_uint_eq(source_features(&source), 2);
	ck_assert_uint_eq(source_longest(&source), 4);
	for (int i = 0; i < 100; i++) {
		position = source.position;
		ck_assert_uint_eq(source_next(&source, one), 4);
		task_rectangle.make(&random, task_rectangle.points, made);
		ck_assert_mem_eq(one, made, sizeof one);
		source.position = position;
		source_next(&source, again);
		ck_assert_mem_eq(one, again, sizeof one);
	}
}
END_TEST

/* Go forward, and back over the same sequences and one more. */
static void
walk(struct source *source, size_t size)
{
	enum { STEPS = 7 };
	float there[STEPS][POINTS_MAX], back[POINTS_MAX];
	size_t lengths[STEPS];
	struct source_position start = source->position;

	for (int i = 0; i < STEPS; i++)
		lengths[i] = source_next(source, there[i]);
	for (int i = STEPS; i-- > 0;) {
		ck_assert_uint_eq(source_previous(source, back), lengths[i]);
		ck_assert_mem_eq(back, there[i],
			lengths[i] * size * sizeof *back);
	}
	ck_assert_mem_eq(&source->position, &start, sizeof start);
	source_previous(source, back);
	ck_assert_mem_ne(&source->position, &start, sizeof start);
	ck_assert_uint_gt(source_next(source, there[0]), 0);
	ck_assert_mem_eq(&source->position, &start, sizeof start);
}

START_TEST(a_source_goes_back_over_the_same_shapes)
{
	struct source source = {
		.task = shape(_i),
		.points = shape(_i)->points,
	};

	random_seed(&source.position.random, 5, RANDOM_STREAM_DATA);
	walk(&source, source.task->features);
}
END_TEST

START_TEST(a_source_goes_back_over_a_file)
{
	struct sequences sequences;
	struct source source = {.task = &task_points};

	must_read(&sequences, "0\n1\n\n10\n11\n12\n\n20\n21\n");
	source.data = &sequences;
	walk(&source, 1);
	sequences_destroy(&sequences);
}
END_TEST

static Suite *
task_suite(void)
{
	Suite *suite = suite_create("task");
	TCase *group = suite_group(suite, "shapes", SUITE_SECONDS);
	TCase *files = suite_group(suite, "files", SUITE_SECONDS);

	suite_add_loop(group, every_shape_is_inside_and_begins_at_one_point, 0,
		count_shapes());
	suite_add_loop(group, a_true_shape_has_no_error, 0, count_shapes());
	tcase_add_test(group, an_error_is_relative_to_the_size);
	suite_add_loop(group, a_point_out_of_place_shows_in_the_error, 0,
		count_shapes());
	suite_add_loop(group, the_seed_determines_the_shapes, 0,
		count_shapes());
	tcase_add_test(group, rectangles_are_uniform_in_both_directions);
	tcase_add_test(group, floors_equal_the_loss_of_the_best_guess);
	tcase_add_test(group, median_and_mean_of_skewed_sizes_differ);
	tcase_add_test(group, spirals_turn_one_to_three_times);
	tcase_add_test(group, a_recall_ends_as_it_begins);
	tcase_add_test(group, the_floor_of_a_recall_falls_with_the_gap);
	tcase_add_test(group, every_task_has_a_description);
	tcase_add_test(group, a_rectangle_is_closed_by_two_sides_on_the_axes);
	tcase_add_test(group, floors_exist_where_they_are_known);
	tcase_add_unchecked_fixture(files, folder_setup, folder_teardown);
	suite_add_loop(files, equal_data_in_any_notation_are_read_alike, 0,
		SAME);
	tcase_add_test(files, the_hash_depends_on_numbers_and_lengths);
	tcase_add_test(files, numbers_are_exact_and_columns_are_measured);
	suite_add_loop(files, an_error_names_the_file_the_line_and_the_cause, 0,
		WRONG);
	tcase_add_test(files, a_file_that_is_not_there_is_named);
	tcase_add_test(files, a_file_is_read_in_order_and_repeated);
	tcase_add_test(files, a_restored_position_gives_the_same_sequences);
	suite_add_loop(files, a_source_goes_back_over_the_same_shapes, 0,
		count_shapes());
	tcase_add_test(files, a_source_goes_back_over_a_file);
	return suite;
}

int
main(void)
{
	return suite_run(task_suite());
}
