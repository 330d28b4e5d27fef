/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Actions that reset the run or start a new one.
 */
#include <stdio.h>

#include "base/translate.h"
#include "tui/action_save.h"
#include "tui/actions.h"
#include "tui/app.h"
#include "tui/form.h"
#include "tui/initialize.h"
#include "tui/input.h"
#include "tui/question.h"
#include "tui/tour.h"

static void
reset(struct app *app, uint64_t seed)
{
	struct initialization initialization;
	const struct progress progress =
		initialize_progress(&initialization, app);
	struct ghost former;
	struct error error;

	ghost_take(&former, app->session->run, &app->shape);
	if (!session_reset(app->session, seed, &progress, &error)) {
		ghost_destroy(&former);
		app_say(app, ROLE_WARNING, "%s", error.text);
		return;
	}
	ghost_replace(&app->ghost, &former, run_settings(app->session->run));
	app->has_diverged = false;
	app->steps_left = 0;
	if (run_init_file(app->session->run)[0] == '\0')
		app_say(app, ROLE_NORMAL, "started over with seed %llu",
			(unsigned long long)seed);
	else
		app_say(app, ROLE_NORMAL,
			"started over with seed %llu and the weights of %.300s",
			(unsigned long long)seed,
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

/* Say what a reset discards. Only a save replaces the file. */
static const char *
reset_warning(const struct app *app)
{
	const struct session *session = app->session;

	if (app->tour != NULL)
		return _("Start the scene over?");
	if (!session->was_saved && !session->keeps_former)
		return _("Discard the weights and start over?");
	return session->checkpoint_every > 0
		? _("Discard the weights? The next save replaces the file.")
		: _("Discard the weights? The file is unchanged until the next "
		    "save.");
}

static void
ask_reset(struct app *app, uint64_t count)
{
	static const struct question question =
		{N_("Start over with the same seed"),
			{{'y', N_("yes"), reset_same_seed},
				{'n', N_("no"), NULL}}};

	(void)count;
	question_ask(app, &question, "%s", reset_warning(app));
}

const struct action action_reset = {
	.name = "reset",
	.key = {'r', INPUT_F9},
	.shown = "r",
	.help = N_("start over with the same seed, asks first (also F9)"),
	.bar_keys = "r",
	.bar_word = N_("reset"),
	.is_of_present = true,
	.is_of_one = true,
	.act = ask_reset,
};

static void
ask_reset_new_seed(struct app *app, uint64_t count)
{
	static const struct question question =
		{N_("Start over with a new seed"),
			{{'y', N_("yes"), reset_other_seed},
				{'n', N_("no"), NULL}}};

	(void)count;
	question_ask(app, &question, "%s", reset_warning(app));
}

const struct action action_reset_new_seed = {
	.name = "reset-new-seed",
	.key = {'R'},
	.shown = "R",
	.help = N_("start over with a new seed (asks first)"),
	.is_of_present = true,
	.is_of_one = true,
	.refuse = tour_refuse_new,
	.act = ask_reset_new_seed,
};

/* Replace the current run with the run of the form. */
static void
begin_new(struct app *app)
{
	struct initialization initialization;
	const struct progress progress =
		initialize_progress(&initialization, app);
	struct ghost former;
	struct error error;

	ghost_take(&former, app->session->run, &app->shape);
	if (!session_begin(app->session, form_settings(app), &progress,
		    &error)) {
		/* the current run is unchanged */
		ghost_destroy(&former);
		form_complain(app, error.text);
		return;
	}
	ghost_replace(&app->ghost, &former, run_settings(app->session->run));
	overlay_close_all(&app->overlays);
	if (!app_take_run(app, &app->failure)) {
		app->quits = true;
		return;
	}
	app_say_data(app, "started a new run; w saves it under a name");
}

static void
save_and_begin(struct app *app)
{
	save_then(app, begin_new);
}

static void
begin_or_ask(struct app *app)
{
	static const struct question question = {N_("Start a new run?"),
		{{'s', N_("save"), save_and_begin},
			{'d', N_("discard"), begin_new},
			{'c', N_("cancel"), NULL}}};

	if (!app_has_unsaved(app))
		begin_new(app);
	else
		question_ask(app, &question, "Progress is not saved.");
}

static void
open_form(struct app *app, uint64_t count)
{
	static const struct form_purpose purpose = {
		.title = N_("New run"),
		.start = N_(
			"Enter starts the new run, Esc keeps the current run"),
		.accept = begin_or_ask,
	};

	(void)count;
	form_open(app, &purpose, run_settings(app->session->run));
}

const struct action action_new = {
	.name = "new",
	.key = {'n', INPUT_F5},
	.shown = "n",
	.help = N_("open the form for a new run (also F5)"),
	.bar_keys = "n",
	.bar_word = N_("new"),
	.is_of_present = true,
	.is_of_one = true,
	.refuse = tour_refuse_new,
	.act = open_form,
};
