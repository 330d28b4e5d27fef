/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the forms in which points are drawn: a series that fills both axes,
 * shapes at equal scale, labels that tell ticks apart, and drawings that stay
 * inside their axes.
 */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draw/canvas.h"
#include "draw/plane.h"
#include "suite.h"

enum { ROWS = 18, COLUMNS = 40 };

static struct canvas canvas;

static void
begin(size_t rows, size_t columns, enum canvas_tier tier)
{
	struct error error;

	ck_assert(canvas_begin(&canvas, rows, columns, tier, &error));
}

static void
release(void)
{
	canvas_destroy(&canvas);
	memset(&canvas, 0, sizeof canvas);
}

/* Whether a cell has dots of the model. */
static bool
has_dots(size_t row, size_t column)
{
	return canvas.cell[row * canvas.columns + column].dots[CANVAS_MODEL] !=
		0;
}

static struct plane_range
range_of(struct drawing *drawing, size_t count, const float *points)
{
	struct plane_range range = plane_empty_range();

	plane_include(&range, drawing, count, points);
	drawing_fit(drawing, range.right - range.left,
		range.top - range.bottom);
	return plane_with_margin(&range, drawing);
}

/* Draw with axes; return the plane. */
static struct plane
draw(struct drawing *drawing, size_t count, const float *points)
{
	struct plane_range range = range_of(drawing, count, points);
	struct plane plane = plane_begin(&canvas, &range, drawing);

	plane_draw(&plane, drawing, CANVAS_MODEL, count, points, false);
	return plane;
}

/* The cells with dots, in rows and columns. */
struct reach {
	size_t top, bottom, left, right;
};

static struct reach
reach_of(void)
{
	struct reach reach = {SIZE_MAX, 0, SIZE_MAX, 0};

	for (size_t row = 0; row < canvas.rows; row++)
		for (size_t column = 0; column < canvas.columns; column++) {
			if (!has_dots(row, column))
				continue;
			if (reach.top == SIZE_MAX)
				reach.top = row;
			reach.bottom = row;
			if (column < reach.left)
				reach.left = column;
			if (column > reach.right)
				reach.right = column;
		}
	return reach;
}

/* Whatever its values are, a series takes most rows and columns. */
START_TEST(a_series_fills_both_axes)
{
	static const double spans[] = {1e-6, 0.1, 1, 50, 1e6};
	static const double offsets[] = {0, -3, 11000};
	enum { POINTS = 75, LABEL_ROWS = 2, GUTTER_MAX = 8 };

	for (int s = 0; s < 5; s++)
		for (int o = 0; o < 3; o++) {
			struct drawing drawing = drawing_of(1);
			float points[POINTS];
			struct reach reach;

			if (spans[s] < 1e-5 * fabs(offsets[o]))
				continue;
			for (int i = 0; i < POINTS; i++)
				points[i] = (float)(offsets[o] +
					spans[s] * sin(i / 5.0));
			begin(ROWS, COLUMNS, o % 2 ? CANVAS_ASCII : 0);
			draw(&drawing, POINTS, points);
			reach = reach_of();
			EXPECT(reach.top <= 2 && reach.left <= GUTTER_MAX &&
					reach.right >= COLUMNS - 3 &&
					reach.bottom + 3 >=
						ROWS - LABEL_ROWS - 1,
				"span %g at %g: rows %zu to %zu, columns %zu "
				"to %zu",
				spans[s], offsets[o], reach.top, reach.bottom,
				reach.left, reach.right);
			release();
		}
}
END_TEST

/* A circle stays round; an ellipse ten times as wide as high is still flat. */
START_TEST(a_shape_has_equal_scales_unless_it_is_flat)
{
	static const struct {
		double height;
		bool has_own;
	} cases[] = {{1, false}, {0.2, false}, {0.11, false}, {0.05, true},
		{20, true}, {9, false}, {0, false}};

	for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
		struct drawing drawing = drawing_of(2);
		float points[2 * 21];
		struct plane plane;
		struct reach reach;

		for (int i = 0; i <= 20; i++) {
			points[2 * i] = (float)cos(0.314159265 * i);
			points[2 * i + 1] =
				(float)(cases[k].height * sin(0.314159265 * i));
		}
		begin(ROWS, COLUMNS, CANVAS_BRAILLE);
		plane = draw(&drawing, 21, points);
		reach = reach_of();
		ck_assert_int_eq(drawing.has_own_scales, cases[k].has_own);
		if (cases[k].has_own) {
			ck_assert_uint_le(reach.top, 2);
			ck_assert_uint_ge(reach.right, COLUMNS - 5);
			ck_assert_uint_le(reach.left, 9);
			ck_assert_uint_ge(reach.bottom, ROWS - 5);
		} else {
			ck_assert_double_eq_tol(plane.x_scale, -plane.y_scale,
				1e-9 * plane.x_scale);
		}
		release();
	}
}
END_TEST

