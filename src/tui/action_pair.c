/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Actions that compare two runs.
 */
#include "base/translate.h"
#include "tui/actions.h"
#include "tui/app.h"
#include "tui/form.h"
#include "tui/initialize.h"
#include "tui/pair.h"
#include "tui/question.h"

static void
begin(struct app *app)
{
	struct initialization initialization;
	const struct progress progress =
		initialize_progress(&initialization, app);
	struct error error;

	if (!pair_begin(app, form_settings(app), &progress, &error)) {
		form_complain(app, error.text);
		return;
	}
	overlay_close_all(&app->overlays);
	app->is_running = !app_is_finished(app);
	app_say(app, ROLE_NORMAL,
		"two runs in lock step; v brings the other to the front");
}

static const char *
refuse_compare(const struct app *app)
{
	if (app->tour != NULL)
		return _("the tour compares its scenes; Esc ends it");
	return app->pair != NULL ? _("two runs are compared already; C ends it")
				 : NULL;
}

static void
compare(struct app *app, uint64_t count)
{
	static const struct form_purpose purpose = {
		.title = N_("Compare with"),
		.start =
			N_("Enter starts a second run beside this one, in lock "
			   "step"),
		.accept = begin,
	};

	(void)count;
	form_open(app, &purpose, run_settings(app->session->run));
}

const struct action action_compare = {
	.name = "compare",
	.key = {'c'},
	.shown = "c",
	.help = N_("start a second run beside this one, to compare them"),
	.bar_keys = "c",
	.bar_word = N_("compare"),
	.is_of_present = true,
	.refuse = refuse_compare,
	.act = compare,
};

static const char *
refuse_alone(const struct app *app)
{
	return app->pair != NULL ? NULL : _("there is one run; c adds another");
}

static void
exchange(struct app *app, uint64_t count)
{
	(void)count;
	if (pair_exchange(app))
		app_say(app, ROLE_NORMAL, "in front: %s", app->pair->name[0]);
}

const struct action action_exchange = {
	.name = "exchange",
	.key = {'v'},
	.shown = "v",
	.help = N_("of two runs, bring the other one to the front"),
	.bar_keys = "v",
	.bar_word = N_("other run"),
	.refuse = refuse_alone,
	.act = exchange,
};

static void
end(struct app *app)
{
	pair_end(app);
	app_say(app, ROLE_NORMAL, "the comparison is over");
}

static void
end_or_ask(struct app *app, uint64_t count)
{
	static const struct question question = {N_("End the comparison?"),
		{{'d', N_("discard it"), end}, {'c', N_("cancel"), NULL}}};

	(void)count;
	if (app_has_unsaved(app->other))
		question_ask(app, &question,
			"The run behind, %s, is not saved.",
			app->pair->name[1]);
	else
		end(app);
}

const struct action action_end_pair = {
	.name = "end-comparison",
	.key = {'C'},
	.shown = "C",
	.help = N_("end the comparison; the run in front goes on"),
	.refuse = refuse_alone,
	.act = end_or_ask,
};
