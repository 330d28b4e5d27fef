/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The first line of the screen, with the state at the right: task, network and
 * parameters, or, on a screen with few rows, the progress and the loss.
 */
#include "tui/bar_title.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/translate.h"
#include "draw/gauge.h"
#include "tui/app.h"
#include "tui/loss_label.h"
#include "tui/panes.h"
#include "tui/screen.h"

/* Room for "at 1,234,567,890 of 1,234,567,890 · Esc: back". */
enum { STATE_SIZE = 128 };

static const char *
past_text(const struct app *app, char text[STATE_SIZE])
{
	char at[NUMBER_TEXT_SIZE], of[NUMBER_TEXT_SIZE];

	snprintf(text, STATE_SIZE, _("at %s of %s %s Esc: back"),
		number_grouped(at, run_updates(app->session->run)),
		number_grouped(of, session_present_updates(app->session)),
		screen_signs()->separator);
	return text;
}

static const char *
state_text(const struct app *app, char text[STATE_SIZE])
{
	const struct screen_signs *signs = screen_signs();

	if (session_is_in_past(app->session))
		return past_text(app, text);
	if (app_is_finished(app))
		return _(signs->finished);
	if (app_is_training(app))
		return _(signs->running);
	return app->is_running ? _(signs->waiting) : _(signs->paused);
}

struct area
bar_title_state(const struct app *app, struct area area)
{
	char text[STATE_SIZE];
	const char *state = state_text(app, text);
	int width = screen_width(state);

	screen_print(area, 0, area.columns - width - 1,
		app->has_diverged              ? ROLE_WARNING
			: app_is_training(app) ? ROLE_MODEL
					       : ROLE_BRIGHT,
		"%s", state);
	area.columns -= width + 2;
	return area;
}

/* The parts of the title. */
struct title {
	const char *program, *task, *framing;
	char architecture[512];
	char learning[192], short_learning[192];
	/* of a text: sequences and their characters; NULL: not a text */
	const char *batch;
};

enum { TITLES = 9, PARTS = 5 };

/* "112 of 542 parameters learn", and without "parameters". */
static void
format_learning(const struct run *run, struct title *title)
{
	size_t total = run_model(run)->parameters.total;
	size_t learning = run_learning_parameters(run);
	char number[NUMBER_TEXT_SIZE], all[NUMBER_TEXT_SIZE];

	number_grouped(all, total);
	number_grouped(number, learning);
	if (learning < total) {
		snprintf(title->learning, sizeof title->learning,
			_("%s of %s parameters learn"), number, all);
		snprintf(title->short_learning, sizeof title->short_learning,
			_("%s of %s learn"), number, all);
	} else {
		snprintf(title->learning, sizeof title->learning,
			_("all %s parameters learn"), all);
		snprintf(title->short_learning, sizeof title->short_learning,
			_("all %s learn"), all);
	}
}

/*
 * List the parts of the titles, longest title first: how many parameters learn
 * is more important than the names.
 */
static void
list_titles(const struct title *title, const char *parts[TITLES][PARTS])
{
	const char *const titles[TITLES][PARTS] = {
		{title->task, title->framing, title->architecture,
			title->learning, title->batch},
		{title->task, title->framing, title->architecture,
			title->short_learning, title->batch},
		{title->task, title->framing, title->architecture,
			title->learning},
		{title->task, title->framing, title->architecture,
			title->short_learning},
		{title->task, title->architecture, title->short_learning},
		{title->task, title->framing, title->short_learning},
		{title->task, title->short_learning},
		{title->short_learning},
		{title->task},
	};

	memcpy(parts, titles, sizeof titles);
}

static int
title_width(const char *const parts[PARTS])
{
	int width = 1;

	for (int i = 0; i < PARTS && parts[i] != NULL; i++)
		width += (i > 0 ? 3 : 0) + screen_width(parts[i]);
	return width;
}

/* Draw the longest title that fits. */
static void
draw_title_of(const struct title *title, struct area area)
{
	const char *parts[TITLES][PARTS];
	int column = 1, longest = 0;

	list_titles(title, parts);
	while (longest + 1 < TITLES &&
		title_width(parts[longest]) > area.columns)
		longest++;
	if (title_width(parts[longest]) + screen_width(title->program) + 2 <=
		area.columns)
		column = screen_print(area, 0, column, ROLE_BRIGHT, "%s  ",
			title->program);
	for (int i = 0; i < PARTS && parts[longest][i] != NULL; i++) {
		if (i > 0)
			column = screen_print(area, 0, column, ROLE_DIM, " %s ",
				screen_signs()->separator);
		column = screen_print(area, 0, column, ROLE_NORMAL, "%s",
			parts[longest][i]);
	}
}

static void
draw_title(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct run *run = app->session->run;
	struct title title = {
		.program = "lstmtui",
		.task = run_task(run)->kind.name,
		.framing = run_settings(run)->framing->kind.name,
	};

	char batch[128], size[SETTINGS_TEXT_SIZE];

	(void)own;
	(void)note;
	if (app_is_text(app)) {
		snprintf(batch, sizeof batch, _("batch %.20s %s %llu"),
			run_batch(run, size), screen_signs()->times,
			(unsigned long long)run_settings(run)->sequence_length);
		title.batch = batch;
	}
	settings_architecture(run_settings(run), run_model(run)->shape.outputs,
		screen_tier() == CANVAS_BRAILLE, title.architecture,
		sizeof title.architecture);
	format_learning(run, &title);
	draw_title_of(&title, bar_title_state(app, area));
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
	if (column + screen_width(_("loss")) + 1 + screen_width(loss) >
		left.columns)
		return;
	column = screen_print(left, 0, column, ROLE_DIM, "%s ", _("loss"));
	screen_print(left, 0, column, ROLE_MODEL, "%s", loss);
}

const struct pane bar_state = {
	.place = &(const struct pane_place){.screen_rows_below = PANE_ROWS_LOW},
	.draw = draw_progress,
};
