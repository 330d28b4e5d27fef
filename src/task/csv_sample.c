/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/csv_sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv_reader.h"
#include "base/memory.h"
#include "base/number.h"

/* Lines of the file that decide. */
enum { SAMPLE_LINES = 1000 };

/* Max integer of a count. */
#define COUNT_MAX UINT64_C(1000000)

void
csv_sample_destroy(struct csv_sample *sample)
{
	for (size_t i = 0; i < sample->names; i++)
		free(sample->name[i]);
	free(sample->name);
	free(sample->tally);
	*sample = (struct csv_sample){0};
}

static bool
keep_name(struct csv_sample *sample, const char *text)
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
add_field(struct csv_sample *sample, size_t column, const char *text)
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

/* Find the integers of the first line, with other fields before and after. */
static void
find_count(struct csv_sample *sample)
{
	struct csv_count *count = &sample->count;
	uint64_t value;

	while (count->column < sample->names &&
		!number_parse_count(sample->name[count->column], COUNT_MAX,
			&value))
		count->column++;
	for (size_t i = count->column; i < sample->names &&
		number_parse_count(sample->name[i], COUNT_MAX, &value);
		i++) {
		double next = (double)value;

		if (count->integers == 1)
			count->step = next - count->first;
		else if (count->integers > 1 &&
			next - count->last != count->step)
			break;
		if (count->integers++ == 0)
			count->first = next;
		count->last = next;
	}
}

/* Read a field with a decimal point or a decimal comma. */
static bool
read_number(const char *field, double *value)
{
	bool is_comma = csv_field_classify(field) == CSV_FIELD_COMMA;
	size_t size = strlen(field) + 1;
	char text[NUMBER_TEXT_SIZE];

	if (size > sizeof text)
		return false;
	memcpy(text, field, size);
	return csv_field_read(text, is_comma ? ',' : '.', value) ==
		NUMBER_FINITE;
}

/* Compare another line with the count of the first one. */
static void
compare_count(struct csv_sample *sample, char *const *field, size_t fields)
{
	struct csv_count *count = &sample->count;
	size_t read = 0, steps = 0;
	double before = 0, value;

	if (count->integers < 2)
		return;
	for (size_t i = 0; i < count->integers && count->column + i < fields;
		i++, before = value) {
		if (!read_number(field[count->column + i], &value)) {
			value = NAN;
			continue;
		}
		read++;
		steps += fabs(value - before - count->step) < 1e-6;
		count->years += value >= CSV_YEAR_MIN && value <= CSV_YEAR_MAX;
		count->within += value >= fmin(count->first, count->last) &&
			value <= fmax(count->first, count->last) &&
			value == floor(value);
	}
	count->numbers += read;
	count->like_it += read > 1 && steps + 1 >= read;
}

/* Add a line, without empty fields at its end. */
static bool
add_line(struct csv_sample *sample, const struct csv_row *row)
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
	if (sample->lines == 1)
		find_count(sample);
	else
		compare_count(sample, row->field, count);
	if (sample->lines <= 2)
		sample->width[sample->lines - 1] = row->count;
	if (sample->lines == 2)
		sample->second = count;
	for (int i = 0; i < 2; i++)
		sample->like[i] += row->count == sample->width[i];
	return true;
}

struct csv_tally
csv_sample_sum(const struct csv_sample *sample)
{
	struct csv_tally all = {{0}};

	for (size_t c = 0; c < sample->columns; c++)
		for (size_t k = 0; k < CSV_FIELD_KINDS; k++)
			all.of[k] += sample->tally[c].of[k];
	return all;
}

bool
csv_sample_is_divided(const struct csv_sample *sample)
{
	return sample->fields > sample->lines;
}

static void
choose_decimal(struct csv_sample *sample, char asked)
{
	struct csv_tally all = csv_sample_sum(sample);
	size_t commas =
		all.of[CSV_FIELD_COMMA] + sample->first.of[CSV_FIELD_COMMA];
	size_t points =
		all.of[CSV_FIELD_POINT] + sample->first.of[CSV_FIELD_POINT];
	bool may_be_comma = csv_sample_is_divided(sample) &&
		(sample->separator == ';' || sample->separator == '\t');
	bool is_comma = may_be_comma && commas > 0 && points == 0;

	sample->decimal = asked;
	if (asked == '\0')
		sample->decimal = is_comma ? ',' : '.';
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

bool
csv_sample_take(struct csv_sample *sample, const char *bytes, size_t count,
	char separator, char decimal, struct error *error)
{
	struct csv_reader *reader =
		csv_reader_open_bytes("", bytes, count, error);
	struct error ignored;
	struct csv_row row;
	enum csv_reader_item item = CSV_READER_BLANK;
	bool good = true;

	*sample = (struct csv_sample){.separator = separator};
	if (reader == NULL)
		return false;
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

bool
csv_sample_count_first(struct csv_sample *sample)
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
