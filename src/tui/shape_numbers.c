/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/shape_numbers.h"

#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "task/extent.h"
#include "tui/app.h"
#include "tui/loss_label.h"
#include "tui/screen.h"

/* Print a label and a text if both fit. Returns the next column. */
static int
print_both(struct area area, int row, int column, const char *label,
	enum screen_role role, const char *text)
{
	if (column + screen_width(label) + 1 + screen_width(text) >
		area.columns)
		return column;
	column = screen_print(area, row, column, ROLE_DIM, "%s ", label);
	return screen_print(area, row, column, role, "%s", text) + 2;
}

static int
draw_size(const struct app *app, const float *points, struct area area,
	int column)
{
	char text[2 * NUMBER_TEXT_SIZE + 8], number[NUMBER_TEXT_SIZE];
	char other[NUMBER_TEXT_SIZE];
	double width, height;

	run_task(app->session->run)->size(points, &width, &height);
	snprintf(text, sizeof text, "%s %s %s", number_fixed(number, width, 2),
		screen_signs()->times, number_fixed(other, height, 2));
	return print_both(area, 0, column, "training", ROLE_DATA, text);
}

void
shape_numbers_draw(const struct app *app, const float *points, struct area area)
{
	const struct run *run = app->session->run;
	const struct task *task = run_task(run);
	const struct live_shape *shape = &app->shape;
	const struct ghost *ghost = &app->ghost;
	bool is_whole = shape->shown == shape->length;
	char text[LOSS_LABEL_SIZE];
	int column = 1;

	if (task->shape_error != NULL && is_whole)
		column = print_both(area, 0, column, "error", ROLE_MODEL,
			loss_label(text, task->shape_error(shape->points)));
	if (ghost_has_drawing(ghost, run_features(run)) &&
		!isnan(ghost->shape_error))
		column = print_both(area, 0, column, "was", ROLE_NORMAL,
			loss_label(text, ghost->shape_error));
	if (task->shape_error != NULL && is_whole &&
		extent_is_degenerate(extent_size(shape->points, shape->shown)))
		column = screen_print(area, 0, column, ROLE_WARNING,
			"degenerate  ");
	if (points != NULL && run_features(run) == 2 && task->size != NULL)
		draw_size(app, points, area, column);
}

static int
draw_sign(struct area area, int row, int column, enum canvas_layer layer,
	enum screen_role role, const char *name)
{
	if (column + 2 + screen_width(name) > area.columns)
		return column;
	column = screen_print(area, row, column, role, "%s ",
		canvas_sign(screen_tier(), layer));
	return screen_print(area, row, column, ROLE_DIM, "%s", name) + 2;
}

void
shape_numbers_draw_legend(const struct app *app, bool has_training,
	struct area area, int row)
{
	const struct ghost *ghost = &app->ghost;
	int column =
		draw_sign(area, row, 1, CANVAS_MODEL, ROLE_MODEL, "generated");

	if (has_training)
		column = draw_sign(area, row, column, CANVAS_DATA, ROLE_DATA,
			"learnt last");
	if (ghost_has_drawing(ghost, run_features(app->session->run)))
		draw_sign(area, row, column, CANVAS_GHOST, ROLE_GHOST,
			ghost->name);
}

/* What the outputs of a loss aim at, and whether "of what follows" ... fits. */
static const struct caption {
	const struct loss *loss;
	const char *text;
	bool has_rest;
} captions[] = {
	{&loss_mae, "mae aims at the median", true},
	{&loss_mse, "mse aims at the mean", true},
	{&loss_huber, "huber: between median and mean", true},
	{&loss_rectangle, "crooked corners cost extra", false},
	{&loss_mixture, "a draw from the learnt density", false},
};

/* What the network knows when it predicts. */
static const char *
caption_rest(const struct framing *framing)
{
	if (framing->carries_state)
		return " of all that follows such a start";
	return framing->reads_window ? " of all that follows such a window"
				     : " of all that follows such a point";
}

int
shape_numbers_draw_caption(const struct app *app, struct area area, int row)
{
	const struct settings *settings = run_settings(app->session->run);

	for (size_t i = 0; i < sizeof captions / sizeof captions[0]; i++) {
		const struct caption *caption = &captions[i];
		const char *rest = caption_rest(settings->framing);
		int column = 1 + screen_width(caption->text);

		if (caption->loss != settings->loss || column > area.columns)
			continue;
		screen_print(area, row, 1, ROLE_NORMAL, "%s", caption->text);
		if (caption->has_rest &&
			column + screen_width(rest) <= area.columns)
			screen_print(area, row, column, ROLE_NORMAL, "%s",
				rest);
		return 1;
	}
	return 0;
}
