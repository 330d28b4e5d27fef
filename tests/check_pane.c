/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of a program with an additional pane and an additional view
 * (tests/extra_pane.c): their constants are enough to lay them out, draw them,
 * zoom, explain them in the help and handle their keys.
 */
#include <stdio.h>
#include <stdlib.h>

#include "interface.h"
#include "suite.h"

static void
open_interface(int rows, const char *const *arguments)
{
	static char program[FOLDER_PATH_SIZE];

	snprintf(program, sizeof program, "%s/src/lstmtui-extra-pane",
		getenv("TOP_BUILDDIR"));
	open_with(&(struct terminal_options){.rows = rows,
		.columns = 80,
		.command = {.program = program, .arguments = arguments}});
}

#define OPEN_INTERFACE(rows, ...) open_interface(rows, WORDS(__VA_ARGS__))

START_TEST(a_new_pane_is_drawn)
{
	char line[TEXT_SIZE];

	OPEN_INTERFACE(30, "--seed", "1", "--updates", "300", "--speed", "0");
	expect("finished");
	expect("300 updates, 0 pressed, prepared");
	ck_assert(terminal_shows(&terminal, "Loss"));
	ck_assert(terminal_shows(&terminal, "Generated"));
	ck_assert(terminal_shows(&terminal, "Training"));
	line_with("Count", "a note", line);
	ck_assert_str_ne(line, "");
	ck_assert(boxes_are_whole(&terminal));
	leave();
}
END_TEST

START_TEST(a_new_pane_of_low_priority_is_dropped_first)
{
	OPEN_INTERFACE(24, "--seed", "1", "--updates", "50", "--speed", "0");
	expect("finished");
	ck_assert(terminal_shows(&terminal, "50 updates"));
	terminal_resize(&terminal, 23, 80);
	settle();
	ck_assert(!terminal_shows(&terminal, "50 updates"));
	ck_assert(terminal_shows(&terminal, "Generated"));
	terminal_resize(&terminal, 30, 59);
	settle();
	ck_assert(!terminal_shows(&terminal, "50 updates"));
	ck_assert(terminal_shows(&terminal, "Generated"));
	leave();
}
END_TEST

START_TEST(a_new_pane_can_be_zoomed)
{
	OPEN_INTERFACE(30, "--seed", "1", "--updates", "50", "--speed", "0");
	expect("finished");
	/* over Loss, Generated, Memory, Step by step, Film and Training */
	press_and_settle(KEY_TAB KEY_TAB KEY_TAB KEY_TAB);
	press_and_settle(KEY_TAB KEY_TAB KEY_TAB);
	expect("50 updates");
	ck_assert(!terminal_shows(&terminal, "Loss"));
	ck_assert(!terminal_shows(&terminal, "Training"));
	ck_assert(boxes_are_whole(&terminal));
	press_and_settle(KEY_TAB);
	ck_assert(terminal_shows(&terminal, "Loss"));
	ck_assert(terminal_shows(&terminal, "50 updates"));
	leave();
}
END_TEST

START_TEST(the_help_explains_a_new_pane)
{
	OPEN_INTERFACE(64, "--seed", "1", "--updates", "50", "--speed", "0");
	expect("finished");
	press_and_settle("?");
	ck_assert(terminal_shows(&terminal, "press it"));
	/* of the last pane, at the end of the page */
	press_and_settle("2" KEY_END);
	ck_assert(terminal_shows(&terminal, "how many updates there were."));
	press_and_settle(KEY_ESCAPE);
	leave();
}
END_TEST

/* The pane has a memory of its own, which a new run keeps. */
START_TEST(a_new_pane_keeps_its_state_in_a_new_run)
{
	OPEN_INTERFACE(30, "--seed", "1", "--updates", "50", "--speed", "0");
	expect("finished");
	press_and_settle("yy5y");
	ck_assert(terminal_shows(&terminal, "50 updates, 7 pressed"));
	press("n");
	expect("New run");
	press_and_settle(KEY_UP KEY_ENTER);
	expect("Start a new run?");
	press_and_settle("d");
	expect("finished");
	expect("50 updates, 7 pressed");
	leave();
}
END_TEST

