/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of slices of training in the interface: their size, log lines and
 * checkpoints in them, and keys answered between them.
 */
#include <math.h>
#include <signal.h>
#include <stdlib.h>

#include "base/clock.h"
#include "endless.h"
#include "session/session.h"
#include "suite.h"
#include "tui/pace.h"
#include "tui/slice.h"

START_TEST(a_slice_that_was_used_up_is_measured)
{
	/*
	 * as long as it should be; half and double as long; far too long or
	 * short
	 */
	ck_assert_uint_eq(slice_adapt(1000, 0, SLICE_SECONDS), 1000);
	ck_assert_uint_eq(slice_adapt(1000, 0, 0.8 * SLICE_SECONDS), 1250);
	ck_assert_uint_eq(slice_adapt(1000, 0, 1.25 * SLICE_SECONDS), 800);
	ck_assert_uint_eq(slice_adapt(1000, 0, SLICE_SECONDS / 1000), 2000);
	ck_assert_uint_eq(slice_adapt(1000, 0, 1000 * SLICE_SECONDS), 500);
}
END_TEST

START_TEST(a_slice_that_ended_early_measures_nothing)
{
	uint64_t work = SLICE_FIRST;

	for (int i = 0; i < 100; i++)
		work = slice_adapt(work, work / 2, 0);
	ck_assert_uint_eq(work, SLICE_FIRST);
	ck_assert_uint_eq(slice_adapt(work, 1, 1000), SLICE_FIRST);
}
END_TEST

START_TEST(the_work_of_a_slice_is_limited)
{
	uint64_t work = SLICE_FIRST;

	for (int i = 0; i < 100; i++)
		work = slice_adapt(work, 0, 0);
	ck_assert_uint_eq(work, SLICE_MAX);
	for (int i = 0; i < 100; i++)
		work = slice_adapt(work, 0, 1000);
	ck_assert_uint_eq(work, 1);
	/* from there on it grows again */
	ck_assert_uint_eq(slice_adapt(work, 0, 0), 2);
}
END_TEST

START_TEST(a_speed_limit_allows_its_number_of_updates)
{
	struct pace pace = {0};

	pace_begin(&pace, 100, 7);
	pace_allow(&pace, 100.1, 20);
	ck_assert_double_eq_tol(pace.credit, 2, 1e-9);
	pace.credit -= 2;
	pace_allow(&pace, 100.15, 20);
	ck_assert_double_eq_tol(pace.credit, 1, 1e-9);
	/* a long delay is not caught up, but one update is allowed */
	pace_allow(&pace, 200, 20);
	ck_assert_double_eq_tol(pace.credit, 5, 1e-9);
	pace_allow(&pace, 300, 0.5);
	ck_assert_double_eq_tol(pace.credit, 1, 1e-9);
	/* no speed limit, and a limit again */
	pace_allow(&pace, 300.1, 0);
	ck_assert(isinf(pace.credit));
	pace_allow(&pace, 300.2, 10);
	ck_assert_double_eq_tol(pace.credit, 1, 1e-9);
	pace_allow_steps(&pace, 300.3, 100);
	ck_assert_double_eq(pace.credit, 100);
	pace_rest(&pace, 400);
	ck_assert_double_eq(pace.credit, 0);
	pace_allow(&pace, 400.1, 10);
	ck_assert_double_eq_tol(pace.credit, 1, 1e-9);
}
END_TEST

START_TEST(the_speed_is_measured_over_half_a_second)
{
	struct pace pace = {0};

	pace_begin(&pace, 100, 1000);
	ck_assert_double_eq(pace_measure(&pace, 100.4, 1100, true, 0), 0);
	ck_assert_double_eq_tol(pace_measure(&pace, 100.5, 1100, true, 0), 200,
		1e-6);
	/* measured from there on */
	ck_assert_double_eq_tol(pace_measure(&pace, 101.5, 1150, true, 200), 50,
		1e-6);
	/* without updates, wait longer before showing a speed of 0 */
	ck_assert_double_eq(pace_measure(&pace, 103, 1150, true, 50), 50);
	ck_assert_double_eq(pace_measure(&pace, 103.6, 1150, true, 50), 0);
	/* a pause or a reset restarts the measurement */
	ck_assert_double_eq(pace_measure(&pace, 110, 1150, false, 50), 50);
	ck_assert_double_eq(pace_measure(&pace, 110.4, 1250, true, 50), 50);
	ck_assert_double_eq(pace_measure(&pace, 111, 10, true, 50), 50);
	ck_assert_double_eq_tol(pace_measure(&pace, 112, 20, true, 50), 10,
		1e-6);
}
END_TEST

/* A slow run waits between slices; no waiting time may overflow. */
START_TEST(waiting_times_do_not_overflow)
{
	ck_assert_int_eq(clock_milliseconds(0.25), 250);
	ck_assert_int_eq(clock_milliseconds(1e-9), 1);
	ck_assert_int_eq(clock_milliseconds(0), 0);
	ck_assert_int_eq(clock_milliseconds(-1e300), 0);
	ck_assert_int_eq(clock_milliseconds(NAN), 0);
	/* the time of one update at speeds of 1e-9, 1e-300 and 0 */
	ck_assert_int_eq(clock_milliseconds(1 / 1e-9), CLOCK_WAIT_MAX);
	ck_assert_int_eq(clock_milliseconds(1 / 1e-300), CLOCK_WAIT_MAX);
	ck_assert_int_eq(clock_milliseconds(INFINITY), -1);
}
END_TEST

