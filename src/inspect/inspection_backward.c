/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The gradient of an inspection. A training pass computes the gradient of one
 * stretch from zero state, or of several of equal length; the sum over all
 * stretches is the gradient of the sequence's loss.
 */
#include "inspect/inspection_stages.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

bool
inspection_begin_gradient(struct inspection *inspection, struct error *error)
{
	size_t total = inspection->model.parameters.total;
	size_t steps = inspection->longest, samples = 1;
	size_t rows = inspection_rows(inspection);

	if (inspection->gradient == NULL)
		inspection->gradient = memory_floats(total);
	if (inspection->plain == NULL)
		inspection->plain = memory_floats(total);
	if (inspection->gradient == NULL || inspection->plain == NULL)
		return error_out_of_memory(error);
	if (inspection->has_equal && rows > steps)
		samples = rows / steps;
	if (samples > inspection->steps / steps)
		samples = inspection->steps / steps;
	return inspection_pass_create(&inspection->backward, inspection, steps,
		samples, true, error);
}

/* Begin the pass over the next stretches. */
static void
begin_pass(struct inspection *inspection)
{
	struct inspection_pass *backward = &inspection->backward;
	size_t at = inspection->at, rest = inspection->steps - at;
	size_t steps = inspection_stretch(inspection, at, rest);
	size_t samples = backward->pass.samples_max;

	if (samples > rest / steps)
		samples = rest / steps;
	inspection_pass_begin(backward, steps, samples);
	for (size_t i = 0; i < steps * samples; i++)
		inspection_pass_put(backward, inspection, i % steps, i / steps,
			at + i);
	backward->batch.first_target = 0;
	/* the divisor of the whole sequence */
	backward->batch.predicted = inspection->predicted;
	pass_begin(&backward->pass, &backward->batch, &inspection->loss_config);
}

/* Add the gradients of the pass that is done. */
static void
end_pass(struct inspection *inspection)
{
	const struct parameters *parameters = &inspection->model.parameters;
	const struct batch *batch = &inspection->backward.batch;

	parameters_gather(parameters, inspection->backward.pass.gradients,
		inspection->plain);
	for (size_t i = 0; i < parameters->total; i++)
		inspection->gradient[i] += inspection->plain[i];
	inspection->at += batch->steps * batch->samples;
}

uint64_t
inspection_advance_gradient(struct inspection *inspection)
{
	struct pass *pass = &inspection->backward.pass;
	uint64_t cost = inspection->model.parameters.total;

	if (inspection->at == 0 && !inspection->is_under_way)
		memset(inspection->gradient, 0,
			inspection->model.parameters.total * sizeof(float));
	if (inspection->predicted == 0) {
		inspection->at = inspection->steps;
		return cost;
	}
	if (!inspection->is_under_way) {
		begin_pass(inspection);
		inspection->is_under_way = true;
	}
	cost = pass_advance(pass);
	if (pass_is_done(pass)) {
		end_pass(inspection);
		inspection->is_under_way = false;
	}
	return cost;
}

struct inspection_gradient
inspection_measure(const struct inspection *inspection, size_t tensor)
{
	const struct tensor *of = &inspection->model.parameters.tensor[tensor];
	const float *gradient = inspection->gradient + of->offset;
	struct inspection_gradient measure = {0};

	for (size_t i = 0; i < of->size; i++) {
		measure.norm += (double)gradient[i] * (double)gradient[i];
		measure.zeros += gradient[i] == 0.0f;
	}
	measure.norm = sqrt(measure.norm);
	return measure;
}
