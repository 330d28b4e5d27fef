/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The panes of the microscope for the character under the cursor: what the
 * network expected there, and how far back it looked.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "inspect/text_expected.h"
#include "tui/app.h"
#include "tui/inside.h"
#include "tui/microscope.h"
#include "tui/microscope_panes.h"
#include "tui/pane_details.h"
#include "tui/screen.h"
#include "tui/step_text.h"

enum {
	TOKEN_COLUMNS = 7,
	PERCENT_COLUMNS = 7,
	TRUE_COLUMNS = 7, /* the mark of the true character */
	/* of a pane for the long sentences */
	LONG_COLUMNS = 48,
	HALF_COLUMNS = 57
};

static void
draw_bar(struct area area, int row, int column, int columns,
	enum screen_role role, double part)
{
	int length = number_int(part * columns);

	for (int i = 0; i < length; i++)
		screen_print(area, row, column + i, role, "%s",
			screen_signs()->block);
}

/* A character, its probability as number and bar, and whether it is true. */
static void
draw_token(const struct app *app, struct area area, int row, uint32_t token,
	double probability, bool is_true)
{
	enum screen_role role = is_true ? ROLE_DATA : ROLE_MODEL;
	char text[STEP_TEXT_SIZE];
	int column = 1 + TOKEN_COLUMNS + PERCENT_COLUMNS;

	screen_print(area, row, 1, role, "%s",
		step_text_token(text, app, token));
	screen_print(area, row, 1 + TOKEN_COLUMNS, role, "%4.*f %%",
		probability < 0.0995 ? 1 : 0, 100 * probability);
	draw_bar(area, row, column, area.columns - column - TRUE_COLUMNS - 1,
		role, probability);
	if (is_true)
		screen_print(area, row, area.columns - TRUE_COLUMNS, ROLE_DATA,
			"%s true", screen_signs()->less);
}

/* The true character in one line, for a pane of one row. */
static void
draw_surprise(const struct app *app, const struct text_expected *expected,
	struct area area)
{
	char text[STEP_TEXT_SIZE], number[NUMBER_TEXT_SIZE];
	int column;

	if (!expected->has_truth) {
		screen_print(area, 0, 1, ROLE_NORMAL,
			"what comes next, with its probability");
		return;
	}
	column = screen_print(area, 0, 1, ROLE_DATA, "%s",
		step_text_token(text, app, expected->truth));
	column = screen_print(area, 0, column, ROLE_NORMAL, "%s",
		area.columns < LONG_COLUMNS ? ": " : " surprises by ");
	column = screen_print(area, 0, column, ROLE_BRIGHT, "%s bits",
		number_fixed(number, expected->bits, 2));
	if (expected->rank == 1)
		screen_print(area, 0, column, ROLE_NORMAL, ", the likeliest");
	else
		screen_print(area, 0, column, ROLE_NORMAL, ", %zu %s likelier",
			expected->rank - 1, expected->rank == 2 ? "is" : "are");
}

static void
draw_expected(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct microscope *microscope = microscope_of(app);
	const struct microscope_result *result = microscope_result(microscope);
	struct text_expected expected;
	size_t step;
	bool has_true = false;
	int row = 1;

	(void)own;
	(void)note;
	if (result == NULL)
		return;
	step = microscope_step(result, microscope->at);
	if (step == INSPECTION_NONE) {
		screen_print(area, 0, 1, ROLE_DIM, "%s",
			microscope->at == 0
				? "nothing was read before it"
				: "the framing does not predict it");
		return;
	}
	text_expected_measure(&expected, &result->inspection, step);
	draw_surprise(app, &expected, area);
	for (size_t i = 0; i < expected.count; i++) {
		bool is_true = expected.has_truth &&
			expected.token[i] == expected.truth;

		/* the last row is that of the true character */
		if (row == area.rows - 1 && expected.has_truth && !is_true &&
			!has_true)
			break;
		draw_token(app, area, row++, expected.token[i],
			expected.probability[i], is_true);
		has_true |= is_true;
	}
	if (expected.has_truth && !has_true)
		draw_token(app, area, row, expected.truth,
			expected.truth_probability, true);
}

