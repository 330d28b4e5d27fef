/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Units pane of the microscope: the units of a layer, those first that tell
 * most about the text.
 */
#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "base/translate.h"
#include "tui/app.h"
#include "tui/inside.h"
#include "tui/microscope.h"
#include "tui/microscope_panes.h"
#include "tui/screen.h"

enum { BAR_COLUMNS = 38 }; /* the first column that a bar may have */

static void
draw_unit(const struct microscope_unit *unit, bool is_current, bool is_long,
	struct area area, int row)
{
	char number[NUMBER_TEXT_SIZE];
	int width = area.columns - BAR_COLUMNS - 1;

	if (is_current)
		screen_print(area, row, 0, ROLE_MODEL, "%s",
			screen_signs()->more);
	screen_print(area, row, 1, is_current ? ROLE_BRIGHT : ROLE_DIM, "%4zu",
		unit->number + 1);
	if (unit->correlation == 0) {
		if (is_long)
			screen_print(area, row, 12, ROLE_DIM,
				_("hardly changes"));
		return;
	}
	screen_print(area, row, 6, ROLE_NORMAL, "%5s",
		number_fixed(number, unit->correlation, 2));
	screen_print(area, row, 12, is_current ? ROLE_BRIGHT : ROLE_NORMAL,
		"%s", _(text_feature_name(unit->feature)));
	if (width > 1)
		screen_shade(area, row, BAR_COLUMNS,
			number_int(fabs(unit->correlation) * width),
			theme_signed_role(unit->correlation > 0 ? 1 : -1, 1));
}

static void
draw(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct microscope *microscope = microscope_of(app);
	const struct microscope_result *result = microscope_result(microscope);
	size_t units, first, rows = (size_t)area.rows;

	(void)own;
	if (result == NULL)
		return;
	if (result->excerpt.count < MICROSCOPE_TELLING)
		snprintf(note, PANE_NOTE_SIZE, _("too short a text to tell"));
	else
		snprintf(note, PANE_NOTE_SIZE, _("correlation with tanh %s"),
			microscope_state_name(&result->inspection));
	units = result->inspection.model.shape.units[microscope->layer];
	first = inside_first(microscope_rank(microscope), rows, units);
	for (size_t i = 0; i < rows && first + i < units; i++) {
		const struct microscope_unit *unit =
			&result->unit[microscope->layer][first + i];

		draw_unit(unit, unit->number == microscope->unit,
			result->excerpt.count >= MICROSCOPE_TELLING, area,
			(int)i);
	}
}

/* A click selects a unit. */
static bool
click(struct app *app, struct area area, int row, int column)
{
	struct microscope *microscope = microscope_of(app);
	const struct microscope_result *result = microscope_result(microscope);
	size_t units;

	(void)column;
	if (result == NULL)
		return true;
	units = result->inspection.model.shape.units[microscope->layer];
	microscope_select(microscope,
		inside_first(microscope_rank(microscope), (size_t)area.rows,
			units) +
			(size_t)row);
	return true;
}

static int
wanted_columns(const struct app *app, int rows, int columns)
{
	(void)app;
	(void)rows;
	return columns >= 140 ? 52 : 40;
}

static const struct pane_place place = {
	.band = "text",
	.priority = 15,
	.screen_min = {16, 90},
	.min = {3, 40},
	.preferred = {8, 40},
	.columns = wanted_columns,
};

const struct pane microscope_units = {
	.title = N_("Units"),
	.help = N_("the units that tell most about the text."),
	.explanation =
		N_("The units of a layer, each with the simple feature of the "
		   "text whose correlation with tanh of its state is the "
		   "largest: in a word, position in the word or in the line, "
		   "just after a line's start, in quotation marks or brackets, "
		   "a capital, a vowel. The largest come first."),
	.place = &place,
	.draw = draw,
	.click = click,
};
