/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/dense.h"

static void
forward_with_copy(const struct dense *layer, size_t rows,
	const struct kernel_rows *input, const float *copy, float *output)
{
	size_t lanes = layer->ops->lanes;
	size_t width = layer->ops->product_columns * lanes;

	for (size_t first = 0; first < layer->outputs; first += width) {
		size_t rest = layer->outputs - first;
		size_t count = rest < width ? rest : width;

		layer->ops->multiply(&(struct kernel_product){
			.m = rows,
			.n = count,
			.a = input,
			.b = copy + first * layer->inputs,
			.b_stride = (count + lanes - 1) / lanes * lanes,
			.start = layer->bias + first,
			.c = output + first,
			.c_block_stride = lanes,
			.c_row_stride = layer->outputs,
		});
	}
}

void
dense_forward(const struct dense *layer, size_t rows,
	const struct kernel_rows *input, const float *copy, float *output)
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

	if (copy != NULL) {
		forward_with_copy(layer, rows, input, copy, output);
		return;
	}
	for (size_t row = 0; row < rows; row++)
		for (size_t n = 0; n < layer->outputs; n++)
			output[row * layer->outputs + n] = layer->bias[n];
	kernel->gemm_nt(&product);
}

void
dense_backward(const struct dense *layer, size_t rows, const float *d_output,
	float *d_input, size_t block_stride)
{
	size_t lanes = layer->ops->lanes;
	struct kernel_rows d_outputs = {
		.base = d_output,
		.row_stride = layer->outputs,
		.block = layer->outputs,
		.count = layer->outputs,
	};

	/* dh = dy Wᵀ */
	layer->ops->multiply(&(struct kernel_product){
		.m = rows,
		.n = layer->blocks * lanes,
		.a = &d_outputs,
		.b = layer->kernel,
		.b_stride = layer->blocks * lanes,
		.c = d_input,
		.c_block_stride = block_stride,
		.c_row_stride = lanes,
	});
}

void
dense_gradient(const struct dense *layer, size_t rows,
	const struct kernel_rows *input, const float *d_output,
	struct dense_range outputs, float *kernel_gradient)
{
	size_t width = layer->blocks * layer->ops->lanes;

	/* dW = hᵀ dy */
	layer->ops->dense_gradient(&(struct kernel_dense_gradient){
		.rows = rows,
		.m = outputs.last - outputs.first,
		.blocks = layer->blocks,
		.a = d_output + outputs.first,
		.a_stride = layer->outputs,
		.b = input->base,
		.b_block_stride = input->block_stride,
		.c = kernel_gradient + outputs.first * width,
		.c_stride = width,
	});
}

void
dense_bias_gradient(const struct dense *layer, size_t rows,
	const float *d_output, struct dense_range outputs, float *bias_gradient)
{
	layer->ops->sum_rows(rows, outputs.last - outputs.first,
		d_output + outputs.first, layer->outputs,
		bias_gradient + outputs.first);
}
