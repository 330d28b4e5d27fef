/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the interface in a terminal: help, and keys that change the view,
 * the speed or the learning rate.
 */
#include <stdio.h>
#include <string.h>

#include "endless.h"
#include "suite.h"

/* A key of the keyboard that the interface does not use. */
#define KEY_F11 "\033[23~"

static const char *const help_keys[] = {"?", KEY_F1};
static const char *const help_closers[] = {KEY_ESCAPE, "?"};

START_TEST(help_names_every_key)
{
	static const char *const keys[] = {"Space", "s", "+", "-", "[", "]",
		"g", "r", "R", "w", "W", "l", "x", "Tab", "?", "F1", "q", "F10",
		"e", "Ctrl-L", "Ctrl-Z"};
	char before[72][TEXT_SIZE], help[72 * TEXT_SIZE] = "";
	char line[TEXT_SIZE];

	open_with(&(struct terminal_options){.rows = 70,
		.columns = 120,
		.command.arguments = WORDS("--seed", "1")});
	pause_training();
	for (int row = 0; row < terminal.rows; row++)
		terminal_line(&terminal, row, before[row], TEXT_SIZE);
	press_and_settle(help_keys[_i]);
	/* the help covers the key bar and the other panes */
	for (int row = 0; row < terminal.rows; row++) {
		terminal_line(&terminal, row, line, sizeof line);
		if (strcmp(line, before[row]) != 0)
			strcat(help, strcat(line, "\n"));
	}
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		ck_assert_msg(has_word(help, keys[i]), "no %s in:\n%s", keys[i],
			help);
	press_and_settle(help_closers[_i]);
	for (int row = 0; row < terminal.rows; row++) {
		terminal_line(&terminal, row, line, sizeof line);
		ck_assert_str_eq(line, before[row]);
	}
	leave();
}
END_TEST

START_TEST(training_continues_behind_the_help)
{
	OPEN(FAST, LOGGED);
	expect("running");
	press("?");
	expect("run or pause");
	expect_training();
	ck_assert(terminal_shows(&terminal, "run or pause"));
	press(KEY_ESCAPE);
	expect_gone("run or pause");
	expect("running");
	leave();
}
END_TEST

static void
open_help(int rows, int columns)
{
	open_with(&(struct terminal_options){.rows = rows,
		.columns = columns,
		.command.arguments = WORDS("--seed", "1")});
	pause_training();
	press_and_settle("?");
}

START_TEST(help_can_be_read_and_closed_at_any_size)
{
	static const int sizes[][2] = {{24, 80}, {12, 40}, {8, 30}, {3, 20},
		{1, 10}, {1, 1}};

	OPEN("--seed", "1");
	pause_training();
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		terminal_resize(&terminal, sizes[i][0], sizes[i][1]);
		settle();
		press_and_settle("?");
		press_and_settle(KEY_DOWN KEY_DOWN KEY_UP KEY_PAGE_DOWN);
		press_and_settle("2" KEY_PAGE_DOWN "3/unit" KEY_ENTER "nn");
		press_and_settle(KEY_ESCAPE);
		press_and_settle(KEY_ESCAPE);
	}
	terminal_resize(&terminal, 30, 100);
	settle();
	expect("paused");
	ck_assert(!terminal_shows(&terminal, "Esc: close"));
	leave();
}
END_TEST

