/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the interface in a terminal: running, pausing, stepping, finishing,
 * saving, leaving and resuming.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "interface.h"
#include "suite.h"

START_TEST(the_interface_starts_running_with_three_panes)
{
	OPEN("--seed", "1");
	expect("running");
	expect("Loss");
	expect("Generated");
	expect("Training");
	expect("542");
	expect_at_least(1);
	ck_assert(terminal.is_alternate);
	ck_assert(!terminal.is_cursor_visible);
	leave();
	ck_assert_uint_eq(folder_count(folder), 0);
}
END_TEST

START_TEST(counts_are_grouped_by_thousands)
{
	OPEN("--seed", "1", "--speed", "0");
	expect("25,000/25,000");
	leave();
}
END_TEST

/* 1,000 updates a second, plus at most a quarter of a second to catch up. */
START_TEST(the_default_speed_is_1000_updates_a_second)
{
	uint64_t updates;
	long started = now_ms();

	OPEN("--seed", "1");
	expect_at_least(2000);
	updates = count();
	ck_assert_uint_le(updates, (uint64_t)(now_ms() - started) + 250);
	expect("1,000/s");
	leave();
}
END_TEST

START_TEST(space_pauses_and_resumes)
{
	uint64_t paused;

	OPEN("--seed", "1");
	expect_at_least(20);
	pause_training();
	paused = count();
	/* a complete redraw shows the same count */
	press_and_settle(KEY_CTRL_L);
	ck_assert_uint_eq(count(), paused);
	press(" ");
	expect("running");
	expect_at_least(paused + 20);
	leave();
}
END_TEST

START_TEST(s_makes_exactly_one_update)
{
	uint64_t before;

	OPEN("--seed", "1");
	expect_at_least(20);
	pause_training();
	before = count();
	for (uint64_t i = 1; i <= 5; i++) {
		press("s");
		expect_count(UPDATES_DEFAULT, before + i, before + i);
		settle();
		ck_assert_uint_eq(count(), before + i);
		expect("paused");
	}
	leave();
}
END_TEST

START_TEST(s_while_running_pauses)
{
	OPEN("--seed", "1");
	expect_at_least(20);
	press("s");
	expect("paused");
	leave();
}
END_TEST

START_TEST(a_count_before_s_is_the_number_of_updates)
{
	uint64_t before;

	OPEN("--seed", "1");
	expect_at_least(20);
	pause_training();
	before = count();
	press("100s");
	expect_count(UPDATES_DEFAULT, before + 100, before + 100);
	expect("paused");
	settle();
	ck_assert_uint_eq(count(), before + 100);
	/* the count applies to one key only */
	press("s");
	expect_count(UPDATES_DEFAULT, before + 101, before + 101);
	settle();
	ck_assert_uint_eq(count(), before + 101);
	leave();
}
END_TEST

START_TEST(escape_drops_a_count)
{
	uint64_t before;

	OPEN("--seed", "1");
	pause_training();
	before = count();
	press_and_settle("70");
	press_and_settle(KEY_ESCAPE);
	press("s");
	expect_count(UPDATES_DEFAULT, before + 1, before + 1);
	settle();
	ck_assert_uint_eq(count(), before + 1);
	leave();
}
END_TEST

START_TEST(a_run_at_unlimited_speed_finishes_and_stays_on_screen)
{
	OPEN("--seed", "1", "--speed", "0");
	expect("finished");
	expect("25,000/25,000");
	settle();
	expect("Loss");
	expect("Generated");
	ck_assert(!terminal.is_over);
	leave();
}
END_TEST

START_TEST(s_does_nothing_on_a_finished_run)
{
	OPEN("--seed", "1", "--speed", "0", "--updates", "50");
	expect("finished");
	press_and_settle("s");
	press_and_settle(" ");
	press_and_settle("10s");
	ck_assert_uint_eq(count_to(50), 50);
	expect("finished");
	leave();
}
END_TEST

