/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/generated.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "run/generate.h"
#include "task/extent.h"

/* Number of shapes sampled to measure a distribution. */
enum { MANY = 4000 };

struct collection {
	size_t count;
	double *error, *size, *width, *height; /* [count] */
	double scaled_error;                   /* of the last shape */
};

static bool
collection_create(struct collection *collection, size_t count,
	struct error *error)
{
	collection->count = count;
	collection->scaled_error = NAN;
	collection->error = memory_new(4 * count, sizeof(double));
	if (collection->error == NULL)
		return error_out_of_memory(error);
	collection->size = collection->error + count;
	collection->width = collection->size + count;
	collection->height = collection->width + count;
	return true;
}

/* Whether the starts of new sequences differ; a file has one start. */
static bool
has_many_starts(const struct run *run)
{
	return run_task(run)->has_many_starts && run_sequences(run) == NULL;
}

static bool
collect(const struct run *run, uint64_t seed, struct collection *collection,
	struct error *error)
{
	const struct task *task = run_task(run);
	size_t features = run_features(run);
	float *points = memory_floats(run_length(run) * features);
	struct generator generator;
	struct random random;

	if (points == NULL)
		return error_out_of_memory(error);
	random_seed(&random, seed, RANDOM_STREAM_EVALUATE);
	if (!generator_create(&generator, run, seed, error)) {
		free(points);
		return false;
	}
	for (size_t i = 0; i < collection->count; i++) {
		if (has_many_starts(run))
			task->make(&random, run_length(run), points);
		else
			run_start(run, points);
		generator_draw(&generator, run_length(run), points);
		collection->scaled_error =
			task->shape_error(points, run_length(run));
		scaling_undo_floats(run_scaling(run),
			run_length(run) * features, points, points);
		collection->error[i] = run_shape_error(run, points);
		collection->size[i] = extent_size(points, run_length(run));
		if (task->size != NULL)
			task->size(points, &collection->width[i],
				&collection->height[i]);
	}
	generator_destroy(&generator);
	free(points);
	return true;
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(double *values, size_t count)
{
	qsort(values, count, sizeof *values, compare);
	return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

/* Pearson's correlation coefficient. */
static double
correlation(const double *x, const double *y, size_t count)
{
	double mean_x = 0, mean_y = 0, xx = 0, yy = 0, xy = 0;

	for (size_t i = 0; i < count; i++) {
		mean_x += x[i] / (double)count;
		mean_y += y[i] / (double)count;
	}
	for (size_t i = 0; i < count; i++) {
		xx += (x[i] - mean_x) * (x[i] - mean_x);
		yy += (y[i] - mean_y) * (y[i] - mean_y);
		xy += (x[i] - mean_x) * (y[i] - mean_y);
	}
	return xx > 0 && yy > 0 ? xy / sqrt(xx * yy) : 0;
}

/* The Kolmogorov-Smirnov distance to uniform on [0, 1]; sorts the values. */
static double
distance_to_uniform(double *values, size_t count)
{
	double max = 0;

	qsort(values, count, sizeof *values, compare);
	for (size_t i = 0; i < count; i++) {
		double uniform = fmin(fmax(values[i], 0), 1);

		max = fmax(max, uniform - (double)i / (double)count);
		max = fmax(max, (double)(i + 1) / (double)count - uniform);
	}
	return max;
}

bool
generated_measure(const struct run *run, uint64_t seed,
	struct generated *generated, struct error *error)
{
	const struct task *task = run_task(run);
	bool is_sampled = run_settings(run)->loss->is_density;
	struct collection collection;

	*generated = (struct generated){
		.count = is_sampled || has_many_starts(run) ? MANY : 1,
		.shape_error = NAN,
		.scaled_error = NAN,
		.size = NAN,
		.correlation = NAN,
		.width_distance = NAN,
		.height_distance = NAN,
	};
	if (task->shape_error == NULL)
		return true;
	if (!collection_create(&collection, generated->count, error))
		return false;
	if (!collect(run, seed, &collection, error)) {
		free(collection.error);
		return false;
	}
	generated->shape_error = median(collection.error, collection.count);
	generated->scaled_error = collection.scaled_error;
	generated->size = median(collection.size, collection.count);
	generated->is_degenerate = run_is_degenerate(run, generated->size);
	if (is_sampled && task->has_uniform_sizes) {
		generated->correlation = correlation(collection.width,
			collection.height, collection.count);
		generated->width_distance =
			distance_to_uniform(collection.width, collection.count);
		generated->height_distance =
			distance_to_uniform(collection.height,
				collection.count);
	}
	free(collection.error);
	return true;
}
