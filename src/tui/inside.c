/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/inside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "tui/app.h"
#include "tui/frame.h"
#include "tui/inside_panes.h"
#include "tui/view.h"

/* Seconds. */
#define INTERVAL 0.25    /* between two computations while training */
#define PAUSED_TIME 0.02 /* for each frame while paused */

enum {
	/* max multiply-adds of a gradient */
	GRADIENT_MAX = 1 << 30,
	CONNECTED_MAX = 32 /* steps of the connectivity */
};

struct inside *
inside_of(const struct app *app)
{
	return app_view_state(app, &view_inside);
}

const struct inspection *
inside_inspection(const struct inside *inside)
{
	return inside->has_results ? &inside->inspection[inside->shown] : NULL;
}

static void
close_state(struct inside *inside)
{
	inspection_destroy(&inside->inspection[0]);
	inspection_destroy(&inside->inspection[1]);
	memory_pair_destroy(&inside->pair);
	free(inside->weights);
	free(inside->change);
	inside->weights = inside->change = NULL;
	inside->is_open = inside->has_results = inside->is_computing = false;
	inside->has_change = false;
}

static bool
open_state(struct app *app, struct inside *inside, struct error *error)
{
	const struct run *run = app->session->run;
	size_t total = run_model(run)->parameters.total;

	inside->weights = memory_floats(total);
	inside->change = memory_floats(total);
	if (inside->weights == NULL || inside->change == NULL)
		return error_out_of_memory(error);
	return inspection_create(&inside->inspection[0], run, error) &&
		inspection_create(&inside->inspection[1], run, error) &&
		memory_pair_create(&inside->pair, run, error);
}

void
inside_enter(struct app *app, void *state)
{
	struct inside *inside = state;

	inside->failure.text[0] = '\0';
	inside->is_open = open_state(app, inside, &inside->failure);
	if (!inside->is_open)
		close_state(inside);
	inside->is_stale = true;
	inside->share = (struct share){.last = clock_seconds()};
}

void
inside_leave(struct app *app, void *state)
{
	struct inside *inside = state;

	(void)app;
	inside->given_count = 0;
	close_state(inside);
}

void
inside_give(struct inside *inside, const uint32_t *tokens, size_t count,
	bool is_own)
{
	size_t taken = count < INSIDE_TOKENS_MAX ? count : INSIDE_TOKENS_MAX;

	memcpy(inside->given, tokens + count - taken,
		taken * sizeof *inside->given);
	inside->given_count = taken;
	inside->given_is_own = is_own;
	inside->has_cursor = false;
}

/* The step at which the cursor begins: the end of a text. */
static size_t
first_cursor(const struct inspection *inspection)
{
	return inspection->tokens != NULL ? inspection->steps - 1 : 0;
}

/* Choose what to compute besides the values. */
static struct inspection_config
choose(const struct app *app, const struct inside *inside)
{
	const struct inspection *next = &inside->inspection[!inside->shown];
	struct inspection_config config = {.no_memory = app->cuts_memory};

	config.has_gradient = next->predicted > 0 && !inside->next_is_own &&
		next->steps <= GRADIENT_MAX / next->model.parameters.total;
	if (inside->needs_connectivity) {
		config.connected = CONNECTED_MAX;
		config.connected_first =
			inside_first(inside->has_cursor ? inside->step
							: first_cursor(next),
				CONNECTED_MAX, next->steps);
	}
	return config;
}

static void
begin(struct app *app, struct inside *inside)
{
	struct error *error = &inside->failure;
	struct inspection_config config;
	bool good;

	inside->is_stale = false;
	inside->is_computing = false;
	inside->next_updates = run_updates(app->session->run);
	good = inside_set_input(app, inside, error);
	if (good) {
		config = choose(app, inside);
		good = inspection_begin(&inside->inspection[!inside->shown],
			       &config, error) &&
			memory_pair_begin(&inside->pair,
				&inside->inspection[!inside->shown],
				config.no_memory, app->text.writer.temperature,
				error);
	}
	inside->is_computing = good;
	if (good)
		inside->failure.text[0] = '\0';
}

/* Twice the root mean square: larger values have the last shade. */
static double
scale_of(const float *values, size_t count)
{
	double sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += (double)values[i] * (double)values[i];
	return sum > 0 ? 2 * sqrt(sum / (double)count) : 1;
}

/* The same of the cells of a layer, but at least 1. */
static double
scale_of_cells(const struct inspection *inspection, size_t layer)
{
	size_t view = inspection_view(inspection, "c");
	size_t units = inspection->model.shape.units[layer];
	double sum = 0;

	if (view == inspection->views)
		return 1;
	for (size_t t = 0; t < inspection->steps; t++) {
		const float *values =
			inspection_values(inspection, layer, view, t);

		for (size_t u = 0; u < units; u++)
			sum += (double)values[u] * (double)values[u];
	}
	return fmax(1, 2 * sqrt(sum / (double)(inspection->steps * units)));
}

/* Take the new weights, and their change if it is that of one update. */
static void
take_weights(struct inside *inside, const struct inspection *inspection)
{
	size_t total = inspection->model.parameters.total;
	float *before = inside->weights;
	bool is_same =
		inside->has_results && inside->next_updates == inside->updates;
	bool is_next = inside->has_results &&
		inside->next_updates == inside->updates + 1;

	if (is_same)
		return;
	inside->weights = inside->change;
	inside->change = before;
	model_get_values(&inspection->model, inside->weights);
	inside->weight_scale = scale_of(inside->weights, total);
	inside->has_change = is_next;
	for (size_t i = 0; i < total && is_next; i++)
		inside->change[i] = inside->weights[i] - before[i];
	inside->change_scale = is_next ? scale_of(inside->change, total) : 1;
}