/* The numbers of two axes may also differ in their units, as in a CSV file. */
START_TEST(two_columns_of_a_point_are_drawn)
{
	struct drawing drawing = drawing_of(4), second = drawing;
	const float points[] = {1, 10, 0, 7, 2, 20, 0, 9, 3, 40, 0, 8};
	struct plane_range range = plane_empty_range();

	second.x = 3;
	second.y = 1;
	plane_include(&range, &drawing, 3, points);
	ck_assert_double_eq(range.left, 1);
	ck_assert_double_eq(range.right, 3);
	ck_assert_double_eq(range.bottom, 10);
	ck_assert_double_eq(range.top, 40);
	range = plane_empty_range();
	plane_include(&range, &second, 3, points);
	ck_assert_double_eq(range.left, 7);
	ck_assert_double_eq(range.right, 9);
	ck_assert_double_eq(range.top, 40);
}
END_TEST

/* Return the text of the cells of a row from `column` to `end`, trimmed. */
static const char *
text_of(size_t row, size_t column, size_t end, char text[COLUMNS + 1])
{
	size_t length = 0;

	for (; column < end; column++) {
		const char *at =
			canvas.cell[row * canvas.columns + column].text;

		if (at[0] != '\0' && at[1] == '\0' && at[0] != ' ')
			text[length++] = at[0];
	}
	text[length] = '\0';
	return text;
}

/*
 * The labels of the left axis: of the rows whose axis has a tick. ASCII, so
 * that a label is of single bytes.
 */
static size_t
left_labels(char labels[][COLUMNS + 1], size_t max)
{
	size_t count = 0, axis = 0;

	while (axis < canvas.columns &&
		strcmp(canvas.cell[5 * canvas.columns + axis].text, "|") != 0 &&
		strcmp(canvas.cell[5 * canvas.columns + axis].text, "+") != 0)
		axis++;
	for (size_t row = 0; row + 2 < canvas.rows && count < max; row++)
		if (strcmp(canvas.cell[row * canvas.columns + axis].text,
			    "+") == 0 &&
			text_of(row, 0, axis, labels[count])[0] != '\0')
			count++;
	return count;
}

/* Small and large ranges, near to zero and far from it. */
START_TEST(labels_of_the_left_axis_tell_its_ticks_apart)
{
	for (int decade = -6; decade <= 9; decade++)
		for (int far = 0; far < 6; far++)
			for (int m = 1; m < 10; m += 3) {
				double span = m * pow(10, decade);
				double low = far == 0
					? -span / 2
					: 7.3 * span * pow(10, far - 1);
				struct drawing drawing = drawing_of(1);
				struct plane_range range = {0, 10, low,
					low + span};
				char labels[2][COLUMNS + 1];

				begin(ROWS, COLUMNS, CANVAS_ASCII);
				plane_begin(&canvas, &range, &drawing);
				EXPECT(left_labels(labels, 2) == 2,
					"%g to %g: no two labels", low,
					low + span);
				EXPECT(strtod(labels[0], NULL) >
						strtod(labels[1], NULL),
					"%g to %g: %s above %s", low,
					low + span, labels[0], labels[1]);
				EXPECT(strcmp(labels[0], "-0") != 0 &&
						strcmp(labels[1], "-0") != 0 &&
						strstr(labels[0], "..") == NULL,
					"%g to %g: %s, %s", low, low + span,
					labels[0], labels[1]);
				release();
			}
}
END_TEST

/* A drawing that leaves its range ends at the axes. */
START_TEST(dots_stay_inside_the_axes)
{
	const float points[] = {-5, -5, 6, 6, 6, -5, -5, 6};
	struct drawing drawing = drawing_of(2);

	for (int tier = 0; tier < 2; tier++) {
		struct plane plane;
		size_t inside = 0;

		begin(ROWS, COLUMNS, (enum canvas_tier)tier);
		plane = plane_begin(&canvas, &plane_unit_range, &drawing);
		plane_draw(&plane, &drawing, CANVAS_MODEL, 4, points, true);
		for (size_t row = 0; row < ROWS; row++)
			for (size_t column = 0; column < COLUMNS; column++) {
				EXPECT(!has_dots(row, column) ||
						(row < ROWS - 2 && column >= 4),
					"dots at row %zu, column %zu", row,
					column);
				inside += has_dots(row, column);
			}
		ck_assert_uint_gt(inside, ROWS);
		release();
	}
}
END_TEST

/* Return whether any of the rows from `first` to `last` has dots. */
static bool
have_dots(size_t first, size_t last)
{
	for (size_t row = first; row <= last; row++)
		for (size_t column = 0; column < canvas.columns; column++)
			if (has_dots(row, column))
				return true;
	return false;
}

