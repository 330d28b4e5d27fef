/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Matrix products over panels and blocks: forward into the gates, back from
 * them, and the gradients of the weights. Part of kernel_body.h. A tile is
 * as many rows and columns of sums as the registers hold.
 */
#ifndef LSTMTUI_CORE_KERNEL_PRODUCTS_H
#define LSTMTUI_CORE_KERNEL_PRODUCTS_H

#include "core/kernel.h"
#include "core/kernel_vector.h"

/* sums[rows][columns] += a[row on] · b[a->count, columns · L]. */
INLINE void
multiply_tile(int rows, int columns, vector sums[][COLUMNS],
	const struct kernel_rows *a, size_t row, const float *b)
{
	const size_t width = (size_t)columns * L;

	if (a->token != NULL) {
		UNROLLED
		for (int r = 0; r < rows; r++)
			UNROLLED
		for (int g = 0; g < columns; g++)
			sums[r][g] += load(
				b + a->token[row + (size_t)r] * width + g * L);
		return;
	}
	for (size_t first = 0; first < a->count; first += a->block) {
		const float *from = a->base +
			first / a->block * a->block_stride +
			row * a->row_stride;
		size_t rest = a->count - first;
		size_t count = rest < a->block ? rest : a->block;

		for (size_t k = 0; k < count; k++, b += width) {
			vector factor[COLUMNS];

			UNROLLED
			for (int g = 0; g < columns; g++)
				factor[g] = load(b + g * L);
			UNROLLED
			for (int r = 0; r < rows; r++) {
				vector x = splat(
					from[(size_t)r * a->row_stride + k]);

				UNROLLED
				for (int g = 0; g < columns; g++)
					sums[r][g] = multiply_add(x, factor[g],
						sums[r][g]);
			}
		}
	}
}

/* sums[rows, numbers] += a b over all panels, lane by lane. */
INLINE void
dots_panels(int rows, int numbers, const struct kernel_panels *panels,
	size_t row, size_t number, vector *sums)
{
	const float *a = panels->a + row * panels->a_row_stride;
	const float *b = panels->b + number * panels->b_row_stride;

	for (size_t p = 0; p < panels->panels; p++) {
		for (size_t k = 0; k < panels->width; k += L) {
			vector factor[DOTS_SUMS];

			UNROLLED
			for (int n = 0; n < numbers; n++)
				factor[n] = load(b +
					(size_t)n * panels->b_row_stride + k);
			UNROLLED
			for (int r = 0; r < rows; r++) {
				vector x = load(a +
					(size_t)r * panels->a_row_stride + k);

				UNROLLED
				for (int n = 0; n < numbers; n++)
					sums[r * numbers + n] =
						multiply_add(x, factor[n],
							sums[r * numbers + n]);
			}
		}
		a += panels->a_panel_stride;
		b += panels->b_panel_stride;
	}
}

/* Sums over lanes, to the same bits whether a tile has as many as lanes. */
INLINE void
dots_tile(int rows, int numbers, const struct kernel_dots *dots, size_t row,
	size_t number)
{
	vector sums[DOTS_SUMS] = {0};
	float part[DOTS_SUMS];
	float *c = dots->c + number / L * dots->c_block_stride +
		row * dots->c_row_stride + number % L;
	int summed = 0;

	for (size_t w = 0; w < dots->widths; w++)
		dots_panels(rows, numbers, &dots->of[w], row, number, sums);
	UNROLLED
	for (; summed + L <= rows * numbers; summed += L) {
		vector all = sum_all_lanes(sums + summed);

		memcpy(part + summed, &all, sizeof all);
	}
	UNROLLED
	for (; summed < rows * numbers; summed++)
		part[summed] = sum_lanes(sums[summed]);
	UNROLLED
	for (int r = 0; r < rows; r++)
		UNROLLED
	for (int n = 0; n < numbers; n++)
		c[(size_t)r * dots->c_row_stride + (size_t)n] +=
			part[r * numbers + n];
}

/* Whole tiles of rows from `first` on; returns the row after them. */
INLINE size_t
dots_rows(int rows, int numbers, const struct kernel_dots *dots, size_t first,
	size_t number)
{
	for (; first + (size_t)rows <= dots->rows; first += (size_t)rows)
		dots_tile(rows, numbers, dots, first, number);
	return first;
}

