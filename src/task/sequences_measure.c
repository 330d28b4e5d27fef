/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hash of sequences, and what describes their columns. */
#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "task/sequences.h"

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
static void
measure_columns(struct sequences *sequences)
{
	size_t features = sequences->features;
	size_t points = sequences->start[sequences->count];
	const double *numbers = sequences->numbers;
	struct sequences_column *column = sequences->column;

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
}

void
sequences_measure(struct sequences *sequences)
{
	sequences->hash = hash_of(sequences);
	measure_columns(sequences);
}
