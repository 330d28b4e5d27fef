/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep/sweep_results.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv_writer.h"
#include "run/settings_json.h"
#include "sweep/sweep_compare.h"

/* Significant digits of a float, as in the output of `evaluate` and the log. */
enum { DIGITS = 9 };

/* Write a text and a newline to a result file. */
static bool
write_file(const struct sweep *sweep, enum sweep_result result,
	const char *text, struct error *error)
{
	struct atomic_file *file = sweep_result_open(sweep, result, error);

	if (file == NULL)
		return false;
	if (!atomic_file_write(file, text, strlen(text), error) ||
		!atomic_file_write(file, "\n", 1, error)) {
		atomic_file_abandon(file);
		return false;
	}
	return atomic_file_commit(file, NULL, error);
}

static const struct task *
task_of(const struct sweep *sweep, const struct sweep_run *run)
{
	return sweep_settings(sweep, run)->task;
}

/* The name of a varied setting's column; `loss` is the number. */
static const char *
column_name(const struct setting *setting)
{
	return setting == &setting_loss ? "loss_name" : setting->key;
}

/* Print a number, or nothing if it is not known. */
static void
print_number(FILE *stream, double value)
{
	putc(',', stream);
	if (!isnan(value))
		fprintf(stream, "%.*g", DIGITS, value);
}

static bool
has_texts(const struct sweep *sweep)
{
	for (size_t c = 0; c < sweep->combinations; c++)
		if (sweep_is_text(sweep, c))
			return true;
	return false;
}

static void
print_header(const struct sweep *sweep, FILE *stream)
{
	const char *error_name = sweep_shape_error_name(sweep);

	fputs(SWEEP_CSV_BEGIN, stream);
	if (error_name != NULL) {
		putc(',', stream);
		csv_writer_text(stream, error_name);
	}
	fprintf(stream, ",seconds%s",
		error_name != NULL ? ",size,degenerate" : "");
	for (size_t k = 0; k < sweep->axes; k++)
		if (sweep->axis[k].setting != &setting_units)
			fprintf(stream, ",%s",
				column_name(sweep->axis[k].setting));
	if (has_texts(sweep))
		fputs(",bits_per_character", stream);
}

static void
print_run(const struct sweep *sweep, const struct sweep_run *run, FILE *stream)
{
	const struct sweep_combination *combination =
		&sweep->combination[run->combination];
	bool has_error = sweep_shape_error_name(sweep) != NULL;
	bool has_shape = task_of(sweep, run)->shape_error != NULL;
	char units[SETTINGS_TEXT_SIZE];

	putc('\n', stream);
	csv_writer_text(stream,
		setting_format(&setting_units, &combination->settings, units));
	fprintf(stream, ",%llu,%zu,%llu,%.*g", (unsigned long long)run->seed,
		run->parameters, (unsigned long long)run->updates, DIGITS,
		run->loss);
	if (has_error)
		print_number(stream, has_shape ? run->shape_error : NAN);
	if (isnan(run->seconds))
		fputs(",", stream);
	else
		fprintf(stream, ",%.3f", run->seconds);
	if (has_error) {
		print_number(stream, has_shape ? run->shape_size : NAN);
		fprintf(stream, ",%s",
			!has_shape                   ? ""
				: run->is_degenerate ? "yes"
						     : "no");
	}
	for (size_t k = 0; k < sweep->axes; k++) {
		if (sweep->axis[k].setting == &setting_units)
			continue;
		putc(',', stream);
		csv_writer_text(stream, combination->value[k]);
	}
	if (has_texts(sweep))
		print_number(stream, run->bits);
}

static void
print_csv(const struct sweep *sweep, FILE *stream)
{
	print_header(sweep, stream);
	for (size_t i = 0; i < sweep->count; i++)
		if (sweep->runs[i].is_evaluated)
			print_run(sweep, &sweep->runs[i], stream);
}

static bool
write_csv(const struct sweep *sweep, struct error *error)
{
	char *text = NULL;
	size_t length;
	FILE *stream = open_memstream(&text, &length);
	bool ok;

	if (stream == NULL)
		return error_out_of_memory(error);
	print_csv(sweep, stream);
	ok = fclose(stream) == 0
		? write_file(sweep, SWEEP_RESULT_CSV, text, error)
		: error_out_of_memory(error);
	free(text);
	return ok;
}

