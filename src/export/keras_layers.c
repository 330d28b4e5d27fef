/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/keras_layers.h"

#include <stdlib.h>

#include "export/export_describe.h"

size_t
keras_layers_before(const struct run *run)
{
	return run_settings(run)->framing->writes_window ? 1 : 0;
}

static json_t *
integer(size_t number)
{
	return json_integer((json_int_t)number);
}

static json_t *
repeat_config(const struct run *run)
{
	return json_pack("{s: s, s: b, s: o}", "name", "repeat_vector",
		"trainable", true, "n",
		integer((size_t)run_settings(run)->window));
}

static json_t *
dense_config(const struct run *run, const char *name)
{
	bool is_text = run_task(run)->is_text;

	return json_pack("{s: s, s: b, s: o, s: s, s: b}", "name", name,
		"trainable", true, "units",
		integer(run_model(run)->shape.outputs), "activation",
		is_text ? "softmax" : "linear", "use_bias", true);
}

static json_t *
recurrent_config(const struct run *run, size_t layer, const char *name)
{
	const struct model_shape *shape = &run_model(run)->shape;
	const struct cell *cell = run_settings(run)->cell;
	bool is_last = layer + 1 == shape->layers;
	bool returns_last = is_last && run_settings(run)->framing->reads_window;
	json_t *config = json_pack("{s: s, s: b, s: o, s: s, s: b, s: b}",
		"name", name, "trainable", true, "units",
		integer(shape->units[layer]), "activation", "tanh", "use_bias",
		true, "return_sequences", !returns_last);
	int failed = 0;

	/* TensorFlow.js and Keras 2.2 take hard_sigmoid if it is missing */
	if (cell->is_gated)
		failed |= json_object_set_new(config, "recurrent_activation",
			json_string(keras_layers_are_hard(run) ? "hard_sigmoid"
							       : "sigmoid"));
	if (cell->bias_rows > 0)
		failed |=
			json_object_set_new(config, "reset_after", json_true());
	if (failed == 0)
		return config;
	json_decref(config);
	return NULL;
}

json_t *
keras_layers_config(const struct run *run, size_t layer)
{
	const struct model *model = run_model(run);
	size_t before = keras_layers_before(run);
	char name[PARAMETERS_NAME_SIZE];
	size_t at = layer - before;

	if (layer < before)
		return json_pack("{s: s, s: o}", "class_name", "RepeatVector",
			"config", repeat_config(run));
	model_layer_name(model, at, name);
	return json_pack("{s: s, s: o}", "class_name",
		model_layer_type(model, at), "config",
		at < model->shape.layers ? recurrent_config(run, at, name)
					 : dense_config(run, name));
}

json_t *
keras_layers_input_shape(const struct run *run, size_t layer)
{
	const struct model_shape *shape = &run_model(run)->shape;
	const struct framing *framing = run_settings(run)->framing;
	size_t before = keras_layers_before(run), at = layer - before;
	bool is_dense = layer >= before && at == shape->layers;
	json_t *list = json_pack("[n]");
	int failed = 0;

	/* the batch, then the steps */
	if (layer >= before && !(is_dense && framing->reads_window))
		failed |= json_array_append_new(list,
			framing->writes_window
				? integer((size_t)run_settings(run)->window)
				: json_null());
	failed |= json_array_append_new(list,
		integer(layer <= before ? shape->inputs
					: shape->units[at - 1]));
	if (failed == 0)
		return list;
	json_decref(list);
	return NULL;
}

bool
keras_layers_fit(uint64_t parameters, struct error *error)
{
	/* a MiB is more than enough for all that is not a parameter */
	uint64_t limit = (UINT32_MAX - (UINT32_C(1) << 20)) / sizeof(float);

	return parameters <= limit ||
		error_set(error,
			"%llu parameters make a file of 4 GiB or more, which "
			"this format does not hold",
			(unsigned long long)parameters);
}

bool
keras_layers_are_hard(const struct run *run)
{
	const struct settings *settings = run_settings(run);

	return settings->cell->is_gated &&
		settings->recurrent_activation->is_hard;
}

/* Add a file of JSON; the value is released. */
static bool
add_json(json_t *value, const char *name,
	void (*add)(void *context, const char *name, const char *text),
	void *context, struct error *error)
{
	char *text = export_json_text(value);

	json_decref(value);
	if (text == NULL)
		return error_out_of_memory(error);
	add(context, name, text);
	free(text);
	return true;
}

bool
keras_layers_companions(const struct run *run,
	void (*add)(void *context, const char *name, const char *text),
	void *context, struct error *error)
{
	bool good = true;

	if (run_task(run)->is_text)
		good = add_json(export_vocabulary(run_vocabulary(run)),
			"vocabulary.json", add, context, error);
	if (run_scaling(run)->features > 0)
		good = good &&
			add_json(export_scaling(run), "scaling.json", add,
				context, error);
	return good;
}
