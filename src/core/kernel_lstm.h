/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A step of the LSTM, forward and backward, of one panel: the four gates of a
 * block of units. Part of kernel_body.h; see lstm.c for the equations.
 */
#ifndef LSTMTUI_CORE_KERNEL_LSTM_H
#define LSTMTUI_CORE_KERNEL_LSTM_H

#include "core/kernel.h"
#include "core/kernel_products.h"
#include "core/kernel_vector.h"

/*
 * Fetch what a tile writes while its products are computed: in a large layer it
 * is not in the cache.
 */
INLINE void
prefetch_results(int rows, const struct kernel_lstm_forward *forward,
	size_t row)
{
	UNROLLED
	for (int r = 0; r < rows; r++) {
		size_t at = (row + (size_t)r) * L;

		UNROLLED
		for (int g = 0; g < COLUMNS; g++)
			__builtin_prefetch(forward->gates + COLUMNS * at +
					g * L,
				1);
		__builtin_prefetch(forward->cell + at, 1);
		__builtin_prefetch(forward->cell_tanh + at, 1);
		__builtin_prefetch(forward->hidden + at, 1);
	}
}

/* z = x W + h₋ R + b, then the gates, the cell state and the output. */
INLINE void
lstm_tile(int rows, const struct kernel_lstm_forward *forward, size_t row)
{
	const struct kernel_step *step = &forward->step;
	vector sums[KERNEL_ROWS][COLUMNS];
	vector kept[KERNEL_ROWS][COLUMNS];

	prefetch_results(rows, forward, row);
	UNROLLED
	for (int r = 0; r < rows; r++)
		UNROLLED
	for (int g = 0; g < COLUMNS; g++)
		sums[r][g] = load(step->bias + g * L);
	gemm_tile(rows, COLUMNS, sums, step->input, row, step->kernel);
	gemm_tile(rows, COLUMNS, sums, &step->hidden_before, row,
		step->recurrent_kernel);
	/* spill the sums, so that the next loop need not be unrolled */
	UNROLLED
	for (int r = 0; r < rows; r++)
		UNROLLED
	for (int g = 0; g < COLUMNS; g++)
		kept[r][g] = sums[r][g];
#pragma GCC unroll 1
	for (int r = 0; r < rows; r++) {
		size_t at = (row + (size_t)r) * L;
		float *gates = forward->gates + COLUMNS * at;
		vector i = recurrent_activation(forward->is_hard, kept[r][0]);
		vector f = kept[r][1];
		vector g = hyperbolic_tangent(kept[r][2]);
		vector o = recurrent_activation(forward->is_hard, kept[r][3]);
		vector c = i * g, t;

		/* from zero state the forget gate has no effect: keep z_f */
		if (forward->cell_before != NULL) {
			f = recurrent_activation(forward->is_hard, f);
			c = multiply_add(f, load(forward->cell_before + at), c);
		}
		t = hyperbolic_tangent(c);
		store(gates, i);
		store(gates + L, f);
		store(gates + 2 * L, g);
		store(gates + 3 * L, o);
		store(forward->cell + at, c);
		store(forward->cell_tanh + at, t);
		store(forward->hidden + at, o * t);
	}
}

static void
lstm_forward(const struct kernel_lstm_forward *forward)
{
	size_t row = 0;

	for (; row + KERNEL_ROWS <= forward->step.samples; row += KERNEL_ROWS)
		lstm_tile(KERNEL_ROWS, forward, row);
	switch (forward->step.samples - row) {
#if KERNEL_SUMS >= 24
	case 5:
		lstm_tile(5, forward, row);
		break;
#endif
#if KERNEL_SUMS >= 20
	case 4:
		lstm_tile(4, forward, row);
		break;
#endif
#if KERNEL_SUMS >= 16
	case 3:
		lstm_tile(3, forward, row);
		break;
#endif
	case 2:
		lstm_tile(2, forward, row);
		break;
	case 1:
		lstm_tile(1, forward, row);
		break;
	}
}

static void
lstm_backward(const struct kernel_lstm_backward *backward)
{
	const bool hard = backward->is_hard;

	for (size_t at = 0; at < backward->samples * L; at += L) {
		float *gates = backward->gates + COLUMNS * at;
		vector i = load(gates), f = load(gates + L);
		vector g = load(gates + 2 * L), o = load(gates + 3 * L);
		vector t = load(backward->cell_tanh + at);
		vector dh = load(backward->d_hidden + at);
		vector dc = multiply_add(dh * o, tanh_derivative(t),
			load(backward->d_cell + at));
		vector df = {0};

		if (backward->cell_before != NULL) {
			df = dc * load(backward->cell_before + at) *
				recurrent_derivative(hard, f);
			store(backward->d_cell + at, dc * f);
		}
		store(gates, dc * g * recurrent_derivative(hard, i));
		store(gates + L, df);
		store(gates + 2 * L, dc * i * tanh_derivative(g));
		store(gates + 3 * L, dh * t * recurrent_derivative(hard, o));
	}
}

#endif
