/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/data_report.h"

#include <jansson.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "task/csv_field.h"

enum {
	/* columns and lines that are listed */
	LISTED_COLUMNS = 8,
	LISTED_LINES = 8,
	/* lines in a report, and bytes of a name, in a file */
	LINES_MAX = 2048,
	NAME_SIZE = 200,
	/* of a range, and of one whose ends would look alike */
	DIGITS = 6,
	DIGITS_MAX = 15
};

/* The name of a column as JSON: bytes that are not UTF-8 are replaced. */
static json_t *
name_value(const char *name)
{
	char text[NAME_SIZE] = "";
	size_t length = 0, step;

	for (; *name != '\0'; name += step) {
		uint32_t character;
		bool is_valid = utf8_decode(name, strlen(name), &character) > 0;

		step = utf8_step(name);
		if (length + step >= sizeof text)
			break;
		memcpy(text + length, is_valid ? name : "?", step);
		length += step;
	}
	return json_stringn(text, length);
}

static json_t *
column_value(const struct sequences_column *column)
{
	return json_pack("{s: o, s: I, s: f, s: f, s: f, s: f}", "name",
		name_value(column->name), "number", (json_int_t)column->number,
		"min", column->min, "max", column->max, "mean", column->mean,
		"deviation", column->deviation);
}

static json_t *
lines_value(const struct text_list *lines)
{
	json_t *array = json_array();

	for (size_t i = 0; i < lines->count && i < LINES_MAX; i++)
		json_array_append_new(array, name_value(lines->text[i]));
	return array;
}

/* Add a suspicion for each column whose numbers fall together as floats. */
static int
add_lost(json_t *warnings, const struct sequences *sequences, bool is_scaled)
{
	int failed = 0;

	for (size_t f = 0; f < sequences->features; f++) {
		const struct sequences_column *column = &sequences->column[f];
		size_t lost = is_scaled ? column->lost_scaled : column->lost;
		char text[NAME_SIZE], count[NUMBER_TEXT_SIZE];
		char steps[NUMBER_TEXT_SIZE];

		if (lost == 0)
			continue;
		snprintf(text, sizeof text,
			"column %zu%s%.60s%s: steps between neighbours that "
			"are lost in 32 bits: %s of %s",
			column->number > 0 ? column->number : f + 1,
			column->name[0] != '\0' ? " (" : "", column->name,
			column->name[0] != '\0' ? ")" : "",
			number_grouped(count, lost),
			number_grouped(steps,
				sequences->start[sequences->count] - 1));
		failed |= json_array_append_new(warnings, name_value(text));
	}
	return failed;
}

char *
data_report_encode(const struct sequences *sequences, bool is_scaled)
{
	json_t *columns = json_array(),
	       *warnings = lines_value(&sequences->warnings), *report;
	int failed = add_lost(warnings, sequences, is_scaled);
	char *text = NULL;

	for (size_t f = 0; f < sequences->features; f++)
		failed |= json_array_append_new(columns,
			column_value(&sequences->column[f]));
	report = json_pack("{s: I, s: I, s: I, s: o, s: o, s: o}", "sequences",
		(json_int_t)sequences->count, "points",
		(json_int_t)sequences->start[sequences->count], "longest",
		(json_int_t)sequences->longest, "columns", columns, "left_out",
		lines_value(&sequences->left_out), "warnings", warnings);
	if (report != NULL && failed == 0)
		text = json_dumps(report,
			JSON_COMPACT | JSON_SORT_KEYS |
				JSON_REAL_PRECISION(17));
	json_decref(report);
	return text;
}

/* Read a count above 0. */
static bool
read_count(const json_t *object, const char *key, size_t *count)
{
	const json_t *value = json_object_get(object, key);

	if (!json_is_integer(value) || json_integer_value(value) <= 0)
		return false;
	*count = (size_t)json_integer_value(value);
	return true;
}

static bool
read_number(const json_t *object, const char *key, double *number)
{
	const json_t *value = json_object_get(object, key);

	*number = json_number_value(value);
	return json_is_number(value) && isfinite(*number);
}

