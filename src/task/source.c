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

size_t
source_next(struct source *source, float *points)
{
	const struct sequences *data = source->data;
	size_t first, length;

	if (data == NULL) {
		source->task->make(&source->position.random, points);
		return source->task->points;
	}
	assert(source->position.next < data->count);
	first = data->start[source->position.next];
	length = data->start[source->position.next + 1] - first;
	memcpy(points, data->values + first * data->features,
		length * data->features * sizeof *points);
	if (++source->position.next == data->count)
		source->position.next = 0;
	return length;
}
