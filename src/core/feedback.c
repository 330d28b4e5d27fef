/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/feedback.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

bool
feedback_create(struct feedback *feedback, const struct model *model,
	size_t steps, bool carries_state, struct error *error)
{
	size_t features = model->shape.inputs;
	bool good = true;

	*feedback = (struct feedback){.model = model, .steps = steps};
	for (size_t l = 0; l < model->shape.layers; l++) {
		struct layer_trace *trace = &feedback->layer[l];

		trace->steps = steps;
		trace->samples = 1;
		trace->restarts = !carries_state;
		good &= layer_trace_create(trace, &model->layer[l], true);
	}
	feedback->points = memory_floats((steps + 1) * features);
	feedback->gradient = memory_floats((steps + 1) * features);
	feedback->gradients = memory_floats(model->parameters.packed_total);
	if (good && feedback->points != NULL && feedback->gradient != NULL &&
		feedback->gradients != NULL)
		return true;
	feedback_destroy(feedback);
	return error_out_of_memory(error);
}

void
feedback_destroy(struct feedback *feedback)
{
	for (size_t l = 0; l < MODEL_LAYERS_MAX; l++)
		layer_trace_destroy(&feedback->layer[l]);
	free(feedback->points);
	free(feedback->gradient);
	free(feedback->gradients);
	*feedback = (struct feedback){0};
}

/* What layer l reads from step t on. */
static struct kernel_rows
inputs_of(const struct feedback *feedback, size_t l, size_t t)
{
	size_t features = feedback->model->shape.inputs;

	if (l > 0)
		return layer_outputs(&feedback->model->layer[l - 1],
			&feedback->layer[l - 1], t);
	return (struct kernel_rows){
		.base = feedback->points + t * features,
		.row_stride = features,
		.block = features,
		.count = features,
	};
}

static void
generate_point(const struct feedback *feedback, size_t t)
{
	const struct model *model = feedback->model;
	struct kernel_rows input;

	for (size_t l = 0; l < model->shape.layers; l++) {
		input = inputs_of(feedback, l, t);
		for (size_t p = 0; p < model->layer[l].panels; p++)
			model->shape.cell->forward(&model->layer[l],
				&feedback->layer[l], t, p, &input);
	}
	input = inputs_of(feedback, model->shape.layers, t);
	dense_forward(&model->dense, 1, &input,
		feedback->points + (t + 1) * model->shape.inputs);
}

static void
layer_back(const struct feedback *feedback, size_t l, size_t t)
{
	const struct layer *layer = &feedback->model->layer[l];
	const struct layer_trace *trace = &feedback->layer[l];

	for (size_t p = 0; p < layer->panels; p++)
		layer->cell->backward(layer, trace, t, p);
	for (size_t b = 0; t > 0 && !trace->restarts && b < layer->blocks; b++)
		layer_backward_hidden(layer, trace, t, b);
	if (l == 0) {
		layer_backward_points(layer, trace, t,
			feedback->gradient + t * layer->inputs);
		return;
	}
	for (size_t b = 0; b < feedback->model->layer[l - 1].blocks; b++)
		layer_backward_input(layer, trace, t, b,
			&feedback->layer[l - 1]);
}

static void
point_back(const struct feedback *feedback, size_t t)
{
	const struct model *model = feedback->model;
	size_t top = model->shape.layers - 1, lanes = model->parameters.lanes;

	for (size_t block = 0; block < model->dense.blocks; block++)
		dense_backward(&model->dense, 1,
			feedback->gradient + (t + 1) * model->shape.inputs,
			block,
			feedback->layer[top].d_hidden +
				(block * feedback->steps + t) * lanes);
	for (size_t l = model->shape.layers; l-- > 0;)
		layer_back(feedback, l, t);
}

static void
clear(const struct feedback *feedback)
{
	const struct model *model = feedback->model;

	for (size_t l = 0; l < model->shape.layers; l++)
		for (size_t b = 0; b < model->layer[l].blocks; b++)
			for (size_t t = 0; t < feedback->steps; t++)
				layer_clear_block(&feedback->layer[l], t, b);
}

static void
write_gradients(const struct feedback *feedback)
{
	const struct model *model = feedback->model;
	const struct tensor *tensor = model->parameters.tensor;
	const float *d_output = feedback->gradient + model->shape.inputs;
	float *gradients = feedback->gradients;
	struct kernel_rows input;
	size_t parts;

	for (size_t l = 0; l < model->shape.layers; l++, tensor += 3) {
		const struct layer *layer = &model->layer[l];
		const struct layer_trace *trace = &feedback->layer[l];
		struct layer_gradient gradient = {
			.kernel = gradients + tensor[0].packed_offset,
			.recurrent_kernel = gradients + tensor[1].packed_offset,
			.bias = gradients + tensor[2].packed_offset,
		};

		input = inputs_of(feedback, l, 0);
		parts = layer_gradient_parts(layer, trace, &input);
		for (size_t p = 0; p < layer->panels; p++)
			for (size_t part = 0; part < parts; part++)
				layer_gradient(layer, trace, p, part, &input,
					&gradient);
	}
	input = inputs_of(feedback, model->shape.layers, 0);
	for (size_t block = 0; block < model->dense.blocks; block++)
		dense_gradient(&model->dense, feedback->steps, &input, d_output,
			block, gradients + tensor[0].packed_offset);
	dense_bias_gradient(&model->dense, feedback->steps, d_output,
		gradients + tensor[1].packed_offset);
}

double
feedback_run(struct feedback *feedback, const float *start,
	feedback_error *error_of)
{
	double error;

	memcpy(feedback->points, start,
		feedback->model->shape.inputs * sizeof *start);
	for (size_t t = 0; t < feedback->steps; t++)
		generate_point(feedback, t);
	error = error_of(feedback->points, feedback->gradient);
	clear(feedback);
	for (size_t t = feedback->steps; t-- > 0;)
		point_back(feedback, t);
	write_gradients(feedback);
	return error;
}
