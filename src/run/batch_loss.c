/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/batch_loss.h"

#include <stdlib.h>

#include "base/memory.h"

bool
batch_loss_create(struct batch_loss *loss, const struct model *model,
	const struct loss_config *config, size_t steps, size_t samples,
	struct error *error)
{
	size_t rows, size;

	loss->config = *config;
	if (memory_product(steps, samples, &rows) &&
		memory_product(rows, model->shape.outputs, &size))
		loss->gradient = memory_floats(size);
	if (loss->gradient == NULL)
		return error_out_of_memory(error);
	return pass_create(&loss->pass, model, steps, samples, false, error);
}

void
batch_loss_destroy(struct batch_loss *loss)
{
	batch_destroy(&loss->batch);
	pass_destroy(&loss->pass);
	free(loss->gradient);
	*loss = (struct batch_loss){0};
}

void
batch_loss_add(struct batch_loss *loss)
{
	const struct batch *batch = &loss->batch;
	struct pass *pass = &loss->pass;
	size_t outputs = pass->model->shape.outputs;
	size_t first = batch->first_target * batch->samples;
	size_t rows = batch->steps * batch->samples - first;
	const float *mask = batch->mask != NULL ? batch->mask + first : NULL;

	if (batch->input_tokens != NULL) {
		pass_predict_tokens(pass, batch->steps, batch->samples,
			batch->input_tokens);
		loss->sum += loss_sum_tokens(pass->model->context->kernel,
			&loss->config, rows,
			pass->predictions + first * outputs,
			batch->target_tokens + first, mask, 1, loss->gradient);
	} else {
		pass_predict(pass, batch->steps, batch->samples, batch->inputs);
		loss->sum += loss_sum(&loss->config, rows,
			pass->predictions + first * outputs,
			batch->targets + first * batch->features, mask, 1,
			loss->gradient);
	}
	loss->predicted += batch->predicted;
}

double
batch_loss_mean(const struct batch_loss *loss)
{
	return loss->sum / loss_divisor(&loss->config, (size_t)loss->predicted);
}