static int
wanted_rows(const struct app *app, int rows, int columns)
{
	int wanted = rows * 2 / 5;

	(void)app;
	(void)columns;
	return wanted < 3 ? 3 : wanted > 9 ? 9 : wanted;
}

static const struct pane_place expected_place = {
	.band = "character",
	.priority = 30,
	.min = {3, 34},
	.preferred = {9, 40},
	.rows = wanted_rows,
};

const struct pane microscope_expected = {
	.title = "Expected",
	.help = "what the network expected at the cursor.",
	.explanation =
		"The five characters that were likeliest before the one under "
		"the cursor was read, with their probabilities, and the true "
		"one. Its surprise is -log2 of its probability: 1 bit for one "
		"half, 2 for a quarter.",
	.place = &expected_place,
	.draw = draw_expected,
};

/* ---------------------------------------------------------------------- */

/* A character before the cursor, and the strength of its effect as a bar. */
static void
draw_strengths(const struct app *app, const struct microscope_result *result,
	struct area area)
{
	size_t room = area.columns > 4 ? (size_t)area.columns - 4 : 0;
	size_t count = result->backs < room ? result->backs : room;
	size_t first = result->excerpt.first + result->back_at - count;
	double max = 0;
	int column = 1;

	for (size_t i = 0; i < result->backs; i++)
		max = fmax(max, result->back[i]);
	for (size_t i = 0; i < count; i++) {
		char text[MICROSCOPE_GLYPH_SIZE];
		int width = microscope_glyph(app,
			result->excerpt.token[first + i], text);

		if (column + width > area.columns - 2)
			break;
		screen_print(area, 0, column, ROLE_NORMAL, "%s", text);
		pane_details_bar(area, 1, column,
			result->back[result->backs - count + i] / max);
		column += width;
	}
	if (result->back_at < result->excerpt.count) {
		char text[MICROSCOPE_GLYPH_SIZE];

		microscope_glyph(app,
			result->excerpt
				.token[result->excerpt.first + result->back_at],
			text);
		screen_print(area, 0, column, ROLE_SELECTED, "%s", text);
	}
}

#define HALF "half of the influence"

static void
draw_half(const struct microscope_result *result, struct area area)
{
	size_t half = text_expected_half(result->back, result->backs);
	int row = area.rows > 2 ? 2 : area.rows - 1;
	bool is_wide = area.columns >= HALF_COLUMNS;

	if (half == 0)
		screen_print(area, row, 1, ROLE_DIM,
			"no character before it has an effect");
	else if (half == 1)
		screen_print(area, row, 1, ROLE_NORMAL, "%s %s",
			is_wide ? HALF " comes from" : HALF ":",
			is_wide ? "the last character" : "the last");
	else
		screen_print(area, row, 1, ROLE_NORMAL, "%s the last %zu%s",
			is_wide ? HALF " comes from" : HALF ":", half,
			is_wide ? " characters" : "");
}

static void
draw_back(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct microscope *microscope = microscope_of(app);
	const struct microscope_result *result = microscope_result(microscope);

	(void)own;
	if (result == NULL || result->back_at != microscope->at ||
		result->backs == 0)
		return;
	snprintf(note, PANE_NOTE_SIZE, "%s log p / %s x",
		screen_tier() == CANVAS_BRAILLE ? "∂" : "d",
		screen_tier() == CANVAS_BRAILLE ? "∂" : "d");
	if (area.rows > 2)
		draw_strengths(app, result, area);
	draw_half(result, area);
}

static const struct pane_place back_place = {
	.band = "character",
	.priority = 20,
	.min = {3, 38},
	.preferred = {5, 40},
	.rows = wanted_rows,
};

const struct pane microscope_back = {
	.title = "Looks back",
	.help = "how far back the network looked at the cursor.",
	.explanation =
		"How much the probability of the character under the cursor "
		"changes with each character before it: the norm of the "
		"derivative of its logarithm by the input, as bars relative "
		"to the largest, and the number of the last characters that "
		"have half of the sum.",
	.place = &back_place,
	.draw = draw_back,
};
