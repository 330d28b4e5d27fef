/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Common code of all test programs. A program runs one suite, controlled by
 * Check's environment variables (CK_FORK, CK_VERBOSITY, CK_RUN_CASE, ...), and
 * exits with EXIT_FAILURE if a test fails.
 */
#ifndef LSTMTUI_TESTS_SUITE_H
#define LSTMTUI_TESTS_SUITE_H

#include <check.h>

#include "core/context.h"

/*
 * gcc 12 for arm64 fails at -O3 with an internal error in
 * vect_transform_reduction on vectorized sums and maxima. Tests do not need
 * the speed.
 */
#if defined(__aarch64__) && defined(__GNUC__) && !defined(__clang__) && \
	__GNUC__ <= 12
#pragma GCC optimize("no-tree-loop-vectorize")
#endif

/*
 * Timeouts of a test in seconds, for tests that hang. Sanitizers and small
 * machines can make a test twenty times slower.
 */
enum { SUITE_SECONDS = 120, SUITE_SECONDS_SLOW = 900 };

/*
 * An assertion for loops: one that holds costs nothing, while Check's own write
 * to the parent process each time.
 */
#define EXPECT(condition, ...)                     \
	do                                         \
		if (!(condition))                  \
			ck_abort_msg(__VA_ARGS__); \
	while (0)

/*
 * Add a test for each number of [from, to), like Check's tcase_add_loop_test.
 * With LSTMTUI_SAMPLE=2/4 in the environment, add only every fourth one of a
 * long loop, from the second on: for builds whose programs are slow.
 */
#define suite_add_loop(group, test, from, to)                      \
	for (struct suite_loop loop = suite_loop(from, to);        \
		loop.first < loop.last; loop.first += loop.stride) \
	tcase_add_loop_test(group, test, loop.first, loop.first + loop.count)

/* The tests of a loop that are added: `count` of each `stride` before last. */
struct suite_loop {
	int first, last, stride, count;
};

struct suite_loop suite_loop(int from, int to);

/* Add a group of tests with a timeout to the suite, which owns it. */
TCase *suite_group(Suite *suite, const char *name, double seconds);

/*
 * Return the context for tests, with one thread for each processor and the
 * fastest kernel, or the current kernel of suite_run_kernels.
 */
const struct context *suite_context(void);

/* Run and release the suite. Return the exit status for main. */
int suite_run(Suite *suite);

/*
 * Do the same once for every kernel that this machine can run, for suites that
 * test numerical results.
 */
int suite_run_kernels(Suite *(*make)(void));

#endif
