/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep/welch.h"

#include <float.h>
#include <math.h>

/* The fraction converges in O(sqrt(max(a, b))) steps. */
enum { STEPS_MAX = 100000 };

/* Keep a denominator of the continued fraction away from zero. */
static double
not_zero(double value)
{
	return fabs(value) < DBL_MIN ? DBL_MIN : value;
}

/*
 * The numerator of step 2m or 2m + 1 of the continued fraction of the
 * incomplete beta function: DLMF 8.17.23.
 */
static double
numerator(int step, double a, double b, double x)
{
	double m = step / 2; /* NOLINT(bugprone-integer-division) */

	return step % 2 == 0
		? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
		: -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
}

/*
 * Evaluate the continued fraction 1 / (1 + d1 / (1 + d2 / (1 + ...))), DLMF
 * 8.17.22, forwards by Lentz's method as modified by Thompson and Barnett
 * (Journal of Computational Physics 64, 1986). It converges fast for
 * x < (a + 1) / (a + b + 2).
 */
static double
beta_fraction(double a, double b, double x)
{
	double above = 1, below = 0, value = 1;

	for (int step = 1; step < STEPS_MAX; step++) {
		double d = numerator(step, a, b, x), factor;

		below = 1 / not_zero(1 + d * below);
		above = not_zero(1 + d / above);
		factor = above * below;
		value *= factor;
		if (fabs(factor - 1) < DBL_EPSILON)
			break;
	}
	return 1 / value;
}

/*
 * The regularized incomplete beta function I_x(a, b), DLMF 8.17.22, or for
 * large x through the symmetry I_x(a, b) = 1 - I_(1-x)(b, a), DLMF 8.17.4. The
 * caller gives y = 1 - x, which may be too small to compute from x.
 */
static double
incomplete_beta(double a, double b, double x, double y)
{
	double factor;

	if (x <= 0)
		return 0;
	if (y <= 0)
		return 1;
	factor = exp(a * log(x) + b * log(y) + lgamma(a + b) - lgamma(a) -
		lgamma(b));
	return x < (a + 1) / (a + b + 2)
		? factor / a * beta_fraction(a, b, x)
		: 1 - factor / b * beta_fraction(b, a, y);
}

double
welch_student(double t, double freedom)
{
	double sum = freedom + t * t;

	/* Abramowitz and Stegun 26.7.1 and 26.5.27 */
	return incomplete_beta(freedom / 2, 0.5, freedom / sum, t * t / sum);
}

bool
welch_test(const struct welch_sample *first, const struct welch_sample *second,
	struct welch *welch)
{
	/* squares of the standard errors of the means */
	double a = pow(first->deviation, 2) / (double)first->count;
	double b = pow(second->deviation, 2) / (double)second->count;

	*welch = (struct welch){NAN, NAN, NAN};
	if (first->count < 2 || second->count < 2 || !(a + b > 0))
		return false;
	welch->t = (first->mean - second->mean) / sqrt(a + b);
	/* in fractions of a + b, whose square might underflow */
	welch->freedom = 1 /
		(pow(a / (a + b), 2) / (double)(first->count - 1) +
			pow(b / (a + b), 2) / (double)(second->count - 1));
	welch->p = welch_student(welch->t, welch->freedom);
	return true;
}
