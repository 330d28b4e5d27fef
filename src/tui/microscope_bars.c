/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The bars of the microscope: the run with the selected unit and what it tells,
 * and the message or the legend with the mean surprise.
 */
#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "base/translate.h"
#include "tui/app.h"
#include "tui/bar_title.h"
#include "tui/microscope.h"
#include "tui/microscope_panes.h"
#include "tui/panes.h"
#include "tui/screen.h"

enum {
	UNIT_COLUMNS = 48,
	FEATURE_COLUMNS = 32, /* of the feature and the correlation */
	WIDE_COLUMNS = 60,    /* of a screen that has room for the legend */
	SENTENCE_SIZE = 400
};

/* Print the text and a separator unless the unit needs the room. */
static int
draw_part(struct area area, int column, const char *text)
{
	if (column + screen_width(text) + 3 + UNIT_COLUMNS > area.columns)
		return column;
	return screen_print(area, 0, column, ROLE_NORMAL, "%s %s ", text,
		screen_signs()->separator);
}

static int
draw_run(const struct app *app, const struct microscope_result *result,
	struct area area, int column)
{
	const struct run *run = app->session->run;
	const struct model_shape *shape = &run_model(run)->shape;
	char text[96], number[NUMBER_TEXT_SIZE];

	snprintf(text, sizeof text, "%s(%zu%s)", shape->cell->type,
		shape->units[0], shape->layers > 1 ? ", ..." : "");
	column = draw_part(area, column, text);
	snprintf(text, sizeof text, _("update %s"),
		number_grouped(number,
			result != NULL ? result->updates : run_updates(run)));
	column = draw_part(area, column, text);
	return draw_part(area, column, run_settings(run)->framing->kind.name);
}

/* Print "unit < 31 >: in a word, -0.67". */
static void
draw_unit(const struct microscope *microscope,
	const struct microscope_result *result, struct area area, int column)
{
	const struct screen_signs *signs = screen_signs();
	const struct microscope_unit *unit =
		&result->unit[microscope->layer][microscope_rank(microscope)];
	char number[NUMBER_TEXT_SIZE];

	if (result->inspection.model.shape.layers > 1) {
		column = screen_print(area, 0, column, ROLE_DIM, "%s %s ",
			_("layer"), signs->less);
		column = screen_print(area, 0, column, ROLE_BRIGHT, "%zu",
			microscope->layer + 1);
		column = screen_print(area, 0, column, ROLE_DIM, " %s ",
			signs->more);
	}
	column = screen_print(area, 0, column, ROLE_DIM, "%s %s ", _("unit"),
		signs->less);
	column = screen_print(area, 0, column, ROLE_BRIGHT, "%zu",
		microscope->unit + 1);
	column = screen_print(area, 0, column, ROLE_DIM, " %s", signs->more);
	if (unit->correlation == 0)
		return;
	column = screen_print(area, 0, column, ROLE_NORMAL, ": ");
	if (column + FEATURE_COLUMNS <= area.columns)
		column = screen_print(area, 0, column, ROLE_NORMAL, "%s, ",
			_(text_feature_name(unit->feature)));
	screen_print(area, 0, column, ROLE_BRIGHT, "%s",
		number_fixed(number, unit->correlation, 2));
}

static void
draw_title(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct microscope *microscope = microscope_of(app);
	const struct microscope_result *result = microscope_result(microscope);
	struct area left = bar_title_state(app, area);
	int column = 1;

	(void)own;
	(void)note;
	if (left.columns > UNIT_COLUMNS + 8)
		column = screen_print(left, 0, 1, ROLE_BRIGHT, "%s  ",
			_("inside"));
	column = draw_run(app, result, left, column);
	if (result != NULL)
		draw_unit(microscope, result, left, column);
}

const struct pane microscope_title = {
	.place = &(const struct pane_place){0},
	.draw = draw_title,
};

/* ---------------------------------------------------------------------- */

