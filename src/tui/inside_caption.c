/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The line above the keys: the message, or else the legend of the heat maps and
 * a sentence about the memory.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/translate.h"
#include "tui/app.h"
#include "tui/inside.h"
#include "tui/inside_panes.h"
#include "tui/panes.h"
#include "tui/screen.h"

static int
draw_legend(struct area area)
{
	int column = screen_print(area, 0, 1, ROLE_LEGEND, "+ ");

	screen_shade(area, 0, column, 2, theme_signed_role(1, 1));
	column = screen_print(area, 0, column + 3, ROLE_LEGEND, "- ");
	screen_shade(area, 0, column, 2, theme_signed_role(-1, 1));
	column =
		screen_print(area, 0, column + 3, ROLE_LEGEND, _("open gate "));
	screen_shade(area, 0, column, 2, theme_gate_role(1));
	return column + 4;
}

enum { SENTENCE_SIZE = 256 };

/* Say what the same weights do without memory; *brief: the same in short. */
static void
write_cut(const struct app *app, const struct memory_pair *pair,
	char text[SENTENCE_SIZE], const char **brief)
{
	bool has_shape =
		!app_is_text(app) && !isnan(pair->shape_error[MEMORY_CUT]);
	const double *errors = has_shape ? pair->shape_error : pair->step_error;
	char cut[NUMBER_TEXT_SIZE], kept[NUMBER_TEXT_SIZE];
	const char *format;

	*brief = _("Memory cut.");
	if (isnan(errors[MEMORY_CUT]) || isnan(errors[MEMORY_KEPT])) {
		snprintf(text, SENTENCE_SIZE, "%s",
			_("Memory cut: each step starts empty. m gives it "
			  "back."));
		return;
	}
	format = has_shape ? _("Memory cut: error of the drawing %s, with it "
			       "%s. m gives it back.")
		: app_is_text(app)
		? _("Memory cut: loss %s, with it %s. m gives it back.")
		: _("Memory cut: error of a step %s, with it %s. m gives it "
		    "back.");
	snprintf(text, SENTENCE_SIZE, format,
		number_fixed(cut, errors[MEMORY_CUT], 3),
		number_fixed(kept, errors[MEMORY_KEPT], 3));
}

/* Write a sentence that is true of the shown numbers, and a brief one. */
static void
write_sentence(const struct app *app, const struct inspection *inspection,
	char text[SENTENCE_SIZE], const char **brief)
{
	const struct inside *inside = inside_of(app);
	bool carries = false;
	char zeros[NUMBER_TEXT_SIZE], total[NUMBER_TEXT_SIZE];

	for (size_t i = 0; i < inspection->steps && !carries; i++)
		carries = !inspection->step[i].from_zero;
	*brief = _("Each step starts empty.");
	if (carries && inspection->model.shape.cell->has_cell_state) {
		*brief = _("The cells carry what was seen.");
		snprintf(text, SENTENCE_SIZE, "%s",
			_("The cells carry what was seen. m cuts the "
			  "memory."));
	} else if (carries) {
		*brief = _("The units carry what was seen.");
		snprintf(text, SENTENCE_SIZE, "%s",
			_("The units carry what was seen. m cuts the "
			  "memory."));
	} else if (inspection->config.no_memory && app->cuts_memory)
		write_cut(app, &inside->pair, text, brief);
	else if (inspection->config.has_gradient && inside->zeros > 0)
		snprintf(text, SENTENCE_SIZE,
			_("Each step starts empty: %s of %s get no gradient."),
			number_grouped(zeros, inside->zeros),
			number_grouped(total,
				inspection->model.parameters.total));
	else
		snprintf(text, SENTENCE_SIZE,
			_("Each step starts empty: nothing is carried."));
}

static void
draw(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct inspection *inspection = inside_inspection(inside_of(app));
	char text[SENTENCE_SIZE];
	const char *brief;
	int column;

	if (app->message[0] != '\0' || app->count > 0) {
		bar_message.draw(app, own, area, note);
		return;
	}
	if (inspection == NULL)
		return;
	write_sentence(app, inspection, text, &brief);
	if (screen_width(text) + 1 > area.columns)
		snprintf(text, sizeof text, "%s", brief);
	column = area.columns >= 60 ? draw_legend(area) : 1;
	if (column + screen_width(text) > area.columns)
		column = 1;
	if (column == 1)
		screen_clear(area);
	screen_print(area, 0, column, ROLE_NORMAL, "%s", text);
}

const struct pane inside_caption = {
	.place = &(const struct pane_place){.screen_min.rows = PANE_ROWS_LOW},
	.draw = draw,
};
