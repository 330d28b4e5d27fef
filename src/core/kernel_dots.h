/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Products with a transposed matrix as dot products of its rows, for batches so
 * small that copying the matrix transposed takes longer. Part of kernel_body.h.
 */
#ifndef LSTMTUI_CORE_KERNEL_DOTS_H
#define LSTMTUI_CORE_KERNEL_DOTS_H

#include "core/kernel.h"
#include "core/kernel_vector.h"

/* sums[rows, columns] += a bᵀ over all panels, one partial sum per lane. */
INLINE void
gemm_nt_panels(int rows, int columns, const struct kernel_panels *panels,
	size_t row, size_t column, vector *sums)
{
	const float *a = panels->a + row * panels->a_row_stride;
	const float *b = panels->b + column * panels->b_row_stride;

	for (size_t p = 0; p < panels->panels; p++) {
		for (size_t k = 0; k < panels->width; k += L) {
			vector factor[DOTS_SUMS];

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
 * Compute one tile of c. The lanes of all its sums are added as one tree, which
 * gives the same bits as sum_lanes for each.
 */
INLINE void
gemm_nt_tile(int rows, int columns, const struct kernel_gemm_nt *product,
	size_t row, size_t column)
{
	vector sums[DOTS_SUMS] = {0};
	float part[DOTS_SUMS];
	float *c = product->c + column / L * product->c_block_stride +
		row * product->c_row_stride + column % L;

	for (size_t w = 0; w < product->widths; w++)
		gemm_nt_panels(rows, columns, &product->of[w], row, column,
			sums);
	UNROLLED
	for (int first = 0; first < rows * columns; first += L) {
		vector all = sum_all_lanes(sums + first);

		memcpy(part + first, &all, sizeof all);
	}
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
	size_t whole = product->m - product->m % DOTS_ROWS;

	/* four rows of b stay in the cache while all rows of a are read */
	for (; column + 4 <= product->n; column += 4)
		gemm_nt_rows(DOTS_ROWS, 4, product, 0, column);
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
		row = gemm_nt_rows(DOTS_ROWS, 1, product, 0, column);
		gemm_nt_rows(1, 1, product, row, column);
	}
}

#endif
