/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The stages of a generating pass. Forward, it goes step by step through all
 * layers, since the input of a step is the prediction of the previous step.
 * Backward, it goes from the last step to the first in the same way, since the
 * gradient of an input is a gradient of that prediction.
 */
#include "core/pass_stages.h"

static void
clear_d_hidden(const struct pass *pass)
{
	for (size_t l = 0; l < pass->model->shape.layers; l++)
		for (size_t b = 0; b < pass->model->layer[l].blocks; b++)
			for (size_t t = 0; t < pass->layer[l].steps; t++)
				layer_clear_block(&pass->layer[l], t, b);
}

void
pass_generate_part(struct pass *pass)
{
	size_t t = pass->at_step;
	const struct layer *bottom = &pass->model->layer[0];

	switch (pass->stage) {
	case PASS_POINT:
		pass_predict_step(pass, t);
		break;
	case PASS_ERROR:
		pass->error =
			pass->error_function(pass->points, pass->d_points);
		clear_d_hidden(pass);
		break;
	case PASS_DENSE_STEP:
		pass_dense_back(pass, t, t + 1);
		break;
	case PASS_INPUT:
		layer_backward_points(bottom, &pass->layer[0], t,
			pass_generates(pass)
				? pass->d_points + t * bottom->inputs
				: pass->d_inputs +
					t * pass->layer[0].samples *
						bottom->inputs);
		break;
	case PASS_DENSE_GRADIENT:
		pass_dense_gradients(pass);
		break;
	default:
		break;
	}
}

size_t
pass_count_generate_parts(const struct pass *pass, uint64_t *cost)
{
	const struct dense *dense = &pass->model->dense;
	const struct layer *bottom = &pass->model->layer[0];
	uint64_t lanes = pass->model->parameters.lanes;
	uint64_t steps = pass->layer[0].steps, units = 0;

	switch (pass->stage) {
	case PASS_POINT:
		*cost = dense->outputs * (dense->inputs + 16);
		return 1;
	case PASS_ERROR:
		for (size_t l = 0; l < pass->model->shape.layers; l++)
			units += pass->model->layer[l].units;
		*cost = steps * (units + 16 * dense->outputs);
		return 1;
	case PASS_DENSE_STEP:
		*cost = lanes * dense->blocks * dense->outputs;
		return 1;
	case PASS_INPUT:
		*cost = pass->layer[0].samples * bottom->cell->gates *
			bottom->units * bottom->inputs;
		return 1;
	case PASS_DENSE_GRADIENT:
		*cost = steps * lanes * dense->blocks * dense->outputs;
		return 1;
	default:
		*cost = 0;
		return 0;
	}
}

/*
 * From the lowest layer of a step, go on to the previous step or, after the
 * first step, to the gradients of the weights.
 */
static void
next_step_back(struct pass *pass)
{
	pass->at_layer = pass->model->shape.layers - 1;
	pass->stage = pass->at_step > 0 ? PASS_DENSE_STEP : PASS_DENSE_GRADIENT;
	pass->at_step -= pass->at_step > 0;
}

static void
next_step(struct pass *pass)
{
	pass->at_layer = 0;
	pass->stage = PASS_FORWARD;
	if (++pass->at_step < pass->layer[0].steps)
		return;
	pass->at_step--;
	pass->at_layer = pass->model->shape.layers - 1;
	pass->stage = PASS_ERROR;
}

void
pass_next_generating(struct pass *pass)
{
	size_t layers = pass->model->shape.layers;

	switch (pass->stage) {
	case PASS_FORWARD:
		if (++pass->at_layer == layers) {
			pass->at_layer--;
			pass->stage = PASS_POINT;
		}
		break;
	case PASS_POINT:
		next_step(pass);
		break;
	case PASS_ERROR:
		pass->stage = PASS_DENSE_STEP;
		break;
	case PASS_DENSE_STEP:
		pass->stage = PASS_GATES;
		break;
	case PASS_GATES:
		pass->stage = PASS_BELOW;
		break;
	case PASS_BELOW:
		pass->stage = pass->at_layer > 0 ? PASS_GATES : PASS_INPUT;
		pass->at_layer -= pass->at_layer > 0;
		break;
	case PASS_INPUT:
		next_step_back(pass);
		break;
	case PASS_DENSE_GRADIENT:
		pass->stage = PASS_GRADIENT;
		break;
	case PASS_GRADIENT:
		pass->stage = pass->at_layer > 0 ? PASS_GRADIENT : PASS_DONE;
		pass->at_layer -= pass->at_layer > 0;
		break;
	default:
		break;
	}
}
