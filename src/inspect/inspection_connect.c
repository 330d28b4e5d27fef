/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The connectivity of an inspection. Each output of each step is a job: a
 * sample of a pass, which runs forward from the first connected step of the
 * job's stretch, and from the output back to all inputs. Jobs of one stretch
 * share a pass, as do jobs of stretches of a single step.
 */
#include "inspect/inspection_stages.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Outputs of a step that are differentiated. */
static size_t
outputs_of(const struct inspection *inspection)
{
	return inspection->tokens != NULL ? 1 : inspection->features;
}

bool
inspection_begin_connectivity(struct inspection *inspection,
	struct error *error)
{
	size_t count = inspection->config.connected, steps, samples, size;
	size_t rows = count - inspection->first_row;

	steps = inspection->longest < count ? inspection->longest : count;
	samples = inspection_rows(inspection) / steps;
	if (samples < 1)
		samples = 1;
	/* more jobs cannot be */
	if (samples > rows * outputs_of(inspection))
		samples = rows * outputs_of(inspection);
	free(inspection->connectivity);
	free(inspection->job);
	free(inspection->d_inputs);
	inspection->connectivity = inspection->d_inputs = NULL;
	inspection->job = NULL;
	if (memory_product(count, count, &size))
		inspection->connectivity = memory_floats(size);
	if (memory_product(steps * samples, inspection->features, &size))
		inspection->d_inputs = memory_floats(size);
	inspection->job = memory_new(samples, sizeof *inspection->job);
	if (inspection->connectivity == NULL || inspection->job == NULL ||
		inspection->d_inputs == NULL)
		return error_out_of_memory(error);
	return inspection_pass_create(&inspection->to_inputs, inspection, steps,
		samples, true, error);
}

bool
inspection_begin_row(struct inspection *inspection, size_t step, size_t count,
	struct error *error)
{
	struct inspection_config *config = &inspection->config;

	assert(inspection_is_done(inspection) && step < inspection->steps &&
		count > 0);
	if (count > step + 1)
		count = step + 1;
	config->connected_first = step + 1 - count;
	config->connected = count;
	inspection->first_row = count - 1;
	if (!inspection_begin_connectivity(inspection, error) ||
		!inspection_create_state(inspection, error))
		return false;
	inspection->stage = INSPECTION_CONNECTIVITY;
	inspection->at = step;
	inspection->at_output = 0;
	inspection->is_under_way = false;
	return true;
}

/* The first connected step of the stretch of a step. */
static size_t
first_of(const struct inspection *inspection, size_t step)
{
	while (step > inspection->config.connected_first &&
		!inspection->step[step].from_zero)
		step--;
	return step;
}

/* Whether a step is a whole stretch. */
static bool
is_single(const struct inspection *inspection, size_t step)
{
	return inspection->step[step].from_zero &&
		inspection_stretch(inspection, step, 2) == 1;
}

/* Take the next jobs that can share a pass. */
static void
take_jobs(struct inspection *inspection)
{
	size_t end = inspection->config.connected_first +
		inspection->config.connected;
	struct inspection_job *job = inspection->job;

	inspection->jobs = 0;
	while (inspection->at < end &&
		inspection->jobs < inspection->to_inputs.pass.samples_max) {
		size_t first = first_of(inspection, inspection->at);

		if (inspection->jobs > 0 && first != job[0].first &&
			!(is_single(inspection, first) &&
				is_single(inspection, job[0].first)))
			break;
		job[inspection->jobs++] =
			(struct inspection_job){.step = inspection->at,
				.first = first};
		if (++inspection->at_output == outputs_of(inspection)) {
			inspection->at_output = 0;
			inspection->at++;
		}
	}
}

static size_t
find_likeliest(const float *probability, size_t count)
{
	size_t best = 0;

	for (size_t i = 1; i < count; i++)
		if (probability[i] > probability[best])
			best = i;
	return best;
}

/*
 * Set the derivative of a job by the predictions of its step: of
 * ln softmax(scores)[next] it is that of one-hot less softmax.
 */
static void
differentiate(const struct inspection *inspection, size_t step, size_t output,
	const float *prediction, float *derivative)
{
	size_t target = inspection->step[step].target, next;
	const float *probability = inspection_output(inspection, step);

	if (inspection->tokens == NULL) {
		derivative[loss_mode(&inspection->loss_config, prediction) +
			output] = 1;
		return;
	}
	next = target != INSPECTION_NONE
		? inspection->tokens[target]
		: find_likeliest(probability, inspection->features);
	for (size_t i = 0; i < inspection->features; i++)
		derivative[i] = (float)(i == next) - probability[i];
}

/* Run the jobs forward, and begin to run them back. */
static uint64_t
begin_pass(struct inspection *inspection)
{
	struct inspection_pass *pass = &inspection->to_inputs;
	const struct inspection_job *job = inspection->job;
	size_t samples = inspection->jobs, steps = 1;
	size_t outputs = inspection->model.shape.outputs;
	/* jobs come in the order of steps and outputs */
	size_t output = (inspection->at_output + outputs_of(inspection) -
				samples % outputs_of(inspection)) %
		outputs_of(inspection);

	if (job[samples - 1].first == job[0].first)
		steps = job[samples - 1].step - job[0].first + 1;
	inspection_pass_begin(pass, steps, samples);
	for (size_t s = 0; s < samples; s++)
		for (size_t t = 0; t < steps; t++)
			inspection_pass_put(pass, inspection, t, s,
				job[s].first + t);
	inspection_pass_predict(pass, inspection, job[0].first);
	memset(pass->pass.d_predictions, 0,
		steps * samples * outputs * sizeof(float));
	for (size_t s = 0; s < samples; s++) {
		size_t row = (job[s].step - job[s].first) * samples + s;

		differentiate(inspection, job[s].step, output,
			pass->pass.predictions + row * outputs,
			pass->pass.d_predictions + row * outputs);
		output = (output + 1) % outputs_of(inspection);
	}
	pass_begin_inputs(&pass->pass, inspection->d_inputs);
	return (uint64_t)steps * samples * inspection->model.parameters.total;
}

/* Add the squares of the derivatives; take the root after the last output. */
static void
end_pass(struct inspection *inspection)
{
	const struct inspection_config *config = &inspection->config;
	size_t samples = inspection->jobs, features = inspection->features;

	for (size_t s = 0; s < samples; s++) {
		const struct inspection_job *job = &inspection->job[s];
		float *row = inspection->connectivity +
			(job->step - config->connected_first) *
				config->connected;

		for (size_t from = job->first; from <= job->step; from++) {
			const float *d_input = inspection->d_inputs +
				((from - job->first) * samples + s) * features;
			double sum = 0;

			for (size_t k = 0; k < features; k++)
				sum += (double)d_input[k] * (double)d_input[k];
			/* hypot: the square of a small number is 0 */
			row[from - config->connected_first] =
				(float)hypot((double)row[from -
						     config->connected_first],
					sqrt(sum));
		}
	}
}

uint64_t
inspection_advance_connectivity(struct inspection *inspection)
{
	struct pass *pass = &inspection->to_inputs.pass;
	uint64_t cost = 1;

	if (!inspection->is_under_way) {
		take_jobs(inspection);
		inspection->is_under_way = inspection->jobs > 0;
		if (inspection->is_under_way)
			return begin_pass(inspection);
		inspection->at = inspection->steps;
		return cost;
	}
	cost = pass_advance(pass);
	if (pass_is_done(pass)) {
		end_pass(inspection);
		inspection->is_under_way = false;
	}
	return cost;
}
