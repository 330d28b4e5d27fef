/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sweep/sweep_results.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv_writer.h"

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
task_of(const struct sweep *sweep)
{
	return sweep->settings.task;
}

static void
print_csv(const struct sweep *sweep, FILE *stream)
{
	const struct task *task = task_of(sweep);
	bool has_error = task->shape_error != NULL;

	fputs(SWEEP_CSV_BEGIN, stream);
	if (has_error) {
		putc(',', stream);
		csv_writer_text(stream, task->shape_error_name);
	}
	fprintf(stream, ",seconds%s", has_error ? ",size,degenerate" : "");
	for (size_t i = 0; i < sweep->count; i++) {
		const struct sweep_run *run = &sweep->runs[i];

		if (!run->is_evaluated)
			continue;
		fprintf(stream, "\n%zu,%llu,%zu,%llu,%.*g", run->units,
			(unsigned long long)run->seed, run->parameters,
			(unsigned long long)run->updates, DIGITS, run->loss);
		if (has_error)
			fprintf(stream, ",%.*g", DIGITS, run->shape_error);
		if (isnan(run->seconds))
			fputs(",", stream);
		else
			fprintf(stream, ",%.3f", run->seconds);
		if (has_error)
			fprintf(stream, ",%.*g,%s", DIGITS, run->shape_size,
				run->is_degenerate ? "yes" : "no");
	}
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

static json_t *
run_object(const struct sweep *sweep, const struct sweep_run *run)
{
	const struct task *task = task_of(sweep);
	json_t *object = json_pack("{s: I, s: I, s: I, s: I, s: f, s: o}",
		"units", (json_int_t)run->units, "seed", (json_int_t)run->seed,
		"parameters", (json_int_t)run->parameters, "updates",
		(json_int_t)run->updates, "loss", run->loss, "seconds",
		isnan(run->seconds)
			? json_null()
			: json_real(round(run->seconds * 1000) / 1000));

	if (object != NULL && task->shape_error != NULL) {
		json_object_set_new(object, task->shape_error_name,
			number_or_null(run->shape_error));
		json_object_set_new(object, "size",
			number_or_null(run->shape_size));
		json_object_set_new(object, "degenerate",
			json_boolean(run->is_degenerate));
	}
	if (object != NULL)
		json_object_set_new(object, "model",
			json_string(strrchr(run->model, '/') + 1));
	return object;
}

static json_t *
size_object(const struct sweep *sweep, const struct sweep_size *size)
{
	const struct task *task = task_of(sweep);
	json_t *object = json_pack(
		"{s: I, s: I, s: I, s: I, s: I, s: f, s: o, s: f, s: f, "
		"s: I}",
		"units", (json_int_t)size->units, "parameters",
		(json_int_t)size->parameters, "runs",
		(json_int_t)size->finished, "updates_least",
		(json_int_t)size->updates_min, "updates_most",
		(json_int_t)size->updates_max, "mean", size->mean, "spread",
		number_or_null(size->spread), "least", size->min, "most",
		size->max, "median_seed",
		(json_int_t)sweep->runs[size->median].seed);

	if (object != NULL && task->shape_error != NULL) {
		json_object_set_new(object, task->shape_error_name,
			number_or_null(size->shape_error));
		json_object_set_new(object, "degenerate",
			json_integer((json_int_t)size->degenerate));
	}
	return object;
}

static json_t *
results_object(const struct sweep *sweep)
{
	const struct settings *settings = &sweep->settings;
	json_t *runs = json_array(), *sizes = json_array();

	for (size_t i = 0; i < sweep->count; i++)
		if (sweep->runs[i].is_evaluated)
			json_array_append_new(runs,
				run_object(sweep, &sweep->runs[i]));
	for (size_t i = 0; i < sweep->count;) {
		struct sweep_size size = sweep_size(sweep, i);

		if (size.finished > 0)
			json_array_append_new(sizes, size_object(sweep, &size));
		i += size.count;
	}
	return json_pack("{s: s, s: s, s: s, s: s, s: I, s: I, s: o, s: o}",
		"format", SWEEP_FORMAT, "task", settings->task->kind.name,
		"framing", settings->framing->kind.name, "loss_name",
		settings->loss->kind.name, "target",
		(json_int_t)settings->target, "count",
		(json_int_t)sweep->evaluated, "sizes", sizes, "runs", runs);
}

static bool
write_json(const struct sweep *sweep, struct error *error)
{
	json_t *object = results_object(sweep);
	char *text = object == NULL
		? NULL
		: json_dumps(object,
			  JSON_INDENT(2) | JSON_REAL_PRECISION(DIGITS));
	bool ok = text != NULL
		? write_file(sweep, SWEEP_RESULT_JSON, text, error)
		: error_out_of_memory(error);

	free(text);
	json_decref(object);
	return ok;
}

bool
sweep_write_results(const struct sweep *sweep, struct error *error)
{
	return write_csv(sweep, error) && write_json(sweep, error);
}

/* Return the run with the units and seed of a JSON object, or NULL. */
static struct sweep_run *
find_run(struct sweep *sweep, const json_t *entry)
{
	json_int_t units = json_integer_value(json_object_get(entry, "units"));
	json_int_t seed = json_integer_value(json_object_get(entry, "seed"));

	for (size_t i = 0; i < sweep->count; i++)
		if ((json_int_t)sweep->runs[i].units == units &&
			(json_int_t)sweep->runs[i].seed == seed)
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
