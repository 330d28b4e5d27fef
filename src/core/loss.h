/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The losses: how far the predictions are from the targets, and the gradient
 * of that with respect to the predictions. All of them stand in one table.
 *
 * mae and mse are means over features and over all the predicted points of
 * an update. `rectangle` is mae here; what it adds is in feedback.h. mixture
 * is the mean over predicted points of the negative logarithm of a density,
 * in nats: see mixture.h.
 */
#ifndef LSTMTUI_CORE_LOSS_H
#define LSTMTUI_CORE_LOSS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/kernel.h"

enum loss {
	LOSS_MAE,         /* mean |prediction - target| */
	LOSS_MSE,         /* mean (prediction - target)² */
	LOSS_RECTANGLE,   /* mae, and the error of what the model generates */
	LOSS_MIXTURE,     /* mean -ln of a mixture density */
	LOSS_CROSSENTROPY /* mean -ln of the target token's probability */
};

/* A loss with all that it needs to know. */
struct loss_config {
	enum loss loss;
	size_t features;    /* of a target; of crossentropy: tokens */
	size_t mixtures;    /* of mixture: components */
	double sigma_floor; /* of mixture: the least standard deviation */
};

/* The name and a one-line summary by enumerator; NULL past the last. */
const char *loss_name(size_t loss);
const char *loss_summary(size_t loss);

/* How many numbers the model has to put out for each point. */
size_t loss_outputs(const struct loss_config *config);

/* Whether generation draws from a distribution. */
bool loss_is_sampled(enum loss loss);

/* Whether targets are tokens: see batch.h. */
bool loss_is_of_tokens(enum loss loss);

/* What a sum over so many predicted points is divided by for their mean. */
double loss_divisor(const struct loss_config *config, size_t predicted);

/*
 * Sum the errors of predictions[samples, outputs] against targets[samples,
 * features], and write gradients[samples, outputs], the derivative of scale
 * times that sum (d|x|/dx at 0 is 0). Rows whose mask is 0 count for
 * nothing; mask[samples] may be NULL: every row counts. Returns the sum,
 * not scaled; NaN or infinity where the numbers are so. Not for losses of
 * tokens.
 */
double loss_sum(const struct loss_config *config, size_t samples,
	const float *predictions, const float *targets, const float *mask,
	float scale, float *gradients);

/* The same for targets that are tokens, targets[samples]. */
double loss_sum_tokens(const struct kernel *kernel,
	const struct loss_config *config, size_t samples,
	const float *predictions, const uint32_t *targets, const float *mask,
	float scale, float *gradients);

#endif
