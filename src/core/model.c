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

/* Add the kernel, recurrent kernel and bias of a layer, in this order. */
static bool
add_layer(struct parameters *parameters, const struct cell *cell,
	const char *name, size_t inputs, size_t units)
{
	struct tensor kernel = {
		.role = TENSOR_KERNEL,
		.rows = inputs,
		.columns = cell->gates * units,
		.gates = cell->gates,
		.first_gate = cell->first_gate,
	};
	struct tensor recurrent = kernel, bias = kernel;

	recurrent.role = TENSOR_RECURRENT;
	recurrent.rows = units;
	recurrent.first_gate = 0;
	bias.role = TENSOR_BIAS;
	bias.rows = cell->bias_rows;
	bias.first_gate = 0;
	return parameters_add(parameters, name, "kernel", &kernel) &&
		parameters_add(parameters, name, "recurrent_kernel",
			&recurrent) &&
		parameters_add(parameters, name, "bias", &bias);
}

static bool
add_dense(struct parameters *parameters, size_t inputs, size_t outputs)
{
	return parameters_add(parameters, "dense", "kernel",
		       &(struct tensor){.role = TENSOR_DENSE_KERNEL,
			       .rows = inputs,
			       .columns = outputs}) &&
		parameters_add(parameters, "dense", "bias",
			&(struct tensor){.role = TENSOR_DENSE_BIAS,
				.columns = outputs});
}

static bool
lay_out(struct parameters *parameters, const struct model *model)
{
	const struct model_shape *shape = &model->shape;
	char name[PARAMETERS_NAME_SIZE];

	for (size_t l = 0; l < shape->layers; l++)
		if (!add_layer(parameters, shape->cell,
			    model_layer_name(model, l, name),
			    layer_inputs(shape, l), shape->units[l]))
			return false;
	return add_dense(parameters, shape->units[shape->layers - 1],
		       shape->outputs) &&
		parameters_pack(parameters, model->context->kernel->lanes);
}

/* Set the layers' pointers to their weights, three tensors per layer. */
static void
set_views(struct model *model)
{
	const struct model_shape *shape = &model->shape;
	const struct tensor *tensor = model->parameters.tensor;
	size_t lanes = model->parameters.lanes;

	for (size_t l = 0; l < shape->layers; l++, tensor += 3) {
		struct layer *layer = &model->layer[l];

		*layer = layer_make(shape->cell, layer_inputs(shape, l),
			shape->units[l], shape->recurrent_activation,
			model->context->kernel);
		layer->kernel = model->values + tensor[0].packed_offset;
		layer->recurrent_kernel =
			model->values + tensor[1].packed_offset;
		layer->bias = model->values + tensor[2].packed_offset;
	}
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
	if (shape->cell == NULL)
		model->shape.cell = &cell_lstm;
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

/* Uniform in ±√(6 / (rows + columns)) (Glorot and Bengio 2010, eq. 16). */
static void
glorot_uniform(const struct tensor *tensor, float *values,
	struct random *random)
{
	double limit = sqrt(6.0 / (double)(tensor->rows + tensor->columns));

	for (size_t i = 0; i < tensor->size; i++)
		values[i] = (float)((2.0 * random_uniform(random) - 1) * limit);
}

/* Map the progress of one layer to the progress of all layers. */
struct layer_progress {
	const struct progress *whole;
	double before, part; /* fractions of all: earlier layers, this layer */
};

static bool
report_layer(void *context, double done)
{
	const struct layer_progress *layer = context;

	return progress_report(layer->whole,
		layer->before + done * layer->part);
}

/* Relative cost of drawing a tensor; only recurrent kernels are slow. */
static double
cost_of(const struct tensor *tensor)
{
	return tensor->role != TENSOR_RECURRENT ? 0
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
		if (tensor->role == TENSOR_RECURRENT) {
			if (!orthogonal_draw(model->context, values,
				    tensor->rows, tensor->columns, random,
				    &of_layer, error)) {
				free(plain);
				return false;
			}
		} else if (tensor->role == TENSOR_KERNEL ||
			tensor->role == TENSOR_DENSE_KERNEL) {
			glorot_uniform(tensor, values, random);
		}
		layer.before += layer.part;
	}
	for (size_t l = 0; l < model->shape.layers; l++)
		if (model->shape.cell->set_bias != NULL)
			model->shape.cell->set_bias(model->shape.units[l],
				plain + parameters->tensor[3 * l + 2].offset);
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
	const char *first = model->shape.cell->layer_name;

	if (layer == model->shape.layers)
		snprintf(name, PARAMETERS_NAME_SIZE, "dense");
	else if (layer == 0)
		snprintf(name, PARAMETERS_NAME_SIZE, "%s", first);
	else
		snprintf(name, PARAMETERS_NAME_SIZE, "%s_%zu", first, layer);
	return name;
}

const char *
model_layer_type(const struct model *model, size_t layer)
{
	return layer == model->shape.layers ? "Dense" : model->shape.cell->type;
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

size_t
model_token_cost(const struct model *model)
{
	const struct tensor *kernel = &model->parameters.tensor[0];

	return model->parameters.total - (kernel->rows - 1) * kernel->columns;
}
