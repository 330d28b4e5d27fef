/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the Generated pane of points from a file: what is drawn of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "interface.h"
#include "suite.h"

enum { PANE_ROWS = 15, PANE_COLUMNS = 50 };

static void
write_season(void)
{
	char text[4096] = "";
	size_t length = 0;

	for (int i = 0; i < 96; i++)
		length += (size_t)snprintf(text + length, sizeof text - length,
			"%d\n", 200 + i + 20 * (i % 12 < 6));
	write_here("d.csv", text);
}

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
	ck_assert(terminal_shows(&terminal, "end of data"));
	press_and_settle("y");
	ck_assert(terminal_shows(&terminal, ", from the start"));
	ck_assert(!terminal_shows(&terminal, "end of data"));
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

/* Return the place of a text on the screen. */
static void
find(const char *text, int *row, int *column)
{
	for (*row = 0; *row < terminal.rows; ++*row) {
		char line[TERMINAL_COLUMNS_MAX * TERMINAL_CELL_SIZE], *at;

		terminal_line(&terminal, *row, line, sizeof line);
		at = strstr(line, text);
		if (at == NULL)
			continue;
		*at = '\0';
		*column = 0;
		/* the characters before it */
		for (const char *c = line; *c != '\0'; c++)
			*column += ((unsigned char)*c & 0xC0) != 0x80;
		return;
	}
	ck_abort_msg("no '%s' in:\n%s", text, terminal_text(&terminal));
}

static struct terminal_cell
cell_at(int row, int column)
{
	struct terminal_cell cell;

	terminal_cell(&terminal, row, column, &cell);
	return cell;
}

/*
 * Count the cells of a colour in columns [from, to) of the rows after the one
 * with a text, up to the axis.
 */
static int
count_cells(int row, int from, int to, int foreground)
{
	int count = 0;

	for (row++; strstr("+-", cell_at(row, from).text) == NULL ||
		strcmp(cell_at(row, from + 1).text, "-") != 0;
		row++)
		for (int column = from; column < to; column++)
			count +=
				cell_at(row, column).foreground == foreground &&
				strcmp(cell_at(row, column).text, " ") != 0;
	return count;
}

/* The line of the end is at two thirds, the data on its left side only. */
START_TEST(the_forecast_begins_at_the_end_of_the_data)
{
	static const char *const losses[] = {"mae", "mixture"};
	char text[2048] = "";
	size_t length = 0;
	int row, column, pane, legend, data, model, fans = 0;

	for (int i = 0; i < 90; i++)
		length += (size_t)snprintf(text + length, sizeof text - length,
			"%d.5\n", i % 9 < 5 ? i % 9 : 9 - i % 9);
	write_here("d.csv", text);
	open_with(&(struct terminal_options){.rows = 40,
		.columns = 120,
		.command.arguments = WORDS("--task", "points", "--data",
			"d.csv", "--framing", "sequence", "--seed", "1",
			"--updates", "200", "--speed", "0", "--ascii", "--loss",
			losses[_i])});
	expect("finished");
	/* "end of data", or only its first word if the drawing is there */
	expect("-end");
	settle();
	find("1 step ahead, forecast", &legend, &column);
	model = cell_at(legend, column - 2).foreground;
	find(": data", &legend, &pane);
	data = cell_at(legend, pane).foreground;
	ck_assert_int_ne(model, data);
	find("-end", &row, &column);
	/* 72 points before it, 36 after it, and a small margin */
	ck_assert_int_lt(abs((column - pane - 4) - 46 * 2 / 3), 4);
	ck_assert_int_gt(count_cells(row, pane + 8, column, data), 20);
	ck_assert_int_eq(count_cells(row, column + 1, column + 12, data), 0);
	ck_assert_int_gt(count_cells(row, pane + 8, column, model), 2);
	ck_assert_int_gt(count_cells(row, column + 1, column + 12, model), 5);
	ck_assert_int_eq(terminal_shows(&terminal, "10-90 % of samples"),
		_i == 1);
	for (int r = row + 1; r < row + 15; r++)
		for (int c = pane; c < column + 12; c++) {
			int ground = cell_at(r, c).background;

			fans += ground != cell_at(r, pane - 1).background;
			ck_assert(c >= column - 1 || fans == 0 ||
				ground == cell_at(r, pane - 1).background);
		}
	ck_assert_int_eq(fans > 0, _i == 1);
	press_and_settle("y");
	ck_assert(!terminal_shows(&terminal, "-end"));
	ck_assert(terminal_shows(&terminal, "last seen"));
	leave();
}
END_TEST