START_TEST(a_pane_that_does_not_apply_is_not_shown)
{
	write_here("t.txt", "a small text, and not much more than that\n");
	OPEN_INTERFACE(30, "--task", "text", "--data", "t.txt", "--seed", "1",
		"--updates", "10", "--speed", "0");
	expect("finished");
	ck_assert(!terminal_shows(&terminal, "Count"));
	press_and_settle(
		KEY_TAB KEY_TAB KEY_TAB KEY_TAB KEY_TAB KEY_TAB KEY_TAB);
	ck_assert(terminal_shows(&terminal, "Loss"));
	ck_assert(terminal_shows(&terminal, "Training"));
	leave();
}
END_TEST

START_TEST(a_view_has_its_own_panes_and_returns_by_escape)
{
	OPEN_INTERFACE(30, "--seed", "1", "--updates", "50", "--speed", "0");
	expect("finished");
	press_and_settle(KEY_TAB "Y");
	/* no pane is zoomed, and those of the main view are gone */
	expect("entered 1, left 0, depth 1, ready");
	ck_assert(terminal_shows(&terminal, "Count"));
	ck_assert(!terminal_shows(&terminal, "Generated"));
	ck_assert(boxes_are_whole(&terminal));
	press_and_settle(KEY_TAB);
	ck_assert(!terminal_shows(&terminal, "Count"));
	press_and_settle(KEY_TAB KEY_TAB);
	ck_assert(terminal_shows(&terminal, "Count"));
	/* a step back inside the view, then out of it */
	press_and_settle(KEY_ESCAPE);
	ck_assert(terminal_shows(&terminal, "left 0, depth 0"));
	press_and_settle(KEY_ESCAPE);
	ck_assert(terminal_shows(&terminal, "Generated"));
	ck_assert(!terminal_shows(&terminal, "Visit"));
	/* Esc in the main view stays there */
	press_and_settle(KEY_ESCAPE);
	ck_assert(terminal_shows(&terminal, "Generated"));
	press_and_settle("Y");
	ck_assert(terminal_shows(&terminal, "entered 2, left 1, depth 1"));
	leave();
}
END_TEST

START_TEST(a_key_of_a_view_is_found_before_the_common_one)
{
	char line[TEXT_SIZE];

	OPEN_INTERFACE(45, "--seed", "1");
	pause_training();
	press_and_settle("Y");
	ck_assert(!terminal_shows(&terminal, "its own s"));
	line_with("say", "Space", line);
	ck_assert_str_ne(line, "");
	line_with("s step", "Space", line);
	ck_assert_str_eq(line, "");
	press_and_settle("?");
	ck_assert(terminal_shows(&terminal, "say it"));
	press_and_settle(KEY_ESCAPE "s");
	ck_assert(terminal_shows(&terminal, "its own s"));
	/* a pane of both views has one state */
	press_and_settle("3yY");
	ck_assert(terminal_shows(&terminal, " updates, 3 pressed"));
	line_with("step", "Space", line);
	ck_assert_str_ne(line, "");
	press_and_settle("s");
	ck_assert(!terminal_shows(&terminal, "its own s"));
	leave();
}
END_TEST

START_TEST(a_new_run_begins_the_view_again)
{
	OPEN_INTERFACE(30, "--seed", "1", "--updates", "50", "--speed", "0");
	expect("finished");
	press_and_settle("Y");
	press("n");
	expect("New run");
	press_and_settle(KEY_UP KEY_ENTER);
	expect("Start a new run?");
	press("d");
	expect("entered 2, left 1");
	leave();
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("pane");
	TCase *group = add_screen_case(suite, "pane");

	tcase_add_test(group, a_new_pane_is_drawn);
	tcase_add_test(group, a_new_pane_of_low_priority_is_dropped_first);
	tcase_add_test(group, a_new_pane_can_be_zoomed);
	tcase_add_test(group, the_help_explains_a_new_pane);
	tcase_add_test(group, a_new_pane_keeps_its_state_in_a_new_run);
	tcase_add_test(group, a_pane_that_does_not_apply_is_not_shown);
	tcase_add_test(group, a_view_has_its_own_panes_and_returns_by_escape);
	tcase_add_test(group, a_key_of_a_view_is_found_before_the_common_one);
	tcase_add_test(group, a_new_run_begins_the_view_again);
	return suite_run(suite);
}
