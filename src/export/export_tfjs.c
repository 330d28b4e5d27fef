/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A model of TensorFlow.js in the format layers-model: a folder of model.json
 * and one file of weights, little-endian float32 in the order of the manifest,
 * and beside them vocabulary.json and scaling.json.
 */
#include <stdlib.h>

#include "base/translate.h"
#include "export/export_describe.h"
#include "export/exporters.h"
#include "export/keras_layers.h"

#define WEIGHTS_FILE "group1-shard1of1.bin"

static bool
check_tfjs(const struct run *run, struct error *error)
{
	if (run_settings(run)->cell->bias_rows > 0)
		return error_set(error,
			"the GRU of TensorFlow.js has no reset_after, which "
			"this model uses; --format onnx exports it");
	return keras_layers_fit(run_model(run)->parameters.total, error);
}

/* Return {"class_name": "Sequential", ...}, or NULL if out of memory. */
static json_t *
topology(const struct run *run)
{
	size_t count = keras_layers_before(run) + model_layers(run_model(run));
	json_t *layers = json_array();
	int failed = 0;

	for (size_t i = 0; i < count; i++) {
		json_t *layer = keras_layers_config(run, i);

		if (i == 0)
			failed |= json_object_set_new(json_object_get(layer,
							      "config"),
				"batch_input_shape",
				keras_layers_input_shape(run, i));
		failed |= json_array_append_new(layers, layer);
	}
	if (failed == 0)
		return json_pack("{s: s, s: {s: s, s: o}, s: s, s: s}",
			"class_name", "Sequential", "config", "name", "lstmtui",
			"layers", layers, "keras_version", "2.15.0", "backend",
			"tensorflow");
	json_decref(layers);
	return NULL;
}

/*
 * Return the entry of a tensor in the manifest and add its values to *weights.
 */
static json_t *
add_weight(const struct export_source *source, const char *layer_name,
	size_t layer, const char *name, struct bytes *weights)
{
	const float *values;
	const struct tensor *tensor =
		export_source_tensor(source, layer, name, &values);
	json_int_t rows = (json_int_t)tensor->rows;
	json_int_t columns = (json_int_t)tensor->columns;

	bytes_add_floats(weights, values, tensor->size);
	return json_pack("{s: s++, s: o, s: s}", "name", layer_name, "/", name,
		"shape",
		rows > 0 ? json_pack("[I, I]", rows, columns)
			 : json_pack("[I]", columns),
		"dtype", "float32");
}

/* Return the list of all weights, or NULL if out of memory. */
static json_t *
add_weights(const struct export_source *source, struct bytes *weights)
{
	static const char *const names[] = {"kernel", "recurrent_kernel",
		"bias"};
	const struct model *model = run_model(source->run);
	json_t *list = json_array();
	int failed = 0;

	for (size_t i = 0; i < model_layers(model); i++) {
		bool is_dense = i == model->shape.layers;
		char layer_name[PARAMETERS_NAME_SIZE];

		model_layer_name(model, i, layer_name);
		for (size_t k = 0; k < 3; k++)
			if (!is_dense || k != 1)
				failed |= json_array_append_new(list,
					add_weight(source, layer_name, i,
						names[k], weights));
	}
	if (failed == 0)
		return list;
	json_decref(list);
	return NULL;
}

static void
add_companion(void *context, const char *name, const char *text)
{
	bytes_add_text(export_add_file(context, name), text);
}

static bool
write_tfjs(const struct export_source *source, struct export_output *output,
	struct error *error)
{
	struct bytes *file = export_add_file(output, "model.json");
	struct bytes *weights = export_add_file(output, WEIGHTS_FILE);
	json_t *model = json_pack("{s: s, s: s, s: n, s: o, s: [{s: [s], s: "
				  "o}]}",
		"format", "layers-model", "generatedBy", PACKAGE_STRING,
		"convertedBy", "modelTopology", topology(source->run),
		"weightsManifest", "paths", WEIGHTS_FILE, "weights",
		add_weights(source, weights));
	char *text = export_json_text(model);

	json_decref(model);
	if (text == NULL)
		return error_out_of_memory(error);
	bytes_add_text(file, text);
	free(text);
	return keras_layers_companions(source->run, add_companion, output,
		error);
}

static const char *const companions[] = {"vocabulary.json", "scaling.json",
	NULL};

const struct exporter exporter_tfjs = {
	.kind = {.name = "tfjs",
		.summary = N_("a model of TensorFlow.js; OUT is a folder")},
	.suffix = "-tfjs",
	.is_folder = true,
	.companions = companions,
	.check = check_tfjs,
	.write = write_tfjs,
};
