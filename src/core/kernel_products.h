/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The products of an LSTM: forward through the gates of a step, back, and
 * the weights' gradients. Part of kernel_body.h, which see. Tiles are made
 * for each count of rows that the registers hold.
 */
#ifndef LSTMTUI_CORE_KERNEL_PRODUCTS_H
#define LSTMTUI_CORE_KERNEL_PRODUCTS_H

#include "core/kernel.h"
#include "core/kernel_vector.h"

/* sums[rows][4] += a[row on] · b[a->count, 4 · L]. */
INLINE void
multiply_tile(int rows, vector sums[][GATES], const struct kernel_rows *a,
	size_t row, const float *b)
{
	if (a->token != NULL) {
		UNROLLED
		for (int r = 0; r < rows; r++)
			UNROLLED
		for (int g = 0; g < GATES; g++)
			sums[r][g] += load(b +
				a->token[row + (size_t)r] * COLUMNS + g * L);
		return;
	}
	for (size_t first = 0; first < a->count; first += a->block) {
		const float *from = a->base +
			first / a->block * a->block_stride +
			row * a->row_stride;
		size_t rest = a->count - first;
		size_t count = rest < a->block ? rest : a->block;

		for (size_t k = 0; k < count; k++, b += COLUMNS) {
			vector factor[GATES];

			UNROLLED
			for (int g = 0; g < GATES; g++)
				factor[g] = load(b + g * L);
			UNROLLED
			for (int r = 0; r < rows; r++) {
				vector x = splat(
					from[(size_t)r * a->row_stride + k]);

				UNROLLED
				for (int g = 0; g < GATES; g++)
					sums[r][g] = multiply_add(x, factor[g],
						sums[r][g]);
			}
		}
	}
}

/*
 * z = x W + h₋ R + b, then the gates, the cell and the output: the
 * equations stand in lstm.h.
 */
INLINE void
forward_tile(int rows, const struct kernel_forward *step, size_t row)
{
	vector sums[KERNEL_ROWS][GATES];
	vector kept[KERNEL_ROWS][GATES];

	UNROLLED
	for (int r = 0; r < rows; r++)
		UNROLLED
	for (int g = 0; g < GATES; g++)
		sums[r][g] = load(step->bias + g * L);
	multiply_tile(rows, sums, &step->input, row, step->kernel);
	multiply_tile(rows, sums, &step->hidden_before, row,
		step->recurrent_kernel);
	/* out of the registers, so that the tile's code stays small */
	UNROLLED
	for (int r = 0; r < rows; r++)
		UNROLLED
	for (int g = 0; g < GATES; g++)
		kept[r][g] = sums[r][g];
#pragma GCC unroll 1
	for (int r = 0; r < rows; r++) {
		size_t at = (row + (size_t)r) * L;
		float *gates = step->gates + GATES * at;
		vector i = recurrent_activation(step->is_hard, kept[r][0]);
		vector f = kept[r][1];
		vector g = hyperbolic_tangent(kept[r][2]);
		vector o = recurrent_activation(step->is_hard, kept[r][3]);
		vector c = i * g, t;

		/* the forget gate has nothing to forget in a zero state */
		if (step->cell_before != NULL) {
			f = recurrent_activation(step->is_hard, f);
			c = multiply_add(f, load(step->cell_before + at), c);
		}
		t = hyperbolic_tangent(c);
		store(gates, i);
		store(gates + L, f);
		store(gates + 2 * L, g);
		store(gates + 3 * L, o);
		store(step->cell + at, c);
		store(step->cell_tanh + at, t);
		store(step->hidden + at, o * t);
	}
}

static void
forward(const struct kernel_forward *step)
{
	size_t row = 0;

	for (; row + KERNEL_ROWS <= step->samples; row += KERNEL_ROWS)
		forward_tile(KERNEL_ROWS, step, row);
	switch (step->samples - row) {
#if KERNEL_ROWS > 2
	case 5:
		forward_tile(5, step, row);
		break;
	case 4:
		forward_tile(4, step, row);
		break;
	case 3:
		forward_tile(3, step, row);
		break;
#endif
	case 2:
		forward_tile(2, step, row);
		break;
	case 1:
		forward_tile(1, step, row);
		break;
	}
}

/* 1 - x²: the derivative of tanh from its value. */
INLINE vector
one_less_square(vector x)
{
	return multiply_add(-x, x, splat(1.0f));
}