START_TEST(e_extends_a_finished_run)
{
	static const char goal[] = "50/50";

	OPEN("--seed", "1", "--speed", "0", "--updates", "50");
	expect("finished");
	expect(goal);
	press_and_settle("e");
	press(KEY_ENTER);
	/* Enter accepts the number that the program proposes */
	expect_gone(goal);
	expect("finished");
	settle();
	ck_assert(!terminal_shows(&terminal, goal));
	leave();
}
END_TEST

START_TEST(e_takes_the_number_that_is_typed)
{
	OPEN("--seed", "1", "--speed", "0", "--updates", "50");
	expect("finished");
	press_and_settle("e");
	press("70" KEY_ENTER);
	expect("120/120");
	leave();
}
END_TEST

START_TEST(w_saves_the_run_as_shown)
{
	uint64_t saved;

	OPEN("--seed", "1", MODEL);
	expect_at_least(100);
	pause_training();
	saved = count();
	ck_assert(!exists_here(MODEL));
	press("w");
	expect("saved " MODEL);
	ck_assert(exists_here(MODEL));
	ck_assert_uint_eq(updates_of(MODEL), saved);
	/* nothing is unsaved, so no question is asked */
	settle();
	press("q");
	expect_end(0);
	expect_restored();
	ck_assert_uint_eq(folder_count(folder), 1);
}
END_TEST

START_TEST(w_while_running_saves_and_continues)
{
	uint64_t saved;

	OPEN("--seed", "1", MODEL);
	expect_at_least(50);
	press("w");
	expect("saved " MODEL);
	saved = updates_of(MODEL);
	ck_assert_uint_ge(saved, 50);
	expect_at_least(saved + 50);
	expect("running");
	leave();
	ck_assert_uint_eq(updates_of(MODEL), saved);
}
END_TEST

START_TEST(w_without_a_model_asks_for_a_name)
{
	OPEN("--seed", "1");
	expect_at_least(20);
	pause_training();
	press_and_settle("w");
	press("mine.safetensors" KEY_ENTER);
	expect("saved mine.safetensors");
	ck_assert(exists_here("mine.safetensors"));
	settle();
	press("q");
	expect_end(0);
	ck_assert_uint_eq(folder_count(folder), 1);
}
END_TEST

START_TEST(escape_from_the_name_saves_nothing)
{
	OPEN("--seed", "1");
	expect_at_least(20);
	pause_training();
	press_and_settle("w");
	press("mine");
	settle();
	press_and_settle(KEY_ESCAPE);
	ck_assert_uint_eq(folder_count(folder), 0);
	expect("paused");
	leave();
}
END_TEST

START_TEST(a_name_can_be_corrected)
{
	OPEN("--seed", "1");
	pause_training();
	press_and_settle("w");
	press("wrong" KEY_CTRL_U "minx" KEY_BACKSPACE
	      "e.safetensors" KEY_ENTER);
	expect("saved mine.safetensors");
	ck_assert(exists_here("mine.safetensors"));
	leave();
}
END_TEST

START_TEST(a_character_of_several_bytes_is_erased_whole)
{
	OPEN("--seed", "1");
	pause_training();
	press_and_settle("w");
	press(KEY_CTRL_U "m\u00fc" KEY_BACKSPACE "ine.safetensors" KEY_ENTER);
	expect("saved mine.safetensors");
	ck_assert(exists_here("mine.safetensors"));
	leave();
}
END_TEST

START_TEST(capital_w_saves_under_another_name)
{
	OPEN("--seed", "1", MODEL);
	expect_at_least(20);
	pause_training();
	press("w");
	expect("saved " MODEL);
	press_and_settle("W");
	press(KEY_CTRL_U "other.safetensors" KEY_ENTER);
	expect("saved other.safetensors");
	ck_assert_uint_eq(updates_of("other.safetensors"), count());
	leave();
}
END_TEST

