/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What every test program shares. A program makes one suite, which runs as
 * the environment says (CK_FORK, CK_VERBOSITY, CK_RUN_CASE and the rest of
 * Check's manual), and ends with a status that a build can rely on.
 */
#ifndef LSTMTUI_TESTS_SUITE_H
#define LSTMTUI_TESTS_SUITE_H

#include <check.h>

#include "core/context.h"

/*
 * gcc 12 for arm64 stops with an internal error on sums and maxima that it
 * vectorizes at -O3, in vect_transform_reduction. Tests need no such speed.
 */
#if defined(__aarch64__) && defined(__GNUC__) && !defined(__clang__) && \
	__GNUC__ <= 12
#pragma GCC optimize("no-tree-loop-vectorize")
#endif

/*
 * Seconds a test may take. They are there for tests that hang; sanitizers
 * and small machines make each ten to twenty times slower than it has to be.
 */
enum { SUITE_SECONDS = 120, SUITE_SECONDS_SLOW = 900 };

/* A new group of tests of the suite, which owns it. */
TCase *suite_group(Suite *suite, const char *name, double seconds);

/*
 * The context of the tests, with the fastest kernel, or the one that
 * suite_run_kernels is at, and a thread for each processor.
 */
const struct context *suite_context(void);

/* Run and release the suite; returns what main has to return. */
int suite_run(Suite *suite);

/*
 * The same with every kernel that runs here, one after the other: for suites
 * that pin what the numbers are.
 */
int suite_run_kernels(Suite *(*make)(void));

#endif
