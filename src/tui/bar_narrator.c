/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The bars of the narrator: what is seen, and what to try.
 */
#include "tui/action.h"
#include "tui/app.h"
#include "tui/narrator.h"
#include "tui/panes.h"
#include "tui/screen.h"

enum { LABELS_FROM_COLUMNS = 100 };

static enum narrator_phase
phase_of(const struct app *app)
{
	if (app->has_diverged)
		return NARRATOR_DIVERGED;
	if (app_is_finished(app))
		return NARRATOR_FINISHED;
	return app->is_running || app->steps_left > 0 ? NARRATOR_TRAINING
						      : NARRATOR_PAUSED;
}

static const struct narrator_line *
choose(const struct app *app, struct narrator_facts *facts)
{
	narrator_measure(app->session->run, phase_of(app), &app->steps,
		&app->ghost, facts);
	return narrator_choose(facts);
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
		column = screen_print(area, 0, column, ROLE_BRIGHT, "%-14s",
			label);
	return column;
}

static void
draw_see(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	struct narrator_facts facts;
	const struct narrator_line *line = choose(app, &facts);
	char text[NARRATOR_TEXT_SIZE];

	(void)own;
	(void)note;
	screen_print(area, 0, draw_label(area, "What you see"), ROLE_NORMAL,
		"%s", narrator_write(line->see, &facts, text));
}

static void
draw_try(const struct app *app, const void *own, struct area area,
	char note[PANE_NOTE_SIZE])
{
	struct narrator_facts facts;
	const struct narrator_line *line = choose(app, &facts);
	char text[NARRATOR_TEXT_SIZE];
	int column;

	(void)own;
	(void)note;
	if (action_refusal(line->action, app) != NULL)
		return;
	column = screen_print(area, 0, draw_label(area, "Try"), ROLE_BRIGHT,
		"%s ", line->action->shown);
	screen_print(area, 0, column, ROLE_NORMAL, "%s",
		narrator_write(line->advice, &facts, text));
}

const struct pane bar_see = {
	.place = &(const struct pane_place){.screen_min = {24, 80}},
	.is_shown = is_shown,
	.draw = draw_see,
};

const struct pane bar_try = {
	.place = &(const struct pane_place){.screen_min = {30, 100}},
	.is_shown = is_shown,
	.draw = draw_try,
};
