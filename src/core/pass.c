/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/pass.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Multiply-adds: what is done in one go at most, about a millisecond. */
#define GO_MAX UINT64_C(40000000)

/* And at least, for the help of other threads to be worth their waking. */
#define SHARED_MIN UINT64_C(400000)

static bool
create_arrays(struct pass *pass, bool trains)
{
	const struct model *model = pass->model;
	size_t all;

	for (size_t l = 0; l < model->shape.layers; l++) {
		pass->layer[l].steps = pass->steps_max;
		pass->layer[l].samples = pass->samples_max;
		if (!layer_trace_create(&pass->layer[l], &model->layer[l],
			    trains))
			return false;
	}
	if (!memory_product(pass->samples_max, model->shape.outputs, &all) ||
		!memory_product(all, pass->steps_max, &all))
		return false;
	pass->predictions = memory_floats(all);
	if (pass->predictions == NULL || !trains)
		return pass->predictions != NULL;
	pass->gradients = memory_floats(model->parameters.packed_total);
	pass->d_predictions = memory_floats(all);
	pass->step_loss = memory_new(pass->steps_max, sizeof(double));
	if (pass->step_loss == NULL)
		return false;
	return pass->gradients != NULL && pass->d_predictions != NULL;
}

bool
pass_create(struct pass *pass, const struct model *model, size_t steps,
	size_t samples, bool trains, struct error *error)
{
	*pass = (struct pass){
		.model = model,
		.steps_max = steps,
		.samples_max = samples,
		.is_recurrent_zero = true,
		.stage = PASS_DONE,
	};
	if (create_arrays(pass, trains))
		return true;
	pass_destroy(pass);
	return error_out_of_memory(error);
}

void
pass_destroy(struct pass *pass)
{
	for (size_t l = 0; l < MODEL_LAYERS_MAX; l++)
		layer_trace_destroy(&pass->layer[l]);
	for (size_t l = 0; l < MODEL_LAYERS_MAX; l++) {
		free(pass->dropped[l]);
		free(pass->mask[l]);
	}
	free(pass->predictions);
	free(pass->d_predictions);
	free(pass->step_loss);
	free(pass->gradients);
	*pass = (struct pass){.stage = PASS_DONE};
}

/* Set the sizes of a pass in every layer. */
static void
set_sizes(struct pass *pass, size_t steps, size_t samples)
{
	for (size_t l = 0; l < pass->model->shape.layers; l++) {
		pass->layer[l].steps = steps;
		pass->layer[l].samples = samples;
		pass->layer[l].from_state = pass->carries_state;
	}
}

/* What layer l passes on from step t on: its outputs, some dropped. */
static struct kernel_rows
outputs_of(const struct pass *pass, size_t l, size_t t)
{
	const struct layer_trace *trace = &pass->layer[l];
	struct kernel_rows rows =
		layer_outputs(&pass->model->layer[l], trace, t);
	size_t row = trace->samples * pass->model->parameters.lanes;

	if (pass->drops) {
		rows.base = pass->dropped[l] + t * row;
		rows.block_stride = trace->steps * row;
	}
	return rows;
}

/* What layer l reads from step t on, as rows. */
static struct kernel_rows
inputs_of(const struct pass *pass, size_t l, size_t t)
{
	size_t features = pass->model->shape.inputs;
	size_t row = t * pass->layer[0].samples;

	if (l > 0)
		return outputs_of(pass, l - 1, t);
	if (pass->tokens != NULL)
		return (struct kernel_rows){
			.token = pass->tokens + row,
			.count = features,
		};
	return (struct kernel_rows){
		.base = pass->inputs + row * features,
		.row_stride = features,
		.block = features,
		.count = features,
	};
}

/* What the dense layer reads from step t on. */
static struct kernel_rows
top_outputs(const struct pass *pass, size_t t)
{
	return outputs_of(pass, pass->model->shape.layers - 1, t);
}

/* The outputs of a block at step t, some of them dropped. */
static void
drop(const struct pass *pass, size_t l, size_t t, size_t block)
{
	const struct layer_trace *trace = &pass->layer[l];
	size_t row = trace->samples * pass->model->parameters.lanes;
	size_t at = (block * trace->steps + t) * row;
	const float *hidden = layer_state(trace, trace->hidden, t + 1, block);

	for (size_t i = 0; i < row; i++)
		pass->dropped[l][at + i] = hidden[i] * pass->mask[l][at + i];
}

