/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Actions that go to earlier updates, and on from there.
 */
#include <string.h>

#include "base/number.h"
#include "base/translate.h"
#include "tui/actions.h"
#include "tui/app.h"
#include "tui/branches.h"
#include "tui/form.h"
#include "tui/input.h"
#include "tui/panes.h"
#include "tui/past.h"
#include "tui/prompt.h"

static const char *
refuse_without_past(const struct app *app)
{
	if (app->tour != NULL)
		return _("the tour has no past; Esc ends it");
	return app->session->past.timeline.count > 0
		? NULL
		: _("no earlier state is kept yet");
}

/* The arrows go through the past where the loss is in front. */
static const char *
refuse_arrows(const struct app *app)
{
	bool is_in_front = session_is_in_past(app->session) ||
		(app->view.zoom != NULL &&
			strcmp(app->view.zoom, pane_loss.title) == 0);

	return is_in_front ? refuse_without_past(app)
			   : _("no value to change in this pane; Esc shows all "
			       "panes");
}

/* Return the update of the next kept state, or of the present. */
static uint64_t
neighbour(const struct app *app, int by)
{
	const struct timeline *timeline = &app->session->past.timeline;
	uint64_t now = session_is_in_past(app->session)
		? app->session->past.wanted
		: run_updates(app->session->run);
	uint64_t found = by < 0 ? timeline->mark[0].update
				: session_present_updates(app->session);

	for (size_t i = 0; i < timeline->count; i++) {
		uint64_t update = timeline->mark[i].update;

		if (by < 0 && update < now)
			found = update;
		if (by > 0 && update > now)
			return update;
	}
	return found;
}

static void
move(struct app *app, uint64_t count, int by)
{
	for (uint64_t i = 0; i == 0 || i < count; i++) {
		uint64_t update = neighbour(app, by);

		if (i > 0 && update == app->session->past.wanted)
			return;
		past_visit(app, update);
		if (!session_is_in_past(app->session))
			return;
	}
}

static void
go_earlier(struct app *app, uint64_t count)
{
	move(app, count, -1);
}

static void
go_later(struct app *app, uint64_t count)
{
	move(app, count, 1);
}

const struct action action_earlier = {
	.name = "earlier",
	.key = {','},
	.shown = ",",
	.help = N_("go back to the kept state before; 5, goes back by five"),
	.bar_keys = ", ;",
	.bar_word = N_("past"),
	.is_of_one = true,
	.refuse = refuse_without_past,
	.act = go_earlier,
};

const struct action action_later = {
	.name = "later",
	.key = {';'},
	.shown = ";",
	.help = N_("go to the next kept state, up to the present"),
	.is_of_one = true,
	.refuse = refuse_without_past,
	.act = go_later,
};

const struct action action_earlier_arrow = {
	.name = "earlier-arrow",
	.key = {INPUT_LEFT},
	.shown = "Left",
	.help = N_("the same as , in the past and in an enlarged Loss pane"),
	.is_of_one = true,
	.refuse = refuse_arrows,
	.act = go_earlier,
};

const struct action action_later_arrow = {
	.name = "later-arrow",
	.key = {INPUT_RIGHT},
	.shown = "Right",
	.help = N_("the same as ; there"),
	.is_of_one = true,
	.refuse = refuse_arrows,
	.act = go_later,
};

static void
take_update(struct app *app, const char *typed)
{
	uint64_t update;

	if (number_parse_count(typed, UINT64_MAX, &update))
		past_visit(app, update);
	else
		app_say(app, ROLE_WARNING, "'%s' is not a number of updates",
			typed);
}

static void
go_to(struct app *app, uint64_t count)
{
	static const struct prompt prompt = {N_("Go back"),
		N_("Number of the update:"), take_update, false};

	if (count > 0)
		past_visit(app, count);
	else
		prompt_open(app, &prompt, "0");
}

const struct action action_go_to = {
	.name = "go-to",
	.key = {'@'},
	.shown = "@",
	.help = N_("go to an earlier update; 1200@ goes to update 1,200"),
	.is_of_one = true,
	.refuse = refuse_without_past,
	.act = go_to,
};

static bool
may_branch(const struct setting *setting)
{
	return setting->may_branch;
}

static void
branch_off(struct app *app)
{
	char update[NUMBER_TEXT_SIZE];
	struct error error;

	if (!session_branch_off(app->session, form_settings(app), &error)) {
		form_complain(app, error.text);
		return;
	}
	number_grouped(update, run_updates(app->session->run));
	ghost_replace(&app->ghost, &app->left, run_settings(app->session->run));
	ghost_destroy(&app->left);
	overlay_close_all(&app->overlays);
	app->is_running = !app_is_finished(app);
	app_say(app, ROLE_NORMAL,
		"branch %zu goes on from update %s; B lists the branches",
		app->session->past.present + 1, update);
}

static const char *
refuse_branch(const struct app *app)
{
	if (!session_is_in_past(app->session))
		return _("a branch begins in the past: , goes back");
	return session_is_visiting(app->session)
		? _("the update is still being computed")
		: NULL;
}

static void
open_branch_form(struct app *app, uint64_t count)
{
	static const struct form_purpose purpose = {
		.title = N_("Go on from here"),
		.start =
			N_("Enter goes on from this update; what came after it "
			   "stays as a branch"),
		.takes = may_branch,
		.accept = branch_off,
	};
	struct settings settings = *run_settings(app->session->run);

	(void)count;
	/* the target is that of the present */
	settings.target = session_present(app->session)->settings.target;
	form_open(app, &purpose, &settings);
}

static bool
is_in_past(const struct app *app)
{
	return session_is_in_past(app->session);
}

const struct action action_branch = {
	.name = "branch",
	.key = {'b'},
	.shown = "b",
	.help = N_("in the past: go on from here, with other settings"),
	.bar_keys = "b",
	.bar_word = N_("go on"),
	.leads = is_in_past,
	.is_of_one = true,
	.refuse = refuse_branch,
	.act = open_branch_form,
};

static const char *
refuse_branches(const struct app *app)
{
	return app->session->past.branches > 1
		? NULL
		: _("there is one branch: , goes back, and b there makes "
		    "another");
}

static void
list_branches(struct app *app, uint64_t count)
{
	(void)count;
	branches_open(app);
}

const struct action action_branches = {
	.name = "branches",
	.key = {'B'},
	.shown = "B",
	.help = N_("list the branches of the run, and return to one"),
	.is_of_one = true,
	.refuse = refuse_branches,
	.act = list_branches,
};
