/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/live_seen.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/memory.h"

/* The expected loss is least at this number, if all that varies is unknown. */
static enum live_seen_middle
middle_of(const struct loss *loss)
{
	if (loss == &loss_mae || loss == &loss_rectangle)
		return LIVE_SEEN_MEDIAN;
	return loss == &loss_mse ? LIVE_SEEN_MEAN : LIVE_SEEN_NONE;
}

bool
live_seen_create(struct live_seen *seen, const struct run *run,
	struct error *error)
{
	bool is_shape = run_task(run)->points > 0;
	size_t size;

	*seen = (struct live_seen){
		.run = run,
		.longest = run_longest(run),
		.stride = run_longest(run) * run_features(run),
		/* only points of equal number can be compared */
		.max = is_shape ? LIVE_SEEN_MAX : 1,
		/* the middle is compared by its size */
		.kind = is_shape && run_task(run)->size != NULL
			? middle_of(run_settings(run)->loss)
			: LIVE_SEEN_NONE,
		.updates = UINT64_MAX,
	};
	if (!memory_product(seen->max, seen->stride, &size))
		return error_out_of_memory(error);
	seen->points = memory_floats(size);
	seen->lengths = memory_new(seen->max, sizeof *seen->lengths);
	seen->middle = memory_floats(seen->stride);
	seen->column = memory_floats(seen->max);
	return (seen->points != NULL && seen->lengths != NULL &&
		       seen->middle != NULL && seen->column != NULL) ||
		error_out_of_memory(error);
}

void
live_seen_destroy(struct live_seen *seen)
{
	free(seen->points);
	free(seen->lengths);
	free(seen->middle);
	free(seen->column);
	*seen = (struct live_seen){0};
}

static int
compare(const void *one, const void *other)
{
	float a = *(const float *)one, b = *(const float *)other;

	return (a > b) - (a < b);
}

/* Return the median of column[count], which it sorts. */
static float
median_of(float *column, size_t count)
{
	qsort(column, count, sizeof *column, compare);
	return (column[(count - 1) / 2] + column[count / 2]) / 2;
}

static float
mean_of(const float *column, size_t count)
{
	double sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += (double)column[i];
	return (float)(sum / (double)count);
}

static void
find_middle(struct live_seen *seen)
{
	for (size_t at = 0; at < seen->stride; at++) {
		for (size_t i = 0; i < seen->count; i++)
			seen->column[i] = seen->points[i * seen->stride + at];
		seen->middle[at] = seen->kind == LIVE_SEEN_MEDIAN
			? median_of(seen->column, seen->count)
			: mean_of(seen->column, seen->count);
	}
}

void
live_seen_update(struct live_seen *seen, double now, bool is_training)
{
	double began = clock_seconds();

	if (run_updates(seen->run) == seen->updates ||
		(is_training && now - seen->computed_at < 49 * seen->seconds))
		return;
	seen->updates = run_updates(seen->run);
	seen->count =
		run_recall(seen->run, seen->max, seen->points, seen->lengths);
	if (seen->kind != LIVE_SEEN_NONE && seen->count > 0)
		find_middle(seen);
	seen->computed_at = clock_seconds();
	seen->seconds = seen->computed_at - began;
}

const float *
live_seen_last(const struct live_seen *seen, size_t *count)
{
	if (seen->count == 0)
		return NULL;
	*count = seen->lengths[0];
	return seen->points;
}

const float *
live_seen_middle(const struct live_seen *seen)
{
	return seen->kind != LIVE_SEEN_NONE && seen->count > 0 ? seen->middle
							       : NULL;
}
