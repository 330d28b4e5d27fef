#include "core/batch.h"

#include <stdlib.h>

#include "base/memory.h"

bool
batch_create_symbols(struct batch *batch, size_t steps, size_t samples,
	size_t features, bool has_weights, struct error *error)
{
	size_t size;

	*batch = (struct batch){.steps = steps, .samples = samples,
		.features = features};
	if (!memory_product(samples, steps, &size))
		return error_out_of_memory(error);
	batch->input_symbols = memory_new(size, sizeof(uint32_t));
	batch->target_symbols = memory_new(size, sizeof(uint32_t));
	if (has_weights)
		batch->weights = memory_floats(size);
	if (batch->input_symbols != NULL && batch->target_symbols != NULL &&
	    (batch->weights != NULL || !has_weights))
		return true;
	batch_destroy(batch);
	return error_out_of_memory(error);
}

void
batch_destroy(struct batch *batch)
{
	free(batch->inputs);
	free(batch->targets);
	free(batch->input_symbols);
	free(batch->target_symbols);
	free(batch->weights);
	*batch = (struct batch){0};
}