/* Pressing Down beyond the end does not have to be undone by Up. */
START_TEST(the_help_scrolls_to_its_end_and_back)
{
	open_help(24, 80);
	ck_assert(terminal_shows(&terminal, "run or pause"));
	ck_assert(!terminal_shows(&terminal, "Ctrl-Z"));
	for (int i = 0; i < 60; i++)
		press(KEY_DOWN);
	settle();
	ck_assert(terminal_shows(&terminal, "Ctrl-Z"));
	ck_assert(!terminal_shows(&terminal, "run or pause"));
	press_and_settle(KEY_UP);
	ck_assert(!terminal_shows(&terminal, "Ctrl-Z"));
	for (int i = 0; i < 60; i++)
		press(KEY_UP);
	press_and_settle(KEY_DOWN);
	ck_assert(!terminal_shows(&terminal, "run or pause"));
	press_and_settle(KEY_UP);
	ck_assert(terminal_shows(&terminal, "run or pause"));
	press_and_settle(KEY_END);
	ck_assert(terminal_shows(&terminal, "Ctrl-Z"));
	ck_assert(!terminal_shows(&terminal, " more below"));
	press_and_settle(KEY_PAGE_UP KEY_PAGE_UP);
	ck_assert(terminal_shows(&terminal, "run or pause"));
	press_and_settle(KEY_PAGE_DOWN);
	ck_assert(!terminal_shows(&terminal, "run or pause"));
	press_and_settle(KEY_HOME);
	ck_assert(terminal_shows(&terminal, "run or pause"));
	ck_assert(terminal_shows(&terminal, " more below"));
	press_and_settle(KEY_ESCAPE);
	leave();
}
END_TEST

/* One line of each page, and the keys that lead from each to the next. */
static const struct {
	const char *keys, *shown;
} turns[] = {
	{"", "run or pause"},
	{KEY_RIGHT, "The numbers above the plot"},
	{KEY_TAB, "The points of a shape"},
	{KEY_TAB, "run or pause"},
	{KEY_LEFT, "The points of a shape"},
	{KEY_LEFT, "The numbers above the plot"},
	{"3", "The points of a shape"},
	{"1", "run or pause"},
	{"2", "The numbers above the plot"},
	{KEY_BACKTAB, "run or pause"},
};

START_TEST(the_help_has_three_pages)
{
	static const int sizes[][2] = {{24, 80}, {12, 40}};

	open_help(sizes[_i][0], sizes[_i][1]);
	for (int i = 0; i < COUNT(turns); i++) {
		char start[12];

		/* the first words are on one line at any size */
		snprintf(start, sizeof start, "%s", turns[i].shown);
		press_and_settle(turns[i].keys);
		/* on a small screen the first pane may be below */
		for (int k = 0; k < 9 && !terminal_shows(&terminal, start); k++)
			press_and_settle(KEY_DOWN);
		ck_assert_msg(terminal_shows(&terminal, start), "%s\n%s",
			turns[i].shown, terminal_text(&terminal));
	}
	ck_assert(boxes_are_whole(&terminal));
	ck_assert(terminal_shows(&terminal, "Esc: close"));
	press_and_settle(KEY_ESCAPE);
	expect("paused");
	leave();
}
END_TEST

/* Copy the characters in reverse video. */
static void
read_reverse(char text[TEXT_SIZE])
{
	text[0] = '\0';
	for (int row = 1; row < terminal.rows - 1; row++)
		for (int column = 0; column < terminal.columns; column++) {
			struct terminal_cell cell;

			terminal_cell(&terminal, row, column, &cell);
			if (cell.is_reverse)
				strcat(text, cell.text);
		}
}

