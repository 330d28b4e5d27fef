/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the interface in terminals of every size, and during resizes. */
#include <stdio.h>

#include "interface.h"
#include "suite.h"

static bool
are_boxes_whole(struct terminal *from, void *argument)
{
	(void)argument;
	return boxes_are_whole(from);
}

/* Several programs at once: each draws while the others are read. */
enum { SWEEPERS = 12 };

struct sweep {
	struct terminal terminal[SWEEPERS];
	int waiting; /* resized, but not yet examined */
};

static void
look(struct sweep *sweep)
{
	for (int i = 0; i < sweep->waiting; i++) {
		struct terminal *one = &sweep->terminal[i];

		ck_assert_msg(terminal_settle(one, LIMIT_MS),
			"%d x %d: the program does not wait for a key",
			one->columns, one->rows);
		expect_good_screen(one);
	}
	sweep->waiting = 0;
}

static void
visit(struct sweep *sweep, int rows, int columns)
{
	terminal_resize(&sweep->terminal[sweep->waiting++], rows, columns);
	if (sweep->waiting == SWEEPERS)
		look(sweep);
}

START_TEST(every_size_is_drawn_without_overlap)
{
	static struct sweep sweep;

	for (int i = 0; i < SWEEPERS; i++) {
		terminal_open(&sweep.terminal[i],
			&(struct terminal_options){
				.command = {.folder = folder,
					.arguments = WORDS("--seed", "1")},
			});
		ck_assert(terminal_wait_for(&sweep.terminal[i], "running",
			LIMIT_MS));
		terminal_type(&sweep.terminal[i], " ");
		ck_assert(terminal_wait_for(&sweep.terminal[i], "paused",
			LIMIT_MS));
	}
	for (int rows = 1; rows <= 20; rows++)
		for (int columns = 1; columns <= 40; columns++)
			visit(&sweep, rows, columns);
	/*
	 * steps of 7 and 23: odd and even sizes, and sizes near all thresholds
	 */
	for (int rows = 1; rows <= 60; rows += rows < 30 ? 3 : 7)
		for (int columns = 41; columns <= 200;
			columns += columns < 110 ? 7 : 23)
			visit(&sweep, rows, columns);
	for (int rows = 21; rows <= 60; rows += 5)
		for (int columns = 1; columns <= 40; columns += 3)
			visit(&sweep, rows, columns);
	visit(&sweep, 24, 80);
	visit(&sweep, 60, 200);
	visit(&sweep, 1, 200);
	visit(&sweep, 60, 1);
	look(&sweep);
	for (int i = 0; i < SWEEPERS; i++) {
		terminal_type(&sweep.terminal[i], "qd");
		ck_assert(terminal_wait_for_end(&sweep.terminal[i], LIMIT_MS));
		ck_assert_int_eq(sweep.terminal[i].outcome.status, 0);
		terminal_close(&sweep.terminal[i]);
	}
}
END_TEST

static const int small_sizes[][2] = {{1, 1}, {1, 2}, {2, 1}, {1, 200}, {60, 1},
	{2, 8}, {3, 12}, {5, 20}, {8, 30}, {12, 40}};

START_TEST(the_interface_starts_and_quits_at_the_smallest_sizes)
{
	open_with(&(struct terminal_options){
		.rows = small_sizes[_i][0],
		.columns = small_sizes[_i][1],
		.command.arguments = WORDS("--seed", "1"),
	});
	while (terminal.frames == 0)
		ck_assert(terminal_pump(&terminal, LIMIT_MS));
	ck_assert(boxes_are_whole(&terminal));
	leave();
}
END_TEST

START_TEST(panes_of_every_kind_fit_at_every_kind_of_size)
{
	static const int sizes[][2] = {{30, 100}, {24, 80}, {20, 60}, {12, 40},
		{6, 24}, {3, 10}, {60, 200}};

	OPEN("--seed", "1");
	expect_at_least(100);
	pause_training();
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		terminal_resize(&terminal, sizes[i][0], sizes[i][1]);
		settle();
		/* through all panes, zoomed one after the other */
		for (int tab = 0; tab < 4; tab++) {
			press_and_settle(KEY_TAB);
			ck_assert_msg(boxes_are_whole(&terminal),
				"%d x %d:\n%s", terminal.columns, terminal.rows,
				terminal_text(&terminal));
		}
	}
	leave();
}
END_TEST

/* Marsaglia's xorshift: the same numbers on every machine. */
static uint32_t
next_number(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

START_TEST(many_resizes_while_training_end_in_a_correct_screen)
{
	uint32_t state = 20240229;

	OPEN("--seed", "1", "--speed", "0", "--updates", "0");
	expect("running");
	for (int i = 0; i < 200; i++) {
		int rows = 1 + (int)(next_number(&state) % 60);
		int columns = 1 + (int)(next_number(&state) % 200);

		terminal_resize(&terminal, rows, columns);
		terminal_pump(&terminal, (int)(next_number(&state) % 12));
	}
	terminal_resize(&terminal, 30, 100);
	expect("running");
	expect("Training");
	ck_assert_msg(terminal_wait(&terminal, are_boxes_whole, NULL, LIMIT_MS),
		"%s", terminal_text(&terminal));
	leave();
}
END_TEST

START_TEST(a_resize_keeps_the_history_of_the_loss)
{
	char before[TEXT_SIZE * 4];

	OPEN("--seed", "1");
	expect_at_least(300);
	pause_training();
	press_and_settle(KEY_CTRL_L);
	snprintf(before, sizeof before, "%s", terminal_text(&terminal));
	terminal_resize(&terminal, 5, 20);
	settle();
	terminal_resize(&terminal, 30, 100);
	settle();
	ck_assert_str_eq(terminal_text(&terminal), before);
	leave();
}
END_TEST

static void
add_sizes(Suite *suite)
{
	TCase *tcase = add_screen_case(suite, "sizes");

	tcase_add_test(tcase, every_size_is_drawn_without_overlap);
	suite_add_loop(tcase,
		the_interface_starts_and_quits_at_the_smallest_sizes, 0,
		COUNT(small_sizes));
	tcase_add_test(tcase, panes_of_every_kind_fit_at_every_kind_of_size);
	tcase_add_test(tcase,
		many_resizes_while_training_end_in_a_correct_screen);
	tcase_add_test(tcase, a_resize_keeps_the_history_of_the_loss);
}

int
main(void)
{
	Suite *suite = suite_create("sizes");

	add_sizes(suite);
	return suite_run(suite);
}