/* Return a number, or null if it is not finite. */
static json_t *
number_or_null(double value)
{
	return isfinite(value) ? json_real(value) : json_null();
}

/* Return an object if nothing failed; otherwise release it. */
static json_t *
complete(json_t *object, int failed)
{
	if (failed == 0)
		return object;
	json_decref(object);
	return NULL;
}

/* The units as a number, or of several layers as an array. */
static json_t *
units_object(const struct settings *settings)
{
	return settings->units.layers == 1
		? json_integer((json_int_t)settings->units.units[0])
		: settings_json(settings, &setting_units);
}

/* The values of the varied settings. */
static json_t *
values_object(const struct sweep *sweep,
	const struct sweep_combination *combination)
{
	json_t *object = json_object();
	int failed = 0;

	for (size_t k = 0; k < sweep->axes; k++) {
		const struct setting *setting = sweep->axis[k].setting;

		failed |= json_object_set_new(object, setting->key,
			setting->type == SETTING_FLAG
				? json_string(combination->value[k])
				: settings_json(&combination->settings,
					  setting));
	}
	return complete(object, failed);
}

static json_t *
run_object(const struct sweep *sweep, const struct sweep_run *run)
{
	const struct sweep_combination *combination =
		&sweep->combination[run->combination];
	const struct task *task = task_of(sweep, run);
	int failed = 0;
	json_t *object = json_pack("{s: o, s: I, s: I, s: I, s: f, s: o}",
		"units", units_object(&combination->settings), "seed",
		(json_int_t)run->seed, "parameters",
		(json_int_t)run->parameters, "updates",
		(json_int_t)run->updates, "loss", run->loss, "seconds",
		isnan(run->seconds)
			? json_null()
			: json_real(round(run->seconds * 1000) / 1000));

	if (object == NULL)
		return NULL;
	if (task->shape_error != NULL) {
		failed |= json_object_set_new(object,
			sweep_shape_error_name(sweep),
			number_or_null(run->shape_error));
		failed |= json_object_set_new(object, "size",
			number_or_null(run->shape_size));
		failed |= json_object_set_new(object, "degenerate",
			json_boolean(run->is_degenerate));
	}
	if (task->is_text)
		failed |= json_object_set_new(object, "bits_per_character",
			number_or_null(run->bits));
	failed |= json_object_set_new(object, "settings",
		values_object(sweep, combination));
	failed |= json_object_set_new(object, "model",
		json_string(strrchr(run->model, '/') + 1));
	return complete(object, failed);
}

/* Add the comparison with the best combination. Returns nonzero on failure. */
static int
add_test(json_t *object, const struct sweep_row *row)
{
	int failed =
		json_object_set_new(object, "best", json_boolean(row->is_best));

	failed |= json_object_set_new(object, "t",
		row->is_tested ? number_or_null(row->welch.t) : json_null());
	failed |= json_object_set_new(object, "degrees_of_freedom",
		row->is_tested ? number_or_null(row->welch.freedom)
			       : json_null());
	failed |= json_object_set_new(object, "p",
		row->is_tested ? number_or_null(row->welch.p) : json_null());
	return failed;
}

static json_t *
combination_object(const struct sweep *sweep, size_t index,
	const struct sweep_row *row)
{
	const struct sweep_combination *combination =
		&sweep->combination[index];
	const struct sweep_statistics *statistics = &row->statistics;
	const struct task *task = combination->settings.task;
	int failed = 0;
	json_t *object = json_pack(
		"{s: o, s: I, s: I, s: I, s: I, s: f, s: o, s: f, s: f, "
		"s: I}",
		"units", units_object(&combination->settings), "parameters",
		(json_int_t)statistics->parameters, "runs",
		(json_int_t)statistics->finished, "updates_least",
		(json_int_t)statistics->updates_min, "updates_most",
		(json_int_t)statistics->updates_max, "mean", statistics->mean,
		"spread", number_or_null(statistics->spread), "least",
		statistics->min, "most", statistics->max, "median_seed",
		(json_int_t)sweep->runs[statistics->median].seed);

	if (object == NULL)
		return NULL;
	if (task->shape_error != NULL) {
		failed |= json_object_set_new(object,
			sweep_shape_error_name(sweep),
			number_or_null(statistics->shape_error));
		failed |= json_object_set_new(object, "degenerate",
			json_integer((json_int_t)statistics->degenerate));
	}
	if (task->is_text)
		failed |= json_object_set_new(object, "bits_per_character",
			number_or_null(statistics->bits));
	failed |= json_object_set_new(object, "settings",
		values_object(sweep, combination));
	return complete(object, failed | add_test(object, row));
}

