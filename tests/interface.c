/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "interface.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suite.h"

struct terminal terminal;
static bool is_open;

void
close_terminal(void)
{
	if (is_open)
		terminal_close(&terminal);
	is_open = false;
}

void
open_with(const struct terminal_options *given)
{
	struct terminal_options options = *given;

	options.command.folder = folder;
	terminal_open(&terminal, &options);
	is_open = true;
}

void
open_program(const char *const *arguments)
{
	open_with(&(struct terminal_options){.command.arguments = arguments});
}

void
press(const char *keys)
{
	terminal_type(&terminal, keys);
}

void
expect(const char *text)
{
	ck_assert_msg(terminal_wait_for(&terminal, text, LIMIT_MS),
		"'%s' does not appear:\n%s", text, terminal_text(&terminal));
}

void
expect_gone(const char *text)
{
	ck_assert_msg(terminal_wait_until_gone(&terminal, text, LIMIT_MS),
		"'%s' does not disappear:\n%s", text, terminal_text(&terminal));
}

void
settle(void)
{
	ck_assert_msg(terminal_settle(&terminal, LIMIT_MS),
		"the program does not wait for a key:\n%s",
		terminal_text(&terminal));
	ck_assert_msg(!terminal.is_over,
		"the program exited: status %d, signal %d\n%s",
		terminal.outcome.status, terminal.outcome.signal,
		terminal_text(&terminal));
}

void
press_and_settle(const char *keys)
{
	press(keys);
	settle();
}

void
pause_training(void)
{
	expect("running");
	press(" ");
	expect("paused");
	settle();
}

void
expect_end(int status)
{
	ck_assert_msg(terminal_wait_for_end(&terminal, LIMIT_MS),
		"the program does not exit:\n%s", terminal_text(&terminal));
	ck_assert_msg(terminal.outcome.signal == 0 &&
			terminal.outcome.status == status,
		"status %d, signal %d; expected status %d\n%s",
		terminal.outcome.status, terminal.outcome.signal, status,
		terminal_text(&terminal));
}

/*
 * Return true if the program shows the cursor after it has left the alternate
 * screen, which in some terminals hides the cursor again.
 */
static bool
shows_cursor_last(void)
{
	const char *left = NULL;
	const char *at = terminal.received > 0 ? terminal.transcript : "";

	while ((at = strstr(at, "\033[?1049l")) != NULL)
		left = at++;
	return left == NULL || strstr(left, "\033[?25h") != NULL;
}

void
expect_restored(void)
{
	ck_assert_msg(terminal_is_restored(&terminal),
		"the settings are not restored");
	ck_assert_msg(!terminal.is_alternate,
		"the alternate screen is still on");
	ck_assert_msg(terminal.is_cursor_visible, "the cursor is still hidden");
	ck_assert_msg(shows_cursor_last(),
		"the cursor is not shown after the alternate screen");
	ck_assert_int_eq(terminal.mouse, VTERM_PROP_MOUSE_NONE);
}

/*
 * Whether the program asks a question, which d answers, depends on whether it
 * has trained.
 */
void
leave(void)
{
	press("qd");
	expect_end(0);
	expect_restored();
}

/* Parse a number grouped by thousands that ends where the text ends. */
static bool
read_grouped(const char *text, const char *end, uint64_t *value)
{
	const char *digit = end;

	while (digit > text &&
		(isdigit((unsigned char)digit[-1]) || digit[-1] == ','))
		digit--;
	*value = 0;
	for (const char *at = digit; at < end; at++) {
		if (*at == ',' && (end - at) % 4 != 0)
			return false;
		if (*at != ',')
			*value = 10 * *value + (uint64_t)(*at - '0');
		else if (at == digit)
			return false;
	}
	/* the thousands are grouped: no four digits in a row */
	return end > digit && (*value < 1000 || end[-4] == ',');
}

void
group(char text[32], uint64_t value)
{
	char digits[32];
	int length = snprintf(digits, sizeof digits, "%llu",
		(unsigned long long)value);
	size_t to = 0;

	for (int i = 0; i < length; i++) {
		if (i > 0 && (length - i) % 3 == 0)
			text[to++] = ',';
		text[to++] = digits[i];
	}
	text[to] = '\0';
}

