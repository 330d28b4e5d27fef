/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/fallback.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "run/run_private.h"

/*
 * Floats of weights and moments in one copy, 1 GiB: of larger models none is
 * kept, so that memory suffices for every model that it suffices to train.
 */
#define FLOATS_MAX ((size_t)1 << 28)

/* The average of the losses remembers about a hundred updates. */
enum { EVERY_MIN = 128, EVERY_MAX = 4096 };

/* A float copied takes the time of so many multiply-adds, and 100 times. */
enum { COPY_COST = 1000 };

/* Floats of the history that change between two looks, about. */
enum { HISTORY_FLOATS = 8192 };

/* A good state's average is at most this part of a loss above the lowest. */
#define RISE_MAX 0.25

struct fallback_state {
	bool is_set;
	float *values; /* [parameters.packed_total] */
	struct optimizer_state optimizer;
	struct history history;
	struct source_position position;
	size_t snapshots;

	/* of a text */
	uint64_t epochs;
	uint64_t validated; /* passes */
	double validation;  /* the last loss */
	uint64_t *next;     /* [streams] */
	bool carries_state;
	/* of each layer: hidden[streams, units], then cell; or NULL */
	float *state[MODEL_LAYERS_MAX];
};

static void
state_destroy(struct fallback_state *state)
{
	if (state == NULL)
		return;
	optimizer_destroy(&state->optimizer);
	for (size_t l = 0; l < MODEL_LAYERS_MAX; l++)
		free(state->state[l]);
	free(state->values);
	free(state->next);
	free(state);
}

static bool
make_room_for_text(struct fallback_state *state, const struct run *run)
{
	size_t streams = run->reader.streams.samples;
	bool good;

	state->next = memory_new(streams, sizeof *state->next);
	good = state->next != NULL;
	for (size_t l = 0; good && l < run->model.shape.layers; l++) {
		state->state[l] =
			memory_floats(pass_state_size(&run->pass, l, streams));
		good = state->state[l] != NULL;
	}
	return good;
}

static struct fallback_state *
state_create(const struct run *run)
{
	struct fallback_state *state = memory_new(1, sizeof *state);
	struct error ignored;

	if (state == NULL)
		return NULL;
	state->values = memory_floats(run->model.parameters.packed_total);
	if (state->values != NULL &&
		optimizer_create(&state->optimizer, run->optimizer.optimizer,
			run->optimizer.count, &ignored) &&
		(!run->reader.is_open || make_room_for_text(state, run)))
		return state;
	state_destroy(state);
	return NULL;
}

static bool
is_finite(const struct run *run, const float *values)
{
	return values == NULL ||
		parameters_finite(values, run->model.parameters.packed_total);
}

/* Make a copy empty before it can belong to another course of the run. */
static void
forget(struct fallback_state *state)
{
	state->is_set = false;
	if (state->history.updates > 0)
		history_clear(&state->history);
}

static void
state_take(struct fallback_state *state, const struct run *run)
{
	const struct reader *reader = &run->reader;

	state->is_set = true;
	memcpy(state->values, run->model.values,
		run->model.parameters.packed_total * sizeof *state->values);
	optimizer_copy(&state->optimizer, &run->optimizer);
	history_follow(&state->history, &run->history);
	state->position = run->position;
	state->snapshots = run->snapshots.count;
	if (!reader->is_open)
		return;
	state->epochs = reader->epochs;
	state->validated = reader->validation.epochs;
	state->validation = reader->validation.last;
	memcpy(state->next, reader->streams.next,
		reader->streams.samples * sizeof *state->next);
	state->carries_state = run->pass.carries_state;
	for (size_t l = 0; state->carries_state && l < run->model.shape.layers;
		l++)
		pass_get_state(&run->pass, l, state->state[l]);
}

static void
put_back_text(const struct fallback_state *state, struct run *run)
{
	struct reader *reader = &run->reader;
	size_t streams = reader->streams.samples;

	reader_return(reader, state->epochs, state->next);
	reader->validation.epochs = state->validated;
	reader->validation.last = state->validation;
	pass_reset_state(&run->pass);
	for (size_t l = 0; state->carries_state && l < run->model.shape.layers;
		l++)
		pass_set_state(&run->pass, reader->streams.steps, streams, l,
			state->state[l]);
}

/* Steps of all samples of an update. */
static double
count_rows(const struct run *run)
{
	const struct streams *streams = &run->reader.streams;
	size_t steps, samples;

	if (run->reader.is_open)
		return (double)streams->steps * (double)streams->samples;
	framing_measure(settings_framing(&run->settings),
		source_longest(&run->source), &steps, &samples);
	return (double)steps * (double)samples * (double)run->settings.batch;
}

