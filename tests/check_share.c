/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the part of the time that computations for the screen may take, with
 * a clock of the test.
 */
#include <math.h>

#include "core/random.h"
#include "suite.h"
#include "tui/line.h"
#include "tui/share.h"

/* Mean seconds of a part: small, like a frame, and much longer. */
static const double parts[] = {1e-5, 1e-3, 0.3};

/* Frames, and computations of very different sizes in parts. */
START_TEST(computations_take_at_most_their_share)
{
	struct share share = {.last = 100};
	struct random random;
	double now = 100, spent = 0, longest = 0;
	int failures = 0;

	random_seed(&random, 1, RANDOM_STREAM_DATA);
	for (int i = 0; i < 20000; i++) {
		double start = now, seconds;

		now += (double)random_uniform(&random) / 15;
		seconds = share_earn(&share, now);
		if (seconds <= 0)
			continue;
		start = now;
		while (now - start < seconds) {
			double part =
				2 * (double)random_uniform(&random) * parts[_i];

			now += part;
			longest = fmax(longest, part);
		}
		share_spend(&share, now - start);
		spent += now - start;
		failures += spent > SHARE_OF_INSPECTION * (now - 100) +
				SHARE_SAVED_MAX + longest;
	}
	ck_assert_int_eq(failures, 0);
	/* and it is used, unless the work is done before */
	ck_assert_double_gt(spent, 0.8 * SHARE_OF_INSPECTION * (now - 100));
}
END_TEST

START_TEST(a_pause_saves_up_little)
{
	struct share share = {.last = 0};

	ck_assert_double_le(share_earn(&share, 1e6), SHARE_SAVED_MAX);
	share_spend(&share, 1);
	ck_assert_double_lt(share_earn(&share, 1e6 + 1), 0);
	/* a second costs as many seconds as its share says */
	ck_assert_double_lt(share_earn(&share,
				    1e6 + 0.98 / SHARE_OF_INSPECTION),
		0);
	ck_assert_double_gt(share_earn(&share, 1e6 + 1 / SHARE_OF_INSPECTION),
		0);
}
END_TEST

START_TEST(frames_take_at_most_their_share)
{
	const double min = 1.0 / 30;

	ck_assert_double_eq(share_frame_interval(0, min), min);
	for (double seconds = 1e-5; seconds < 5e-3; seconds *= 1.1)
		ck_assert_double_le(seconds,
			1.0001 * SHARE_OF_FRAMES *
				share_frame_interval(seconds, min));
	/* but the screen does not stand still */
	ck_assert_double_le(share_frame_interval(10, min), 0.2);
}
END_TEST

/* Ten bits for a byte. */
START_TEST(a_slow_line_is_busy_until_it_has_carried_everything)
{
	struct line line;

	line_begin(&line, 9600);
	ck_assert_double_eq(line_wait(&line, 5, 0), 0);
	ck_assert_double_eq_tol(line_wait(&line, 5, 960), 1, 1e-9);
	ck_assert_double_eq_tol(line_wait(&line, 5.5, 960), 0.5, 1e-9);
	/* what comes meanwhile waits for the rest */
	ck_assert_double_eq_tol(line_wait(&line, 5.5, 1920), 1.5, 1e-9);
	ck_assert_double_eq(line_wait(&line, 8, 1920), 0);
}
END_TEST

/* Nor that of an unknown speed. */
START_TEST(a_pseudo_terminal_is_never_busy)
{
	static const int speeds[] = {38400, 0};
	struct line line;

	line_begin(&line, speeds[_i]);
	ck_assert_double_eq(line_wait(&line, 5, 1000000), 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("share");
	TCase *group = suite_group(suite, "share", SUITE_SECONDS);

	suite_add_loop(group, computations_take_at_most_their_share, 0,
		sizeof parts / sizeof parts[0]);
	tcase_add_test(group, a_pause_saves_up_little);
	tcase_add_test(group, frames_take_at_most_their_share);

	group = suite_group(suite, "line", SUITE_SECONDS);
	tcase_add_test(group,
		a_slow_line_is_busy_until_it_has_carried_everything);
	suite_add_loop(group, a_pseudo_terminal_is_never_busy, 0, 2);
	return suite_run(suite);
}
