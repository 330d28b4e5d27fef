/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the narrator in a terminal: both of its lines are on each usual
 * screen, and its advice names the key that works.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "interface.h"
#include "suite.h"

/* The line of the screen with the text, which must be there. */
static void
expect_line(const char *text, const char *with)
{
	char line[TEXT_SIZE];

	line_with(text, with, line);
	ck_assert_msg(line[0] != '\0', "%s ... %s:\n%s", text, with,
		terminal_text(&terminal));
}

/* The usual screens; on the smaller one the advice is in the message line. */
static const int usual_sizes[][2] = {{24, 80}, {30, 100}};

START_TEST(the_lesson_says_why_and_what_next)
{
	const char *advice = "n begins a run; in framing sequence the state";

	open_with(&(struct terminal_options){.rows = usual_sizes[_i][0],
		.columns = usual_sizes[_i][1],
		.command.arguments = WORDS("--seed", "1", "--speed", "1")});
	pause_training();
	press("100s");
	expect("430 of 542 get no gradient.");
	expect_line("Each step starts from an empty state", "430 of 542");
	expect(advice);
	expect_line(advice, "goes on, and all learn");
	/* a message has the line of the smaller screen, until the next key */
	press("z");
	expect("no function");
	ck_assert_int_eq(terminal_shows(&terminal, advice), _i == 1);
	press("x");
	expect(advice);
	press("12");
	expect_gone("no function");
	press_and_settle(KEY_ESCAPE);
	expect(advice);
	/* the inside view has other lines */
	press("i");
	expect("inside");
	expect_gone(advice);
	leave();
}
END_TEST

/* The key of the advice is the one of the configuration file. */
START_TEST(advice_names_the_key_that_works)
{
	char path[FOLDER_PATH_SIZE], home[FOLDER_PATH_SIZE + 32];

	mkdir(path_here(path, "lstmtui"), 0777);
	write_here("lstmtui/config", "key b new\nkey n faster\n");
	snprintf(home, sizeof home, "XDG_CONFIG_HOME=%s", folder);
	open_with(
		&(struct terminal_options){.command.arguments = WORDS("--seed",
						   "1", "--speed", "1"),
			.command.environment = WORDS(home)});
	pause_training();
	press("100s");
	expect("b begins a run; in framing sequence the state goes on");
	leave();
}
END_TEST

/* The cell that counts the corners is named at each size. */
START_TEST(a_clock_is_seen_at_each_size)
{
	MUST("train", "--quiet", "--task", "star", "--framing", "sequence",
		"--seed", "7", "--updates", "12000", MODEL);
	open_with(&(struct terminal_options){.rows = usual_sizes[_i][0],
		.columns = usual_sizes[_i][1],
		.command.arguments = WORDS(MODEL)});
	expect("finished");
	expect(" at each step, from ");
	expect(": a clock.");
	press("x");
	expect("i looks inside the network");
	leave();
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("narrator_screen");
	TCase *group = add_screen_case(suite, "screen");

	suite_add_loop(group, the_lesson_says_why_and_what_next, 0,
		COUNT(usual_sizes));
	tcase_add_test(group, advice_names_the_key_that_works);
	suite_add_loop(group, a_clock_is_seen_at_each_size, 0,
		COUNT(usual_sizes));
	return suite_run(suite);
}
