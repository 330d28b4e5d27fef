/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Products of rows with the rows of a matrix, by multiplying a vector of the
 * matrix with one number of a row: the pre-activations of the gates, the dense
 * layer, and the way back with transposed weights. Part of kernel_body.h. A
 * tile is a block of sums that fits into the registers.
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

/* Operands of a tile: `runs` runs of `run` numbers of each row of a. */
struct product_piece {
	const float *a;
	size_t row_stride, run, runs, run_stride;
	const float *b;
	size_t b_stride;
	const float *start; /* initial sums; NULL: those in c */
	float *c;
	size_t c_row_stride, c_block_stride;
	size_t n; /* columns of c, at most those of the tile */
};

/* Columns of c that vector v of a tile has: L, or fewer at the end. */
INLINE size_t
columns_of(const struct product_piece *piece, int v)
{
	size_t before = (size_t)v * L, rest = 0;

	if (piece->n > before)
		rest = piece->n - before;
	return rest < L ? rest : L;
}

/* Set the sums of a tile to their initial values. */
INLINE void
begin_tile(int rows, int columns, const struct product_piece *piece,
	const float *c, vector sums[][COLUMNS])
{
	if (piece->start != NULL) {
		UNROLLED
		for (int r = 0; r < rows; r++)
			UNROLLED
		for (int v = 0; v < columns; v++)
			sums[r][v] = load(piece->start + v * L);
	} else if (piece->n >= (size_t)columns * L) {
		UNROLLED
		for (int r = 0; r < rows; r++)
			UNROLLED
		for (int v = 0; v < columns; v++)
			sums[r][v] = *(const unaligned *)(c +
				(size_t)r * piece->c_row_stride +
				(size_t)v * piece->c_block_stride);
	} else {
		UNROLLED
		for (int r = 0; r < rows; r++)
			UNROLLED
		for (int v = 0; v < columns; v++)
			sums[r][v] = load_part(c +
					(size_t)r * piece->c_row_stride +
					(size_t)v * piece->c_block_stride,
				columns_of(piece, v), 0.0f);
	}
}

INLINE void
end_tile(int rows, int columns, const struct product_piece *piece, float *c,
	vector sums[][COLUMNS])
{
	vector kept[TILE_ROWS][COLUMNS];

	if (piece->n >= (size_t)columns * L) {
		UNROLLED
		for (int r = 0; r < rows; r++)
			UNROLLED
		for (int v = 0; v < columns; v++)
			*(unaligned *)(c + (size_t)r * piece->c_row_stride +
				(size_t)v * piece->c_block_stride) = sums[r][v];
		return;
	}
	UNROLLED
	for (int r = 0; r < rows; r++)
		UNROLLED
	for (int v = 0; v < columns; v++)
		kept[r][v] = sums[r][v];
#pragma GCC unroll 1
	for (int r = 0; r < rows; r++)
		for (int v = 0; v < columns; v++)
			store_part(c + (size_t)r * piece->c_row_stride +
					(size_t)v * piece->c_block_stride,
				columns_of(piece, v), kept[r][v]);
}

INLINE void
product_tile(int rows, int columns, const struct product_piece *piece,
	size_t row)
{
	const float *run = piece->a + row * piece->row_stride;
	const float *b = piece->b;
	float *c = piece->c + row * piece->c_row_stride;
	vector sums[TILE_ROWS][COLUMNS];

	begin_tile(rows, columns, piece, c, sums);
	for (size_t i = 0; i < piece->runs; i++, run += piece->run_stride) {
		for (size_t k = 0; k < piece->run; k++, b += piece->b_stride) {
			vector factor[COLUMNS];

			UNROLLED
			for (int v = 0; v < columns; v++)
				factor[v] = load(b + v * L);
			UNROLLED
			for (int r = 0; r < rows; r++) {
				vector x = splat(
					run[(size_t)r * piece->row_stride + k]);

				UNROLLED
				for (int v = 0; v < columns; v++)
					sums[r][v] = multiply_add(x, factor[v],
						sums[r][v]);
			}
		}
	}
	end_tile(rows, columns, piece, c, sums);
}

/* All rows of a piece, in tiles of at most `tile` rows. */
INLINE void
product_rows(int tile, int columns, const struct product_piece *piece, size_t m)
{
	size_t row = 0;

	for (; row + (size_t)tile <= m; row += (size_t)tile)
		product_tile(tile, columns, piece, row);
	if (tile > 6 && row + 6 <= m) {
		product_tile(6, columns, piece, row);
		row += 6;
	}
	if (tile > 4 && row + 4 <= m) {
		product_tile(4, columns, piece, row);
		row += 4;
	}
	if (tile > 2 && row + 2 <= m) {
		product_tile(2, columns, piece, row);
		row += 2;
	}
	for (; row < m; row++)
		product_tile(1, columns, piece, row);
}

/*
 * Set the piece of a to the numbers from k on, as many as a piece of b has.
 * Returns their number.
 */
