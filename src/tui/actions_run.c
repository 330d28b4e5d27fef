/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What keys do to the run and its file: begin it anew, extend it, save it,
 * leave it.
 */
#include "tui/app.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/signals.h"
#include "tui/form.h"
#include "tui/overlay.h"
#include "tui/panes.h"
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
		panes_draw(drawing->app);
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
	app->drawing_since = -1;
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

void
app_reset(struct app *app, uint64_t count)
{
	(void)count;
	overlay_ask(app,
		&(struct question){"Begin again with the same seed?",
			forgotten(app),
			{{'y', "yes", reset_same_seed}, {'n', "no", NULL}}});
}

void
app_reset_new_seed(struct app *app, uint64_t count)
{
	(void)count;
	overlay_ask(app,
		&(struct question){"Begin again with a new seed?",
			forgotten(app),
			{{'y', "yes", reset_other_seed}, {'n', "no", NULL}}});
}

static void
extend(struct app *app, uint64_t more)
{
	uint64_t updates = run_updates(app->session->run);
	uint64_t target = run_settings(app->session->run)->target;
	uint64_t from = target > updates ? target : updates;
	char text[NUMBER_TEXT_SIZE];

	if (more > UINT64_C(1000000000000000) - from) {
		app_say(app, ROLE_WARNING, "that is too many updates");
		return;
	}
	if (app_is_finished(app))
		app->is_running = true;
	session_set_target(app->session, from + more);
	app_say(app, ROLE_NORMAL, "the run now ends at update %s",
		number_grouped(text, from + more));
}

static void
extend_by_text(struct app *app, const char *typed)
{
	uint64_t more;

	if (number_parse_count(typed, (uint64_t)1e15, &more) && more > 0)
		extend(app, more);
	else
		app_say(app, ROLE_WARNING, "'%s' is not a count of updates",
			typed);
}

void
app_extend(struct app *app, uint64_t count)
{
	struct prompt prompt = {"More updates", "How many?", extend_by_text,
		"25000", false};

	if (run_settings(app->session->run)->target == 0)
		app_say(app, ROLE_NORMAL, "this run has no end");
	else if (count > 0)
		extend(app, count);
	else
		overlay_request(app, &prompt);
}

/* All that hangs on the run, for the one that is there now. */
static bool
rebuild(struct app *app, struct error *error)
{
	struct app fresh;

	if (!app_create(&fresh, app->session, app->speed, error)) {
		app_destroy(&fresh);
		return false;
	}
	app_destroy(app);
	fresh.zoom = app->zoom;
	fresh.shows_training = app->shows_training;
	*app = fresh;
	return true;
}

/* Take the form's run in place of the present one. */
static void
begin_new(struct app *app)
{
	struct drawing drawing = {app, clock_seconds(), 0};
	const struct progress progress = {report_drawing, &drawing};
	struct error error;

	if (!session_begin(app->session, &app->form.settings, &progress,
		    &error)) {
		/* the old run is as it was */
		app->overlay = OVERLAY_FORM;
		snprintf(app->form.message, sizeof app->form.message, "%.500s",
			error.text);
		return;
	}
	if (!rebuild(app, &app->failure)) {
		app->quits = true;
		return;
	}
	app_say(app, ROLE_NORMAL, "a new run; w asks for a name");
}

static void
save_then_begin(struct app *app)
{
	app->begins_after_save = true;
	app_save(app, 0);
}

void
app_begin_from_form(struct app *app)
{
	app->overlay = OVERLAY_NONE;
	if (!app_has_unsaved(app))
		begin_new(app);
	else
		overlay_ask(app,
			&(struct question){"Begin a new run?",
				"There is progress that is not saved.",
				{{'s', "save", save_then_begin},
					{'d', "discard", begin_new},
					{'c', "cancel", NULL}}});
}

void
app_new_run(struct app *app, uint64_t count)
{
	(void)count;
	form_open(app);
}

static void
after_save(struct app *app, bool good, const struct error *error)
{
	if (good) {
		char *notice = app->session->notice;

		app_say(app, notice[0] != '\0' ? ROLE_WARNING : ROLE_NORMAL,
			"saved %s%s%s", app->session->model,
			notice[0] != '\0' ? "; " : "", notice);
		notice[0] = '\0';
		app->quits = app->quits_after_save;
		if (app->begins_after_save)
			begin_new(app);
	} else {
		app_say(app, ROLE_WARNING, "%s", error->text);
	}
	app->quits_after_save = false;
	app->begins_after_save = false;
}

static void
save_pending(struct app *app)
{
	struct error error;

	after_save(app,
		session_save_as(app->session, app->pending_name, &error),
		&error);
}

static void
keep_old(struct app *app)
{
	app->quits_after_save = false;
	app->begins_after_save = false;
	app_say(app, ROLE_NORMAL, "not saved");
}

