/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The dense output layer, linear: y = h W + b. Its kernel is packed
 * transposed, [outputs, blocks, lanes]; see kernel.h for the layouts.
 */
#ifndef LSTMTUI_CORE_DENSE_H
#define LSTMTUI_CORE_DENSE_H

#include <stddef.h>

#include "core/kernel.h"

/* The layer's sizes and its packed weights, which belong to the model. */
struct dense {
	size_t inputs, outputs;
	size_t blocks;            /* of inputs */
	const struct kernel *ops; /* the vector kernel in use */
	const float *kernel;      /* [outputs, blocks, lanes] */
	const float *bias;        /* [outputs] */
};

/* output[rows, outputs], plain, from rows of the inputs. */
void dense_forward(const struct dense *layer, size_t rows,
	const struct kernel_rows *input, float *output);

/*
 * From d_output[rows, outputs], the loss's gradient with respect to the
 * output: one block of that of the inputs is added to d_input[rows, lanes].
 */
void dense_backward(const struct dense *layer, size_t rows,
	const float *d_output, size_t block, float *d_input);

/* And one block of the kernel's, written where it lies in kernel_gradient. */
void dense_gradient(const struct dense *layer, size_t rows,
	const struct kernel_rows *input, const float *d_output, size_t block,
	float *kernel_gradient);

/* The bias's: bias_gradient[outputs] = the sum of d_output over its rows. */
void dense_bias_gradient(const struct dense *layer, size_t rows,
	const float *d_output, float *bias_gradient);

#endif
