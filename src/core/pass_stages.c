/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/pass_stages.h"

#include <assert.h>
#include <string.h>

#include "core/direct.h"
#include "core/transposed.h"

/* Max cost of one call, in multiply-adds: about a millisecond. */
#define CALL_COST_MAX UINT64_C(40000000)

/* Min cost that is worth waking other threads. */
#define SHARED_COST_MIN UINT64_C(400000)

struct kernel_rows
pass_outputs_of(const struct pass *pass, size_t l, size_t t)
{
	const struct layer_trace *trace = &pass->layer[l];
	struct kernel_rows rows =
		layer_outputs(&pass->model->layer[l], trace, t);
	size_t row = trace->samples * pass->model->parameters.lanes;

	if (pass->has_dropout) {
		rows.base = pass->dropped[l] + t * row;
		rows.block_stride = trace->steps * row;
	}
	return rows;
}

/* Inputs of layer l from step t on. */
static struct kernel_rows
inputs_of(const struct pass *pass, size_t l, size_t t)
{
	size_t features = pass->model->shape.inputs;
	size_t row = t * pass->layer[0].samples;

	if (l > 0)
		return pass_outputs_of(pass, l - 1, t);
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

/* Apply dropout to the outputs of a block at step t. */
static void
apply_dropout(const struct pass *pass, size_t l, size_t t, size_t block)
{
	const struct layer_trace *trace = &pass->layer[l];
	size_t row = trace->samples * pass->model->parameters.lanes;
	size_t at = (block * trace->steps + t) * row;
	const float *hidden = layer_state(trace, trace->hidden, t + 1, block);

	for (size_t i = 0; i < row; i++)
		pass->dropped[l][at + i] = hidden[i] * pass->mask[l][at + i];
}

static void
forward_parts(const struct pass *pass, size_t l, size_t t, size_t first,
	size_t last)
{
	const struct layer *layer = &pass->model->layer[l];
	struct kernel_rows input = inputs_of(pass, l, t);

	for (size_t panel = first; panel < last; panel++) {
		size_t block = layer_first_block(layer, panel);

		layer->cell->forward(layer, &pass->layer[l], t, panel, &input);
		for (size_t b = 0; pass->has_dropout &&
			b < layer_panel_blocks(layer, panel);
			b++)
			apply_dropout(pass, l, t, block + b);
	}
}

/* Parts of the product back to the previous step, from this step. */
static size_t
parts_before(const struct pass *pass)
{
	const struct layer *layer = &pass->model->layer[pass->at_layer];
	const struct layer_trace *trace = &pass->layer[pass->at_layer];

	return pass->at_step > 0 &&
			!layer_starts_from_zero(trace, pass->at_step)
		? layer_back_parts(layer, trace->recurrent_copy, layer->blocks)
		: 0;
}

/* The same back to the layer below. */
static size_t
parts_below(const struct pass *pass)
{
	const struct layer *layer = &pass->model->layer[pass->at_layer];
	const struct layer_trace *trace = &pass->layer[pass->at_layer];

	return pass->at_layer > 0 ? layer_back_parts(layer, trace->kernel_copy,
					    layer->input_blocks)
				  : 0;
}

/* Add to the gradients of one part of the layer below. */
static void
below_part(const struct pass *pass, size_t part)
{
	size_t l = pass->at_layer, t = pass->at_step;
	const struct layer *layer = &pass->model->layer[l];
	struct block_range blocks = layer_back_blocks(layer,
		pass->layer[l].kernel_copy, layer->input_blocks, part);

	/* d_hidden[t] of the layer below gets its first gradient here */
	for (size_t b = blocks.first; b < blocks.last && !pass_generates(pass);
		b++)
		layer_clear_block(&pass->layer[l - 1], t, b);
	layer_backward_input(layer, &pass->layer[l], t, part,
		&pass->layer[l - 1]);
	for (size_t b = blocks.first; b < blocks.last && pass->has_dropout; b++)
		pass_dropout_back(pass, l - 1, b, t, t + 1);
}

/*
 * Add to the gradients of the previous step, then to those of the layer below.
 */
static void
below_parts(const struct pass *pass, size_t first, size_t last)
{
	size_t l = pass->at_layer, before = parts_before(pass);

	for (size_t part = first; part < last; part++)
		if (part < before)
			layer_backward_hidden(&pass->model->layer[l],
				&pass->layer[l], pass->at_step, part);
		else
			below_part(pass, part - before);
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
	size_t panel = first / parts, part = first % parts;

	for (size_t n = first; n < last; n++) {
		layer_gradient(layer, trace, panel, part, &inputs, &gradient);
		if (++part == parts) {
			part = 0;
			panel++;
		}
	}
}

/* Do parts [first, last) of the current stage. */
static void
do_parts(void *argument, size_t first, size_t last)
{
	struct pass *pass = argument;
	size_t l = pass->at_layer, t = pass->at_step;
	const struct layer *layer = &pass->model->layer[l];

	switch (pass->stage) {
	case PASS_COPY:
		transposed_make(pass, first, last);
		break;
	case PASS_FORWARD:
		forward_parts(pass, l, t, first, last);
		break;
	case PASS_OUTPUT:
		for (size_t part = first; part < last; part++)
			pass_output_step(pass,
				pass->batch->first_target + part);
		break;
	case PASS_DENSE:
		pass_dense_parts(pass, first, last);
		break;
	case PASS_GATES:
		if (pass->is_traced)
			pass_keep_parts(pass, first, last);
		for (size_t panel = first; panel < last; panel++)
			layer->cell->backward(layer, &pass->layer[l], t, panel);
		break;
	case PASS_BELOW:
		below_parts(pass, first, last);
		break;
	case PASS_GRADIENT:
		gradient_parts(pass, first, last);
		break;
	default:
		pass_generate_part(pass);
		break;
	}
}

/* Inputs of a layer that are multiplied: of a token a single one. */
static size_t
inputs_to_read(const struct pass *pass, size_t l)
{
	return l == 0 && pass->tokens != NULL ? 1
					      : pass->model->layer[l].inputs;
}

/* Number of parts of the current stage, and cost of one part. */
static size_t
count_parts(const struct pass *pass, uint64_t *cost)
{
	size_t l = pass->at_layer;
	const struct layer *layer = &pass->model->layer[l];
	const struct layer_trace *trace = &pass->layer[l];
	const struct dense *dense = &pass->model->dense;
	uint64_t samples = trace->samples;
	uint64_t lanes = pass->model->parameters.lanes;
	uint64_t step = samples * lanes; /* floats in a block */
	uint64_t gates = step * layer->columns;
	struct kernel_rows rows;

	switch (pass->stage) {
	case PASS_COPY:
		return transposed_count_parts(pass, cost);
	case PASS_FORWARD:
		*cost = gates * (inputs_to_read(pass, l) + layer->units + 16);
		return layer->panels;
	case PASS_OUTPUT:
		*cost = samples * dense->outputs * (dense->inputs + 16);
		return trace->steps - pass->batch->first_target;
	case PASS_DENSE:
		return pass_count_dense_parts(pass, cost);
	case PASS_GATES:
		*cost = gates * 8;
		return layer->panels;
	case PASS_BELOW:
		*cost = step * layer->cell->gates * layer->units *
			layer_back_blocks(layer, trace->recurrent_copy,
				layer->blocks, 0)
				.last;
		return parts_before(pass) + parts_below(pass);
	case PASS_GRADIENT:
		rows = inputs_of(pass, l, 0);
		*cost = trace->steps * gates *
			(layer->inputs < lanes ? layer->inputs : lanes);
		return layer->panels *
			layer_gradient_parts(layer, trace, &rows);
	case PASS_DONE:
		*cost = 0;
		return 0;
	default:
		return pass_count_generate_parts(pass, cost);
	}
}

/* After the first step of a layer, go on to the layer below or end. */
static void
next_layer_back(struct pass *pass)
{
	pass->at_step = pass->layer[0].steps - 1;
	pass->stage = pass->at_layer > 0 ? PASS_GATES : PASS_DONE;
	pass->at_layer -= pass->at_layer > 0;
}

static void
next_stage(struct pass *pass)
{
	size_t steps = pass->layer[0].steps;

	switch (pass->stage) {
	case PASS_COPY:
		pass->stage =
			pass->d_inputs != NULL ? PASS_DENSE : PASS_FORWARD;
		break;
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
		/* the first step of the first layer passes on no gradient */
		if (pass->at_step > 0 || pass->at_layer > 0) {
			pass->stage = PASS_BELOW;
			break;
		}
		pass->stage = PASS_GRADIENT;
		break;
	case PASS_BELOW:
		pass->stage = pass->at_step > 0 ? PASS_GATES : PASS_GRADIENT;
		pass->at_step -= pass->at_step > 0;
		break;
	case PASS_GRADIENT:
		next_layer_back(pass);
		break;
	default:
		break;
	}
}

/* The same on the way to the inputs, which has no gradients of weights. */
static void
next_stage_to_inputs(struct pass *pass)
{
	switch (pass->stage) {
	case PASS_GATES:
		pass->stage = PASS_BELOW;
		break;
	case PASS_BELOW:
		if (pass->at_layer == 0)
			pass->stage = PASS_INPUT;
		else if (pass->at_step > 0)
			next_stage(pass);
		else
			next_layer_back(pass);
		break;
	case PASS_INPUT:
		pass->stage = pass->at_step > 0 ? PASS_GATES : PASS_DONE;
		pass->at_step -= pass->at_step > 0;
		break;
	default:
		next_stage(pass);
		break;
	}
}

uint64_t
pass_advance(struct pass *pass)
{
	struct thread_pool *threads = pass->model->context->threads;
	uint64_t cost;
	size_t parts, first = pass->at_part, count;

	if (pass->stage == PASS_DIRECT)
		return direct_run(pass);
	parts = count_parts(pass, &cost);
	count = parts - first;
	if (count > 1 && count * cost > CALL_COST_MAX) {
		size_t max = (size_t)(CALL_COST_MAX / (cost + 1)) +
			thread_pool_size(threads);

		if (count > max)
			count = max;
	}
	if (count > 1 && count * cost >= SHARED_COST_MIN)
		thread_pool_run(threads, do_parts, pass, first, first + count);
	else if (count > 0)
		do_parts(pass, first, first + count);
	pass->at_part += count;
	if (pass->at_part < parts)
		return count * cost + 1;
	pass->at_part = 0;
	if (pass_generates(pass))
		pass_next_generating(pass);
	else if (pass->d_inputs != NULL)
		next_stage_to_inputs(pass);
	else
		next_stage(pass);
	return count * cost + 1;
}

/* A step of a layer of a prediction. */
struct forward {
	const struct pass *pass;
	size_t layer, step;
};

static void
do_forward(void *argument, size_t first, size_t last)
{
	const struct forward *forward = argument;

	forward_parts(forward->pass, forward->layer, forward->step, first,
		last);
}

/* Compute all panels of a step, with all threads if the step is large. */
static void
forward_step(const struct pass *pass, size_t l, size_t t)
{
	const struct layer *layer = &pass->model->layer[l];
	struct forward forward = {pass, l, t};
	uint64_t gates = pass->layer[l].samples * layer->panels *
		layer->columns * pass->model->parameters.lanes;
	uint64_t cost = gates * (inputs_to_read(pass, l) + layer->units);

	if (layer->panels > 1 && cost >= SHARED_COST_MIN)
		thread_pool_run(pass->model->context->threads, do_forward,
			&forward, 0, layer->panels);
	else
		do_forward(&forward, 0, layer->panels);
}

static const float *
predict(struct pass *pass, size_t steps, size_t samples)
{
	const struct model *model = pass->model;
	const float *last = pass->predictions;
	bool has_dropout = pass->has_dropout;

	assert(steps <= pass->steps_max && samples <= pass->samples_max);
	pass->has_dropout = false;
	pass->is_traced = false;
	pass->is_trained = false;
	pass_set_sizes(pass, steps, samples);
	transposed_predict(pass);
	for (size_t l = 0; l < model->shape.layers; l++)
		for (size_t t = 0; t < steps; t++)
			forward_step(pass, l, t);
	for (size_t t = 0; t < steps; t++)
		last = pass_predict_step(pass, t);
	pass->has_dropout = has_dropout;
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
