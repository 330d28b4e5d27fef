/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/weights.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/byte_order.h"
#include "base/memory.h"
#include "base/translate.h"
#include "core/parameters.h"
#include "file/tensor_read.h"
#include "file/torch_layout.h"
#include "file/weight_names.h"

enum { KERAS_NAME_SIZE = PARAMETERS_NAME_SIZE + 24 };

/* What the functions below work on. */
struct finder {
	struct tensor_file *file;
	struct weight_names names;
	struct weights *weights;
	struct error *error;
};

static bool
has_part(const struct weight_layer *layer, enum weight_part part)
{
	return layer->part[part] != SIZE_MAX;
}

/* The tensor of a part that the layer has. Adding a tensor moves it. */
static const struct safetensors_tensor *
part_of(const struct finder *finder, const struct weight_layer *layer,
	enum weight_part part)
{
	return &finder->file->tensor[layer->part[part]];
}

static bool
require_part(const struct finder *finder, const struct weight_layer *layer,
	enum weight_part part)
{
	char name[WEIGHT_NAME_SIZE];

	return has_part(layer, part) ||
		tensor_missing(finder->file->tensor, finder->file->tensors,
			weight_names_of(layer, part, name), finder->error);
}

/* Set the error of a wrong shape: [rows, columns], [columns] if rows is 0. */
static bool
expect_shape(const struct finder *finder, const struct weight_layer *layer,
	enum weight_part part, size_t rows, size_t columns)
{
	const struct safetensors_tensor *tensor = part_of(finder, layer, part);
	char has[TENSOR_SHAPE_SIZE], wants[TENSOR_SHAPE_SIZE];

	return tensor_has_shape(tensor, rows, columns) ||
		error_set(finder->error,
			"the tensor '%.80s' has the shape %s instead of %s",
			tensor->name, tensor_shape(tensor, has),
			tensor_shape_expected(rows, columns, wants));
}

/*
 * The extents of weights as Keras has them: [inputs, outputs]. 0 unless they
 * are a matrix.
 */
static void
extents_of(const struct finder *finder, const struct weight_layer *layer,
	enum weight_part part, size_t *inputs, size_t *outputs)
{
	const struct safetensors_tensor *tensor = part_of(finder, layer, part);
	bool is_torch = layer->style == WEIGHT_TORCH;

	*inputs = *outputs = 0;
	if (tensor->dimensions != 2)
		return;
	*inputs = (size_t)tensor->shape[is_torch ? 1 : 0];
	*outputs = (size_t)tensor->shape[is_torch ? 0 : 1];
}

static bool
wrong_shape(const struct finder *finder, const struct weight_layer *layer,
	enum weight_part part, const char *cause)
{
	const struct safetensors_tensor *tensor = part_of(finder, layer, part);
	char has[TENSOR_SHAPE_SIZE];

	return error_set(finder->error,
		"the tensor '%.80s' has the shape %s: %s", tensor->name,
		tensor_shape(tensor, has), _(cause));
}

static const struct cell *
cell_with_gates(size_t gates)
{
	for (size_t i = 0; cell_list[i] != NULL; i++)
		if (cell_of(cell_list[i])->gates == gates)
			return cell_of(cell_list[i]);
	return NULL;
}

/* Find the cell and the units by the recurrent weights. */
static bool
measure_layer(const struct finder *finder, size_t number)
{
	const struct weight_layer *layer = &finder->names.layer[number];
	struct weights *weights = finder->weights;
	size_t units, columns;
	const struct cell *cell;

	extents_of(finder, layer, WEIGHT_RECURRENT, &units, &columns);
	if (units == 0 || columns == 0 || columns % units != 0)
		return wrong_shape(finder, layer, WEIGHT_RECURRENT,
			N_("it does not have a number of gates for each unit"));
	cell = cell_with_gates(columns / units);
	if (cell == NULL)
		return wrong_shape(finder, layer, WEIGHT_RECURRENT,
			N_("no cell has so many gates"));
	if (units > MODEL_UNITS_MAX)
		return wrong_shape(finder, layer, WEIGHT_RECURRENT,
			N_("too many units"));
	if (number > 0 && cell != weights->cell)
		return error_set(finder->error,
			"its layers have different cells, %s and %s",
			weights->cell->kind.name, cell->kind.name);
	weights->cell = cell;
	weights->units[number] = units;
	return true;
}

/* Check the shapes of the biases, which depend on the cell. */
static bool
check_bias(const struct finder *finder, const struct weight_layer *layer,
	size_t columns)
{
	size_t rows = finder->weights->cell->bias_rows;

	if (layer->style == WEIGHT_TORCH)
		return require_part(finder, layer, WEIGHT_RECURRENT_BIAS) &&
			expect_shape(finder, layer, WEIGHT_BIAS, 0, columns) &&
			expect_shape(finder, layer, WEIGHT_RECURRENT_BIAS, 0,
				columns);
	if (rows > 0 &&
		tensor_has_shape(part_of(finder, layer, WEIGHT_BIAS), 0,
			columns))
		return wrong_shape(finder, layer, WEIGHT_BIAS,
			N_("a GRU without reset_after, which this program does "
			   "not have"));
	return expect_shape(finder, layer, WEIGHT_BIAS, rows, columns);
}

