/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The first line of the inside view: the run, and the place of the cursor.
 */
#include <stdio.h>

#include "base/number.h"
#include "base/translate.h"
#include "tui/app.h"
#include "tui/bar_title.h"
#include "tui/inside.h"
#include "tui/inside_panes.h"
#include "tui/moves.h"
#include "tui/screen.h"

/* Columns for the update, the unit and the step. */
enum { CURSOR_COLUMNS = 52 };

/* A number that two actions change. */
struct choice {
	const char *name;
	const struct action *less, *more;
};

static const struct choice choice_of_unit = {N_("unit"), &move_up, &move_down};
static const struct choice choice_of_step = {N_("step"), &move_back, &move_on};
static const struct choice choice_of_layer = {N_("layer"), &move_layer,
	&move_layer};

/* Print "unit < 3 >" with a blank before it; return the next column. */
static int
draw_choice(struct area area, int column, const struct choice *choice,
	size_t number, const char *after)
{
	const char *name = _(choice->name);
	const struct screen_signs *signs = screen_signs();
	char text[96];

	snprintf(text, sizeof text, "%s %s %zu %s%s", name, signs->less, number,
		signs->more, after);
	if (column + 2 + screen_width(text) > area.columns)
		return area.columns;
	column = screen_print(area, 0, column + 2, ROLE_DIM, "%s ", name);
	screen_link(area, 0, column, 1, choice->less);
	column = screen_print(area, 0, column, ROLE_DIM, "%s ", signs->less);
	column = screen_print(area, 0, column, ROLE_BRIGHT, "%zu", number);
	screen_link(area, 0, column + 1, 1, choice->more);
	return screen_print(area, 0, column, ROLE_DIM, " %s%s", signs->more,
		after);
}

/* Print the text and a separator unless the cursor needs the room. */
static int
draw_part(struct area area, int column, const char *text)
{
	const char *separator = screen_signs()->separator;

	if (column + screen_width(text) + CURSOR_COLUMNS > area.columns)
		return column;
	return screen_print(area, 0, column, ROLE_NORMAL, "%s %s ", text,
		separator);
}

static int
draw_run(const struct app *app, struct area area, int column)
{
	const struct run *run = app->session->run;
	const struct model_shape *shape = &run_model(run)->shape;
	char layers[64], number[NUMBER_TEXT_SIZE];

	snprintf(layers, sizeof layers, "%s(%zu%s)", shape->cell->type,
		shape->units[0], shape->layers > 1 ? ", ..." : "");
	column = draw_part(area, column, run_task(run)->kind.name);
	column = draw_part(area, column, run_settings(run)->framing->kind.name);
	column = draw_part(area, column, layers);
	return screen_print(area, 0, column, ROLE_NORMAL, _("update %s"),
		number_grouped(number, run_updates(run)));
}

static void
draw(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct inside *inside = inside_of(app);
	const struct inspection *inspection = inside_inspection(inside);
	struct area left = bar_title_state(app, area);
	char after[64] = "", number[NUMBER_TEXT_SIZE];
	int column = screen_print(left, 0, 1, ROLE_BRIGHT, "%s  ", _("inside"));

	(void)own;
	(void)note;
	column = draw_run(app, left, column);
	if (inspection == NULL)
		return;
	column = draw_choice(left, column, &choice_of_unit, inside->unit + 1,
		"");
	if (inspection->steps > 1)
		snprintf(after, sizeof after, _(" of %s"),
			number_grouped(number, inspection->steps));
	column = draw_choice(left, column, &choice_of_step, inside->step + 1,
		after);
	if (inspection->model.shape.layers > 1)
		draw_choice(left, column, &choice_of_layer, inside->layer + 1,
			"");
}

const struct pane inside_title = {
	.place = &(const struct pane_place){0},
	.draw = draw,
};
