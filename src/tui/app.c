/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/app.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/translate.h"
#include "tui/action.h"
#include "tui/bindings.h"
#include "tui/layout.h"
#include "tui/view.h"

#define MESSAGE_SECONDS 6.0

/* Show the session's notice, once. */
static void
tell_notice(struct app *app)
{
	char *notice = app->session->notice;

	if (notice[0] != '\0')
		app_say(app, ROLE_WARNING, "%s", notice);
	notice[0] = '\0';
}

static void
release_run(struct app *app)
{
	ghost_destroy(&app->left);
	live_seen_destroy(&app->seen);
	live_shape_destroy(&app->shape);
	live_text_destroy(&app->text);
	live_steps_destroy(&app->steps);
}

/* Allocate a state of `size` bytes; 0: none. */
static bool
create_state(void **state, size_t size, struct error *error)
{
	if (size == 0)
		return true;
	*state = memory_new(1, size);
	return *state != NULL || error_out_of_memory(error);
}

static bool
create_states(struct app *app, struct error *error)
{
	for (size_t v = 0; app->views[v] != NULL; v++) {
		const struct view *view = app->views[v];

		assert(v < APP_VIEWS_MAX);
		if (!create_state(&app->view_state[v], view->state_size, error))
			return false;
		for (size_t i = 0; view->panes[i] != NULL; i++) {
			const struct pane *pane = view->panes[i];

			assert(i < PANES_MAX);
			if (app_pane_state(app, pane) == NULL &&
				!create_state(&app->pane_state[v][i],
					pane->state_size, error))
				return false;
		}
	}
	return true;
}

static size_t
add_actions(struct app *app, size_t count, const struct action *const *list)
{
	for (; list != NULL && *list != NULL; list++) {
		const struct action *action = app->bindings != NULL
			? bindings_action(app->bindings, *list)
			: *list;

		assert(count < APP_ACTIONS_MAX);
		app->actions[count++] = action;
	}
	app->actions[count] = NULL;
	return count;
}

static void
set_view(struct app *app, const struct view *view)
{
	app->current = view;
	app->panes = view->panes;
	app->view.zoom = NULL;
	add_actions(app, add_actions(app, 0, view->actions), app->common);
}

bool
app_take_run(struct app *app, struct error *error)
{
	const struct run *run = app->session->run;
	const struct view *view = app->current;
	bool is_ready;

	if (view->leave != NULL)
		view->leave(app, app_view_state(app, view));
	release_run(app);
	app->is_running = !app_is_finished(app);
	app->steps_left = 0;
	app->measured = 0;
	app->has_diverged = false;
	app->cuts_memory = false;
	app->narrator = (struct narrator){.line = NULL};
	if (view->suits != NULL && !view->suits(app)) {
		view = app->views[0];
		set_view(app, view);
	}
	live_steps_create(&app->steps, run);
	is_ready = app_is_text(app) ? live_text_create(&app->text, run, error)
				    : live_shape_create(&app->shape, run,
					      app->view.shape_choice, error) &&
			live_seen_create(&app->seen, run, error);
	if (is_ready && view->enter != NULL)
		view->enter(app, app_view_state(app, view));
	return is_ready;
}

void
app_show_view(struct app *app, const struct view *view)
{
	if (view == app->current)
		return;
	if (app->current->leave != NULL)
		app->current->leave(app, app_view_state(app, app->current));
	set_view(app, view);
	if (view->enter != NULL)
		view->enter(app, app_view_state(app, view));
}

void
app_step_back(struct app *app)
{
	const struct view *view = app->current;

	if (app->view.zoom != NULL) {
		app->view.zoom = NULL;
		return;
	}
	if (view->escape != NULL &&
		view->escape(app, app_view_state(app, view)))
		return;
	if (view == app->views[0])
		app->view.shows_film = false;
	app_show_view(app, app->views[0]);
}

bool
app_create(struct app *app, struct session *session,
	const struct view *const *views, const struct action *const *actions,
	const struct bindings *bindings, double speed, struct error *error)
{
	*app = (struct app){
		.session = session,
		.first = session->context,
		.views = views,
		.common = actions,
		.bindings = bindings,
		.speed = speed,
	};
	set_view(app, views[0]);
	if (session->is_resumed)
		app_say(app, ROLE_NORMAL, "resumed %s", session->model);
	tell_notice(app);
	return create_states(app, error) && app_take_run(app, error);
}

void
app_destroy(struct app *app)
{
	if (app->current->leave != NULL)
		app->current->leave(app, app_view_state(app, app->current));
	export_job_has_ended(&app->export_job, true);
	release_run(app);
	ghost_destroy(&app->ghost);
	ghost_destroy(&app->left);
	for (size_t v = 0; v < APP_VIEWS_MAX; v++) {
		free(app->view_state[v]);
		for (size_t i = 0; i < PANES_MAX; i++)
			free(app->pane_state[v][i]);
	}
}

bool
app_is_text(const struct app *app)
{
	return run_task(app->session->run)->is_text;
}

static bool
is_finished_alone(const struct app *app)
{
	const struct run *run = app->session->run;

	return (run_updates(run) >= session_end(app->session) ||
		       run_lost_patience(run)) &&
		!run_is_validating(run);
}

bool
app_is_finished(const struct app *app)
{
	return is_finished_alone(app) &&
		(app->other == NULL || is_finished_alone(app->other));
}

bool
app_is_waiting(const struct app *app)
{
	return overlay_stops_run(&app->overlays);
}

