/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/csv_dialect.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "task/csv_sample.h"

/* What a field of numbers in another notation counts as a number. */
#define FOREIGN_WEIGHT 0.75
/* The same of a missing value. */
#define MISSING_WEIGHT 0.5
/* What a header with other fields than the line below it costs. */
#define HEADER_WEIGHT 0.5

const struct csv_separator csv_separator_auto = {
	.kind = {.name = "auto", .summary = N_("the file decides")},
};
static const struct csv_separator separator_comma = {
	.kind = {.name = ",", .summary = N_("a comma")},
	.character = ',',
};
static const struct csv_separator separator_semicolon = {
	.kind = {.name = ";", .summary = N_("a semicolon")},
	.character = ';',
};
static const struct csv_separator separator_tab = {
	.kind = {.name = "tab", .summary = N_("a tab")},
	.character = '\t',
};
static const struct csv_separator separator_space = {
	.kind = {.name = "space", .summary = N_("any number of blanks")},
	.character = ' ',
};
static const struct csv_separator separator_bar = {
	.kind = {.name = "|", .summary = N_("a vertical bar")},
	.character = '|',
};

const struct kind *const csv_separator_list[] = {
	&csv_separator_auto.kind,
	&separator_comma.kind,
	&separator_semicolon.kind,
	&separator_tab.kind,
	&separator_space.kind,
	&separator_bar.kind,
	NULL,
};

const struct csv_decimal csv_decimal_auto = {
	.kind = {.name = "auto", .summary = N_("the file decides")},
};
static const struct csv_decimal decimal_point = {
	.kind = {.name = ".", .summary = N_("a point")},
	.character = '.',
};
static const struct csv_decimal decimal_comma = {
	.kind = {.name = ",", .summary = N_("a comma")},
	.character = ',',
};

const struct kind *const csv_decimal_list[] = {
	&csv_decimal_auto.kind,
	&decimal_point.kind,
	&decimal_comma.kind,
	NULL,
};

/* Separators in the order in which equally good ones are preferred. */
static const char separators[] = {',', ';', '\t', '|', ' '};

enum { SEPARATORS = sizeof separators };

const char *
csv_separator_name(char separator)
{
	for (size_t i = 1; csv_separator_list[i] != NULL; i++) {
		const struct csv_separator *one =
			(const struct csv_separator *)csv_separator_list[i];

		if (one->character == separator)
			return one->kind.name;
	}
	return csv_separator_auto.kind.name;
}

static size_t
numbers_of(const struct csv_tally *tally)
{
	return tally->of[CSV_FIELD_INTEGER] + tally->of[CSV_FIELD_POINT] +
		tally->of[CSV_FIELD_COMMA] + tally->of[CSV_FIELD_FOREIGN];
}

/* Whether the first line has names and no number. */
static bool
has_names(const struct csv_sample *sample)
{
	const size_t *of = sample->first.of;

	return sample->lines > 1 &&
		of[CSV_FIELD_TEXT] + of[CSV_FIELD_DATE] > 0 &&
		numbers_of(&sample->first) == 0;
}

/*
 * Whether a field of the first line names a column below it that has numbers or
 * dates and no text; also an empty first field, as pandas writes it above the
 * numbers of the rows.
 */
static bool
has_name_above(const struct csv_sample *sample)
{
	const struct csv_count *count = &sample->count;

	for (size_t i = 0; i < sample->names && i < sample->columns; i++) {
		const size_t *of = sample->tally[i].of;
		const char *name = sample->name[i];
		bool is_name = csv_field_classify(name) == CSV_FIELD_TEXT ||
			(i == 0 && name[0] == '\0' && count->column == 1 &&
				count->first == 0 && count->step == 1);

		if (is_name && of[CSV_FIELD_TEXT] == 0 &&
			numbers_of(&sample->tally[i]) + of[CSV_FIELD_DATE] > 0)
			return true;
	}
	return false;
}

/* Whether the integers of the first line are years, and the data are not. */
static bool
has_years(const struct csv_sample *sample)
{
	const struct csv_count *count = &sample->count;
	bool is_named = count->column > 0;
	bool is_next = fabs(count->step) == 1;

	if (fmin(count->first, count->last) < CSV_YEAR_MIN ||
		fmax(count->first, count->last) > CSV_YEAR_MAX ||
		count->step == 0 || 2 * count->years > count->numbers)
		return false;
	if (count->integers > 2)
		return is_named || is_next;
	return is_named && is_next && count->years == 0;
}