/* Two lines of the data, with the pen lifted between them. */
/* Copy the cells of the Generated pane. */
static void
copy_pane(char text[PANE_ROWS][PANE_COLUMNS][TERMINAL_CELL_SIZE])
{
	int row, column;

	find(" Generated ", &row, &column);
	for (int r = 0; r < PANE_ROWS; r++)
		for (int c = 0; c < PANE_COLUMNS; c++) {
			struct terminal_cell cell =
				cell_at(row + r, column + c);

			snprintf(text[r][c], TERMINAL_CELL_SIZE, "%s",
				cell.text);
		}
}

static void
open_season(const char *const *arguments)
{
	open_with(&(struct terminal_options){.rows = 40,
		.columns = 120,
		.command.arguments = arguments});
	expect("finished");
	settle();
}

/*
 * A forecast that began amid training is not the last: when training ends, the
 * pane shows that of the model that is saved.
 */
START_TEST(the_last_forecast_is_that_of_the_last_model)
{
	static char last[PANE_ROWS][PANE_COLUMNS][TERMINAL_CELL_SIZE],
		opened[PANE_ROWS][PANE_COLUMNS][TERMINAL_CELL_SIZE];

	write_season();
	open_season(WORDS("--data", "d.csv", "--framing", "sequence", "--loss",
		"mixture", "--seed", "1", "--updates", "300", "--learning-rate",
		"0.01", "--speed", "0", MODEL));
	ck_assert(terminal_shows(&terminal, "end of data"));
	copy_pane(last);
	press("w");
	expect("saved " MODEL);
	leave();
	close_terminal();
	open_season(WORDS(MODEL));
	copy_pane(opened);
	ck_assert_msg(memcmp(last, opened, sizeof last) == 0, "%s",
		terminal_text(&terminal));
	leave();
}
END_TEST

START_TEST(strokes_lift_the_pen_on_the_screen)
{
	static const char *const layouts[] = {"points", "strokes"};
	int row, column, data, drawn = 0, gaps = 0, gap = 0;

	write_here("d.csv", "0,0,0\n50,0,1\n-50,60,0\n50,0,1\n");
	open_with(&(struct terminal_options){.rows = 40,
		.columns = 120,
		.command.arguments = WORDS("--task", "points", "--data",
			"d.csv", "--framing", "sequence", "--seed", "1",
			"--updates", "5", "--speed", "0", "--ascii", "--layout",
			layouts[_i])});
	expect("finished");
	settle();
	find(": last seen", &row, &column);
	data = cell_at(row, column).foreground;
	for (int r = row + 1; r < row + 16; r++) {
		int cells = 0;

		for (int c = column; c < 118; c++)
			cells += cell_at(r, c).foreground == data &&
				strchr(":.'", cell_at(r, c).text[0]) != NULL;
		if (cells == 0 && drawn > 0)
			gap++;
		/* empty rows between rows with dots */
		if (cells > 0) {
			gaps += gap;
			gap = 0;
			drawn++;
		}
	}
	ck_assert_int_ge(drawn, 2);
	if (_i == 1)
		ck_assert_int_ge(gaps, 5);
	else
		ck_assert_int_eq(gaps, 0);
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
	suite_add_loop(group, the_forecast_begins_at_the_end_of_the_data, 0, 2);
	tcase_add_test(group, the_last_forecast_is_that_of_the_last_model);
	suite_add_loop(group, strokes_lift_the_pen_on_the_screen, 0, 2);
	tcase_add_test(group, shapes_have_no_choice_of_columns);
	return suite_run(suite);
}
