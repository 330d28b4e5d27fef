/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A batch: the input of one update. It has `samples` samples of up to `steps`
 * time steps, with time as the first dimension. A framing builds it from
 * sequences.
 */
#ifndef LSTMTUI_CORE_BATCH_H
#define LSTMTUI_CORE_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct batch {
	size_t steps, samples, features;
	float *inputs;  /* [steps, samples, features] */
	float *targets; /* [steps, samples, features] */
	/*
	 * If each point is one of `features` tokens, these token indices
	 * replace inputs and targets. One-hot vectors are not stored.
	 */
	uint32_t *input_tokens, *target_tokens; /* [steps, samples] */
	/*
	 * [steps, samples]: 1 if the prediction counts, 0 if it is padding
	 * after the end of a short sequence; NULL if all count.
	 */
	float *mask;
	size_t first_target; /* first step with a prediction */
	size_t predicted;    /* number of predictions that count */
};

/*
 * Allocate a batch of tokens from a vocabulary of `features` tokens, with or
 * without a mask. Release it with batch_destroy. Returns false if out of
 * memory.
 */
bool batch_create_tokens(struct batch *batch, size_t steps, size_t samples,
	size_t features, bool has_mask, struct error *error);

/*
 * The same for points of `features` numbers. The caller may change steps and
 * samples, as long as their product does not grow.
 */
bool batch_create_points(struct batch *batch, size_t steps, size_t samples,
	size_t features, bool has_mask, struct error *error);

/* Free the arrays of a batch of points or of tokens. */
void batch_destroy(struct batch *batch);

#endif
