/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of Welch's test against the values of SciPy 1.10.1:
 * stats.ttest_ind(a, b, equal_var=False), and 2 * stats.t.sf(t, freedom).
 */
#include <math.h>
#include <stdlib.h>

#include "suite.h"
#include "sweep/welch.h"

static const struct {
	struct welch_sample first, second;
	struct welch expected;
} tests[] = {
	{{15, 20.819999999999997, 2.8048936827317665},
		{15, 23.65333333333333, 2.6319104051909483},
		{-2.8529548701715215, 27.88730398842012, 0.008071938172194901}},
	{{10, 20.61, 3.0068255686022094},
		{20, 22.134999999999998, 0.947725809781667},
		{-1.5654335235985037, 9.904741248650831, 0.14884169660532834}},
	{{2, 0.15000000000000002, 0.07071067811865477},
		{2, 0.4, 0.14142135623730953},
		{-2.2360679774997894, 1.4705882352941175, 0.19872738893452613}},
	{{5, 3.0, 1.5811388300841898}, {5, 3.1, 1.746424919657298},
		{-0.09491579957525, 7.9221990033756615, 0.9267385252141425}},
	/* a small p */
	{{5, 0.12079999999999999, 0.007463243262818118},
		{5, 0.5208, 0.007463243262818123},
		{-84.74271972140711, 8.000000000000002, 4.194286539869073e-13}},
	/* a sample that does not vary */
	{{3, 3.0, 0.0}, {3, 2.1666666666666665, 1.2583057392117916},
		{1.147078669352809, 2.0, 0.37005921165128786}},
	/* losses near zero */
	{{3, 2.3333333333333334e-30, 1.5275252316519468e-30},
		{2, 6e-30, 4.242640687119285e-30},
		{-1.1726039399558572, 1.1759167868802674, 0.4260764746485855}},
};

/* Assert that two numbers agree to 12 digits. */
static void
expect_near(double actual, double expected)
{
	ck_assert_msg(fabs(actual - expected) <= 1e-12 * fabs(expected),
		"%.17g is not %.17g", actual, expected);
}

START_TEST(a_test_equals_that_of_scipy)
{
	for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++) {
		struct welch welch, mirrored;

		ck_assert(
			welch_test(&tests[i].first, &tests[i].second, &welch));
		expect_near(welch.t, tests[i].expected.t);
		expect_near(welch.freedom, tests[i].expected.freedom);
		expect_near(welch.p, tests[i].expected.p);
		ck_assert(welch_test(&tests[i].second, &tests[i].first,
			&mirrored));
		expect_near(mirrored.t, -tests[i].expected.t);
		expect_near(mirrored.p, tests[i].expected.p);
	}
}
END_TEST

START_TEST(a_probability_equals_that_of_scipy)
{
	static const struct {
		double t, freedom, p;
	} cases[] = {
		{0, 3, 1},
		{12.706204736432095, 1, 0.0499999999989913},
		{2.570581835636314, 5, 0.05000000000000006},
		{2, 1.5, 0.22418833035605104},
		{0.001, 30, 0.9992087357664852},
		{40, 4, 2.3340163226012694e-06},
		{6, 100, 3.17249150280286e-08},
		{1, 0.5, 0.6022432216826441},
		{500, 8, 2.866869722780658e-19},
		{1e-9, 2, 0.9999999992928932},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		expect_near(welch_student(cases[i].t, cases[i].freedom),
			cases[i].p);
		expect_near(welch_student(-cases[i].t, cases[i].freedom),
			cases[i].p);
	}
	/* near the normal distribution, lgamma loses digits */
	ck_assert_double_eq_tol(welch_student(1.96, 1e6), 0.04999606758526978,
		1e-9);
}
END_TEST

/* For one degree of freedom, the Cauchy distribution: 1 - 2/π atan |t|. */
START_TEST(one_degree_of_freedom_is_the_cauchy_distribution)
{
	for (double t = 0.01; t < 1e6; t *= 1.7)
		expect_near(welch_student(t, 1), 2 / M_PI * atan(1 / t));
}
END_TEST

START_TEST(samples_that_cannot_be_tested_are_refused)
{
	const struct welch_sample good = {5, 1, 0.1}, one = {1, 1, NAN};
	const struct welch_sample none = {0, NAN, NAN};
	const struct welch_sample still = {5, 2, 0}, other = {5, 1, 0};
	struct welch welch;

	ck_assert(!welch_test(&good, &one, &welch));
	ck_assert(isnan(welch.p));
	ck_assert(!welch_test(&one, &good, &welch));
	ck_assert(!welch_test(&none, &good, &welch));
	ck_assert(!welch_test(&still, &other, &welch));
	ck_assert(isnan(welch.t) && isnan(welch.freedom) && isnan(welch.p));
	ck_assert(welch_test(&good, &still, &welch));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("welch");
	TCase *group = suite_group(suite, "test", SUITE_SECONDS);

	tcase_add_test(group, a_test_equals_that_of_scipy);
	tcase_add_test(group, a_probability_equals_that_of_scipy);
	tcase_add_test(group, one_degree_of_freedom_is_the_cauchy_distribution);
	tcase_add_test(group, samples_that_cannot_be_tested_are_refused);
	return suite_run(suite);
}
