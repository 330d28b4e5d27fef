/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life of a pass: its memory, its beginning and its result. */
#include "core/pass_stages.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "core/direct.h"
#include "core/transposed.h"

static bool
create_traces(struct pass *pass, bool trains)
{
	const struct model *model = pass->model;

	for (size_t l = 0; l < model->shape.layers; l++) {
		layer_trace_set_sizes(&pass->layer[l], pass->steps_max,
			pass->samples_max);
		if (!layer_trace_create(&pass->layer[l], &model->layer[l],
			    trains))
			return false;
	}
	if (trains)
		pass->gradients = memory_floats(model->parameters.packed_total);
	return !trains || pass->gradients != NULL;
}

static bool
create_predictions(struct pass *pass, bool trains)
{
	size_t all;

	if (!memory_product(pass->samples_max, pass->model->shape.outputs,
		    &all) ||
		!memory_product(all, pass->steps_max, &all))
		return false;
	pass->predictions = memory_floats(all);
	if (pass->predictions == NULL || !trains)
		return pass->predictions != NULL;
	pass->d_predictions = memory_floats(all);
	pass->step_loss = memory_new(pass->steps_max, sizeof(double));
	return pass->d_predictions != NULL && pass->step_loss != NULL;
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
		.is_shared = pass_is_worth_sharing(model),
		.stage = PASS_DONE,
	};
	if (create_traces(pass, trains) && transposed_create(pass, trains) &&
		create_predictions(pass, trains)) {
		if (trains)
			direct_create(pass);
		return true;
	}
	pass_destroy(pass);
	return error_out_of_memory(error);
}

/* Store the given point and, after it, the predictions in one array. */
static bool
create_points(struct pass *pass)
{
	size_t features = pass->model->shape.inputs, all;

	if (!memory_product(pass->steps_max + 1, features, &all))
		return false;
	pass->points = memory_floats(all);
	pass->d_points = memory_floats(all);
	if (pass->points == NULL || pass->d_points == NULL)
		return false;
	pass->predictions = pass->points + features;
	pass->d_predictions = pass->d_points + features;
	return true;
}

bool
pass_create_generating(struct pass *pass, const struct model *model,
	size_t steps, bool carries_state, struct error *error)
{
	*pass = (struct pass){
		.model = model,
		.steps_max = steps,
		.samples_max = 1,
		.is_recurrent_zero = true,
		.is_shared = pass_is_worth_sharing(model),
		.stage = PASS_DONE,
	};
	if (create_traces(pass, true) && create_points(pass)) {
		for (size_t l = 0; l < model->shape.layers; l++)
			pass->layer[l].restarts = !carries_state;
		return true;
	}
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
		free(pass->kept_gates[l]);
		free(pass->kept_d_cell[l]);
	}
	if (!pass_generates(pass)) {
		free(pass->predictions);
		free(pass->d_predictions);
	}
	transposed_destroy(pass);
	free(pass->points);
	free(pass->d_points);
	free(pass->step_loss);
	free(pass->gradients);
	*pass = (struct pass){.stage = PASS_DONE};
}

/* Set the sizes and the first stage of a training pass. */
static void
start(struct pass *pass, size_t steps, size_t samples)
{
	const struct parameters *parameters = &pass->model->parameters;

	assert(steps <= pass->steps_max && samples <= pass->samples_max);
	pass->is_traced = pass->keeps_trace;
	pass->is_trained = true;
	pass->d_inputs = NULL;
	pass->at_layer = 0;
	pass->at_step = 0;
	pass->at_part = 0;
	pass_set_sizes(pass, steps, samples);
	pass->groups = pass_choose_groups(pass);
	pass->stage =
		transposed_begin(pass) ? PASS_COPY : pass_first_stage(pass);
	/* recurrent kernels have no gradient in a stateless pass: clear it */
	if (!layer_is_stateless(&pass->layer[0])) {
		pass->is_recurrent_zero = false;
	} else if (!pass->is_recurrent_zero) {
		memset(pass->gradients + parameters->packed_live, 0,
			(parameters->packed_total - parameters->packed_live) *
				sizeof *pass->gradients);
		pass->is_recurrent_zero = true;
	}
}

void
pass_begin(struct pass *pass, const struct batch *batch,
	const struct loss_config *config)
{
	assert(batch->first_target < batch->steps && batch->predicted > 0);
	assert((batch->target_tokens != NULL) == config->loss->is_of_tokens);
	pass->batch = batch;
	pass->inputs = batch->inputs;
	pass->tokens = batch->input_tokens;
	pass->config = *config;
	start(pass, batch->steps, batch->samples);
	if (direct_applies(pass))
		pass->stage = PASS_DIRECT;
}

void
pass_begin_generating(struct pass *pass, const float *first,
	pass_error *error_function)
{
	memcpy(pass->points, first, pass->model->shape.inputs * sizeof *first);
	pass->inputs = pass->points;
	pass->error_function = error_function;
	start(pass, pass->steps_max, 1);
}

void
pass_begin_inputs(struct pass *pass, float *d_inputs)
{
	const struct layer_trace *trace = &pass->layer[0];

	assert(pass_is_done(pass) && !pass->is_trained);
	assert(trace->d_hidden != NULL && !pass->has_dropout);
	memset(d_inputs, 0,
		trace->steps * trace->samples * pass->model->shape.inputs *
			sizeof *d_inputs);
	pass->d_inputs = d_inputs;
	pass->is_trained = true; /* its gates are overwritten */
	pass->groups = 0;
	pass->stage = transposed_begin(pass) ? PASS_COPY : PASS_DENSE;
	pass->at_layer = pass->model->shape.layers - 1;
	pass->at_step = 0;
	pass->at_part = 0;
}

void
pass_abandon(struct pass *pass)
{
	pass->stage = PASS_DONE;
	pass->is_traced = false;
}

double
pass_loss(const struct pass *pass)
{
	double sum = 0;

	if (pass_generates(pass))
		return pass->error;
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