/* Check a recurrent layer, which reads the outputs of the one before. */
static bool
check_layer(const struct finder *finder, size_t number)
{
	const struct weight_layer *layer = &finder->names.layer[number];
	struct weights *weights = finder->weights;
	size_t inputs, columns;

	if (!require_part(finder, layer, WEIGHT_INPUT) ||
		!require_part(finder, layer, WEIGHT_RECURRENT) ||
		!require_part(finder, layer, WEIGHT_BIAS) ||
		!measure_layer(finder, number))
		return false;
	extents_of(finder, layer, WEIGHT_INPUT, &inputs, &columns);
	if (inputs == 0 ||
		columns != weights->cell->gates * weights->units[number])
		return wrong_shape(finder, layer, WEIGHT_INPUT,
			N_("it does not match the recurrent weights"));
	if (number == 0)
		weights->inputs = inputs;
	else if (inputs != weights->units[number - 1])
		return wrong_shape(finder, layer, WEIGHT_INPUT,
			N_("it does not match the units of the layer before"));
	return check_bias(finder, layer, columns);
}

static bool
check_dense(const struct finder *finder)
{
	const struct weight_names *names = &finder->names;
	const struct weight_layer *layer = &names->layer[names->recurrent];
	struct weights *weights = finder->weights;
	struct weight_layer dense;
	size_t inputs, outputs;

	if (names->recurrent == names->layers)
		return tensor_missing(finder->file->tensor,
			finder->file->tensors,
			names->layer[0].style == WEIGHT_TORCH ? "dense.weight"
							      : "dense.kernel",
			finder->error);
	if (names->layers - names->recurrent > 1)
		return error_set(finder->error,
			"more than one layer beside the recurrent ones: "
			"'%.*s', '%.*s'; this program has one dense layer",
			(int)layer[0].path_length, layer[0].path,
			(int)layer[1].path_length, layer[1].path);
	/* a bias alone does not tell the style */
	dense = *layer;
	dense.style = names->layer[0].style;
	if (!require_part(finder,
		    has_part(layer, WEIGHT_INPUT) ? layer : &dense,
		    WEIGHT_INPUT) ||
		!require_part(finder, layer, WEIGHT_BIAS))
		return false;
	extents_of(finder, layer, WEIGHT_INPUT, &inputs, &outputs);
	if (outputs == 0 || inputs != weights->units[weights->layers - 1])
		return wrong_shape(finder, layer, WEIGHT_INPUT,
			N_("it does not match the units of the layer before"));
	weights->outputs = outputs;
	return expect_shape(finder, layer, WEIGHT_BIAS, 0, outputs);
}

/* Check all shapes, before memory is allocated. */
static bool
check_layers(const struct finder *finder)
{
	const struct weight_names *names = &finder->names;

	if (names->recurrent > MODEL_LAYERS_MAX)
		return error_set(finder->error, "more than %d recurrent layers",
			MODEL_LAYERS_MAX);
	finder->weights->layers = names->recurrent;
	for (size_t i = 0; i < names->recurrent; i++)
		if (!check_layer(finder, i))
			return false;
	return check_dense(finder);
}

/* Read the numbers of a part; NULL on failure. Free them. */
static float *
read_part(const struct finder *finder, const struct weight_layer *layer,
	enum weight_part part)
{
	const struct safetensors_tensor *tensor = part_of(finder, layer, part);
	float *values = memory_floats((size_t)tensor->count);

	if (values == NULL) {
		error_out_of_memory(finder->error);
	} else if (!tensor_values(tensor, values, finder->error)) {
		free(values);
		values = NULL;
	}
	return values;
}

/* Add a tensor of floats that the file then owns. */
static bool
add_floats(const struct finder *finder, const char *name, size_t rows,
	size_t columns, float *values)
{
	struct safetensors_tensor tensor = {
		.type = "F32",
		.dimensions = rows > 0 ? 2 : 1,
		.shape = {rows > 0 ? rows : columns, columns},
		.count = (rows > 0 ? rows : 1) * columns,
		.data = (const unsigned char *)values,
	};

	tensor.bytes = (size_t)tensor.count * sizeof *values;
	byte_order_little(values, values, sizeof *values, (size_t)tensor.count);
	return tensor_file_own(finder->file, values, finder->error) &&
		tensor_file_add(finder->file, name, strlen(name), &tensor,
			finder->error);
}

