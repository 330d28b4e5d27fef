/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * PyTorch's .pt: the state dict of a module with the recurrent layers and a
 * torch.nn.Linear named `dense`. Layers of equal size are one torch.nn.LSTM,
 * GRU or RNN with several layers, named after the cell: lstm.weight_ih_l0,
 * lstm.weight_ih_l1, ... Layers of different sizes are one module each with a
 * single layer: lstm.weight_ih_l0, lstm_1.weight_ih_l0, ...
 * file/torch_layout.h has the layout; of the LSTM and the RNN, bias_hh is 0.
 *
 * The file is a stored zip archive (torch/serialization.py): archive/data.pkl,
 * a pickle of protocol 2 that refers to the storages archive/data/0, 1, ...,
 * with only what torch.load(weights_only=True) of PyTorch 1.13 accepts, which
 * excludes floating-point numbers. The rest is not in the dict, which
 * load_state_dict would refuse, but in attributes of it: `lstmtui`, JSON text
 * (export/export_describe.h); of a text `vocabulary`, a list of strings; of
 * scaled data `scaling_offset` and `scaling_factor`, tensors.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "core/model.h"
#include "export/export_describe.h"
#include "export/exporters.h"
#include "file/torch_layout.h"
#include "file/zip_writer.h"

enum {
	/* of the storages, as PyTorch writes them, for mapping into memory */
	ALIGNMENT = 64,
	NAME_SIZE = 2 * PARAMETERS_NAME_SIZE,
	/* four of a recurrent layer, two of dense, two of the scaling */
	STORAGES_MAX = 4 * MODEL_LAYERS_MAX + 4
};

struct torch_writer {
	const struct export_source *source;
	struct bytes pickle;
	struct bytes storage[STORAGES_MAX];
	size_t storages;
};

static void
add_opcode(struct bytes *pickle, char opcode)
{
	bytes_add(pickle, &opcode, 1);
}

/* BINUNICODE */
static void
add_string(struct bytes *pickle, const char *text, size_t length)
{
	add_opcode(pickle, 'X');
	bytes_add_number(pickle, length, 4);
	bytes_add(pickle, text, length);
}

static void
add_text(struct bytes *pickle, const char *text)
{
	add_string(pickle, text, strlen(text));
}

/* BININT; zip_writer bounds a storage by 4 GiB, which is 2^30 floats. */
static void
add_count(struct bytes *pickle, size_t count)
{
	add_opcode(pickle, 'J');
	bytes_add_number(pickle, count, 4);
}

/* An empty OrderedDict: GLOBAL, EMPTY_TUPLE, REDUCE. */
static void
add_ordered_dict(struct bytes *pickle)
{
	bytes_add_text(pickle, "ccollections\nOrderedDict\n)R");
}

/* The shape or the strides [rows, columns], or [columns] if rows is 0. */
static void
add_pair(struct bytes *pickle, size_t rows, size_t first, size_t columns)
{
	if (rows > 0)
		add_count(pickle, first);
	add_count(pickle, columns);
	add_opcode(pickle, rows > 0 ? '\x86' : '\x85'); /* TUPLE2, TUPLE1 */
}

/*
 * Add a tensor [rows, columns], or [columns] if rows is 0, with a storage of
 * this class: _rebuild_tensor_v2(storage, offset, shape, strides,
 * requires_grad, backward_hooks). Return the storage, which the caller fills.
 */
static struct bytes *
add_tensor(struct torch_writer *writer, const char *name, const char *storage,
	size_t rows, size_t columns)
{
	struct bytes *pickle = &writer->pickle;
	char number[NAME_SIZE];

	assert(writer->storages < STORAGES_MAX);
	snprintf(number, sizeof number, "%zu", writer->storages);
	add_text(pickle, name);
	bytes_add_text(pickle, "ctorch._utils\n_rebuild_tensor_v2\n((");
	add_text(pickle, "storage");
	bytes_add_format(pickle, "ctorch\n%s\n", storage);
	add_text(pickle, number);
	add_text(pickle, "cpu");
	add_count(pickle, (rows > 0 ? rows : 1) * columns);
	bytes_add_text(pickle, "tQ"); /* TUPLE, BINPERSID */
	add_count(pickle, 0);
	add_pair(pickle, rows, rows, columns);
	add_pair(pickle, rows, columns, 1);
	add_opcode(pickle, '\x89'); /* NEWFALSE */
	add_ordered_dict(pickle);
	bytes_add_text(pickle, "tR");
	return &writer->storage[writer->storages++];
}