/* The name of a kind that all runs share, or null. */
static json_t *
common_name(const struct sweep *sweep, const struct setting *setting)
{
	const struct kind *kind =
		setting_choice(setting, &sweep->combination[0].settings);

	for (size_t c = 1; c < sweep->combinations; c++)
		if (setting_choice(setting, &sweep->combination[c].settings) !=
			kind)
			return json_null();
	return json_string(kind->name);
}

static json_t *
varied_array(const struct sweep *sweep)
{
	json_t *array = json_array();
	int failed = 0;

	for (size_t k = 0; k < sweep->axes; k++)
		failed |= json_array_append_new(array,
			json_string(sweep->axis[k].setting->key));
	return complete(array, failed);
}

static json_t *
results_object(const struct sweep *sweep, const struct sweep_row *rows)
{
	json_t *runs = json_array(), *combinations = json_array();
	int failed = 0;
	char measure[SWEEP_MEASURE_SIZE];

	for (size_t i = 0; i < sweep->count; i++)
		if (sweep->runs[i].is_evaluated)
			failed |= json_array_append_new(runs,
				run_object(sweep, &sweep->runs[i]));
	for (size_t c = 0; c < sweep->combinations; c++)
		if (rows[c].statistics.finished > 0)
			failed |= json_array_append_new(combinations,
				combination_object(sweep, c, &rows[c]));
	return json_pack("{s: s, s: o, s: o, s: o, s: I, s: I, s: o, s: s, "
			 "s: o, s: o}",
		"format", SWEEP_FORMAT, "task",
		common_name(sweep, &setting_task), "framing",
		common_name(sweep, &setting_framing), "loss_name",
		common_name(sweep, &setting_loss), "target",
		(json_int_t)sweep_target(sweep), "count",
		(json_int_t)sweep->evaluated, "varied", varied_array(sweep),
		"measure",
		sweep_describe_measure(sweep, false, measure, sizeof measure),
		"sizes", complete(combinations, failed), "runs", runs);
}

static bool
write_json(const struct sweep *sweep, struct error *error)
{
	struct sweep_row *rows = sweep_compare(sweep, error);
	json_t *object = rows != NULL ? results_object(sweep, rows) : NULL;
	char *text = object == NULL
		? NULL
		: json_dumps(object,
			  JSON_INDENT(2) | JSON_REAL_PRECISION(DIGITS));
	bool ok = text != NULL
		? write_file(sweep, SWEEP_RESULT_JSON, text, error)
		: error_out_of_memory(error);

	free(text);
	free(rows);
	json_decref(object);
	return ok;
}

bool
sweep_write_results(const struct sweep *sweep, struct error *error)
{
	return write_csv(sweep, error) && write_json(sweep, error);
}

/* Return the run whose model a JSON object names, or NULL. */
static struct sweep_run *
find_run(struct sweep *sweep, const json_t *entry)
{
	const char *name = json_string_value(json_object_get(entry, "model"));

	for (size_t i = 0; name != NULL && i < sweep->count; i++)
		if (strcmp(strrchr(sweep->runs[i].model, '/') + 1, name) == 0)
			return &sweep->runs[i];
	return NULL;
}

void
sweep_read_seconds(struct sweep *sweep)
{
	json_t *object = sweep_results_read(sweep);
	const json_t *runs, *entry;
	size_t index;

	runs = json_object_get(object, "runs");
	json_array_foreach(runs, index, entry)
	{
		struct sweep_run *run = find_run(sweep, entry);
		const json_t *seconds = json_object_get(entry, "seconds");

		if (run != NULL && run->is_finished &&
			json_is_number(seconds) &&
			(json_int_t)run->updates ==
				json_integer_value(
					json_object_get(entry, "updates")))
			run->seconds = json_number_value(seconds);
	}
	json_decref(object);
}
