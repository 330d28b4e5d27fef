/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/microscope.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "tui/app.h"
#include "tui/microscope_panes.h"
#include "tui/view.h"

/* Seconds. */
#define INTERVAL 0.25    /* between two computations while training */
#define PAUSED_TIME 0.02 /* for each frame while paused */

/* Where the cursor begins in a text that the model did not write. */
enum { FIRST_PLACE = 40 };

struct microscope *
microscope_of(const struct app *app)
{
	return app_view_state(app, &view_microscope);
}

const struct microscope_result *
microscope_result(const struct microscope *microscope)
{
	return microscope->has_results ? &microscope->result[microscope->shown]
				       : NULL;
}

static void
close_state(struct microscope *microscope)
{
	microscope_result_destroy(&microscope->result[0]);
	microscope_result_destroy(&microscope->result[1]);
	text_features_destroy(&microscope->features);
	text_excerpt_destroy(&microscope->given);
	microscope->is_open = microscope->has_results = false;
	microscope->is_looking = false;
	microscope->stage = MICROSCOPE_IDLE;
}

void
microscope_enter(struct app *app, void *state)
{
	struct microscope *microscope = state;
	const struct run *run = app->session->run;

	microscope->failure.text[0] = '\0';
	microscope->is_open = microscope_result_create(&microscope->result[0],
				      run, &microscope->failure) &&
		microscope_result_create(&microscope->result[1], run,
			&microscope->failure);
	if (!microscope->is_open)
		close_state(microscope);
	microscope->is_stale = true;
	microscope->share = (struct share){.last = clock_seconds()};
}

void
microscope_leave(struct app *app, void *state)
{
	(void)app;
	close_state(state);
}

void
microscope_look_at(struct microscope *microscope, enum microscope_source source)
{
	microscope->source = source;
	text_excerpt_destroy(&microscope->given);
	microscope->is_stale = true;
	microscope->has_cursor = false;
}

enum microscope_source
microscope_next_source(const struct microscope *microscope)
{
	switch (microscope->source) {
	case MICROSCOPE_RUN:
		return MICROSCOPE_OWN;
	case MICROSCOPE_OWN:
		if (microscope->path[0] != '\0')
			return MICROSCOPE_FILE;
		/* fall through */
	case MICROSCOPE_FILE:
		if (microscope->typed[0] != '\0')
			return MICROSCOPE_TYPED;
		/* fall through */
	default:
		return MICROSCOPE_RUN;
	}
}

/* Take the text of the source, unless it was taken or changes. */
static bool
take_given(struct microscope *microscope, const struct run *run, size_t max,
	struct error *error)
{
	struct text_excerpt *given = &microscope->given;

	if (given->token != NULL)
		return true;
	switch (microscope->source) {
	case MICROSCOPE_FILE:
		return text_excerpt_of_file(given, run, microscope->path, max,
			error);
	case MICROSCOPE_TYPED:
		return text_excerpt_of_string(given, run, microscope->typed,
			max, error);
	default:
		return text_excerpt_of_run(given, run, max, error);
	}
}

/* Begin to compute the other result with the present weights. */
static bool
begin(struct app *app, struct microscope *microscope, struct error *error)
{
	const struct run *run = app->session->run;
	struct microscope_result *next =
		&microscope->result[!microscope->shown];
	size_t max = microscope_result_max(run);

	next->source = microscope->source;
	next->no_memory = app->cuts_memory;
	if (microscope->source == MICROSCOPE_OWN) {
		live_text_update(&app->text);
		next->written = app->text.written;
		return (app->text.recents > 0 ||
			       error_set(error,
				       "the network has not written yet")) &&
			microscope_result_begin(next, run,
				&(struct text_excerpt){.token =
							       app->text.recent,
					.count = app->text.recents},
				error);
	}
	return take_given(microscope, run, max, error) &&
		microscope_result_begin(next, run, &microscope->given, error);
}

static void
begin_or_fail(struct app *app, struct microscope *microscope)
{
	microscope->is_stale = false;
	microscope->failure.text[0] = '\0';
	microscope->stage = MICROSCOPE_IDLE;
	text_features_destroy(&microscope->features);
	if (begin(app, microscope, &microscope->failure))
		microscope->stage = MICROSCOPE_VALUES;
	else
		microscope->has_results = false;
}

/* The place of the cursor in a new result: at its end if the text grows. */
static size_t
cursor_in(const struct microscope *microscope,
	const struct microscope_result *next)
{
	const struct microscope_result *before = microscope_result(microscope);
	size_t count = next->excerpt.count;
	bool is_own = next->source == MICROSCOPE_OWN;

	if (!microscope->has_cursor)
		return is_own || next->source == MICROSCOPE_TYPED ||
				count < FIRST_PLACE
			? count
			: FIRST_PLACE;
	if (microscope->at > count ||
		(is_own && before != NULL &&
			microscope->at == before->excerpt.count))
		return count;
	return microscope->at;
}

static void
place_unit(struct microscope *microscope, const struct microscope_result *next)
{
	const struct model_shape *shape = &next->inspection.model.shape;

	if (microscope->layer >= shape->layers)
		microscope->layer = 0;
	if (!microscope->has_unit ||
		microscope->unit >= shape->units[microscope->layer])
		microscope->unit = next->unit[microscope->layer][0].number;
	microscope->has_unit = true;
}

/* Compute how far back the prediction of a character looks. */
static bool
begin_look(struct microscope_result *result, size_t at, struct error *error)
{
	size_t step = microscope_step(result, at);

	result->backs = 0;
	result->back_at = at;
	return step == INSPECTION_NONE ||
		inspection_begin_row(&result->inspection, step,
			microscope_result_look_steps(result), error);
}