static int
draw_legend(const struct microscope_result *result, struct area area)
{
	int column = screen_print(area, 0, 1, ROLE_LEGEND, _("tanh %s: + "),
		microscope_state_name(&result->inspection));

	screen_shade(area, 0, column, 2, theme_signed_role(1, 1));
	column = screen_print(area, 0, column + 3, ROLE_LEGEND, "- ");
	screen_shade(area, 0, column, 2, theme_signed_role(-1, 1));
	return column + 4;
}

/*
 * Write the mean surprise of the whole text with memory and without, in as many
 * words as fit, and that of blind guessing. The panes of the loss have nats,
 * this view has bits: give both where there is room.
 */
static void
write_sentence(const struct microscope_result *result, int columns,
	char text[SENTENCE_SIZE])
{
	enum { WITH, WITHOUT, BLIND, NUMBERS };
	double number[NUMBERS] = {result->mean_bits, result->other_bits,
		log2((double)result->inspection.features)};
	char bits[NUMBERS][NUMBER_TEXT_SIZE], nats[NUMBERS][NUMBER_TEXT_SIZE];
	const char *cut = "", *misled = "";
	const char *noun =
		_(run_settings(result->inspection.run)->tokens->noun);

	text[0] = '\0';
	if (isnan(result->mean_bits))
		return;
	if (result->has_memory && result->no_memory) {
		number[WITH] = result->other_bits;
		number[WITHOUT] = result->mean_bits;
		cut = _("Memory cut. ");
	}
	for (int i = 0; i < NUMBERS; i++) {
		number_fixed(bits[i], number[i], 2);
		number_fixed(nats[i], number[i] * log(2), 2);
	}
	if (!result->has_memory) {
		snprintf(text, SENTENCE_SIZE,
			_("Bits per %s: %s, blind guessing %s"), noun,
			bits[WITH], bits[BLIND]);
		return;
	}
	if (number[WITH] > number[WITHOUT])
		misled = _(": it misleads here");
	snprintf(text, SENTENCE_SIZE,
		_("%sBits per %s: with memory %s (%s nats), without %s "
		  "(%s)%s, blind guessing %s"),
		cut, noun, bits[WITH], nats[WITH], bits[WITHOUT], nats[WITHOUT],
		misled, bits[BLIND]);
	if (screen_width(text) > columns)
		snprintf(text, SENTENCE_SIZE,
			_("%sBits per %s: with memory %s, without %s%s, "
			  "blind %s"),
			cut, noun, bits[WITH], bits[WITHOUT], misled,
			bits[BLIND]);
	if (screen_width(text) > columns)
		snprintf(text, SENTENCE_SIZE,
			_("%sBits: with memory %s, without %s"), cut,
			bits[WITH], bits[WITHOUT]);
}

/* Write what the unit tells, for a title that has no room for it. */
static void
write_feature(const struct microscope *microscope,
	const struct microscope_result *result, char text[SENTENCE_SIZE])
{
	const struct microscope_unit *unit =
		&result->unit[microscope->layer][microscope_rank(microscope)];

	snprintf(text, SENTENCE_SIZE, _("unit %zu: %s"), unit->number + 1,
		unit->correlation != 0 ? _(text_feature_name(unit->feature))
				       : _("tells nothing"));
}

static void
draw_caption(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct microscope *microscope = microscope_of(app);
	const struct microscope_result *result = microscope_result(microscope);
	char text[SENTENCE_SIZE];
	int column = 1;

	if (app->message[0] != '\0' || app->count > 0) {
		bar_message.draw(app, own, area, note);
		return;
	}
	if (result == NULL)
		return;
	if (area.columns >= WIDE_COLUMNS) {
		column = draw_legend(result, area);
		write_sentence(result, area.columns - column, text);
	} else {
		write_feature(microscope, result, text);
	}
	screen_print(area, 0, column, ROLE_NORMAL, "%s", text);
}

const struct pane microscope_caption = {
	.place = &(const struct pane_place){.screen_min.rows = PANE_ROWS_LOW},
	.draw = draw_caption,
};