/* Updates between two looks, so that the copies take 1 % of the time. */
static uint64_t
look_every(const struct run *run)
{
	double parameters = (double)run->model.parameters.packed_total;
	double every = COPY_COST * (1 + HISTORY_FLOATS / (3 * parameters)) /
		count_rows(run);

	return (uint64_t)fmin(fmax(every, EVERY_MIN), EVERY_MAX);
}

void
fallback_create(struct fallback *fallback, const struct run *run)
{
	size_t parameters = run->model.parameters.packed_total;

	*fallback = (struct fallback){.every = look_every(run)};
	if (parameters > FLOATS_MAX / 3)
		return;
	fallback->good = state_create(run);
	fallback->candidate = state_create(run);
	if (fallback->good == NULL || fallback->candidate == NULL) {
		state_destroy(fallback->good);
		state_destroy(fallback->candidate);
		fallback->good = fallback->candidate = NULL;
	}
}

void
fallback_destroy(struct fallback *fallback)
{
	state_destroy(fallback->good);
	state_destroy(fallback->candidate);
	*fallback = (struct fallback){0};
}

static void
set_due(struct fallback *fallback, const struct run *run)
{
	uint64_t updates = run_updates(run);

	fallback->due = fallback->good == NULL
		? UINT64_MAX
		: updates - updates % fallback->every + fallback->every;
}

void
fallback_begin(struct fallback *fallback, const struct run *run)
{
	fallback->is_begun = true;
	fallback->average = history_average(&run->history);
	fallback->lowest = fallback->average;
	set_due(fallback, run);
	if (fallback->good == NULL)
		return;
	forget(fallback->good);
	forget(fallback->candidate);
	state_take(fallback->good, run);
}

/* The mean of the first 16 losses: one alone can be anything. */
static double
first_losses(const struct run *run)
{
	return (double)run->history.level[2].head[0].mean;
}

void
fallback_look(struct fallback *fallback, const struct run *run)
{
	double average = history_average(&run->history);
	double first = first_losses(run);
	struct fallback_state *proven = fallback->candidate;

	set_due(fallback, run);
	if (isnan(fallback->lowest))
		fallback->lowest = first;
	if (average > fallback->lowest +
				RISE_MAX *
					fmax(fabs(fallback->lowest),
						fabs(first)) ||
		!is_finite(run, run->model.values)) {
		proven->is_set = false;
		return;
	}
	fallback->lowest = fmin(fallback->lowest, average);
	if (proven->is_set) {
		fallback->candidate = fallback->good;
		fallback->good = proven;
	}
	state_take(fallback->candidate, run);
}

/* Returns false if there is no copy. */
static bool
restore(struct fallback *fallback, struct run *run)
{
	const struct fallback_state *state = fallback->good;

	if (state == NULL)
		return false;
	memcpy(run->model.values, state->values,
		run->model.parameters.packed_total * sizeof *state->values);
	optimizer_copy(&run->optimizer, &state->optimizer);
	run->history = state->history;
	run->position = state->position;
	run->snapshots.count = state->snapshots;
	if (run->reader.is_open)
		put_back_text(state, run);
	fallback->average = history_average(&run->history);
	forget(fallback->candidate);
	set_due(fallback, run);
	return true;
}

void
fallback_stop(struct run *run, struct error *error)
{
	char cause[ERROR_TEXT_SIZE];
	struct error ignored;

	memcpy(cause, error->text, sizeof cause);
	error_set(error, "%s; training stopped", cause);
	if (restore(&run->fallback, run)) {
		/* a validation that was due then; without memory the next */
		if (run->reader.is_open)
			reader_begin_validation(&run->reader, &run->model,
				&run->settings, &ignored);
		error_set(error, "%s; training stopped, back at update %llu",
			cause, (unsigned long long)run_updates(run));
	}
	/* without a copy too the update can be tried again at another rate */
	run->source.position = run->position;
}

bool
fallback_check(struct run *run, struct error *error)
{
	bool has_mask = is_finite(run, run->model.values);

	if (has_mask && is_finite(run, run->optimizer.first) &&
		is_finite(run, run->optimizer.second))
		return true;
	error_set(error, "update %llu: the %s are not finite",
		(unsigned long long)run_updates(run),
		has_mask ? "optimizer's moments" : "weights");
	fallback_stop(run, error);
	return false;
}
