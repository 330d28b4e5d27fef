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
	return suite_run(suite);
}
