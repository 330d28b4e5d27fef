/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/past.h"

#include "base/translate.h"
#include "tui/app.h"

void
past_visit(struct app *app, uint64_t update)
{
	bool was_there = session_is_in_past(app->session);
	struct error error;

	if (update == session_present_updates(app->session)) {
		past_leave(app);
		return;
	}
	/* the drawing of the present, for a branch */
	if (!was_there)
		ghost_take(&app->left, app->session->run, &app->shape);
	if (!session_visit(app->session, update, &error)) {
		if (!was_there)
			ghost_destroy(&app->left);
		app_say(app, ROLE_WARNING, "%s", error.text);
		return;
	}
	app->is_running = false;
	app->steps_left = 0;
}

void
past_leave(struct app *app)
{
	struct error error;

	if (!session_return(app->session, &error)) {
		app_say(app, ROLE_WARNING, "%s", error.text);
		return;
	}
	ghost_destroy(&app->left);
}

void
past_advance(struct app *app, uint64_t *work)
{
	struct error error;
	enum run_status status =
		session_visit_advance(app->session, work, &error);

	/* what was computed once is computed again, except without memory */
	if (status == RUN_FAILED || status == RUN_DIVERGED) {
		past_leave(app);
		app_say(app, ROLE_WARNING, "%s", error.text);
	}
}

const char *
past_refusal(const struct app *app)
{
	return session_is_in_past(app->session)
		? _("this is the past: b goes on from here, Esc returns")
		: NULL;
}
