/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/timeline.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static void
release(struct run_state *state)
{
	if (state != NULL)
		run_state_destroy(state);
	free(state);
}

void
timeline_create(struct timeline *timeline, uint64_t memory)
{
	*timeline = (struct timeline){.memory = memory};
}

void
timeline_clear(struct timeline *timeline)
{
	for (size_t i = 0; i < timeline->count; i++)
		release(timeline->mark[i].state);
	release(timeline->spare);
	timeline_create(timeline, timeline->memory);
}

void
timeline_destroy(struct timeline *timeline)
{
	timeline_clear(timeline);
}

size_t
timeline_bytes(const struct run_state *state)
{
	const struct parameters *parameters = &state->model.parameters;
	const struct optimizer *optimizer = state->settings.optimizer;
	size_t moments = optimizer->has_first + (size_t)optimizer->has_second;
	size_t bytes = sizeof *state;

	bytes += (1 + moments) * parameters->packed_total * sizeof(float);
	bytes += state->snapshots.room * state->snapshots.size *
		SNAPSHOTS_NUMBER;
	return bytes + reader_state_bytes(&state->reader, &state->model.shape);
}

/* The place of an update on the logarithmic axis. */
static double
place(uint64_t update)
{
	return log1p((double)update);
}

/*
 * Set the next update to copy: with as many copies as the memory holds, spaced
 * evenly from the first one on. Twice as many would be thinned at once.
 */
static void
set_due(struct timeline *timeline, uint64_t update, size_t bytes)
{
	double room =
		fmin((double)timeline->memory / (double)bytes, TIMELINE_MAX);
	double first = place(timeline->mark[0].update);
	double step = 1.5 * (place(update) - first) / fmax(room, 1);
	double next = ceil(((double)update + 1) * exp(step) - 1);

	timeline->due = update + 1;
	if (next > (double)timeline->due)
		timeline->due = next < 1e18 ? (uint64_t)next : UINT64_MAX;
}

uint64_t
timeline_next(const struct timeline *timeline, const struct run_state *state,
	uint64_t until)
{
	uint64_t updates = run_state_updates(state);

	if (timeline->memory > 0 && timeline->due > updates &&
		timeline->due < until)
		until = timeline->due;
	return until;
}

/* Remove a copy, and keep its memory for the next one. */
static void
remove_at(struct timeline *timeline, size_t number)
{
	struct timeline_mark *mark = timeline->mark;

	release(timeline->spare);
	timeline->spare = mark[number].state;
	timeline->used -= mark[number].bytes;
	timeline->count--;
	memmove(mark + number, mark + number + 1,
		(timeline->count - number) * sizeof *mark);
}

/*
 * Remove the copy whose neighbours are closest, but not the first nor the last.
 * Return false if there is none.
 */
static bool
thin(struct timeline *timeline)
{
	const struct timeline_mark *mark = timeline->mark;
	double closest = INFINITY;
	size_t found = 0;

	for (size_t i = 1; i + 1 < timeline->count; i++) {
		double gap =
			place(mark[i + 1].update) - place(mark[i - 1].update);

		if (!mark[i].is_snapshot && gap < closest) {
			closest = gap;
			found = i;
		}
	}
	if (found == 0)
		return false;
	remove_at(timeline, found);
	return true;
}

/* Return a copy of the state, in the spare memory if there is any. */
static struct run_state *
copy(struct timeline *timeline, const struct run_state *state)
{
	struct run_state *spare = timeline->spare;
	struct error ignored;

	timeline->spare = NULL;
	if (spare == NULL)
		return run_state_clone(state, &ignored);
	if (run_state_copy(spare, state, &ignored))
		return spare;
	release(spare);
	return NULL;
}

void
timeline_take(struct timeline *timeline, const struct run_state *state)
{
	uint64_t update = run_state_updates(state);
	struct timeline_mark mark = {.update = update};
	bool fits;

	if (timeline->memory == 0 ||
		(timeline->count > 0 &&
			update <= timeline->mark[timeline->count - 1].update))
		return;
	mark.is_snapshot =
		settings_list_has(&state->settings.snapshots, update);
	if (update < timeline->due && !mark.is_snapshot)
		return;
	mark.bytes = timeline_bytes(state);
	fits = mark.bytes <= timeline->memory;
	while (fits && timeline->count > 0 &&
		(timeline->used + mark.bytes > timeline->memory ||
			timeline->count == TIMELINE_MAX))
		/* the last one may go too: the new one takes its place */
		fits = thin(timeline) ||
			(timeline->count > 1 &&
				!timeline->mark[timeline->count - 1]
					 .is_snapshot &&
				(remove_at(timeline, timeline->count - 1),
					true));
	mark.state = fits ? copy(timeline, state) : NULL;
	if (mark.state != NULL) {
		timeline->mark[timeline->count++] = mark;
		timeline->used += mark.bytes;
	}
	if (timeline->count > 0)
		set_due(timeline, update, mark.bytes);
	else
		timeline->due = UINT64_MAX;
}

const struct run_state *
timeline_before(const struct timeline *timeline, uint64_t update)
{
	const struct run_state *found = NULL;

	for (size_t i = 0;
		i < timeline->count && timeline->mark[i].update <= update; i++)
		found = timeline->mark[i].state;
	return found;
}

void
timeline_cut(struct timeline *timeline, uint64_t update)
{
	while (timeline->count > 0 &&
		timeline->mark[timeline->count - 1].update > update)
		remove_at(timeline, timeline->count - 1);
	if (timeline->count > 0)
		set_due(timeline, update, timeline->mark[0].bytes);
	else
		timeline->due = 0;
}
