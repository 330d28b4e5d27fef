/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/export_describe.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/number.h"
#include "run/settings_json.h"
#include "task/vocabulary_list.h"

json_t *
export_vocabulary(const struct vocabulary *vocabulary)
{
	return vocabulary_list_make(vocabulary);
}

static json_t *
list_of(const double *values, size_t count)
{
	json_t *list = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, json_real(values[i]));
	return list;
}

/* The names of the columns of the data, or null. */
static json_t *
column_names(const struct run *run)
{
	struct data_report report;
	json_t *list;

	if (!run_data_report(run, &report))
		return json_null();
	list = json_array();
	for (size_t f = 0; f < report.features; f++)
		json_array_append_new(list, json_string(report.column[f].name));
	data_report_destroy(&report);
	return list;
}

json_t *
export_scaling(const struct run *run)
{
	const struct scaling *scaling = run_scaling(run);

	if (scaling->features == 0)
		return json_null();
	return json_pack("{s: o, s: o, s: o}", "columns", column_names(run),
		"offset", list_of(scaling->offset, scaling->features), "factor",
		list_of(scaling->factor, scaling->features));
}

/* The points that generation starts from, scaled. */
static json_t *
start_of(const struct run *run)
{
	size_t features = run_features(run);
	size_t points =
		framing_start_points(settings_framing(run_settings(run)));
	float *values = memory_floats(points * features);
	json_t *start = json_array();

	if (values == NULL) {
		json_decref(start);
		return NULL;
	}
	run_start(run, values);
	for (size_t i = 0; i < points * features; i++) {
		if (i % features == 0)
			json_array_append_new(start, json_array());
		json_array_append_new(json_array_get(start, i / features),
			json_real((double)values[i]));
	}
	free(values);
	return start;
}

json_t *
export_describe(const struct run *run)
{
	const struct settings *settings = run_settings(run);
	json_t *object = json_object(), *values = json_object();
	int failed = 0;

	for (size_t id = 0; setting_list[id] != NULL; id++)
		failed |= json_object_set_new(values, setting_list[id]->key,
			settings_json(settings, setting_list[id]));
	failed |= json_object_set_new(object, "program",
		json_string(PACKAGE_STRING));
	failed |= json_object_set_new(object, "parameters",
		json_integer((json_int_t)run_model(run)->parameters.total));
	failed |= json_object_set_new(object, "updates",
		json_integer((json_int_t)run_updates(run)));
	failed |= json_object_set_new(object, "settings", values);
	failed |= json_object_set_new(object, "length",
		json_integer((json_int_t)run_length(run)));
	if (run_task(run)->is_text)
		failed |= json_object_set_new(object, "vocabulary",
			export_vocabulary(run_vocabulary(run)));
	if (!run_task(run)->is_text)
		failed |= json_object_set_new(object, "start", start_of(run));
	if (run_scaling(run)->features > 0)
		failed |= json_object_set_new(object, "scaling",
			export_scaling(run));
	if (failed == 0)
		return object;
	json_decref(object);
	return NULL;
}

char *
export_json_text(const json_t *value)
{
	/* 17 digits: a double is read back with the same bits */
	return value != NULL
		? json_dumps(value, JSON_INDENT(1) | JSON_REAL_PRECISION(17))
		: NULL;
}

char *
export_describe_line(const struct run *run, char text[EXPORT_LINE_SIZE])
{
	char architecture[EXPORT_LINE_SIZE - 256], updates[NUMBER_TEXT_SIZE];
	const struct settings *settings = run_settings(run);

	snprintf(text, EXPORT_LINE_SIZE, "%s, %s, %s, %s updates",
		run_task(run)->kind.name, settings->framing->kind.name,
		settings_architecture(settings, run_model(run)->shape.outputs,
			true, architecture, sizeof architecture),
		number_grouped(updates, run_updates(run)));
	return text;
}
