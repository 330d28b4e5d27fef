/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Step by step pane of a model of points: the input of each step, the
 * prediction, the true point, and the loss as a bar. The pane Next character
 * takes its place for a text: the likeliest characters.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "tui/app.h"
#include "tui/pane_details.h"
#include "tui/panes.h"
#include "tui/screen.h"
#include "tui/step_text.h"

enum {
	LOSS_COLUMNS = 5,
	BAR_COLUMNS = 8,
	PERCENT_COLUMNS = 5,
	/* of the text, from here on points have three decimals */
	WIDE_COLUMNS = 60
};

/* The columns of the list. */
struct list {
	int decimals; /* of a point */
	int sees, arrow, says, truth, loss, bar;
};

static const struct list narrow = {2, 4, 14, 16, 27, 37, 43};
static const struct list wide = {3, 4, 16, 19, 32, 45, 51};

/* What the user scrolled to: steps above the first row. */
struct scroll {
	size_t above;
};

/* Draw a bar of a value between 0 and 1. */
static void
draw_bar(struct area area, int row, int column, int columns, double value)
{
	int full = (int)lround(columns * fmin(value, 1));

	for (int i = 0; i < full; i++)
		screen_print(area, row, column + i, ROLE_NORMAL, "%s",
			screen_tier() == CANVAS_BRAILLE ? "▇" : "#");
}

/* Print a loss with as many decimals as fit, at most 3. */
static void
draw_loss(struct area area, int row, int column, double loss)
{
	char number[NUMBER_TEXT_SIZE] = "-";
	int decimals = 3;

	if (!isnan(loss))
		do
			number_fixed(number, loss, decimals);
		while (strlen(number) > LOSS_COLUMNS && decimals-- > 0);
	screen_print(area, row, column, ROLE_NORMAL, "%*s", LOSS_COLUMNS,
		strlen(number) <= LOSS_COLUMNS ? number
			: loss < 0             ? "<<0"
					       : ">9999");
}

/*
 * Print a point in columns up to `end`, the decimal points of its first number
 * aligned, with fewer decimals if it is too wide.
 */
static void
draw_point(const struct live_steps *steps, const float *point,
	const struct list *list, struct area area, int row, int column, int end,
	enum screen_role role)
{
	char text[STEP_TEXT_SIZE];
	int decimals = list->decimals, indent;

	do {
		step_text_point(text, point, steps->features, decimals);
		indent = text[0] != '-';
	} while (screen_width(text) > end - column - indent && decimals-- > 0);
	screen_print(area, row, column + indent, role, "%.*s",
		end - column - indent, text);
}

static void
draw_step(const struct live_steps *steps, size_t step, const struct list *list,
	struct area area, int row)
{
	size_t at = step * steps->features;

	screen_print(area, row, 1, ROLE_DIM, "%2zu", step + 1);
	draw_point(steps, steps->input + at, list, area, row, list->sees - 1,
		list->arrow - 1, ROLE_DATA);
	screen_print(area, row, list->arrow, ROLE_DIM, "%s",
		list->arrow + screen_width(screen_signs()->arrow) < list->says
			? screen_signs()->arrow
			: ">");
	draw_point(steps, steps->output + at, list, area, row, list->says - 1,
		list->truth - 1, ROLE_MODEL);
	if (!steps->has_target[step])
		return;
	draw_point(steps, steps->target + at, list, area, row, list->truth - 1,
		list->loss - 1, ROLE_DATA);
	if (list->loss + LOSS_COLUMNS > area.columns)
		return;
	draw_loss(area, row, list->loss, steps->loss[step]);
	if (list->bar < area.columns)
		draw_bar(area, row, list->bar,
			area.columns - list->bar < BAR_COLUMNS
				? area.columns - list->bar
				: BAR_COLUMNS,
			live_steps_bar(steps, step));
}

/* Whether a step is listed: in a window only the last one predicts. */
static bool
is_listed(const struct live_steps *steps, size_t step)
{
	return steps->has_target[step] || steps->is_own;
}

static size_t
count_listed(const struct live_steps *steps)
{
	size_t count = 0;

	for (size_t i = 0; i < steps->count; i++)
		count += is_listed(steps, i);
	return count;
}

/* Return the steps above the first row; the last row is never empty. */
static size_t
find_above(const struct live_steps *steps, const struct scroll *scroll,
	struct area area)
{
	size_t count = count_listed(steps);
	size_t rows = area.rows > 1 ? (size_t)area.rows - 1 : 0;
	size_t most = count > rows ? count - rows : 0;

	return scroll->above < most ? scroll->above : most;
}