static bool
read_count(struct terminal *from, uint64_t wanted, uint64_t *done)
{
	char goal[40] = "/";
	const char *text = terminal_text(from), *at = text;

	group(goal + 1, wanted);
	while ((at = strstr(at, goal)) != NULL) {
		const char *behind = at + strlen(goal);

		if (!isdigit((unsigned char)*behind) && *behind != ',' &&
			read_grouped(text, at, done))
			return true;
		at = behind;
	}
	return false;
}

uint64_t
count_to(uint64_t wanted)
{
	uint64_t done = 0;

	ck_assert_msg(read_count(&terminal, wanted, &done),
		"no count of %llu updates in:\n%s", (unsigned long long)wanted,
		terminal_text(&terminal));
	return done;
}

uint64_t
count(void)
{
	return count_to(UPDATES_DEFAULT);
}

struct range {
	uint64_t wanted, min, max;
};

static bool
is_in_range(struct terminal *from, void *argument)
{
	const struct range *range = argument;
	uint64_t done;

	return read_count(from, range->wanted, &done) && done >= range->min &&
		done <= range->max;
}

void
expect_count(uint64_t wanted, uint64_t min, uint64_t max)
{
	struct range range = {wanted, min, max};

	ck_assert_msg(terminal_wait(&terminal, is_in_range, &range, LIMIT_MS),
		"the count does not reach %llu to %llu:\n%s",
		(unsigned long long)min, (unsigned long long)max,
		terminal_text(&terminal));
}

void
expect_at_least(uint64_t min)
{
	expect_count(UPDATES_DEFAULT, min, UPDATES_DEFAULT);
}

bool
has_word(const char *text, const char *word)
{
	size_t length = strlen(word);
	const char *at = text;

	while ((at = strstr(at, word)) != NULL) {
		char before = at > text ? at[-1] : ' ', behind = at[length];

		if (!isalnum((unsigned char)before) && before != '\'' &&
			!isalnum((unsigned char)behind) && behind != '\'')
			return true;
		at++;
	}
	return false;
}

void
line_with(const char *first, const char *second, char line[TEXT_SIZE])
{
	for (int row = 0; row < terminal.rows; row++) {
		terminal_line(&terminal, row, line, TEXT_SIZE);
		if (strstr(line, first) != NULL && strstr(line, second) != NULL)
			return;
	}
	line[0] = '\0';
}
/* Strokes of a box, in the four styles of Unicode. */
enum stroke {
	STROKE_NONE,
	STROKE_LEVEL,
	STROKE_UPRIGHT,
	STROKE_UPPER_LEFT,
	STROKE_UPPER_RIGHT,
	STROKE_LOWER_LEFT,
	STROKE_LOWER_RIGHT
};

static enum stroke
stroke_of(const char *text)
{
	static const struct {
		enum stroke stroke;
		const char *glyphs[7];
	} strokes[] = {
		{STROKE_LEVEL, {"─", "━", "═", "┬", "┴", "┼"}},
		{STROKE_UPRIGHT, {"│", "┃", "║", "├", "┤", "┼"}},
		{STROKE_UPPER_LEFT, {"┌", "┏", "╔", "╭"}},
		{STROKE_UPPER_RIGHT, {"┐", "┓", "╗", "╮"}},
		{STROKE_LOWER_LEFT, {"└", "┗", "╚", "╰"}},
		{STROKE_LOWER_RIGHT, {"┘", "┛", "╝", "╯"}},
	};

	for (size_t i = 0; i < sizeof strokes / sizeof strokes[0]; i++)
		for (int k = 0; strokes[i].glyphs[k] != NULL; k++)
			if (strcmp(strokes[i].glyphs[k], text) == 0)
				return strokes[i].stroke;
	return STROKE_NONE;
}

struct strokes {
	int rows, columns;
	enum stroke at[TERMINAL_ROWS_MAX][TERMINAL_COLUMNS_MAX];
	bool is_taken[TERMINAL_ROWS_MAX][TERMINAL_COLUMNS_MAX];
};