/* Whether they number the columns of data that are decimal fractions. */
static bool
has_numbers_of_columns(const struct csv_sample *sample)
{
	const struct csv_count *count = &sample->count;
	struct csv_tally all = csv_sample_sum(sample);

	return (count->first == 0 ||
		       (count->first == 1 && count->column > 0)) &&
		count->step == 1 && count->integers > 3 && count->within == 0 &&
		all.of[CSV_FIELD_POINT] + all.of[CSV_FIELD_COMMA] >
		all.of[CSV_FIELD_INTEGER];
}

/*
 * Whether the first line is a header although it has numbers: years, or numbers
 * of columns. A line of data may count as well, if the lines below do.
 */
static bool
has_count(const struct csv_sample *sample)
{
	const struct csv_count *count = &sample->count;

	if (sample->lines < 2 || count->integers < 2 ||
		numbers_of(&sample->first) != count->integers ||
		sample->first.of[CSV_FIELD_DATE] > 0)
		return false;
	if (has_name_above(sample))
		return true;
	return 2 * count->like_it <= sample->lines - 1 &&
		(has_years(sample) || has_numbers_of_columns(sample));
}

static bool
has_header(const struct csv_sample *sample)
{
	return has_names(sample) || has_count(sample);
}

/* Whether all fields are numbers with decimal points. */
static bool
is_plain(const struct csv_sample *sample)
{
	struct csv_tally all = csv_sample_sum(sample);

	return sample->separator == ',' && sample->decimal == '.' &&
		sample->reach == 1 &&
		all.of[CSV_FIELD_INTEGER] + all.of[CSV_FIELD_POINT] +
			sample->first.of[CSV_FIELD_INTEGER] +
			sample->first.of[CSV_FIELD_POINT] ==
		sample->fields;
}

/* The part that a field of this kind counts as a number. */
static double
weight_of(enum csv_field_kind kind, char decimal)
{
	if (csv_field_is_number(kind, decimal))
		return 1;
	if (kind == CSV_FIELD_MISSING)
		return MISSING_WEIGHT;
	return kind == CSV_FIELD_FOREIGN || kind == CSV_FIELD_COMMA
		? FOREIGN_WEIGHT
		: 0;
}

/* The fraction of numbers among the fields, and of lines of equal length. */
static double
score_of(const struct csv_sample *sample, bool is_ragged)
{
	bool is_named = has_header(sample);
	struct csv_tally all = csv_sample_sum(sample);
	double numbers = 0, fields = 0;

	/* a comma is the separator of a single column too */
	if (sample->separator != ',' && !csv_sample_is_divided(sample))
		return 0;
	for (enum csv_field_kind k = 0; k < CSV_FIELD_KINDS; k++) {
		size_t count = all.of[k] + (is_named ? 0 : sample->first.of[k]);

		numbers += weight_of(k, sample->decimal) * (double)count;
		fields += (double)count;
	}
	if (fields == 0)
		return 0;
	numbers = (numbers - (double)sample->divided) / fields * sample->reach;
	if (is_ragged || sample->lines < 2)
		return numbers;
	if (is_named && sample->width[0] != sample->width[1])
		numbers -= HEADER_WEIGHT;
	return numbers * (double)sample->like[is_named] / (double)sample->lines;
}

/* Divide the first lines by the separator that is asked for, or the best. */
static bool
find_sample(struct csv_sample *best, const char *bytes, size_t count,
	const struct csv_dialect_config *config, struct error *error)
{
	char asked = config->separator->character, first = asked;
	struct csv_sample other = {0};

	if (first == '\0')
		first = ',';
	if (!csv_sample_take(best, bytes, count, first,
		    config->decimal->character, error))
		return false;
	for (int i = 1; i < SEPARATORS && asked == '\0' && !is_plain(best);
		i++) {
		if (!csv_sample_take(&other, bytes, count, separators[i],
			    config->decimal->character, error)) {
			csv_sample_destroy(&other);
			return false;
		}
		if (score_of(&other, config->is_ragged) >
			score_of(best, config->is_ragged)) {
			struct csv_sample former = *best;

			*best = other;
			other = former;
		}
		csv_sample_destroy(&other);
	}
	return true;
}

