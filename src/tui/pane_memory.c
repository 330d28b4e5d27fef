/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Memory pane: the states of the units at each step of the sequence shown,
 * the units of the widest range first. The shade of a cell is tanh of its
 * state.
 */
#include <assert.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/translate.h"
#include "tui/app.h"
#include "tui/pane_details.h"
#include "tui/panes.h"
#include "tui/screen.h"
#include "tui/step_text.h"
#include "tui/tour.h"

enum {
	NAME_COLUMNS = 6,
	LEGEND_FROM_ROWS = 6,
	STEP_COLUMNS = 2 /* of points; a character has one */
};

/* What the user scrolled to: units above the first row. */
struct scroll {
	size_t above;
};

/* The steps that are shown: of a text the last ones. */
struct span {
	size_t first, count;
	int columns; /* of a step */
};

static struct span
choose_span(const struct app *app, struct area area)
{
	const struct live_steps *steps = &app->steps;
	struct span span = {0, steps->count, STEP_COLUMNS};
	int room;

	if (app_is_text(app))
		span.columns = 1;
	room = (area.columns - NAME_COLUMNS - 1) / span.columns;
	if (room < 0)
		room = 0;
	if (span.count > (size_t)room) {
		span.count = (size_t)room;
		if (app_is_text(app))
			span.first = steps->count - span.count;
	}
	return span;
}

static int
column_of(const struct span *span, size_t step)
{
	return NAME_COLUMNS + 1 + (int)(step - span->first) * span->columns;
}

static void
draw_character(const struct app *app, uint32_t token, struct area area,
	int column)
{
	char text[STEP_TEXT_SIZE];
	bool is_itself = step_text_sign(text, app, token, 1);

	screen_print(area, 0, column, is_itself ? ROLE_DATA : ROLE_DIM, "%s",
		text);
}

/* Number the steps, or for a text print its characters. */
static void
draw_header(const struct app *app, const struct span *span, struct area area)
{
	const struct live_steps *steps = &app->steps;

	screen_print(area, 0, 1, ROLE_DIM,
		app_is_text(app) ? _("text") : _("step"));
	for (size_t i = span->first; i < span->first + span->count; i++) {
		if (app_is_text(app))
			draw_character(app, steps->token[i], area,
				column_of(span, i));
		else if (i < 9 || (i + 1) % 5 == 0)
			screen_print(area, 0, column_of(span, i), ROLE_DIM,
				"%zu", i + 1);
	}
}

static void
draw_value(struct area area, int row, int column, int columns, double value)
{
	screen_shade(area, row, column, columns,
		theme_signed_role(tanh(value), 1));
}

static void
draw_unit(const struct app *app, const struct span *span,
	const struct live_unit *unit, struct area area, int row)
{
	char name[LIVE_NAME_SIZE];

	live_steps_name(&app->steps, unit, name);
	screen_print(area, row, 1, ROLE_DIM, "%s", name);
	for (size_t i = span->first; i < span->first + span->count; i++)
		draw_value(area, row, column_of(span, i), span->columns,
			unit->values[i]);
}

/* Draw the losses of the steps as bars. */
static void
draw_errors(const struct app *app, const struct span *span, struct area area,
	int row)
{
	const struct live_steps *steps = &app->steps;
	bool has_targets = false;

	for (size_t i = span->first; i < span->first + span->count; i++)
		if (steps->has_target[i]) {
			has_targets = true;
			pane_details_bar(area, row, column_of(span, i),
				live_steps_bar(steps, i));
		}
	if (has_targets)
		screen_print(area, row, 1, ROLE_DIM, _("loss"));
}

/* The colours of the cells: "c: -1 #### 0 #### 1". */
static void
draw_legend(const struct app *app, struct area area, int row)
{
	int column = screen_print(area, row, 1, ROLE_DIM, "%s ",
		app->steps.shows_cells ? "tanh c" : "tanh h");

	column = screen_print(area, row, column, ROLE_DIM, "%s1 ",
		screen_signs()->minus);
	for (int level = -THEME_LEVELS; level <= THEME_LEVELS; level++)
		screen_shade(area, row, column++, 1,
			theme_signed_role(level, THEME_LEVELS));
	screen_print(area, row, column, ROLE_DIM, " 1");
}

