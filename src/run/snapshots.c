/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/snapshots.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void
snapshots_create(struct snapshots *snapshots, size_t size)
{
	*snapshots = (struct snapshots){.size = size};
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

bool
snapshots_follow(struct snapshots *to, const struct snapshots *from,
	struct error *error)
{
	size_t had = to->count, news = from->count - had;

	assert(from->count >= had && to->size == from->size);
	if (news == 0)
		return true;
	if (!snapshots_reserve(to, from->count, error))
		return false;
	memcpy(to->at + had, from->at + had, news * sizeof *to->at);
	memcpy(to->points + had * to->size, from->points + had * to->size,
		news * to->size * sizeof *to->points);
	to->count = from->count;
	return true;
}

const float *
snapshots_points(const struct snapshots *snapshots, size_t number)
{
	assert(number < snapshots->count);
	return snapshots->points + number * snapshots->size;
}