static enum csv_column_kind
kind_of(const struct csv_tally *tally)
{
	if (numbers_of(tally) > 0)
		return CSV_COLUMN_NUMBERS;
	if (tally->of[CSV_FIELD_TEXT] > 0)
		return CSV_COLUMN_TEXT;
	return tally->of[CSV_FIELD_DATE] > 0 ? CSV_COLUMN_DATES
					     : CSV_COLUMN_EMPTY;
}

/*
 * Return the name of a column. If only the first column has none, as R writes
 * the names of rows, the header has a field less.
 */
static const char *
name_of(const struct csv_sample *sample, const struct csv_dialect *dialect,
	size_t column)
{
	bool is_shifted = !dialect->has_count &&
		sample->names + 1 == dialect->count &&
		sample->second == dialect->count && dialect->count > 2;
	size_t shift = is_shifted ? 1 : 0;

	return dialect->has_header && column >= shift &&
			column - shift < sample->names
		? sample->name[column - shift]
		: "";
}

/*
 * Return the number of columns. The header and the first line of data decide,
 * unless lines differ. Fields at the end of all lines that are always empty do
 * not count.
 */
static size_t
count_columns(const struct csv_sample *sample, bool is_named, bool is_ragged)
{
	size_t count = is_named ? sample->second : sample->names;
	size_t width = sample->width[is_named];

	if (is_ragged || sample->lines < 2)
		return sample->columns;
	if (width > sample->columns)
		width = sample->columns;
	if (count < width)
		count = width;
	return count < sample->names ? sample->names : count;
}

static bool
describe(struct csv_dialect *dialect, struct csv_sample *sample, bool is_ragged)
{
	dialect->separator = sample->separator;
	dialect->decimal = sample->decimal;
	dialect->has_header = has_header(sample);
	dialect->has_count = dialect->has_header && !has_names(sample);
	dialect->count_first = sample->count.first;
	dialect->count_last = sample->count.last;
	dialect->header_names = dialect->has_header ? sample->names : 0;
	if (!dialect->has_header && !csv_sample_count_first(sample))
		return false;
	dialect->count = count_columns(sample, dialect->has_header, is_ragged);
	dialect->column =
		memory_new(dialect->count + 1, sizeof *dialect->column);
	if (dialect->column == NULL)
		return false;
	for (size_t i = 0; i < dialect->count; i++) {
		dialect->column[i].kind = i < sample->columns
			? kind_of(&sample->tally[i])
			: CSV_COLUMN_EMPTY;
		dialect->column[i].is_mostly_numbers = i < sample->columns &&
			numbers_of(&sample->tally[i]) >
				sample->tally[i].of[CSV_FIELD_TEXT] +
					sample->tally[i].of[CSV_FIELD_DATE];
		dialect->column[i].name =
			memory_string(name_of(sample, dialect, i));
		if (dialect->column[i].name == NULL)
			return false;
	}
	return true;
}

/* Return the size of the whole lines in the first bytes of a file. */
static size_t
whole_lines(const char *bytes, size_t count)
{
	size_t whole = count;

	while (whole > 0 && bytes[whole - 1] != '\n' &&
		bytes[whole - 1] != '\r')
		whole--;
	return whole > 0 ? whole : count;
}

bool
csv_dialect_find(struct csv_dialect *dialect, struct csv_reader *reader,
	const struct csv_dialect_config *config, struct error *error)
{
	struct csv_sample sample = {0};
	const char *bytes;
	size_t count;
	bool good;

	*dialect = (struct csv_dialect){0};
	if (!csv_reader_peek(reader, &bytes, &count, error))
		return false;
	good = find_sample(&sample, bytes, whole_lines(bytes, count), config,
		error);
	if (good && !describe(dialect, &sample, config->is_ragged))
		good = error_out_of_memory(error);
	csv_sample_destroy(&sample);
	if (good)
		csv_reader_set_separator(reader, dialect->separator);
	return good;
}

void
csv_dialect_destroy(struct csv_dialect *dialect)
{
	for (size_t i = 0; dialect->column != NULL && i < dialect->count; i++)
		free(dialect->column[i].name);
	free(dialect->column);
	*dialect = (struct csv_dialect){0};
}
