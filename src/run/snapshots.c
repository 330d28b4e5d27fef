/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/snapshots.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "run/generate.h"
#include "run/run_private.h"

bool
snapshots_create(struct snapshots *snapshots, const struct run *run,
	struct error *error)
{
	*snapshots = (struct snapshots){0};
	return run->settings.task->is_text ||
		memory_product(run->length, run_features(run),
			&snapshots->size) ||
		error_out_of_memory(error);
}

bool
snapshots_reserve(struct snapshots *snapshots, size_t count,
	struct error *error)
{
	float *points;
	size_t all;

	if (count <= snapshots->room)
		return true;
	points = memory_product(snapshots->size, count, &all)
		? memory_floats(all)
		: NULL;
	if (points == NULL)
		return error_out_of_memory(error);
	if (snapshots->points != NULL)
		memcpy(points, snapshots->points,
			snapshots->room * snapshots->size * sizeof *points);
	free(snapshots->points);
	snapshots->points = points;
	snapshots->room = count;
	return true;
}

void
snapshots_destroy(struct snapshots *snapshots)
{
	free(snapshots->points);
	*snapshots = (struct snapshots){0};
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
snapshots_take(struct snapshots *snapshots, const struct run *run)
{
	uint64_t update = run_updates(run);
	size_t number = snapshots->count;
	struct generator generator;
	struct error error;
	float *points;

	if (snapshots->size == 0 || number == SETTINGS_LIST_MAX ||
		!is_asked_for(&run->settings.snapshots, update) ||
		!snapshots_reserve(snapshots, number + 1, &error) ||
		!generator_create(&generator, run, run->settings.seed, &error))
		return;
	points = snapshots->points + number * snapshots->size;
	run_start(run, points);
	generator_draw(&generator, run->length, points);
	generator_destroy(&generator);
	/* finite weights can draw what is not; a file must not hold that */
	if (!parameters_finite(points, snapshots->size))
		return;
	snapshots->at[number] = (struct snapshot){
		.update = update,
		.average = history_average(&run->history),
	};
	snapshots->count++;
}

const float *
snapshots_points(const struct snapshots *snapshots, size_t number)
{
	return snapshots->points + number * snapshots->size;
}