static void
add_floats(struct torch_writer *writer, const char *name, size_t rows,
	size_t columns, const float *values)
{
	bytes_add_floats(add_tensor(writer, name, "FloatStorage", rows,
				 columns),
		values, (rows > 0 ? rows : 1) * columns);
}

static void
add_doubles(struct torch_writer *writer, const char *name, const double *values,
	size_t count)
{
	bytes_add_doubles(add_tensor(writer, name, "DoubleStorage", 0, count),
		values, count);
}

static bool
has_equal_units(const struct model_shape *shape)
{
	for (size_t layer = 1; layer < shape->layers; layer++)
		if (shape->units[layer] != shape->units[0])
			return false;
	return true;
}

/* Write the name of a tensor of a recurrent layer: lstm_1.weight_ih_l0. */
static const char *
tensor_name(const struct model *model, size_t layer, const char *tensor,
	char name[NAME_SIZE])
{
	const char *module = model->layer[layer].cell->kind.name;

	if (layer == 0 || has_equal_units(&model->shape))
		snprintf(name, NAME_SIZE, "%s.%s_l%zu", module, tensor, layer);
	else
		snprintf(name, NAME_SIZE, "%s_%zu.%s_l0", module, layer,
			tensor);
	return name;
}

/* Add a bias, or the weights of so many inputs, of a recurrent layer. */
static bool
add_matrix(struct torch_writer *writer, size_t layer, size_t inputs,
	const char *name, const float *keras)
{
	const struct model *model = run_model(writer->source->run);
	const struct cell *cell = model->layer[layer].cell;
	size_t units = model->shape.units[layer];
	size_t rows = cell->gates * units;
	bool is_bias = strncmp(name, "bias", 4) == 0;
	float *values = memory_floats(rows * inputs);
	char text[NAME_SIZE];

	if (values == NULL)
		return false;
	torch_layout_from_keras(cell, inputs, units, keras, values);
	add_floats(writer, tensor_name(model, layer, name, text),
		is_bias ? 0 : rows, is_bias ? rows : inputs, values);
	free(values);
	return true;
}

static bool
add_layer(struct torch_writer *writer, size_t layer, struct error *error)
{
	const struct model *model = run_model(writer->source->run);
	const float *kernel, *recurrent, *bias;
	const struct tensor *tensor =
		export_source_tensor(writer->source, layer, "kernel", &kernel);
	size_t columns = tensor->columns, inputs = tensor->rows;
	float *zeros = memory_floats(columns);
	bool good = zeros != NULL;

	export_source_tensor(writer->source, layer, "recurrent_kernel",
		&recurrent);
	tensor = export_source_tensor(writer->source, layer, "bias", &bias);
	for (size_t i = 0; good && i < columns; i++)
		zeros[i] = 0;
	good = good && add_matrix(writer, layer, inputs, "weight_ih", kernel) &&
		add_matrix(writer, layer, model->shape.units[layer],
			"weight_hh", recurrent) &&
		add_matrix(writer, layer, 1, "bias_ih", bias) &&
		add_matrix(writer, layer, 1, "bias_hh",
			tensor->rows == 2 ? bias + columns : zeros);
	free(zeros);
	return good || error_out_of_memory(error);
}

/* Add torch.nn.Linear: the weight is the transposed kernel. */
static bool
add_dense(struct torch_writer *writer, struct error *error)
{
	size_t layer = run_model(writer->source->run)->shape.layers;
	const float *kernel, *bias;
	const struct tensor *tensor =
		export_source_tensor(writer->source, layer, "kernel", &kernel);
	float *values = memory_floats(tensor->size);

	if (values == NULL)
		return error_out_of_memory(error);
	for (size_t row = 0; row < tensor->rows; row++)
		for (size_t column = 0; column < tensor->columns; column++)
			values[column * tensor->rows + row] = *kernel++;
	add_floats(writer, "dense.weight", tensor->columns, tensor->rows,
		values);
	free(values);
	tensor = export_source_tensor(writer->source, layer, "bias", &bias);
	add_floats(writer, "dense.bias", 0, tensor->columns, bias);
	return true;
}