START_TEST(the_help_finds_a_word_on_any_page)
{
	char found[TEXT_SIZE], first[TEXT_SIZE], line[TEXT_SIZE];

	open_help(24, 80);
	/* on the third page, found while it is typed, in any case */
	press_and_settle("/FORGET G");
	ck_assert(terminal_shows(&terminal, "forget gate"));
	ck_assert(terminal_shows(&terminal, "1 of "));
	read_reverse(found);
	ck_assert_str_eq(found, "forget g");
	/* the origin again */
	press_and_settle(KEY_ESCAPE);
	ck_assert(terminal_shows(&terminal, "run or pause"));
	ck_assert(!terminal_shows(&terminal, "forget gate"));
	/* q is a letter of the text */
	press_and_settle("/xqx");
	ck_assert(terminal_shows(&terminal, "/xqx"));
	ck_assert(terminal_shows(&terminal, "not found"));
	press_and_settle(KEY_CTRL_U "gradient" KEY_ENTER);
	read_reverse(found);
	ck_assert_str_eq(found, "gradient");
	line_with("1 of ", "", first);
	ck_assert_str_ne(first, "");
	press_and_settle("n");
	line_with("2 of ", "", line);
	ck_assert_str_ne(line, "");
	press_and_settle("N");
	line_with("1 of ", "", line);
	ck_assert_str_eq(line, first);
	/* before the first is the last one */
	press_and_settle("NN");
	ck_assert(!terminal_shows(&terminal, "1 of "));
	read_reverse(found);
	ck_assert_str_eq(found, "gradient");
	press_and_settle("nn");
	line_with("1 of ", "", line);
	ck_assert_str_eq(line, first);
	/* one level at a time: the search, then the help */
	press_and_settle(KEY_ESCAPE);
	read_reverse(found);
	ck_assert_str_eq(found, "");
	ck_assert(terminal_shows(&terminal, "Esc: close"));
	press_and_settle(KEY_ESCAPE);
	expect_gone("Esc: close");
	expect("paused");
	leave();
}
END_TEST

START_TEST(a_key_opens_the_help_with_a_search)
{
	static const char *const keys[] = {"/", KEY_F3};
	char found[TEXT_SIZE];

	OPEN("--seed", "1");
	pause_training();
	press_and_settle(keys[_i]);
	press_and_settle("bptt");
	read_reverse(found);
	ck_assert_str_eq(found, "BPTT");
	press_and_settle(KEY_ESCAPE KEY_ESCAPE);
	expect("paused");
	leave();
}
END_TEST

START_TEST(plus_and_minus_change_the_speed)
{
	char before[TEXT_SIZE], faster[TEXT_SIZE], again[TEXT_SIZE];

	OPEN("--seed", "1", "--speed", "50");
	pause_training();
	line_with("speed", "50/s", before);
	ck_assert_str_ne(before, "");
	press_and_settle("+");
	line_with("speed", "/s", faster);
	ck_assert_str_ne(faster, before);
	press_and_settle("-");
	line_with("speed", "50/s", again);
	ck_assert_str_eq(again, before);
	/* to both ends of the range, and beyond */
	press_and_settle("----------------------------------------");
	line_with("speed", " 1/s", again);
	ck_assert_msg(again[0] != '\0', "%s", terminal_text(&terminal));
	press_and_settle("++++++++++++++++++++++++++++++++++++++++");
	press_and_settle(" ");
	expect("finished");
	leave();
}
END_TEST

START_TEST(brackets_change_the_learning_rate)
{
	char before[TEXT_SIZE], raised[TEXT_SIZE], again[TEXT_SIZE];

	OPEN("--seed", "1");
	pause_training();
	line_with("rate", "0.001", before);
	ck_assert_str_ne(before, "");
	press_and_settle("]");
	line_with("rate", "0.001", raised);
	ck_assert_str_ne(raised, before);
	press_and_settle("[");
	line_with("rate", "0.001", again);
	ck_assert_str_eq(again, before);
	leave();
}
END_TEST

static void
expect_rate(const char *key, const char *rate)
{
	char shown[64];

	snprintf(shown, sizeof shown, "learning rate %s ", rate);
	press_and_settle(key);
	ck_assert_msg(terminal_shows(&terminal, shown), "no '%s' in:\n%s",
		shown, terminal_text(&terminal));
}

/* Each rate is the nearest number to 1, 2 or 5 times a power of ten. */
START_TEST(the_learning_rate_has_round_values_only)
{
	static const char *const rates[] = {"1e-07", "2e-07", "5e-07", "1e-06",
		"2e-06", "5e-06", "1e-05", "2e-05", "5e-05", "0.0001", "0.0002",
		"0.0005", "0.001", "0.002", "0.005", "0.01", "0.02", "0.05",
		"0.1", "0.2", "0.5", "1", "2", "5", "10"};
	enum { RATES = sizeof rates / sizeof rates[0] };

	OPEN("--seed", "1", "--learning-rate", "0.0013");
	pause_training();
	press_and_settle("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[");
	for (int i = 1; i < RATES; i++)
		expect_rate("]", rates[i]);
	for (int i = RATES - 2; i >= 0; i--)
		expect_rate("[", rates[i]);
	leave();
}
END_TEST

