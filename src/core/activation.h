/*
 * The activation functions of an LSTM's gates, and their derivatives in
 * terms of their own value, as the backward pass needs them.
 */
#ifndef LSTMTUI_CORE_ACTIVATION_H
#define LSTMTUI_CORE_ACTIVATION_H

#include <stddef.h>

/* What the gates i, f and o use; the candidate and the output use tanh. */
enum activation {
	ACTIVATION_SIGMOID,     /* 1 / (1 + exp(-x)) */
	ACTIVATION_HARD_SIGMOID /* clip(0.2 x + 0.5, 0, 1): Keras before 2.3 */
};

/* The name and a one-line summary by enumerator; NULL past the last. */
const char *activation_name(size_t activation);
const char *activation_summary(size_t activation);

/* values[count] = activation(values[count]), in place. */
void activation_apply(enum activation activation, float *values,
	size_t count);

/* outputs[count] = tanh(inputs[count]). */
void activation_tanh(const float *inputs, float *outputs, size_t count);

/*
 * The derivative where the function's value is y: y (1 - y) for sigmoid;
 * for hard-sigmoid 0.2 inside (0, 1), 0 where it is clipped.
 */
float activation_slope(enum activation activation, float y);

#endif
