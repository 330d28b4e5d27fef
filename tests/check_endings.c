/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the interface when it is stopped, ended or left alone: the terminal
 * is restored, the model is saved, no processor time is used.
 */
#include <signal.h>
#include <stdio.h>

#include "interface.h"
#include "suite.h"

START_TEST(ctrl_z_restores_the_terminal_until_the_program_continues)
{
	static const char *const states[] = {"running", "paused"};

	open_with(&(struct terminal_options){
		.in_a_shell = true,
		.command.arguments =
			WORDS("--seed", "1", "--updates", "1000000000"),
	});
	expect("running");
	if (_i == 1)
		pause_training();
	for (int time = 0; time < 3; time++) {
		press(KEY_CTRL_Z);
		ck_assert_msg(terminal_wait_for_stop(&terminal, true, LIMIT_MS),
			"the program is not stopped:\n%s",
			terminal_text(&terminal));
		expect_restored();
		ck_assert(!terminal_pump(&terminal, 0));
		kill(terminal.pid, SIGCONT);
		ck_assert(terminal_wait_for_stop(&terminal, false, LIMIT_MS));
		expect("Training");
		expect(states[_i]);
		expect("┌");
		ck_assert(terminal.is_alternate);
		ck_assert(!terminal.is_cursor_visible);
	}
	/* keys work as before */
	press(" ");
	expect(states[!_i]);
	leave();
}
END_TEST

START_TEST(a_resize_while_stopped_is_noticed)
{
	open_with(&(struct terminal_options){
		.in_a_shell = true,
		.command.arguments = WORDS("--seed", "1"),
	});
	pause_training();
	press(KEY_CTRL_Z);
	ck_assert(terminal_wait_for_stop(&terminal, true, LIMIT_MS));
	terminal_resize(&terminal, 24, 80);
	kill(terminal.pid, SIGCONT);
	ck_assert(terminal_wait_for_stop(&terminal, false, LIMIT_MS));
	expect("paused");
	settle();
	expect_good_screen(&terminal);
	leave();
}
END_TEST

static const int ending_signals[] = {
	SIGINT,
	SIGTERM,
	SIGHUP,
	SIGQUIT,
	SIGUSR2,
	SIGALRM,
	SIGXCPU,
	SIGXFSZ,
	SIGVTALRM,
	SIGPROF,
#ifdef SIGPWR
	SIGPWR,
#endif
};

/*
 * _i: the signal, combined with the state: running, paused, finished, or asking
 * a question.
 */
START_TEST(a_signal_saves_and_restores)
{
	int number = ending_signals[_i % COUNT(ending_signals)];
	int state = _i / COUNT(ending_signals);
	uint64_t done;

	OPEN("--seed", "1", "--updates", state == 2 ? "100" : "25000", MODEL);
	if (state == 2) {
		expect("100/100");
	} else {
		expect_at_least(50);
	}
	if (state == 1)
		pause_training();
	if (state == 3) {
		press("q");
		expect("discard");
		settle();
	}
	done = count_to(state == 2 ? 100 : UPDATES_DEFAULT);
	kill(terminal.pid, number);
	expect_end(128 + number);
	expect_restored();
	ck_assert_uint_ge(updates_of(MODEL), done);
	if (state != 0)
		ck_assert_uint_eq(updates_of(MODEL), done);
	ck_assert_uint_eq(folder_count(folder), 1);
}
END_TEST

START_TEST(a_signal_without_a_model_restores_and_leaves_nothing)
{
	OPEN("--seed", "1");
	expect_at_least(50);
	kill(terminal.pid, ending_signals[_i]);
	expect_end(128 + ending_signals[_i]);
	expect_restored();
	ck_assert_uint_eq(folder_count(folder), 0);
}
END_TEST

START_TEST(sigint_saves_and_restores_like_other_signals)
{
	OPEN("--seed", "1", MODEL);
	expect_at_least(50);
	press(KEY_CTRL_C);
	expect_end(130);
	expect_restored();
	ck_assert_uint_ge(updates_of(MODEL), 50);
}
END_TEST

static const int fatal_signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGILL,
	SIGTRAP, SIGSYS};

START_TEST(a_crash_restores_the_terminal_and_exits_by_its_signal)
{
	OPEN("--seed", "1", MODEL);
	expect_at_least(50);
	kill(terminal.pid, fatal_signals[_i]);
	ck_assert(terminal_wait_for_end(&terminal, LIMIT_MS));
	ck_assert_msg(terminal.outcome.signal == fatal_signals[_i],
		"status %d, signal %d", terminal.outcome.status,
		terminal.outcome.signal);
	expect_restored();
}
END_TEST

