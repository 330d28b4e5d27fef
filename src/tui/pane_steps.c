/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Step by step pane of a model of points: the input of each step, the
 * prediction, the true point, and the loss as a bar. The pane Next character
 * takes its place for a text: the likeliest characters.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "tui/app.h"
#include "tui/pane_details.h"
#include "tui/panes.h"
#include "tui/screen.h"
#include "tui/step_text.h"

enum {
	POINT_COLUMNS = 14, /* of a point, with a gap */
	LOSS_COLUMNS = 5,   /* with a gap */
	BAR_COLUMNS = 8,
	PERCENT_COLUMNS = 5
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

/* Print a loss with as many decimals as fit, at most 2. */
static void
draw_loss(struct area area, int row, int column, double loss)
{
	char number[NUMBER_TEXT_SIZE] = "-";
	int decimals = 2;

	if (!isnan(loss))
		do
			number_fixed(number, loss, decimals);
		while (strlen(number) >= LOSS_COLUMNS && decimals-- > 0);
	screen_print(area, row, column, ROLE_NORMAL, "%s",
		strlen(number) < LOSS_COLUMNS ? number
			: loss < 0            ? "<<0"
					      : ">999");
}

static double
largest_loss(const struct live_steps *steps)
{
	double max = 0;

	for (size_t i = 0; i < steps->count; i++)
		if (steps->has_target[i])
			max = fmax(max, steps->loss[i]);
	return max;
}

static void
draw_step(const struct app *app, size_t step, double max, struct area area,
	int row)
{
	const struct live_steps *steps = &app->steps;
	size_t features = steps->features, at = step * features;
	char text[STEP_TEXT_SIZE];
	int column = 1;

	screen_print(area, row, column, ROLE_DATA, "%s",
		step_text_point(text, steps->input + at, features));
	column += POINT_COLUMNS - 3;
	screen_print(area, row, column, ROLE_DIM, "%s", screen_signs()->arrow);
	column += 3;
	screen_print(area, row, column, ROLE_MODEL, "%s",
		step_text_point(text, steps->output + at, features));
	column += POINT_COLUMNS - 2;
	if (!steps->has_target[step])
		return;
	screen_print(area, row, column, ROLE_DATA, "%s",
		step_text_point(text, steps->target + at, features));
	column += POINT_COLUMNS - 3;
	if (column + LOSS_COLUMNS - 1 > area.columns)
		return;
	draw_loss(area, row, column, steps->loss[step]);
	column += LOSS_COLUMNS;
	if (max > 0)
		draw_bar(area, row, column,
			area.columns - column < BAR_COLUMNS
				? area.columns - column
				: BAR_COLUMNS,
			steps->loss[step] / max);
}

/* Whether a step is listed: in a window only the last one predicts. */
static bool
is_listed(const struct live_steps *steps, size_t step)
{
	return steps->has_target[step] || steps->is_own;
}

static void
draw_steps(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct live_steps *steps = &app->steps;
	double max = largest_loss(steps);
	size_t listed = 0;

	(void)own;
	if (steps->count == 0)
		return;
	screen_print(area, 0, 1, ROLE_DIM, "%-*s%s", POINT_COLUMNS, "sees",
		"says");
	if (!steps->is_own)
		screen_print(area, 0, 1 + POINT_COLUMNS + POINT_COLUMNS - 2,
			ROLE_DIM, "%-*s%s", POINT_COLUMNS - 3, "truth", "loss");
	else
		snprintf(note, PANE_NOTE_SIZE, "its own drawing");
	for (size_t i = 0; i < steps->count; i++) {
		if (!is_listed(steps, i))
			continue;
		listed++;
		if ((int)listed < area.rows)
			draw_step(app, i, max, area, (int)listed);
	}
	if ((int)listed >= area.rows)
		snprintf(note, PANE_NOTE_SIZE, "%d of %zu%s", area.rows - 1,
			listed, steps->all > steps->count ? "+" : "");
}

static bool
is_of_points(const struct app *app)
{
	return !app_is_text(app);
}

const struct pane pane_steps = {
	.title = "Step by step",
	.help = "what the network sees, says, and the truth.",
	.explanation = "Each step of the sequence last learnt from, through "
		       "the present weights: the point that the network sees, "
		       "the point that it says, the true one, and the loss of "
		       "the step as a number and as a bar.",
	.place = &pane_details_steps,
	.is_shown = is_of_points,
	.prepare = pane_details_prepare,
	.draw = draw_steps,
};

static void
draw_next(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct live_steps *steps = &app->steps;

	(void)own;
	if (steps->count == 0)
		return;
	screen_print(area, 0, 1, ROLE_DIM, "%-*s%s", 5 + PERCENT_COLUMNS,
		"next", "its probability");
	snprintf(note, PANE_NOTE_SIZE, "%s space %s %s line end",
		screen_signs()->space, screen_signs()->separator,
		screen_signs()->line_end);
	for (size_t i = 0; i < steps->likeliest_count; i++) {
		double probability = (double)steps->probability[i];
		int row = 1 + (int)i;
		char text[STEP_TEXT_SIZE];
		bool is_itself =
			step_text_sign(text, app, steps->likeliest[i], 2);

		screen_print(area, row, 1, is_itself ? ROLE_DATA : ROLE_DIM,
			"%s", text);
		screen_print(area, row, 4, ROLE_MODEL, "%*.0f %%",
			PERCENT_COLUMNS - 2, 100 * probability);
		draw_bar(area, row, 5 + PERCENT_COLUMNS,
			area.columns - 6 - PERCENT_COLUMNS, probability);
	}
}

const struct pane pane_next = {
	.title = "Next character",
	.help = "the likeliest next characters of the text.",
	.explanation = "The five likeliest characters after the generated "
		       "text, each with the probability that the network gives "
		       "it. Spaces and line ends are shown as signs.",
	.place = &pane_details_steps,
	.is_shown = app_is_text,
	.prepare = pane_details_prepare,
	.draw = draw_next,
};