START_TEST(capital_w_accepts_another_path_to_the_same_file)
{
	OPEN("--seed", "1", MODEL);
	expect_at_least(20);
	pause_training();
	press_and_settle("w");
	press("W" KEY_CTRL_U "./" MODEL KEY_ENTER);
	expect("Replace the file?");
	press("y");
	expect("saved ./" MODEL);
	ck_assert_uint_eq(updates_of(MODEL), count());
	leave();
	ck_assert_uint_eq(folder_count(folder), 1);
}
END_TEST

START_TEST(an_existing_file_is_kept_if_the_user_declines)
{
	char *text;
	size_t length;

	write_here("taken", "not a model");
	OPEN("--seed", "1");
	expect_at_least(20);
	press("q");
	expect("discard");
	press_and_settle("s");
	press(KEY_CTRL_U "taken" KEY_ENTER);
	expect("Replace the file?");
	press("n");
	expect("not saved");
	text = read_here("taken", &length);
	ck_assert_str_eq(text, "not a model");
	free(text);
	/* a later save does not leave the program either */
	press_and_settle("w");
	press(KEY_CTRL_U MODEL KEY_ENTER);
	expect("saved " MODEL);
	leave();
}
END_TEST

START_TEST(a_save_that_fails_says_so_and_loses_nothing)
{
	char path[FOLDER_PATH_SIZE];

	folder_join(path, folder, "gone");
	ck_assert_int_eq(mkdir(path, 0700), 0);
	OPEN("--seed", "1", "gone/" MODEL);
	expect_at_least(20);
	pause_training();
	folder_remove(path);
	press_and_settle("w");
	ck_assert(!terminal_shows(&terminal, "saved gone"));
	expect("gone/" MODEL);
	/* leaving with a save fails in the same way */
	press("q");
	expect("discard");
	press_and_settle("s");
	ck_assert(!terminal.is_over);
	leave();
}
END_TEST

static const char *const quit_keys[] = {"q", KEY_F10};

START_TEST(quit_asks_and_saves)
{
	uint64_t done;

	OPEN("--seed", "1", MODEL);
	expect_at_least(50);
	pause_training();
	done = count();
	press(quit_keys[_i]);
	expect("discard");
	press("s");
	expect_end(0);
	expect_restored();
	ck_assert_uint_eq(updates_of(MODEL), done);
	ck_assert_uint_eq(folder_count(folder), 1);
}
END_TEST

/* _i 0: UTF-8; 1: ASCII. The state of the file is complete at any width. */
START_TEST(a_long_name_is_shortened_in_its_middle)
{
	static const char *const names[] = {
		"the-beginning-of-the-name-\u00e9\u00e9\u00e9\u00e9-and-its-"
		"middle-and-more-of-its-middle-and-its-end.st",
		"the-beginning-of-the-name-of-the-file-and-its-middle-and-more-"
		"of-its-middle-and-its-end.st"};
	static const char *const omissions[] = {"\u2026", "..."};
	char line[TEXT_SIZE];

	open_with(&(struct terminal_options){.rows = 24,
		.columns = 80,
		.command.arguments =
			WORDS("--seed", "1", "--updates", "50", "--speed", "0",
				names[_i], _i == 0 ? "--quiet" : "--ascii")});
	expect("finished");
	settle();
	line_with("learning rate", "not saved", line);
	ck_assert_msg(strstr(line, "the-beg") != NULL, "%s",
		terminal_text(&terminal));
	ck_assert_ptr_nonnull(strstr(line, omissions[_i]));
	ck_assert_ptr_nonnull(strstr(line, "end.st "));
	press_and_settle("w");
	line_with("learning rate", "saved at 50", line);
	ck_assert_msg(strstr(line, "the-beg") != NULL, "%s",
		terminal_text(&terminal));
	ck_assert_ptr_nonnull(strstr(line, "end.st "));
	/* the seed is in the file, and only where there is room beside it */
	ck_assert_ptr_null(strstr(line, "seed"));
	/* the message of the save too */
	line_with(" saved the-beginning", omissions[_i], line);
	ck_assert_msg(strstr(line, "its-end.st") != NULL, "%s",
		terminal_text(&terminal));
	/* in a row of its own, too */
	terminal_resize(&terminal, 40, 100);
	settle();
	line_with("model ", "saved at 50", line);
	ck_assert_msg(strstr(line, "end.st ") != NULL, "%s",
		terminal_text(&terminal));
	ck_assert_ptr_nonnull(strstr(line, omissions[_i]));
	/* a name that fits is complete */
	terminal_resize(&terminal, 24, 170);
	settle();
	line_with("seed", names[_i], line);
	ck_assert_msg(line[0] != '\0', "%s", terminal_text(&terminal));
	leave();
}
END_TEST

