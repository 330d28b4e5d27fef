/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A step of the GRU, forward and backward, of one panel: the three gates of a
 * block of units. Part of kernel_body.h; see gru.c for the equations.
 */
#ifndef LSTMTUI_CORE_KERNEL_GRU_H
#define LSTMTUI_CORE_KERNEL_GRU_H

#include "core/kernel.h"
#include "core/kernel_products.h"
#include "core/kernel_vector.h"

enum { GRU_COLUMNS = 3 };

/* Set kept[r] to x W_g + b_g, a_z, a_r and s of row r. */
INLINE void
gru_products(int rows, const struct kernel_step *step, size_t row,
	vector kept[][COLUMNS])
{
	const float *bias = step->bias, *recurrent_bias = bias + 3 * L;
	vector sums[TILE_ROWS][COLUMNS];
	vector z = load(bias) + load(recurrent_bias);
	vector r_ = load(bias + L) + load(recurrent_bias + L);
	vector g = load(bias + 2 * L), s = load(recurrent_bias + 2 * L);

	UNROLLED
	for (int r = 0; r < rows; r++) {
		sums[r][0] = g;
		sums[r][1] = z;
		sums[r][2] = r_;
	}
	gemm_tile(rows, GRU_COLUMNS, sums, step->input, row, step->kernel);
	UNROLLED
	for (int r = 0; r < rows; r++) {
		kept[r][0] = sums[r][0];
		sums[r][0] = sums[r][1];
		sums[r][1] = sums[r][2];
		sums[r][2] = s;
	}
	gemm_tile(rows, GRU_COLUMNS, sums, &step->hidden_before, row,
		step->recurrent_kernel);
	UNROLLED
	for (int r = 0; r < rows; r++)
		UNROLLED
	for (int k = 0; k < GRU_COLUMNS; k++)
		kept[r][k + 1] = sums[r][k];
}

INLINE void
gru_tile(int rows, const struct kernel_gru_forward *forward, size_t row)
{
	vector kept[TILE_ROWS][COLUMNS];

	gru_products(rows, &forward->step, row, kept);
#pragma GCC unroll 1
	for (int k = 0; k < rows; k++) {
		size_t at = (row + (size_t)k) * L;
		float *gates = forward->gates + COLUMNS * at;
		vector z = recurrent_activation(forward->is_hard, kept[k][1]);
		vector r = recurrent_activation(forward->is_hard, kept[k][2]);
		vector s = kept[k][3];
		vector g = hyperbolic_tangent(multiply_add(r, s, kept[k][0]));
		vector before = {0};

		if (forward->hidden_before != NULL)
			before = load(forward->hidden_before + at);
		store(gates, g);
		store(gates + L, z);
		store(gates + 2 * L, r);
		store(gates + 3 * L, s);
		store(forward->hidden + at, multiply_add(z, before - g, g));
	}
}

static void
gru_forward(const struct kernel_gru_forward *forward)
{
	const size_t tile = TILE_ROWS_OF(GRU_COLUMNS);
	size_t samples = forward->step.samples, row = 0;

	for (; row + tile <= samples; row += tile)
		gru_tile(TILE_ROWS_OF(GRU_COLUMNS), forward, row);
	if (tile > 4 && row + 4 <= samples) {
		gru_tile(4, forward, row);
		row += 4;
	}
	if (row + 2 <= samples) {
		gru_tile(2, forward, row);
		row += 2;
	}
	if (row < samples)
		gru_tile(1, forward, row);
}

static void
gru_backward(const struct kernel_gru_backward *backward)
{
	const bool hard = backward->is_hard;

	for (size_t at = 0; at < backward->samples * L; at += L) {
		float *gates = backward->gates + COLUMNS * at;
		vector g = load(gates), z = load(gates + L);
		vector r = load(gates + 2 * L), s = load(gates + 3 * L);
		vector dh = load(backward->d_hidden + at), before = {0};
		vector dg = dh * (1.0f - z) * tanh_derivative(g);

		if (backward->hidden_before != NULL)
			before = load(backward->hidden_before + at);
		if (backward->d_hidden_before != NULL) {
			float *d_before = backward->d_hidden_before + at;

			store(d_before, multiply_add(dh, z, load(d_before)));
		}
		store(gates, dg);
		store(gates + L,
			dh * (before - g) * recurrent_derivative(hard, z));
		store(gates + 2 * L, dg * s * recurrent_derivative(hard, r));
		store(gates + 3 * L, dg * r);
	}
}

#endif
