/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of axis labels: distinct, in order, within the width, and close to
 * their ticks when a reader interprets them. Tests of the plots' scales.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draw/labels.h"
#include "draw/plane.h"
#include "draw/scale.h"
#include "suite.h"

/* Read a superscript digit or minus as its normal character; '\0' if none. */
static char
lowered(const char **text)
{
	static const char *const raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶",
		"⁷", "⁸", "⁹", "⁻"};

	for (int i = 0; i < 11; i++)
		if (strncmp(*text, raised[i], strlen(raised[i])) == 0) {
			*text += strlen(raised[i]);
			return "0123456789-"[i];
		}
	return '\0';
}

/* Parse the factor and the offset from the labels' shared part. */
static void
read_common(const char *common, double *factor, double *offset)
{
	char digits[LABELS_COMMON_SIZE], *end;
	size_t length = 0;

	*factor = 1;
	*offset = 0;
	if (strncmp(common, "x1e", 3) == 0) {
		*factor = pow(10, (double)strtol(common + 3, &end, 10));
		common = end;
	} else if (strncmp(common, "×10", strlen("×10")) == 0) {
		common += strlen("×10");
		while ((digits[length] = lowered(&common)) != '\0')
			length++;
		*factor = pow(10, strtod(digits, NULL));
	}
	EXPECT(*factor == 1 || *common == '\0' || *common == ' ', "'%s'",
		common);
	length = 0;
	for (; *common != '\0'; common++)
		if (*common != ',')
			digits[length++] = *common;
	digits[length] = '\0';
	*offset = strtod(digits, NULL);
}

/* Assert all guarantees of labels_make for ticks[count]. */
static void
expect_good_labels(const double *ticks, size_t count, size_t columns, bool utf8)
{
	struct labels labels;
	double factor, offset, gap = INFINITY, before = -INFINITY;

	EXPECT(labels_make(&labels, ticks, count, columns, utf8),
		"%zu ticks from %.17g to %.17g have no labels of %zu columns",
		count, ticks[0], ticks[count - 1], columns);
	read_common(labels.common, &factor, &offset);
	EXPECT(utf8 || strstr(labels.common, "×") == NULL, "'%s'",
		labels.common);
	for (size_t i = 1; i < count; i++)
		gap = fmin(gap, ticks[i] - ticks[i - 1]);
	for (size_t i = 0; i < count; i++) {
		double number = strtod(labels.text[i], NULL);
		double read = number * factor + offset;

		EXPECT(labels.text[i][0] != '\0' &&
				strlen(labels.text[i]) <= columns &&
				(number != 0 || labels.text[i][0] != '-') &&
				number > before &&
				fabs(read - ticks[i]) <=
					0.2501 * gap + 1e-14 * fabs(ticks[i]),
			"'%s' and '%s' for %.17g after %.17g", labels.text[i],
			labels.common, ticks[i], before);
		before = number;
	}
}

/* Significands of the limits of ranges. */
static const double mantissas[] = {1, 1.1, 1.4, 2, 2.7, 3, 4.9, 5, 7.3, 9.99};

enum { MANTISSAS = sizeof mantissas / sizeof mantissas[0] };

/* Ranges of width m · 10^(3 _i), around 0, near 0 and far from 0. */
START_TEST(two_ticks_have_distinct_labels)
{
	for (int m = 0; m < MANTISSAS; m += 2)
		for (int c = -1; c < 12 * MANTISSAS; c += 8) {
			double width = mantissas[m] * pow(10, 3 * _i);
			double low = c < 0 ? -width / 2
					   : mantissas[c % MANTISSAS] *
					pow(10, 3 * _i + c / MANTISSAS - 2);

			for (int sign = -1; sign <= 1; sign += 2) {
				double from = sign * low, mark[2];

				plane_marks(from, from + width, mark);
				ck_assert_double_lt(mark[0], mark[1]);
				for (size_t columns = 4; columns <= 8;
					columns++)
					expect_good_labels(mark, 2, columns,
						columns % 2 == 0);
			}
		}
}
END_TEST

/*
 * Ticks in steps of m · 10^(5 _i), as on a plot's left axis, with guide lines
 * between them.
 */
START_TEST(many_ticks_have_distinct_labels)
{
	double ticks[LABELS_MAX];

	for (int m = 0; m < MANTISSAS; m += 3)
		for (int c = -1; c < 10 * MANTISSAS; c += 7)
			for (size_t count = 2; count <= 90; count += 22) {
				double step = mantissas[m] * pow(10, 5 * _i);
				double low = c < 0 ? -step * 3
						   : mantissas[c % MANTISSAS] *
						pow(10,
							5 * _i + c / MANTISSAS -
								2);

				low = c % 2 == 0 ? low : -low;
				for (size_t i = 0; i < count; i++)
					ticks[i] = low + step * (double)i +
						(i % 7 == 3 ? step / 3 : 0);
				expect_good_labels(ticks, count, 5,
					count % 2 == 0);
			}
}
END_TEST

