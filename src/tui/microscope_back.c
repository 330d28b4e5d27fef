/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Looks back pane of the microscope: how far back the network looked at the
 * character under the cursor.
 */
#include <math.h>
#include <stdio.h>

#include "base/translate.h"
#include "inspect/text_expected.h"
#include "tui/app.h"
#include "tui/microscope.h"
#include "tui/microscope_panes.h"
#include "tui/pane_details.h"
#include "tui/screen.h"

enum { HALF_COLUMNS = 57 /* of a pane for the long sentence */ };

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

static void
draw_half(const struct app *app, const struct microscope_result *result,
	struct area area)
{
	const char *noun = _(run_settings(app->session->run)->tokens->noun);
	size_t half = text_expected_half(result->back, result->backs);
	int row = area.rows > 2 ? 2 : area.rows - 1;
	bool is_wide = area.columns >= HALF_COLUMNS;
	bool has_words = run_settings(app->session->run)->tokens->has_words;

	if (half == 0)
		screen_print(area, row, 1, ROLE_DIM,
			_("no %s before it has an effect"), noun);
	else if (!is_wide)
		screen_print(area, row, 1, ROLE_NORMAL,
			translate_count("half of the influence: the last one",
				"half of the influence: the last %zu", half),
			half);
	else if (has_words)
		screen_print(area, row, 1, ROLE_NORMAL,
			translate_count("half of the influence comes from the "
					"last token",
				"half of the influence comes from the last "
				"%zu tokens",
				half),
			half);
	else
		screen_print(area, row, 1, ROLE_NORMAL,
			translate_count("half of the influence comes from the "
					"last character",
				"half of the influence comes from the last "
				"%zu characters",
				half),
			half);
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
	snprintf(note, PANE_NOTE_SIZE, _("%s log p / %s x"),
		screen_tier() == CANVAS_BRAILLE ? "∂" : "d",
		screen_tier() == CANVAS_BRAILLE ? "∂" : "d");
	if (area.rows > 2)
		draw_strengths(app, result, area);
	draw_half(app, result, area);
}

static const struct pane_place back_place = {
	.band = "character",
	.priority = 20,
	.min = {3, 38},
	.preferred = {5, 40},
	.rows = microscope_character_rows,
};

const struct pane microscope_back = {
	.title = N_("Looks back"),
	.help = N_("how far back the network looked at the cursor."),
	.explanation =
		N_("How much the probability of the character under the cursor "
		   "changes with each character before it: the norm of the "
		   "derivative of its logarithm by the input, as bars relative "
		   "to the largest, and the number of the last characters that "
		   "have half of the sum."),
	.place = &back_place,
	.draw = draw_back,
};