static size_t
set_piece(struct product_piece *piece, const struct kernel_rows *a, size_t k)
{
	size_t within = k % a->block, rest = a->count - k;
	size_t left = a->block - within;

	piece->a = a->base + k / a->block * a->block_stride + within;
	piece->row_stride = a->row_stride;
	piece->run_stride = a->block_stride;
	piece->run = left < rest ? left : rest;
	piece->runs = 1;
	if (piece->run > PIECE_ROWS) {
		piece->run = PIECE_ROWS;
	} else if (piece->run == a->block) {
		piece->runs = rest / a->block;
		if (piece->runs * piece->run > PIECE_ROWS)
			piece->runs = PIECE_ROWS / piece->run;
	}
	return piece->run * piece->runs;
}

/*
 * One tile of columns of a product. It reads b in pieces that stay in the
 * first-level cache while all rows of a are read. A piece whose rows are far
 * apart is copied first, because they would compete for the same few places of
 * the cache.
 */
INLINE void
product_columns(int tile, int columns, const struct kernel_product *product,
	size_t column)
{
	_Alignas(64) float copy[PIECE_ROWS * PRODUCT_COLUMNS * L];
	const size_t width = (size_t)columns * L;
	const bool copies = product->b_stride > width && product->m >= 24;
	struct product_piece piece = {
		.start =
			product->start != NULL ? product->start + column : NULL,
		.c = product->c + column / L * product->c_block_stride,
		.c_row_stride = product->c_row_stride,
		.c_block_stride = product->c_block_stride,
		.n = product->n - column,
	};
	const float *b = product->b + column;

	for (size_t k = 0, count; k < product->a->count; k += count) {
		count = set_piece(&piece, product->a, k);
		piece.b = b;
		piece.b_stride = product->b_stride;
		if (copies) {
			for (size_t i = 0; i < count; i++)
				UNROLLED
			for (int v = 0; v < columns; v++)
				store(copy + i * width + v * L,
					load(b + i * product->b_stride +
						v * L));
			piece.b = copy;
			piece.b_stride = width;
		}
		product_rows(tile, columns, &piece, product->m);
		piece.start = NULL;
		b += count * product->b_stride;
	}
}

static void
multiply(const struct kernel_product *product)
{
	size_t column = 0;

	for (; column + (PRODUCT_COLUMNS - 1) * L < product->n;
		column += PRODUCT_COLUMNS * L)
		product_columns(PRODUCT_ROWS, PRODUCT_COLUMNS, product, column);
	for (; column < product->n; column += L)
		product_columns(TILE_SUMS < TILE_ROWS ? TILE_SUMS : TILE_ROWS,
			1, product, column);
}

/* Four floats, unaligned. */
typedef float quad __attribute__((vector_size(16), aligned(4)));
typedef int32_t quad_places __attribute__((vector_size(16)));

#ifdef __clang__
#define SHUFFLE_QUADS(x, y, ...) __builtin_shufflevector(x, y, __VA_ARGS__)
#else
#define SHUFFLE_QUADS(x, y, ...) \
	__builtin_shuffle(x, y, (quad_places){__VA_ARGS__})
#endif

/* Transpose four rows of four floats. */
INLINE void
transpose_quads(const float *from, size_t from_stride, float *to,
	size_t to_stride)
{
	quad a = *(const quad *)from;
	quad b = *(const quad *)(from + from_stride);
	quad c = *(const quad *)(from + 2 * from_stride);
	quad d = *(const quad *)(from + 3 * from_stride);
	quad ab = SHUFFLE_QUADS(a, b, 0, 4, 1, 5);
	quad cd = SHUFFLE_QUADS(c, d, 0, 4, 1, 5);

	*(quad *)to = SHUFFLE_QUADS(ab, cd, 0, 1, 4, 5);
	*(quad *)(to + to_stride) = SHUFFLE_QUADS(ab, cd, 2, 3, 6, 7);
	ab = SHUFFLE_QUADS(a, b, 2, 6, 3, 7);
	cd = SHUFFLE_QUADS(c, d, 2, 6, 3, 7);
	*(quad *)(to + 2 * to_stride) = SHUFFLE_QUADS(ab, cd, 0, 1, 4, 5);
	*(quad *)(to + 3 * to_stride) = SHUFFLE_QUADS(ab, cd, 2, 3, 6, 7);
}

static void
transpose(size_t rows, size_t columns, const float *from, size_t from_stride,
	float *to, size_t to_stride)
{
	size_t whole = rows - rows % 4, column = 0;

	for (; column + 4 <= columns; column += 4)
		for (size_t row = 0; row < whole; row += 4)
			transpose_quads(from + row * from_stride + column,
				from_stride, to + column * to_stride + row,
				to_stride);
	for (; column < columns; column++)
		for (size_t row = 0; row < whole; row++)
			to[column * to_stride + row] =
				from[row * from_stride + column];
	for (column = 0; column < columns; column++)
		for (size_t row = whole; row < rows; row++)
			to[column * to_stride + row] =
				from[row * from_stride + column];
}

#endif