static const char *const reset_keys[] = {"r", "R"};

START_TEST(reset_asks_first)
{
	uint64_t before;

	OPEN("--seed", "1", "--speed", "100");
	expect_at_least(60);
	pause_training();
	before = count();
	press_and_settle(reset_keys[_i]);
	press_and_settle("n");
	ck_assert_uint_eq(count(), before);
	press_and_settle(reset_keys[_i]);
	press_and_settle(KEY_ESCAPE);
	ck_assert_uint_eq(count(), before);
	press_and_settle(reset_keys[_i]);
	press("y");
	expect_count(UPDATES_DEFAULT, 0, before - 1);
	leave();
}
END_TEST

/* _i 0: leave by Ctrl-C; 1: save by w. */
START_TEST(a_reset_leaves_the_file_until_it_is_saved)
{
	MUST("train", "--quiet", "--seed", "1", "--updates", "2000", MODEL);
	OPEN("--updates", "3000", "--speed", "50", MODEL);
	expect("running");
	press("R");
	expect("unchanged until the next save");
	press("y");
	expect_count(3000, 1, 1000);
	expect("not saved");
	if (_i == 0) {
		press(KEY_CTRL_C);
		expect("Quit?");
		press(KEY_CTRL_C);
		expect_end(130);
		ck_assert_uint_eq(updates_of(MODEL), 2000);
		return;
	}
	press("w");
	expect("saved " MODEL);
	press(KEY_CTRL_C);
	expect_end(130);
	ck_assert_uint_lt(updates_of(MODEL), 2000);
}
END_TEST

START_TEST(reset_repeats_the_run_of_the_same_seed)
{
	char first[TEXT_SIZE], second[TEXT_SIZE];

	OPEN("--seed", "1");
	pause_training();
	press_and_settle("r");
	press_and_settle("y");
	press("40s");
	expect_count(UPDATES_DEFAULT, 40, 40);
	press_and_settle("G");
	line_with("best", "average", first);
	press_and_settle("r");
	press_and_settle("y");
	press("40s");
	expect_count(UPDATES_DEFAULT, 40, 40);
	press_and_settle("G");
	line_with("best", "average", second);
	ck_assert_msg(first[0] != '\0', "%s", terminal_text(&terminal));
	ck_assert_str_eq(first, second);
	leave();
}
END_TEST

/* Drawing the weights of so many units takes long. */
#ifndef __SANITIZE_ADDRESS__
START_TEST(a_long_reset_shows_its_progress_and_can_be_stopped)
{
	OPEN("--seed", "1", "--units", "1500", "--batch", "1", "--framing",
		"sequence");
	expect_at_least(1);
	press("r");
	expect("Start over with");
	press("y");
	expect("initializing the weights: ");
	press("q");
	expect("interrupted");
	/* the former run continues */
	expect_at_least(1);
	leave();
}
END_TEST
#endif

START_TEST(keys_of_the_view_do_not_train)
{
	static const char *const keys[] = {"l", "x", "x", "x", "l", "t", "t",
		"g", KEY_CTRL_L, KEY_TAB, KEY_TAB, KEY_TAB, KEY_TAB, KEY_TAB,
		KEY_TAB, KEY_TAB};
	uint64_t before;

	OPEN("--seed", "1");
	expect_at_least(200);
	pause_training();
	before = count();
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		press_and_settle(keys[i]);
	expect("paused");
	ck_assert_uint_eq(count(), before);
	expect("Loss");
	expect("Generated");
	expect("Training");
	leave();
}
END_TEST

