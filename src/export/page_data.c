/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/page_data.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "export/export_describe.h"
#include "export/page_examples.h"
#include "export/page_floats.h"
#include "run/points_drawing.h"
#include "run/settings_command.h"

enum {
	/* columns of the curve: of equal width, and of equal ratio */
	COLUMNS = 100,
	LOG_COLUMNS = 40,
	COLUMN_VALUES = 4
};

/* ---------------------------------------------------------------------- */
/* The loss. */

/*
 * Where the column after an update ends: at the next boundary of the columns of
 * equal width or of those of equal ratio, so that both axes show the curve.
 */
static uint64_t
column_end(uint64_t first, uint64_t updates)
{
	double linear = (double)updates / COLUMNS;
	double ratio = pow((double)updates, 1.0 / LOG_COLUMNS);
	double next = (floor((double)first / linear) + 1) * linear;
	double step = first == 0
		? 1
		: pow(ratio, floor(log((double)first) / log(ratio) + 1e-9) + 1);
	uint64_t end = (uint64_t)ceil(fmin(next, step));

	if (end <= first)
		end = first + 1;
	return end < updates ? end : updates;
}

static json_t *
history_floats(const struct history *history)
{
	float values[(COLUMNS + LOG_COLUMNS + 2) * COLUMN_VALUES];
	uint64_t updates = history->updates;
	struct history_bucket span;
	size_t count = 0;

	for (uint64_t first = 0, end; first < updates; first = end) {
		end = column_end(first, updates);
		if (!history_span(history, first, end, &span) ||
			count + COLUMN_VALUES > sizeof values / sizeof *values)
			continue;
		values[count++] = (float)first;
		values[count++] = span.mean;
		values[count++] = span.min;
		values[count++] = span.max;
	}
	return page_floats(values, count);
}

static json_t *
validation_floats(const struct validations *validations)
{
	float values[VALIDATIONS_MAX * VALIDATIONS_VALUES];

	for (size_t i = 0; i < validations->count; i++) {
		values[2 * i] = (float)validations->at[i].update;
		values[2 * i + 1] = (float)validations->at[i].loss;
	}
	return page_floats(values, validations->count * VALIDATIONS_VALUES);
}

/* A number, or null if it is not finite. */
static json_t *
number(double value)
{
	return isfinite(value) ? json_real(value) : json_null();
}

/* ---------------------------------------------------------------------- */
/* The run. */

static json_t *
task_object(const struct run *run)
{
	static const char *const forms[] = {
		[DRAWING_SHAPE] = "shape",
		[DRAWING_SERIES] = "series",
		[DRAWING_STROKES] = "strokes",
	};
	const struct task *task = run_task(run);
	const struct task_floor *floor = run_floor(run);
	char fraction[TASK_FLOOR_TEXT_SIZE];
	struct drawing drawing =
		points_drawing(run_settings(run), run_features(run));

	return json_pack("{s: s, s: s, s: b, s: b, s: s, s: o}", "singular",
		task->singular, "plural", task->plural, "isClosed",
		task->is_closed, "isMade", task->make != NULL, "form",
		forms[drawing.form], "floor",
		floor != NULL && !run_floor_is_passed(run)
			? json_pack("{s: f, s: s}", "value",
				  run_floor_value(run), "text",
				  run_floor_text(run, fraction))
			: json_null());
}

static json_t *
start_floats(const struct run *run)
{
	size_t count =
		framing_start_points(settings_framing(run_settings(run))) *
		run_features(run);
	float *points;
	json_t *string;

	if (run_task(run)->is_text)
		return json_null();
	points = memory_floats(count);
	if (points == NULL)
		return NULL;
	run_start(run, points);
	string = page_floats(points, count);
	free(points);
	return string;
}

