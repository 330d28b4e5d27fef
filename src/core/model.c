/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "core/orthogonal.h"

static size_t
layer_inputs(const struct model_shape *shape, size_t layer)
{
	return layer == 0 ? shape->inputs : shape->units[layer - 1];
}

static bool
lay_out(struct parameters *parameters, const struct model *model)
{
	const struct model_shape *shape = &model->shape;
	char name[PARAMETERS_NAME_SIZE];
	size_t top = shape->units[shape->layers - 1];

	for (size_t l = 0; l < shape->layers; l++) {
		size_t units = shape->units[l];

		model_layer_name(model, l, name);
		if (!parameters_add(parameters, name, "kernel",
			    layer_inputs(shape, l), LSTM_GATES * units,
			    TENSOR_GATES) ||
			!parameters_add(parameters, name, "recurrent_kernel",
				units, LSTM_GATES * units, TENSOR_RECURRENT) ||
			!parameters_add(parameters, name, "bias", 0,
				LSTM_GATES * units, TENSOR_GATES))
			return false;
	}
	return parameters_add(parameters, "dense", "kernel", top,
		       shape->outputs, TENSOR_ROWS) &&
		parameters_add(parameters, "dense", "bias", 0, shape->outputs,
			TENSOR_VECTOR) &&
		parameters_pack(parameters, model->context->kernel->lanes);
}

/* Tensors stand three to a layer, in the order they were laid out. */
static void
set_views(struct model *model)
{
	const struct model_shape *shape = &model->shape;
	const struct tensor *tensor = model->parameters.tensor;
	size_t lanes = model->parameters.lanes;

	for (size_t l = 0; l < shape->layers; l++, tensor += 3)
		model->lstm[l] = (struct lstm){
			.inputs = layer_inputs(shape, l),
			.units = shape->units[l],
			.panels = (shape->units[l] + lanes - 1) / lanes,
			.recurrent_activation = shape->recurrent_activation,
			.ops = model->context->kernel,
			.kernel = model->values + tensor[0].packed_offset,
			.recurrent_kernel =
				model->values + tensor[1].packed_offset,
			.bias = model->values + tensor[2].packed_offset,
		};
	model->dense = (struct dense){
		.inputs = shape->units[shape->layers - 1],
		.outputs = shape->outputs,
		.blocks = (shape->units[shape->layers - 1] + lanes - 1) / lanes,
		.ops = model->context->kernel,
		.kernel = model->values + tensor[0].packed_offset,
		.bias = model->values + tensor[1].packed_offset,
	};
}

bool
model_lay_out(struct model *model, const struct context *context,
	const struct model_shape *shape, struct error *error)
{
	*model = (struct model){.context = context, .shape = *shape};
	return lay_out(&model->parameters, model) ||
		error_set(error, "the model is too large for memory");
}

bool
model_create(struct model *model, const struct context *context,
	const struct model_shape *shape, struct error *error)
{
	if (!model_lay_out(model, context, shape, error))
		return false;
	model->values = memory_floats(model->parameters.packed_total);
	if (model->values == NULL)
		return error_out_of_memory(error);
	set_views(model);
	return true;
}

void
model_destroy(struct model *model)
{
	free(model->values);
	*model = (struct model){0};
}

/* Glorot and Bengio 2010, eq. 16: uniform in ±√(6 / (rows + columns)). */
static void
glorot_uniform(const struct tensor *tensor, float *values,
	struct random *random)
{
	double limit = sqrt(6.0 / (double)(tensor->rows + tensor->columns));

	for (size_t i = 0; i < tensor->size; i++)
		values[i] = (float)((2.0 * random_uniform(random) - 1) * limit);
}

/* The progress of one layer as a part of that of all. */
struct layer_progress {
	const struct progress *whole;
	double before, part; /* of the whole: done earlier; the layer's own */
};

static bool
report_layer(void *context, double done)
{
	const struct layer_progress *layer = context;

	return progress_report(layer->whole,
		layer->before + done * layer->part);
}

/* What drawing a recurrent kernel costs, beside others of the model. */
static double
cost_of(const struct tensor *tensor)
{
	return tensor->packing != TENSOR_RECURRENT ? 0
						   : (double)tensor->rows *
			(double)tensor->rows * (double)tensor->columns;
}

bool
model_initialize(struct model *model, struct random *random,
	const struct progress *progress, struct error *error)
{
	const struct parameters *parameters = &model->parameters;
	struct layer_progress layer = {.whole = progress};
	const struct progress of_layer = {report_layer, &layer};
	float *plain = memory_floats(parameters->total);
	double cost = 0;

	if (plain == NULL)
		return error_out_of_memory(error);
	for (size_t i = 0; i < parameters->tensors; i++)
		cost += cost_of(&parameters->tensor[i]);
	for (size_t i = 0; i < parameters->tensors; i++) {
		const struct tensor *tensor = &parameters->tensor[i];
		float *values = plain + tensor->offset;

		layer.part = cost_of(tensor) / cost;

		/* biases stay 0 */
		if (tensor->packing == TENSOR_RECURRENT) {
			if (!orthogonal_draw(model->context, values,
				    tensor->rows, tensor->columns, random,
				    &of_layer, error)) {
				free(plain);
				return false;
			}
		} else if (tensor->rows > 0) {
			glorot_uniform(tensor, values, random);
		}
		layer.before += layer.part;
	}
	for (size_t l = 0; l < model->shape.layers; l++) {
		size_t units = model->shape.units[l];
		float *bias = plain + parameters->tensor[3 * l + 2].offset;

		/* Jozefowicz et al. 2015: a forget gate that starts open */
		for (size_t u = 0; u < units; u++)
			bias[LSTM_FORGET_GATE * units + u] = 1;
	}
	model_set_values(model, plain);
	free(plain);
	return true;
}

void
model_get_values(const struct model *model, float *plain)
{
	parameters_gather(&model->parameters, model->values, plain);
}

void
model_set_values(struct model *model, const float *plain)
{
	parameters_scatter(&model->parameters, plain, model->values);
}

size_t
model_layers(const struct model *model)
{
	return model->shape.layers + 1;
}

const char *
model_layer_name(const struct model *model, size_t layer,
	char name[PARAMETERS_NAME_SIZE])
{
	if (layer == model->shape.layers)
		snprintf(name, PARAMETERS_NAME_SIZE, "dense");
	else if (layer == 0)
		snprintf(name, PARAMETERS_NAME_SIZE, "lstm");
	else
		snprintf(name, PARAMETERS_NAME_SIZE, "lstm_%zu", layer);
	return name;
}

const char *
model_layer_type(const struct model *model, size_t layer)
{
	return layer == model->shape.layers ? "Dense" : "LSTM";
}

size_t
model_layer_outputs(const struct model *model, size_t layer)
{
	return layer == model->shape.layers ? model->shape.outputs
					    : model->shape.units[layer];
}

size_t
model_layer_parameters(const struct model *model, size_t layer)
{
	const struct tensor *tensor = &model->parameters.tensor[3 * layer];
	size_t sum = tensor[0].size + tensor[1].size;

	return layer == model->shape.layers ? sum : sum + tensor[2].size;
}
