/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The panes of two runs at once: what the other run generates, and the training
 * of both, a line for each.
 */
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/translate.h"
#include "draw/gauge.h"
#include "tui/actions.h"
#include "tui/app.h"
#include "tui/loss_label.h"
#include "tui/pair.h"
#include "tui/pane_shape.h"
#include "tui/panes.h"
#include "tui/screen.h"
#include "tui/text_line.h"

enum {
	/* columns of the lines of the two runs */
	NAME = 3,
	COUNT_END = 46,
	LOSS_END = 57,
	RATE_END = 68,
	FILE_NAME = 70,
	NAME_COLUMNS = 26,
	TEXT_SIZE = 512,
	RATE_DIGITS = 3,
	ROWS = 5
};

static bool
is_pair(const struct app *app)
{
	return app->pair != NULL;
}

static const struct pane *
pane_of_other(const struct app *app)
{
	return app_is_text(app->other) ? &pane_text : &pane_shape;
}

static bool
prepare_other(struct app *app, void *own, double now)
{
	const struct pane *pane = pane_of_other(app);

	(void)own;
	pair_prepare(app);
	return pane->prepare(app->other, app_pane_state(app->other, pane), now);
}

static void
draw_other(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct pane *pane = pane_of_other(app);

	(void)own;
	pane->draw(app->other, app_pane_state(app->other, pane), area, note);
	snprintf(note, PANE_NOTE_SIZE, "%.*s", PANE_NOTE_SIZE - 1,
		app->pair->name[1]);
}

const struct pane pane_other = {
	.title = N_("Other run"),
	.help = N_("of two runs, what the other one generates now."),
	.explanation =
		N_("With two runs at once, what the run behind generates; "
		   "the upper right names what differs from the run in "
		   "front. v brings it to the front."),
	.place = &pane_shape_place,
	.is_shown = is_pair,
	.prepare = prepare_other,
	.draw = draw_other,
};

static void
print_right(struct area area, int row, int end, enum screen_role role,
	const char *text)
{
	if (end <= area.columns)
		screen_print(area, row, end - screen_width(text), role, "%s",
			text);
}

/* Write "12,340/25,000". */
static void
format_count(const struct app *app, char text[TEXT_SIZE])
{
	uint64_t target = run_settings(app->session->run)->target;
	char done[NUMBER_TEXT_SIZE], wanted[NUMBER_TEXT_SIZE];

	number_grouped(done, run_updates(app->session->run));
	snprintf(text, TEXT_SIZE, "%s%s%s", done, target > 0 ? "/" : "",
		target > 0 ? number_grouped(wanted, target) : "");
}

static void
draw_file(const struct session *session, struct area area, int row)
{
	const char *name =
		session->model != NULL ? session->model : _("no file yet");
	char text[TEXT_SIZE];

	if (area.columns - FILE_NAME < 8)
		return;
	screen_print(area, row, FILE_NAME,
		session->is_saved ? ROLE_NORMAL : ROLE_WARNING, "%s",
		text_line_shorten(text, sizeof text, name,
			area.columns - FILE_NAME - 1));
}

/* Draw the line of a run; of the app in front, or of the other. */
static void
draw_run(const struct app *app, const char *name, struct area area, int row,
	bool is_front)
{
	const struct run *run = app->session->run;
	char text[TEXT_SIZE], number[NUMBER_TEXT_SIZE];

	screen_print(area, row, 1, ROLE_MODEL, "%s",
		is_front ? screen_signs()->more : " ");
	screen_print(area, row, NAME, is_front ? ROLE_BRIGHT : ROLE_NORMAL,
		"%.*s", NAME_COLUMNS, name);
	format_count(app, text);
	print_right(area, row, COUNT_END, ROLE_BRIGHT, text);
	loss_label(text, history_average(run_history(run)));
	print_right(area, row, LOSS_END, is_front ? ROLE_MODEL : ROLE_GHOST,
		text);
	print_right(area, row, RATE_END, ROLE_NORMAL,
		number_shortest(number,
			number_round(run_learning_rate(run), RATE_DIGITS)));
	draw_file(app->session, area, row);
}

/* Draw the names of the columns, and the speed in place of the run's name. */
static void
draw_heading(const struct app *app, struct area area)
{
	const struct screen_signs *signs = screen_signs();
	char speed[NUMBER_TEXT_SIZE];
	int column = screen_print(area, 0, NAME, ROLE_DIM, _("speed "));

	if (app->speed > 0)
		gauge_format_speed(speed, app->speed);
	else
		snprintf(speed, sizeof speed, _("unlimited"));
	screen_link(area, 0, column, 1, &action_slower);
	column = screen_print(area, 0, column, ROLE_NORMAL, "%s %s ",
		signs->less, speed);
	screen_link(area, 0, column, 1, &action_faster);
	screen_print(area, 0, column, ROLE_NORMAL, "%s", signs->more);
	print_right(area, 0, COUNT_END, ROLE_DIM, _("update"));
	print_right(area, 0, LOSS_END, ROLE_DIM, _("loss"));
	print_right(area, 0, RATE_END, ROLE_DIM, _("rate"));
	if (area.columns - FILE_NAME >= 8)
		screen_print(area, 0, FILE_NAME, ROLE_DIM, _("file"));
}

static void
draw_training(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	int row = area.rows > 2 ? 1 : 0;

	(void)own;
	(void)note;
	if (row > 0)
		draw_heading(app, area);
	draw_run(app, app->pair->name[0], area, row, true);
	draw_run(app->other, app->pair->name[1], area, row + 1, false);
}

static int
wanted_rows(const struct app *app, int rows, int columns)
{
	(void)app;
	(void)rows;
	(void)columns;
	return ROWS;
}

static const struct pane_place place = {
	.priority = 20,
	.screen_min.rows = PANE_ROWS_LOW,
	.min.rows = 4,
	.preferred.rows = ROWS,
	.rows = wanted_rows,
};

const struct pane pane_training_pair = {
	.title = N_("Training both"),
	.help = N_("updates, losses and learning rates of two runs."),
	.explanation = N_(
		"With two runs at once, a line for each, named after what "
		"differs: updates, average loss, learning rate and model file, "
		"in another colour while it is not saved. The sign is before "
		"the run in front, which the keys act on: w saves it, [ and ] "
		"change its rate. Space, s, + and - act on both."),
	.place = &place,
	.is_shown = is_pair,
	.draw = draw_training,
};
