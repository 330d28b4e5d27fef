/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/sequences.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv_reader.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/number.h"

/* Maximum bytes of a field in a message. */
enum { SHOWN_MAX = 40 };

/* The state of reading a file. */
struct loader {
	struct csv_reader *file;
	const struct sequences_config *config;
	struct csv_row row; /* the current row */

	struct sequences *sequences;
	size_t start_capacity, numbers_capacity; /* allocated items */
	size_t points; /* points of the file read so far */
	struct error *error;
};

#define FAIL(loader, ...)                               \
	(error_set((loader)->error, __VA_ARGS__),       \
		error_prefix((loader)->error, "%s:%zu", \
			(loader)->config->path, (loader)->row.line))

/* End the current sequence, if it has points. */
static bool
end_sequence(struct loader *loader)
{
	struct sequences *sequences = loader->sequences;
	size_t points = loader->points - sequences->start[sequences->count];

	if (points == 0)
		return true;
	if (points == 1)
		return FAIL(loader,
			"the sequence that ends here has one point; at least "
			"two are required");
	if (loader->config->points > 0 && points != loader->config->points)
		return FAIL(loader,
			"the sequence that ends here has %zu points, not the "
			"%zu of the task",
			points, loader->config->points);
	if (points > sequences->longest)
		sequences->longest = points;
	if (!memory_grow((void **)&sequences->start, &loader->start_capacity,
		    sequences->count + 2, sizeof *sequences->start))
		return error_out_of_memory(loader->error);
	sequences->start[++sequences->count] = loader->points;
	return true;
}

/* Parse a field as a number. A quoted field may have blanks around it. */
static bool
read_number(struct loader *loader, char *field, double *number)
{
	char *text = field + strspn(field, " \t");
	size_t length = strlen(text);
	enum number_kind kind;

	while (length > 0 &&
		(text[length - 1] == ' ' || text[length - 1] == '\t'))
		text[--length] = '\0';
	if (length == 0)
		return FAIL(loader, "a number is missing");
	kind = number_read(text, number);
	if (kind == NUMBER_NONE)
		return FAIL(loader, "'%.*s' is not a number", SHOWN_MAX, text);
	if (kind == NUMBER_NOT_FINITE || fabs(*number) > (double)FLT_MAX)
		return FAIL(loader, "'%.*s' is not a finite number", SHOWN_MAX,
			text);
	return true;
}

static bool
set_features(struct loader *loader)
{
	struct sequences *sequences = loader->sequences;
	size_t features = loader->row.count;

	if (features > SEQUENCES_FEATURES_MAX)
		return FAIL(loader,
			"%zu numbers on the line; the maximum is %d", features,
			SEQUENCES_FEATURES_MAX);
	if (sequences->features == 0 && loader->config->features > 0 &&
		features != loader->config->features)
		return FAIL(loader,
			"%zu number%s on the line, not the %zu of "
			"the task",
			features, features == 1 ? "" : "s",
			loader->config->features);
	if (sequences->features != 0 && features != sequences->features)
		return FAIL(loader,
			"%zu number%s on the line, but %zu on the first line",
			features, features == 1 ? "" : "s",
			sequences->features);
	sequences->features = features;
	return true;
}

static bool
read_point(struct loader *loader)
{
	struct sequences *sequences = loader->sequences;
	double *point;

	if (!set_features(loader))
		return false;
	if (!memory_extend((void **)&sequences->numbers,
		    &loader->numbers_capacity,
		    (loader->points + 1) * sequences->features,
		    sizeof *sequences->numbers))
		return error_out_of_memory(loader->error);
	point = sequences->numbers + loader->points * sequences->features;
	for (size_t f = 0; f < sequences->features; f++)
		if (!read_number(loader, loader->row.field[f], &point[f]))
			return false;
	loader->points++;
	return true;
}

static size_t
count_numbers(const struct sequences *sequences)
{
	return sequences->start[sequences->count] * sequences->features;
}

/*
 * Return the hash of the training data: the starts of the sequences as numbers
 * of eight bytes, then the points as bits of floats.
 */
