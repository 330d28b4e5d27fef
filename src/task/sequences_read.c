/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Read sequences from a file. */
#include "base/translate.h"
#include "task/sequences.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/csv_reader.h"
#include "base/memory.h"
#include "base/number.h"
#include "task/column_list.h"
#include "task/csv_field.h"
#include "task/data_warnings.h"

/* Maximum bytes of a field in a message. */
enum { SHOWN_MAX = 40 };

/* The state of reading a file. */
struct loader {
	struct csv_reader *file;
	const struct sequences_config *config;
	bool is_series;                /* see struct data_layout */
	const struct missing *missing; /* not NULL */
	struct csv_dialect dialect;
	struct column_list columns; /* the columns to read */
	bool is_header_due;         /* the next row is the header */
	struct csv_row row;         /* the current row */

	struct sequences *sequences;
	size_t start_capacity, numbers_capacity; /* allocated items */
	size_t points;        /* points of the file read so far */
	size_t dropped, held; /* lines and values: see struct missing */
	struct error *error;
};

#define FAIL(loader, ...)                               \
	(error_set((loader)->error, __VA_ARGS__),       \
		error_prefix((loader)->error, "%s:%zu", \
			(loader)->config->path, (loader)->row.line))

/* What became of a field, or of a row. */
enum taken { TAKEN, DROPPED, FAILED };

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
			"two are required (a blank line ends a sequence)");
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

/* Refuse a field, with its column and advice. */
static enum taken
fail_field(struct loader *loader, size_t column, const char *format,
	const char *text, const char *advice)
{
	const char *name = column < loader->dialect.count
		? loader->dialect.column[column].name
		: "";
	char what[4 * SHOWN_MAX];

	snprintf(what, sizeof what, _(format), SHOWN_MAX, text);
	FAIL(loader, "column %zu%s%.*s%s: %s%s%s", column + 1,
		name[0] != '\0' ? " (" : "", SHOWN_MAX, name,
		name[0] != '\0' ? ")" : "", what, advice[0] != '\0' ? "; " : "",
		_(advice));
	return FAILED;
}

/* Take the value before a missing one, in the same column. */
static enum taken
hold(struct loader *loader, size_t column, double *number)
{
	const struct sequences *sequences = loader->sequences;

	if (loader->points == sequences->start[sequences->count])
		return fail_field(loader, column,
			"the value is missing%.*s, and the sequence has none "
			"before it",
			"", "");
	*number = number[-(ptrdiff_t)sequences->features];
	loader->held++;
	return TAKEN;
}

/* Take a field that is no plain number. */
static enum taken
take_other(struct loader *loader, size_t column, double *number)
{
	char decimal = loader->dialect.decimal;
	/* a quoted field may have blanks around it */
	char *text = csv_field_trim(loader->row.field[column]);
	enum number_kind kind;

	if (csv_field_classify(text) == CSV_FIELD_MISSING) {
		if (loader->missing->drops)
			return DROPPED;
		if (loader->missing->holds)
			return hold(loader, column, number);
		return fail_field(loader, column,
			text[0] != '\0' ? "'%.*s': a number is missing"
					: "%.*sa number is missing",
			text,
			N_("--missing drop leaves out such lines, --missing "
			   "hold repeats the value before"));
	}
	kind = csv_field_read(text, decimal, number);
	if (kind == NUMBER_NONE)
		return fail_field(loader, column, "'%.*s' is not a number",
			text, csv_field_advice(text, decimal));
	if (kind == NUMBER_NOT_FINITE || fabs(*number) > (double)FLT_MAX)
		return fail_field(loader, column,
			"'%.*s' is not a finite number", text, "");
	return TAKEN;
}

static enum taken
take_field(struct loader *loader, size_t column, double *number)
{
	if (csv_field_read(loader->row.field[column], loader->dialect.decimal,
		    number) == NUMBER_FINITE &&
		fabs(*number) <= (double)FLT_MAX)
		return TAKEN;
	return take_other(loader, column, number);
}

/* Return memory for `count` more numbers, or NULL. */
static double *
make_room(struct loader *loader, size_t count)
{
	struct sequences *sequences = loader->sequences;
	size_t used = loader->points * sequences->features;

	if (!memory_extend((void **)&sequences->numbers,
		    &loader->numbers_capacity, used + count,
		    sizeof *sequences->numbers)) {
		error_out_of_memory(loader->error);
		return NULL;
	}
	return sequences->numbers + used;
}

/* Refuse a row with other than the columns of the file. */
static bool
check_count(struct loader *loader)
{
	size_t count = loader->row.count, columns = loader->dialect.count;

	while (count > columns && loader->row.field[count - 1][0] == '\0')
		count--;
	return count == columns ||
		FAIL(loader,
			translate_count("%zu field on the line, but %zu on the "
					"first line",
				"%zu fields on the line, but %zu on the first "
				"line",
				count),
			count, columns);
}

