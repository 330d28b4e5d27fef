/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the Generated pane of points from a file: what is drawn of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "interface.h"
#include "suite.h"

/* Three columns: a line, its square, and up and down. */
static void
write_columns(void)
{
	char text[4096] = "";
	size_t length = 0;

	for (int i = 0; i < 60; i++)
		length += (size_t)snprintf(text + length, sizeof text - length,
			"%d,%d,%d\n", i, 300 + i * i, i % 10);
	write_here("d.csv", text);
}

static void
open_columns(void)
{
	open_with(&(struct terminal_options){.rows = 40,
		.columns = 120,
		.command.arguments = WORDS("--task", "points", "--data",
			"d.csv", "--framing", "sequence", "--seed", "1",
			"--updates", "20", "--speed", "0")});
	expect("finished");
	settle();
}

/* The title, and the picture, change with the key and come back. */
START_TEST(a_key_changes_the_columns)
{
	char *first;

	write_columns();
	open_columns();
	ck_assert(terminal_shows(&terminal, "1st against 2nd of 3 numbers"));
	ck_assert(terminal_shows(&terminal, "each axis at its own scale"));
	first = strdup(terminal_text(&terminal));
	press_and_settle("y");
	ck_assert(terminal_shows(&terminal, " all 3 numbers as series"));
	for (int i = 0; i < 3; i++)
		ck_assert(terminal_shows(&terminal,
			((const char *const[]){"1st", "2nd", "3rd"})[i]));
	press_and_settle("y");
	ck_assert(terminal_shows(&terminal, "1st against 3rd of 3 numbers"));
	press_and_settle("y");
	ck_assert(terminal_shows(&terminal, "2nd against 3rd of 3 numbers"));
	press_and_settle("Y");
	ck_assert(terminal_shows(&terminal, "1st against 3rd of 3 numbers"));
	press_and_settle("1y");
	ck_assert(terminal_shows(&terminal, "1st against 2nd of 3 numbers"));
	press_and_settle("t");
	press_and_settle("t");
	/* the whole screen but the message is as before */
	ck_assert_int_eq(strncmp(first, terminal_text(&terminal), 1500), 0);
	free(first);
	leave();
}
END_TEST

START_TEST(shapes_have_no_choice_of_columns)
{
	OPEN("--seed", "1", "--updates", "5");
	expect("finished");
	press("y");
	expect("only points from a file");
	leave();
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("columns");
	TCase *group = add_screen_case(suite, "generated");

	tcase_add_test(group, a_key_changes_the_columns);
	tcase_add_test(group, shapes_have_no_choice_of_columns);
	return suite_run(suite);
}
