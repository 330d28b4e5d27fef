#include "core/loss.h"

#include <math.h>
#include <string.h>

static double
absolute_error(size_t count, const float *predictions, const float *targets,
	float scale, float *gradients)
{
	double sum = 0;

	for (size_t i = 0; i < count; i++) {
		float difference = predictions[i] - targets[i];

		sum += fabsf(difference);
		gradients[i] = difference > 0.0f ? scale
			: difference < 0.0f      ? -scale
						 : 0.0f;
	}
	return sum;
}

static double
squared_error(size_t count, const float *predictions, const float *targets,
	float scale, float *gradients)
{
	double sum = 0;

	for (size_t i = 0; i < count; i++) {
		float difference = predictions[i] - targets[i];

		sum += (double)difference * difference;
		gradients[i] = 2.0f * scale * difference;
	}
	return sum;
}

static const struct {
	const char *name, *summary;
	double (*sum)(size_t count, const float *predictions,
		const float *targets, float scale, float *gradients);
} losses[] = {
	[LOSS_MAE] = {"mae", "mean absolute error", absolute_error},
	[LOSS_MSE] = {"mse", "mean squared error", squared_error},
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

double
loss_sum(enum loss loss, size_t samples, size_t features,
	const float *predictions, const float *targets, const float *weights,
	float scale, float *gradients)
{
	double sum = 0;

	if (weights == NULL)
		return losses[loss].sum(samples * features, predictions,
			targets, scale, gradients);
	for (size_t s = 0; s < samples; s++) {
		size_t row = s * features;

		if (weights[s] == 0.0f)
			memset(gradients + row, 0,
				features * sizeof *gradients);
		else
			sum += losses[loss].sum(features, predictions + row,
				targets + row, scale, gradients + row);
	}
	return sum;
}
