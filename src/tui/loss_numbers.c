/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/loss_numbers.h"

#include <stdio.h>

#include "base/number.h"
#include "base/translate.h"
#include "draw/plot.h"
#include "tui/app.h"
#include "tui/loss_label.h"
#include "tui/pair.h"
#include "tui/screen.h"

enum {
	ROWS_MAX = 4,
	TEXT_SIZE = 192,
	GAP = 2,
	BAND_COLUMNS = 2,
	NARROW_COLUMNS = 28 /* in fewer columns, only the average */
};

#define LOG_DENSITY N_("negative log density: may be below 0")

/* A number of which the plot shows nothing. */
#define NO_SIGN CANVAS_LAYERS

/* The rows of numbers, filled from the left. */
struct rows {
	struct area area;
	int count;
	int end[ROWS_MAX]; /* the first free column of each row */
};

/* Draw the sign of a line or of the band. Returns the column of its label. */
static int
draw_sign(struct area area, int row, int column, enum canvas_layer layer)
{
	static const enum screen_role roles[CANVAS_LAYERS] = {
		[CANVAS_GUIDE] = ROLE_DIM,
		[CANVAS_GHOST] = ROLE_GHOST,
		[CANVAS_VALIDATION] = ROLE_NORMAL,
		[CANVAS_MODEL] = ROLE_MODEL,
	};

	if (layer == NO_SIGN)
		return column;
	if (layer == CANVAS_BAND) {
		screen_band(area, row, column, BAND_COLUMNS);
		return column + BAND_COLUMNS + 1;
	}
	return screen_print(area, row, column, roles[layer], "%s ",
		canvas_sign(screen_tier(), layer));
}

/*
 * Print the sign of a layer, a label and a number in the first row with room
 * for them. Returns whether there is one.
 */
static bool
add(struct rows *rows, enum canvas_layer layer, enum screen_role role,
	const char *label, const char *number)
{
	int width = screen_width(label) +
		(layer == NO_SIGN                      ? 0
				: layer == CANVAS_BAND ? BAND_COLUMNS + 1
						       : 2) +
		(number[0] != '\0' ? 1 + screen_width(number) : 0);

	for (int row = 0; row < rows->count; row++) {
		int column = rows->end[row];

		if (column + width > rows->area.columns)
			continue;
		column = draw_sign(rows->area, row, column, layer);
		column = screen_print(rows->area, row, column, ROLE_DIM, "%s ",
			label);
		column = screen_print(rows->area, row, column, role, "%s",
			number);
		rows->end[row] = column + GAP;
		return true;
	}
	return false;
}

/* "1.83 at 1,000, rising since" */
static const char *
describe_best(const struct validations *validations, char text[TEXT_SIZE])
{
	const struct validations_item *best =
		&validations->at[validations_best(validations)];
	char update[NUMBER_TEXT_SIZE], loss[NUMBER_TEXT_SIZE];

	number_fixed(loss, best->loss, 2);
	number_grouped(update, number_count(best->update));
	if (validations_are_rising(validations))
		snprintf(text, TEXT_SIZE, _("%s at %s, rising since"), loss,
			update);
	else
		snprintf(text, TEXT_SIZE, _("%s at %s"), loss, update);
	return text;
}

/* The losses of the validations. */
static void
add_validations(struct rows *rows, const struct run *run)
{
	const struct validations *validations = run_validations(run);
	double last = run_validation(run)->last;
	char number[LOSS_LABEL_SIZE], text[TEXT_SIZE], label[32];

	add(rows, CANVAS_VALIDATION, ROLE_BRIGHT, _("validation"),
		loss_label(number, last));
	/* losses of words compare with those of characters only so */
	if (run_settings(run)->tokens->has_words)
		add(rows, NO_SIGN, ROLE_BRIGHT, _("bits per character"),
			number_fixed(text, run_bits_per_character(run, last),
				2));
	/* a file of an older program has only the last loss */
	snprintf(label, sizeof label, _("%s best"),
		plot_best_sign(screen_tier()));
	if (validations->count > 0)
		add(rows, NO_SIGN,
			validations_are_rising(validations) ? ROLE_WARNING
							    : ROLE_NORMAL,
			label, describe_best(validations, text));
}

static void
add_ghost(struct rows *rows, const struct app *app)
{
	const struct ghost *ghost = &app->ghost;
	char number[LOSS_LABEL_SIZE];

	if (app->other != NULL) {
		add(rows, CANVAS_GHOST, ROLE_NORMAL, app->pair->name[1],
			loss_label(number,
				history_average(run_history(
					app->other->session->run))));
		return;
	}
	if (ghost_has_curve(ghost, run_settings(app->session->run)))
		add(rows, CANVAS_GHOST, ROLE_NORMAL, ghost->name,
			loss_label(number, ghost->average));
}

int
loss_numbers_draw(const struct app *app, struct area area, int rows)
{
	const struct run *run = app->session->run;
	const struct history *history = run_history(run);
	struct rows numbers = {area, rows < ROWS_MAX ? rows : ROWS_MAX,
		{1, 1, 1, 1}};
	char number[LOSS_LABEL_SIZE], fraction[TASK_FLOOR_TEXT_SIZE];
	int used = 0;

	add(&numbers, CANVAS_MODEL, ROLE_MODEL, _("average"),
		loss_label(number, history_average(history)));
	if (run_validation(run)->epochs > 0)
		add_validations(&numbers, run);
	else if (area.columns >= NARROW_COLUMNS)
		add(&numbers, NO_SIGN, ROLE_NORMAL, _("best average"),
			loss_label(number, history->best_average));
	if (run_floor(run) != NULL)
		add(&numbers, CANVAS_GUIDE, ROLE_NORMAL,
			run_floor_is_passed(run) ? _("no memory") : _("floor"),
			run_floor_text(run, fraction));
	add_ghost(&numbers, app);
	if (area.columns >= NARROW_COLUMNS) {
		/* the sign matters more than the number */
		if (!add(&numbers, CANVAS_BAND, ROLE_NORMAL, _("single update"),
			    loss_label(number, history->last)))
			add(&numbers, CANVAS_BAND, ROLE_DIM,
				_("single updates"), "");
		/* explain numbers below 0: a density may exceed 1 */
		if (run_settings(run)->loss->is_density &&
			!run_settings(run)->loss->is_of_tokens)
			add(&numbers, NO_SIGN, ROLE_DIM, _(LOG_DENSITY), "");
	}
	while (used < numbers.count && numbers.end[used] > 1)
		used++;
	return used;
}