/* _i: running, paused, finished. */
START_TEST(a_closed_window_ends_the_program_with_a_save)
{
	uint64_t done = 100;

	OPEN("--seed", "1", "--updates", _i == 2 ? "100" : "25000", MODEL);
	if (_i == 2) {
		expect("finished");
		settle();
	} else {
		expect_at_least(done);
	}
	if (_i == 1)
		pause_training();
	terminal_hang_up(&terminal);
	ck_assert_msg(terminal_wait_for_end(&terminal, 2000),
		"the program continues without a terminal");
	ck_assert_msg(terminal.outcome.status == 129, "status %d, signal %d",
		terminal.outcome.status, terminal.outcome.signal);
	ck_assert_uint_ge(updates_of(MODEL), done);
}
END_TEST

START_TEST(a_closed_window_ends_the_program_even_if_sighup_is_ignored)
{
	/* SIGHUP is ignored, as under nohup and some session managers */
	open_with(&(struct terminal_options){
		.command = {
			.program = "sh",
			.arguments = WORDS("-c",
				"trap '' HUP; exec \"$LSTMTUI\" "
				"--seed 1 " MODEL),
		}});
	expect_at_least(50);
	if (_i == 1)
		pause_training();
	terminal_hang_up(&terminal);
	ck_assert_msg(terminal_wait_for_end(&terminal, 2000),
		"the program continues without a terminal");
	ck_assert_int_eq(terminal.outcome.signal, 0);
	ck_assert_uint_ge(updates_of(MODEL), 50);
}
END_TEST

START_TEST(a_paused_or_finished_run_uses_no_processor_time)
{
	static struct terminal paused, finished;

	terminal_open(&paused,
		&(struct terminal_options){.command.arguments =
						   WORDS("--seed", "1"),
			.command.folder = folder});
	terminal_open(&finished,
		&(struct terminal_options){.command.arguments = WORDS("--seed",
						   "1", "--speed", "0"),
			.command.folder = folder});
	ck_assert(terminal_wait_for(&paused, "running", LIMIT_MS));
	terminal_type(&paused, " ");
	ck_assert(terminal_wait_for(&paused, "paused", LIMIT_MS));
	ck_assert(terminal_wait_for(&finished, "finished", LIMIT_MS));
	ck_assert(terminal_settle(&paused, LIMIT_MS));
	ck_assert(terminal_settle(&finished, LIMIT_MS));
	if (terminal_ticks(&paused) < 0) {
		printf("not tested: there is no /proc\n");
	} else {
		ck_assert(terminal_rests(&paused));
		ck_assert(terminal_rests(&finished));
	}
	terminal_close(&paused);
	terminal_close(&finished);
}
END_TEST

/* An update takes seconds: it is not finished when the key arrives. */
START_TEST(a_key_is_answered_within_an_update)
{
	OPEN("--seed", "1", "--units", "512", "--batch", "2000", "--framing",
		"sequence", "--speed", "0");
	expect("running");
	press(" ");
	expect("paused");
	ck_assert_uint_eq(count(), 0);
	leave();
}
END_TEST

START_TEST(there_are_at_most_sixty_frames_a_second)
{
	enum { FRAMES = 20 };
	long started = now_ms();

	OPEN("--seed", "1", "--speed", "0", "--updates", "0");
	while (terminal.frames < FRAMES)
		ck_assert(terminal_pump(&terminal, LIMIT_MS));
	/* the first frame may be drawn at once */
	ck_assert_int_ge(now_ms() - started,
		(terminal.frames - 1) * 1000 / 60 - 1);
	leave();
}
END_TEST

static void
add_endings(Suite *suite)
{
	TCase *tcase = add_screen_case(suite, "endings");

	suite_add_loop(tcase,
		ctrl_z_restores_the_terminal_until_the_program_continues, 0, 2);
	tcase_add_test(tcase, a_resize_while_stopped_is_noticed);
	suite_add_loop(tcase, a_signal_saves_and_restores, 0,
		4 * COUNT(ending_signals));
	suite_add_loop(tcase,
		a_signal_without_a_model_restores_and_leaves_nothing, 0,
		COUNT(ending_signals));
	tcase_add_test(tcase, sigint_saves_and_restores_like_other_signals);
	suite_add_loop(tcase,
		a_crash_restores_the_terminal_and_exits_by_its_signal, 0,
		COUNT(fatal_signals));
	suite_add_loop(tcase, a_closed_window_ends_the_program_with_a_save, 0,
		3);
	suite_add_loop(tcase,
		a_closed_window_ends_the_program_even_if_sighup_is_ignored, 0,
		2);
}

static void
add_time(Suite *suite)
{
	TCase *tcase = add_screen_case(suite, "time");

	tcase_add_test(tcase, a_paused_or_finished_run_uses_no_processor_time);
	tcase_add_test(tcase, a_key_is_answered_within_an_update);
	tcase_add_test(tcase, there_are_at_most_sixty_frames_a_second);
}

int
main(void)
{
	Suite *suite = suite_create("endings");

	add_endings(suite);
	add_time(suite);
	return suite_run(suite);
}