static void
backward(const struct kernel_backward *step)
{
	const bool hard = step->is_hard;

	for (size_t at = 0; at < step->samples * L; at += L) {
		float *gates = step->gates + GATES * at;
		vector i = load(gates), f = load(gates + L);
		vector g = load(gates + 2 * L), o = load(gates + 3 * L);
		vector t = load(step->cell_tanh + at);
		vector dh = load(step->d_hidden + at);
		vector dc = multiply_add(dh * o, one_less_square(t),
			load(step->d_cell + at));
		vector df = {0};

		if (step->cell_before != NULL) {
			df = dc * load(step->cell_before + at) *
				recurrent_slope(hard, f);
			store(step->d_cell + at, dc * f);
		}
		store(gates, dc * g * recurrent_slope(hard, i));
		store(gates + L, df);
		store(gates + 2 * L, dc * i * one_less_square(g));
		store(gates + 3 * L, dh * t * recurrent_slope(hard, o));
	}
}

INLINE void
dots_tile(int rows, int numbers, const struct kernel_dots *dots, size_t row,
	size_t number)
{
	vector sums[DOTS_ROWS][DOTS_NUMBERS] = {0};

	for (size_t p = 0; p < dots->panels; p++) {
		const float *a = dots->a + p * dots->a_panel_stride +
			row * dots->a_row_stride;
		const float *b = dots->b + p * dots->b_panel_stride +
			number * dots->b_row_stride;

		for (size_t k = 0; k < dots->width; k += L) {
			vector factor[DOTS_NUMBERS];

			UNROLLED
			for (int n = 0; n < numbers; n++)
				factor[n] = load(
					b + (size_t)n * dots->b_row_stride + k);
			UNROLLED
			for (int r = 0; r < rows; r++) {
				vector x = load(
					a + (size_t)r * dots->a_row_stride + k);

				UNROLLED
				for (int n = 0; n < numbers; n++)
					sums[r][n] = multiply_add(x, factor[n],
						sums[r][n]);
			}
		}
	}
	UNROLLED
	for (int r = 0; r < rows; r++)
		UNROLLED
	for (int n = 0; n < numbers; n++) {
		size_t at = number + (size_t)n;

		dots->c[at / L * dots->c_block_stride +
			(row + (size_t)r) * dots->c_row_stride + at % L] +=
			sum_lanes(sums[r][n]);
	}
}

/* Few numbers of b stay at hand while all rows of a pass by. */
INLINE void
dots_numbers(int numbers, const struct kernel_dots *dots, size_t number)
{
	size_t row = 0;

	for (; row + DOTS_ROWS <= dots->rows; row += DOTS_ROWS)
		dots_tile(DOTS_ROWS, numbers, dots, row, number);
	for (; row < dots->rows; row++)
		dots_tile(1, numbers, dots, row, number);
}

static void
dots(const struct kernel_dots *dots)
{
	size_t number = 0;

	for (; number + DOTS_NUMBERS <= dots->numbers; number += DOTS_NUMBERS)
		dots_numbers(DOTS_NUMBERS, dots, number);
	for (; number + 2 <= dots->numbers; number += 2)
		dots_numbers(2, dots, number);
	for (; number < dots->numbers; number++)
		dots_numbers(1, dots, number);
}

INLINE void
combine_tile(int rows, const struct kernel_rows *a, size_t row, const float *b,
	size_t b_stride, float *c)
{
	vector sums[COMBINE_ROWS];

	UNROLLED
	for (int r = 0; r < rows; r++)
		sums[r] = load(c + (row + (size_t)r) * L);
	for (size_t first = 0; first < a->count; first += a->block) {
		const float *from = a->base +
			first / a->block * a->block_stride +
			row * a->row_stride;
		size_t rest = a->count - first;
		size_t count = rest < a->block ? rest : a->block;

		for (size_t k = 0; k < count; k++, b += b_stride) {
			vector factor = load(b);

			UNROLLED
			for (int r = 0; r < rows; r++)
				sums[r] = multiply_add(
					splat(from[(size_t)r * a->row_stride +
						k]),
					factor, sums[r]);
		}
	}
	UNROLLED
	for (int r = 0; r < rows; r++)
		store(c + (row + (size_t)r) * L, sums[r]);
}

