/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/pair.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/translate.h"
#include "task/framing.h"
#include "tui/slice.h"

/* A run may be ahead by as many updates as a slice has, this many at most. */
#define STEP_MAX (UINT64_C(1) << 20)

static void
release(struct pair *pair)
{
	struct error ignored;

	if (pair->other.session != NULL)
		app_destroy(&pair->other);
	session_close(&pair->session, &ignored);
	thread_pool_destroy(pair->threads);
	free(pair);
}

/*
 * Return the context that the run in front does not use. The second one is
 * created with the first comparison; it has a single thread, because both runs
 * train at the same time.
 */
static const struct context *
free_context(struct app *app, struct error *error)
{
	if (app->session->context == app->second)
		return app->first;
	if (app->second->threads == NULL &&
		!context_create(app->second, app->first->kernel, 1, error))
		return NULL;
	return app->second;
}

/* Create a pair without a run. */
static struct pair *
create(struct app *app, struct error *error)
{
	const struct context *context = free_context(app, error);
	struct pair *pair = memory_new(1, sizeof *pair);

	if (context == NULL || pair == NULL) {
		free(pair);
		error_out_of_memory(error);
		return NULL;
	}
	pair->step = 1;
	pair->session.context = context;
	pair->session.asks = true;
	pair->threads = thread_pool_create(
		thread_pool_size(app->first->threads) > 1 ? 2 : 1);
	if (pair->threads != NULL)
		return pair;
	free(pair);
	error_out_of_memory(error);
	return NULL;
}

/* Name the runs by what differs. */
static void
name_runs(struct pair *pair, const struct app *app)
{
	const struct settings *front = run_settings(app->session->run);
	const struct settings *other = run_settings(pair->other.session->run);

	ghost_describe(front, other, pair->name[0]);
	ghost_describe(other, front, pair->name[1]);
	for (int i = 0; i < 2; i++)
		if (pair->name[i][0] == '\0')
			memcpy(pair->name[i], "the same", sizeof "the same");
}

/* Show the run of the pair's session beside that of the app. */
static bool
show(struct app *app, struct pair *pair, struct error *error)
{
	if (!app_create(&pair->other, &pair->session, app->views, app->common,
		    app->bindings, app->speed, error)) {
		release(pair);
		return false;
	}
	app->pair = pair;
	app->other = &pair->other;
	ghost_destroy(&app->ghost);
	name_runs(pair, app);
	return true;
}

bool
pair_begin(struct app *app, const struct settings *settings,
	const struct progress *progress, struct error *error)
{
	struct pair *pair = create(app, error);

	if (pair == NULL)
		return false;
	if (!session_begin(&pair->session, settings, progress, error)) {
		release(pair);
		return false;
	}
	return show(app, pair, error);
}

bool
pair_open(struct app *app, const char *model, struct error *error)
{
	struct pair *pair = create(app, error);
	struct session_options options = {.model = model,
		.asks = true,
		.log_every = 1};

	if (pair == NULL)
		return false;
	options.context = pair->session.context;
	settings_default(&options.settings);
	/* a session of a name that does not exist would begin a new run */
	if (access(model, F_OK) != 0) {
		error_set(error, "%s: %s", model, strerror(errno));
		release(pair);
		return false;
	}
	if (!session_open(&pair->session, &options, error)) {
		release(pair);
		return false;
	}
	return show(app, pair, error);
}

/* The run in front takes the place of the other one, which is closed. */
static void
keep_front(struct app *app, struct pair *pair)
{
	struct session *kept = pair->other.session;
	struct session front = pair->session;

	pair->session = *kept;
	*kept = front;
	app->session = kept;
}

void
pair_end(struct app *app)
{
	struct pair *pair = app->pair;

	if (pair == NULL)
		return;
	if (app->session == &pair->session)
		keep_front(app, pair);
	app->pair = NULL;
	app->other = NULL;
	release(pair);
}

bool
pair_exchange(struct app *app)
{
	struct app *other = app->other;
	struct session *session = app->session;
	bool was_running = app->is_running, cuts_memory = app->cuts_memory;

	app->session = other->session;
	other->session = session;
	if (!app_take_run(app, &app->failure) ||
		!app_take_run(other, &app->failure)) {
		app->quits = true;
		return false;
	}
	app->is_running = was_running;
	app->cuts_memory = cuts_memory &&
		framing_has_memory(
			settings_framing(run_settings(app->session->run)));
	app_apply_memory(app);
	name_runs(app->pair, app);
	return true;
}

