/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values of an inspection, and the passes of all its stages. */
#include "inspect/inspection_stages.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Multiply-adds of a part, and the maximum of its steps. */
enum { PART_COST = 20000000, PART_ROWS = 1024 };

size_t
inspection_rows(const struct inspection *inspection)
{
	size_t rows = PART_COST / inspection->model.parameters.total;

	return rows < 1 ? 1 : rows < PART_ROWS ? rows : PART_ROWS;
}

static bool
create_batch(struct batch *batch, const struct inspection *inspection,
	size_t steps, size_t samples, struct error *error)
{
	size_t count, size;

	if (inspection->tokens != NULL)
		return batch_create_tokens(batch, steps, samples,
			inspection->features, true, error);
	*batch = (struct batch){.features = inspection->features};
	if (!memory_product(steps, samples, &count) ||
		!memory_product(count, inspection->features, &size))
		return error_out_of_memory(error);
	batch->inputs = memory_floats(size);
	batch->targets = memory_floats(size);
	batch->mask = memory_floats(count);
	return (batch->inputs != NULL && batch->targets != NULL &&
		       batch->mask != NULL) ||
		error_out_of_memory(error);
}

bool
inspection_pass_create(struct inspection_pass *pass,
	const struct inspection *inspection, size_t steps, size_t samples,
	bool trains, struct error *error)
{
	if (pass->pass.steps_max == steps &&
		pass->pass.samples_max == samples) {
		pass_abandon(&pass->pass);
		return true;
	}
	inspection_pass_destroy(pass);
	if (create_batch(&pass->batch, inspection, steps, samples, error) &&
		pass_create(&pass->pass, &inspection->model, steps, samples,
			trains, error))
		return true;
	inspection_pass_destroy(pass);
	return false;
}

void
inspection_pass_destroy(struct inspection_pass *pass)
{
	pass_destroy(&pass->pass);
	batch_destroy(&pass->batch);
	*pass = (struct inspection_pass){0};
}

void
inspection_pass_begin(struct inspection_pass *pass, size_t steps,
	size_t samples)
{
	pass->batch.steps = steps;
	pass->batch.samples = samples;
}

void
inspection_pass_put(struct inspection_pass *pass,
	const struct inspection *inspection, size_t t, size_t sample,
	size_t step)
{
	struct batch *batch = &pass->batch;
	size_t at = t * batch->samples + sample;
	size_t input = inspection->step[step].input;
	size_t target = inspection->step[step].target;
	size_t features = inspection->features;

	batch->mask[at] = target != INSPECTION_NONE ? 1 : 0;
	if (target == INSPECTION_NONE)
		target = input; /* masked */
	if (inspection->tokens != NULL) {
		batch->input_tokens[at] = inspection->tokens[input];
		batch->target_tokens[at] = inspection->tokens[target];
		return;
	}
	memcpy(batch->inputs + at * features,
		inspection->points + input * features,
		features * sizeof(float));
	memcpy(batch->targets + at * features,
		inspection->points + target * features,
		features * sizeof(float));
}

/* Get the state after a step, for all samples alike. */
static void
gather_state(const struct inspection *inspection, size_t layer, size_t step,
	size_t samples, float *state)
{
	const struct cell_view *views = inspection->model.shape.cell->views;
	size_t units = inspection->model.shape.units[layer];

	/* hidden first, then the cell state if there is one */
	for (int of = CELL_HIDDEN; of <= CELL_STATE; of++)
		for (size_t view = 0; view < inspection->views; view++)
			for (size_t s = 0;
				(int)views[view].of == of && s < samples; s++) {
				memcpy(state,
					inspection_values(inspection, layer,
						view, step),
					units * sizeof *state);
				state += units;
			}
}

void
inspection_pass_predict(struct inspection_pass *pass,
	struct inspection *inspection, size_t step)
{
	const struct batch *batch = &pass->batch;