static enum taken
take_point(struct loader *loader)
{
	const struct column_list *columns = &loader->columns;
	double *point;

	if (!check_count(loader))
		return FAILED;
	point = make_room(loader, columns->count);
	if (point == NULL)
		return FAILED;
	for (size_t i = 0; i < columns->count; i++) {
		enum taken taken =
			take_field(loader, columns->column[i], &point[i]);

		if (taken != TAKEN)
			return taken;
	}
	loader->points++;
	return TAKEN;
}

/* Whether columns beyond those of the first lines are read too. */
static bool
takes_further_columns(const struct loader *loader)
{
	const char *columns = loader->config->columns;
	size_t length = columns != NULL ? strlen(columns) : 0;

	return length == 0 || columns[length - 1] == '-';
}

/* Add columns without names: a sequence may be longer than the first ones. */
static bool
add_columns(struct loader *loader, size_t count)
{
	struct csv_dialect *dialect = &loader->dialect;
	struct column_list *list = &loader->columns;
	size_t further = count - dialect->count;
	size_t capacity = dialect->count;

	if (!memory_grow((void **)&dialect->column, &capacity, count,
		    sizeof *dialect->column) ||
		!memory_grow((void **)&list->column, &list->capacity,
			list->count + further, sizeof *list->column))
		return error_out_of_memory(loader->error);
	for (size_t i = dialect->count; i < count; i++) {
		dialect->column[i] = (struct csv_column){
			.name = memory_string(""),
			.kind = CSV_COLUMN_NUMBERS,
		};
		dialect->count = i + 1;
		if (dialect->column[i].name == NULL)
			return error_out_of_memory(loader->error);
		list->column[list->count++] = i;
	}
	return true;
}

/* Take a row as a sequence. Empty fields at its end are not missing. */
static enum taken
take_series(struct loader *loader)
{
	const struct column_list *columns = &loader->columns;
	size_t count = loader->row.count, begin = loader->points;
	double *numbers;

	while (count > 0 &&
		loader->row.field[count -
			1][strspn(loader->row.field[count - 1], " \t")] == '\0')
		count--;
	if (count > loader->dialect.count && takes_further_columns(loader) &&
		!add_columns(loader, count))
		return FAILED;
	numbers = make_room(loader, columns->count);
	if (numbers == NULL)
		return FAILED;
	for (size_t i = 0; i < columns->count; i++) {
		enum taken taken;

		if (columns->column[i] >= count)
			continue;
		taken = take_field(loader, columns->column[i],
			&numbers[loader->points - begin]);
		if (taken == DROPPED)
			loader->points = begin;
		if (taken != TAKEN)
			return taken;
		loader->points++;
	}
	return end_sequence(loader) ? TAKEN : FAILED;
}

/* Refuse a header that does not match the columns below it. */
static bool
check_header(struct loader *loader)
{
	const struct csv_dialect *dialect = &loader->dialect;
	size_t names = dialect->header_names, columns = dialect->count;

	loader->is_header_due = false;
	/* R writes a header without a name for the first column */
	if (loader->is_series || names == columns ||
		(names + 1 == columns && columns > 2))
		return true;
	if (names == 1 && columns == 2)
		return FAIL(loader,
			"'%.*s': the header has 1 field, and the line below "
			"it 2; a comment begins with '#', and --separator ';' "
			"--decimal , reads a column of decimal commas",
			SHOWN_MAX, loader->row.field[0]);
	return FAIL(loader,
		translate_count("'%.*s': the header has %zu field, and the "
				"line below it %zu; a comment begins with '#'",
			"'%.*s': the header has %zu fields, and the line below "
			"it %zu; a comment begins with '#'",
			names),
		SHOWN_MAX, loader->row.field[0], names, columns);
}

/* Refuse a file without a column of numbers, by its first field. */
static bool
fail_first_field(struct loader *loader)
{
	char *text;

	for (size_t i = 0; i < loader->row.count; i++) {
		text = csv_field_trim(loader->row.field[i]);
		if (csv_field_classify(text) == CSV_FIELD_MISSING)
			continue;
		fail_field(loader, i, "'%.*s' is not a number", text,
			strpbrk(text, ",;|\t") != NULL
				? csv_field_advice(text,
					  loader->dialect.decimal)
				: N_("no column of the file has numbers"));
		return false;
	}
	return FAIL(loader,
		"a number is missing; no column of the file has "
		"numbers");
}

/* Set the features, and check that they are those of the task. */
static bool
set_features(struct loader *loader)
{
	size_t features = loader->is_series ? 1 : loader->columns.count;
	size_t wanted = loader->config->features;

	if (features > SEQUENCES_FEATURES_MAX)
		return FAIL(loader,
			"%zu numbers on the line; the maximum is %d; --columns "
			"selects columns, and --layout series reads a line as "
			"a sequence",
			features, SEQUENCES_FEATURES_MAX);
	if (wanted > 0 && features != wanted)
		return FAIL(loader,
			features > wanted
				? N_("%zu numbers on the line, not the %zu of "
				     "the task; --columns selects columns")
				: translate_count(
					  "%zu number on the line, not the "
					  "%zu of the task",
					  "%zu numbers on the line, not the "
					  "%zu of the task",
					  features),
			features, wanted);
	loader->sequences->features = features;
	return true;
}