static void
draw_header(const struct live_steps *steps, const struct list *list,
	struct area area)
{
	screen_print(area, 0, 2, ROLE_DIM, "#");
	screen_print(area, 0, list->sees, ROLE_DIM, _("sees"));
	screen_print(area, 0, list->says, ROLE_DIM, _("says"));
	if (steps->is_own)
		return;
	screen_print(area, 0, list->truth, ROLE_DIM, _("truth"));
	if (list->loss + LOSS_COLUMNS <= area.columns)
		screen_print(area, 0, list->loss + 1, ROLE_DIM, _("loss"));
}

static void
draw_steps(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct live_steps *steps = &app->steps;
	const struct list *list =
		area.columns >= WIDE_COLUMNS ? &wide : &narrow;
	size_t above = find_above(steps, own, area), listed = 0;
	int row = 0;

	if (steps->count == 0)
		return;
	draw_header(steps, list, area);
	for (size_t i = 0; i < steps->count; i++)
		if (is_listed(steps, i) && listed++ >= above &&
			row + 1 < area.rows)
			draw_step(steps, i, list, area, ++row);
	if (row < (int)listed)
		snprintf(note, PANE_NOTE_SIZE, _("%zu-%zu of %zu%s"), above + 1,
			above + (size_t)row, listed,
			steps->all > steps->count ? "+" : "");
	else if (steps->is_own)
		snprintf(note, PANE_NOTE_SIZE, _("its own drawing"));
}

/* Scroll by steps, and never beyond the first or the last. */
static void
turn_wheel(struct app *app, struct area area, int by)
{
	struct scroll *scroll = app_pane_state(app, &pane_steps);
	size_t above = find_above(&app->steps, scroll, area);
	size_t steps = (size_t)abs(by);

	if (by < 0)
		scroll->above = above > steps ? above - steps : 0;
	else
		scroll->above = above + steps;
	scroll->above = find_above(&app->steps, scroll, area);
}

static void
turn_page(struct app *app, struct area area, int by)
{
	turn_wheel(app, area, by * (area.rows > 2 ? area.rows - 1 : 1));
}

static bool
is_of_points(const struct app *app)
{
	return !app_is_text(app);
}

const struct pane pane_steps = {
	.title = N_("Step by step"),
	.help = N_("what the network sees, says, and the truth."),
	.explanation =
		N_("Each step of the sequence last learnt from, through "
		   "the present weights: the point that the network sees, "
		   "the point that it says, the true one, and the loss of "
		   "the step as a number and as a bar. PgUp, PgDn and the "
		   "wheel scroll."),
	.place = &pane_details_steps,
	.is_shown = is_of_points,
	.state_size = sizeof(struct scroll),
	.prepare = pane_details_prepare,
	.draw = draw_steps,
	.wheel = turn_wheel,
	.page = turn_page,
};

static void
draw_next(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct live_steps *steps = &app->steps;
	bool has_words = run_vocabulary(app->session->run)->words.count > 0;
	int columns = has_words ? STEP_TEXT_WORD : 2;
	int column = 2 + columns; /* of the number */

	(void)own;
	if (steps->count == 0)
		return;
	screen_print(area, 0, 1, ROLE_DIM, "%s%*s%s", _("next"),
		utf8_padding(_("next"), column + PERCENT_COLUMNS + 1), "",
		_("its probability"));
	snprintf(note, PANE_NOTE_SIZE, _("%s space %s %s line end"),
		screen_signs()->space, screen_signs()->separator,
		screen_signs()->line_end);
	for (size_t i = 0; i < steps->likeliest_count; i++) {
		double probability = (double)steps->probability[i];
		int row = 1 + (int)i;
		char text[STEP_TEXT_SIZE];
		bool is_itself =
			step_text_sign(text, app, steps->likeliest[i], columns);

		screen_print(area, row, 1, is_itself ? ROLE_DATA : ROLE_DIM,
			"%s", text);
		screen_print(area, row, column, ROLE_MODEL, "%*.0f %%",
			PERCENT_COLUMNS - 2, 100 * probability);
		draw_bar(area, row, column + 1 + PERCENT_COLUMNS,
			area.columns - column - 2 - PERCENT_COLUMNS,
			probability);
	}
}

const struct pane pane_next = {
	.title = N_("Next character"),
	.help = N_("the likeliest next characters of the text."),
	.explanation =
		N_("The five likeliest characters after the generated "
		   "text, each with the probability that the network gives "
		   "it. Spaces and line ends are shown as signs. With "
		   "--tokens words, the likeliest tokens."),
	.place = &pane_details_steps,
	.is_shown = app_is_text,
	.prepare = pane_details_prepare,
	.draw = draw_next,
};
