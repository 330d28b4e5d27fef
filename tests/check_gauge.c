/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the progress line: its layout for all widths and counts, and its
 * display by `train` in terminals of several kinds and sizes.
 */
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "draw/gauge.h"
#include "interface.h"
#include "suite.h"

static const uint64_t counts[] = {0, 1, 9, 10, 99, 999, 1000, 12340, 25000,
	100000, 999999, 30000000, UINT64_C(1234567890123),
	UINT64_C(1000000000000000)};
static const double speeds[] = {NAN, 0, 0.04, 1, 9.96, 99, 1300000, 999999999,
	1e15, 1e300};
static const double lefts[] = {NAN, 0, 59, 3600, 359999, 360000, 1e9, 1e300};

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* Assert that fields are complete, two blanks apart, within the columns. */
static void
expect_apart(const struct gauge *progress, int columns)
{
	struct gauge_line line;
	char text[1024], done[NUMBER_TEXT_SIZE], stripped[1024];
	const char *count;
	int end = -2, taken;

	gauge_lay_out(&line, progress, columns);
	for (int f = 0; f < GAUGE_FIELDS; f++) {
		int length = (int)strlen(line.field[f].text);

		if (length > 0) {
			EXPECT(line.field[f].column >= end + 2 &&
					line.field[f].column + length <=
						columns,
				"'%s' at %d of %d after %d", line.field[f].text,
				line.field[f].column, columns, end);
			end = line.field[f].column + length;
		}
		if (f > 0 || line.bar_columns == 0)
			continue;
		EXPECT(line.bar_column >= end + 2 && line.bar_columns >= 6 &&
				line.bar_full >= 0 &&
				line.bar_full <= line.bar_columns,
			"bar of %d at %d", line.bar_columns, line.bar_column);
		end = line.bar_column + line.bar_columns;
	}
	taken = gauge_print(&line, "#", ".", text, sizeof text);
	EXPECT(taken == (int)strlen(text) && taken <= columns, "'%s'", text);
	/* a number that is cut off would be another number */
	number_grouped(done, progress->done);
	count = line.field[GAUGE_COUNT].text;
	snprintf(stripped, sizeof stripped, "%.*s",
		(int)strcspn(count + strspn(count, " "), "/"),
		count + strspn(count, " "));
	EXPECT(columns < (int)strlen(done) || strcmp(stripped, done) == 0,
		"'%s' for %s", count, done);
}

START_TEST(fields_never_touch)
{
	for (size_t d = 0; d < COUNT_OF(counts); d++)
		for (size_t w = 0; w < COUNT_OF(counts); w++)
			for (size_t i = 0;
				i < COUNT_OF(speeds) * COUNT_OF(lefts); i += 41)
				expect_apart(&(struct gauge){counts[d],
						     counts[w],
						     speeds[i %
							     COUNT_OF(speeds)],
						     lefts[i /
							     COUNT_OF(speeds)],
						     i % 2 == 0 ? NAN
								: -0.00001},
					_i);
}
END_TEST

/* Each field keeps its columns for every count of updates. */
START_TEST(columns_are_steady)
{
	static const uint64_t wanted[] = {1, 25000, 100000, 1000000000};

	for (size_t w = 0; w < COUNT_OF(wanted); w++) {
		struct gauge_line first;

		gauge_lay_out(&first,
			&(struct gauge){0, wanted[w], 1, NAN, 0.5}, _i);
		for (size_t d = 0; d < COUNT_OF(counts); d++) {
			struct gauge progress = {counts[d], wanted[w], 1300000,
				12, 0.0845};
			struct gauge_line line;
			int moved = 0;

			if (counts[d] > wanted[w])
				continue;
			gauge_lay_out(&line, &progress, _i);
			for (int f = 0; f < GAUGE_FIELDS; f++) {
				const char *text = line.field[f].text;
				const char *before = first.field[f].text;

				if (text[0] != '\0' && before[0] != '\0')
					moved += line.field[f].column +
							(int)strlen(text) !=
						first.field[f].column +
							(int)strlen(before);
			}
			moved += line.bar_column != first.bar_column ||
				line.bar_columns != first.bar_columns;
			EXPECT(moved == 0, "%d columns, %zu and %zu", _i, d, w);
		}
	}
}
END_TEST

