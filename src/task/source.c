/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/source.h"

#include <assert.h>
#include <string.h>

#include "task/shuffle.h"

size_t
source_features(const struct source *source)
{
	return source->data ? source->data->features : source->task->features;
}

size_t
source_longest(const struct source *source)
{
	return source->data ? source->data->longest : source->points;
}

/* Copy the sequence of the file at the position; return its length. */
static size_t
copy_sequence(const struct source *source, float *points)
{
	const struct sequences *data = source->data;
	const struct source_position *position = &source->position;
	uint64_t index = position->next;
	size_t first, end;

	assert(index < data->training);
	if (source->shuffles)
		index = shuffle_at(source->seed, position->passes,
			data->training, index);
	first = data->start[index];
	/* the end of a single sequence may be held out */
	end = data->start[index + 1] < data->training_points
		? data->start[index + 1]
		: data->training_points;
	memcpy(points, data->values + first * data->features,
		(end - first) * data->features * sizeof *points);
	return end - first;
}

size_t
source_next(struct source *source, float *points)
{
	struct source_position *position = &source->position;
	size_t length;

	if (source->data == NULL) {
		source->task->make(&position->random, source->points, points);
		return source->points;
	}
	length = copy_sequence(source, points);
	position->next++;
	if (position->next == source->data->training) {
		position->next = 0;
		position->passes++;
	}
	return length;
}

size_t
source_previous(struct source *source, float *points)
{
	struct source_position *position = &source->position;
	struct random random;

	if (source->data == NULL) {
		for (unsigned i = 0; i < source->task->draws; i++)
			random_back(&position->random);
		random = position->random;
		source->task->make(&random, source->points, points);
		return source->points;
	}
	if (position->next == 0) {
		position->next = source->data->training;
		position->passes--;
	}
	position->next--;
	return copy_sequence(source, points);
}
