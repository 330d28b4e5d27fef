/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The losses: how far the predictions are from the targets, and the gradient
 * of that with respect to the predictions.
 *
 * A loss is a sum of errors over the predicted points of an update, divided
 * by loss_divisor: a mean over points and features, or over points alone for
 * a density. A loss that adds the error of the generated shape says so; the
 * run adds it.
 */
#ifndef LSTMTUI_CORE_LOSS_H
#define LSTMTUI_CORE_LOSS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/kind.h"
#include "core/kernel.h"
#include "core/random.h"

struct loss_config;

struct loss {
	struct kind kind;

	/*
	 * The model puts out a distribution: the loss is a mean over points,
	 * in nats, and generation draws from it.
	 */
	bool is_density;
	bool is_of_tokens;     /* the targets are tokens: see batch.h */
	bool adds_shape_error; /* the error of the generated shape counts too */

	/*
	 * Sum the errors of predictions[rows, outputs] against targets[rows,
	 * features] and write gradients[rows, outputs], the derivative of
	 * scale times that sum. NULL: the loss is of tokens.
	 */
	double (*sum)(const struct loss_config *config, size_t rows,
		const float *predictions, const float *targets, float scale,
		float *gradients);

	/* The model's outputs for one point; NULL: as many as features. */
	size_t (*outputs)(const struct loss_config *config);

	/* Initial biases of the outputs, bias[outputs]; NULL: all 0. */
	void (*start)(const struct loss_config *config, float *bias);

	/*
	 * Draw point[features] from the distribution that outputs[outputs]
	 * are the parameters of; NULL: the outputs are the point.
	 */
	void (*draw)(const struct loss_config *config, const float *outputs,
		double temperature, struct random *random, float *point);
};

/* A loss with the numbers that it needs. */
struct loss_config {
	const struct loss *loss;
	size_t features;    /* of a target; of a loss of tokens: tokens */
	size_t mixtures;    /* of mixture: components */
	double sigma_floor; /* of mixture: the least standard deviation */
	double huber_delta; /* of huber: where the error turns linear */
};

extern const struct loss loss_mae;          /* mean |prediction - target| */
extern const struct loss loss_mse;          /* mean (prediction - target)² */
extern const struct loss loss_huber;        /* see core/loss_regression.c */
extern const struct loss loss_rectangle;    /* mae, and the shape's error */
extern const struct loss loss_mixture;      /* mean -ln of a mixture density */
extern const struct loss loss_crossentropy; /* mean -ln p(target token) */

/* All of them; ends with NULL. */
extern const struct kind *const loss_list[];

/* The model's outputs for one point. */
size_t loss_outputs(const struct loss_config *config);

/* Denominator of the mean over `predicted` points. */
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
