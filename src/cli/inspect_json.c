/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/inspect_output.h"

#include <jansson.h>

#include "base/utf8.h"
#include "cli/json_output.h"

static json_t *
number_list(const float *numbers, size_t count)
{
	json_t *list = json_array();
	int failed = list == NULL;

	for (size_t i = 0; !failed && i < count; i++)
		failed |= json_array_append_new(list,
			json_output_number((double)numbers[i]));
	if (!failed)
		return list;
	json_decref(list);
	return NULL;
}

/* A token as a string; a byte as the character of its number. */
static json_t *
token_string(const struct inspection *inspection, uint32_t token)
{
	const struct vocabulary *vocabulary = run_vocabulary(inspection->run);
	char bytes[TEXT_ENCODED_SIZE];
	size_t size = vocabulary->is_bytes
		? utf8_put(vocabulary->character[token], bytes)
		: text_encode(vocabulary, token, bytes);

	return json_stringn(bytes, size);
}

static json_t *
input_of(const struct inspection *inspection, size_t step)
{
	if (inspection->tokens != NULL)
		return token_string(inspection,
			inspection_input_token(inspection, step));
	return number_list(inspection_input(inspection, step),
		inspection->features);
}

static json_t *
target_of(const struct inspection *inspection, size_t step)
{
	if (inspection->step[step].target == INSPECTION_NONE)
		return json_null();
	if (inspection->tokens != NULL)
		return token_string(inspection,
			inspection_target_token(inspection, step));
	return number_list(inspection_target(inspection, step),
		inspection->features);
}

/* A list of objects with the values of each view. */
static json_t *
layers_of(const struct inspection *inspection, size_t step)
{
	const struct model_shape *shape = &inspection->model.shape;
	json_t *layers = json_array();
	int failed = layers == NULL;

	for (size_t l = 0; !failed && l < shape->layers; l++) {
		json_t *layer = json_object();

		for (size_t v = 0; v < inspection->views; v++)
			failed |= json_object_set_new(layer,
				shape->cell->views[v].name,
				number_list(inspection_values(inspection, l, v,
						    step),
					shape->units[l]));
		failed |= json_array_append_new(layers, layer);
	}
	if (!failed)
		return layers;
	json_decref(layers);
	return NULL;
}

static json_t *
connectivity_of(const struct inspection *inspection)
{
	size_t count = inspection->config.connected;
	json_t *rows;
	int failed;

	if (inspection->connectivity == NULL)
		return json_null();
	rows = json_array();
	failed = rows == NULL;
	for (size_t t = 0; !failed && t < count; t++)
		failed |= json_array_append_new(rows,
			number_list(inspection->connectivity + t * count,
				count));
	if (!failed)
		return rows;
	json_decref(rows);
	return NULL;
}

static json_t *
gradient_of(const struct inspection *inspection)
{
	const struct parameters *parameters = &inspection->model.parameters;
	json_t *object = json_object();
	int failed = object == NULL;

	for (size_t i = 0; !failed && i < parameters->tensors; i++) {
		struct inspection_gradient gradient =
			inspection_measure(inspection, i);

		failed |=
			json_object_set_new(object, parameters->tensor[i].name,
				json_pack("{s: o, s: I}", "norm",
					json_output_number(gradient.norm),
					"zero", (json_int_t)gradient.zeros));
	}
	if (!failed)
		return object;
	json_decref(object);
	return NULL;
}

static json_t *
vocabulary_of(const struct inspection *inspection)
{
	json_t *list = json_array();
	int failed = list == NULL;

	for (size_t i = 0; !failed && i < inspection->features; i++)
		failed |= json_array_append_new(list,
			token_string(inspection, (uint32_t)i));
	if (!failed)
		return list;
	json_decref(list);
	return NULL;
}

/* All of the object but the steps; NULL if memory is short. */
static json_t *
object_of(const struct inspect_output *output)
{
	const struct inspection *inspection = output->inspection;
	const struct settings *settings = run_settings(output->run);
	json_t *object = json_pack("{s: s, s: s, s: s, s: I, s: o}", "task",
		settings->task->kind.name, "framing",
		settings->framing->kind.name, "loss_name",
		settings->loss->kind.name, "updates",
		(json_int_t)run_updates(output->run), "loss",
		json_output_number(inspection_mean_loss(inspection)));
	int failed = object == NULL;

	if (output->seed != NULL)
		failed |= json_object_set_new(object, "seed",
			json_integer((json_int_t)*output->seed));
	if (inspection->tokens != NULL)
		failed |= json_object_set_new(object, "vocabulary",
			vocabulary_of(inspection));
	failed |= json_object_set_new(object, "connectivity",
		connectivity_of(inspection));
	if (inspection->config.has_gradient)
		failed |= json_object_set_new(object, "gradient",
			gradient_of(inspection));
	if (!failed)
		return object;
	json_decref(object);
	return NULL;
}

/* A step; NULL if memory is short. */
static json_t *
step_of(const struct inspection *inspection, size_t step)
{
	json_t *object = json_object();
	int failed = object == NULL;

	failed |= json_object_set_new(object, "input",
		input_of(inspection, step));
	failed |= json_object_set_new(object, "target",
		target_of(inspection, step));
	failed |= json_object_set_new(object, "output",
		number_list(inspection_output(inspection, step),
			inspection->features));
	failed |= json_object_set_new(object, "loss",
		json_output_number(inspection_loss(inspection, step)));
	failed |= json_object_set_new(object, "from_zero",
		json_boolean(inspection->step[step].from_zero));
	failed |= json_object_set_new(object, "layers",
		layers_of(inspection, step));
	if (!failed)
		return object;
	json_decref(object);
	return NULL;
}

bool
inspect_output_json(const struct inspect_output *output, struct error *error)
{
	const struct inspection *inspection = output->inspection;
	json_t *object = object_of(output);
	struct json_output_list list;

	if (object == NULL)
		return error_out_of_memory(error);
	if (!json_output_begin(&list, object, "steps", error))
		return false;
	for (size_t i = 0; i < inspection->steps; i++)
		if (!json_output_add(&list, step_of(inspection, i), error))
			return false;
	json_output_end(&list);
	return true;
}
