/*
 * The dense output layer, linear: y = h W + b.
 */
#ifndef LSTMTUI_CORE_DENSE_H
#define LSTMTUI_CORE_DENSE_H

#include <stddef.h>

/* The layer's sizes and its weights, which belong to the model. */
struct dense {
	size_t inputs, outputs;
	const float *kernel; /* [inputs, outputs] */
	const float *bias;   /* [outputs] */
};

/* output[samples, outputs] from input[samples, inputs]. */
void dense_forward(const struct dense *layer, size_t samples,
	const float *input, float *output);

/*
 * From d_output[samples, outputs], the loss's gradient with respect to the
 * output: adds to the gradients of kernel and bias (shapes as in struct
 * dense) and to d_input[samples, inputs].
 */
void dense_backward(const struct dense *layer, size_t samples,
	const float *input, const float *d_output, float *d_input,
	float *kernel_gradient, float *bias_gradient);

#endif