START_TEST(quit_asks_and_discards)
{
	OPEN("--seed", "1", MODEL);
	expect_at_least(50);
	press("q");
	expect("discard");
	press("d");
	expect_end(0);
	expect_restored();
	ck_assert_uint_eq(folder_count(folder), 0);
}
END_TEST

static const char *const cancel_keys[] = {"c", KEY_ESCAPE};

START_TEST(quit_asks_and_cancels)
{
	uint64_t done;

	OPEN("--seed", "1", MODEL);
	expect_at_least(50);
	press("q");
	expect("discard");
	expect("waiting");
	settle();
	done = count();
	press(cancel_keys[_i]);
	expect_gone("discard");
	expect("running");
	expect_at_least(done + 20);
	leave();
	ck_assert_uint_eq(folder_count(folder), 0);
}
END_TEST

START_TEST(quit_with_save_asks_for_a_missing_name)
{
	OPEN("--seed", "1");
	expect_at_least(50);
	press("q");
	expect("discard");
	press_and_settle("s");
	press(KEY_CTRL_U "mine.safetensors" KEY_ENTER);
	expect_end(0);
	expect_restored();
	ck_assert_uint_ge(updates_of("mine.safetensors"), 50);
}
END_TEST

START_TEST(quit_from_a_finished_and_saved_run_does_not_ask)
{
	OPEN("--seed", "1", "--speed", "0", MODEL);
	expect("finished");
	press("w");
	expect("saved " MODEL);
	press("q");
	expect_end(0);
	expect_restored();
	ck_assert_uint_eq(updates_of(MODEL), UPDATES_DEFAULT);
}
END_TEST

START_TEST(a_resumed_run_shows_the_same_count)
{
	char updates[32];
	uint64_t saved;

	OPEN("--seed", "1", MODEL);
	expect_at_least(150);
	pause_training();
	saved = count();
	press("w");
	expect("saved " MODEL);
	press("q");
	expect_end(0);
	close_terminal();

	/* at one update a second, since it starts running */
	OPEN("--speed", "1", MODEL);
	expect("running");
	expect_count(UPDATES_DEFAULT, saved, saved + 1);
	press("qd");
	expect_end(0);
	close_terminal();

	snprintf(updates, sizeof updates, "%llu", (unsigned long long)saved);
	OPEN("--updates", updates, MODEL);
	expect("finished");
	ck_assert_uint_eq(count_to(saved), saved);
	press("qd");
	expect_end(0);
}
END_TEST

START_TEST(a_resumed_run_continues_as_with_train)
{
	struct outcome outcome;
	char *here, *there, path[FOLDER_PATH_SIZE];
	size_t length, other_length;

	OPEN("--seed", "9", "--speed", "0", "--updates", "120", MODEL);
	expect("finished");
	press("w");
	expect("saved " MODEL);
	press("q");
	expect_end(0);
	close_terminal();
	OPEN("--speed", "0", "--updates", "300", MODEL);
	expect("300/300");
	press("w");
	expect("saved " MODEL);
	press("q");
	expect_end(0);
	command_run(&(struct command){.folder = folder,
			    .arguments = WORDS("train", "--seed", "9",
				    "--updates", "300", "t.safetensors")},
		&outcome);
	expect_status(&outcome, 0);
	outcome_release(&outcome);
	here = file_read(folder_join(path, folder, MODEL), &length);
	there = file_read(folder_join(path, folder, "t.safetensors"),
		&other_length);
	ck_assert_uint_eq(length, other_length);
	ck_assert_mem_eq(here, there, length);
	free(here);
	free(there);
}
END_TEST