/* Add weights of PyTorch, in Keras's layout. */
static bool
convert(const struct finder *finder, const struct weight_layer *layer,
	enum weight_part part, const char *name, const struct cell *cell)
{
	size_t inputs, columns;
	float *values = read_part(finder, layer, part), *keras;
	bool good;

	if (values == NULL)
		return false;
	extents_of(finder, layer, part, &inputs, &columns);
	keras = memory_floats(inputs * columns);
	good = keras != NULL || error_out_of_memory(finder->error);
	if (good)
		torch_layout_to_keras(cell, inputs, columns / cell->gates,
			values, keras);
	free(values);
	return good && add_floats(finder, name, inputs, columns, keras);
}

/*
 * Add the two biases of PyTorch: as the rows of a GRU's, or their sum. A sum
 * with 0 has the bits of the other, also of -0.
 */
static bool
convert_biases(const struct finder *finder, const struct weight_layer *layer,
	const char *name)
{
	const struct cell *cell = finder->weights->cell;
	size_t columns = (size_t)part_of(finder, layer, WEIGHT_BIAS)->count;
	size_t rows = cell->bias_rows;
	float *input = read_part(finder, layer, WEIGHT_BIAS), *keras;
	float *recurrent = input != NULL
		? read_part(finder, layer, WEIGHT_RECURRENT_BIAS)
		: NULL;
	bool good = recurrent != NULL;

	keras = good ? memory_floats((rows > 0 ? rows : 1) * columns) : NULL;
	if (good && keras == NULL)
		good = error_out_of_memory(finder->error);
	for (size_t i = 0; good && rows == 0 && i < columns; i++)
		if (recurrent[i] != 0)
			input[i] += recurrent[i];
	if (good)
		torch_layout_to_keras(cell, 1, columns / cell->gates, input,
			keras);
	if (good && rows > 0)
		torch_layout_to_keras(cell, 1, columns / cell->gates, recurrent,
			keras + columns);
	free(input);
	free(recurrent);
	return good && add_floats(finder, name, rows, columns, keras);
}

/* Add a tensor of Keras under another name. */
static bool
rename_part(const struct finder *finder, const struct weight_layer *layer,
	enum weight_part part, const char *name)
{
	struct safetensors_tensor tensor = *part_of(finder, layer, part);

	return strcmp(tensor.name, name) == 0 ||
		tensor_file_add(finder->file, name, strlen(name), &tensor,
			finder->error);
}

/* Add a part of a layer by its name in Keras. */
static bool
add_part(const struct finder *finder, const struct weight_layer *layer,
	enum weight_part part, const char *keras_layer)
{
	static const char *const names[] = {"kernel", "recurrent_kernel",
		"bias"};
	/* one gate: only transposed */
	const struct cell *cell =
		layer->is_recurrent ? finder->weights->cell : &cell_rnn;
	char name[KERAS_NAME_SIZE];

	snprintf(name, sizeof name, "%s.%s", keras_layer, names[part]);
	if (layer->style == WEIGHT_TORCH && part != WEIGHT_BIAS)
		return convert(finder, layer, part, name, cell);
	if (layer->style == WEIGHT_TORCH && layer->is_recurrent)
		return convert_biases(finder, layer, name);
	return rename_part(finder, layer, part, name);
}

static bool
add_parts(const struct finder *finder)
{
	const struct weights *weights = finder->weights;
	const struct weight_names *names = &finder->names;
	char layer[PARAMETERS_NAME_SIZE];

	for (size_t i = 0; i < weights->layers; i++) {
		if (i == 0)
			snprintf(layer, sizeof layer, "%s",
				weights->cell->layer_name);
		else
			snprintf(layer, sizeof layer, "%s_%zu",
				weights->cell->layer_name, i);
		for (int part = WEIGHT_INPUT; part <= WEIGHT_BIAS; part++)
			if (!add_part(finder, &names->layer[i],
				    (enum weight_part)part, layer))
				return false;
	}
	return add_part(finder, &names->layer[weights->layers], WEIGHT_INPUT,
		       "dense") &&
		add_part(finder, &names->layer[weights->layers], WEIGHT_BIAS,
			"dense");
}

bool
weights_find(struct weights *weights, struct tensor_file *file,
	const struct cell *cell, bool tolerant, struct error *error)
{
	struct finder finder = {.file = file,
		.weights = weights,
		.error = error};
	char kernel[KERAS_NAME_SIZE];

	*weights = (struct weights){0};
	if (!weight_names_group(&finder.names, file, error))
		return false;
	if (finder.names.recurrent == 0) {
		snprintf(kernel, sizeof kernel, "%s.kernel", cell->layer_name);
		return tensor_missing(file->tensor, file->tensors, kernel,
			error);
	}
	if (finder.names.stray != SIZE_MAX && !tolerant)
		return error_set(error,
			"the tensor '%.80s' belongs to no recurrent or dense "
			"layer; this program has no others",
			file->tensor[finder.names.stray].name);
	return check_layers(&finder) && add_parts(&finder);
}
