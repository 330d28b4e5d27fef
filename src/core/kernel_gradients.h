/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Gradients of the weights: sums of products over all rows of a batch. Part of
 * kernel_body.h.
 */
#ifndef LSTMTUI_CORE_KERNEL_GRADIENTS_H
#define LSTMTUI_CORE_KERNEL_GRADIENTS_H

#include <string.h>

#include "core/kernel.h"
#include "core/kernel_vector.h"

/*
 * Rows of two matrices: a[rows, m], and b[rows, vectors], whose vectors are
 * `vector_stride` floats apart.
 */
struct gradient_rows {
	size_t rows;
	const float *a;
	size_t a_stride;
	const float *b;
	size_t b_stride, vector_stride;
};

/* c[m, vectors] = aᵀ b, or += if `adds`. */
INLINE void
gradient_tile(int m, int vectors, bool adds, const struct gradient_rows *of,
	float *c, size_t c_stride)
{
	const float *a = of->a, *b = of->b;
	vector sums[TILE_ROWS][COLUMNS] = {0};

	if (adds) {
		UNROLLED
		for (int i = 0; i < m; i++)
			UNROLLED
		for (int v = 0; v < vectors; v++)
			sums[i][v] = load(c + (size_t)i * c_stride + v * L);
	}
	for (size_t row = 0; row < of->rows; row++) {
		vector factor[COLUMNS];

		UNROLLED
		for (int v = 0; v < vectors; v++)
			factor[v] = load(b + (size_t)v * of->vector_stride);
		UNROLLED
		for (int i = 0; i < m; i++)
			UNROLLED
		for (int v = 0; v < vectors; v++)
			sums[i][v] = multiply_add(splat(a[i]), factor[v],
				sums[i][v]);
		a += of->a_stride;
		b += of->b_stride;
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
	struct gradient_rows of = {
		.rows = rows,
		.a_stride = a->row_stride,
		.b = b,
		.b_stride = b_stride,
		.vector_stride = L,
	};

	for (size_t first = 0; first < a->count; first += a->block) {
		const float *from =
			a->base + first / a->block * a->block_stride;
		size_t rest = a->count - first, k = 0;
		size_t count = rest < a->block ? rest : a->block;

		for (; k + (size_t)tile <= count;
			k += (size_t)tile, c += (size_t)tile * c_stride) {
			of.a = from + k;
			gradient_tile(tile, vectors, false, &of, c, c_stride);
		}
		for (; tile > 4 && k + 4 <= count; k += 4, c += 4 * c_stride) {
			of.a = from + k;
			gradient_tile(4, vectors, false, &of, c, c_stride);
		}
		for (; tile > 2 && k + 2 <= count; k += 2, c += 2 * c_stride) {
			of.a = from + k;
			gradient_tile(2, vectors, false, &of, c, c_stride);
		}
		for (; k < count; k++, c += c_stride) {
			of.a = from + k;
			gradient_tile(1, vectors, false, &of, c, c_stride);
		}
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
		gemm_tn_vectors(TILE_ROWS_OF(1), 1, rows, a, b, b_stride, c,
			c_stride);
		break;
	case 2:
		gemm_tn_vectors(TILE_ROWS_OF(2), 2, rows, a, b, b_stride, c,
			c_stride);
		break;
	case 3:
		gemm_tn_vectors(TILE_ROWS_OF(3), 3, rows, a, b, b_stride, c,
			c_stride);
		break;
	case COLUMNS:
		gemm_tn_vectors(TILE_ROWS_OF(COLUMNS), COLUMNS, rows, a, b,
			b_stride, c, c_stride);
		break;
	}
}

/* Rows of a piece of dense_gradient, which stay in the first-level cache. */
enum { GRADIENT_PIECE = 256 };

/* All blocks of one piece of rows, for `m` columns of a. */
INLINE void
gradient_blocks(int m, const struct kernel_dense_gradient *gradient,
	size_t first, size_t rows, const float *a, size_t a_stride, float *c)
{
	enum { M = TILE_ROWS_OF(2) };
	struct gradient_rows of = {
		.rows = rows,
		.a_stride = a_stride,
		.b = gradient->b + first * L,
		.b_stride = L,
		.vector_stride = gradient->b_block_stride,
	};
	size_t block = 0, c_stride = gradient->c_stride;

	for (; block + 2 <= gradient->blocks; block += 2) {
		for (int i = 0; i < m; i += M) {
			of.a = a + i;
			gradient_tile(m < M ? m : M, 2, first > 0, &of,
				c + (size_t)i * c_stride + block * L, c_stride);
		}
		of.b += 2 * of.vector_stride;
	}
	of.a = a;
	if (block < gradient->blocks)
		gradient_tile(m, 1, first > 0, &of, c + block * L, c_stride);
}

/*
 * `tile` columns of a. With several blocks they are copied piece by piece: the
 * rows of a wide layer are on many pages, and each block would read them all.
 */
INLINE void
gradient_columns(int tile, const struct kernel_dense_gradient *gradient,
	const float *a, float *c)
{
	float copy[GRADIENT_PIECE * TILE_ROWS];
	const bool copies = gradient->blocks > 2;

	for (size_t first = 0; first < gradient->rows;
		first += GRADIENT_PIECE) {
		size_t rest = gradient->rows - first;
		size_t rows = rest < GRADIENT_PIECE ? rest : GRADIENT_PIECE;
		const float *from = a + first * gradient->a_stride;

		for (size_t row = 0; copies && row < rows; row++)
			memcpy(copy + row * (size_t)tile,
				from + row * gradient->a_stride,
				(size_t)tile * sizeof *copy);
		gradient_blocks(tile, gradient, first, rows,
			copies ? copy : from,
			copies ? (size_t)tile : gradient->a_stride, c);
	}
}

static void
dense_gradient(const struct kernel_dense_gradient *gradient)
{
	enum { TILE = TILE_ROWS };
	const float *a = gradient->a;
	float *c = gradient->c;
	size_t k = 0, stride = gradient->c_stride;

	for (; k + TILE <= gradient->m; k += TILE)
		gradient_columns(TILE, gradient, a + k, c + k * stride);
	for (; k + 4 <= gradient->m; k += 4)
		gradient_columns(4, gradient, a + k, c + k * stride);
	for (; k < gradient->m; k++)
		gradient_columns(1, gradient, a + k, c + k * stride);
}

INLINE void
sum_columns(int vectors, size_t rows, const float *b, size_t stride, float *c)
{
	vector sums[COLUMNS] = {0};

	for (size_t row = 0; row < rows; row++, b += stride)
		UNROLLED
	for (int v = 0; v < vectors; v++)
		sums[v] += *(const unaligned *)(b + v * L);
	UNROLLED
	for (int v = 0; v < vectors; v++)
		*(unaligned *)(c + v * L) = sums[v];
}

/* Fewer columns than a vector has. */
static void
sum_part(size_t width, size_t rows, const float *b, size_t stride, float *c)
{
	vector sums = {0};

	for (size_t row = 0; row < rows; row++, b += stride)
		sums += load_part(b, width, 0.0f);
	store_part(c, width, sums);
}

static void
sum_rows(size_t rows, size_t width, const float *b, size_t stride, float *c)
{
	size_t at = 0;

	for (; at + WIDTH <= width; at += WIDTH)
		sum_columns(COLUMNS, rows, b + at, stride, c + at);
	for (; at + L <= width; at += L)
		sum_columns(1, rows, b + at, stride, c + at);
	/* sum the last vector, which overlaps the one before */
	if (at < width && width >= L)
		sum_columns(1, rows, b + width - L, stride, c + width - L);
	else if (at < width)
		sum_part(width, rows, b, stride, c);
}

#endif
