/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Losses: the error of predictions against targets, and its gradient with
 * respect to the predictions.
 *
 * A loss is the sum of errors over the predicted points of an update, divided
 * by loss_divisor: a mean over points and features, or over points only if the
 * loss is a density. If a loss has adds_shape_error, the run adds the error of
 * the generated shape.
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
	 * The model outputs a distribution: the loss is a mean over points, in
	 * nats, and generation samples from the distribution.
	 */
	bool is_density;
	bool is_of_tokens;     /* the targets are tokens, see batch.h */
	bool adds_shape_error; /* see above */

	/*
	 * Return the sum of the errors of predictions[rows, outputs] against
	 * targets[rows, features], and write to gradients[rows, outputs] the
	 * derivative of scale times the sum. NULL if the targets are tokens.
	 */
	double (*sum)(const struct loss_config *config, size_t rows,
		const float *predictions, const float *targets, float scale,
		float *gradients);

	/* Number of outputs per point; NULL: equal to features. */
	size_t (*outputs)(const struct loss_config *config);

	/* Set the initial bias[outputs] of the dense layer; NULL: all 0. */
	void (*set_bias)(const struct loss_config *config, float *bias);

	/*
	 * Return the place in outputs[outputs] of the point that draw returns
	 * at temperature 0; NULL: 0.
	 */
	size_t (*mode)(const struct loss_config *config, const float *outputs);

	/*
	 * Sample point[features] from the distribution whose parameters are
	 * outputs[outputs]; NULL: the outputs are the point.
	 */
	void (*draw)(const struct loss_config *config, const float *outputs,
		double temperature, struct random *random, float *point);
};

/* A loss and its parameters. */
struct loss_config {
	const struct loss *loss;
	size_t features;    /* of a target; size of the vocabulary for tokens */
	size_t mixtures;    /* of mixture: number of components */
	double sigma_floor; /* of mixture: min standard deviation */
	double huber_delta; /* of huber: error where the loss becomes linear */
};

extern const struct loss loss_mae;          /* mean |prediction - target| */
extern const struct loss loss_mse;          /* mean (prediction - target)² */
extern const struct loss loss_huber;        /* see core/loss_regression.c */
extern const struct loss loss_rectangle;    /* mae plus the shape's error */
extern const struct loss loss_mixture;      /* mean -ln of a mixture density */
extern const struct loss loss_crossentropy; /* mean -ln p(target token) */

/* All losses, terminated by NULL. */
extern const struct kind *const loss_list[];

/* Number of model outputs per point. */
size_t loss_outputs(const struct loss_config *config);

/*
 * Return the place in outputs[outputs] of the predicted point: where the mean
 * of the likeliest component of a mixture is, and 0 for other losses.
 */
size_t loss_mode(const struct loss_config *config, const float *outputs);

/* Denominator of the mean over `predicted` points. */
double loss_divisor(const struct loss_config *config, size_t predicted);

/*
 * Return the sum of the errors of predictions[samples, outputs] against
 * targets[samples, features], and write to gradients[samples, outputs] the
 * derivative of scale times the sum (d|x|/dx at 0 is 0). Rows whose mask is 0
 * do not count; mask[samples] may be NULL. The sum is not scaled. It is NaN or
 * infinite if the predictions are. Not for losses of tokens.
 */
double loss_sum(const struct loss_config *config, size_t samples,
	const float *predictions, const float *targets, const float *mask,
	float scale, float *gradients);

/* The same for tokens, targets[samples]. */
double loss_sum_tokens(const struct kernel *kernel,
	const struct loss_config *config, size_t samples,
	const float *predictions, const uint32_t *targets, const float *mask,
	float scale, float *gradients);

#endif
