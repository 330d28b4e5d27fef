/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stages of a pass in the dense layer. */
#include "core/pass_stages.h"

#include <string.h>

/* Max cost of a part, in multiply-adds. */
#define PART_COST_MAX UINT64_C(2000000)

/* Min parts for each of several threads, so that they end at the same time. */
enum { PARTS_EACH = 4 };

/* Outputs whose gradients are computed together; see gradient_columns. */
enum { OUTPUTS = 12 };

/* Inputs of the dense layer from step t on. */
static struct kernel_rows
top_outputs(const struct pass *pass, size_t t)
{
	return pass_outputs_of(pass, pass->model->shape.layers - 1, t);
}

float *
pass_predict_step(const struct pass *pass, size_t t)
{
	size_t samples = pass->layer[0].samples;
	float *predictions =
		pass->predictions + t * samples * pass->model->shape.outputs;
	struct kernel_rows top = top_outputs(pass, t);

	dense_forward(&pass->model->dense, samples, &top,
		pass->uses_copies ? pass->dense_copy : NULL, predictions);
	return predictions;
}

uint64_t
pass_output_cost(const struct pass *pass)
{
	const struct dense *dense = &pass->model->dense;

	return (uint64_t)pass->layer[0].samples * dense->outputs *
		(dense->inputs + 16);
}

void
pass_output_step(struct pass *pass, size_t t)
{
	const struct batch *batch = pass->batch;
	size_t samples = batch->samples;
	float scale =
		(float)(1 / loss_divisor(&pass->config, batch->predicted));
	const float *predictions = pass_predict_step(pass, t);
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

void
pass_dense_back(const struct pass *pass, size_t from, size_t to)
{
	const struct dense *dense = &pass->model->dense;
	const struct layer_trace *trace =
		&pass->layer[pass->model->shape.layers - 1];
	size_t before = from * trace->samples * dense->outputs;

	dense_backward(dense, (to - from) * trace->samples,
		pass->d_predictions + before, layer_d_hidden(trace, from, 0),
		trace->steps * trace->samples * trace->lanes);
}

/* Compute the gradients of some outputs, from steps >= start. */
static void
outputs_gradient(const struct pass *pass, size_t start, struct dense_range of)
{
	const struct dense *dense = &pass->model->dense;
	size_t top = pass->model->shape.layers - 1;
	const struct layer_trace *trace = &pass->layer[top];
	const struct tensor *kernel =
		&pass->model->parameters.tensor[3 * top + 3];
	struct kernel_rows input = top_outputs(pass, start);
	size_t rows = (trace->steps - start) * trace->samples;
	const float *d_output =
		pass->d_predictions + start * trace->samples * dense->outputs;

	dense_bias_gradient(dense, rows, d_output, of,
		pass->gradients + kernel[1].packed_offset);
	dense_gradient(dense, rows, &input, d_output, of,
		pass->gradients + kernel[0].packed_offset);
}

void
pass_dense_gradients(const struct pass *pass)
{
	outputs_gradient(pass, 0,
		(struct dense_range){0, pass->model->dense.outputs});
}

/* Backpropagate to steps [from, to), of which those >= start have a loss. */
static void
back_to_steps(const struct pass *pass, size_t start, size_t from, size_t to)
{
	size_t top = pass->model->shape.layers - 1;
	const struct layer_trace *trace = &pass->layer[top];
	size_t row = trace->samples * trace->lanes;

	if (from == to)
		return;
	for (size_t block = 0; block < pass->model->dense.blocks; block++)
		memset(layer_d_hidden(trace, from, block), 0,
			(to - from) * row * sizeof(float));
	if (start < to)
		pass_dense_back(pass, start > from ? start : from, to);
	if (pass->has_dropout)
		for (size_t block = 0; block < pass->model->dense.blocks;
			block++)
			pass_dropout_back(pass, top, block, from, to);
}

/* Groups of outputs whose gradients are computed together. */
static size_t
output_groups(const struct pass *pass)
{
	return (pass->model->dense.outputs + OUTPUTS - 1) / OUTPUTS;
}

size_t
pass_count_dense_parts(const struct pass *pass, uint64_t *cost)
{
	const struct layer_trace *trace = &pass->layer[0];
	uint64_t all = (uint64_t)2 * trace->steps * trace->samples *
		pass->model->parameters.lanes * pass->model->dense.blocks *
		pass->model->dense.outputs;
	size_t groups = output_groups(pass);
	size_t max = groups > trace->steps ? groups : trace->steps;
	size_t threads = thread_pool_size(pass->model->context->threads);
	uint64_t parts = all / PART_COST_MAX + 1;

	if (threads > 1 && parts < threads * PARTS_EACH)
		parts = threads * PARTS_EACH;
	if (parts > max)
		parts = max;
	*cost = all / parts;
	return (size_t)parts;
}

/*
 * A part has some of the steps on the way back and some of the outputs'
 * gradients, so that no sum is divided.
 */
void
pass_dense_parts(const struct pass *pass, size_t first, size_t last)
{
	size_t start = pass->d_inputs != NULL ? 0 : pass->batch->first_target;
	size_t steps = pass->layer[0].steps, groups = output_groups(pass);
	uint64_t cost;
	size_t parts = pass_count_dense_parts(pass, &cost);

	for (size_t part = first; part < last; part++) {
		struct dense_range of = {groups * part / parts * OUTPUTS,
			groups * (part + 1) / parts * OUTPUTS};

		back_to_steps(pass, start, steps * part / parts,
			steps * (part + 1) / parts);
		if (of.last > pass->model->dense.outputs)
			of.last = pass->model->dense.outputs;
		if (pass->d_inputs == NULL && of.first < of.last)
			outputs_gradient(pass, start, of);
	}
}
