#include "core/activation.h"

#include <math.h>

static const struct {
	const char *name, *summary;
} activations[] = {
	[ACTIVATION_SIGMOID] = {"sigmoid", "1 / (1 + exp(-x))"},
	[ACTIVATION_HARD_SIGMOID] = {"hard-sigmoid",
		"clip(0.2 x + 0.5, 0, 1), as in Keras when the lesson was "
		"written"},
};

enum { ACTIVATIONS = sizeof activations / sizeof activations[0] };

const char *
activation_name(size_t activation)
{
	return activation < ACTIVATIONS ? activations[activation].name : NULL;
}

const char *
activation_summary(size_t activation)
{
	return activation < ACTIVATIONS ? activations[activation].summary
					: NULL;
}

void
activation_apply(enum activation activation, float *values, size_t count)
{
	if (activation == ACTIVATION_SIGMOID) {
		for (size_t i = 0; i < count; i++)
			values[i] = 1.0f / (1.0f + expf(-values[i]));
		return;
	}
	for (size_t i = 0; i < count; i++) {
		float y = 0.2f * values[i] + 0.5f;

		/* written so that NaN passes through */
		values[i] = y < 0.0f ? 0.0f : y > 1.0f ? 1.0f : y;
	}
}

void
activation_tanh(const float *inputs, float *outputs, size_t count)
{
	for (size_t i = 0; i < count; i++)
		outputs[i] = tanhf(inputs[i]);
}

float
activation_slope(enum activation activation, float y)
{
	if (activation == ACTIVATION_SIGMOID)
		return y * (1.0f - y);
	return y > 0.0f && y < 1.0f ? 0.2f : 0.0f;
}
