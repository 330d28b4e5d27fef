/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/dense.h"

#include <string.h>

void
dense_forward(const struct dense *layer, size_t rows,
	const struct kernel_rows *input, float *output)
{
	const struct kernel *kernel = layer->ops;
	struct kernel_gemm_nt product = {
		.of = {{.panels = layer->blocks,
			.width = kernel->lanes,
			.a = input->base,
			.a_panel_stride = input->block_stride,
			.a_row_stride = input->row_stride,
			.b = layer->kernel,
			.b_panel_stride = kernel->lanes,
			.b_row_stride = layer->blocks * kernel->lanes}},
		.widths = 1,
		.m = rows,
		.n = layer->outputs,
		.c = output,
		.c_block_stride = kernel->lanes,
		.c_row_stride = layer->outputs,
	};

	for (size_t row = 0; row < rows; row++)
		for (size_t n = 0; n < layer->outputs; n++)
			output[row * layer->outputs + n] = layer->bias[n];
	kernel->gemm_nt(&product);
}

static struct kernel_rows
output_rows(const struct dense *layer, const float *d_output, size_t first,
	size_t last)
{
	return (struct kernel_rows){
		.base = d_output + first,
		.row_stride = layer->outputs,
		.block = last - first,
		.count = last - first,
	};
}

void
dense_backward(const struct dense *layer, size_t rows, const float *d_output,
	size_t block, float *d_input)
{
	const struct kernel *kernel = layer->ops;
	struct kernel_rows d_outputs =
		output_rows(layer, d_output, 0, layer->outputs);

	/* dh = dy Wᵀ */
	kernel->gemm_narrow(rows, &d_outputs,
		layer->kernel + block * kernel->lanes,
		layer->blocks * kernel->lanes, d_input);
}

void
dense_gradient(const struct dense *layer, size_t rows,
	const struct kernel_rows *input, const float *d_output, size_t block,
	size_t first, size_t last, float *kernel_gradient)
{
	const struct kernel *kernel = layer->ops;
	struct kernel_rows d_outputs =
		output_rows(layer, d_output, first, last);

	/* dW = hᵀ dy */
	kernel->gemm_tn(rows, 1, &d_outputs,
		input->base + block * input->block_stride, kernel->lanes,
		kernel_gradient +
			(first * layer->blocks + block) * kernel->lanes,
		layer->blocks * kernel->lanes);
}

void
dense_bias_gradient(const struct dense *layer, size_t rows,
	const float *d_output, size_t first, size_t last, float *bias_gradient)
{
	memset(bias_gradient + first, 0,
		(last - first) * sizeof *bias_gradient);
	for (size_t row = 0; row < rows; row++)
		for (size_t n = first; n < last; n++)
			bias_gradient[n] += d_output[row * layer->outputs + n];
}