static void
save_under(struct app *app, const char *typed)
{
	const char *model = app->session->model;

	if (typed[0] == '\0') {
		keep_old(app);
		return;
	}
	snprintf(app->pending_name, sizeof app->pending_name, "%s", typed);
	if (model != NULL && strcmp(model, typed) == 0)
		app_save(app, 0);
	else if (access(typed, F_OK) != 0)
		save_pending(app);
	else
		overlay_ask(app,
			&(struct question){"Replace the file?",
				app->pending_name,
				{{'y', "replace", save_pending},
					{'n', "keep it", keep_old}}});
}

void
app_save_as(struct app *app, uint64_t count)
{
	const char *model = app->session->model;
	struct prompt prompt = {"Save as", "File name:", save_under, "", false};

	(void)count;
	if (model != NULL)
		snprintf(prompt.typed, sizeof prompt.typed, "%s", model);
	else
		snprintf(prompt.typed, sizeof prompt.typed, "%s.safetensors",
			task_name(run_settings(app->session->run)->task));
	overlay_request(app, &prompt);
}

static void
replace_changed(struct app *app)
{
	struct error error;

	after_save(app, session_replace(app->session, &error), &error);
}

static void
save_elsewhere(struct app *app)
{
	app_save_as(app, 0);
}

/* Another program has changed the file since it was read or saved. */
static void
ask_for_changed(struct app *app)
{
	snprintf(app->asked, sizeof app->asked,
		"Another program has changed "
		"%.900s.",
		app->session->model);
	overlay_ask(app,
		&(struct question){"Replace the file?", app->asked,
			{{'y', "replace", replace_changed},
				{'o', "other name", save_elsewhere},
				{'n', "keep it", keep_old}}});
}

void
app_save(struct app *app, uint64_t count)
{
	struct error error;

	if (app->session->model == NULL)
		app_save_as(app, count);
	else if (session_is_changed(app->session))
		ask_for_changed(app);
	else
		after_save(app, session_save(app->session, &error), &error);
}

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
	app->session->best.is_waiting = false;
	app->session->best.is_declined = true;
	app_say(app, ROLE_NORMAL,
		"%s is kept; no best model of this run is "
		"saved",
		app->session->best.name);
}

void
app_ask_for_best(struct app *app)
{
	snprintf(app->asked, sizeof app->asked, "%.900s is not of this run.",
		app->session->best.name);
	overlay_ask(app,
		&(struct question){"Replace the best model?", app->asked,
			{{'y', "replace", replace_best},
				{'n', "keep it", decline_best}}});
}

static void
quit_now(struct app *app)
{
	app->quits = true;
}

static void
quit_saved(struct app *app)
{
	app->quits_after_save = true;
	app_save(app, 0);
}

static const char leave_title[] = "Leave?";

static void
ask_to_leave(struct app *app, const char *text)
{
	overlay_ask(app,
		&(struct question){leave_title, text,
			{{'s', "save", quit_saved}, {'d', "discard", quit_now},
				{'c', "cancel", NULL}}});
}

void
app_quit(struct app *app, uint64_t count)
{
	(void)count;
	if (!app_has_unsaved(app))
		app->quits = true;
	else
		ask_to_leave(app, "There is progress that is not saved.");
}

void
app_interrupt(struct app *app, uint64_t count)
{
	bool is_asked = app->overlay == OVERLAY_QUESTION &&
		app->question.title == leave_title;
	struct error error;

	(void)count;
	app->quits_after_save = app->begins_after_save = false;
	if (!session_keep(app->session, app->has_diverged, &error)) {
		app_say(app, ROLE_WARNING, "%s", error.text);
		return;
	}
	if (!is_asked && app_has_unsaved(app)) {
		ask_to_leave(app,
			"Progress is not saved; Ctrl-C again "
			"discards it.");
		return;
	}
	app->quits = true;
	app->is_interrupted = true;
}

void
app_report(struct app *app)
{
	const struct run *run = app->session->run;
	char done[NUMBER_TEXT_SIZE], target[NUMBER_TEXT_SIZE];
	char loss[NUMBER_TEXT_SIZE], average[NUMBER_TEXT_SIZE];
	bool has_end = run_settings(run)->target > 0;

	number_grouped(done, run_updates(run));
	number_grouped(target, run_settings(run)->target);
	if (run_updates(run) == 0)
		app_say(app, ROLE_NORMAL, "update %s%s%s", done,
			has_end ? "/" : "", has_end ? target : "");
	else
		app_say(app, ROLE_NORMAL, "update %s%s%s  loss %s  average %s",
			done, has_end ? "/" : "", has_end ? target : "",
			number_loss(loss, run_history(run)->last),
			number_loss(average,
				history_average(run_history(run))));
}