static const struct {
	double ticks[3];
	size_t count, columns;
	const char *text[3], *common, *ascii;
} cases[] = {
	{{0, 1}, 2, 3, {"0", "1"}, "", ""},
	{{-0.0, 1}, 2, 3, {"0", "1"}, "", ""},
	{{-0.4, 0.4}, 2, 6, {"-0.4", "0.4"}, "", ""},
	{{0.001, 0.009}, 2, 6, {"0.001", "0.009"}, "", ""},
	{{0.001, 0.009}, 2, 3, {"1", "9"}, "×10⁻³", "x1e-3"},
	{{14.04, 14.16}, 2, 6, {"14.04", "14.16"}, "", ""},
	{{14.04, 14.16}, 2, 4, {"0.04", "0.16"}, "+14", "+14"},
	{{3000, 7000}, 2, 6, {"3000", "7000"}, "", ""},
	{{3000, 7000}, 2, 3, {"3", "7"}, "×10³", "x1e3"},
	{{995, 1005}, 2, 4, {"995", "1005"}, "", ""},
	{{11206, 11213, 11220}, 3, 5, {"11206", "11213", "11220"}, "", ""},
	{{11206, 11213, 11220}, 3, 4, {"6", "13", "20"}, "+11,200", "+11,200"},
	{{-11220, -11206}, 2, 4, {"80", "94"}, "-11,300", "-11,300"},
	{{0, 500000, 1000000}, 3, 5, {"0.0", "0.5", "1.0"}, "×10⁶", "x1e6"},
	{{1.25e15 + 2, 1.25e15 + 6}, 2, 4, {"2", "6"}, "+1.25e+15",
		"+1.25e+15"},
	{{2.00000125, 2.00000375}, 2, 5, {"1.25", "3.75"}, "×10⁻⁶ +2.00000",
		"x1e-6 +2.00000"},
	{{0, 0.0833333, 0.2}, 3, 5, {"0.000", "0.083", "0.200"}, "", ""},
	{{1e-30, 3e-30}, 2, 5, {"1", "3"}, "×10⁻³⁰", "x1e-30"},
};

START_TEST(labels_are_as_recorded)
{
	struct labels labels;

	for (int ascii = 0; ascii < 2; ascii++) {
		ck_assert(labels_make(&labels, cases[_i].ticks, cases[_i].count,
			cases[_i].columns, ascii == 0));
		for (size_t i = 0; i < cases[_i].count; i++)
			ck_assert_str_eq(labels.text[i], cases[_i].text[i]);
		ck_assert_str_eq(labels.common,
			ascii ? cases[_i].ascii : cases[_i].common);
	}
}
END_TEST

START_TEST(a_narrow_axis_has_no_labels)
{
	double ticks[] = {-123, 456};
	struct labels labels;

	ck_assert(!labels_make(&labels, ticks, 2, 1, true));
	ck_assert(labels_make(&labels, ticks, 2, 3, true));
}
END_TEST

START_TEST(labels_of_decades_are_as_recorded)
{
	static const double ticks[] = {2e-7, 5e-5, 0.0005, 0.002, 0.0833333,
		0.5, 1, 20, 5000, 20000, 200000, 1e36};
	static const char *const text[] = {"2e-7", "5e-5", "5e-4", "0.002",
		"0.083", "0.5", "1", "20", "5000", "20000", "2e5", "1e36"};
	static const double near[] = {2e-5, 2.4e-5, 5e-5};
	enum { TICKS = sizeof ticks / sizeof ticks[0] };
	struct labels labels;

	labels_make_log(&labels, ticks, TICKS, 5);
	for (size_t i = 0; i < TICKS; i++)
		ck_assert_str_eq(labels.text[i], text[i]);
	ck_assert_str_eq(labels.common, "");
	/* "2.4e-5" has six characters, and "2e-5" is taken */
	labels_make_log(&labels, near, 3, 5);
	ck_assert_str_eq(labels.text[0], "2e-5");
	ck_assert_str_eq(labels.text[1], "");
	ck_assert_str_eq(labels.text[2], "5e-5");
	labels_make_log(&labels, near, 3, 6);
	ck_assert_str_eq(labels.text[1], "2.4e-5");
}
END_TEST

/* ---------------------------------------------------------------------- */
/* scales */

