/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The linear output layer: y = h W + b. Its kernel is packed transposed,
 * [outputs, blocks, lanes]; see kernel.h for the layouts.
 */
#ifndef LSTMTUI_CORE_DENSE_H
#define LSTMTUI_CORE_DENSE_H

#include <stddef.h>

#include "core/kernel.h"

/* Sizes of the layer, and its packed weights, which the model owns. */
struct dense {
	size_t inputs, outputs;
	size_t blocks;            /* of inputs */
	const struct kernel *ops; /* the vector kernel in use */
	const float *kernel;      /* [outputs, blocks, lanes] */
	const float *bias;        /* [outputs] */
};

/*
 * Compute output[rows, outputs], row-major, from rows of inputs, with a
 * transposed copy of the kernel (transposed.h) or, if it is NULL, without.
 */
void dense_forward(const struct dense *layer, size_t rows,
	const struct kernel_rows *input, const float *copy, float *output);

/*
 * Given d_output[rows, outputs], the gradient of the loss with respect to the
 * output, add the gradient of the inputs to d_input[blocks, rows, lanes], whose
 * blocks are `block_stride` floats apart.
 */
void dense_backward(const struct dense *layer, size_t rows,
	const float *d_output, float *d_input, size_t block_stride);

/* Outputs [first, last). */
struct dense_range {
	size_t first, last;
};

/* Write the gradient of the kernel of some outputs to its place. */
void dense_gradient(const struct dense *layer, size_t rows,
	const struct kernel_rows *input, const float *d_output,
	struct dense_range outputs, float *kernel_gradient);

/* The same for the bias: the sum of d_output over rows. */
void dense_bias_gradient(const struct dense *layer, size_t rows,
	const float *d_output, struct dense_range outputs,
	float *bias_gradient);

#endif
