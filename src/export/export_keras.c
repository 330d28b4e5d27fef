/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The formats of Keras 3. `keras` is a model: a stored zip archive of
 * metadata.json, config.json, model.weights.h5 (keras_weights.h) and, beside
 * them, vocabulary.json and scaling.json. The config has only keys that Keras
 * has known since 3.0, since a version refuses the keys of newer ones. It has
 * no date, so that the same model gives the same bytes.
 *
 * `keras-weights` is only model.weights.h5, with the settings, the vocabulary
 * and the scaling in the dataset lstmtui.json.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/translate.h"
#include "export/export_describe.h"
#include "export/exporters.h"
#include "export/keras_layers.h"
#include "export/keras_weights.h"
#include "file/zip_writer.h"

/* The oldest version that is known to read the archive. */
#define KERAS_VERSION "3.4.1"

#define HARD_NOTE                                                             \
	"the gates use clip(0.2 x + 0.5, 0, 1); the hard_sigmoid of Keras 3 " \
	"is another function"

static bool
check_keras(const struct run *run, struct error *error)
{
	if (keras_layers_are_hard(run))
		return error_set(error,
			HARD_NOTE "; --format keras-weights exports the "
				  "weights");
	return keras_layers_fit(run_model(run)->parameters.total, error);
}

/* Complete a class and its config to an object that Keras 3 deserializes. */
static json_t *
object_of(json_t *layer, const char *module)
{
	int failed = json_object_set_new(layer, "module", json_string(module));

	failed |= json_object_set_new(layer, "registered_name", json_null());
	if (failed == 0)
		return layer;
	json_decref(layer);
	return NULL;
}

/* The same, of a class that is built for an input of this shape. */
static json_t *
built_object_of(json_t *layer, const char *module, json_t *input_shape)
{
	int failed = json_object_set_new(layer, "build_config",
		json_pack("{s: o}", "input_shape", input_shape));

	if (failed == 0)
		return object_of(layer, module);
	json_decref(layer);
	return NULL;
}

static json_t *
input_layer(const struct run *run)
{
	return object_of(json_pack("{s: s, s: {s: o, s: s, s: s}}",
				 "class_name", "InputLayer", "config",
				 "batch_shape",
				 keras_layers_input_shape(run, 0), "dtype",
				 "float32", "name", "input_layer"),
		"keras.layers");
}

/* Return config.json, or NULL if out of memory. */
static char *
config_text(const struct run *run)
{
	size_t count = keras_layers_before(run) + model_layers(run_model(run));
	json_t *layers = json_array(), *model;
	int failed = json_array_append_new(layers, input_layer(run));
	char *text;

	for (size_t i = 0; i < count; i++)
		failed |= json_array_append_new(layers,
			built_object_of(keras_layers_config(run, i),
				"keras.layers",
				keras_layers_input_shape(run, i)));
	model = built_object_of(json_pack("{s: s, s: {s: s, s: b, s: o}}",
					"class_name", "Sequential", "config",
					"name", "lstmtui", "trainable", true,
					"layers", layers),
		"keras", keras_layers_input_shape(run, 0));
	text = failed == 0 ? export_json_text(model) : NULL;
	json_decref(model);
	return text;
}

static void
add_member(void *context, const char *name, const char *text)
{
	zip_writer_add(context, name, text, strlen(text), 1);
}

static bool
write_keras(const struct export_source *source, struct export_output *output,
	struct error *error)
{
	char *config = config_text(source->run);
	struct zip_writer writer = {0};
	struct bytes weights = {0};
	bool good;

	if (config == NULL)
		return error_out_of_memory(error);
	add_member(&writer, "metadata.json",
		"{\"keras_version\": \"" KERAS_VERSION
		"\", \"generated_by\": \"" PACKAGE_STRING "\"}");
	add_member(&writer, "config.json", config);
	free(config);
	good = keras_weights_write(source, NULL, &weights, error);
	zip_writer_add(&writer, "model.weights.h5", weights.data, weights.count,
		1);
	bytes_release(&weights);
	good = keras_layers_companions(source->run, add_member, &writer,
		       error) &&
		good;
	return zip_writer_end(&writer, export_add_file(output, ""), error) &&
		good;
}

static bool
write_weights(const struct export_source *source, struct export_output *output,
	struct error *error)
{
	json_t *description = export_describe(source->run);
	char *text = NULL;
	int failed = 0;
	bool good;

	if (keras_layers_are_hard(source->run)) {
		snprintf(output->note, sizeof output->note, "%s", HARD_NOTE);
		failed = json_object_set_new(description, "note",
			json_string(HARD_NOTE));
	}
	if (failed == 0)
		text = export_json_text(description);
	json_decref(description);
	if (text == NULL)
		return error_out_of_memory(error);
	good = keras_weights_write(source, text, export_add_file(output, ""),
		error);
	free(text);
	return good;
}

const struct exporter exporter_keras = {
	.kind = {.name = "keras", .summary = N_("a model of Keras 3")},
	.suffix = ".keras",
	.check = check_keras,
	.write = write_keras,
};

const struct exporter exporter_keras_weights = {
	.kind = {.name = "keras-weights",
		.summary = N_("the weights alone, for a model in Keras 3")},
	.suffix = ".weights.h5",
	.write = write_weights,
};
