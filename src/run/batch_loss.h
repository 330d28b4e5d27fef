/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mean loss over batches that a model predicts and does not learn from. */
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
	float *gradient; /* [steps, samples, outputs]: written and not used */
	double sum;      /* errors of all predictions so far */
	uint64_t predicted;
};

/*
 * Allocate what a batch of at most steps * samples predictions needs; `batch`
 * has been created. The model is borrowed. Release with batch_loss_destroy,
 * also on failure, which is a lack of memory.
 */
bool batch_loss_create(struct batch_loss *loss, const struct model *model,
	const struct loss_config *config, size_t steps, size_t samples,
	struct error *error);

/* Release everything, including the batch. */
void batch_loss_destroy(struct batch_loss *loss);

/* Predict the batch and add its errors and its count of predictions. */
void batch_loss_add(struct batch_loss *loss);

/* Return the mean over all predictions so far. */
double batch_loss_mean(const struct batch_loss *loss);

#endif