/* ---------------------------------------------------------------------- */
/* Training */

/* A slice of one of the two runs. */
struct slice {
	struct session *session;
	uint64_t until, work;
	enum run_status status;
	bool is_idle; /* it has nothing to do */
	struct error error;
};

static void
train_slices(void *argument, size_t from, size_t to)
{
	struct slice *slice = argument;

	for (size_t i = from; i < to; i++)
		if (!slice[i].is_idle)
			slice[i].status = session_advance(slice[i].session,
				slice[i].until, &slice[i].work,
				&slice[i].error);
}

/* Whether a run does no more updates. */
static bool
is_done(const struct app *app)
{
	return app->has_diverged || run_lost_patience(app->session->run) ||
		run_updates(app->session->run) >= session_end(app->session);
}

uint64_t
pair_updates(const struct app *app)
{
	const struct app *other = app->other;
	uint64_t own = run_updates(app->session->run);
	uint64_t others = run_updates(other->session->run);

	if (is_done(app) || is_done(other))
		return own > others ? own : others;
	return own < others ? own : others;
}

static struct slice
slice_of(struct app *app, uint64_t until, uint64_t work)
{
	struct slice slice = {.session = app->session, .work = work};
	uint64_t end = session_end(app->session);
	bool validates = run_is_validating(app->session->run);

	slice.until = until < end ? until : end;
	slice.is_idle = app->has_diverged ||
		(run_updates(app->session->run) >= slice.until && !validates);
	return slice;
}

/* Adapt the updates that a run may be ahead to the time of a slice. */
static void
adapt_step(struct pair *pair, bool has_arrived, double seconds)
{
	if (has_arrived && seconds < SLICE_SECONDS / 2 && pair->step < STEP_MAX)
		pair->step *= 2;
	else if (seconds > 2 * SLICE_SECONDS && pair->step > 1)
		pair->step /= 2;
}

/* Show the message of the other run, if it has one. */
static void
pass_message(struct app *app)
{
	struct app *other = app->other;

	if (other->message[0] != '\0' && other->message_role == ROLE_WARNING)
		app_say(app, ROLE_WARNING, "%.60s: %.400s", app->pair->name[1],
			other->message);
	other->message[0] = '\0';
}

uint64_t
pair_advance(struct app *app, uint64_t until, uint64_t *work)
{
	struct pair *pair = app->pair;
	struct app *both[] = {app, app->other};
	uint64_t before = pair_updates(app), goal = before + pair->step;
	double start = clock_seconds();
	struct slice slice[2];
	bool has_arrived = true;

	if (goal > until)
		goal = until;
	for (int i = 0; i < 2; i++)
		slice[i] = slice_of(both[i], goal, *work);
	thread_pool_run(pair->threads, train_slices, slice, 0, 2);
	*work = 0;
	for (int i = 0; i < 2; i++) {
		if (slice[i].is_idle)
			continue;
		has_arrived &=
			run_updates(both[i]->session->run) >= slice[i].until;
		if (slice[i].work > *work)
			*work = slice[i].work;
		/* the interface is told of the front run by its caller */
		both[i]->is_running |= i == 1;
		app_after_slice(both[i], slice[i].status, &slice[i].error);
	}
	adapt_step(pair, has_arrived, clock_seconds() - start);
	pass_message(app);
	if (app->other->has_diverged)
		app->is_running = false;
	return pair_updates(app) - before;
}

void
pair_prepare(struct app *app)
{
	struct app *other = app->other;
	struct framing_config framing =
		settings_framing(run_settings(other->session->run));

	other->is_running = app->is_running;
	other->tour = NULL;
	if (other->cuts_memory != app->cuts_memory &&
		framing_has_memory(framing)) {
		other->cuts_memory = app->cuts_memory;
		app_apply_memory(other);
	}
}

const char *
pair_refusal(const struct app *app)
{
	return app->pair != NULL
		? _("two runs are compared; C ends the comparison")
		: NULL;
}
