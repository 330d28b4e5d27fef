/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/source.h"

#include <assert.h>
#include <string.h>

size_t
source_features(const struct source *source)
{
	return source->data ? source->data->features : source->task->features;
}

size_t
source_longest(const struct source *source)
{
	return source->data ? source->data->longest : source->task->points;
}

/* Copy a sequence of the file; return its length. */
static size_t
copy_sequence(const struct sequences *data, uint64_t index, float *points)
{
	size_t first = data->start[index];
	size_t length = data->start[index + 1] - first;

	memcpy(points, data->values + first * data->features,
		length * data->features * sizeof *points);
	return length;
}

size_t
source_next(struct source *source, float *points)
{
	const struct sequences *data = source->data;
	uint64_t next = source->position.next;

	if (data == NULL) {
		source->task->make(&source->position.random, points);
		return source->task->points;
	}
	assert(next < data->count);
	source->position.next = next + 1 == data->count ? 0 : next + 1;
	return copy_sequence(data, next, points);
}

size_t
source_previous(struct source *source, float *points)
{
	const struct sequences *data = source->data;
	uint64_t next = source->position.next;
	struct random random;

	if (data == NULL) {
		for (unsigned i = 0; i < source->task->draws; i++)
			random_back(&source->position.random);
		random = source->position.random;
		source->task->make(&random, points);
		return source->task->points;
	}
	source->position.next = (next == 0 ? data->count : next) - 1;
	return copy_sequence(data, source->position.next, points);
}
