/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/import_known.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/model_file.h"
#include "session/model_file_layout.h"
#include "task/vocabulary_list.h"

/*
 * Settings of the file that belong to a run that has ended, or to the shapes:
 * not taken over.
 */
static bool
is_taken(const struct setting *setting)
{
	return setting != &setting_cell && setting != &setting_units &&
		setting != &setting_snapshots && setting != &setting_bytes;
}

/*
 * Write a setting of a description as text, as in a model file. Return false if
 * it is no text, number or list of whole numbers.
 */
static bool
text_of(const json_t *value, char text[SETTINGS_TEXT_SIZE])
{
	size_t length = 0, i;
	json_t *item;

	if (json_is_string(value))
		return snprintf(text, SETTINGS_TEXT_SIZE, "%s",
			       json_string_value(value)) < SETTINGS_TEXT_SIZE;
	if (json_is_integer(value))
		snprintf(text, SETTINGS_TEXT_SIZE, "%" JSON_INTEGER_FORMAT,
			json_integer_value(value));
	else if (json_is_real(value))
		snprintf(text, SETTINGS_TEXT_SIZE, "%.17g",
			json_real_value(value));
	else if (!json_is_array(value))
		return false;
	json_array_foreach(value, i, item)
	{
		if (!json_is_integer(item) || length + 24 > SETTINGS_TEXT_SIZE)
			return false;
		length += (size_t)snprintf(text + length,
			SETTINGS_TEXT_SIZE - length, "%s%" JSON_INTEGER_FORMAT,
			i > 0 ? "," : "", json_integer_value(item));
	}
	return true;
}

static bool
read_settings(struct import_known *known, const json_t *settings,
	struct error *error)
{
	char text[SETTINGS_TEXT_SIZE];

	for (size_t i = 0; setting_list[i] != NULL; i++) {
		const struct setting *setting = setting_list[i];
		const json_t *value = json_object_get(settings, setting->key);

		if (value == NULL || json_is_null(value) || !is_taken(setting))
			continue;
		if (!text_of(value, text) ||
			!setting_parse(setting, &known->settings, text, error))
			return error_set(error,
				"its description has a wrong '%s'",
				setting->key);
		known->mask |= settings_bit(setting);
	}
	return true;
}

/* Read a list of finite numbers, numbers[count]. */
static bool
read_numbers(const json_t *list, double *numbers, size_t count)
{
	if (json_array_size(list) != count)
		return false;
	for (size_t i = 0; i < count; i++) {
		const json_t *number = json_array_get(list, i);

		numbers[i] = json_number_value(number);
		if (!json_is_number(number) || !isfinite(numbers[i]))
			return false;
	}
	return true;
}

static bool
read_scaling(struct import_known *known, const json_t *scaling,
	struct error *error)
{
	const json_t *offset = json_object_get(scaling, "offset");
	size_t features = json_array_size(offset);

	if (scaling == NULL)
		return true;
	if (features == 0 || features > SEQUENCES_FEATURES_MAX)
		return error_set(error, "its description has a wrong scaling");
	if (!scaling_create(&known->scaling, features, error))
		return false;
	return (read_numbers(offset, known->scaling.offset, features) &&
		       read_numbers(json_object_get(scaling, "factor"),
			       known->scaling.factor, features) &&
		       scaling_is_valid(&known->scaling)) ||
		error_set(error, "its description has a wrong scaling");
}

/* Read the points that generation starts from. */
static bool
read_start(struct import_known *known, const json_t *start, struct error *error)
{
	size_t points = json_array_size(start);
	size_t features = json_array_size(json_array_get(start, 0));
	double numbers[SEQUENCES_FEATURES_MAX];

	if (points == 0)
		return true;
	if (features == 0 || features > SEQUENCES_FEATURES_MAX ||
		!memory_product(points, features, &known->starts))
		return error_set(error, "its description has a wrong start");
	known->start = memory_floats(known->starts);
	if (known->start == NULL)
		return error_out_of_memory(error);
	for (size_t i = 0; i < points; i++) {
		if (!read_numbers(json_array_get(start, i), numbers, features))
			return error_set(error,
				"its description has a wrong start");
		for (size_t f = 0; f < features; f++)
			known->start[i * features + f] = (float)numbers[f];
	}
	return parameters_finite(known->start, known->starts) ||
		error_set(error, "its description has a wrong start");
}

