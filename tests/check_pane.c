/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of a program with an additional pane (tests/extra_pane.c): its constant
 * is enough to lay it out, draw it, zoom to it and explain it in the help.
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
	/* from Loss over Generated and Training to Count */
	press_and_settle(KEY_TAB KEY_TAB KEY_TAB KEY_TAB);
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
	OPEN_INTERFACE(45, "--seed", "1", "--updates", "50", "--speed", "0");
	expect("finished");
	press_and_settle("?");
	ck_assert(terminal_shows(&terminal,
		"Count: how many updates there were."));
	ck_assert(terminal_shows(&terminal, "press it"));
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
	press_and_settle(KEY_TAB KEY_TAB KEY_TAB KEY_TAB);
	ck_assert(terminal_shows(&terminal, "Loss"));
	ck_assert(terminal_shows(&terminal, "Training"));
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
	return suite_run(suite);
}