/* Read column f. Older reports have no numbers of columns. */
static bool
read_column(const json_t *object, size_t f, struct sequences_column *column)
{
	const char *name = json_string_value(json_object_get(object, "name"));

	column->name = name != NULL ? memory_string(name) : NULL;
	if (!read_count(object, "number", &column->number))
		column->number =
			json_object_get(object, "number") == NULL ? f + 1 : 0;
	return column->name != NULL &&
		read_number(object, "min", &column->min) &&
		read_number(object, "max", &column->max) &&
		read_number(object, "mean", &column->mean) &&
		read_number(object, "deviation", &column->deviation);
}

static bool
read_columns(const json_t *array, struct data_report *report)
{
	size_t count = json_array_size(array);

	if (count == 0 || count > SEQUENCES_FEATURES_MAX)
		return false;
	report->column = memory_new(count, sizeof *report->column);
	if (report->column == NULL)
		return false;
	report->features = count;
	for (size_t f = 0; f < count; f++)
		if (!read_column(json_array_get(array, f), f,
			    &report->column[f]))
			return false;
	return true;
}

static bool
read_lines(const json_t *array, struct text_list *lines)
{
	if (!json_is_array(array) || json_array_size(array) > LINES_MAX)
		return false;
	for (size_t i = 0; i < json_array_size(array); i++) {
		const char *text = json_string_value(json_array_get(array, i));

		if (text == NULL || !text_list_add(lines, "%s", text))
			return false;
	}
	return true;
}

bool
data_report_decode(struct data_report *report, const char *text)
{
	json_error_t error;
	json_t *object = json_loads(text, 0, &error);
	bool good;

	*report = (struct data_report){0};
	good = json_is_object(object) &&
		read_count(object, "sequences", &report->sequences) &&
		read_count(object, "points", &report->points) &&
		read_count(object, "longest", &report->longest) &&
		read_columns(json_object_get(object, "columns"), report) &&
		read_lines(json_object_get(object, "left_out"),
			&report->left_out) &&
		read_lines(json_object_get(object, "warnings"),
			&report->warnings);
	json_decref(object);
	if (!good)
		data_report_destroy(report);
	return good;
}

void
data_report_destroy(struct data_report *report)
{
	for (size_t f = 0; report->column != NULL && f < report->features; f++)
		free(report->column[f].name);
	free(report->column);
	text_list_destroy(&report->left_out);
	text_list_destroy(&report->warnings);
	*report = (struct data_report){0};
}

/* Write "400 sequences of 8 points". */
static size_t
count_text(const struct data_report *report, char *text, size_t size)
{
	char count[NUMBER_TEXT_SIZE], longest[NUMBER_TEXT_SIZE];
	char points[NUMBER_TEXT_SIZE];
	bool is_equal = report->points / report->sequences == report->longest &&
		report->points % report->sequences == 0;

	number_grouped(count, report->sequences);
	number_grouped(longest, report->longest);
	number_grouped(points, report->points);
	if (is_equal)
		return (size_t)snprintf(text, size,
			translate_count("%s sequence of %s points",
				"%s sequences of %s points", report->sequences),
			count, longest);
	return (size_t)snprintf(text, size,
		translate_count("%s sequence of up to %s points, %s in all",
			"%s sequences of up to %s points, %s in all",
			report->sequences),
		count, longest, points);
}

/*
 * Write a number in the range of a column: shortly or, if the ends of the range
 * would look alike, with as many digits as tell them apart.
 */
static const char *
in_range(char text[NUMBER_TEXT_SIZE], const struct sequences_column *column,
	double number)
{
	double largest = fmax(fabs(column->min), fabs(column->max));
	int digits = DIGITS, whole;

	while (digits < DIGITS_MAX && column->min != column->max &&
		number_round(column->min, digits) ==
			number_round(column->max, digits))
		digits++;
	if (digits == DIGITS || largest >= 1e15 || largest < 1e-6)
		return number_shortest(text, number_round(number, digits));
	whole = (int)floor(log10(largest)) + 1;
	snprintf(text, NUMBER_TEXT_SIZE, "%.*f",
		digits > whole ? digits - whole : 0, number);
	return text;
}

