/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/snapshot.h"

#include "core/parameters.h"
#include "run/generate.h"
#include "run/run.h"
#include "run/run_private.h"

uint64_t
snapshot_next(const struct run *run, uint64_t until)
{
	const struct settings_list *list = &run_settings(run)->snapshots;
	uint64_t updates = run_updates(run);

	for (size_t i = 0; i < list->count; i++)
		if (list->update[i] > updates && list->update[i] < until)
			until = list->update[i];
	return until;
}

static bool
is_asked_for(const struct settings_list *list, uint64_t update)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->update[i] == update)
			return true;
	return false;
}

void
snapshot_take(struct run *run)
{
	struct snapshots *snapshots = &run->state.snapshots;
	uint64_t update = run_updates(run);
	size_t number = snapshots->count;
	struct generator generator;
	struct error ignored;
	float *points;

	if (snapshots->size == 0 || number == SETTINGS_LIST_MAX ||
		!is_asked_for(&run_settings(run)->snapshots, update) ||
		!snapshots_reserve(snapshots, number + 1, &ignored) ||
		!generator_create(&generator, run, run_settings(run)->seed,
			&ignored))
		return;
	points = snapshots->points + number * snapshots->size;
	run_start(run, points);
	generator_draw(&generator, run_length(run), points);
	generator_destroy(&generator);
	/*
	 * finite weights may generate infinite numbers, which no file may hold
	 */
	if (!parameters_finite(points, snapshots->size))
		return;
	snapshots->at[number] = (struct snapshot){
		.update = update,
		.average = history_average(run_history(run)),
	};
	snapshots->count++;
}