START_TEST(keys_of_the_view_do_no_harm_before_the_first_update)
{
	OPEN("--seed", "1", "--speed", "1");
	pause_training();
	press_and_settle("r");
	press_and_settle("y");
	press_and_settle("lxxxlttg" KEY_CTRL_L);
	expect("0/25,000");
	leave();
}
END_TEST

START_TEST(keys_without_a_meaning_do_nothing)
{
	uint64_t before;

	OPEN("--seed", "1");
	pause_training();
	before = count();
	press_and_settle(KEY_F11 KEY_PAGE_DOWN KEY_BACKSPACE KEY_ENTER);
	/* invalid UTF-8, and characters without an action */
	press_and_settle("\xff\xfe\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80");
	ck_assert_uint_eq(count(), before);
	expect("paused");
	leave();
}
END_TEST

/* A key that is held down does not write the same line again and again. */
START_TEST(an_unknown_key_says_so_once)
{
	OPEN("--seed", "1");
	pause_training();
	press_and_settle("z");
	ck_assert(terminal_shows(&terminal, "z has no function here"));
	press_and_settle("z");
	ck_assert(!terminal_shows(&terminal, "has no function"));
	press_and_settle("\xc3\xa4");
	ck_assert(terminal_shows(&terminal, "\xc3\xa4 has no function here"));
	press_and_settle(KEY_F11);
	ck_assert(terminal_shows(&terminal, "this key has no function here"));
	/* a key that has one begins anew */
	press_and_settle("x" KEY_F11);
	ck_assert(terminal_shows(&terminal, "this key has no function here"));
	leave();
}
END_TEST

static void
expect_speed_and_rate(const char *speed, const char *rate)
{
	char line[TEXT_SIZE], shown[2][64];

	snprintf(shown[0], sizeof shown[0], "\u25c2 %s", speed);
	snprintf(shown[1], sizeof shown[1], "\u25c2 %s \u25b8", rate);
	line_with(shown[0], shown[1], line);
	ck_assert_msg(line[0] != '\0', "no %s, %s:\n%s", speed, rate,
		terminal_text(&terminal));
}

START_TEST(arrows_change_the_value_that_is_selected)
{
	struct terminal_cell cell;

	open_with(&(struct terminal_options){.rows = 24,
		.columns = 80,
		.command.arguments = WORDS("--seed", "1", "--speed", "50")});
	pause_training();
	expect_speed_and_rate("50/s", "0.001");
	press_and_settle(KEY_RIGHT);
	expect_speed_and_rate("100/s", "0.001");
	press_and_settle(KEY_LEFT KEY_LEFT);
	expect_speed_and_rate("20/s", "0.001");
	press_and_settle(KEY_DOWN KEY_RIGHT);
	expect_speed_and_rate("20/s", "0.002");
	press_and_settle(KEY_LEFT KEY_LEFT);
	expect_speed_and_rate("20/s", "0.0005");
	/* around the ends of the list */
	press_and_settle(KEY_DOWN KEY_RIGHT);
	expect_speed_and_rate("50/s", "0.0005");
	press_and_settle(KEY_UP KEY_RIGHT);
	expect_speed_and_rate("50/s", "0.001");
	/* the selected value is bold */
	for (int row = 0; row < terminal.rows; row++)
		for (int column = 0; column + 2 < terminal.columns; column++) {
			struct terminal_cell next;

			terminal_cell(&terminal, row, column, &cell);
			terminal_cell(&terminal, row, column + 2, &next);
			if (strcmp(cell.text, "\u25c2") == 0)
				ck_assert_int_eq(cell.is_bold,
					strcmp(next.text, "0") == 0);
		}
	leave();
}
END_TEST