char *
data_report_column(const struct data_report *report, size_t f, char *text,
	size_t size)
{
	const struct sequences_column *column =
		f < report->features ? &report->column[f] : NULL;
	size_t number = column != NULL ? column->number : f + 1;
	const char *name = column != NULL ? column->name : "";
	size_t length;

	if (name[0] != '\0' && csv_field_classify(name) != CSV_FIELD_INTEGER) {
		snprintf(text, size, "%.60s", name);
		return text;
	}
	/* a name such as 1990 looks like a number of the data */
	if (number == 0)
		snprintf(text, size, "%s", _("numbers"));
	else
		snprintf(text, size, _("column %zu"), number);
	length = strlen(text);
	if (name[0] != '\0')
		snprintf(text + length, size - length, " (%.40s)", name);
	return text;
}

char *
data_report_line(const struct data_report *report, char *text, size_t size)
{
	size_t length = count_text(report, text, size);

	for (size_t f = 0; f < report->features; f++) {
		const struct sequences_column *column = &report->column[f];
		char item[NAME_SIZE], name[NAME_SIZE], min[NUMBER_TEXT_SIZE];
		char max[NUMBER_TEXT_SIZE];
		char range[NAME_SIZE];
		int count;

		name[0] = '\0';
		if (column->name[0] != '\0')
			data_report_column(report, f, name, sizeof name);
		snprintf(range, sizeof range, _("%s to %s"),
			in_range(min, column, column->min),
			in_range(max, column, column->max));
		count = snprintf(item, sizeof item, "%s%.40s%s%.60s",
			f == 0 ? ": " : ", ", name, name[0] != '\0' ? " " : "",
			range);

		/* room for "..." after all but the last */
		if (length + (size_t)count +
				(f + 1 < report->features ? 5 : 1) >
			size) {
			if (length + 6 <= size)
				snprintf(text + length, size - length, ", ...");
			break;
		}
		memcpy(text + length, item, (size_t)count + 1);
		length += (size_t)count;
	}
	return text;
}

static bool
list_column(const struct data_report *report, size_t f, struct text_list *lines)
{
	const struct sequences_column *column = &report->column[f];
	char min[NUMBER_TEXT_SIZE], max[NUMBER_TEXT_SIZE];
	char mean[NUMBER_TEXT_SIZE], name[NAME_SIZE];
	return text_list_add(lines, _("%.60s: %s to %s, mean %s"),
		data_report_column(report, f, name, sizeof name),
		in_range(min, column, column->min),
		in_range(max, column, column->max),
		in_range(mean, column, column->mean));
}

static bool
list_lines(const struct text_list *from, const char *prefix,
	struct text_list *lines)
{
	size_t shown =
		from->count <= LISTED_LINES ? from->count : LISTED_LINES - 1;

	for (size_t i = 0; i < shown; i++)
		if (!text_list_add(lines, "%s%s", prefix, from->text[i]))
			return false;
	return shown == from->count ||
		text_list_add(lines, _("%s%zu more"), prefix,
			from->count - shown);
}

bool
data_report_list(const struct data_report *report, struct text_list *lines)
{
	char text[NAME_SIZE];
	size_t shown = report->features <= LISTED_COLUMNS ? report->features
							  : LISTED_COLUMNS - 1;

	count_text(report, text, sizeof text);
	if (!text_list_add(lines,
		    translate_count("%s, %zu column", "%s, %zu columns",
			    report->features),
		    text, report->features))
		return false;
	for (size_t f = 0; f < shown; f++)
		if (!list_column(report, f, lines))
			return false;
	if (shown < report->features &&
		!text_list_add(lines, _("%zu more columns"),
			report->features - shown))
		return false;
	return list_lines(&report->left_out, _("left out: "), lines) &&
		list_lines(&report->warnings, _("note: "), lines);
}
