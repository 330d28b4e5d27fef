/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/batch.h"

#include <stdlib.h>

#include "base/memory.h"

bool
batch_create_tokens(struct batch *batch, size_t steps, size_t samples,
	size_t features, bool has_mask, struct error *error)
{
	size_t size;

	*batch = (struct batch){.steps = steps,
		.samples = samples,
		.features = features};
	if (!memory_product(samples, steps, &size))
		return error_out_of_memory(error);
	batch->input_tokens = memory_new(size, sizeof(uint32_t));
	batch->target_tokens = memory_new(size, sizeof(uint32_t));
	if (has_mask)
		batch->mask = memory_floats(size);
	if (batch->input_tokens != NULL && batch->target_tokens != NULL &&
		(batch->mask != NULL || !has_mask))
		return true;
	batch_destroy(batch);
	return error_out_of_memory(error);
}

bool
batch_create_points(struct batch *batch, size_t steps, size_t samples,
	size_t features, bool has_mask, struct error *error)
{
	size_t rows, size;

	*batch = (struct batch){.steps = steps,
		.samples = samples,
		.features = features};
	if (!memory_product(samples, steps, &rows) ||
		!memory_product(rows, features, &size))
		return error_out_of_memory(error);
	batch->inputs = memory_floats(size);
	batch->targets = memory_floats(size);
	if (has_mask)
		batch->mask = memory_floats(rows);
	if (batch->inputs != NULL && batch->targets != NULL &&
		(batch->mask != NULL || !has_mask))
		return true;
	batch_destroy(batch);
	return error_out_of_memory(error);
}

void
batch_destroy(struct batch *batch)
{
	free(batch->inputs);
	free(batch->targets);
	free(batch->input_tokens);
	free(batch->target_tokens);
	free(batch->mask);
	*batch = (struct batch){0};
}