static bool
take_row(struct loader *loader)
{
	enum taken taken;

	if (loader->is_header_due)
		return check_header(loader);
	if (loader->columns.count == 0)
		return fail_first_field(loader);
	if (loader->sequences->features == 0 && !set_features(loader))
		return false;
	taken = loader->is_series ? take_series(loader) : take_point(loader);
	loader->dropped += taken == DROPPED;
	return taken != FAILED;
}

/* Find the dialect of the file and the columns to read. */
static bool
begin_reading(struct loader *loader)
{
	const struct sequences_config *config = loader->config;
	const struct csv_dialect_config dialect =
		sequences_dialect_config(config);

	if (!csv_dialect_find(&loader->dialect, loader->file, &dialect,
		    loader->error))
		return false;
	if (!column_list_find(&loader->columns,
		    config->columns != NULL ? config->columns : "",
		    &loader->dialect, loader->error))
		return error_prefix(loader->error, "%s", config->path);
	loader->is_header_due = loader->dialect.has_header;
	return true;
}

static bool
name_columns(struct loader *loader)
{
	struct sequences *sequences = loader->sequences;
	const struct column_list *columns = &loader->columns;

	sequences->column =
		memory_new(sequences->features, sizeof *sequences->column);
	if (sequences->column == NULL)
		return error_out_of_memory(loader->error);
	for (size_t f = 0; f < sequences->features; f++) {
		const char *name = loader->is_series
			? ""
			: loader->dialect.column[columns->column[f]].name;

		sequences->column[f].number =
			loader->is_series ? 0 : columns->column[f] + 1;
		sequences->column[f].name = memory_string(name);
		if (sequences->column[f].name == NULL)
			return error_out_of_memory(loader->error);
	}
	return true;
}

/* List the columns and the values that are not read. */
static bool
list_left_out(struct loader *loader)
{
	static const char *const kinds[] = {
		[CSV_COLUMN_NUMBERS] = "numbers, not listed",
		[CSV_COLUMN_DATES] = "dates",
		[CSV_COLUMN_TEXT] = "text",
		[CSV_COLUMN_EMPTY] = "no values",
	};
	struct text_list *list = &loader->sequences->left_out;
	bool good = true;

	for (size_t i = 0; i < loader->dialect.count && good; i++) {
		const struct csv_column *column = &loader->dialect.column[i];
		bool has_name = column->name[0] != '\0';

		if (!column_list_contains(&loader->columns, i))
			good = text_list_add(list, "column %zu%s%.*s%s: %s",
				i + 1, has_name ? " (" : "", SHOWN_MAX,
				column->name, has_name ? ")" : "",
				kinds[column->kind]);
	}
	if (good && loader->dropped > 0)
		good = text_list_add(list, "%zu line%s with a missing value",
			loader->dropped, loader->dropped == 1 ? "" : "s");
	if (good && loader->held > 0)
		good = text_list_add(list,
			"%zu missing value%s, each replaced by the one before",
			loader->held, loader->held == 1 ? "" : "s");
	return good || error_out_of_memory(loader->error);
}

static bool
read_all(struct loader *loader)
{
	enum csv_reader_item item;

	if (!memory_grow((void **)&loader->sequences->start,
		    &loader->start_capacity, 1, sizeof(size_t)))
		return error_out_of_memory(loader->error);
	if (!begin_reading(loader))
		return false;
	do {
		item = csv_reader_next(loader->file, &loader->row,
			loader->error);
		if (item == CSV_READER_ERROR ||
			(item == CSV_READER_ROW ? !take_row(loader)
						: !end_sequence(loader)))
			return false;
	} while (item != CSV_READER_END);
	if (loader->sequences->count == 0)
		return error_set(loader->error, "%s: contains no points",
			loader->config->path);
	loader->sequences->training = loader->sequences->count;
	loader->sequences->training_points = loader->points;
	if (!name_columns(loader) || !list_left_out(loader))
		return false;
	sequences_measure(loader->sequences);
	return data_warnings_find(loader->sequences, &loader->dialect,
		       &loader->columns, loader->is_series) ||
		error_out_of_memory(loader->error);
}

bool
sequences_read(struct sequences *sequences,
	const struct sequences_config *config, struct error *error)
{
	struct loader loader = {
		.file = sequences_open(config, error),
		.config = config,
		.is_series =
			config->layout != NULL && config->layout->is_series,
		.missing = config->missing != NULL ? config->missing
						   : &missing_refuse,
		.sequences = sequences,
		.error = error,
	};
	bool ok;

	*sequences = (struct sequences){0};
	if (loader.file == NULL)
		return false;
	ok = read_all(&loader);
	csv_reader_close(loader.file);
	csv_dialect_destroy(&loader.dialect);
	column_list_destroy(&loader.columns);
	if (!ok)
		sequences_destroy(sequences);
	return ok;
}