bool
app_is_training(const struct app *app)
{
	return (app->is_running || app->steps_left > 0) &&
		!app_is_waiting(app) && !app_is_finished(app);
}

bool
app_has_unsaved(const struct app *app)
{
	return !app->session->is_saved &&
		(session_present_updates(app->session) > 0 ||
			app->session->was_saved);
}

void
app_say(struct app *app, enum screen_role role, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(app->message, sizeof app->message, translate(format),
		arguments);
	va_end(arguments);
	app->message_role = role;
	app->message_since = clock_seconds();
}

bool
app_say_data(struct app *app, const char *before)
{
	const struct run *run = app->session->run;
	struct data_report report;
	char line[APP_MESSAGE_SIZE / 2];
	bool is_suspected;

	if (!run_data_report(run, &report)) {
		if (before[0] != '\0')
			app_say(app, ROLE_NORMAL, "%s", _(before));
		return false;
	}
	data_report_line(&report, line, sizeof line);
	is_suspected = report.warnings.count > 0;
	/* alone, since the line keeps the end of a long message */
	if (is_suspected)
		app_say(app, ROLE_WARNING, "%s", report.warnings.text[0]);
	else if (before[0] != '\0')
		app_say(app, ROLE_NORMAL, "%s; %s", _(before), line);
	else
		app_say(app, ROLE_NORMAL, "read %s", line);
	data_report_destroy(&report);
	return is_suspected;
}

void
app_apply_memory(struct app *app)
{
	if (app_is_text(app))
		live_text_cut_memory(&app->text, app->cuts_memory);
	else
		live_shape_cut_memory(&app->shape, app->cuts_memory);
}

static bool
is_shown(const struct app *app, const struct pane *pane)
{
	return pane->is_shown == NULL || pane->is_shown(app);
}

void
app_shown_panes(const struct app *app, const struct pane *shown[PANES_MAX + 1])
{
	size_t count = 0;

	for (size_t i = 0; app->panes[i] != NULL; i++)
		if (is_shown(app, app->panes[i]))
			shown[count++] = app->panes[i];
	shown[count] = NULL;
}

void *
app_pane_state(const struct app *app, const struct pane *pane)
{
	for (size_t v = 0; app->views[v] != NULL; v++)
		for (size_t i = 0; app->views[v]->panes[i] != NULL; i++)
			if (app->views[v]->panes[i] == pane)
				return app->pane_state[v][i];
	return NULL;
}

void *
app_view_state(const struct app *app, const struct view *view)
{
	for (size_t v = 0; app->views[v] != NULL; v++)
		if (app->views[v] == view)
			return app->view_state[v];
	return NULL;
}

void
app_prepare(struct app *app, int rows, int columns, double now)
{
	const struct view *view = app->current;
	const struct pane *panes[PANES_MAX + 1];
	struct layout layout;

	app->is_animated = view->prepare != NULL &&
		view->prepare(app, app_view_state(app, view), now);
	/* the end of an export is to be seen soon */
	app->is_animated |= app->export_job.child != 0;
	/* without a timer: while nothing changes, the message is not stale */
	if (app->message_role != ROLE_WARNING &&
		now - app->message_since > MESSAGE_SECONDS)
		app->message[0] = '\0';
	app_shown_panes(app, panes);
	layout_compute(&layout, panes, app->view.zoom, app, rows, columns);
	for (size_t i = 0; panes[i] != NULL; i++)
		if (panes[i]->prepare != NULL &&
			layout.place[i].area.rows > 0 &&
			panes[i]->prepare(app, app_pane_state(app, panes[i]),
				now))
			app->is_animated = true;
}

static void
stop(struct app *app)
{
	app->is_running = false;
	app->steps_left = 0;
}

static void
say_finished(struct app *app)
{
	const struct run *run = app->session->run;

	if (app->tour != NULL)
		app_say(app, ROLE_NORMAL, "%s", "");
	else if (run_lost_patience(run))
		app_say(app, ROLE_NORMAL,
			translate_count(
				"finished: no better validation in %llu epoch; "
				"e trains on, w saves, q quits",
				"finished: no better validation in %llu "
				"epochs; e trains on, w saves, q quits",
				run_settings(run)->patience),
			(unsigned long long)run_settings(run)->patience);
	else
		app_say(app, ROLE_NORMAL,
			"finished: e extends the run, w saves, q quits");
}

void
app_after_slice(struct app *app, enum run_status status,
	const struct error *error)
{
	bool was_stepping = app->steps_left > 0;

	switch (status) {
	case RUN_GOES_ON:
	case RUN_REACHED:
	case RUN_LOST_PATIENCE:
		break;
	case RUN_DIVERGED:
		app->has_diverged = true;
		stop(app);
		app_say(app, ROLE_WARNING, "%s; press [ then Space",
			error->text);
		return;
	case RUN_FAILED:
		stop(app);
		app_say(app, ROLE_WARNING, "%s", error->text);
		return;
	case RUN_LOG_FAILED:
		stop(app);
		app_say(app, ROLE_WARNING, "not logged: %s", error->text);
		return;
	case RUN_CHECKPOINT_FAILED:
		app_say(app, ROLE_WARNING, "%s", error->text);
		break;
	}
	app->has_diverged = false;
	if (app_is_finished(app) && (app->is_running || was_stepping)) {
		app->is_running = false;
		app->steps_left = 0;
		if (status != RUN_CHECKPOINT_FAILED)
			say_finished(app);
	}
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
