/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Losses whose predictions are points. */
#include "base/translate.h"
#include "core/loss.h"

#include <math.h>

static double
absolute_error(const struct loss_config *config, size_t rows,
	const float *predictions, const float *targets, float scale,
	float *gradients)
{
	double sum = 0;

	for (size_t i = 0; i < rows * config->features; i++) {
		float difference = predictions[i] - targets[i];
		int sign = (difference > 0.0f) - (difference < 0.0f);

		sum += fabsf(difference);
		/* without a branch, which nobody can predict */
		gradients[i] = scale * (float)sign;
	}
	return sum;
}

const struct loss loss_mae = {
	.kind = {.name = "mae", .summary = N_("mean absolute error")},
	.sum = absolute_error,
};

const struct loss loss_rectangle = {
	.kind = {.name = "rectangle",
		.summary = N_("mae plus the error of the generated rectangle")},
	.adds_shape_error = true,
	.sum = absolute_error,
};

static double
squared_error(const struct loss_config *config, size_t rows,
	const float *predictions, const float *targets, float scale,
	float *gradients)
{
	double sum = 0;

	for (size_t i = 0; i < rows * config->features; i++) {
		float difference = predictions[i] - targets[i];

		sum += (double)difference * difference;
		gradients[i] = 2.0f * scale * difference;
	}
	return sum;
}

const struct loss loss_mse = {
	.kind = {.name = "mse", .summary = N_("mean squared error")},
	.sum = squared_error,
};

/*
 * Huber 1964, as keras.losses.Huber: with error e and δ = huber_delta,
 *
 *   e²/2 if |e| <= δ, else δ |e| - δ²/2
 */
static double
huber_error(const struct loss_config *config, size_t rows,
	const float *predictions, const float *targets, float scale,
	float *gradients)
{
	const double delta = config->huber_delta;
	const float bound = (float)delta;
	double sum = 0;

	for (size_t i = 0; i < rows * config->features; i++) {
		float difference = predictions[i] - targets[i];

		if (fabsf(difference) <= bound) {
			sum += 0.5 * difference * difference;
			gradients[i] = scale * difference;
		} else {
			sum += delta * fabsf(difference) - 0.5 * delta * delta;
			/* NaN stays NaN */
			gradients[i] = scale *
				(difference > 0.0f ? bound
						: difference < 0.0f
						? -bound
						: difference);
		}
	}
	return sum;
}

const struct loss loss_huber = {
	.kind = {.name = "huber",
		.summary = N_("squared error near 0, absolute error beyond "
			      "--huber-delta")},
	.sum = huber_error,
};
