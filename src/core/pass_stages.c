/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/pass_stages.h"

#include <assert.h>

#include "core/direct.h"
#include "core/transposed.h"

/* Max cost of one call, in multiply-adds: about a millisecond. */
#define CALL_COST_MAX UINT64_C(40000000)

/* Min cost that is worth waking other threads. */
#define SHARED_COST_MIN UINT64_C(400000)

/*
 * Min multiply-adds forward for each number that a pass stores of a sample and
 * step: threads read what others stored, and that takes as long. Measured with
 * two processors without a common cache: texts gain from 32 units on.
 */
#define SHARED_NUMBER_COST_MIN 16

/* Do parts [first, last) of the current stage. */
static void
do_parts(void *argument, size_t first, size_t last)
{
	struct pass *pass = argument;

	switch (pass->stage) {
	case PASS_COPY:
		transposed_make(pass, first, last);
		break;
	case PASS_FORWARD:
		pass_forward_parts(pass, first, last);
		break;
	case PASS_SAMPLES_FORWARD:
		pass_samples_forward(pass, first, last);
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
		pass_gate_parts(pass, first, last);
		break;
	case PASS_BELOW:
		pass_below_parts(pass, first, last);
		break;
	case PASS_SAMPLES_BACK:
		pass_samples_back(pass, first, last);
		break;
	case PASS_GRADIENT:
		pass_gradient_parts(pass, first, last);
		break;
	default:
		pass_generate_part(pass);
		break;
	}
}