static size_t
limited(size_t at, size_t count)
{
	return at < count ? at : count - 1;
}

/* Keep the cursor on the sequence. */
static void
limit_cursor(struct inside *inside, const struct inspection *inspection)
{
	const struct model_shape *shape = &inspection->model.shape;

	if (!inside->has_cursor)
		inside->step = first_cursor(inspection);
	inside->has_cursor = true;
	inside->layer = limited(inside->layer, shape->layers);
	inside->unit = limited(inside->unit, shape->units[inside->layer]);
	inside->step = limited(inside->step, inspection->steps);
}

/* Show the results of the computation that is done. */
static void
end(struct inside *inside)
{
	const struct inspection *inspection =
		&inside->inspection[!inside->shown];
	const struct model *model = &inspection->model;

	take_weights(inside, inspection);
	memory_pair_end(&inside->pair, inspection);
	inside->shown = !inside->shown;
	inside->has_results = true;
	inside->is_computing = false;
	inside->updates = inside->next_updates;
	inside->is_own = inside->next_is_own;
	inside->is_cut = inside->next_is_cut;
	inside->length = inside->next_length;
	for (size_t l = 0; l < model->shape.layers; l++)
		inside->cell_scale[l] = scale_of_cells(inspection, l);
	inside->zeros = 0;
	for (size_t i = 0; inspection->config.has_gradient &&
		i < model->parameters.tensors;
		i++)
		inside->zeros += inspection_measure(inspection, i).zeros;
	if (inspection->config.has_gradient)
		inside->gradient_scale =
			scale_of(inspection->gradient, model->parameters.total);
	limit_cursor(inside, inspection);
}

/* Remember what the panes on the screen need and have room for. */
static void
measure_panes(struct app *app, struct inside *inside)
{
	bool had_connectivity = inside->needs_connectivity;
	struct area area;

	inside->needs_connectivity =
		frame_find(app, &inside_connections, &area);
	if (frame_find(app, &inside_gates, &area))
		inside_gates_measure(app, area, &inside->page_units,
			&inside->page_steps);
	inside->is_stale |= inside->needs_connectivity && !had_connectivity;
}

static bool
is_due(const struct app *app, const struct inside *inside, double now)
{
	if (inside->is_stale)
		return true;
	if (inside->is_computing ||
		inside->next_updates == run_updates(app->session->run))
		return false;
	return !app_is_training(app) || now - inside->computed_at >= INTERVAL;
}

/* Compute parts for at most `seconds`. */
static void
advance(struct inside *inside, double start, double seconds)
{
	struct inspection *next = &inside->inspection[!inside->shown];

	while (inside->is_computing && clock_seconds() - start < seconds) {
		if (!inspection_is_done(next))
			inspection_advance(next);
		else if (!memory_pair_advance(&inside->pair))
			end(inside);
	}
}

bool
inside_prepare(struct app *app, void *state, double now)
{
	struct inside *inside = state;
	bool is_training = app_is_training(app);
	/* the first results do not wait, a small cost once */
	bool is_shared = is_training && inside_inspection(inside) != NULL;
	double start = clock_seconds(), seconds;

	if (!inside->is_open)
		return false;
	measure_panes(app, inside);
	seconds = share_earn(&inside->share, now);
	if (!is_shared)
		seconds = PAUSED_TIME;
	if (seconds <= 0)
		return inside->is_computing;
	if (is_due(app, inside, now)) {
		if (app_is_text(app))
			live_text_update(&app->text);
		else
			live_shape_update(&app->shape, now, is_training, false);
		begin(app, inside);
		inside->computed_at = now;
	}
	advance(inside, start, seconds);
	/* the first results tell how many units and steps there are */
	measure_panes(app, inside);
	if (is_shared)
		share_spend(&inside->share, clock_seconds() - start);
	return inside->is_computing || is_due(app, inside, now);
}

static size_t
moved(size_t at, long by, size_t count)
{
	if (by < 0)
		return at > (size_t)-by ? at - (size_t)-by : 0;
	return limited(at + (size_t)by, count);
}

/* Before there are results, the last step is unknown: see limit_cursor. */
void
inside_move_step(struct inside *inside, long by)
{
	const struct inspection *inspection = inside_inspection(inside);

	inside->has_cursor = true;
	inside->step = moved(inside->step, by,
		inspection != NULL ? inspection->steps : SIZE_MAX);
	/* the connectivity is that of the steps around the cursor */
	if (inspection != NULL && inspection->config.connected > 0 &&
		inspection->config.connected < inspection->steps)
		inside->is_stale = true;
}

void
inside_move_unit(struct inside *inside, long by)
{
	const struct inspection *inspection = inside_inspection(inside);

	inside->unit = moved(inside->unit, by,
		inspection != NULL
			? inspection->model.shape.units[inside->layer]
			: SIZE_MAX);
}

size_t
inside_first(size_t at, size_t room, size_t count)
{
	size_t first;

	if (room == 0 || count <= room)
		return 0;
	first = at - at % room;
	return first + room > count ? count - room : first;
}
