/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/fallback.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/*
 * Max floats in a copy (weights and moments): 1 GiB. Larger models have no
 * fallback, because the copies could take the memory that training needs.
 */
#define FLOATS_MAX ((size_t)1 << 28)

/*
 * Limits of updates between two checks. The average covers about 100 updates.
 */
enum { EVERY_MIN = 128, EVERY_MAX = 4096 };

/* Time to copy a float in multiply-adds, times 100. */
enum { COPY_COST = 1000 };

/* Approximate number of history floats that change between two checks. */
enum { HISTORY_FLOATS = 8192 };

/* Max relative excess of a good state's average loss over the lowest one. */
#define RISE_MAX 0.25

static void
release(struct run_state *state)
{
	if (state != NULL)
		run_state_destroy(state);
	free(state);
}

/* Allocate room for a copy of a state, without touching the memory. */
static struct run_state *
make_room(const struct run_state *state)
{
	struct run_state *room = memory_new(1, sizeof *room);
	struct error ignored;

	if (room == NULL ||
		run_state_create(room, state->model.context, &state->settings,
			run_state_features(state), &ignored))
		return room;
	release(room);
	return NULL;
}

/* Release both copies: the state cannot be copied. */
static void
give_up(struct fallback *fallback)
{
	release(fallback->good);
	release(fallback->candidate);
	fallback->good = fallback->candidate = NULL;
	fallback->has_candidate = false;
}

/* Updates between two checks, chosen so that copies take 1 % of the time. */
static uint64_t
look_every(double parameters, double rows)
{
	double every =
		COPY_COST * (1 + HISTORY_FLOATS / (3 * parameters)) / rows;

	return (uint64_t)fmin(fmax(every, EVERY_MIN), EVERY_MAX);
}

void
fallback_create(struct fallback *fallback, const struct run_state *state,
	double rows)
{
	size_t parameters = state->model.parameters.packed_total;

	*fallback = (struct fallback){
		.every = look_every((double)parameters, rows),
	};
	if (parameters > FLOATS_MAX / 3)
		return;
	fallback->good = make_room(state);
	fallback->candidate = make_room(state);
	if (fallback->good == NULL || fallback->candidate == NULL)
		give_up(fallback);
}

void
fallback_destroy(struct fallback *fallback)
{
	give_up(fallback);
	*fallback = (struct fallback){0};
}

static void
set_due(struct fallback *fallback, const struct run_state *state)
{
	uint64_t updates = run_state_updates(state);

	fallback->due = fallback->good == NULL
		? UINT64_MAX
		: updates - updates % fallback->every + fallback->every;
}

void
fallback_begin(struct fallback *fallback, const struct run_state *state)
{
	struct error ignored;

	fallback->is_begun = true;
	fallback->average = history_average(&state->history);
	fallback->lowest = fallback->average;
	fallback->has_candidate = false;
	fallback->follows = false;
	if (fallback->good != NULL &&
		!run_state_copy(fallback->good, state, &ignored))
		give_up(fallback);
	set_due(fallback, state);
}

/* The mean of the first 16 losses, since a single loss varies too much. */
static double
first_losses(const struct run_state *state)
{
	return (double)state->history.level[2].head[0].mean;
}

/* Copy the state to the candidate, which the next check accepts or drops. */
static void
take_candidate(struct fallback *fallback, const struct run_state *state)
{
	struct error ignored;

	fallback->has_candidate = fallback->follows
		? run_state_follow(fallback->candidate, state, &ignored)
		: run_state_copy(fallback->candidate, state, &ignored);
	fallback->follows = fallback->has_candidate;
}

void
fallback_look(struct fallback *fallback, const struct run_state *state)
{
	double average = history_average(&state->history);
	double first = first_losses(state);
	struct run_state *proven = fallback->candidate;

	set_due(fallback, state);
	if (isnan(fallback->lowest))
		fallback->lowest = first;
	if (average > fallback->lowest +
				RISE_MAX *
					fmax(fabs(fallback->lowest),
						fabs(first)) ||
		!parameters_finite(state->model.values,
			state->model.parameters.packed_total)) {
		fallback->has_candidate = false;
		return;
	}
	fallback->lowest = fmin(fallback->lowest, average);
	if (fallback->has_candidate) {
		fallback->candidate = fallback->good;
		fallback->good = proven;
	}
	take_candidate(fallback, state);
}

bool
fallback_return(struct fallback *fallback, struct run_state *state)
{
	struct settings settings = state->settings;
	struct validation best = state->validation;
	struct validation *validation = &state->validation;
	struct error ignored;

	if (fallback->good == NULL || !fallback->is_begun ||
		!run_state_copy(state, fallback->good, &ignored))
		return false;
	state->settings = settings;
	validation->best = best.best;
	validation->best_epoch = best.best_epoch;
	fallback->average = history_average(&state->history);
	fallback->has_candidate = false;
	fallback->follows = false;
	set_due(fallback, state);
	return true;
}
