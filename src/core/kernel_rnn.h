/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A step of the simple recurrent layer, forward and backward, of one panel: the
 * units of 1 to 4 blocks. Part of kernel_body.h; see rnn.c for the equations.
 */
#ifndef LSTMTUI_CORE_KERNEL_RNN_H
#define LSTMTUI_CORE_KERNEL_RNN_H

#include "core/kernel.h"
#include "core/kernel_products.h"
#include "core/kernel_vector.h"

/* z = x W + h₋ R + b, h = tanh(z). */
INLINE void
rnn_tile(int rows, int columns, const struct kernel_rnn_forward *forward,
	size_t row)
{
	const struct kernel_step *step = &forward->step;
	vector sums[TILE_ROWS][COLUMNS], kept[TILE_ROWS * COLUMNS];

	UNROLLED
	for (int r = 0; r < rows; r++)
		UNROLLED
	for (int k = 0; k < columns; k++)
		sums[r][k] = load(step->bias + k * L);
	gemm_tile(rows, columns, sums, step->input, row, step->kernel);
	gemm_tile(rows, columns, sums, &step->hidden_before, row,
		step->recurrent_kernel);
	/* spill the sums, so that the next loop need not be unrolled */
	UNROLLED
	for (int k = 0; k < columns; k++)
		UNROLLED
	for (int r = 0; r < rows; r++)
		kept[k * rows + r] = sums[r][k];
	for (int k = 0; k < columns; k++) {
		float *hidden = forward->hidden +
			(size_t)k * forward->block_stride + row * L;

#pragma GCC unroll 1
		for (int r = 0; r < rows; r++)
			store(hidden + r * L,
				hyperbolic_tangent(kept[k * rows + r]));
	}
}

INLINE void
rnn_columns(int tile, int columns, const struct kernel_rnn_forward *forward)
{
	size_t samples = forward->step.samples, row = 0;

	for (; row + (size_t)tile <= samples; row += (size_t)tile)
		rnn_tile(tile, columns, forward, row);
	for (; tile > 4 && row + 4 <= samples; row += 4)
		rnn_tile(4, columns, forward, row);
	for (; tile > 2 && row + 2 <= samples; row += 2)
		rnn_tile(2, columns, forward, row);
	for (; row < samples; row++)
		rnn_tile(1, columns, forward, row);
}

static void
rnn_forward(const struct kernel_rnn_forward *forward)
{
	switch (forward->columns) {
	case 1:
		rnn_columns(TILE_ROWS_OF(1), 1, forward);
		break;
	case 2:
		rnn_columns(TILE_ROWS_OF(2), 2, forward);
		break;
	case 3:
		rnn_columns(TILE_ROWS_OF(3), 3, forward);
		break;
	case 4:
		rnn_columns(KERNEL_ROWS, 4, forward);
		break;
	}
}

static void
rnn_backward(const struct kernel_rnn_backward *backward)
{
	size_t columns = backward->columns;

	for (size_t k = 0; k < columns; k++) {
		const float *hidden =
			backward->hidden + k * backward->block_stride;
		const float *d_hidden =
			backward->d_hidden + k * backward->d_block_stride;
		float *gates = backward->gates + k * L;

		for (size_t row = 0; row < backward->samples; row++)
			store(gates + row * columns * L,
				load(d_hidden + row * L) *
					tanh_derivative(
						load(hidden + row * L)));
	}
}

#endif