static void
dots(const struct kernel_dots *dots)
{
	size_t number = 0, row = 0;
	size_t whole = dots->rows - dots->rows % DOTS_ROWS;

	/* few numbers of b stay at hand while all rows of a pass by */
	for (; number + 4 <= dots->numbers; number += 4)
		dots_rows(DOTS_ROWS, 4, dots, 0, number);
	/* rows that are left over: many numbers to one row of a */
	for (number = 0; number + L <= dots->numbers; number += L)
		dots_rows(1, L, dots, whole, number);
	for (; number + 4 <= dots->numbers; number += 4)
		dots_rows(1, 4, dots, whole, number);
	for (; number + 2 <= dots->numbers; number += 2) {
		row = dots_rows(L / 2, 2, dots, 0, number);
		dots_rows(1, 2, dots, row, number);
	}
	for (; number < dots->numbers; number++) {
		row = dots_rows(DOTS_ROWS, 1, dots, 0, number);
		dots_rows(1, 1, dots, row, number);
	}
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
	vector sums[KERNEL_ROWS][COLUMNS];

	UNROLLED
	for (int r = 0; r < rows; r++)
		UNROLLED
	for (int g = 0; g < COLUMNS; g++)
		sums[r][g] = load(c + r * WIDTH + g * L);
	multiply_tile(rows, COLUMNS, sums, a, row, b);
	UNROLLED
	for (int r = 0; r < rows; r++)
		UNROLLED
	for (int g = 0; g < COLUMNS; g++)
		store(c + r * WIDTH + g * L, sums[r][g]);
}

static void
multiply(size_t rows, const struct kernel_rows *a, const float *b, float *c)
{
	size_t row = 0;

	for (; row + KERNEL_ROWS <= rows; row += KERNEL_ROWS)
		multiply_rows(KERNEL_ROWS, a, row, b, c + row * WIDTH);
	for (; row < rows; row++)
		multiply_rows(1, a, row, b, c + row * WIDTH);
}

INLINE void
gradient_tile(int numbers, int vectors, size_t rows, const float *from,
	size_t row_stride, const float *b, size_t b_stride, float *c,
	size_t c_stride)
{
	vector sums[TILE_ROWS][COLUMNS] = {0};

	for (size_t row = 0; row < rows; row++) {
		vector factor[COLUMNS];

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
		b += b_stride;
	}
	UNROLLED
	for (int n = 0; n < numbers; n++)
		UNROLLED
	for (int v = 0; v < vectors; v++)
		store(c + (size_t)n * c_stride + v * L, sums[n][v]);
}

INLINE void
gradient_numbers(int tile, int vectors, size_t rows,
	const struct kernel_rows *a, const float *b, size_t b_stride, float *c,
	size_t c_stride)
{
	for (size_t first = 0; first < a->count; first += a->block) {
		const float *from =
			a->base + first / a->block * a->block_stride;
		size_t rest = a->count - first, k = 0;
		size_t count = rest < a->block ? rest : a->block;

		for (; k + (size_t)tile <= count;
			k += (size_t)tile, c += (size_t)tile * c_stride)
			gradient_tile(tile, vectors, rows, from + k,
				a->row_stride, b, b_stride, c, c_stride);
		for (; k + 2 <= count; k += 2, c += 2 * c_stride)
			gradient_tile(2, vectors, rows, from + k, a->row_stride,
				b, b_stride, c, c_stride);
		for (; k < count; k++, c += c_stride)
			gradient_tile(1, vectors, rows, from + k, a->row_stride,
				b, b_stride, c, c_stride);
	}
}

/* The gradient for one-hot rows: each row of b goes to its token's. */
INLINE void
gather_tokens(int vectors, size_t rows, const struct kernel_rows *a,
	const float *b, size_t b_stride, float *c, size_t c_stride)
{
	for (size_t k = 0; k < a->count; k++)
		memset(c + k * c_stride, 0, (size_t)vectors * sizeof(vector));
	for (size_t row = 0; row < rows; row++, b += b_stride) {
		float *to = c + a->token[row] * c_stride;

		UNROLLED
		for (int v = 0; v < vectors; v++)
			store(to + v * L, load(to + v * L) + load(b + v * L));
	}
}

INLINE void
gradient_vectors(int tile, int vectors, size_t rows,
	const struct kernel_rows *a, const float *b, size_t b_stride, float *c,
	size_t c_stride)
{
	if (a->token != NULL)
		gather_tokens(vectors, rows, a, b, b_stride, c, c_stride);
	else
		gradient_numbers(tile, vectors, rows, a, b, b_stride, c,
			c_stride);
}

static void
gradient(size_t rows, size_t vectors, const struct kernel_rows *a,
	const float *b, size_t b_stride, float *c, size_t c_stride)
{
	switch (vectors) {
	case 1:
		gradient_vectors(GRADIENT_NUMBERS_NARROW, 1, rows, a, b,
			b_stride, c, c_stride);
		break;
	case 2:
		gradient_vectors(GRADIENT_NUMBERS_NARROW, 2, rows, a, b,
			b_stride, c, c_stride);
		break;
	case 3:
		gradient_vectors(GRADIENT_NUMBERS_NARROW, 3, rows, a, b,
			b_stride, c, c_stride);
		break;
	case COLUMNS:
		gradient_vectors(GRADIENT_NUMBERS, COLUMNS, rows, a, b,
			b_stride, c, c_stride);
		break;
	}
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
