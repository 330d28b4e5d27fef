/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sequence, step by step: the input of the network, its output and the
 * target, one column for each step.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "tui/app.h"
#include "tui/inside.h"
#include "tui/inside_panes.h"
#include "tui/screen.h"
#include "tui/step_text.h"

enum {
	LABEL_COLUMNS = 9,
	EXACT_COLUMNS = 10, /* of a step, for errors with three decimals */
	TEXT_STEP_COLUMNS = 9
};

/* Print right-aligned in a column of the table. */
static void
print_cell(struct area area, int row, int column, int width,
	enum screen_role role, const char *text)
{
	int blank = width - 1 - screen_width(text);

	if (column + width <= area.columns + 1)
		screen_print(area, row, column + (blank > 0 ? blank : 0), role,
			"%s", text);
}

static void
draw_number(const struct inside *inside, struct area area, int column,
	int width, size_t step)
{
	bool is_current = step == inside->step;
	char text[48];

	snprintf(text, sizeof text, is_current ? "[%zu]" : "%zu", step + 1);
	print_cell(area, 0, column, width, is_current ? ROLE_BRIGHT : ROLE_DIM,
		text);
}

static void
draw_error(const struct inspection *inspection, struct area area, int column,
	int width, size_t step, double max)
{
	double error = inspection_error(inspection, step);
	int decimals = width >= EXACT_COLUMNS ? 3 : 2;
	int longest, room, bar;
	char number[NUMBER_TEXT_SIZE];

	/* the greatest error decides, so that all bars have the same scale */
	while ((longest = (int)strlen(number_fixed(number, max, decimals))) >
			width - 1 &&
		decimals > 0)
		decimals--;
	/* the bar is before the number, with a blank on both sides */
	room = width - 3 - longest;
	if (isnan(error) || column + width > area.columns + 1)
		return;
	bar = room > 0 && max > 0 ? number_int(error / max * room) : 0;
	for (int i = 0; i < bar; i++)
		screen_print(area, 4, column + room - bar + i, ROLE_NORMAL,
			"%s", screen_signs()->block);
	print_cell(area, 4, column, width, ROLE_BRIGHT,
		number_fixed(number, error, decimals));
}

/* Print a point with at most two decimals, fewer if it is too wide. */
static void
print_point(struct area area, int row, int column, int width,
	enum screen_role role, const float *point, size_t features)
{
	char text[STEP_TEXT_SIZE];
	int decimals = 2;

	do
		step_text_point(text, point, features, decimals);
	while (screen_width(text) > width - 1 && decimals-- > 0);
	print_cell(area, row, column, width, role, text);
}

static void
draw_point(const struct app *app, struct area area, int column, int width,
	size_t step)
{
	const struct inspection *inspection = inside_inspection(inside_of(app));
	size_t features = inspection->features;
	const float *target = inspection_target(inspection, step);

	print_point(area, 1, column, width, ROLE_DATA,
		inspection_input(inspection, step), features);
	print_point(area, 2, column, width, ROLE_MODEL,
		inspection_output(inspection, step), features);
	if (target != NULL)
		print_point(area, 3, column, width, ROLE_DATA, target,
			features);
}

static size_t
likeliest(const float *probability, size_t count)
{
	size_t best = 0;

	for (size_t i = 1; i < count; i++)
		if (probability[i] > probability[best])
			best = i;
	return best;
}

static void
draw_token(const struct app *app, struct area area, int column, int width,
	size_t step)
{
	const struct inspection *inspection = inside_inspection(inside_of(app));
	const float *probability = inspection_output(inspection, step);
	size_t best = likeliest(probability, inspection->features);
	uint32_t target = inspection_target_token(inspection, step);
	char text[STEP_TEXT_SIZE], cell[64], number[NUMBER_TEXT_SIZE];

	print_cell(area, 1, column, width, ROLE_DATA,
		step_text_token(text, app,
			inspection_input_token(inspection, step)));
	snprintf(cell, sizeof cell, "%s %2.0f%%",
		step_text_token(text, app, (uint32_t)best),
		100 * (double)probability[best]);
	print_cell(area, 2, column, width, ROLE_MODEL, cell);
	if (target == UINT32_MAX)
		return;
	snprintf(cell, sizeof cell, "%s %2.0f%%",
		step_text_token(text, app, target),
		100 * (double)probability[target]);
	print_cell(area, 3, column, width, ROLE_DATA, cell);
	/* the surprise */
	print_cell(area, 4, column, width, ROLE_BRIGHT,
		number_fixed(number, -log2((double)probability[target]), 2));
}

static double
max_error(const struct inspection *inspection, size_t first, size_t count)
{
	double max = 0;

	for (size_t i = 0; i < count; i++)
		max = fmax(max, inspection_error(inspection, first + i));
	return max;
}

static void
draw_labels(const struct app *app, const struct inside *inside,
	struct area area)
{
	screen_print(area, 0, 1, ROLE_DIM, _("step"));
	screen_print(area, 1, 1, ROLE_DIM, _("sees  x"));
	screen_print(area, 2, 1, ROLE_DIM, _("says  y"));
	screen_print(area, 3, 1, ROLE_DIM,
		inside->is_own ? _("next") : _("truth"));
	screen_print(area, 4, 1, ROLE_DIM,
		app_is_text(app) ? _("bits") : _("error"));
}