/* Add a list of strings. */
static void
add_list(struct bytes *pickle, const json_t *list)
{
	bytes_add_text(pickle, "](");
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);

		add_string(pickle, json_string_value(item),
			json_string_length(item));
	}
	add_opcode(pickle, 'e');
}

/* Add the attributes of the dict: a dict of them, then BUILD. */
static bool
add_attributes(struct torch_writer *writer, struct error *error)
{
	struct bytes *pickle = &writer->pickle;
	const struct scaling *scaling = run_scaling(writer->source->run);
	json_t *description = export_describe(writer->source->run);
	const json_t *vocabulary = json_object_get(description, "vocabulary");
	char *text = export_json_text(description);

	bytes_add_text(pickle, "}(");
	if (text != NULL) {
		add_text(pickle, "lstmtui");
		add_text(pickle, text);
		if (vocabulary != NULL) {
			add_text(pickle, "vocabulary");
			add_list(pickle, vocabulary);
		}
	}
	if (scaling->features > 0) {
		add_doubles(writer, "scaling_offset", scaling->offset,
			scaling->features);
		add_doubles(writer, "scaling_factor", scaling->factor,
			scaling->features);
	}
	bytes_add_text(pickle, "ub");
	free(text);
	json_decref(description);
	return text != NULL || error_out_of_memory(error);
}

static bool
add_all(struct torch_writer *writer, struct error *error)
{
	const struct model *model = run_model(writer->source->run);
	bool good = true;

	bytes_add_text(&writer->pickle, "\x80\2"); /* PROTO 2 */
	add_ordered_dict(&writer->pickle);
	add_opcode(&writer->pickle, '(');
	for (size_t l = 0; good && l < model->shape.layers; l++)
		good = add_layer(writer, l, error);
	good = good && add_dense(writer, error);
	add_opcode(&writer->pickle, 'u'); /* SETITEMS */
	good = good && add_attributes(writer, error);
	add_opcode(&writer->pickle, '.');
	return good;
}

static void
note_activation(const struct run *run, struct export_output *output)
{
	const struct model *model = run_model(run);

	if (model->layer[0].is_hard && model->layer[0].cell->is_gated)
		snprintf(output->note, sizeof output->note,
			"the weights belong to the recurrent activation "
			"hard-sigmoid, which torch.nn.%s does not have: with "
			"its sigmoid the outputs differ",
			model_layer_type(model, 0));
}

static void
add_storages(struct torch_writer *writer, struct zip_writer *archive)
{
	char name[NAME_SIZE];

	for (size_t i = 0; i < writer->storages; i++) {
		struct bytes *storage = &writer->storage[i];

		snprintf(name, sizeof name, "archive/data/%zu", i);
		zip_writer_add(archive, name, storage->data, storage->count,
			ALIGNMENT);
		archive->archive.has_failed |= storage->has_failed;
		bytes_release(storage);
	}
}

static bool
write_torch(const struct export_source *source, struct export_output *output,
	struct error *error)
{
	struct torch_writer writer = {.source = source};
	struct zip_writer archive = {0};
	struct error again;
	bool good =
		add_all(&writer, error) && bytes_check(&writer.pickle, error);

	zip_writer_add(&archive, "archive/data.pkl", writer.pickle.data,
		writer.pickle.count, ALIGNMENT);
	zip_writer_add(&archive, "archive/byteorder", "little", 6, ALIGNMENT);
	add_storages(&writer, &archive);
	zip_writer_add(&archive, "archive/version", "3\n", 2, ALIGNMENT);
	bytes_release(&writer.pickle);
	note_activation(source->run, output);
	return zip_writer_end(&archive, export_add_file(output, ""),
		       good ? error : &again) &&
		good;
}

const struct exporter exporter_torch = {
	.kind = {.name = "torch", .summary = N_("PyTorch's state dict")},
	.suffix = ".pt",
	.write = write_torch,
};
