/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Matrix products over panels and blocks: the pre-activations of the gates, the
 * backward products from them, and the gradients of the weights. Part of
 * kernel_body.h. A tile is a block of sums that fits into the registers.
 */
#ifndef LSTMTUI_CORE_KERNEL_PRODUCTS_H
#define LSTMTUI_CORE_KERNEL_PRODUCTS_H

#include "core/kernel.h"
#include "core/kernel_vector.h"

/*
 * sums[rows][columns] += a[k] b[k, columns · L] for `rows` rows from `row` on.
 */
INLINE void
gemm_tile(int rows, int columns, vector sums[][COLUMNS],
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

/* sums[rows, columns] += a bᵀ over all panels, one partial sum per lane. */
INLINE void
gemm_nt_panels(int rows, int columns, const struct kernel_panels *panels,
	size_t row, size_t column, vector *sums)
{
	const float *a = panels->a + row * panels->a_row_stride;
	const float *b = panels->b + column * panels->b_row_stride;

	for (size_t p = 0; p < panels->panels; p++) {
		for (size_t k = 0; k < panels->width; k += L) {
			vector factor[GEMM_NT_SUMS];

			UNROLLED
			for (int n = 0; n < columns; n++)
				factor[n] = load(b +
					(size_t)n * panels->b_row_stride + k);
			UNROLLED
			for (int r = 0; r < rows; r++) {
				vector x = load(a +
					(size_t)r * panels->a_row_stride + k);

				UNROLLED
				for (int n = 0; n < columns; n++)
					sums[r * columns + n] =
						multiply_add(x, factor[n],
							sums[r * columns + n]);
			}
		}
		a += panels->a_panel_stride;
		b += panels->b_panel_stride;
	}
}

/*
 * Compute one tile of c. Full tiles use sum_all_lanes, which gives the same
 * bits as sum_lanes.
 */
INLINE void
gemm_nt_tile(int rows, int columns, const struct kernel_gemm_nt *product,
	size_t row, size_t column)
{
	vector sums[GEMM_NT_SUMS] = {0};
	float part[GEMM_NT_SUMS];
	float *c = product->c + column / L * product->c_block_stride +
		row * product->c_row_stride + column % L;
	int summed = 0;

	for (size_t w = 0; w < product->widths; w++)
		gemm_nt_panels(rows, columns, &product->of[w], row, column,
			sums);
	UNROLLED
	for (; summed + L <= rows * columns; summed += L) {
		vector all = sum_all_lanes(sums + summed);

		memcpy(part + summed, &all, sizeof all);
	}
	UNROLLED
	for (; summed < rows * columns; summed++)
		part[summed] = sum_lanes(sums[summed]);
	UNROLLED
	for (int r = 0; r < rows; r++)
		UNROLLED
	for (int n = 0; n < columns; n++)
		c[(size_t)r * product->c_row_stride + (size_t)n] +=
			part[r * columns + n];
}

/* Compute all full tiles of rows from row `first` on. Returns the next row. */
INLINE size_t
gemm_nt_rows(int rows, int columns, const struct kernel_gemm_nt *product,
	size_t first, size_t column)
{
	for (; first + (size_t)rows <= product->m; first += (size_t)rows)
		gemm_nt_tile(rows, columns, product, first, column);
	return first;
}

static void
gemm_nt(const struct kernel_gemm_nt *product)
{
	size_t column = 0, row = 0;
	size_t whole = product->m - product->m % GEMM_NT_ROWS;

	/* four rows of b stay in the cache while all rows of a are read */
	for (; column + 4 <= product->n; column += 4)
		gemm_nt_rows(GEMM_NT_ROWS, 4, product, 0, column);
	/* remaining rows of a: one row of a with many rows of b */
	for (column = 0; column + L <= product->n; column += L)
		gemm_nt_rows(1, L, product, whole, column);
	for (; column + 4 <= product->n; column += 4)
		gemm_nt_rows(1, 4, product, whole, column);
	for (; column + 2 <= product->n; column += 2) {
		row = gemm_nt_rows(L / 2, 2, product, 0, column);
		gemm_nt_rows(1, 2, product, row, column);
	}
	for (; column < product->n; column++) {
		row = gemm_nt_rows(GEMM_NT_ROWS, 1, product, 0, column);
		gemm_nt_rows(1, 1, product, row, column);
	}
}

INLINE void
gemm_narrow_tile(int rows, const struct kernel_rows *a, size_t row,
	const float *b, size_t b_stride, float *c)
{
	vector sums[GEMM_NARROW_ROWS];

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
gemm_narrow(size_t m, const struct kernel_rows *a, const float *b,
	size_t b_stride, float *c)
{
	size_t row = 0;

	for (; row + GEMM_NARROW_ROWS <= m; row += GEMM_NARROW_ROWS)
		gemm_narrow_tile(GEMM_NARROW_ROWS, a, row, b, b_stride, c);
	for (; row < m; row++)
		gemm_narrow_tile(1, a, row, b, b_stride, c);
}

INLINE void
gemm_rows(int rows, const struct kernel_rows *a, size_t row, const float *b,
	float *c)
{
	vector sums[KERNEL_ROWS][COLUMNS];

	UNROLLED
	for (int r = 0; r < rows; r++)
		UNROLLED
	for (int g = 0; g < COLUMNS; g++)
		sums[r][g] = load(c + r * WIDTH + g * L);
	gemm_tile(rows, COLUMNS, sums, a, row, b);
	UNROLLED
	for (int r = 0; r < rows; r++)
		UNROLLED
	for (int g = 0; g < COLUMNS; g++)
		store(c + r * WIDTH + g * L, sums[r][g]);
}

static void
gemm(size_t m, const struct kernel_rows *a, const float *b, float *c)
{
	size_t row = 0;

	for (; row + KERNEL_ROWS <= m; row += KERNEL_ROWS)
		gemm_rows(KERNEL_ROWS, a, row, b, c + row * WIDTH);
	for (; row < m; row++)
		gemm_rows(1, a, row, b, c + row * WIDTH);
}

INLINE void
gemm_tn_tile(int m, int vectors, size_t rows, const float *from,
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
		for (int i = 0; i < m; i++)
			UNROLLED
		for (int v = 0; v < vectors; v++)
			sums[i][v] = multiply_add(splat(from[i]), factor[v],
				sums[i][v]);
		from += row_stride;
		b += b_stride;
	}
	UNROLLED
	for (int i = 0; i < m; i++)
		UNROLLED
	for (int v = 0; v < vectors; v++)
		store(c + (size_t)i * c_stride + v * L, sums[i][v]);
}

INLINE void
gemm_tn_rows(int tile, int vectors, size_t rows, const struct kernel_rows *a,
	const float *b, size_t b_stride, float *c, size_t c_stride)
{
	for (size_t first = 0; first < a->count; first += a->block) {
		const float *from =
			a->base + first / a->block * a->block_stride;
		size_t rest = a->count - first, k = 0;
		size_t count = rest < a->block ? rest : a->block;

		for (; k + (size_t)tile <= count;
			k += (size_t)tile, c += (size_t)tile * c_stride)
			gemm_tn_tile(tile, vectors, rows, from + k,
				a->row_stride, b, b_stride, c, c_stride);
		for (; k + 2 <= count; k += 2, c += 2 * c_stride)
			gemm_tn_tile(2, vectors, rows, from + k, a->row_stride,
				b, b_stride, c, c_stride);
		for (; k < count; k++, c += c_stride)
			gemm_tn_tile(1, vectors, rows, from + k, a->row_stride,
				b, b_stride, c, c_stride);
	}
}

/* gemm_tn with one-hot rows: add each row of b to row token[row] of c. */
INLINE void
gemm_tn_tokens(int vectors, size_t rows, const struct kernel_rows *a,
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
gemm_tn_vectors(int tile, int vectors, size_t rows, const struct kernel_rows *a,
	const float *b, size_t b_stride, float *c, size_t c_stride)
{
	if (a->token != NULL)
		gemm_tn_tokens(vectors, rows, a, b, b_stride, c, c_stride);
	else
		gemm_tn_rows(tile, vectors, rows, a, b, b_stride, c, c_stride);
}

static void
gemm_tn(size_t rows, size_t vectors, const struct kernel_rows *a,
	const float *b, size_t b_stride, float *c, size_t c_stride)
{
	switch (vectors) {
	case 1:
		gemm_tn_vectors(GEMM_TN_ROWS_NARROW, 1, rows, a, b, b_stride, c,
			c_stride);
		break;
	case 2:
		gemm_tn_vectors(GEMM_TN_ROWS_NARROW, 2, rows, a, b, b_stride, c,
			c_stride);
		break;
	case 3:
		gemm_tn_vectors(GEMM_TN_ROWS_NARROW, 3, rows, a, b, b_stride, c,
			c_stride);
		break;
	case COLUMNS:
		gemm_tn_vectors(GEMM_TN_ROWS, COLUMNS, rows, a, b, b_stride, c,
			c_stride);
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
