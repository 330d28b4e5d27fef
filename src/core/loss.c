/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/loss.h"

#include <string.h>

#include "base/translate.h"

const struct loss loss_crossentropy = {
	.kind = {.name = "crossentropy",
		.summary =
			N_("-ln of the next character's probability, in nats")},
	.is_density = true,
	.is_of_tokens = true,
};

const struct kind *const loss_list[] = {
	&loss_mae.kind,
	&loss_mse.kind,
	&loss_huber.kind,
	&loss_rectangle.kind,
	&loss_mixture.kind,
	&loss_crossentropy.kind,
	NULL,
};

size_t
loss_outputs(const struct loss_config *config)
{
	return config->loss->outputs != NULL ? config->loss->outputs(config)
					     : config->features;
}

size_t
loss_mode(const struct loss_config *config, const float *outputs)
{
	return config->loss->mode != NULL ? config->loss->mode(config, outputs)
					  : 0;
}

double
loss_divisor(const struct loss_config *config, size_t predicted)
{
	return (double)(config->loss->is_density
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
		return config->loss->sum(config, samples, predictions, targets,
			scale, gradients);
	for (size_t s = 0; s < samples; s++) {
		float *gradient = gradients + s * outputs;

		if (mask[s] == 0.0f)
			memset(gradient, 0, outputs * sizeof *gradient);
		else
			sum += config->loss->sum(config, 1,
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
