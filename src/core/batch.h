/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the model sees in one update: `samples` side by side, each of up to
 * `steps` time steps, time first. A framing makes it from sequences.
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
	 * In place of both where each input is one of `features` tokens: the
	 * number of the one that is meant (one-hot, never written out).
	 */
	uint32_t *input_tokens, *target_tokens; /* [steps, samples] */
	/*
	 * [steps, samples]: 1 where the prediction counts, 0 where it is
	 * padding behind a short sequence; NULL where all count.
	 */
	float *mask;
	size_t first_target; /* steps before this one predict nothing */
	size_t predicted;    /* how many predictions count */
};

/*
 * Make room for tokens[steps, samples], each one of `features`, with weights
 * or without. Release it with batch_destroy. Returns false when memory cannot
 * be had.
 */
bool batch_create_tokens(struct batch *batch, size_t steps, size_t samples,
	size_t features, bool has_mask, struct error *error);

/* Release what it has, of either kind. */
void batch_destroy(struct batch *batch);

#endif