static void
forward_parts(struct pass *pass, size_t l, size_t t, size_t first, size_t last)
{
	const struct layer *layer = &pass->model->layer[l];
	struct kernel_rows input = inputs_of(pass, l, t);

	for (size_t panel = first; panel < last; panel++) {
		size_t block = layer_first_block(layer, panel);

		layer->cell->forward(layer, &pass->layer[l], t, panel, &input);
		for (size_t b = 0;
			pass->drops && b < layer_panel_blocks(layer, panel);
			b++)
			drop(pass, l, t, block + b);
	}
}

static float *
predict_step(struct pass *pass, size_t t)
{
	size_t samples = pass->layer[0].samples;
	float *predictions =
		pass->predictions + t * samples * pass->model->shape.outputs;
	struct kernel_rows top = top_outputs(pass, t);

	dense_forward(&pass->model->dense, samples, &top, predictions);
	return predictions;
}

/* Predictions at step t, their loss and its gradient. */
static void
output_step(struct pass *pass, size_t t)
{
	const struct batch *batch = pass->batch;
	size_t samples = batch->samples;
	float scale =
		(float)(1 / loss_divisor(&pass->config, batch->predicted));
	const float *predictions = predict_step(pass, t);
	const float *mask = batch->mask ? batch->mask + t * samples : NULL;
	float *d_predictions =
		pass->d_predictions + t * samples * pass->model->shape.outputs;

	if (pass->config.loss->is_of_tokens)
		pass->step_loss[t] =
			loss_sum_tokens(pass->model->context->kernel,
				&pass->config, samples, predictions,
				batch->target_tokens + t * samples, mask, scale,
				d_predictions);
	else
		pass->step_loss[t] =
			loss_sum(&pass->config, samples, predictions,
				batch->targets + t * samples * batch->features,
				mask, scale, d_predictions);
}

/* Only what was passed on has a gradient: steps [from, to) of a block. */
static void
drop_back(const struct pass *pass, size_t l, size_t block, size_t from,
	size_t to)
{
	const struct layer_trace *trace = &pass->layer[l];
	size_t row = trace->samples * pass->model->parameters.lanes;
	size_t first = (block * trace->steps + from) * row;
	size_t last = (block * trace->steps + to) * row;

	for (size_t i = first; i < last; i++)
		trace->d_hidden[i] *= pass->mask[l][i];
}

static void
dense_parts(const struct pass *pass, size_t first, size_t last)
{
	const struct model *model = pass->model;
	const struct batch *batch = pass->batch;
	size_t top = model->shape.layers - 1, start = batch->first_target;
	size_t row = batch->samples * model->parameters.lanes;
	const struct tensor *kernel = &model->parameters.tensor[3 * top + 3];
	struct kernel_rows input = top_outputs(pass, start);
	size_t rows = (batch->steps - start) * batch->samples;
	const float *d_output = pass->d_predictions +
		start * batch->samples * model->dense.outputs;

	if (first == 0)
		dense_bias_gradient(&model->dense, rows, d_output,
			pass->gradients + kernel[1].packed_offset);
	for (size_t block = first; block < last; block++) {
		float *d_hidden =
			pass->layer[top].d_hidden + block * batch->steps * row;

		memset(d_hidden, 0, batch->steps * row * sizeof *d_hidden);
		dense_backward(&model->dense, rows, d_output, block,
			d_hidden + start * row);
		if (pass->drops)
			drop_back(pass, top, block, 0, batch->steps);
		dense_gradient(&model->dense, rows, &input, d_output, block,
			pass->gradients + kernel[0].packed_offset);
	}
}

/* Blocks of the step before come first, then those of the layer below. */
static void
below_parts(const struct pass *pass, size_t first, size_t last)
{
	size_t l = pass->at_layer, t = pass->at_step;
	const struct layer *layer = &pass->model->layer[l];
	const struct layer_trace *trace = &pass->layer[l];
	size_t before = t > 0 ? layer->blocks : 0;

	for (size_t part = first; part < last; part++) {
		if (part < before) {
			layer_backward_hidden(layer, trace, t, part);
			continue;
		}
		/* the layer below gets to its own steps only after this */
		layer_clear_block(&pass->layer[l - 1], t, part - before);
		layer_backward_input(layer, trace, t, part - before,
			&pass->layer[l - 1]);
		if (pass->drops)
			drop_back(pass, l - 1, part - before, t, t + 1);
	}
}