static bool
read_description(struct import_known *known, const json_t *description,
	struct error *error)
{
	json_int_t length =
		json_integer_value(json_object_get(description, "length"));

	known->length = length > 0 ? (size_t)length : 0;
	settings_default(&known->settings);
	return read_settings(known, json_object_get(description, "settings"),
		       error) &&
		read_scaling(known, json_object_get(description, "scaling"),
			error) &&
		read_start(known, json_object_get(description, "start"), error);
}

/* Take what a model file tells. */
static bool
read_model(struct import_known *known, struct tensor_file *file,
	const struct context *context, const char *path, struct error *error)
{
	struct run_state state = {0};
	bool good = model_file_read(&state, context, path, error);

	if (!good)
		return false;
	known->settings = state.settings;
	known->settings.data_bytes = NULL;
	for (size_t i = 0; setting_list[i] != NULL; i++)
		if (is_taken(setting_list[i]))
			known->mask |= settings_bit(setting_list[i]);
	known->length = state.length;
	if (state.settings.task->is_text) {
		json_decref(file->vocabulary);
		file->vocabulary =
			vocabulary_list_make(&state.reader.vocabulary);
		good = file->vocabulary != NULL || error_out_of_memory(error);
	} else {
		known->starts = framing_start_points(
					settings_framing(&state.settings)) *
			state.model.shape.inputs;
		known->start = state.start;
		state.start = NULL;
		known->scaling = state.scaling;
		state.scaling = (struct scaling){0};
	}
	run_state_destroy(&state);
	return good;
}

bool
import_known_read(struct import_known *known, struct tensor_file *file,
	const struct context *context, const char *path, struct error *error)
{
	const char *format = file->safetensors != NULL
		? safetensors_metadata(file->safetensors, "format")
		: NULL;

	*known = (struct import_known){0};
	if (format != NULL && strcmp(format, FORMAT_NAME) == 0)
		return read_model(known, file, context, path, error);
	return file->description == NULL ||
		read_description(known, file->description, error) ||
		error_prefix(error, "%s", path);
}

void
import_known_release(struct import_known *known)
{
	scaling_destroy(&known->scaling);
	free(known->start);
	*known = (struct import_known){0};
}

void
import_known_apply(const struct import_known *known, struct settings *settings,
	settings_mask *given)
{
	char text[SETTINGS_TEXT_SIZE];
	struct error error;

	for (size_t i = 0; setting_list[i] != NULL; i++) {
		const struct setting *setting = setting_list[i];

		if (!settings_are_given(known->mask, setting) ||
			settings_are_given(*given, setting))
			continue;
		setting_format(setting, &known->settings, text);
		if (text[0] == '\0' ||
			/* standard input is gone */
			(setting == &setting_data && strcmp(text, "-") == 0) ||
			!setting_parse(setting, settings, text, &error))
			continue;
		*given |= settings_bit(setting);
	}
}

bool
import_known_take(const struct import_known *known, struct run_state *state,
	struct error *error)
{
	const struct settings *settings = &state->settings;
	size_t features = run_state_features(state);
	size_t starts =
		framing_start_points(settings_framing(settings)) * features;

	if (settings->task->is_text)
		return true;
	if (known->scaling.features == features &&
		(settings->data[0] != '\0' || settings->task->make == NULL) &&
		settings->scale->applies != NULL) {
		scaling_destroy(&state->scaling);
		if (!scaling_copy(&state->scaling, &known->scaling, error))
			return false;
	}
	if (known->start != NULL && known->starts == starts)
		memcpy(state->start, known->start,
			starts * sizeof *known->start);
	return known->length < 2 ||
		known->length > run_state_length_max(state) ||
		(settings->task->points > 0 &&
			known->length != settings->task->points) ||
		known->length < framing_min(settings_framing(settings)) ||
		run_state_set_length(state, known->length, error);
}