/*
 * A slice continues after a log line until its work is done. _i: interval of
 * log lines; the updates done are the same.
 */
START_TEST(a_log_line_does_not_end_a_slice)
{
	static const uint64_t every[] = {1, 3};
	struct session *session = malloc(sizeof *session);
	struct session_options options = {.context = suite_context(),
		.log = "/dev/null",
		.log_every = every[_i],
		.given = settings_bit(&setting_seed)};
	enum { SLICES = 10 };
	const uint64_t wanted = 50000;
	uint64_t done[SLICES], work;
	struct error error;

	ck_assert_ptr_nonnull(session);
	for (int logs = 0; logs < 2; logs++) {
		options.log = logs == 1 ? "/dev/null" : NULL;
		settings_default(&options.settings);
		ck_assert_msg(session_open(session, &options, &error), "%s",
			error.text);
		for (int i = 0; i < SLICES; i++) {
			work = wanted;
			ck_assert_int_eq(session_advance(session, 25000, &work,
						 &error),
				RUN_GOES_ON);
			ck_assert_uint_eq(work, 0);
			if (logs == 0)
				done[i] = run_updates(session->run);
			else
				ck_assert_uint_eq(done[i],
					run_updates(session->run));
		}
		ck_assert_uint_gt(done[SLICES - 1], 10);
		ck_assert(session_close(session, &error));
	}
	free(session);
}
END_TEST

/* A save takes disk time, not processor time, so it ends the slice. */
START_TEST(a_checkpoint_ends_a_slice)
{
	struct session *session = malloc(sizeof *session);
	char path[FOLDER_PATH_SIZE];
	struct session_options options = {.context = suite_context(),
		.model = path,
		.log_every = 1,
		.checkpoint_every = 5,
		.given = settings_bit(&setting_seed)};
	uint64_t work = UINT64_MAX;
	struct error error;

	ck_assert_ptr_nonnull(session);
	folder_join(path, folder, MODEL);
	settings_default(&options.settings);
	ck_assert_msg(session_open(session, &options, &error), "%s",
		error.text);
	for (uint64_t update = 5; update <= 15; update += 5) {
		ck_assert_int_eq(session_advance(session, 25000, &work, &error),
			RUN_GOES_ON);
		ck_assert_uint_gt(work, 0);
		ck_assert_uint_eq(run_updates(session->run), update);
		ck_assert_uint_eq(updates_of(MODEL), update);
	}
	ck_assert(session_close(session, &error));
	free(session);
}
END_TEST

/*
 * A key interrupts the long validation of a long text, even after many slices
 * that ended early at log lines or checkpoints.
 */
START_TEST(a_key_is_answered_within_a_validation)
{
	/*
	 * characters; a tenth is for training, 20 an update; fewer if the build
	 * is slow
	 */
#ifdef __SANITIZE_ADDRESS__
	enum { SIZE = 40000 };
	static const char updates[] = "200", done[] = "200/200";
#else
	enum { SIZE = 400000 };
	static const char updates[] = "2000", done[] = "2,000/2,000";
#endif
	char *text = malloc(SIZE + 1);

	ck_assert_ptr_nonnull(text);
	for (size_t i = 0; i < SIZE; i++)
		text[i] = (char)('a' + i % 7);
	text[SIZE] = '\0';
	write_here("long.txt", text);
	free(text);
	/*
	 * the last update ends the epoch; each update is much shorter than a
	 * slice
	 */
	OPEN("--seed", "1", "--task", "text", "--data", "long.txt",
		"--validation", "0.9", "--batch", "1", "--sequence-length",
		"20", "--units", "128", "--updates", updates, "--speed", "0",
		"--log", LOG, "--checkpoint-every", "100", MODEL);
	expect(done);
	press(" ");
	expect("paused");
	ck_assert(terminal_shows(&terminal, done));
	press(" ");
	expect("running");
	kill(terminal.pid, SIGTERM);
	expect_end(128 + SIGTERM);
	ck_assert_uint_eq(updates_of(MODEL), (uint64_t)atoi(updates));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("slice");
	TCase *work = add_case(suite, "work");
	TCase *screen = add_screen_case(suite, "screen");

	tcase_add_test(work, a_slice_that_was_used_up_is_measured);
	tcase_add_test(work, a_slice_that_ended_early_measures_nothing);
	tcase_add_test(work, the_work_of_a_slice_is_limited);
	tcase_add_test(work, a_speed_limit_allows_its_number_of_updates);
	tcase_add_test(work, the_speed_is_measured_over_half_a_second);
	tcase_add_test(work, waiting_times_do_not_overflow);
	suite_add_loop(work, a_log_line_does_not_end_a_slice, 0, 2);
	tcase_add_test(work, a_checkpoint_ends_a_slice);
	tcase_add_test(screen, a_key_is_answered_within_a_validation);
	return suite_run(suite);
}