/* Escape leads back to the main view, and no further. */
START_TEST(escape_steps_back_to_the_main_view)
{
	OPEN("--seed", "1", "--updates", "50", "--speed", "0", "--snapshots",
		"20");
	expect("finished");
	press_and_settle("f" KEY_TAB KEY_TAB);
	ck_assert(!terminal_shows(&terminal, "Loss"));
	press_and_settle(KEY_RIGHT);
	expect("no value to change in this pane");
	press_and_settle(KEY_ESCAPE);
	ck_assert(terminal_shows(&terminal, "film strip"));
	ck_assert(terminal_shows(&terminal, "Training"));
	press_and_settle(KEY_ESCAPE);
	ck_assert(!terminal_shows(&terminal, "film strip"));
	ck_assert(terminal_shows(&terminal, "Generated"));
	for (int i = 0; i < 5; i++)
		press_and_settle(KEY_ESCAPE);
	expect("50/50");
	leave();
}
END_TEST

/* Function keys: the same as the keys beside them. */
static const struct {
	const char *key, *shown;
} function_keys[] = {
	{KEY_F1, "1 Keys"},
	{KEY_F4, "Save as"},
	{KEY_F5, "New run"},
	{KEY_F7, "\u25c2 20/s"},
	{KEY_F8, "\u25c2 100/s"},
	{KEY_F9, "Start over with the same seed"},
};

START_TEST(function_keys_are_those_of_htop)
{
	OPEN("--seed", "1", "--speed", "50");
	pause_training();
	ck_assert(!terminal_shows(&terminal, function_keys[_i].shown));
	press_and_settle(function_keys[_i].key);
	ck_assert_msg(terminal_shows(&terminal, function_keys[_i].shown), "%s",
		terminal_text(&terminal));
	press_and_settle(KEY_ESCAPE);
	press_and_settle(KEY_F6);
	ck_assert(!terminal_shows(&terminal, "Generated"));
	press(KEY_F10 "d");
	expect_end(0);
	expect_restored();
}
END_TEST

/* Copy the last row, the key bar. */
static void
read_bar(char bar[TEXT_SIZE])
{
	terminal_line(&terminal, terminal.rows - 1, bar, TEXT_SIZE);
}

START_TEST(the_key_bar_lists_keys_that_work_now)
{
	char bar[TEXT_SIZE];

	OPEN("--seed", "1", "--updates", "50", "--speed", "0");
	expect("finished");
	settle();
	read_bar(bar);
	ck_assert_msg(strncmp(bar, " e extend  ? help", 17) == 0, "%s", bar);
	ck_assert_ptr_null(strstr(bar, "Space"));
	ck_assert_ptr_null(strstr(bar, "s step"));
	press_and_settle(" ");
	expect("all updates are done; e extends the run");
	/* while a question is open, only its keys */
	press_and_settle("r");
	read_bar(bar);
	ck_assert_ptr_nonnull(strstr(bar, "Esc"));
	ck_assert_ptr_null(strstr(bar, "extend"));
	press_and_settle(KEY_ESCAPE);
	press("100000000e");
	expect("running");
	press_and_settle(" ");
	read_bar(bar);
	ck_assert_msg(strncmp(bar, " Space run  s step  ? help", 26) == 0, "%s",
		bar);
	leave();
}
END_TEST

START_TEST(the_next_key_clears_a_message)
{
	OPEN("--seed", "1", "--updates", "50", "--speed", "0");
	expect("finished: e extends");
	press_and_settle("x");
	ck_assert(!terminal_shows(&terminal, "finished: e extends"));
	press_and_settle("w");
	press(KEY_CTRL_U MODEL KEY_ENTER);
	expect("saved " MODEL);
	/* the digits of a count are not shown beside it */
	press_and_settle("5" KEY_ESCAPE);
	ck_assert(!terminal_shows(&terminal, "saved " MODEL));
	leave();
}
END_TEST

/* Slow training suffices. */
START_TEST(a_message_vanishes_while_training_runs)
{
	OPEN("--seed", "1", "--speed", "50", "--updates", "1000000000");
	expect("running");
	press("W");
	expect("Save as");
	press(KEY_CTRL_U "m.st" KEY_ENTER);
	expect("saved m.st");
	expect_gone("saved m.st");
	leave();
}
END_TEST