static void
read_strokes(const struct terminal *from, struct strokes *strokes)
{
	memset(strokes, 0, sizeof *strokes);
	strokes->rows = from->rows;
	strokes->columns = from->columns;
	for (int row = 0; row < from->rows; row++)
		for (int column = 0; column < from->columns; column++) {
			struct terminal_cell cell;

			terminal_cell(from, row, column, &cell);
			strokes->at[row][column] = stroke_of(cell.text);
		}
}

/*
 * Return true if a complete box has its upper left corner here, and mark its
 * cells as taken. Its upper and lower edges may contain titles, but no corner
 * of another box. Return false if a cell was taken already.
 */
static bool
take_box(struct strokes *strokes, int top, int left)
{
	int right = left + 1, bottom = top + 1;

	while (right < strokes->columns &&
		strokes->at[top][right] < STROKE_UPPER_LEFT)
		right++;
	if (right == strokes->columns ||
		strokes->at[top][right] != STROKE_UPPER_RIGHT)
		return false;
	while (bottom < strokes->rows &&
		strokes->at[bottom][left] == STROKE_UPRIGHT &&
		strokes->at[bottom][right] == STROKE_UPRIGHT)
		bottom++;
	if (bottom == strokes->rows ||
		strokes->at[bottom][left] != STROKE_LOWER_LEFT ||
		strokes->at[bottom][right] != STROKE_LOWER_RIGHT)
		return false;
	for (int column = left + 1; column < right; column++)
		if (strokes->at[bottom][column] >= STROKE_UPPER_LEFT)
			return false;
	for (int row = top; row <= bottom; row++)
		for (int column = left; column <= right; column++) {
			if (strokes->is_taken[row][column])
				return false;
			strokes->is_taken[row][column] = true;
		}
	return true;
}

/*
 * Return true if every upper left corner begins a complete box, boxes do not
 * overlap, and no other corners exist. A box may contain axes; a screen too
 * small for boxes may contain only axes.
 */
bool
boxes_are_whole(const struct terminal *from)
{
	static struct strokes strokes;
	int boxes = 0;

	read_strokes(from, &strokes);
	for (int row = 0; row < strokes.rows; row++)
		for (int column = 0; column < strokes.columns; column++)
			if (strokes.at[row][column] == STROKE_UPPER_LEFT) {
				if (!take_box(&strokes, row, column))
					return false;
				boxes++;
			}
	if (boxes == 0)
		return true;
	for (int row = 0; row < strokes.rows; row++)
		for (int column = 0; column < strokes.columns; column++)
			if (strokes.at[row][column] > STROKE_UPPER_LEFT &&
				!strokes.is_taken[row][column])
				return false;
	return true;
}

bool
box_is_in_the_middle(const struct terminal *from)
{
	static struct strokes strokes;
	int middle = from->rows / 2, centre = from->columns / 2;

	read_strokes(from, &strokes);
	for (int row = 0; row < middle; row++)
		for (int column = 0; column < centre; column++)
			if (strokes.at[row][column] == STROKE_UPPER_LEFT) {
				memset(strokes.is_taken, 0,
					sizeof strokes.is_taken);
				if (take_box(&strokes, row, column) &&
					strokes.is_taken[middle][centre])
					return true;
			}
	return false;
}

void
expect_good_screen(struct terminal *from)
{
	ck_assert_msg(!from->is_over, "%d x %d: status %d, signal %d",
		from->columns, from->rows, from->outcome.status,
		from->outcome.signal);
	ck_assert_msg(boxes_are_whole(from), "%d x %d:\n%s", from->columns,
		from->rows, terminal_text(from));
	if (from->rows >= 24 && from->columns >= 80) {
		uint64_t done;

		ck_assert_msg(terminal_shows(from, "Loss") &&
				terminal_shows(from, "Generated") &&
				terminal_shows(from, "Training") &&
				terminal_shows(from, "paused") &&
				read_count(from, UPDATES_DEFAULT, &done),
			"%d x %d:\n%s", from->columns, from->rows,
			terminal_text(from));
	}
}

TCase *
add_screen_case(Suite *suite, const char *name)
{
	TCase *tcase = add_case(suite, name);

	tcase_add_checked_fixture(tcase, NULL, close_terminal);
	return tcase;
}
