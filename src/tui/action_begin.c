/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Beginning again: the same run anew, or another one.
 */
#include <stdio.h>

#include "base/clock.h"
#include "base/signals.h"
#include "tui/action_save.h"
#include "tui/actions.h"
#include "tui/app.h"
#include "tui/form.h"
#include "tui/frame.h"
#include "tui/question.h"
#include "tui/terminal.h"

#define DRAWING_SILENT 0.2 /* seconds */
#define DRAWING_REFRESH 0.1

/* The drawing of a large model's weights, seen in the message line. */
struct drawing {
	struct app *app;
	double began, shown_at;
};

/*
 * Show how far it is; Escape and q end it, as a signal does. Other keys are
 * lost: there is nothing yet that they could act on.
 */
static bool
report_drawing(void *context, double done)
{
	struct drawing *drawing = context;
	double now = clock_seconds();
	int key;

	if (signals_is_ending())
		return false;
	if (now - drawing->began < DRAWING_SILENT ||
		now - drawing->shown_at < DRAWING_REFRESH)
		return true;
	drawing->shown_at = now;
	while ((key = terminal_key(0)) != INPUT_NONE)
		if (key == INPUT_ESCAPE || key == 'q' || key == INPUT_HANGUP)
			return false;
	app_say(drawing->app, ROLE_NORMAL,
		"drawing the first weights: %d %%; q stops it",
		(int)(done * 100));
	if (!terminal_is_behind())
		frame_draw_panes(drawing->app);
	return signals_caught() == 0;
}

static void
reset(struct app *app, uint64_t seed)
{
	struct drawing drawing = {app, clock_seconds(), 0};
	const struct progress progress = {report_drawing, &drawing};
	struct error error;

	if (!session_reset(app->session, seed, &progress, &error)) {
		app_say(app, ROLE_WARNING, "%s", error.text);
		return;
	}
	app->has_diverged = false;
	app->steps_left = 0;
	app_say(app, ROLE_NORMAL, "begun again with seed %llu%s%.300s",
		(unsigned long long)seed,
		run_init_file(app->session->run)[0] != '\0'
			? " and the weights of "
			: "",
		run_init_file(app->session->run));
}

static void
reset_same_seed(struct app *app)
{
	reset(app, run_settings(app->session->run)->seed);
}

static void
reset_other_seed(struct app *app)
{
	struct error error;
	uint64_t seed;

	if (settings_draw_seed(&seed, &error))
		reset(app, seed);
	else
		app_say(app, ROLE_WARNING, "%s", error.text);
}

/* What beginning again costs: the file is only replaced by saving. */
static const char *
forgotten(const struct app *app)
{
	const struct session *session = app->session;

	if (!session->was_saved && !session->keeps_former)
		return "All that was learnt is forgotten.";
	return session->checkpoint_every > 0
		? "What was learnt is forgotten; the next save replaces the "
		  "file."
		: "What was learnt is forgotten; the file keeps it until a "
		  "save.";
}

static void
ask_reset(struct app *app, uint64_t count)
{
	static const struct question question =
		{"Begin again with the same seed?",
			{{'y', "yes", reset_same_seed}, {'n', "no", NULL}}};

	(void)count;
	question_ask(app, &question, "%s", forgotten(app));
}

const struct action action_reset = {
	.key = {'r'},
	.shown = "r",
	.help = "begin again with the same seed; asks",
	.bar_keys = "r",
	.bar_word = "reset",
	.act = ask_reset,
};

static void
ask_reset_new_seed(struct app *app, uint64_t count)
{
	static const struct question question = {"Begin again with a new seed?",
		{{'y', "yes", reset_other_seed}, {'n', "no", NULL}}};

	(void)count;
	question_ask(app, &question, "%s", forgotten(app));
}

const struct action action_reset_new_seed = {
	.key = {'R'},
	.shown = "R",
	.help = "begin again with a new seed; asks",
	.act = ask_reset_new_seed,
};

/* Take the form's run in place of the present one. */
static void
begin_new(struct app *app)
{
	struct drawing drawing = {app, clock_seconds(), 0};
	const struct progress progress = {report_drawing, &drawing};
	struct error error;

	if (!session_begin(app->session, form_settings(app), &progress,
		    &error)) {
		/* the present run is as it was */
		form_complain(app, error.text);
		return;
	}
	overlay_close_all(&app->overlays);
	if (!app_take_run(app, &app->failure)) {
		app->quits = true;
		return;
	}
	app_say(app, ROLE_NORMAL, "a new run; w asks for a name");
}

static void
save_and_begin(struct app *app)
{
	save_then(app, begin_new);
}

static void
begin_or_ask(struct app *app)
{
	static const struct question question = {"Begin a new run?",
		{{'s', "save", save_and_begin}, {'d', "discard", begin_new},
			{'c', "cancel", NULL}}};

	if (!app_has_unsaved(app))
		begin_new(app);
	else
		question_ask(app, &question,
			"There is progress that is not saved.");
}

static void
open_form(struct app *app, uint64_t count)
{
	(void)count;
	form_open(app, begin_or_ask);
}

const struct action action_new = {
	.key = {'n'},
	.shown = "n",
	.help = "a form for a new run",
	.bar_keys = "n",
	.bar_word = "new",
	.act = open_form,
};