static void
gradient_parts(const struct pass *pass, size_t first, size_t last)
{
	size_t l = pass->at_layer;
	const struct layer *layer = &pass->model->layer[l];
	const struct layer_trace *trace = &pass->layer[l];
	const struct tensor *tensor = &pass->model->parameters.tensor[3 * l];
	struct kernel_rows inputs = inputs_of(pass, l, 0);
	size_t parts = layer_gradient_parts(layer, trace, &inputs);
	struct layer_gradient gradient = {
		.kernel = pass->gradients + tensor[0].packed_offset,
		.recurrent_kernel = pass->gradients + tensor[1].packed_offset,
		.bias = pass->gradients + tensor[2].packed_offset,
	};

	for (size_t part = first; part < last; part++)
		layer_gradient(layer, trace, part / parts, part % parts,
			&inputs, &gradient);
}

/* Do parts of the present stage. */
static void
do_parts(void *argument, size_t first, size_t last)
{
	struct pass *pass = argument;
	size_t l = pass->at_layer, t = pass->at_step;
	const struct layer *layer = &pass->model->layer[l];

	switch (pass->stage) {
	case PASS_FORWARD:
		forward_parts(pass, l, t, first, last);
		break;
	case PASS_OUTPUT:
		for (size_t part = first; part < last; part++)
			output_step(pass, pass->batch->first_target + part);
		break;
	case PASS_DENSE:
		dense_parts(pass, first, last);
		break;
	case PASS_GATES:
		for (size_t panel = first; panel < last; panel++)
			layer->cell->backward(layer, &pass->layer[l], t, panel);
		break;
	case PASS_BELOW:
		below_parts(pass, first, last);
		break;
	case PASS_GRADIENT:
		gradient_parts(pass, first, last);
		break;
	case PASS_DONE:
		break;
	}
}

/* How many parts the present stage has, and the cost of each. */
static size_t
count_parts(const struct pass *pass, uint64_t *cost)
{
	size_t l = pass->at_layer;
	const struct layer *layer = &pass->model->layer[l];
	const struct layer_trace *trace = &pass->layer[l];
	const struct dense *dense = &pass->model->dense;
	uint64_t samples = trace->samples;
	uint64_t lanes = pass->model->parameters.lanes;
	uint64_t step = samples * lanes; /* a block's numbers */
	uint64_t gates = step * layer->columns;
	struct kernel_rows rows;

	switch (pass->stage) {
	case PASS_FORWARD:
		*cost = gates * (layer->inputs + layer->units + 16);
		return layer->panels;
	case PASS_OUTPUT:
		*cost = samples * dense->outputs * (dense->inputs + 16);
		return trace->steps - pass->batch->first_target;
	case PASS_DENSE:
		*cost = 2 * trace->steps * step * dense->outputs;
		return dense->blocks;
	case PASS_GATES:
		*cost = gates * 8;
		return layer->panels;
	case PASS_BELOW:
		*cost = step * layer->cell->gates * layer->units;
		return (pass->at_step > 0 ? layer->blocks : 0) +
			(l > 0 ? pass->model->layer[l - 1].blocks : 0);
	case PASS_GRADIENT:
		rows = inputs_of(pass, l, 0);
		*cost = trace->steps * gates *
			(layer->inputs < lanes ? layer->inputs : lanes);
		return layer->panels *
			layer_gradient_parts(layer, trace, &rows);
	case PASS_DONE:
		break;
	}
	*cost = 0;
	return 0;
}

/* A layer is back at its first step: the next one, or the end. */
static void
next_layer_back(struct pass *pass)
{
	pass->at_step = pass->batch->steps - 1;
	pass->stage = pass->at_layer > 0 ? PASS_GATES : PASS_DONE;
	pass->at_layer -= pass->at_layer > 0;
}

