#include "core/dense.h"

#include <string.h>

void
dense_forward(const struct dense *layer, size_t rows,
	const struct kernel_rows *input, float *output)
{
	const struct kernel *kernel = kernel_current();
	struct kernel_dots dots = {
		.panels = layer->blocks,
		.width = kernel->lanes,
		.rows = rows,
		.numbers = layer->outputs,
		.a = input->base,
		.a_panel_stride = input->block_stride,
		.a_row_stride = input->row_stride,
		.b = layer->kernel,
		.b_panel_stride = kernel->lanes,
		.b_row_stride = layer->blocks * kernel->lanes,
		.c = output,
		.c_block_stride = kernel->lanes,
		.c_row_stride = layer->outputs,
	};

	for (size_t row = 0; row < rows; row++)
		for (size_t n = 0; n < layer->outputs; n++)
			output[row * layer->outputs + n] = layer->bias[n];
	kernel->dots(&dots);
}

void
dense_backward(const struct dense *layer, size_t rows,
	const struct kernel_rows *input, const float *d_output, size_t block,
	float *d_input, float *kernel_gradient)
{
	const struct kernel *kernel = kernel_current();
	size_t lanes = kernel->lanes, stride = layer->blocks * lanes;
	struct kernel_rows d_outputs = {
		.base = d_output,
		.row_stride = layer->outputs,
		.block = layer->outputs,
		.count = layer->outputs,
	};

	/* dh = dy Wᵀ   dW = hᵀ dy */
	memset(d_input, 0, rows * lanes * sizeof *d_input);
	kernel->combine(rows, &d_outputs, layer->kernel + block * lanes,
		stride, d_input);
	kernel->gradient(rows, 1, &d_outputs,
		input->base + block * input->block_stride,
		kernel_gradient + block * lanes, stride);
}

void
dense_bias_gradient(const struct dense *layer, size_t rows,
	const float *d_output, float *bias_gradient)
{
	memset(bias_gradient, 0, layer->outputs * sizeof *bias_gradient);
	for (size_t row = 0; row < rows; row++)
		for (size_t n = 0; n < layer->outputs; n++)
			bias_gradient[n] += d_output[row * layer->outputs + n];
}
