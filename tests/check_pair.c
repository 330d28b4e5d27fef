/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of two runs at once in the interface: each file is that of a run alone,
 * bit for bit; lock step; what is shown of both; what asks before it discards.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "interface.h"
#include "saved_run.h"
#include "suite.h"

#define SHORT "--seed", "1", "--speed", "0", "--updates", "600"

#define TRAIN(model, ...)                                                  \
	MUST("train", "--quiet", "--seed=1", "--updates=600", __VA_ARGS__, \
		model)

/* Assert that the screen has a line of the run with its average loss. */
static void
expect_line(const char *run, const char *model)
{
	char line[TEXT_SIZE], loss[32];
	json_t *object = info(model);

	snprintf(loss, sizeof loss, "%.4f", get_number(object, "average_loss"));
	json_decref(object);
	settle();
	line_with(run, "600/600", line);
	ck_assert_msg(strstr(line, loss) != NULL, "no %s of %s in:\n%s", loss,
		run, terminal_text(&terminal));
}

START_TEST(two_runs_are_those_of_each_alone)
{
	TRAIN("one", "--framing=one-to-one");
	TRAIN("two", "--framing=sequence");
	OPEN(SHORT);
	expect("finished");
	press("v");
	expect("there is one run");
	press("c");
	expect("Compare with");
	press(KEY_DOWN KEY_RIGHT KEY_F5);
	expect("Training both");
	expect("finished");
	expect_line("one-to-one", "one");
	expect_line("sequence", "two");
	expect("Other run");
	save_as("front");
	press("v");
	expect("in front: sequence");
	save_as("other");
	expect_same_run("front", "one");
	expect_same_run("other", "two");
	/* the front one goes on alone */
	press("C");
	expect("the comparison is over");
	expect_gone("Training both");
	press("100e");
	expect("700/700");
	save_as("longer");
	MUST("train", "--quiet", "--updates=700", "two");
	expect_same_run("longer", "two");
	leave();
}
END_TEST

/* Neither run is ahead of the other when both are stepped. */
START_TEST(steps_are_of_both)
{
	char line[TEXT_SIZE];

	OPEN("--seed", "1", "--updates", "600", "--speed", "1");
	pause_training();
	press("c");
	expect("Compare with");
	press(KEY_DOWN KEY_RIGHT KEY_F5);
	expect("Training both");
	press(" ");
	expect("paused");
	/* the second one catches up first */
	press_and_settle("500s");
	press_and_settle("s");
	line_with("one-to-one", "501/600", line);
	ck_assert_str_ne(line, "");
	line_with("sequence", "501/600", line);
	ck_assert_str_ne(line, "");
	press("C");
	expect("End the comparison?");
	press("d");
	expect("the comparison is over");
	leave();
}
END_TEST

START_TEST(two_models_are_opened_side_by_side)
{
	struct outcome outcome;

	TRAIN("one", "--framing=one-to-one");
	TRAIN("two", "--cell=gru", "--units=4");
	OPEN("one", "two");
	expect("Training both");
	expect_line("lstm, units 10", "one");
	expect_line("gru, units 4", "two");
	press("100e");
	expect("700/700");
	expect("finished");
	press("w");
	expect("saved one");
	press("v");
	press("w");
	expect("saved two");
	leave();
	close_terminal();
	TRAIN("one alone", "--framing=one-to-one");
	TRAIN("two alone", "--cell=gru", "--units=4");
	MUST("train", "--quiet", "--updates=700", "one alone");
	MUST("train", "--quiet", "--updates=700", "two alone");
	expect_same_run("one", "one alone");
	expect_same_run("two", "two alone");
	RUN(&outcome, "one", "none");
	expect_status(&outcome, 1);
	outcome_release(&outcome);
	RUN(&outcome, "--tour", "one", "two");
	expect_usage_error(&outcome, "--tour");
	outcome_release(&outcome);
	RUN(&outcome, "trian", "one");
	expect_usage_error(&outcome, "trian");
	outcome_release(&outcome);
}
END_TEST

START_TEST(texts_are_compared_too)
{
	char text[2000] = "";

	while (strlen(text) < 1500)
		strcat(text, "to be, or\nnot to be, that is\n");
	write_here("text.txt", text);
	MUST("train", "--quiet", "--seed=1", "--updates=60", "--data=text.txt",
		"--units=8", "--batch=4", "one");
	MUST("train", "--quiet", "--seed=1", "--updates=60", "--data=text.txt",
		"--units=8", "--batch=4", "--cell=rnn", "two");
	OPEN("one", "two");
	expect("Other run");
	expect("finished");
	expect("lstm");
	expect("rnn");
	press("m");
	expect("without memory");
	leave();
}
END_TEST

/* A signal saves both; nothing that is not saved goes without a question. */
START_TEST(what_is_not_saved_is_asked_for)
{
	TRAIN("one", "--framing=one-to-one");
	TRAIN("two", "--framing=sequence");
	OPEN("one", "two");
	expect("finished");
	press("50e");
	expect("650/650");
	expect("finished");
	press("C");
	expect("End the comparison?");
	press(KEY_ESCAPE);
	press("q");
	expect("The run behind is not saved");
	press(KEY_ESCAPE);
	settle();
	kill(terminal.pid, SIGTERM);
	expect_end(128 + SIGTERM);
	close_terminal();
	ck_assert_uint_eq(updates_of("one"), 650);
	ck_assert_uint_eq(updates_of("two"), 650);
}
END_TEST

static Suite *
pair_suite(void)
{
	Suite *suite = suite_create("pair");
	TCase *group = add_screen_case(suite, "pair");

	tcase_add_test(group, two_runs_are_those_of_each_alone);
	tcase_add_test(group, steps_are_of_both);
	tcase_add_test(group, two_models_are_opened_side_by_side);
	tcase_add_test(group, texts_are_compared_too);
	tcase_add_test(group, what_is_not_saved_is_asked_for);
	return suite;
}

int
main(void)
{
	return suite_run(pair_suite());
}
