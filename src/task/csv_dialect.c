/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/csv_dialect.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "task/csv_field.h"

/* Lines of the file that decide. */
enum { SAMPLE_LINES = 1000 };

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

/* The fields of a column, counted by kind. */
struct tally {
	size_t of[CSV_FIELD_KINDS];
};

/* The first lines of a file, divided by a separator. */
struct sample {
	char separator, decimal;
	double reach; /* fraction of the lines that could be divided */
	size_t lines;
	size_t fields;   /* of all lines, without empty ones at the end */
	size_t names;    /* of the first line */
	size_t second;   /* of the second line */
	size_t width[2]; /* of the first two lines, with empty fields */
	/* lines with as many fields as the first, and as the second */
	size_t like[2];
	size_t divided; /* fields of text with another separator */
	size_t columns, capacity;
	struct tally *tally; /* [columns], without the first line */
	struct tally first;  /* the first line */
	size_t names_capacity;
	char **name; /* [names]: the fields of the first line */
};

static void
sample_destroy(struct sample *sample)
{
	for (size_t i = 0; i < sample->names; i++)
		free(sample->name[i]);
	free(sample->name);
	free(sample->tally);
	*sample = (struct sample){0};
}

static bool
keep_name(struct sample *sample, const char *text)
{
	char *name = memory_string(text);

	if (name == NULL ||
		!memory_grow((void **)&sample->name, &sample->names_capacity,
			sample->names + 1, sizeof *sample->name)) {
		free(name);
		return false;
	}
	sample->name[sample->names++] = name;
	return true;
}

static bool
add_field(struct sample *sample, size_t column, const char *text)
{
	enum csv_field_kind kind = csv_field_classify(text);

	sample->fields++;
	if ((kind == CSV_FIELD_TEXT || kind == CSV_FIELD_DATE) &&
		strpbrk(text, ",;\t|") != NULL)
		sample->divided++;
	if (sample->lines == 1) {
		sample->first.of[kind]++;
		return keep_name(sample, text);
	}
	if (!memory_grow((void **)&sample->tally, &sample->capacity, column + 1,
		    sizeof *sample->tally))
		return false;
	if (column >= sample->columns)
		sample->columns = column + 1;
	sample->tally[column].of[kind]++;
	return true;
}

/* Add a line, without empty fields at its end. */
static bool
add_line(struct sample *sample, const struct csv_row *row)
{
	size_t count = row->count;

	sample->lines++;
	for (size_t i = 0; i < row->count; i++)
		row->field[i] = csv_field_trim(row->field[i]);
	while (count > 0 && row->field[count - 1][0] == '\0')
		count--;
	for (size_t i = 0; i < count; i++)
		if (!add_field(sample, i, row->field[i]))
			return false;
	if (sample->lines <= 2)
		sample->width[sample->lines - 1] = row->count;
	if (sample->lines == 2)
		sample->second = count;
	for (int i = 0; i < 2; i++)
		sample->like[i] += row->count == sample->width[i];
	return true;
}

/* Sum the fields of all lines but the first, by kind. */
static struct tally
sum(const struct sample *sample)
{
	struct tally all = {{0}};

	for (size_t c = 0; c < sample->columns; c++)
		for (size_t k = 0; k < CSV_FIELD_KINDS; k++)
			all.of[k] += sample->tally[c].of[k];
	return all;
}

/* Whether the first line has names and no number. */
static bool
has_header(const struct sample *sample)
{
	const size_t *of = sample->first.of;

	return sample->lines > 1 &&
		of[CSV_FIELD_TEXT] + of[CSV_FIELD_DATE] > 0 &&
		of[CSV_FIELD_INTEGER] + of[CSV_FIELD_POINT] +
			of[CSV_FIELD_COMMA] + of[CSV_FIELD_FOREIGN] ==
		0;
}

/* Whether a line has two fields. */
static bool
is_dividing(const struct sample *sample)
{
	return sample->fields > sample->lines;
}

static void
choose_decimal(struct sample *sample, const struct csv_decimal *asked)
{
	struct tally all = sum(sample);
	size_t commas =
		all.of[CSV_FIELD_COMMA] + sample->first.of[CSV_FIELD_COMMA];
	size_t points =
		all.of[CSV_FIELD_POINT] + sample->first.of[CSV_FIELD_POINT];
	bool may_be_comma = is_dividing(sample) &&
		(sample->separator == ';' || sample->separator == '\t');
	bool is_comma = may_be_comma && commas > 0 && points == 0;

	sample->decimal = asked->character;
	if (sample->decimal == '\0' && is_comma)
		sample->decimal = ',';
	else if (sample->decimal == '\0')
		sample->decimal = '.';
}

/* Count the lines of the first bytes of a file, up to SAMPLE_LINES. */
static size_t
count_lines(const char *bytes, size_t count)
{
	size_t lines = 1;

	for (size_t i = 0; i < count && lines < SAMPLE_LINES; i++)
		lines += bytes[i] == '\n' ||
			(bytes[i] == '\r' &&
				(i + 1 == count || bytes[i + 1] != '\n'));
	return lines;
}