/* The unit that the narrator or the tour names; NULL: none. */
static const struct live_unit *
find_named(const struct app *app)
{
	const struct live_steps *steps = &app->steps;
	char wanted[LIVE_NAME_SIZE], name[LIVE_NAME_SIZE];

	if (app->tour != NULL)
		tour_unit(app, wanted);
	else
		snprintf(wanted, sizeof wanted, "%s",
			app->narrator.facts.clock);
	for (size_t i = 0; i < steps->units; i++) {
		live_steps_name(steps, &steps->unit[i], name);
		if (strcmp(name, wanted) == 0)
			return &steps->unit[i];
	}
	return NULL;
}

/*
 * Draw the units, the widest ranges first, from the one after `above` others,
 * and unless the user scrolled the named one in any case.
 */
static void
draw_units(const struct app *app, const struct span *span, struct area area,
	size_t above, int rows)
{
	const struct live_steps *steps = &app->steps;
	const struct live_unit *named = above > 0 ? NULL : find_named(app);

	assert(steps->units == 0 || steps->unit != NULL);
	for (int i = 0; i < rows && above + (size_t)i < steps->units; i++) {
		ptrdiff_t at = (ptrdiff_t)above + i;

		if (i == rows - 1 && named != NULL && named - steps->unit > at)
			at = named - steps->unit;
		draw_unit(app, span, &steps->unit[at], area, 1 + i);
	}
}

/* The rows for units, less those of the header, the legend and the losses. */
static int
unit_rows(const struct app *app, struct area area)
{
	return area.rows - 1 - (area.rows >= LEGEND_FROM_ROWS) -
		!app_is_text(app);
}

/* Return the units above the first row; the last row is never empty. */
static size_t
find_above(const struct app *app, const struct scroll *scroll, struct area area)
{
	size_t units = app->steps.units;
	int rows = unit_rows(app, area);
	size_t most =
		rows > 0 && units > (size_t)rows ? units - (size_t)rows : 0;

	return scroll->above < most ? scroll->above : most;
}

static void
draw(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct live_steps *steps = &app->steps;
	struct span span = choose_span(app, area);
	bool has_legend = area.rows >= LEGEND_FROM_ROWS;
	int rows = area.rows - 1;
	size_t above = find_above(app, own, area);

	if (steps->count == 0)
		return;
	if (has_legend)
		draw_legend(app, area, rows--);
	if (!app_is_text(app))
		draw_errors(app, &span, area, rows--);
	draw_header(app, &span, area);
	draw_units(app, &span, area, above, rows);
	if (rows > 0 && steps->units > (size_t)rows && above > 0)
		snprintf(note, PANE_NOTE_SIZE, _("%zu-%zu of %zu"), above + 1,
			above + (size_t)rows, steps->units);
	else if (rows > 0 && steps->units > (size_t)rows)
		snprintf(note, PANE_NOTE_SIZE, _("%d of %zu by range"), rows,
			steps->units);
}

/* Scroll by units, and never beyond the first or the last. */
static void
turn_wheel(struct app *app, struct area area, int by)
{
	struct scroll *scroll = app_pane_state(app, &pane_memory);
	size_t above = find_above(app, scroll, area);
	size_t units = (size_t)abs(by);

	if (by < 0)
		scroll->above = above > units ? above - units : 0;
	else
		scroll->above = above + units;
	scroll->above = find_above(app, scroll, area);
}

static void
turn_page(struct app *app, struct area area, int by)
{
	int rows = unit_rows(app, area);

	turn_wheel(app, area, by * (rows > 1 ? rows : 1));
}

const struct pane pane_memory = {
	.title = N_("Memory"),
	.help = N_("the states of the units, step by step."),
	.explanation =
		N_("The states of the units at each step of the sequence "
		   "last learnt from, through the present weights; for a "
		   "text, at its last characters. The units that change "
		   "most come first, and one that the narrator names is "
		   "always there; c7 is the cell of unit 7. The last "
		   "row explains the shades of tanh c, from -1 to 1; the "
		   "one above it shows the loss of each step. In a text, "
		   "signs stand for spaces and line ends. The wheel "
		   "scrolls through the units, and PgUp and PgDn when the "
		   "pane is enlarged."),
	.place = &pane_details_memory,
	.state_size = sizeof(struct scroll),
	.prepare = pane_details_prepare,
	.draw = draw,
	.wheel = turn_wheel,
	.page = turn_page,
};
