/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of going back in time in the interface: the panes show the run as it
 * was, against runs that were trained to that update; branches and what is
 * saved of them.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "interface.h"
#include "saved_run.h"
#include "suite.h"
#include "tensors.h"

#define WHOLE "--seed", "1", "--speed", "0", "--updates", "1000"

/* Train a model of the same run without a screen. */
#define TRAIN(model, updates, ...)                                 \
	MUST("train", "--quiet", "--seed=1", "--updates=" updates, \
		__VA_ARGS__, model)

/* The average loss on the screen is that of a run of so many updates. */
static void
expect_average(const char *model)
{
	char text[32];
	json_t *object = info(model);

	snprintf(text, sizeof text, "average %.4f",
		get_number(object, "average_loss"));
	json_decref(object);
	expect(text);
}

START_TEST(the_screen_shows_the_run_as_it_was)
{
	TRAIN("at200", "200", "--framing=sequence");
	TRAIN("at1000", "1000", "--framing=sequence");
	OPEN(WHOLE, "--framing", "sequence");
	expect("finished");
	expect_average("at1000");
	press("200@");
	expect("at 200 of 1,000");
	expect("200/1,000");
	expect("\u25b2");
	expect_average("at200");
	/* the run cannot be changed here */
	press("s");
	expect("this is the past");
	press("]");
	expect("this is the past");
	/* the arrows and , ; go from one kept state to the next */
	press(KEY_LEFT);
	expect_gone("at 200 of");
	press(KEY_RIGHT ";");
	expect_gone("at 200 of");
	press("@");
	expect("Number of the update:");
	press("200\r");
	expect("at 200 of 1,000");
	expect_average("at200");
	press("1001@");
	expect("the run has done only 1,000 updates");
	press(KEY_ESCAPE);
	expect("finished");
	expect_average("at1000");
	save_as("end");
	expect_same_run("end", "at1000");
	leave();
}
END_TEST

START_TEST(a_branch_is_a_run_with_other_settings_from_there)
{
	TRAIN("plain", "1000", "--framing=sequence");
	TRAIN("at600", "600", "--framing=sequence");
	TRAIN("other", "200", "--framing=sequence");
	MUST("train", "--quiet", "--updates=1000", "--learning-rate=0.01",
		"other");
	OPEN(WHOLE, "--framing", "sequence");
	expect("finished");
	press("B");
	expect("there is one branch");
	press("b");
	expect("a branch begins in the past");
	press("200@");
	expect("at 200 of 1,000");
	settle();
	press("b");
	expect("Go on from here");
	press("0.01");
	expect("0.01");
	press(KEY_F5);
	expect("finished");
	expect("learning-rate 0.001");
	save_as("branch");
	expect_same_run("branch", "other");
	press("B");
	expect("the first run");
	expect("learning-rate 0.01");
	press(KEY_UP "\r");
	expect("this is branch 1");
	save_as("first");
	expect_same_run("first", "plain");
	press("600@");
	expect("at 600 of 1,000");
	expect_average("at600");
	/* both can be returned to, and their past */
	press("200@");
	expect("at 200 of 1,000");
	press("B");
	expect("the first run");
	press(KEY_DOWN "\r");
	expect("this is branch 2");
	save_as("again");
	expect_same_run("again", "other");
	leave();
}
END_TEST

/* The file is not an earlier state of a run that left it for another branch. */
START_TEST(a_branch_beyond_the_file_has_changed_since)
{
	OPEN("--seed", "3", "--updates", "600", "--framing", "sequence",
		"m.safetensors");
	expect("finished");
	press("w");
	expect("saved at 600");
	press("300e");
	expect("900/900");
	expect("300 updates since");
	press("200@");
	expect("at 200 of 900");
	settle();
	press("b");
	expect("Go on from here");
	press("0.01" KEY_F5);
	expect("finished");
	expect("900/900");
	expect("saved at 600");
	expect("changed since");
	leave();
}
END_TEST

/* Return the column of a sign on the screen. */
static int
column_of(const char *sign)
{
	for (int row = 0; row < terminal.rows; row++) {
		char line[TEXT_SIZE], *at;

		terminal_line(&terminal, row, line, sizeof line);
		at = strstr(line, sign);
		if (at != NULL) {
			*at = '\0';
			return (int)utf8_columns(line);
		}
	}
	return -1;
}

/* The cursor below the plot is at its place on the axis, with all signs. */
START_TEST(the_marks_have_the_columns_of_the_plot)
{
	int braille, ascii;

	OPEN(WHOLE);
	expect("finished");
	press("500@");
	expect("at 500 of 1,000");
	expect("\u25b2");
	braille = column_of("\u25b2");
	leave();
	terminal_close(&terminal);
	OPEN(WHOLE, "--ascii");
	expect("finished");
	press("500@");
	expect("at 500 of 1,000");
	expect("^");
	ascii = column_of("^");
	leave();
	ck_assert_int_le(abs(braille - ascii), 1);
}
END_TEST

/* What is saved at the end is the present, whatever is on the screen. */
START_TEST(leaving_in_the_past_keeps_the_present)
{
	struct outcome outcome;

	TRAIN("plain", "1000", "--framing=sequence");
	OPEN(WHOLE, "--framing", "sequence", MODEL);
	expect("finished");
	press("10@");
	expect("at 10 of 1,000");
	settle();
	kill(terminal.pid, SIGTERM);
	expect_end(128 + SIGTERM);
	close_terminal();
	expect_same_run(MODEL, "plain");
	RUN(&outcome, "info", MODEL);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
}
END_TEST

START_TEST(without_memory_there_is_no_past)
{
	OPEN(WHOLE, "--history-memory", "0");
	expect("finished");
	press(",");
	expect("no earlier state is kept");
	leave();
}
END_TEST

START_TEST(a_text_goes_back_too)
{
	char text[2000] = "";

	while (strlen(text) < 1500)
		strcat(text, "to be, or\nnot to be, that is\n");
	write_here("text.txt", text);
	TRAIN("at150", "150", "--data=text.txt", "--units=8", "--batch=4");
	OPEN("--seed", "1", "--speed", "0", "--updates", "300", "--data",
		"text.txt", "--units", "8", "--batch", "4");
	expect("finished");
	press("150@");
	expect("at 150 of 300");
	expect_average("at150");
	press("i");
	expect("Esc: back");
	press(KEY_ESCAPE);
	press(KEY_ESCAPE);
	expect("finished");
	leave();
}
END_TEST

static Suite *
past_screen_suite(void)
{
	Suite *suite = suite_create("past on the screen");
	TCase *group = add_screen_case(suite, "past");

	tcase_add_test(group, the_screen_shows_the_run_as_it_was);
	tcase_add_test(group, a_branch_is_a_run_with_other_settings_from_there);
	tcase_add_test(group, a_branch_beyond_the_file_has_changed_since);
	tcase_add_test(group, the_marks_have_the_columns_of_the_plot);
	tcase_add_test(group, leaving_in_the_past_keeps_the_present);
	tcase_add_test(group, without_memory_there_is_no_past);
	tcase_add_test(group, a_text_goes_back_too);
	return suite;
}

int
main(void)
{
	return suite_run(past_screen_suite());
}
