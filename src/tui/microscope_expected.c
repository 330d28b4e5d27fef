/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Expected pane of the microscope: what the network expected at the
 * character under the cursor, with its memory and without.
 */
#include <stdio.h>

#include "base/number.h"
#include "base/translate.h"
#include "inspect/text_expected.h"
#include "tui/app.h"
#include "tui/microscope.h"
#include "tui/microscope_panes.h"
#include "tui/screen.h"
#include "tui/step_text.h"

enum {
	TOKEN_COLUMNS = 7,
	TOKEN_COLUMNS_MIN = 5,
	WORD_COLUMNS = STEP_TEXT_WORD + 3, /* of a token that may be a word */
	PERCENT_COLUMNS = 7,
	TRUE_COLUMNS = 7,     /* the mark of the true character */
	TRUE_COLUMNS_MIN = 2, /* its sign alone */
	BAR_COLUMNS_MIN = 3,
	/* of a side for its longest names and marks */
	ROOMY_COLUMNS = 27,
	/* of a pane for both sides of the memory */
	SIDES_ROWS = 4,
	SIDES_COLUMNS = 36,
	REST_SIZE = 192
};

/* What is expected with memory or without. */
struct side {
	const char *name;
	bool is_shown; /* the rest of the view is of this side */
	struct text_expected expected;
};

/* Measure the sides, with memory first; return 1 if there is no memory. */
static int
measure_sides(const struct microscope_result *result, size_t step,
	struct side side[2])
{
	bool cut = result->has_memory && result->no_memory;

	side[0].name = "with memory";
	side[1].name = "without memory";
	side[cut].is_shown = true;
	side[!cut].is_shown = false;
	text_expected_measure(&side[cut].expected, &result->inspection, step);
	if (!result->has_memory)
		return 1;
	text_expected_measure(&side[!cut].expected, &result->other, step);
	return 2;
}

static void
draw_bar(struct area area, int row, int column, int columns,
	enum screen_role role, double part)
{
	int length = columns < BAR_COLUMNS_MIN ? 0 : number_int(part * columns);

	for (int i = 0; i < length; i++)
		screen_print(area, row, column + i, role, "%s",
			screen_signs()->block);
}

static int
token_columns(const struct app *app, bool is_roomy)
{
	if (run_vocabulary(app->session->run)->words.count > 0)
		return WORD_COLUMNS;
	return is_roomy ? TOKEN_COLUMNS : TOKEN_COLUMNS_MIN;
}

/* A character, its probability as number and bar, and whether it is true. */
static void
draw_token(const struct app *app, struct area area, int row, uint32_t token,
	double probability, bool is_true)
{
	enum screen_role role = is_true ? ROLE_DATA : ROLE_MODEL;
	bool is_roomy = area.columns >= ROOMY_COLUMNS;
	char text[STEP_TEXT_SIZE];
	int column = 1 + token_columns(app, is_roomy), mark;

	screen_print(area, row, 1, role, "%s",
		step_text_token(text, app, token));
	screen_print(area, row, column, role, "%4.*f %%",
		probability < 0.0995 ? 1 : 0, 100 * probability);
	column += PERCENT_COLUMNS;
	mark = is_roomy ? area.columns - TRUE_COLUMNS : column;
	if (is_true)
		screen_print(area, row, mark, ROLE_DATA, "%s%s",
			screen_signs()->less, is_roomy ? _(" true") : "");
	if (!is_roomy)
		column += TRUE_COLUMNS_MIN;
	draw_bar(area, row, column,
		(is_roomy ? mark : area.columns) - column - 1, role,
		probability);
}

/* The likeliest characters from a row on, and the true one. */
static void
draw_tokens(const struct app *app, const struct text_expected *expected,
	struct area area, int row)
{
	bool has_true = false;

	for (size_t i = 0; i < expected->count; i++) {
		bool is_true = expected->has_truth &&
			expected->token[i] == expected->truth;

		/* the last row is that of the true character */
		if (row == area.rows - 1 && expected->has_truth && !is_true &&
			!has_true)
			break;
		draw_token(app, area, row++, expected->token[i],
			expected->probability[i], is_true);
		has_true |= is_true;
	}
	if (expected->has_truth && !has_true)
		draw_token(app, area, row, expected->truth,
			expected->truth_probability, true);
}

