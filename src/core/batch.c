#include "core/batch.h"

#include <stdlib.h>

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
