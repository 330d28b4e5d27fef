/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Quantiles of a sample. The quantile q of n sorted values x₀ … xₙ₋₁ is found
 * at h = (n - 1) q, between two values by linear interpolation:
 *
 *   x⌊h⌋ + (h - ⌊h⌋) (x⌊h⌋₊₁ - x⌊h⌋)
 *
 * This is definition 7 of Hyndman and Fan 1996, the default of NumPy and R.
 */
#ifndef LSTMTUI_RUN_QUANTILES_H
#define LSTMTUI_RUN_QUANTILES_H

#include <stddef.h>

/* Sort in ascending order; values that are no numbers come last. */
void quantiles_sort(double *values, size_t count);

/* Return the quantile `level`, 0 to 1, of sorted values, at least one. */
double quantiles_at(const double *sorted, size_t count, double level);

#endif
