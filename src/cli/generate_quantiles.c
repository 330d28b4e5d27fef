/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/generate_quantiles.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/csv_writer.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/printable.h"
#include "cli/column_name.h"
#include "cli/json_output.h"
#include "run/quantiles.h"

enum { LEVEL_SIZE = 64, NAME_SIZE = 512 };

bool
generate_levels_parse(struct generate_levels *levels, const char *text,
	struct error *error)
{
	levels->count = 0;
	while (true) {
		size_t length = strcspn(text, ",");
		char word[LEVEL_SIZE] = "";
		double level;

		if (length < sizeof word)
			memcpy(word, text, length);
		if (!number_parse_real(word, &level) || level < 0 || level > 1)
			return error_set_usage(error,
				"--quantiles: '%.*s' is not a number from 0 to "
				"1; a list is like 0.1,0.5,0.9",
				(int)(length < LEVEL_SIZE ? length
							  : LEVEL_SIZE),
				text);
		if (levels->count == GENERATE_LEVELS_MAX)
			return error_set_usage(error,
				"--quantiles: at most %d numbers",
				GENERATE_LEVELS_MAX);
		levels->level[levels->count++] = level;
		if (text[length] == '\0')
			return true;
		text += length + 1;
	}
}

/* The samples, and room for the numbers of one column at one step. */
struct table {
	const struct run *run;
	const struct sequences_column *columns;
	const struct generate_levels *levels;
	size_t count, length, features;
	const float *samples; /* [count, length, features] */
	double *column;       /* [count] */
};

/* Sort the numbers of a column at a step. */
static void
sort_column(const struct table *table, size_t step, size_t column)
{
	size_t stride = table->length * table->features;

	for (size_t k = 0; k < table->count; k++)
		table->column[k] =
			scaling_undo_one(run_scaling(table->run), column,
				table->samples[k * stride +
					step * table->features + column]);
	quantiles_sort(table->column, table->count);
}

/* A quantile of the sorted column. */
static double
quantile(const struct table *table, size_t column, size_t level)
{
	return scaling_round(run_scaling(table->run), column,
		quantiles_at(table->column, table->count,
			table->levels->level[level]));
}

/* Print a name and a level as the name of a column. */
static void
print_name(const char *name, double level)
{
	char text[NAME_SIZE], shown[NAME_SIZE];

	snprintf(text, sizeof text, "%s_q%.9g", name, level);
	putchar(',');
	csv_writer_text(stdout,
		isatty(STDOUT_FILENO)
			? printable_copy(shown, sizeof shown, text)
			: text);
}

static void
print_names(const struct table *table)
{
	char name[COLUMN_NAME_SIZE];

	printf("step");
	for (size_t f = 0; f < table->features; f++)
		for (size_t q = 0; q < table->levels->count; q++)
			print_name(column_name(table->columns, table->features,
					   f, name),
				table->levels->level[q]);
}

static void
print_csv(const struct table *table)
{
	const struct scaling *scaling = run_scaling(table->run);

	print_names(table);
	for (size_t i = 0; i < table->length && !ferror(stdout); i++) {
		printf("\n%zu", i + 1);
		for (size_t f = 0; f < table->features; f++) {
			sort_column(table, i, f);
			for (size_t q = 0; q < table->levels->count; q++)
				printf(",%.*g", scaling_digits(scaling),
					quantile(table, f, q));
		}
	}
	putchar('\n');
}

/* Return the quantiles of a step by column and level; NULL: no memory. */
static json_t *
step_of(const struct table *table, size_t step)
{
	json_t *columns = json_array();
	int failed = columns == NULL;

	for (size_t f = 0; f < table->features; f++) {
		json_t *quantiles = json_array();

		sort_column(table, step, f);
		for (size_t q = 0; q < table->levels->count; q++)
			failed |= json_array_append_new(quantiles,
				json_output_number(quantile(table, f, q)));
		failed |= json_array_append_new(columns, quantiles);
	}
	if (failed == 0)
		return columns;
	json_decref(columns);
	return NULL;
}

/* Return the object without its steps, or NULL if out of memory. */
static json_t *
head_of(const struct table *table)
{
	json_t *levels = json_array(), *columns = json_array();
	int failed = levels == NULL || columns == NULL;

	for (size_t q = 0; q < table->levels->count; q++)
		failed |= json_array_append_new(levels,
			json_real(table->levels->level[q]));
	for (size_t f = 0; f < table->features; f++)
		failed |= json_array_append_new(columns,
			column_name_json(table->columns, table->features, f));
	if (failed == 0)
		return json_pack("{s: s, s: I, s: I, s: o, s: o}", "task",
			run_settings(table->run)->task->kind.name, "updates",
			(json_int_t)run_updates(table->run), "count",
			(json_int_t)table->count, "columns", columns, "levels",
			levels);
	json_decref(levels);
	json_decref(columns);
	return NULL;
}

static bool
print_json(const struct table *table, struct error *error)
{
	struct json_output_list list;

	if (!json_output_begin(&list, head_of(table), "quantiles", error))
		return false;
	list.digits = scaling_digits(run_scaling(table->run));
	for (size_t i = 0; i < table->length && !ferror(stdout); i++)
		if (!json_output_add(&list, step_of(table, i), error))
			return false;
	json_output_end(&list);
	return true;
}

bool
generate_quantiles_print(const struct run *run,
	const struct sequences_column *columns,
	const struct generate_levels *levels, size_t count, size_t length,
	const float *samples, bool is_json, struct error *error)
{
	struct table table = {
		.run = run,
		.columns = columns,
		.levels = levels,
		.count = count,
		.length = length,
		.features = run_features(run),
		.samples = samples,
		.column = memory_new(count, sizeof(double)),
	};
	bool good = true;

	if (table.column == NULL)
		return error_out_of_memory(error);
	if (is_json)
		good = print_json(&table, error);
	else
		print_csv(&table);
	free(table.column);
	return good;
}