static const struct {
	struct gauge progress;
	int columns;
	const char *text;
} lines[] = {
	{{12340, 25000, 1300000, 0.2, 0.0845}, 79,
		"12,340/25,000  "
		"######.......   49 %  1,300,000/s      0:01 left  "
		"average 0.0845"},
	{{12340, 25000, 1300000, 0.2, NAN}, 40,
		"12,340/25,000  ########..........   49 %"},
	{{12340, 25000, 1300000, 0.2, 0.0845}, 20, "12,340/25,000   49 %"},
	{{30000000, 1, 10, NAN, NAN}, 40,
		"30,000,000/1  ######  100 %         10/s"},
	{{100000, 100000, 5, NAN, NAN}, 19, "100,000/100,000"},
	{{0, 100000, NAN, NAN, NAN}, 8, "0    0 %"},
	{{UINT64_C(1000000000000000), 0, 2.5, NAN, -1e-9}, 60,
		"1,000,000,000,000,000        2.5/s  average 0.0000"},
	{{UINT64_C(1000000000000000), 0, NAN, NAN, NAN}, 10, "1.0e+15"},
	{{999, 1000, NAN, NAN, NAN}, 12, "  999/1,000"},
};

START_TEST(the_line_is_laid_out_as_recorded)
{
	struct gauge_line line;
	char text[1024];

	gauge_lay_out(&line, &lines[_i].progress, lines[_i].columns);
	gauge_print(&line, "#", ".", text, sizeof text);
	ck_assert_str_eq(text, lines[_i].text);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* `train` on a terminal */

/*
 * Count the refreshes of the line after `from` bytes of output. Assert that
 * each begins with a carriage return, is narrower than the terminal and has no
 * escape sequence except the one that erases the rest of the line, and none if
 * the terminal is dumb.
 */
static size_t
count_refreshes(size_t from, int columns, bool is_dumb)
{
	const char *at = terminal.transcript + from;
	size_t refreshes = 0;

	if (is_dumb)
		ck_assert_ptr_null(strchr(terminal.transcript, '\033'));
	for (at = strchr(at, '\r'); at != NULL; at = strchr(at + 1, '\r')) {
		int taken = 0;
		uint32_t character;
		size_t size;

		if (at[1] == '\n')
			continue;
		for (const char *byte = at + 1; *byte != '\0' && *byte != '\r';
			byte++) {
			ck_assert_msg(*byte != '\n', "%s", at);
			if (*byte == '\033') {
				/* the sequence may not be complete yet */
				ck_assert(
					strncmp(byte, "\033[K",
						strlen(byte) < 3 ? strlen(byte)
								 : 3) == 0);
				byte += strlen(byte) < 3 ? strlen(byte) - 1 : 2;
				continue;
			}
			size = utf8_decode(byte, strlen(byte), &character);
			if (size == 0)
				continue; /* nor the character */
			taken += utf8_width(character);
			byte += size - 1;
		}
		ck_assert_msg(taken < columns, "%d of %d: %s", taken, columns,
			at);
		refreshes++;
	}
	return refreshes;
}

static const int widths[] = {8, 20, 33, 40, 80, 81, 120, 200};
static const char *const terms[] = {"TERM=xterm", "TERM=dumb", "TERM", "TERM="};

/*
 * Wait for refreshes. Between them the program is stopped, as it would only
 * train.
 */
static void
wait_for_refreshes(size_t from, size_t wanted, int columns, bool is_dumb)
{
	enum { PAUSE_MS = 80 };

	for (int tries = 0;
		tries < 600 && count_refreshes(from, columns, is_dumb) < wanted;
		tries++) {
		kill(terminal.pid, SIGSTOP);
		while (terminal_pump(&terminal, PAUSE_MS))
			;
		kill(terminal.pid, SIGCONT);
		terminal_pump(&terminal, 100);
	}
	ck_assert_uint_ge(count_refreshes(from, columns, is_dumb), wanted);
}

START_TEST(the_progress_is_one_line_in_any_terminal)
{
	bool is_dumb = _i % 4 != 0;
	char line[TEXT_SIZE];
	size_t from;

	/* the line must not move while the count gets digits */
	open_with(&(struct terminal_options){.rows = 24,
		.columns = widths[_i],
		.command = {.arguments =
				    WORDS("train", "--seed", "1", "--units",
					    "40,40", "--updates", "100000000"),
			.environment = WORDS(terms[_i % 4])}});
	ck_assert(terminal_wait_for(&terminal, "1", LIMIT_MS));
	wait_for_refreshes(0, 4, widths[_i], is_dumb);
	/* the line must follow a window that becomes narrower */
	if (widths[_i] > 40) {
		from = terminal.received;
		terminal_resize(&terminal, 24, 30);
		/* one may have been on its way, another half printed */
		wait_for_refreshes(from, 3, widths[_i], is_dumb);
		from = terminal.received;
		wait_for_refreshes(from, 3, 30, is_dumb);
		/* the rest of the longer line must be erased */
		for (int row = 0; row < 24 && !is_dumb; row++) {
			terminal_line(&terminal, row, line, sizeof line);
			ck_assert_msg(strchr(line, '%') == NULL ||
					line[strlen(line) - 1] == ' ',
				"%s", line);
		}
	}
}
END_TEST

/* ---------------------------------------------------------------------- */
/* the Training pane */

static const int pane_widths[] = {40, 60, 80, 100, 200};

/* A value wider than its cell takes two cells or is omitted, never cut off. */
START_TEST(no_value_of_the_training_pane_is_cut)
{
	static const char *const values[] = {" 1,000,000/s ",
		" 9007199254740992 ", " 101,102,103,104 "};
	static const char *const parts[] = {"1,000,", "9007199", "101,1"};

	open_with(&(struct terminal_options){.rows = 40,
		.columns = pane_widths[_i],
		.command.arguments = WORDS("--seed", "9007199254740992",
			"--speed", "1000000", "--units", "101,102,103,104")});
	pause_training();
	for (int i = 0; i < 3; i++)
		ck_assert_msg(terminal_shows(&terminal, values[i]) ||
				!terminal_shows(&terminal, parts[i]),
			"%s", terminal_text(&terminal));
	/* the first value fits at any width */
	expect(values[0]);
	leave();
}
END_TEST

/* The unlimited speed is a word, the others are numbers. */
START_TEST(values_that_fit_keep_their_columns)
{
	char limited[TEXT_SIZE], unlimited[TEXT_SIZE];

	OPEN("--seed", "1", "--speed", "50000");
	pause_training();
	line_with("speed", "rate", limited);
	press_and_settle("++++++++++++++");
	line_with("unlimited", "rate", unlimited);
	ck_assert_str_ne(unlimited, "");
	ck_assert_str_eq(strstr(limited, "rate"), strstr(unlimited, "rate"));
	leave();
}
END_TEST

START_TEST(the_progress_is_at_most_100_percent)
{
	char line[TEXT_SIZE];

	MUST("train", "--quiet", "--seed", "1", "--updates", "2000", MODEL);
	OPEN("--updates", "1", MODEL);
	expect("finished");
	settle();
	line_with("update", "2,000/1 ", line);
	ck_assert_msg(strstr(line, " 100 % ") != NULL, "%s",
		terminal_text(&terminal));
	/* the bar is completely filled */
	ck_assert_msg(strstr(line, "━  100 %") != NULL &&
			strstr(line, "─") == NULL,
		"%s", line);
	leave();
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("gauge");
	TCase *group = suite_group(suite, "layout", SUITE_SECONDS);
	TCase *screen = add_screen_case(suite, "train");

	suite_add_loop(group, fields_never_touch, 1, 201);
	suite_add_loop(group, columns_are_steady, 40, 201);
	suite_add_loop(group, the_line_is_laid_out_as_recorded, 0,
		COUNT_OF(lines));
	suite_add_loop(screen, the_progress_is_one_line_in_any_terminal, 0,
		COUNT_OF(widths));
	suite_add_loop(screen, no_value_of_the_training_pane_is_cut, 0,
		COUNT_OF(pane_widths));
	tcase_add_test(screen, values_that_fit_keep_their_columns);
	tcase_add_test(screen, the_progress_is_at_most_100_percent);
	return suite_run(suite);
}