static uint64_t
hash_of(const struct sequences *sequences)
{
	size_t count = count_numbers(sequences);
	uint64_t hash = HASH_EMPTY;
	uint32_t bits;
	float value;

	for (size_t i = 0; i <= sequences->count; i++)
		hash = hash_number(hash, sequences->start[i], sizeof(uint64_t));
	for (size_t i = 0; i < count; i++) {
		value = (float)sequences->numbers[i];
		memcpy(&bits, &value, sizeof bits);
		hash = hash_number(hash, bits, sizeof bits);
	}
	return hash;
}

/* Add a point to the least, the greatest and the sum from the first point. */
static void
add_point(struct sequences *sequences, const double *point)
{
	for (size_t f = 0; f < sequences->features; f++) {
		struct sequences_column *column = &sequences->column[f];

		if (point[f] < column->min)
			column->min = point[f];
		if (point[f] > column->max)
			column->max = point[f];
		column->mean += point[f] - sequences->numbers[f];
	}
}

/*
 * Measure the columns. Sums are of differences, so that they are exact enough
 * for numbers that are far from 0 and near each other.
 */
static bool
measure_columns(struct sequences *sequences, struct error *error)
{
	size_t features = sequences->features;
	size_t points = sequences->start[sequences->count];
	const double *numbers = sequences->numbers;
	struct sequences_column *column =
		memory_new(features, sizeof *sequences->column);

	if (column == NULL)
		return error_out_of_memory(error);
	sequences->column = column;
	for (size_t f = 0; f < features; f++)
		column[f].min = column[f].max = numbers[f];
	for (size_t i = 0; i < points; i++)
		add_point(sequences, numbers + i * features);
	for (size_t f = 0; f < features; f++)
		column[f].mean = numbers[f] + column[f].mean / (double)points;
	for (size_t i = 0; i < points; i++)
		for (size_t f = 0; f < features; f++) {
			double by = numbers[i * features + f] - column[f].mean;

			column[f].deviation += by * by;
		}
	for (size_t f = 0; f < features; f++)
		column[f].deviation =
			sqrt(column[f].deviation / (double)points);
	return true;
}

static bool
read_all(struct loader *loader)
{
	enum csv_reader_item item;

	if (!memory_grow((void **)&loader->sequences->start,
		    &loader->start_capacity, 1, sizeof(size_t)))
		return error_out_of_memory(loader->error);
	do {
		item = csv_reader_next(loader->file, &loader->row,
			loader->error);
		if (item == CSV_READER_ERROR ||
			(item == CSV_READER_ROW ? !read_point(loader)
						: !end_sequence(loader)))
			return false;
	} while (item != CSV_READER_END);
	if (loader->sequences->count == 0)
		return error_set(loader->error, "%s: contains no points",
			loader->config->path);
	loader->sequences->hash = hash_of(loader->sequences);
	loader->sequences->training = loader->sequences->count;
	loader->sequences->training_points = loader->points;
	return measure_columns(loader->sequences, loader->error);
}

bool
sequences_read(struct sequences *sequences,
	const struct sequences_config *config, struct error *error)
{
	struct loader loader = {
		.file = csv_reader_open(config->path, error),
		.config = config,
		.sequences = sequences,
		.error = error,
	};
	bool ok;

	*sequences = (struct sequences){0};
	if (loader.file == NULL)
		return false;
	ok = read_all(&loader);
	csv_reader_close(loader.file);
	if (!ok)
		sequences_destroy(sequences);
	return ok;
}

void
sequences_round(struct sequences *sequences)
{
	size_t count = count_numbers(sequences);
	char *memory = (char *)sequences->numbers, *smaller;
	double number;
	float value;

	assert(sequences->values == NULL && memory != NULL);
	/* a float never overwrites a number that is not read yet */
	for (size_t i = 0; i < count; i++) {
		memcpy(&number, memory + i * sizeof number, sizeof number);
		value = (float)number;
		memcpy(memory + i * sizeof value, &value, sizeof value);
	}
	smaller = realloc(memory, count * sizeof value);
	sequences->values = (float *)(smaller != NULL ? smaller : memory);
	sequences->numbers = NULL;
}

void
sequences_destroy(struct sequences *sequences)
{
	free(sequences->start);
	free(sequences->numbers);
	free(sequences->values);
	free(sequences->column);
	*sequences = (struct sequences){0};
}
