/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/data_warnings.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/number.h"
#include "task/csv_field.h"
#include "task/csv_sample.h"

enum {
	POINTS_MIN = 3,    /* points that make a suspicion */
	STEPS_MIN = 8,     /* points of a column with steps other than one */
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

/*
 * Two columns of integers at the end of the lines, the second of one or two
 * digits: "20,7". A header has no name for the second one.
 */
static bool
may_be_decimals(const struct sequences *sequences,
	const struct csv_dialect *dialect, const struct column_list *columns)
{
	const struct sequences_column *column = sequences->column;
	size_t count = dialect->count;

	return dialect->separator == ',' && columns->count == 2 &&
		columns->column[0] + 2 == count &&
		columns->column[1] + 1 == count &&
		(!dialect->has_header || dialect->header_names < count) &&
		count_points(sequences) >= POINTS_MIN &&
		fmax(fabs(column[0].min), fabs(column[0].max)) >= WHOLE_MIN &&
		column[1].min >= 0 && column[1].max <= DECIMALS_MAX &&
		column[1].max > column[1].min && are_whole(sequences);
}

/* One sequence, and years or more columns than lines. */
static bool
may_be_series(const struct sequences *sequences,
	const struct csv_dialect *dialect)
{
	bool has_years =
		dialect->has_count && dialect->count_first >= CSV_YEAR_MIN;

	return sequences->count == 1 &&
		(has_years ||
			(sequences->features >= WIDE_MIN &&
				sequences->features > count_points(sequences)));
}

/* Whether a column has a moment for its name: a date, or a number. */
static bool
is_moment(const struct csv_column *column)
{
	enum csv_field_kind kind = csv_field_classify(column->name);

	return kind == CSV_FIELD_DATE || kind == CSV_FIELD_INTEGER;
}

/*
 * Where the names of columns are the moments of series, add a suspicion about
 * the first column with another name.
 */
static bool
add_other_name(struct text_list *warnings, const struct csv_dialect *dialect,
	const struct column_list *columns)
{
	size_t moments = 0, other = SIZE_MAX;

	for (size_t i = 0; dialect->has_header && i < columns->count; i++) {
		size_t at = columns->column[i];

		if (at >= dialect->count || dialect->column[at].name[0] == '\0')
			continue;
		if (is_moment(&dialect->column[at]))
			moments++;
		else if (other == SIZE_MAX)
			other = at;
	}
	return moments < POINTS_MIN || other == SIZE_MAX ||
		text_list_add(warnings,
			"each sequence has column %zu (%.60s) too: --columns "
			"can leave it out",
			other + 1, dialect->column[other].name);
}

/* Whether two steps between numbers are equal, as far as decimals are exact. */
static bool
are_equal_steps(double before, double next, double step)
{
	return fabs(next - before - step) <= 1e-6 * fabs(step) +
		4 * DBL_EPSILON * fmax(fabs(next), fabs(before));
}

/*
 * Return by how much a column changes with each line of a sequence; 0:
 * unevenly, or not at all.
 */
static double
even_step(const struct sequences *sequences, size_t feature)
{
	const double *number = sequences->numbers + feature;
	size_t points = count_points(sequences), each = sequences->features;
	double step;

	if (each < 2 || points < POINTS_MIN)
		return 0;
	step = number[each] - number[0];
	for (size_t k = 0; k < sequences->count; k++)
		for (size_t i = sequences->start[k] + 1;
			i < sequences->start[k + 1]; i++)
			if (!are_equal_steps(number[(i - 1) * each],
				    number[i * each], step))
				return 0;
	return step == 1 || points >= STEPS_MIN ? step : 0;
}

static bool
add_index(struct text_list *warnings, const struct sequences_column *column,
	double step)
{
	bool has_name = column->name[0] != '\0';
	char number[NUMBER_TEXT_SIZE];
	char change[2 * NUMBER_TEXT_SIZE] = "counts the lines";

	if (step != 1)
		snprintf(change, sizeof change, "changes by %s with each line",
			number_shortest(number, number_round(step, 6)));
	return text_list_add(warnings,
		"column %zu%s%.60s%s %s: --columns can leave it out",
		column->number, has_name ? " (" : "", column->name,
		has_name ? ")" : "", change);
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
	const struct csv_dialect *dialect, const struct column_list *columns,
	bool is_series)
{
	struct text_list *warnings = &sequences->warnings;

	count_lost(sequences);
	if (!is_series && may_be_decimals(sequences, dialect, columns) &&
		!text_list_add(warnings,
			dialect->count == 2
				? "both columns are integers: if '%.0f,%.0f' "
				  "is one number, --separator ';' --decimal , "
				  "reads it"
				: "both columns are integers: if '%.0f,%.0f' "
				  "is one number, write it with a decimal "
				  "point, or in quotation marks and give "
				  "--decimal ,",
			sequences->numbers[0], sequences->numbers[1]))
		return false;
	if (!is_series && may_be_series(sequences, dialect) &&
		!text_list_add(warnings,
			"%zu lines of %zu numbers are read as points: if each "
			"line is a sequence, --layout series reads it",
			count_points(sequences), sequences->features))
		return false;
	if (is_series && !add_other_name(warnings, dialect, columns))
		return false;
	for (size_t f = 0; !is_series && f < sequences->features; f++) {
		double step = even_step(sequences, f);

		if (step != 0 &&
			!add_index(warnings, &sequences->column[f], step))
			return false;
	}
	if (may_be_sorted(sequences) &&
		!text_list_add(warnings,
			"the sequences of the second half differ from those of "
			"the first: the file may be sorted by kind; --shuffle "
			"mixes them"))
		return false;
	if (!dialect->has_count)
		return true;
	if (!text_list_add(warnings,
		    "the first line is read as a header, because it counts "
		    "from %.0f to %.0f; if it is data, put a line of names "
		    "above it",
		    dialect->count_first, dialect->count_last))
		return false;
	sequences->header_note = warnings->text[warnings->count - 1];
	return true;
}
