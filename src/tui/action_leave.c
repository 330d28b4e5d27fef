/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/action_leave.h"

#include "base/translate.h"
#include "tui/action_save.h"
#include "tui/actions.h"
#include "tui/app.h"
#include "tui/input.h"
#include "tui/question.h"
#include "tui/tour.h"

static void
leave(struct app *app)
{
	app->quits = true;
}

static void
save_and_leave(struct app *app)
{
	save_then(app, leave);
}

static const struct question leave_question = {N_("Quit?"),
	{{'s', N_("save"), save_and_leave}, {'d', N_("discard"), leave},
		{'c', N_("cancel"), NULL}}};

static void
leave_or_ask(struct app *app)
{
	if (!app_has_unsaved(app))
		leave(app);
	else
		question_ask(app, &leave_question, "Progress is not saved.");
}

static const struct question other_question = {N_("Quit?"),
	{{'d', N_("discard it"), leave_or_ask}, {'c', N_("cancel"), NULL}}};

static void
quit(struct app *app, uint64_t count)
{
	(void)count;
	/* what can be lost is the user's own run */
	tour_end(app);
	if (app->other != NULL && app_has_unsaved(app->other))
		question_ask(app, &other_question,
			"The run behind is not saved; v brings it to the "
			"front.");
	else
		leave_or_ask(app);
}

const struct action action_quit = {
	.name = "quit",
	.key = {'q', INPUT_F10},
	.shown = "q",
	.help = N_("quit (also F10); asks if there is unsaved progress"),
	.bar_keys = "q",
	.bar_word = N_("quit"),
	.act = quit,
};

void
leave_interrupted(struct app *app)
{
	struct error error;

	tour_end(app);
	if (!session_keep(app->session, app->has_diverged, &error)) {
		app_say(app, ROLE_WARNING, "%s", error.text);
		return;
	}
	if (app->other != NULL &&
		!session_keep(app->other->session, app->other->has_diverged,
			&error)) {
		app_say(app, ROLE_WARNING, "%s", error.text);
		return;
	}
	if (app_has_unsaved(app) && !question_is_asked(app, &leave_question)) {
		question_ask(app, &leave_question,
			"Progress is not saved. Ctrl-C again discards it.");
		return;
	}
	leave(app);
	app->is_interrupted = true;
}

static void
interrupt(struct app *app, uint64_t count)
{
	(void)count;
	leave_interrupted(app);
}

/* Most terminals send SIGINT instead, which the loop handles. */
const struct action action_interrupt = {
	.name = "interrupt",
	.key = {INPUT_CONTROL_C},
	.shown = "Ctrl-C",
	.help = N_("save and quit; asks if the model has no name"),
	.act = interrupt,
};

const struct action action_suspend = {
	.name = "suspend",
	.shown = "Ctrl-Z",
	.help = N_("suspend; fg in the shell continues"),
};