/* The mean error, or for a text the mean loss, with memory and without. */
static void
write_errors(const struct app *app, const struct memory_pair *pair, bool is_cut,
	char note[PANE_NOTE_SIZE])
{
	int side = is_cut ? MEMORY_CUT : MEMORY_KEPT;
	char number[NUMBER_TEXT_SIZE], other[NUMBER_TEXT_SIZE];
	double error = pair->step_error[side];

	if (isnan(error))
		return;
	number_fixed(number, error, 3);
	number_fixed(other, pair->step_error[!side], 3);
	number[utf8_fit(number, 8)] = '\0';
	other[utf8_fit(other, 8)] = '\0';
	if (pair->is_same || isnan(pair->step_error[!side]))
		snprintf(note, PANE_NOTE_SIZE,
			app_is_text(app) ? _("mean loss in nats %s")
					 : _("mean error of a step %s"),
			number);
	else if (is_cut)
		snprintf(note, PANE_NOTE_SIZE,
			app_is_text(app)
				? _("mean loss in nats %s without memory, "
				    "%s with it")
				: _("mean error of a step %s without memory, "
				    "%s with it"),
			number, other);
	else
		snprintf(note, PANE_NOTE_SIZE,
			app_is_text(app)
				? _("mean loss in nats %s, without memory %s")
				: _("mean error of a step %s, without memory "
				    "%s"),
			number, other);
}

static void
write_note(const struct app *app, const struct inside *inside,
	const struct inspection *inspection, char note[PANE_NOTE_SIZE])
{
	if (inside->is_own)
		snprintf(note, PANE_NOTE_SIZE, "%s",
			app_is_text(app) ? _("its own text")
					 : _("its own drawing"));
	else
		write_errors(app, &inside->pair, inspection->config.no_memory,
			note);
	if (inside->is_cut)
		snprintf(note, PANE_NOTE_SIZE, _("the first %zu steps"),
			inspection->steps);
}

static int
step_columns(const struct app *app, const struct inspection *inspection)
{
	if (app_is_text(app))
		return TEXT_STEP_COLUMNS;
	return inspection->features == 1    ? 7
		: inspection->features == 2 ? 12
					    : 15;
}

/* The steps that are shown, and the columns of each. */
struct span {
	size_t first, count;
	int width;
};

static struct span
choose_span(const struct app *app, struct area area)
{
	const struct inside *inside = inside_of(app);
	const struct inspection *inspection = inside_inspection(inside);
	struct span span = {0, 1, step_columns(app, inspection)};

	if (area.columns > LABEL_COLUMNS + span.width)
		span.count =
			(size_t)((area.columns - LABEL_COLUMNS) / span.width);
	if (span.count > inspection->steps)
		span.count = inspection->steps;
	span.first = inside_first(inside->step, span.count, inspection->steps);
	return span;
}

static void
draw(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct inside *inside = inside_of(app);
	const struct inspection *inspection = inside_inspection(inside);
	struct span span;
	double max;

	(void)own;
	if (inspection == NULL) {
		screen_print(area, 0, 1, ROLE_DIM, "%s",
			inside->failure.text[0] != '\0' ? inside->failure.text
							: _("computing ..."));
		return;
	}
	draw_labels(app, inside, area);
	write_note(app, inside, inspection, note);
	span = choose_span(app, area);
	max = app_is_text(app) ? 0
			       : max_error(inspection, span.first, span.count);
	for (size_t i = 0; i < span.count; i++) {
		int column = LABEL_COLUMNS + (int)i * span.width;
		size_t step = span.first + i;

		draw_number(inside, area, column, span.width, step);
		if (app_is_text(app)) {
			draw_token(app, area, column, span.width, step);
			continue;
		}
		draw_point(app, area, column, span.width, step);
		draw_error(inspection, area, column, span.width, step, max);
	}
}

/* Go to the step of a column. */
static bool
click(struct app *app, struct area area, int row, int column)
{
	struct inside *inside = inside_of(app);
	struct span span;
	size_t at;

	(void)row;
	if (inside_inspection(inside) == NULL || column < LABEL_COLUMNS)
		return false;
	span = choose_span(app, area);
	at = (size_t)(column - LABEL_COLUMNS) / (size_t)span.width;
	if (at >= span.count)
		return false;
	inside_move_step(inside, (long)(span.first + at) - (long)inside->step);
	return true;
}

static void
wheel(struct app *app, struct area area, int by)
{
	(void)area;
	inside_move_step(inside_of(app), by);
}

static int
wanted_rows(const struct app *app, int rows, int columns)
{
	(void)app;
	(void)rows;
	(void)columns;
	return 7;
}

static const struct pane_place place = {
	.priority = 30,
	.screen_min = {16, 0},
	.min = {6, 24},
	.preferred = {7, 40},
	.rows = wanted_rows,
};

const struct pane inside_steps = {
	.title = N_("Step by step"),
	.help = N_("input, output and target of each step."),
	.explanation =
		N_("Each column is a step: the input that the network sees, "
		   "the output that it says, the true target and the error, "
		   "the mean absolute difference of the two. For texts: the "
		   "character read, the likeliest next one with its "
		   "probability, the true one with its probability, and the "
		   "surprise in bits."),
	.place = &place,
	.draw = draw,
	.click = click,
	.wheel = wheel,
};
