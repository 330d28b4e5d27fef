/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/export_describe.h"

#include "base/utf8.h"
#include "run/settings_json.h"
#include "task/text.h"

/* Add the character of a byte, as UTF-8: that of the same code point. */
static json_t *
byte_string(unsigned char byte)
{
	const char two[] = {(char)(0xc0 | byte >> 6),
		(char)(0x80 | (byte & 0x3f))};

	return byte < 0x80 ? json_stringn_nocheck((const char *)&byte, 1)
			   : json_stringn_nocheck(two, sizeof two);
}

json_t *
export_vocabulary(const struct vocabulary *vocabulary)
{
	json_t *list = json_array();
	int failed = 0;

	for (uint32_t token = 0; token < vocabulary->count; token++) {
		char bytes[TEXT_ENCODED_SIZE];
		size_t length = text_encode(vocabulary, token, bytes);

		failed |= json_array_append_new(list,
			vocabulary->is_bytes
				? byte_string((unsigned char)bytes[0])
				: json_stringn(bytes, length));
	}
	if (failed == 0)
		return list;
	json_decref(list);
	return NULL;
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
	if (run_task(run)->is_text)
		failed |= json_object_set_new(object, "vocabulary",
			export_vocabulary(run_vocabulary(run)));
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