START_TEST(a_plateau_fills_its_axis)
{
	for (int is_log = 0; is_log < 2; is_log++) {
		struct scale scale = scale_fit(11206, 11220, is_log == 1);

		ck_assert_double_ge(scale.low, 11200);
		ck_assert_double_le(scale.low, 11205);
		ck_assert_double_ge(scale.high, 11221);
		ck_assert_double_le(scale.high, 11230);
		/* the plateau takes at least half of the axis */
		ck_assert_double_ge(scale_position(&scale, 11220) -
				scale_position(&scale, 11206),
			0.5);
	}
}
END_TEST

START_TEST(values_of_both_signs_have_a_symmetric_logarithm)
{
	struct scale scale = scale_fit(-6, 2, true);
	double ticks[64];
	size_t count = scale_ticks(&scale, 8, ticks, 64);
	bool has_zero = false, has_one = false, has_minus_one = false;

	ck_assert_int_eq(scale.kind, SCALE_SYMMETRIC);
	/* a tenth of the largest value, rounded up to 1, 2, 5, ... */
	ck_assert_double_eq(scale.threshold, 1);
	ck_assert_double_eq(scale.low, -8);
	ck_assert_double_eq(scale.high, 2.5);
	ck_assert_double_eq_tol(scale_position(&scale, -8), 0, 1e-12);
	ck_assert_double_eq_tol(scale_position(&scale, 2.5), 1, 1e-12);
	/* log10(1 + 8) / (log10(1 + 8) + log10(1 + 2.5)) */
	ck_assert_double_eq_tol(scale_position(&scale, 0), 0.636878, 1e-6);
	ck_assert_double_eq_tol(scale_position(&scale, -3) +
			scale_position(&scale, 3),
		2 * scale_position(&scale, 0), 1e-12);
	for (size_t i = 0; i < count; i++) {
		has_zero |= ticks[i] == 0;
		has_one |= ticks[i] == 1;
		has_minus_one |= ticks[i] == -1;
	}
	ck_assert(has_zero && has_one && has_minus_one);
}
END_TEST

START_TEST(positive_values_have_a_plain_logarithm)
{
	struct scale scale = scale_fit(0.084, 0.5, true);

	ck_assert_int_eq(scale.kind, SCALE_LOG);
	ck_assert_double_eq(scale.low, 0.05);
	ck_assert_double_eq(scale.high, 1);
	/* log(0.5 / 0.05) / log(1 / 0.05) */
	ck_assert_double_eq_tol(scale_position(&scale, 0.5), 0.768622, 1e-6);
}
END_TEST

/* For all values, the limits are in order, the ticks within the limits. */
START_TEST(a_scale_contains_the_values_it_is_fitted_to)
{
	static const double values[] = {-1e300, -1e30, -11220, -11206, -6,
		-1e-3, -1e-30, 0, 1e-300, 1e-30, 1e-7, 0.084, 0.5, 1, 11206,
		11206.001, 11220, 1e30, 1e300};
	enum { VALUES = sizeof values / sizeof values[0] };

	for (int i = 0; i < VALUES; i++)
		for (int j = i; j < VALUES; j++)
			for (int is_log = 0; is_log < 2; is_log++) {
				struct scale scale = scale_fit(values[i],
					values[j], is_log == 1);
				double ticks[LABELS_MAX];
				size_t count = scale_ticks(&scale, 6, ticks,
					LABELS_MAX);

				ck_assert_msg(scale.low < scale.high,
					"%g to %g", values[i], values[j]);
				/* smaller values are below SCALE_LOG's limit */
				if (scale.kind != SCALE_LOG ||
					values[j] >= 1e-30)
					ck_assert_double_ge(
						scale_position(&scale,
							fmax(fmin(values[j],
								     1e36),
								-1e36)),
						-1e-9);
				ck_assert_uint_ge(count, 1);
				for (size_t t = 0; t < count; t++) {
					double place = scale_position(&scale,
						ticks[t]);

					ck_assert(place >= -1e-6 &&
						place <= 1 + 1e-6);
				}
			}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("labels");
	TCase *group = suite_group(suite, "labels", SUITE_SECONDS);

	suite_add_loop(group, two_ticks_have_distinct_labels, -12, 13);
	suite_add_loop(group, many_ticks_have_distinct_labels, -7, 7);
	suite_add_loop(group, labels_are_as_recorded, 0,
		sizeof cases / sizeof cases[0]);
	tcase_add_test(group, a_narrow_axis_has_no_labels);
	tcase_add_test(group, labels_of_decades_are_as_recorded);

	group = suite_group(suite, "scales", SUITE_SECONDS);
	tcase_add_test(group, a_plateau_fills_its_axis);
	tcase_add_test(group, values_of_both_signs_have_a_symmetric_logarithm);
	tcase_add_test(group, positive_values_have_a_plain_logarithm);
	tcase_add_test(group, a_scale_contains_the_values_it_is_fitted_to);
	return suite_run(suite);
}
