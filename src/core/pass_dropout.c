/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The masks of dropout: allocate and draw them. */
#include "core/pass_stages.h"

#include "base/memory.h"
#include "core/random.h"

bool
pass_enable_dropout(struct pass *pass, struct error *error)
{
	for (size_t l = 0; l < pass->model->shape.layers; l++) {
		size_t size = pass->steps_max * pass->samples_max *
			pass->model->layer[l].blocks *
			pass->model->parameters.lanes;

		pass->dropped[l] = memory_floats(size);
		pass->mask[l] = memory_floats(size);
		if (pass->dropped[l] == NULL || pass->mask[l] == NULL)
			return error_out_of_memory(error);
	}
	pass->has_dropout = true;
	return true;
}

void
pass_draw_dropout(struct pass *pass, const struct batch *batch, double rate,
	struct random *random)
{
	float kept = (float)(1 / (1 - rate));

	for (size_t l = 0; l < pass->model->shape.layers; l++) {
		size_t size = batch->steps * batch->samples *
			pass->model->layer[l].blocks *
			pass->model->parameters.lanes;

		for (size_t i = 0; i < size; i++)
			pass->mask[l][i] = (double)random_uniform(random) < rate
				? 0
				: kept;
	}
}

void
pass_dropout_back(const struct pass *pass, size_t l, size_t block, size_t from,
	size_t to)
{
	const struct layer_trace *trace = &pass->layer[l];

	for (size_t t = from; t < to; t++) {
		float *d_hidden = layer_d_hidden(trace, t, block);
		const float *mask =
			layer_values(trace, pass->mask[l], t, block);

		for (size_t i = 0; i < trace->count * trace->lanes; i++)
			d_hidden[i] *= mask[i];
	}
}
