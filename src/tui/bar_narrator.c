/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The bars of the narrator: what is seen, and what to try.
 */
#include <math.h>

#include "tui/bar_narrator.h"

#include "base/translate.h"
#include "base/utf8.h"
#include "tui/action_find.h"
#include "tui/app.h"
#include "tui/bindings.h"
#include "tui/microscope.h"
#include "tui/microscope_panes.h"
#include "tui/narrator.h"
#include "tui/pane_details.h"
#include "tui/pair.h"
#include "tui/panes.h"
#include "tui/screen.h"
#include "tui/terminal.h"

enum {
	LABELS_FROM_COLUMNS = 100,
	LABEL_COLUMNS = 14,
	/* min size of a screen that says what is seen, and what to try */
	ROWS_SEE = 24,
	COLUMNS_SEE = 80,
	ROWS_TRY = 30,
	COLUMNS_TRY = 100
};

static enum narrator_phase
phase_of(const struct app *app)
{
	if (session_is_in_past(app->session))
		return NARRATOR_PAST;
	if (app->has_diverged)
		return NARRATOR_DIVERGED;
	if (app_is_finished(app))
		return NARRATOR_FINISHED;
	return app->is_running || app->steps_left > 0 ? NARRATOR_TRAINING
						      : NARRATOR_PAUSED;
}

/* The run beside this one takes the place of the former run. */
static void
measure_other(const struct app *app, struct narrator_facts *facts)
{
	const struct run *other = app->other->session->run;

	facts->is_pair = true;
	facts->has_ghost =
		settings_have_same_loss(facts->settings, run_settings(other));
	facts->ghost_average = history_average(run_history(other));
	facts->ghost_name = app->pair->name[1];
}

/* Choose the line for both bars. */
static bool
prepare(struct app *app, void *own, double now)
{
	const struct session *session = app->session;
	struct narrator_facts facts;
	bool goes_on = false;

	/* of points, the steps show a clock */
	if (!app_is_text(app) &&
		run_settings(app->session->run)->framing->carries_state)
		goes_on = pane_details_prepare(app, own, now);
	narrator_measure(app->session->run, phase_of(app), &app->steps,
		&app->ghost, app->narrator.facts.clock, &facts);
	if (app->other != NULL)
		measure_other(app, &facts);
	facts.has_name = session->model != NULL;
	if (!isnan(session->best.loss))
		facts.best_file = session->best.name;
	if (app->current == &view_microscope)
		narrator_read(app, microscope_of(app), &facts.reading);
	narrator_update(&app->narrator, &facts, now);
	return goes_on;
}

/* The tour has captions of its own. */
static bool
is_shown(const struct app *app)
{
	return app->tour == NULL;
}

static int
draw_label(struct area area, const char *label)
{
	int column = screen_print(area, 0, 1, ROLE_MODEL, "%s ",
		screen_tier() == CANVAS_BRAILLE ? "▌" : "|");

	if (area.columns >= LABELS_FROM_COLUMNS)
		column = screen_print(area, 0, column, ROLE_BRIGHT, "%s%*s",
			label, utf8_padding(label, LABEL_COLUMNS), "");
	return column;
}

static void
draw_see(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	const struct narrator *narrator = &app->narrator;
	char text[NARRATOR_TEXT_SIZE];

	(void)own;
	(void)note;
	screen_print(area, 0, draw_label(area, _("What you see")), ROLE_NORMAL,
		"%s",
		narrator_write(_(narrator->line->see), &narrator->facts, text));
}

static void
draw_advice(const struct app *app, struct area area)
{
	const struct narrator *narrator = &app->narrator;
	const struct action *action = narrator->line->action;
	char text[NARRATOR_TEXT_SIZE];
	int column;

	if (app->bindings != NULL)
		action = bindings_action(app->bindings, action);
	if (action_refusal(action, app) != NULL)
		return;
	column = screen_print(area, 0, draw_label(area, _("Try")), ROLE_BRIGHT,
		"%s ", action->shown);
	screen_print(area, 0, column, ROLE_NORMAL, "%s",
		narrator_write(_(narrator->line->advice), &narrator->facts,
			text));
}

static void
draw_try(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	(void)own;
	(void)note;
	draw_advice(app, area);
}

const struct pane bar_see = {
	.place = &(
		const struct pane_place){.screen_min = {ROWS_SEE, COLUMNS_SEE}},
	.is_shown = is_shown,
	.prepare = prepare,
	.draw = draw_see,
};

const struct pane bar_try = {
	.place = &(
		const struct pane_place){.screen_min = {ROWS_TRY, COLUMNS_TRY}},
	.is_shown = is_shown,
	.draw = draw_try,
};

void
bar_narrator_advise(const struct app *app, struct area area)
{
	int rows, columns;

	terminal_size(&rows, &columns);
	if (app->current == app->views[0] && is_shown(app) &&
		app->narrator.line != NULL && rows >= ROWS_SEE &&
		columns >= COLUMNS_SEE &&
		(rows < ROWS_TRY || columns < COLUMNS_TRY))
		draw_advice(app, area);
}
