/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/action_save.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/translate.h"
#include "tui/actions.h"
#include "tui/app.h"
#include "tui/input.h"
#include "tui/prompt.h"
#include "tui/question.h"
#include "tui/tour.h"

_Static_assert((int)APP_NAME_SIZE >= (int)PROMPT_SIZE,
	"save_name has room for any typed name");

static void
after_save(struct app *app, bool is_saved, const struct error *error)
{
	void (*then)(struct app * app) = app->once_saved;
	char *notice = app->session->notice;

	app->once_saved = NULL;
	if (!is_saved) {
		app_say(app, ROLE_WARNING, "%s", error->text);
		return;
	}
	if (notice[0] != '\0')
		app_say(app, ROLE_WARNING, "saved %s; %s", app->session->model,
			notice);
	else
		app_say(app, ROLE_NORMAL, "saved %s", app->session->model);
	notice[0] = '\0';
	if (then != NULL)
		then(app);
}

static void
keep_old(struct app *app)
{
	app_say(app, ROLE_NORMAL, "not saved");
}

static void
save_under_name(struct app *app)
{
	struct error error;

	after_save(app, session_save_as(app->session, app->save_name, &error),
		&error);
}

static void save(struct app *app);

static void
take_name(struct app *app, const char *typed)
{
	static const struct question replace = {N_("Replace the file?"),
		{{'y', N_("replace"), save_under_name},
			{'n', N_("keep"), keep_old}}};
	const char *model = app->session->model;

	if (typed[0] == '\0') {
		keep_old(app);
		return;
	}
	snprintf(app->save_name, sizeof app->save_name, "%s", typed);
	if (model != NULL && strcmp(model, typed) == 0)
		save(app);
	else if (access(typed, F_OK) != 0)
		save_under_name(app);
	else
		question_ask(app, &replace, "%s", app->save_name);
}

static void
ask_for_name(struct app *app)
{
	static const struct prompt prompt = {N_("Save as"), N_("File name:"),
		take_name, false};
	const char *model = app->session->model;
	char proposal[PROMPT_SIZE];

	if (model != NULL)
		snprintf(proposal, sizeof proposal, "%s", model);
	else
		snprintf(proposal, sizeof proposal, "%s.safetensors",
			run_task(app->session->run)->kind.name);
	prompt_open(app, &prompt, proposal);
}

static void
replace_changed(struct app *app)
{
	struct error error;

	after_save(app, session_replace(app->session, &error), &error);
}

static void
save(struct app *app)
{
	static const struct question changed = {N_("Replace the file?"),
		{{'y', N_("replace"), replace_changed},
			{'o', N_("other name"), ask_for_name},
			{'n', N_("keep"), keep_old}}};
	struct error error;

	if (app->session->model == NULL)
		ask_for_name(app);
	else if (session_is_changed(app->session))
		question_ask(app, &changed,
			"Another program has changed %.900s.",
			app->session->model);
	else
		after_save(app, session_save(app->session, &error), &error);
}

void
save_then(struct app *app, void (*then)(struct app *app))
{
	app->once_saved = then;
	save(app);
}

static void
save_now(struct app *app, uint64_t count)
{
	(void)count;
	save_then(app, NULL);
}

const struct action action_save = {
	.name = "save",
	.key = {'w', INPUT_F4},
	.shown = "w",
	.help = N_("save the model (also F4)"),
	.bar_keys = "w",
	.bar_word = N_("save"),
	.is_of_present = true,
	.refuse = tour_refuse_save,
	.act = save_now,
};

static void
save_as(struct app *app, uint64_t count)
{
	(void)count;
	app->once_saved = NULL;
	ask_for_name(app);
}

const struct action action_save_as = {
	.name = "save-as",
	.key = {'W'},
	.shown = "W",
	.help = N_("save under another name"),
	.is_of_present = true,
	.refuse = tour_refuse_save,
	.act = save_as,
};

static void
replace_best(struct app *app)
{
	const struct session_best *best = &app->session->best;
	struct error error;

	if (session_replace_best(app->session, &error))
		app_say(app, ROLE_NORMAL, "saved %s", best->name);
	else
		app_say(app, ROLE_WARNING, "%s", error.text);
}

static void
decline_best(struct app *app)
{
	struct session_best *best = &app->session->best;

	best->is_waiting = false;
	best->is_declined = true;
	app_say(app, ROLE_NORMAL,
		"kept %s; the best model of this run is not saved", best->name);
}

void
save_ask_for_best(struct app *app)
{
	static const struct question question = {N_("Replace the best model?"),
		{{'y', N_("replace"), replace_best},
			{'n', N_("keep"), decline_best}}};

	question_ask(app, &question, "%.900s belongs to another run.",
		app->session->best.name);
}