/* Show the result that is complete. */
static void
end(struct microscope *microscope)
{
	struct microscope_result *next =
		&microscope->result[!microscope->shown];

	microscope->at = cursor_in(microscope, next);
	microscope->has_cursor = true;
	place_unit(microscope, next);
	microscope->shown = !microscope->shown;
	microscope->has_results = true;
	microscope->stage = MICROSCOPE_IDLE;
	microscope->is_looking = false;
}

static void
fail(struct microscope *microscope)
{
	microscope->stage = MICROSCOPE_IDLE;
	microscope->has_results = false;
}

/* Do the next part of the computation. */
static void
advance(struct microscope *microscope)
{
	struct microscope_result *next =
		&microscope->result[!microscope->shown];
	struct error *error = &microscope->failure;
	bool good = true;

	switch (microscope->stage) {
	case MICROSCOPE_IDLE:
		return;
	case MICROSCOPE_VALUES:
		inspection_advance(&next->inspection);
		if (inspection_is_done(&next->inspection))
			microscope->stage = MICROSCOPE_OTHER;
		return;
	case MICROSCOPE_OTHER:
		inspection_advance(&next->other);
		if (!inspection_is_done(&next->other))
			return;
		good = microscope_result_measure(next, &microscope->features,
			error);
		microscope->at_layer = microscope->at_unit = 0;
		microscope->stage = MICROSCOPE_UNITS;
		break;
	case MICROSCOPE_UNITS:
		if (microscope_result_rank(next, &microscope->features,
			    &microscope->at_layer, &microscope->at_unit))
			return;
		text_features_destroy(&microscope->features);
		good = begin_look(next, cursor_in(microscope, next), error);
		microscope->stage = MICROSCOPE_LOOK;
		break;
	case MICROSCOPE_LOOK:
		inspection_advance(&next->inspection);
		if (!inspection_is_done(&next->inspection))
			return;
		microscope_result_take_look(next);
		end(microscope);
		break;
	}
	if (!good)
		fail(microscope);
}

/* After a move, compute how far back the other prediction looks. */
static bool
look(struct microscope *microscope, double start)
{
	struct microscope_result *result =
		&microscope->result[microscope->shown];
	struct inspection *inspection = &result->inspection;

	if (!microscope->has_results)
		return false;
	if (!microscope->is_looking && result->back_at == microscope->at)
		return false;
	/* it began for another place */
	if (microscope->is_looking && result->back_at != microscope->at)
		while (!inspection_is_done(inspection))
			inspection_advance(inspection);
	if (!microscope->is_looking || result->back_at != microscope->at) {
		if (!begin_look(result, microscope->at, &microscope->failure)) {
			fail(microscope);
			return false;
		}
		microscope->is_looking = true;
	}
	while (!inspection_is_done(inspection) &&
		clock_seconds() - start < PAUSED_TIME)
		inspection_advance(inspection);
	microscope->is_looking = !inspection_is_done(inspection);
	if (!microscope->is_looking)
		microscope_result_take_look(result);
	return microscope->is_looking;
}

static bool
is_due(const struct app *app, const struct microscope *microscope, double now)
{
	const struct microscope_result *of =
		&microscope->result[microscope->stage == MICROSCOPE_IDLE
				? microscope->shown
				: !microscope->shown];

	if (microscope->is_stale)
		return true;
	if (microscope->failure.text[0] != '\0')
		return microscope->source == MICROSCOPE_OWN &&
			app->text.recents > 0;
	if (of->no_memory != app->cuts_memory)
		return true;
	if (microscope->stage != MICROSCOPE_IDLE)
		return false;
	if (of->updates == run_updates(app->session->run) &&
		(of->source != MICROSCOPE_OWN ||
			of->written == app->text.written))
		return false;
	return !app_is_training(app) ||
		now - microscope->computed_at >= INTERVAL;
}

bool
microscope_prepare(struct app *app, void *state, double now)
{
	struct microscope *microscope = state;
	/* the first results do not wait, a small cost once */
	bool is_shared =
		app_is_training(app) && microscope_result(microscope) != NULL;
	bool is_looking;
	double start = clock_seconds(), seconds;

	microscope_text_measure(app, microscope);
	if (!microscope->is_open)
		return false;
	seconds = share_earn(&microscope->share, now);
	if (!is_shared)
		seconds = PAUSED_TIME;
	/* the answer to a key does not wait */
	is_looking = look(microscope, start);
	if (seconds > 0 && is_due(app, microscope, now)) {
		begin_or_fail(app, microscope);
		microscope->computed_at = now;
	}
	while (microscope->stage != MICROSCOPE_IDLE &&
		clock_seconds() - start < seconds)
		advance(microscope);
	if (is_shared)
		share_spend(&microscope->share, clock_seconds() - start);
	return is_looking || microscope->stage != MICROSCOPE_IDLE ||
		is_due(app, microscope, now);
}

void
microscope_go_to(struct microscope *microscope, size_t at)
{
	const struct microscope_result *result = microscope_result(microscope);

	if (result == NULL)
		return;
	microscope->at =
		at < result->excerpt.count ? at : result->excerpt.count;
}

size_t
microscope_rank(const struct microscope *microscope)
{
	const struct microscope_result *result = microscope_result(microscope);
	size_t rank = 0;

	if (result == NULL)
		return 0;
	while (result->unit[microscope->layer][rank].number != microscope->unit)
		rank++;
	return rank;
}

void
microscope_select(struct microscope *microscope, size_t rank)
{
	const struct microscope_result *result = microscope_result(microscope);
	size_t units;

	if (result == NULL)
		return;
	units = result->inspection.model.shape.units[microscope->layer];
	if (rank >= units)
		rank = units - 1;
	microscope->unit = result->unit[microscope->layer][rank].number;
}