/* Extreme speeds. */
static const char *const speeds[] = {"1e-9", "4.9e-324", "1e-300", "1e9",
	"0.5"};

START_TEST(training_runs_at_extreme_speeds)
{
	OPEN("--seed", "1", "--speed", speeds[_i], "--updates", "100000000");
	expect("running");
	/* keys work, and + raises the speed until training advances */
	press(" ");
	expect("paused");
	press(" ");
	expect("running");
	if (_i < 3) {
		long frames = terminal.frames;

		/* 0.001/s is not shown as unlimited, in a new frame */
		press("+" KEY_CTRL_L);
		while (terminal.frames == frames)
			ck_assert(terminal_pump(&terminal, LIMIT_MS));
		ck_assert(!terminal_shows(&terminal, "unlimited"));
		ck_assert(terminal_shows(&terminal, " 0/100,000,000"));
		/* 0.001, 0.002, 0.005, ... 1,000 a second */
		press("++++++++++++++++++");
		expect_gone(" 0/100,000,000");
	}
	leave();
}
END_TEST

static void
add_running(Suite *suite)
{
	TCase *tcase = add_screen_case(suite, "running");

	tcase_add_test(tcase, the_interface_starts_running_with_three_panes);
	tcase_add_test(tcase, counts_are_grouped_by_thousands);
	tcase_add_test(tcase, the_default_speed_is_1000_updates_a_second);
	suite_add_loop(tcase, training_runs_at_extreme_speeds, 0,
		COUNT(speeds));
	tcase_add_test(tcase, space_pauses_and_resumes);
	tcase_add_test(tcase, s_makes_exactly_one_update);
	tcase_add_test(tcase, s_while_running_pauses);
	tcase_add_test(tcase, a_count_before_s_is_the_number_of_updates);
	tcase_add_test(tcase, escape_drops_a_count);
	tcase_add_test(tcase,
		a_run_at_unlimited_speed_finishes_and_stays_on_screen);
	tcase_add_test(tcase, s_does_nothing_on_a_finished_run);
	tcase_add_test(tcase, e_extends_a_finished_run);
	tcase_add_test(tcase, e_takes_the_number_that_is_typed);
}

static void
add_saving(Suite *suite)
{
	TCase *tcase = add_screen_case(suite, "saving");

	tcase_add_test(tcase, w_saves_the_run_as_shown);
	tcase_add_test(tcase, w_while_running_saves_and_continues);
	tcase_add_test(tcase, w_without_a_model_asks_for_a_name);
	tcase_add_test(tcase, escape_from_the_name_saves_nothing);
	tcase_add_test(tcase, a_name_can_be_corrected);
	tcase_add_test(tcase, a_character_of_several_bytes_is_erased_whole);
	tcase_add_test(tcase, capital_w_saves_under_another_name);
	tcase_add_test(tcase, capital_w_accepts_another_path_to_the_same_file);
	tcase_add_test(tcase, an_existing_file_is_kept_if_the_user_declines);
	tcase_add_test(tcase, a_save_that_fails_says_so_and_loses_nothing);
	suite_add_loop(tcase, quit_asks_and_saves, 0, COUNT(quit_keys));
	suite_add_loop(tcase, a_long_name_is_shortened_in_its_middle, 0, 2);
	tcase_add_test(tcase, quit_asks_and_discards);
	suite_add_loop(tcase, quit_asks_and_cancels, 0, COUNT(cancel_keys));
	tcase_add_test(tcase, quit_with_save_asks_for_a_missing_name);
	tcase_add_test(tcase, quit_from_a_finished_and_saved_run_does_not_ask);
	tcase_add_test(tcase, a_resumed_run_shows_the_same_count);
	tcase_add_test(tcase, a_resumed_run_continues_as_with_train);
}

int
main(void)
{
	Suite *suite = suite_create("interface");

	add_running(suite);
	add_saving(suite);
	return suite_run(suite);
}