/* Two lines, one above the other, and what is between them. */
START_TEST(strokes_do_not_join_over_a_lifted_pen)
{
	static const float pens[] = {1, 0.51F, 0.49F, 0, -0.1F};

	for (int i = 0; i < 5; i++) {
		struct drawing drawing = drawing_of_strokes(3);
		const float points[] = {5, 3, 0, 10, 0, pens[i], -10, 5, 0, 10,
			0, 0};
		struct plane_range range = plane_empty_range();
		struct reach reach;

		plane_include(&range, &drawing, 4, points);
		ck_assert_double_eq(range.left, 5);
		ck_assert_double_eq(range.right, 15);
		ck_assert_double_eq(range.bottom, 3);
		ck_assert_double_eq(range.top, 8);
		for (int tier = 0; tier < 2; tier++) {
			begin(ROWS, COLUMNS, (enum canvas_tier)tier);
			draw(&drawing, 4, points);
			reach = reach_of();
			ck_assert_uint_lt(reach.top + 3, reach.bottom);
			ck_assert_int_eq(have_dots(reach.top + 1,
						 reach.bottom - 1),
				pens[i] < 0.5F);
			release();
		}
	}
}
END_TEST

/* A point between two lifts of the pen is a dot. */
START_TEST(a_stroke_of_one_point_is_a_dot)
{
	struct drawing drawing = drawing_of_strokes(3);
	const float points[] = {0, 0, 0, 8, 0, 1, -4, 4, 1, -4, 4, 0, 8, 0, 0};
	struct reach reach;

	begin(ROWS, COLUMNS, CANVAS_BRAILLE);
	draw(&drawing, 5, points);
	reach = reach_of();
	ck_assert(have_dots((reach.top + reach.bottom) / 2,
		(reach.top + reach.bottom + 1) / 2));
	ck_assert(
		!have_dots(reach.top + 1, (reach.top + reach.bottom) / 2 - 1));
	release();
}
END_TEST

/* The axes of a stack are aligned, and each series stays in its own rows. */
START_TEST(stacked_series_share_their_index)
{
	const struct plane_range ranges[] = {{0, 9, 0, 1}, {0, 9, 995, 1005},
		{0, 9, -0.4, 0.4}};
	const char *const names[] = {"one", "two", "three"};
	struct drawing drawing = drawing_of_series(3, 1);
	const float points[] = {0, 990, 0, 1, 1010, 0};
	struct plane planes[3];

	begin(ROWS, COLUMNS, CANVAS_ASCII);
	plane_begin_stack(&canvas, 3, ranges, names, true, planes);
	for (int i = 0; i < 3; i++) {
		char text[COLUMNS + 1];

		ck_assert_double_eq(planes[i].x_scale, planes[0].x_scale);
		ck_assert_double_eq(planes[i].x_origin, planes[0].x_origin);
		ck_assert_int_eq(planes[i].left, planes[0].left);
		ck_assert_str_eq(text_of((size_t)planes[i].top,
					 (size_t)planes[i].left, COLUMNS, text),
			names[i]);
		if (i > 0)
			ck_assert_int_ge(planes[i].top, planes[i - 1].bottom);
	}
	plane_draw(&planes[1], &drawing, CANVAS_MODEL, 2, points, false);
	ck_assert(
		have_dots((size_t)planes[1].top, (size_t)planes[1].bottom - 1));
	ck_assert(!have_dots(0, (size_t)planes[1].top - 1));
	ck_assert(!have_dots((size_t)planes[1].bottom, ROWS - 1));
	release();
}
END_TEST

START_TEST(descriptions_name_the_numbers_drawn)
{
	static const struct {
		size_t features, x, y;
		const char *x_name, *y_name, *text;
	} cases[] = {
		{2, 0, 1, "", "", ""},
		{3, 0, 1, "", "", "1st against 2nd of 3 numbers"},
		{30, 2, 22, "", "", "3rd against 23rd of 30 numbers"},
		{200, 10, 111, "", "", "11th against 112th of 200 numbers"},
		{3, 0, 2, "open", "close", "open against close"},
		{3, 0, 2, "open", "", "1st against 3rd of 3 numbers"},
		{3, 0, 1, "\033", "a name that is far too long",
			"\\u{1B} against a name that is f"},
	};
	char text[DRAWING_TEXT_SIZE];

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct drawing drawing = drawing_of(cases[i].features);

		drawing.x = cases[i].x;
		drawing.y = cases[i].y;
		ck_assert_str_eq(drawing_describe(&drawing, cases[i].x_name,
					 cases[i].y_name, text),
			cases[i].text);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("drawing");
	TCase *group = suite_group(suite, "forms", SUITE_SECONDS);

	tcase_add_test(group, a_series_fills_both_axes);
	tcase_add_test(group, a_shape_has_equal_scales_unless_it_is_flat);
	tcase_add_test(group, two_columns_of_a_point_are_drawn);
	tcase_add_test(group, labels_of_the_left_axis_tell_its_ticks_apart);
	tcase_add_test(group, dots_stay_inside_the_axes);
	tcase_add_test(group, strokes_do_not_join_over_a_lifted_pen);
	tcase_add_test(group, a_stroke_of_one_point_is_a_dot);
	tcase_add_test(group, stacked_series_share_their_index);
	tcase_add_test(group, descriptions_name_the_numbers_drawn);
	return suite_run(suite);
}