/* Divide the first lines by a separator. */
static bool
take_sample(struct sample *sample, const char *bytes, size_t count,
	char separator, const struct csv_decimal *decimal, struct error *error)
{
	struct csv_reader *reader =
		csv_reader_open_bytes("", bytes, count, error);
	struct error ignored;
	struct csv_row row;
	enum csv_reader_item item = CSV_READER_BLANK;
	bool good = true;

	if (reader == NULL)
		return false;
	*sample = (struct sample){.separator = separator};
	csv_reader_set_separator(reader, separator);
	/* reading the file itself reports an error */
	while (good && sample->lines < SAMPLE_LINES && item != CSV_READER_END &&
		item != CSV_READER_ERROR) {
		item = csv_reader_next(reader, &row, &ignored);
		if (item == CSV_READER_ROW)
			good = add_line(sample, &row);
	}
	sample->reach = item == CSV_READER_ERROR
		? (double)sample->lines / (double)count_lines(bytes, count)
		: 1;
	csv_reader_close(reader);
	choose_decimal(sample, decimal);
	return good || error_out_of_memory(error);
}

/* Whether all fields are numbers with decimal points. */
static bool
is_plain(const struct sample *sample)
{
	struct tally all = sum(sample);

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
score_of(const struct sample *sample, bool is_ragged)
{
	bool has_names = has_header(sample);
	struct tally all = sum(sample);
	double numbers = 0, fields = 0;

	/* a comma is the separator of a single column too */
	if (sample->separator != ',' && !is_dividing(sample))
		return 0;
	for (enum csv_field_kind k = 0; k < CSV_FIELD_KINDS; k++) {
		size_t count =
			all.of[k] + (has_names ? 0 : sample->first.of[k]);

		numbers += weight_of(k, sample->decimal) * (double)count;
		fields += (double)count;
	}
	if (fields == 0)
		return 0;
	numbers = (numbers - (double)sample->divided) / fields * sample->reach;
	if (is_ragged || sample->lines < 2)
		return numbers;
	if (has_names && sample->width[0] != sample->width[1])
		numbers -= HEADER_WEIGHT;
	return numbers * (double)sample->like[has_names] /
		(double)sample->lines;
}

/* Divide the first lines by the separator that is asked for, or the best. */
static bool
find_sample(struct sample *best, const char *bytes, size_t count,
	const struct csv_dialect_config *config, struct error *error)
{
	char asked = config->separator->character, first = asked;
	struct sample other = {0};

	if (first == '\0')
		first = ',';
	if (!take_sample(best, bytes, count, first, config->decimal, error))
		return false;
	for (int i = 1; i < SEPARATORS && asked == '\0' && !is_plain(best);
		i++) {
		if (!take_sample(&other, bytes, count, separators[i],
			    config->decimal, error)) {
			sample_destroy(&other);
			return false;
		}
		if (score_of(&other, config->is_ragged) >
			score_of(best, config->is_ragged)) {
			struct sample former = *best;

			*best = other;
			other = former;
		}
		sample_destroy(&other);
	}
	return true;
}

static size_t
numbers_of(const struct tally *tally)
{
	return tally->of[CSV_FIELD_INTEGER] + tally->of[CSV_FIELD_POINT] +
		tally->of[CSV_FIELD_COMMA] + tally->of[CSV_FIELD_FOREIGN];
}

static enum csv_column_kind
kind_of(const struct tally *tally)
{
	if (numbers_of(tally) > 0)
		return CSV_COLUMN_NUMBERS;
	if (tally->of[CSV_FIELD_TEXT] > 0)
		return CSV_COLUMN_TEXT;
	return tally->of[CSV_FIELD_DATE] > 0 ? CSV_COLUMN_DATES
					     : CSV_COLUMN_EMPTY;
}

/* Count the fields of the first line as those of the others. */
static bool
count_first_line(struct sample *sample)
{
	if (!memory_grow((void **)&sample->tally, &sample->capacity,
		    sample->names + 1, sizeof *sample->tally))
		return false;
	for (size_t i = 0; i < sample->names; i++)
		sample->tally[i].of[csv_field_classify(sample->name[i])]++;
	if (sample->names > sample->columns)
		sample->columns = sample->names;
	return true;
}

/*
 * Return the name of a column. If only the first column has none, as R writes
 * the names of rows, the header has a field less.
 */
static const char *
name_of(const struct sample *sample, const struct csv_dialect *dialect,
	size_t column)
{
	bool is_shifted = sample->names + 1 == dialect->count &&
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
count_columns(const struct sample *sample, bool has_names, bool is_ragged)
{
	size_t count = has_names ? sample->second : sample->names;
	size_t width = sample->width[has_names];

	if (is_ragged || sample->lines < 2)
		return sample->columns;
	if (width > sample->columns)
		width = sample->columns;
	if (count < width)
		count = width;
	return count < sample->names ? sample->names : count;
}

static bool
describe(struct csv_dialect *dialect, struct sample *sample, bool is_ragged)
{
	dialect->separator = sample->separator;
	dialect->decimal = sample->decimal;
	dialect->has_header = has_header(sample);
	dialect->header_names = dialect->has_header ? sample->names : 0;
	if (!dialect->has_header && !count_first_line(sample))
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
	struct sample sample = {0};
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
	sample_destroy(&sample);
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
