/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Welch's test: do two samples come from distributions of the same mean? It
 * does not assume that their variances are equal.
 */
#ifndef LSTMTUI_SWEEP_WELCH_H
#define LSTMTUI_SWEEP_WELCH_H

#include <stdbool.h>
#include <stddef.h>

/* A sample: its size, mean and standard deviation (divisor count - 1). */
struct welch_sample {
	size_t count;
	double mean, deviation;
};

struct welch {
	double t;       /* of first.mean - second.mean, in standard errors */
	double freedom; /* degrees of freedom, rarely a whole number */
	double p;       /* two-sided: of a |t| as large if the means agree */
};

/*
 * Compare two samples (B. L. Welch, "The generalization of 'Student's' problem
 * when several different population variances are involved", Biometrika 34,
 * 1947, with Satterthwaite's degrees of freedom). Return false, with NaN in
 * *welch, if a sample has less than two values, or if neither of them varies.
 */
bool welch_test(const struct welch_sample *first,
	const struct welch_sample *second, struct welch *welch);

/*
 * Return the probability that a variable with Student's t distribution of
 * freedom > 0 degrees is at least |t| from 0.
 */
double welch_student(double t, double freedom);

#endif
