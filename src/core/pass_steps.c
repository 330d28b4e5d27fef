/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is computed at one step of one layer, forward and backward, and from all
 * steps for the gradients of its weights.
 */
#include "core/pass_stages.h"

#include <string.h>

struct kernel_rows
pass_outputs_of(const struct pass *pass, size_t l, size_t t)
{
	const struct layer_trace *trace = &pass->layer[l];
	struct kernel_rows rows =
		layer_outputs(&pass->model->layer[l], trace, t);

	if (pass->has_dropout) {
		rows.base = layer_values(trace, pass->dropped[l], t, 0);
		rows.block_stride =
			trace->steps * trace->samples * trace->lanes;
	}
	return rows;
}

struct kernel_rows
pass_inputs_of(const struct pass *pass, size_t l, size_t t)
{
	size_t features = pass->model->shape.inputs;
	size_t row = t * pass->layer[0].samples + pass->layer[0].first;

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
	const float *hidden = layer_state(trace, trace->hidden, t + 1, block);
	const float *mask = layer_values(trace, pass->mask[l], t, block);
	float *dropped = layer_values(trace, pass->dropped[l], t, block);

	for (size_t i = 0; i < trace->count * trace->lanes; i++)
		dropped[i] = hidden[i] * mask[i];
}

void
pass_forward_parts(const struct pass *pass, size_t first, size_t last)
{
	size_t l = pass->at_layer, t = pass->at_step;
	const struct layer *layer = &pass->model->layer[l];
	struct kernel_rows input = pass_inputs_of(pass, l, t);

	for (size_t panel = first; panel < last; panel++) {
		size_t block = layer_first_block(layer, panel);

		layer->cell->forward(layer, &pass->layer[l], t, panel, &input);
		for (size_t b = 0; pass->has_dropout &&
			b < layer_panel_blocks(layer, panel);
			b++)
			apply_dropout(pass, l, t, block + b);
	}
}

/* Inputs of a layer that are multiplied: of a token a single one. */
static size_t
inputs_to_read(const struct pass *pass, size_t l)
{
	return l == 0 && pass->tokens != NULL ? 1
					      : pass->model->layer[l].inputs;
}

/* Pre-activations of a panel at a step. */
static uint64_t
count_gates(const struct pass *pass)
{
	return (uint64_t)pass->layer[0].samples *
		pass->model->parameters.lanes *
		pass->model->layer[pass->at_layer].columns;
}

uint64_t
pass_forward_cost(const struct pass *pass)
{
	size_t l = pass->at_layer;

	return count_gates(pass) *
		(inputs_to_read(pass, l) + pass->model->layer[l].units + 16);
}

uint64_t
pass_gate_cost(const struct pass *pass)
{
	return count_gates(pass) * 8;
}

uint64_t
pass_below_cost(const struct pass *pass)
{
	const struct layer *layer = &pass->model->layer[pass->at_layer];
	const struct layer_trace *trace = &pass->layer[pass->at_layer];

	return (uint64_t)trace->samples * trace->lanes * layer->cell->gates *
		layer->units *
		layer_back_blocks(layer, trace->recurrent_copy, layer->blocks,
			0)
			.last;
}

void
pass_gate_parts(const struct pass *pass, size_t first, size_t last)
{
	size_t l = pass->at_layer, t = pass->at_step;
	const struct layer *layer = &pass->model->layer[l];

	if (pass->is_traced)
		pass_keep_parts(pass, first, last);
	for (size_t panel = first; panel < last; panel++)
		layer->cell->backward(layer, &pass->layer[l], t, panel);
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

size_t
pass_count_below_parts(const struct pass *pass)
{
	return parts_before(pass) + parts_below(pass);
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

void
pass_below_parts(const struct pass *pass, size_t first, size_t last)
{
	size_t l = pass->at_layer, before = parts_before(pass);

	for (size_t part = first; part < last; part++)
		if (part < before)
			layer_backward_hidden(&pass->model->layer[l],
				&pass->layer[l], pass->at_step, part);
		else
			below_part(pass, part - before);
}

void
pass_gradient_parts(const struct pass *pass, size_t first, size_t last)
{
	size_t l = pass->at_layer;
	const struct layer *layer = &pass->model->layer[l];
	const struct layer_trace *trace = &pass->layer[l];
	const struct tensor *tensor = &pass->model->parameters.tensor[3 * l];
	struct kernel_rows inputs = pass_inputs_of(pass, l, 0);
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
