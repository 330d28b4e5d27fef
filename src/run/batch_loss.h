/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mean loss of a model's predictions over batches, without training. */
#ifndef LSTMTUI_RUN_BATCH_LOSS_H
#define LSTMTUI_RUN_BATCH_LOSS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "core/batch.h"
#include "core/loss.h"
#include "core/pass.h"

struct batch_loss {
	struct batch batch; /* created and filled by the caller */
	struct pass pass;
	struct loss_config config;
	float *gradient; /* [steps, samples, outputs]: scratch */
	double sum;      /* errors of all predictions so far */
	uint64_t predicted;
};

/*
 * Allocate the buffers for batches of at most steps * samples predictions.
 * loss->batch must have been created. The model is borrowed. Release it with
 * batch_loss_destroy, also after a failure. Returns false if out of memory.
 */
bool batch_loss_create(struct batch_loss *loss, const struct model *model,
	const struct loss_config *config, size_t steps, size_t samples,
	struct error *error);

/* Release everything, including the batch. */
void batch_loss_destroy(struct batch_loss *loss);

/* Run the model on the batch; add its errors and predictions to the sums. */
void batch_loss_add(struct batch_loss *loss);

/* Return the mean over all predictions so far. */
double batch_loss_mean(const struct batch_loss *loss);

#endif
