/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/snapshots.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

_Static_assert(sizeof(float) == sizeof(uint32_t), "one size for all numbers");

void
snapshots_create(struct snapshots *snapshots, size_t size)
{
	*snapshots = (struct snapshots){.size = size};
}

bool
snapshots_reserve(struct snapshots *snapshots, size_t count,
	struct error *error)
{
	void *values = NULL;
	size_t all;

	if (count <= snapshots->room)
		return true;
	if (memory_product(snapshots->size, count, &all))
		values = memory_new(all, SNAPSHOTS_NUMBER);
	if (values == NULL)
		return error_out_of_memory(error);
	if (snapshots->values != NULL)
		memcpy(values, snapshots->values,
			snapshots->room * snapshots->size * SNAPSHOTS_NUMBER);
	free(snapshots->values);
	snapshots->values = values;
	snapshots->room = count;
	return true;
}

void
snapshots_destroy(struct snapshots *snapshots)
{
	free(snapshots->values);
	*snapshots = (struct snapshots){0};
}

/* A sequence that is there or has room. */
static void *
sequence_at(const struct snapshots *snapshots, size_t number)
{
	return (char *)snapshots->values +
		number * snapshots->size * SNAPSHOTS_NUMBER;
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
	memcpy(sequence_at(to, had), sequence_at(from, had),
		news * to->size * SNAPSHOTS_NUMBER);
	to->count = from->count;
	return true;
}

const float *
snapshots_points(const struct snapshots *snapshots, size_t number)
{
	assert(number < snapshots->count);
	return sequence_at(snapshots, number);
}

const uint32_t *
snapshots_tokens(const struct snapshots *snapshots, size_t number)
{
	assert(number < snapshots->count);
	return sequence_at(snapshots, number);
}
