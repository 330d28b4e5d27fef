/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The first line of the screen, with the state at the right: task, network and
 * parameters, or, on a screen with few rows, the progress and the loss.
 */
#include "tui/bar_title.h"

#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "draw/gauge.h"
#include "tui/app.h"
#include "tui/loss_label.h"
#include "tui/panes.h"
#include "tui/screen.h"

static const char *
state_text(const struct app *app)
{
	const struct screen_signs *signs = screen_signs();

	if (app_is_finished(app))
		return signs->finished;
	if (app_is_training(app))
		return signs->running;
	return app->is_running ? signs->waiting : signs->paused;
}

/* Print the text only if it fits: a truncated number would be wrong. */
static int
print_whole(struct area area, int column, enum screen_role role,
	const char *text)
{
	if (column + screen_width(text) > area.columns)
		return area.columns;
	return screen_print(area, 0, column, role, "%s", text);
}

struct area
bar_title_state(const struct app *app, struct area area)
{
	const char *state = state_text(app);
	int width = screen_width(state);

	screen_print(area, 0, area.columns - width - 1,
		app->has_diverged              ? ROLE_WARNING
			: app_is_training(app) ? ROLE_MODEL
					       : ROLE_BRIGHT,
		"%s", state);
	area.columns -= width + 2;
	return area;
}

static void
draw_title(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct run *run = app->session->run;
	const struct model *model = run_model(run);
	const char *separator = screen_signs()->separator;
	size_t learning = run_learning_parameters(run);
	struct area left = bar_title_state(app, area);
	char architecture[512], number[NUMBER_TEXT_SIZE], text[600];
	int column = screen_print(left, 0, 1, ROLE_BRIGHT, "lstmtui  ");

	(void)own;
	(void)note;
	column = screen_print(left, 0, column, ROLE_NORMAL, "%s",
		run_task(run)->kind.name);
	snprintf(text, sizeof text, " %s %s", separator,
		settings_architecture(run_settings(run), model->shape.outputs,
			screen_tier() == CANVAS_BRAILLE, architecture,
			sizeof architecture));
	column = print_whole(left, column, ROLE_NORMAL, text);
	snprintf(text, sizeof text, " %s %s parameters", separator,
		number_grouped(number, model->parameters.total));
	column = print_whole(left, column, ROLE_DIM, text);
	snprintf(text, sizeof text, ", %s learning",
		number_grouped(number, learning));
	if (learning < model->parameters.total)
		print_whole(left, column, ROLE_DIM, text);
}

const struct pane bar_title = {
	.place = &(const struct pane_place){.screen_min.rows = PANE_ROWS_LOW},
	.draw = draw_title,
};

static void
draw_progress(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct run *run = app->session->run;
	struct area left = bar_title_state(app, area);
	struct gauge_line line;
	char loss[LOSS_LABEL_SIZE];
	int column;

	(void)own;
	(void)note;
	gauge_lay_out(&line,
		&(struct gauge){run_updates(run), run_settings(run)->target,
			NAN, NAN, NAN},
		left.columns);
	column = screen_print(left, 0, 0, ROLE_BRIGHT, "%s",
			 line.field[GAUGE_COUNT].text) +
		2;
	loss_label(loss, history_average(run_history(run)));
	if (column + 5 + screen_width(loss) > left.columns)
		return;
	column = screen_print(left, 0, column, ROLE_DIM, "loss ");
	screen_print(left, 0, column, ROLE_MODEL, "%s", loss);
}

const struct pane bar_state = {
	.place = &(const struct pane_place){.screen_rows_below = PANE_ROWS_LOW},
	.draw = draw_progress,
};