START_TEST(thousands_of_keys_are_handled)
{
	enum { KEYS = 5000 };
	static const char pattern[] = "lxtg+-[]";
	char keys[KEYS + 1];

	for (int i = 0; i < KEYS; i++)
		keys[i] = pattern[i % (int)(sizeof pattern - 1)];
	keys[KEYS] = '\0';
	OPEN("--seed", "1", "--updates", "1000000000");
	expect("running");
	press(keys);
	press(" ");
	expect("paused");
	leave();
}
END_TEST

/* Epochs of two updates; each halves the learning rate. */
START_TEST(a_decaying_learning_rate_is_shown_with_its_present_value)
{
	char text[101 + 1] = "";

	for (size_t i = 0; i < sizeof text - 1; i++)
		text[i] = (char)('a' + i % 12);
	write_here("t.txt", text);
	OPEN("--task", "text", "--data", "t.txt", "--units", "3", "--batch",
		"1", "--validation", "0", "--learning-rate", "0.1",
		"--learning-rate-decay", "0.5", "--decay-after", "1",
		"--updates", "6", "--seed", "1", "--speed", "0");
	expect("finished");
	expect("0.0125");
	press("[");
	expect("learning rate 0.05, decayed to 0.00625");
	leave();
}
END_TEST

static void
add_keys(Suite *suite)
{
	TCase *tcase = add_screen_case(suite, "keys");

	suite_add_loop(tcase, help_names_every_key, 0, COUNT(help_keys));
	tcase_add_test(tcase,
		a_decaying_learning_rate_is_shown_with_its_present_value);
	tcase_add_test(tcase, training_continues_behind_the_help);
	tcase_add_test(tcase, help_can_be_read_and_closed_at_any_size);
	tcase_add_test(tcase, the_help_scrolls_to_its_end_and_back);
	suite_add_loop(tcase, the_help_has_three_pages, 0, 2);
	tcase_add_test(tcase, the_help_finds_a_word_on_any_page);
	suite_add_loop(tcase, a_key_opens_the_help_with_a_search, 0, 2);
	tcase_add_test(tcase, plus_and_minus_change_the_speed);
	tcase_add_test(tcase, brackets_change_the_learning_rate);
	tcase_add_test(tcase, the_learning_rate_has_round_values_only);
	suite_add_loop(tcase, reset_asks_first, 0, COUNT(reset_keys));
	suite_add_loop(tcase, a_reset_leaves_the_file_until_it_is_saved, 0, 2);
	tcase_add_test(tcase, reset_repeats_the_run_of_the_same_seed);
#ifndef __SANITIZE_ADDRESS__ /* its first update would take too long */
	tcase_add_test(tcase,
		a_long_reset_shows_its_progress_and_can_be_stopped);
#endif
	tcase_add_test(tcase, keys_of_the_view_do_not_train);
	tcase_add_test(tcase,
		keys_of_the_view_do_no_harm_before_the_first_update);
	tcase_add_test(tcase, keys_without_a_meaning_do_nothing);
	tcase_add_test(tcase, an_unknown_key_says_so_once);
	tcase_add_test(tcase, arrows_change_the_value_that_is_selected);
	tcase_add_test(tcase, escape_steps_back_to_the_main_view);
	suite_add_loop(tcase, function_keys_are_those_of_htop, 0,
		COUNT(function_keys));
	tcase_add_test(tcase, the_key_bar_lists_keys_that_work_now);
	tcase_add_test(tcase, the_next_key_clears_a_message);
	tcase_add_test(tcase, a_message_vanishes_while_training_runs);
	tcase_add_test(tcase, thousands_of_keys_are_handled);
}

int
main(void)
{
	Suite *suite = suite_create("keys");

	add_keys(suite);
	return suite_run(suite);
}
