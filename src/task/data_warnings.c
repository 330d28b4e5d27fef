/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/data_warnings.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

enum {
	POINTS_MIN = 3,    /* points that make a suspicion */
	WIDE_MIN = 10,     /* columns of a file that may have series in rows */
	SORTED_MIN = 10,   /* sequences of a file that may be sorted */
	DECIMALS_MAX = 99, /* of a decimal comma: two digits */
	WHOLE_MIN = 10,    /* the part before it has two digits */
	FEATURES_OF_SORTED = 4 /* columns whose order is examined */
};

/*
 * Difference of the halves of a sorted file, in standard deviations within
 * the halves.
 */
#define SORTED_DEVIATIONS 3.0

static size_t
count_points(const struct sequences *sequences)
{
	return sequences->start[sequences->count];
}

static bool
are_whole(const struct sequences *sequences)
{
	size_t count = count_points(sequences) * sequences->features;

	for (size_t i = 0; i < count; i++)
		if (sequences->numbers[i] != floor(sequences->numbers[i]))
			return false;
	return true;
}

/* Two columns of integers, the second of one or two digits: "20,7". */
static bool
may_be_decimals(const struct sequences *sequences,
	const struct csv_dialect *dialect)
{
	const struct sequences_column *column = sequences->column;

	return dialect->separator == ',' && dialect->count == 2 &&
		!dialect->has_header && sequences->features == 2 &&
		count_points(sequences) >= POINTS_MIN &&
		fmax(fabs(column[0].min), fabs(column[0].max)) >= WHOLE_MIN &&
		column[1].min >= 0 && column[1].max <= DECIMALS_MAX &&
		column[1].max > column[1].min && are_whole(sequences);
}

/* More columns than lines, and one sequence. */
static bool
may_be_series(const struct sequences *sequences)
{
	return sequences->count == 1 && sequences->features >= WIDE_MIN &&
		sequences->features > count_points(sequences);
}

/* Whether a column counts the lines of the file: 0, 1, 2, ... */
static bool
counts_lines(const struct sequences *sequences, size_t feature)
{
	const double *number = sequences->numbers + feature;
	size_t points = count_points(sequences);

	if (sequences->features < 2 || points < POINTS_MIN)
		return false;
	for (size_t i = 1; i < points; i++)
		if (number[i * sequences->features] !=
			number[(i - 1) * sequences->features] + 1)
			return false;
	return true;
}

/* The mean of a column of a sequence, and of its changes. */
struct measure {
	double mean, change;
};

static struct measure
measure(const struct sequences *sequences, size_t sequence, size_t feature)
{
	size_t from = sequences->start[sequence];
	size_t to = sequences->start[sequence + 1];
	struct measure measure = {0, 0};
	double before = 0;

	for (size_t i = from; i < to; i++) {
		double number =
			sequences->numbers[i * sequences->features + feature];

		measure.mean += number / (double)(to - from);
		if (i > from)
			measure.change +=
				fabs(number - before) / (double)(to - from - 1);
		before = number;
	}
	return measure;
}

/* The sum and the sum of squares of values, for their deviation. */
struct half {
	double count, sum, squares;
};

static void
add(struct half *half, double value)
{
	half->count++;
	half->sum += value;
	half->squares += value * value;
}

/* Whether the means of two halves differ by far more than their values. */
static bool
differ(const struct half half[2])
{
	double mean[2], variance = 0;

	for (int i = 0; i < 2; i++) {
		mean[i] = half[i].sum / half[i].count;
		variance += fmax(half[i].squares / half[i].count -
					    mean[i] * mean[i],
				    0) /
			2;
	}
	return fabs(mean[1] - mean[0]) > SORTED_DEVIATIONS * sqrt(variance) &&
		fabs(mean[1] - mean[0]) >
		1e-6 * fmax(fabs(mean[0]), fabs(mean[1]));
}

/* Whether the sequences of both halves of the file are of different kinds. */
static bool
may_be_sorted(const struct sequences *sequences)
{
	if (sequences->count < SORTED_MIN)
		return false;
	for (size_t f = 0; f < sequences->features && f < FEATURES_OF_SORTED;
		f++) {
		struct half mean[2] = {{0}}, change[2] = {{0}};
		double origin = sequences->column[f].mean;

		for (size_t k = 0; k < sequences->count; k++) {
			struct measure one = measure(sequences, k, f);
			size_t half = 2 * k >= sequences->count;

			add(&mean[half], one.mean - origin);
			add(&change[half], one.change);
		}
		if (differ(mean) || differ(change))
			return true;
	}
	return false;
}

/* Count the neighbours of each column that differ and fall together. */
static void
count_lost(struct sequences *sequences)
{
	size_t features = sequences->features;
	size_t points = count_points(sequences);

	for (size_t i = 1; i < points; i++)
		for (size_t f = 0; f < features; f++) {
			struct sequences_column *column = &sequences->column[f];
			double one = sequences->numbers[(i - 1) * features + f];
			double other = sequences->numbers[i * features + f];
			double size =
				column->deviation > 0 ? column->deviation : 1;

			if (one == other || (float)one != (float)other)
				continue;
			column->lost++;
			column->lost_scaled +=
				(float)((one - column->mean) / size) ==
				(float)((other - column->mean) / size);
		}
}

bool
data_warnings_find(struct sequences *sequences,
	const struct csv_dialect *dialect, bool is_series)
{
	struct text_list *warnings = &sequences->warnings;

	count_lost(sequences);
	if (!is_series && may_be_decimals(sequences, dialect) &&
		!text_list_add(warnings,
			"both columns are integers: if '%.0f,%.0f' is one "
			"number, --separator ';' --decimal , reads it",
			sequences->numbers[0], sequences->numbers[1]))
		return false;
	if (!is_series && may_be_series(sequences) &&
		!text_list_add(warnings,
			"%zu lines of %zu numbers are read as points: if each "
			"line is a sequence, --layout series reads it",
			count_points(sequences), sequences->features))
		return false;
	for (size_t f = 0; !is_series && f < sequences->features; f++)
		if (counts_lines(sequences, f) &&
			!text_list_add(warnings,
				"column %zu%s%.60s%s counts the lines: "
				"--columns can leave it out",
				f + 1,
				sequences->column[f].name[0] != '\0' ? " ("
								     : "",
				sequences->column[f].name,
				sequences->column[f].name[0] != '\0' ? ")"
								     : ""))
			return false;
	return !may_be_sorted(sequences) ||
		text_list_add(warnings,
			"the sequences of the second half differ from those of "
			"the first: the file may be sorted by kind; --shuffle "
			"mixes them");
}