static void
combine(size_t rows, const struct kernel_rows *a, const float *b,
	size_t b_stride, float *c)
{
	size_t row = 0;

	for (; row + COMBINE_ROWS <= rows; row += COMBINE_ROWS)
		combine_tile(COMBINE_ROWS, a, row, b, b_stride, c);
	for (; row < rows; row++)
		combine_tile(1, a, row, b, b_stride, c);
}

INLINE void
multiply_rows(int rows, const struct kernel_rows *a, size_t row, const float *b,
	float *c)
{
	vector sums[KERNEL_ROWS][GATES];

	UNROLLED
	for (int r = 0; r < rows; r++)
		UNROLLED
	for (int g = 0; g < GATES; g++)
		sums[r][g] = load(c + r * COLUMNS + g * L);
	multiply_tile(rows, sums, a, row, b);
	UNROLLED
	for (int r = 0; r < rows; r++)
		UNROLLED
	for (int g = 0; g < GATES; g++)
		store(c + r * COLUMNS + g * L, sums[r][g]);
}

static void
multiply(size_t rows, const struct kernel_rows *a, const float *b, float *c)
{
	size_t row = 0;

	for (; row + KERNEL_ROWS <= rows; row += KERNEL_ROWS)
		multiply_rows(KERNEL_ROWS, a, row, b, c + row * COLUMNS);
	for (; row < rows; row++)
		multiply_rows(1, a, row, b, c + row * COLUMNS);
}

INLINE void
gradient_tile(int numbers, int vectors, size_t rows, const float *from,
	size_t row_stride, const float *b, float *c, size_t c_stride)
{
	vector sums[KERNEL_ROWS][GATES] = {0};

	for (size_t row = 0; row < rows; row++) {
		vector factor[GATES];

		UNROLLED
		for (int v = 0; v < vectors; v++)
			factor[v] = load(b + v * L);
		UNROLLED
		for (int n = 0; n < numbers; n++)
			UNROLLED
		for (int v = 0; v < vectors; v++)
			sums[n][v] = multiply_add(splat(from[n]), factor[v],
				sums[n][v]);
		from += row_stride;
		b += vectors * L;
	}
	UNROLLED
	for (int n = 0; n < numbers; n++)
		UNROLLED
	for (int v = 0; v < vectors; v++)
		store(c + (size_t)n * c_stride + v * L, sums[n][v]);
}

INLINE void
gradient_numbers(int vectors, size_t rows, const struct kernel_rows *a,
	const float *b, float *c, size_t c_stride)
{
	for (size_t first = 0; first < a->count; first += a->block) {
		const float *from =
			a->base + first / a->block * a->block_stride;
		size_t rest = a->count - first, k = 0;
		size_t count = rest < a->block ? rest : a->block;

		for (; k + GRADIENT_NUMBERS <= count;
			k += GRADIENT_NUMBERS, c += GRADIENT_NUMBERS * c_stride)
			gradient_tile(GRADIENT_NUMBERS, vectors, rows, from + k,
				a->row_stride, b, c, c_stride);
		for (; k + 2 <= count; k += 2, c += 2 * c_stride)
			gradient_tile(2, vectors, rows, from + k, a->row_stride,
				b, c, c_stride);
		for (; k < count; k++, c += c_stride)
			gradient_tile(1, vectors, rows, from + k, a->row_stride,
				b, c, c_stride);
	}
}

/* The gradient for one-hot rows: each row of b goes to its token's. */
static void
gather_tokens(size_t rows, const struct kernel_rows *a, const float *b,
	float *c)
{
	memset(c, 0, a->count * COLUMNS * sizeof *c);
	for (size_t row = 0; row < rows; row++, b += COLUMNS) {
		float *to = c + a->token[row] * COLUMNS;

		UNROLLED
		for (int g = 0; g < GATES; g++)
			store(to + g * L, load(to + g * L) + load(b + g * L));
	}
}

static void
gradient(size_t rows, size_t vectors, const struct kernel_rows *a,
	const float *b, float *c, size_t c_stride)
{
	if (a->token != NULL)
		gather_tokens(rows, a, b, c);
	else if (vectors == GATES)
		gradient_numbers(GATES, rows, a, b, c, c_stride);
	else
		gradient_numbers(1, rows, a, b, c, c_stride);
}

static void
sum_rows(size_t rows, size_t width, const float *b, float *c)
{
	for (size_t at = 0; at < width; at += L) {
		vector sum = {0};

		for (size_t row = 0; row < rows; row++)
			sum += load(b + row * width + at);
		store(c + at, sum);
	}
}

#endif
