/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/loss.h"

#include <math.h>
#include <string.h>

#include "core/mixture.h"

static double
absolute_error(const struct loss_config *config, size_t rows,
	const float *predictions, const float *targets, float scale,
	float *gradients)
{
	double sum = 0;

	for (size_t i = 0; i < rows * config->features; i++) {
		float difference = predictions[i] - targets[i];

		sum += fabsf(difference);
		gradients[i] = difference > 0.0f ? scale
			: difference < 0.0f      ? -scale
						 : 0.0f;
	}
	return sum;
}

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

static double
mixture_error(const struct loss_config *config, size_t rows,
	const float *predictions, const float *targets, float scale,
	float *gradients)
{
	size_t outputs = loss_outputs(config);
	double sum = 0;

	for (size_t row = 0; row < rows; row++)
		sum += mixture_loss(config, predictions + row * outputs,
			targets + row * config->features, scale,
			gradients + row * outputs);
	return sum;
}

static const struct {
	const char *name, *summary;
	bool is_density; /* a mean over points, not over their features */
	double (*sum)(const struct loss_config *config, size_t rows,
		const float *predictions, const float *targets, float scale,
		float *gradients);
} losses[] = {
	[LOSS_MAE] = {"mae", "mean absolute error", false, absolute_error},
	[LOSS_MSE] = {"mse", "mean squared error", false, squared_error},
	[LOSS_RECTANGLE] = {"rectangle",
		"mae, and the error of the rectangle it generates", false,
		absolute_error},
	[LOSS_MIXTURE] = {"mixture", "a density to draw from: true generation",
		true, mixture_error},
	[LOSS_CROSSENTROPY] = {"crossentropy",
		"of the next character's probability, in nats", true, NULL},
};

enum { LOSSES = sizeof losses / sizeof losses[0] };

const char *
loss_name(size_t loss)
{
	return loss < LOSSES ? losses[loss].name : NULL;
}

const char *
loss_summary(size_t loss)
{
	return loss < LOSSES ? losses[loss].summary : NULL;
}

size_t
loss_outputs(const struct loss_config *config)
{
	return config->loss == LOSS_MIXTURE ? mixture_outputs(config)
					    : config->features;
}

bool
loss_is_sampled(enum loss loss)
{
	return losses[loss].is_density;
}

bool
loss_is_of_tokens(enum loss loss)
{
	return loss == LOSS_CROSSENTROPY;
}

double
loss_divisor(const struct loss_config *config, size_t predicted)
{
	return (double)(losses[config->loss].is_density
			? predicted
			: predicted * config->features);
}

double
loss_sum(const struct loss_config *config, size_t samples,
	const float *predictions, const float *targets, const float *mask,
	float scale, float *gradients)
{
	size_t outputs = loss_outputs(config);
	double sum = 0;

	if (mask == NULL)
		return losses[config->loss].sum(config, samples, predictions,
			targets, scale, gradients);
	for (size_t s = 0; s < samples; s++) {
		float *gradient = gradients + s * outputs;

		if (mask[s] == 0.0f)
			memset(gradient, 0, outputs * sizeof *gradient);
		else
			sum += losses[config->loss].sum(config, 1,
				predictions + s * outputs,
				targets + s * config->features, scale,
				gradient);
	}
	return sum;
}

double
loss_sum_tokens(const struct kernel *kernel, const struct loss_config *config,
	size_t samples, const float *predictions, const uint32_t *targets,
	const float *mask, float scale, float *gradients)
{
	return kernel->cross_entropy(samples, config->features, predictions,
		targets, mask, scale, gradients);
}