/* Number of parts of the current stage, which begins, and cost of one part. */
static size_t
begin_parts(struct pass *pass, uint64_t *cost)
{
	size_t l = pass->at_layer;
	const struct layer *layer = &pass->model->layer[l];
	const struct layer_trace *trace = &pass->layer[l];
	uint64_t samples = trace->samples;
	uint64_t lanes = pass->model->parameters.lanes;
	struct kernel_rows rows;

	switch (pass->stage) {
	case PASS_COPY:
		return transposed_count_parts(pass, cost);
	case PASS_FORWARD:
		*cost = pass_forward_cost(pass);
		return layer->panels;
	case PASS_SAMPLES_FORWARD:
	case PASS_SAMPLES_BACK:
		*cost = pass_samples_begin(pass, CALL_COST_MAX);
		return pass->groups;
	case PASS_OUTPUT:
		*cost = pass_output_cost(pass);
		return trace->steps - pass->batch->first_target;
	case PASS_DENSE:
		return pass_count_dense_parts(pass, cost);
	case PASS_GATES:
		*cost = pass_gate_cost(pass);
		return layer->panels;
	case PASS_BELOW:
		*cost = pass_below_cost(pass);
		return pass_count_below_parts(pass);
	case PASS_GRADIENT:
		rows = pass_inputs_of(pass, l, 0);
		*cost = trace->steps * samples * lanes * layer->columns *
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

/* First stage back through a layer. */
static enum pass_stage
stage_back(const struct pass *pass)
{
	return pass->groups > 0 ? PASS_SAMPLES_BACK : PASS_GATES;
}

/* After the first step of a layer, go on to the layer below or end. */
static void
next_layer_back(struct pass *pass)
{
	pass->at_step = pass->layer[0].steps - 1;
	pass->stage = pass->at_layer > 0 ? stage_back(pass) : PASS_DONE;
	pass->at_layer -= pass->at_layer > 0;
}

/* Some steps on, or at the end go on to the layer above or the outputs. */
static void
next_step(struct pass *pass, size_t steps)
{
	pass->at_step += steps;
	if (pass->at_step < pass->layer[0].steps)
		return;
	pass->at_step = 0;
	if (++pass->at_layer < pass->model->shape.layers)
		return;
	pass->at_layer--;
	pass->stage = PASS_OUTPUT;
}

static void
next_stage(struct pass *pass)
{
	size_t steps = pass->layer[0].steps;

	switch (pass->stage) {
	case PASS_COPY:
		pass->stage = pass->d_inputs != NULL ? PASS_DENSE
						     : pass_first_stage(pass);
		break;
	case PASS_FORWARD:
		next_step(pass, 1);
		break;
	case PASS_SAMPLES_FORWARD:
		next_step(pass, pass->run);
		break;
	case PASS_OUTPUT:
		pass->stage = PASS_DENSE;
		break;
	case PASS_DENSE:
		pass->at_step = steps - 1;
		pass->stage = stage_back(pass);
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
	case PASS_SAMPLES_BACK:
		if (pass->at_step >= pass->run)
			pass->at_step -= pass->run;
		else
			pass->stage = PASS_GRADIENT;
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

/* Do parts [first, last), with all threads if they are worth it. */
static void
run_parts(struct pass *pass,
	void (*work)(void *argument, size_t first, size_t last), size_t first,
	size_t last, uint64_t cost)
{
	size_t count = last - first;

	if (pass->is_shared && count > 1 && count * cost >= SHARED_COST_MIN)
		thread_pool_run(pass->model->context->threads, work, pass,
			first, last);
	else if (count > 0)
		work(pass, first, last);
}

bool
pass_is_worth_sharing(const struct model *model)
{
	const struct dense *dense = &model->dense;
	uint64_t cost = (uint64_t)dense->outputs * dense->inputs;
	uint64_t numbers = 2 * dense->outputs;

	for (size_t l = 0; l < model->shape.layers; l++) {
		const struct layer *layer = &model->layer[l];
		uint64_t units = layer->blocks * model->parameters.lanes;

		cost += layer->cell->gates * units *
			(layer->units + (l > 0 ? layer->inputs : 0));
		numbers += (layer->cell->trace_columns + 4) * units;
	}
	return cost >= SHARED_NUMBER_COST_MIN * numbers;
}

uint64_t
pass_advance(struct pass *pass)
{
	uint64_t cost;
	size_t parts, first = pass->at_part, count;

	if (pass->stage == PASS_DIRECT)
		return direct_run(pass);
	parts = begin_parts(pass, &cost);
	count = parts - first;
	if (count > 1 && count * cost > CALL_COST_MAX) {
		size_t max = (size_t)(CALL_COST_MAX / (cost + 1)) +
			thread_pool_size(pass->model->context->threads);

		if (count > max)
			count = max;
	}
	run_parts(pass, do_parts, first, first + count, cost);
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

static void
predict_parts(void *argument, size_t first, size_t last)
{
	struct pass *pass = argument;

	if (pass->groups > 0)
		pass_samples_forward(pass, first, last);
	else
		pass_forward_parts(pass, first, last);
}

/* Compute steps of a layer from the current one on, as large as a stage. */
static void
predict_steps(struct pass *pass)
{
	size_t parts = pass->groups;
	uint64_t cost;

	if (parts > 0) {
		cost = pass_samples_begin(pass, UINT64_MAX);
	} else {
		parts = pass->model->layer[pass->at_layer].panels;
		cost = pass_forward_cost(pass);
		pass->run = 1;
	}
	run_parts(pass, predict_parts, 0, parts, cost);
	pass->at_step += pass->run;
}

static void
predict_outputs(void *argument, size_t first, size_t last)
{
	for (size_t t = first; t < last; t++)
		pass_predict_step(argument, t);
}

static const float *
predict(struct pass *pass, size_t steps, size_t samples)
{
	const struct model *model = pass->model;
	bool has_dropout = pass->has_dropout;

	assert(steps <= pass->steps_max && samples <= pass->samples_max);
	pass->has_dropout = false;
	pass->is_traced = false;
	pass->is_trained = false;
	pass_set_sizes(pass, steps, samples);
	transposed_predict(pass);
	pass->groups = pass_choose_groups(pass);
	for (size_t l = 0; l < model->shape.layers; l++) {
		pass->at_layer = l;
		pass->at_step = 0;
		while (pass->at_step < steps)
			predict_steps(pass);
	}
	run_parts(pass, predict_outputs, 0, steps, pass_output_cost(pass));
	pass->has_dropout = has_dropout;
	return pass->predictions + (steps - 1) * samples * model->shape.outputs;
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