static json_t *
snapshot_object(const struct run *run, size_t i)
{
	const struct snapshots *snapshots = run_snapshots(run);
	json_t *content;

	if (run_task(run)->is_text) {
		content = json_array();
		for (size_t t = 0; t < snapshots->size; t++)
			json_array_append_new(content,
				json_integer(
					snapshots_tokens(snapshots, i)[t]));
	} else {
		content = page_floats(snapshots_points(snapshots, i),
			snapshots->size);
	}
	return json_pack("{s: I, s: o, s: o}", "update",
		(json_int_t)snapshots->at[i].update, "average",
		number(snapshots->at[i].average), "content", content);
}

static json_t *
snapshot_list(const struct run *run)
{
	json_t *list = json_array();
	int failed = 0;

	for (size_t i = 0; i < run_snapshots(run)->count; i++)
		failed |= json_array_append_new(list, snapshot_object(run, i));
	if (failed == 0)
		return list;
	json_decref(list);
	return NULL;
}

static json_t *
weight_list(const struct parameters *parameters)
{
	json_t *list = json_array();
	int failed = 0;

	for (size_t i = 0; i < parameters->tensors; i++)
		failed |= json_array_append_new(list,
			json_pack("[s, I, I]", parameters->tensor[i].name,
				(json_int_t)parameters->tensor[i].rows,
				(json_int_t)parameters->tensor[i].columns));
	if (failed == 0)
		return list;
	json_decref(list);
	return NULL;
}

/* Replace the path of the data by its name: folders may be private. */
static int
hide_folders(json_t *object)
{
	json_t *settings = json_object_get(object, "settings");
	const char *path = json_string_value(json_object_get(settings, "data"));
	const char *slash = path != NULL ? strrchr(path, '/') : NULL;

	return slash == NULL
		? 0
		: json_object_set_new(settings, "data", json_string(slash + 1));
}

static int
add_run(json_t *object, const struct run *run, const char *path)
{
	char *command = settings_command(run, path);
	int failed = json_object_set_new(object, "command",
		command != NULL ? json_string(command) : NULL);

	free(command);
	failed |= json_object_set_new(object, "task", task_object(run));
	failed |= json_object_set_new(object, "features",
		json_integer((json_int_t)run_features(run)));
	failed |= json_object_set_new(object, "outputs",
		json_integer((json_int_t)run_model(run)->shape.outputs));
	failed |= json_object_set_new(object, "length",
		json_integer((json_int_t)run_length(run)));
	failed |= json_object_set_new(object, "learning",
		json_integer((json_int_t)run_learning_parameters(run)));
	if (run_task(run)->is_text)
		failed |= json_object_set_new(object, "characters",
			json_integer(
				(json_int_t)run_vocabulary(run)->characters));
	return failed;
}

static int
add_learnt(json_t *object, const struct run *run)
{
	int failed = json_object_set_new(object, "average",
		number(history_average(run_history(run))));

	failed |= json_object_set_new(object, "history",
		history_floats(run_history(run)));
	failed |= json_object_set_new(object, "validations",
		validation_floats(run_validations(run)));
	failed |= json_object_set_new(object, "isRising",
		json_boolean(validations_are_rising(run_validations(run))));
	failed |= json_object_set_new(object, "snapshots", snapshot_list(run));
	failed |= json_object_set_new(object, "start", start_floats(run));
	return failed;
}

static int
add_weights(json_t *object, const struct export_source *source)
{
	const struct parameters *parameters =
		&run_model(source->run)->parameters;

	return json_object_set_new(object, "weights", weight_list(parameters)) |
		json_object_set_new(object, "values",
			page_floats(source->values, parameters->total));
}

json_t *
page_data(const struct export_source *source, bool *lacks_data,
	struct error *error)
{
	json_t *object = export_describe(source->run);
	int failed = object == NULL;

	*lacks_data = false;
	failed |=
		json_object_set_new(object, "name", json_string(source->name));
	failed |= hide_folders(object);
	failed |= add_run(object, source->run, source->path);
	failed |= add_learnt(object, source->run);
	failed |= add_weights(object, source);
	if (failed == 0 &&
		page_examples_add(source->run, object, lacks_data, error))
		return object;
	json_decref(object);
	if (failed != 0)
		error_out_of_memory(error);
	return NULL;
}
