/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/direct.h"

/*
 * Max sizes of a small model, and max rows (steps times samples) of a batch:
 * below, a whole pass takes much less than a millisecond, and no part is large
 * enough to be shared with other threads.
 */
enum { UNITS_MAX = 32, INPUTS_MAX = 64, OUTPUTS_MAX = 64, ROWS_MAX = 63 };

void
direct_create(struct pass *pass)
{
	const struct model *model = pass->model;
	const struct model_shape *shape = &model->shape;
	const struct layer *layer = &model->layer[0];
	const struct layer_trace *trace = &pass->layer[0];
	const struct tensor *tensor = model->parameters.tensor;

	pass->is_small = shape->layers == 1 && shape->cell == &cell_lstm &&
		shape->units[0] <= UNITS_MAX && shape->inputs <= INPUTS_MAX &&
		shape->outputs <= OUTPUTS_MAX;
	if (!pass->is_small)
		return;
	pass->direct = (struct kernel_direct){
		.inputs = shape->inputs,
		.units = shape->units[0],
		.panels = layer->panels,
		.outputs = shape->outputs,
		.is_hard = layer->is_hard,
		.kernel = layer->kernel,
		.recurrent_kernel = layer->recurrent_kernel,
		.bias = layer->bias,
		.dense_kernel = model->dense.kernel,
		.dense_bias = model->dense.bias,
		.gates = trace->gates,
		.hidden = trace->hidden,
		.cell = trace->cell,
		.cell_tanh = trace->cell_tanh,
		.d_cell = trace->d_cell,
		.predictions = pass->predictions,
		.d_predictions = pass->d_predictions,
		.d_kernel = pass->gradients + tensor[0].packed_offset,
		.d_recurrent_kernel = pass->gradients + tensor[1].packed_offset,
		.d_bias = pass->gradients + tensor[2].packed_offset,
		.d_dense_kernel = pass->gradients + tensor[3].packed_offset,
		.d_dense_bias = pass->gradients + tensor[4].packed_offset,
	};
}

bool
direct_applies(const struct pass *pass)
{
	const struct layer_trace *trace = &pass->layer[0];

	return pass->is_small && pass->tokens == NULL && !pass->is_traced &&
		!pass->has_dropout && !trace->from_state &&
		trace->steps * trace->samples <= ROWS_MAX;
}

/* Compute the loss of each step and its gradient. */
static void
compute_loss(struct pass *pass)
{
	const struct batch *batch = pass->batch;
	size_t samples = batch->samples, outputs = pass->direct.outputs;
	float scale =
		(float)(1 / loss_divisor(&pass->config, batch->predicted));

	for (size_t t = batch->first_target; t < batch->steps; t++) {
		size_t row = t * samples;

		pass->step_loss[t] = loss_sum(&pass->config, samples,
			pass->predictions + row * outputs,
			batch->targets + row * batch->features,
			batch->mask != NULL ? batch->mask + row : NULL, scale,
			pass->d_predictions + row * outputs);
	}
}

uint64_t
direct_run(struct pass *pass)
{
	const struct kernel *kernel = pass->model->context->kernel;
	struct kernel_direct *direct = &pass->direct;
	const struct batch *batch = pass->batch;
	size_t rows = batch->steps * batch->samples;

	direct->steps = batch->steps;
	direct->samples = batch->samples;
	direct->first_target = batch->first_target;
	direct->input = batch->inputs;
	kernel->direct_forward(direct);
	compute_loss(pass);
	kernel->direct_backward(direct);
	pass->stage = PASS_DONE;
	return 3 * rows * direct->panels * kernel->lanes * KERNEL_COLUMNS *
		(direct->inputs + direct->units + 16);
}