	pass_reset_state(&pass->pass);
	for (size_t l = 0; !inspection->step[step].from_zero &&
		l < inspection->model.shape.layers;
		l++) {
		gather_state(inspection, l, step - 1, batch->samples,
			inspection->state);
		pass_set_state(&pass->pass, batch->steps, batch->samples, l,
			inspection->state);
	}
	if (inspection->tokens != NULL)
		pass_predict_tokens(&pass->pass, batch->steps, batch->samples,
			batch->input_tokens);
	else
		pass_predict(&pass->pass, batch->steps, batch->samples,
			batch->inputs);
}

static void
softmax(const float *scores, size_t count, float *probability)
{
	double max = (double)scores[0], sum = 0;

	for (size_t i = 1; i < count; i++)
		max = fmax(max, (double)scores[i]);
	for (size_t i = 0; i < count; i++)
		sum += exp((double)scores[i] - max);
	for (size_t i = 0; i < count; i++)
		probability[i] = (float)(exp((double)scores[i] - max) / sum);
}

/* Return the loss of a step with this prediction, NaN without a target. */
static double
loss_of(struct inspection *inspection, size_t step, const float *prediction)
{
	const struct loss_config *config = &inspection->loss_config;
	size_t target = inspection->step[step].target;
	double sum;

	if (target == INSPECTION_NONE)
		return NAN;
	if (inspection->tokens != NULL)
		sum = loss_sum_tokens(inspection->model.context->kernel, config,
			1, prediction, inspection->tokens + target, NULL, 1,
			inspection->d_output);
	else
		sum = loss_sum(config, 1, prediction,
			inspection->points + target * config->features, NULL, 1,
			inspection->d_output);
	return sum / loss_divisor(config, 1);
}

/* Copy the results of step t of a sample. */
static void
keep(struct inspection *inspection, size_t t, size_t sample, size_t step)
{
	const struct pass *pass = &inspection->forward.pass;
	const struct model_shape *shape = &inspection->model.shape;
	size_t row = t * inspection->forward.batch.samples + sample;
	const float *prediction = pass->predictions + row * shape->outputs;
	float *output = inspection->output + step * inspection->features;

	if (inspection->tokens != NULL)
		softmax(prediction, inspection->features, output);
	else
		scaling_undo_floats(run_scaling(inspection->run),
			inspection->features,
			prediction +
				loss_mode(&inspection->loss_config, prediction),
			output);
	inspection->loss[step] = loss_of(inspection, step, prediction);
	for (size_t l = 0; l < shape->layers; l++)
		for (size_t v = 0; v < inspection->views; v++)
			pass_trace_values(pass, l, &shape->cell->views[v], t,
				sample,
				inspection->values[l] +
					(step * inspection->views + v) *
						shape->units[l]);
}

bool
inspection_begin_values(struct inspection *inspection, struct error *error)
{
	size_t rows = inspection_rows(inspection), steps = inspection->longest;
	size_t samples = 1;

	if (steps > rows)
		steps = rows;
	if (inspection->has_equal && steps == inspection->longest)
		samples = rows / steps;
	if (samples > inspection->steps / steps)
		samples = inspection->steps / steps;
	return inspection_pass_create(&inspection->forward, inspection, steps,
		samples, false, error);
}

uint64_t
inspection_advance_values(struct inspection *inspection)
{
	struct inspection_pass *forward = &inspection->forward;
	size_t at = inspection->at, rest = inspection->steps - at;
	size_t steps =
		inspection_stretch(inspection, at, forward->pass.steps_max);
	size_t samples = 1;

	if (inspection->has_equal && steps == inspection->longest) {
		samples = forward->pass.samples_max;
		if (samples > rest / steps)
			samples = rest / steps;
	}
	inspection_pass_begin(forward, steps, samples);
	for (size_t i = 0; i < steps * samples; i++)
		inspection_pass_put(forward, inspection, i % steps, i / steps,
			at + i);
	inspection_pass_predict(forward, inspection, at);
	for (size_t i = 0; i < steps * samples; i++)
		keep(inspection, i % steps, i / steps, at + i);
	inspection->at += steps * samples;
	return (uint64_t)steps * samples * inspection->model.parameters.total;
}
