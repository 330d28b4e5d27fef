/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The action that raises the number of updates of the run.
 */
#include "base/number.h"
#include "base/translate.h"
#include "tui/actions.h"
#include "tui/app.h"
#include "tui/prompt.h"

#define UPDATES_MAX UINT64_C(1000000000000000)

static void
extend(struct app *app, uint64_t more)
{
	const struct run *run = app->session->run;
	uint64_t updates = run_updates(run), target = run_settings(run)->target;
	uint64_t from = target > updates ? target : updates;
	char text[NUMBER_TEXT_SIZE];

	if (more > UPDATES_MAX - from) {
		app_say(app, ROLE_WARNING,
			"too many updates; the maximum is 10^15");
		return;
	}
	if (app_is_finished(app))
		app->is_running = true;
	if (run_lost_patience(run))
		session_set_patience(app->session, 0);
	session_set_target(app->session, from + more);
	if (app->other != NULL)
		session_set_target(app->other->session, from + more);
	app_say(app, ROLE_NORMAL, "the run now ends at update %s",
		number_grouped(text, from + more));
}

/* Let a run go on that --patience has ended. */
static void
train_on(struct app *app)
{
	session_set_patience(app->session, 0);
	app->is_running = true;
	app_say(app, ROLE_NORMAL, "the run goes on without --patience");
}

static void
take_number(struct app *app, const char *typed)
{
	uint64_t more;

	if (number_parse_count(typed, UPDATES_MAX, &more) && more > 0)
		extend(app, more);
	else
		app_say(app, ROLE_WARNING, "'%s' is not a number of updates",
			typed);
}

static const char *
refuse_extend(const struct app *app)
{
	const struct run *run = app->session->run;

	return run_settings(run)->target == 0 && !run_lost_patience(run)
		? _("the run has no end (--updates 0)")
		: NULL;
}

static void
extend_or_ask(struct app *app, uint64_t count)
{
	static const struct prompt prompt = {N_("Extend the run"),
		N_("Number of updates to add:"), take_number, false};
	const struct run *run = app->session->run;
	uint64_t end = session_end(app->session);

	if (run_lost_patience(run) && run_updates(run) < end)
		train_on(app);
	else if (count > 0)
		extend(app, count);
	else
		prompt_open(app, &prompt, "25000");
}

const struct action action_extend = {
	.name = "extend",
	.key = {'e'},
	.shown = "e",
	.help = N_("extend the run; 500e adds 500 updates"),
	.bar_keys = "e",
	.bar_word = N_("extend"),
	.leads = app_is_finished,
	.is_of_present = true,
	.refuse = refuse_extend,
	.act = extend_or_ask,
};