static void
next_stage(struct pass *pass)
{
	size_t steps = pass->batch->steps;

	pass->at_part = 0;
	switch (pass->stage) {
	case PASS_FORWARD:
		if (++pass->at_step < steps)
			break;
		pass->at_step = 0;
		if (++pass->at_layer < pass->model->shape.layers)
			break;
		pass->at_layer--;
		pass->stage = PASS_OUTPUT;
		break;
	case PASS_OUTPUT:
		pass->stage = PASS_DENSE;
		break;
	case PASS_DENSE:
		pass->at_step = steps - 1;
		pass->stage = PASS_GATES;
		break;
	case PASS_GATES:
		pass->stage = PASS_BELOW;
		break;
	case PASS_BELOW:
		pass->stage = pass->at_step > 0 ? PASS_GATES : PASS_GRADIENT;
		pass->at_step -= pass->at_step > 0;
		break;
	case PASS_GRADIENT:
		next_layer_back(pass);
		break;
	case PASS_DONE:
		break;
	}
}

void
pass_begin(struct pass *pass, const struct batch *batch,
	const struct loss_config *config)
{
	const struct parameters *parameters = &pass->model->parameters;

	pass->batch = batch;
	pass->inputs = batch->inputs;
	pass->tokens = batch->input_tokens;
	pass->config = *config;
	pass->stage = PASS_FORWARD;
	pass->at_layer = 0;
	pass->at_step = 0;
	pass->at_part = 0;
	set_sizes(pass, batch->steps, batch->samples);
	/* the other gradients are all written; these only where there are */
	if (!layer_is_stateless(&pass->layer[0])) {
		pass->is_recurrent_zero = false;
	} else if (!pass->is_recurrent_zero) {
		memset(pass->gradients + parameters->packed_live, 0,
			(parameters->packed_total - parameters->packed_live) *
				sizeof *pass->gradients);
		pass->is_recurrent_zero = true;
	}
}

uint64_t
pass_advance(struct pass *pass)
{
	struct thread_pool *threads = pass->model->context->threads;
	uint64_t cost;
	size_t parts = count_parts(pass, &cost);
	size_t first = pass->at_part, count = parts - first;

	if (count > 1 && count * cost > GO_MAX) {
		size_t max = (size_t)(GO_MAX / (cost + 1)) +
			thread_pool_size(threads);

		if (count > max)
			count = max;
	}
	if (count > 1 && count * cost >= SHARED_MIN)
		thread_pool_run(threads, do_parts, pass, first, first + count);
	else if (count > 0)
		do_parts(pass, first, first + count);
	pass->at_part += count;
	if (pass->at_part == parts)
		next_stage(pass);
	return count * cost + 1;
}

void
pass_abandon(struct pass *pass)
{
	pass->stage = PASS_DONE;
}

bool
pass_is_done(const struct pass *pass)
{
	return pass->stage == PASS_DONE;
}

double
pass_loss(const struct pass *pass)
{
	double sum = 0;

	for (size_t t = pass->batch->first_target; t < pass->batch->steps; t++)
		sum += pass->step_loss[t];
	return sum / loss_divisor(&pass->config, pass->batch->predicted);
}

size_t
pass_live_gradients(const struct pass *pass)
{
	const struct parameters *parameters = &pass->model->parameters;

	return pass->is_recurrent_zero ? parameters->packed_live
				       : parameters->packed_total;
}

static const float *
predict(struct pass *pass, size_t steps, size_t samples)
{
	const struct model *model = pass->model;
	const float *last = pass->predictions;
	bool drops = pass->drops;

	pass->drops = false;
	set_sizes(pass, steps, samples);
	for (size_t l = 0; l < model->shape.layers; l++)
		for (size_t t = 0; t < steps; t++)
			forward_parts(pass, l, t, 0, model->layer[l].panels);
	for (size_t t = 0; t < steps; t++)
		last = predict_step(pass, t);
	pass->drops = drops;
	return last;
}

const float *
pass_predict(struct pass *pass, size_t steps, size_t samples,
	const float *inputs)
{
	pass->inputs = inputs;
	pass->tokens = NULL;
	return predict(pass, steps, samples);
}

const float *
pass_predict_tokens(struct pass *pass, size_t steps, size_t samples,
	const uint32_t *tokens)
{
	pass->inputs = NULL;
	pass->tokens = tokens;
	return predict(pass, steps, samples);
}
