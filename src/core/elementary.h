/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Elementary functions in double precision that give the same bits on every
 * machine, since their results enter weights and data. Those of C libraries
 * differ in the last bit between libraries, processors and versions. They
 * consist of additions, multiplications, divisions and exact operations, each
 * rounded as written, and need the flags of core/arithmetic.h.
 *
 * An error is given in units in the last place (ulp) of the result. A NaN gives
 * a NaN.
 */
#ifndef LSTMTUI_CORE_ELEMENTARY_H
#define LSTMTUI_CORE_ELEMENTARY_H

#include <stdint.h>

/* e to the power of x, within 0.6 ulp; infinity or 0 out of double's range. */
double elementary_exp(double x);

/* The natural logarithm, within 1 ulp; -infinity of 0, NaN below. */
double elementary_log(double x);

/* The hyperbolic tangent, within 3 ulp. */
double elementary_tanh(double x);

/* The sine and the cosine of an angle of at most 10⁶, within 3 ulp. */
double elementary_sin(double x);
double elementary_cos(double x);

/* x to the power of n, for x from 0 to 1, within n ulp. */
double elementary_power(double x, uint64_t n);

#endif