/* The name of a side, and the place of the true character if it fits. */
static void
draw_name(const struct side *side, struct area area, int row)
{
	const struct text_expected *expected = &side->expected;
	enum screen_role role = side->is_shown ? ROLE_BRIGHT : ROLE_NORMAL;
	int column = screen_print(area, row, 1, role, "%s", _(side->name));

	if (expected->has_truth && expected->rank > 1 &&
		area.columns >= ROOMY_COLUMNS)
		screen_print(area, row, column, ROLE_NORMAL,
			_(", %zu likelier"), expected->rank - 1);
}

/*
 * The true character and its surprise, with memory and without or, where there
 * is one side, whether others are likelier.
 */
static void
draw_surprise(const struct app *app, const struct side *side, int sides,
	struct area area)
{
	const struct side *other = &side[side[0].is_shown];
	const struct text_expected *expected =
		&side[!side[0].is_shown].expected;
	char text[STEP_TEXT_SIZE], bits[NUMBER_TEXT_SIZE], rest[REST_SIZE];
	char other_bits[NUMBER_TEXT_SIZE];
	char long_text[REST_SIZE];
	int column;

	if (!expected->has_truth) {
		const char *all = _("what comes next, with its probability");

		screen_print(area, 0, 1, ROLE_NORMAL, "%s",
			1 + screen_width(all) <= area.columns
				? all
				: _("what comes next"));
		return;
	}
	column = screen_print(area, 0, 1, ROLE_DATA, "%s",
		step_text_token(text, app, expected->truth));
	number_fixed(bits, expected->bits, 2);
	if (sides == 2)
		snprintf(rest, sizeof rest, ", %s %s", _(other->name),
			number_fixed(other_bits, other->expected.bits, 2));
	else if (expected->rank == 1)
		snprintf(rest, sizeof rest, _(", the likeliest"));
	else
		snprintf(rest, sizeof rest,
			translate_count(", %zu is likelier",
				", %zu are likelier", expected->rank - 1),
			expected->rank - 1);
	snprintf(long_text, sizeof long_text, _(" surprises by %s bits"), bits);
	snprintf(text, sizeof text, _(": %s bits"), bits);
	column = screen_print(area, 0, column, ROLE_BRIGHT, "%s",
		column + screen_width(long_text) + screen_width(rest) <=
				area.columns
			? long_text
			: text);
	/* a number that is cut off would be another number */
	if (column + screen_width(rest) <= area.columns)
		screen_print(area, 0, column, ROLE_NORMAL, "%s", rest);
}

static void
draw_expected(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct microscope *microscope = microscope_of(app);
	const struct microscope_result *result = microscope_result(microscope);
	struct side side[2];
	size_t step;
	int sides;

	(void)own;
	(void)note;
	if (result == NULL)
		return;
	step = microscope_step(result, microscope->at);
	if (step == INSPECTION_NONE) {
		screen_print(area, 0, 1, ROLE_DIM, "%s",
			microscope->at == 0
				? _("nothing was read before it")
				: _("the framing does not predict it"));
		return;
	}
	sides = measure_sides(result, step, side);
	draw_surprise(app, side, sides, area);
	if (sides == 1 || area.rows < SIDES_ROWS ||
		area.columns < SIDES_COLUMNS) {
		draw_tokens(app, &side[!side[0].is_shown].expected, area, 1);
		return;
	}
	for (int i = 0; i < sides; i++) {
		struct area part = area;

		part.columns = (area.columns - 1) / 2;
		part.column += i * (part.columns + 1);
		draw_name(&side[i], part, 1);
		draw_tokens(app, &side[i].expected, part, 2);
	}
}

int
microscope_character_rows(const struct app *app, int rows, int columns)
{
	int wanted = rows * 2 / 5;

	(void)app;
	(void)columns;
	return wanted < 3 ? 3 : wanted > 10 ? 10 : wanted;
}

static const struct pane_place expected_place = {
	.band = "character",
	.priority = 30,
	.min = {3, 34},
	.preferred = {10, 40},
	.rows = microscope_character_rows,
};

const struct pane microscope_expected = {
	.title = N_("Expected"),
	.help = N_("what the network expected at the cursor."),
	.explanation = N_(
		"The five characters that were likeliest before the one under "
		"the cursor was read, with their probabilities, and the true "
		"one: on the left with memory, on the right what the same "
		"weights expect without it, when every step starts from an "
		"empty state. Its surprise is -log2 of its probability: 1 bit "
		"for one half, 2 for a quarter."),
	.place = &expected_place,
	.draw = draw_expected,
};
