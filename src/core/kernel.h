/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inner loops of training, in one variant per instruction set. All variants
 * are compiled from kernel_body.h, for vectors of 4, 8 or 16 floats. A context
 * (context.h) holds the variant that a model is computed with.
 *
 * Layouts. A row is split into blocks of `lanes` floats, and a matrix is stored
 * block by block, [blocks, rows, lanes], so that a vector holds adjacent floats
 * of one row, whatever the length of the row. The last block is padded with
 * zeros. The gates of an LSTM are stored in panels: panel p has the four gates
 * of the units of block p side by side, [panels, rows, 4, lanes]. The weights
 * of the gates are stored the same way.
 */
#ifndef LSTMTUI_CORE_KERNEL_H
#define LSTMTUI_CORE_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arithmetic.h"

enum {
	KERNEL_COLUMNS = 4,    /* max vectors side by side in a panel */
	KERNEL_LANES_MAX = 16, /* max floats in a vector */
	KERNEL_NAME_SIZE = 16
};

/*
 * Rows of a matrix in blocks: column k of row r is at
 *
 *   base[k / block * block_stride + r * row_stride + k % block]
 *
 * Or one-hot rows: row r is 1 in column token[r] and 0 elsewhere.
 */
struct kernel_rows {
	const uint32_t *token; /* NULL: not one-hot */
	const float *base;
	size_t row_stride, block_stride;
	size_t block; /* columns in a block */
	size_t count; /* number of columns; may be 0 */
};

/* Operands of x W + h₋ R + b for one step of one panel, all samples. */
struct kernel_step {
	size_t samples;
	const struct kernel_rows *input;
	struct kernel_rows hidden_before;
	const float *kernel; /* [input->count, columns, lanes] */
	const float
		*recurrent_kernel; /* [hidden_before.count, columns, lanes] */
	const float *bias;
};

/* Forward step of the LSTM; see lstm.c for the equations. */
struct kernel_lstm_forward {
	struct kernel_step step;          /* bias: [4, lanes] */
	bool is_hard;                     /* use the hard sigmoid */
	const float *cell_before;         /* [samples, lanes]; NULL: all 0 */
	float *gates;                     /* [samples, 4, lanes]: i, f, g, o */
	float *cell, *cell_tanh, *hidden; /* [samples, lanes] */
};

/* Backward step of the LSTM, through its gates. */
struct kernel_lstm_backward {
	size_t samples;
	bool is_hard;
	const float *cell_before; /* [samples, lanes]; NULL: all 0 */
	const float *cell_tanh;   /* [samples, lanes] */
	const float *d_hidden;    /* [samples, lanes] */
	float *d_cell;            /* [samples, lanes]: input and output */
	float *gates; /* [samples, 4, lanes]: input gates, output dz */
};

/*
 * Forward step of the GRU; see gru.c for the equations. The columns of the
 * kernel are in the order g, z, r; the columns of the recurrent kernel and of
 * both bias rows are in the order z, r, g.
 */
struct kernel_gru_forward {
	struct kernel_step step;    /* bias: [2, 3, lanes] */
	bool is_hard;               /* use the hard sigmoid */
	const float *hidden_before; /* [samples, lanes]; NULL: all 0 */
	float *gates;               /* [samples, 4, lanes]: g, z, r, s */
	float *hidden;              /* [samples, lanes] */
};

struct kernel_gru_backward {
	size_t samples;
	bool is_hard;
	const float *hidden_before; /* [samples, lanes]; NULL: all 0 */
	const float *d_hidden;      /* [samples, lanes] */
	float *d_hidden_before;     /* [samples, lanes]: added to, or NULL */
	/* [samples, 4, lanes]: input g, z, r, s; output da_g, da_z, da_r, ds */
	float *gates;
};

/*
 * Forward step of the simple recurrent layer; see rnn.c for the equations. A
 * panel has the units of 1 to 4 blocks side by side; the output of block k is
 * at hidden + k * block_stride.
 */
struct kernel_rnn_forward {
	struct kernel_step step; /* bias: [columns, lanes] */
	size_t columns;
	float *hidden; /* [samples, lanes] of each block */
	size_t block_stride;
};

struct kernel_rnn_backward {
	size_t samples, columns;
	const float *hidden, *d_hidden; /* [samples, lanes] of each block */
	size_t block_stride, d_block_stride;
	float *gates; /* output dz, [samples, columns, lanes] */
};

/*
 * A training pass of a small LSTM layer and the dense layer after it, from zero
 * state: see direct.h. The weights, their gradients and the trace are laid out
 * as in layer.h and dense.h.
 */
struct kernel_direct {
	size_t steps, samples; /* T, B */
	size_t first_target;   /* first step with a prediction */
	size_t inputs, units, panels, outputs;
	bool is_hard;       /* use the hard sigmoid */
	const float *input; /* [T, B, inputs] */
	const float *kernel, *recurrent_kernel, *bias;
	const float *dense_kernel; /* [outputs, panels, lanes] */
	const float *dense_bias;
	float *gates;               /* [panels, T, B, 4, lanes] */
	float *hidden, *cell;       /* [panels, T + 1, B, lanes] */
	float *cell_tanh;           /* [panels, T, B, lanes] */
	float *d_cell;              /* [panels, B, lanes] */
	float *predictions;         /* [T, B, outputs] */
	const float *d_predictions; /* the same shape */
	float *d_kernel, *d_recurrent_kernel, *d_bias;
	float *d_dense_kernel, *d_dense_bias;
};

/* Panels of two matrices: a[panels, m, width], b[panels, n, width]. */
struct kernel_panels {
	size_t panels, width; /* width: a multiple of lanes */
	const float *a;
	size_t a_panel_stride, a_row_stride;
	const float *b;
	size_t b_panel_stride, b_row_stride;
};

/*
 * Matrix product with b transposed, summed over panels p and columns k:
 *
 *   c[m, n] += Σ a[p, m, k] b[p, n, k]
 *
 * All panels have the same width, or there are two groups of panels, each with
 * its own width. Column j of row i of c is at
 *
 *   c[j / lanes * c_block_stride + i * c_row_stride + j % lanes]
 */
struct kernel_gemm_nt {
	struct kernel_panels of[2];
	size_t widths; /* 1 or 2 */
	size_t m, n;
	float *c;
	size_t c_block_stride, c_row_stride;
};

/*
 * Matrix product:
 *
 *   c[m, n] = start[n] + a[m, k] b[k, n]
 *
 * a must not be one-hot. Row i of b is at b + i * b_stride. b and start are
 * aligned, and can be read up to a multiple of lanes. c is stored as in struct
 * kernel_gemm_nt.
 */
struct kernel_product {
	size_t m, n;
	const struct kernel_rows *a;
	const float *b;
	size_t b_stride;
	const float *start; /* NULL: add to c */
	float *c;
	size_t c_block_stride, c_row_stride;
};

/*
 * Gradient of a dense layer:
 *
 *   c[m, blocks, lanes] = aᵀ b, with a[rows, m] and b[blocks, rows, lanes]
 *
 * Row i of a is at a + i * a_stride; row i of c is at c + i * c_stride.
 */
struct kernel_dense_gradient {
	size_t rows, m, blocks;
	const float *a;
	size_t a_stride;
	const float *b;
	size_t b_block_stride;
	float *c;
	size_t c_stride;
};

/* Coefficients of Adam, in float as the computation is. */
struct kernel_adam {
	float rate, beta1, beta2, one_minus_beta1, one_minus_beta2, epsilon;
};

struct kernel {
	char name[KERNEL_NAME_SIZE]; /* "portable", "avx2", ... */
	size_t lanes;
	size_t product_columns; /* best width of b in a product, in vectors */

	void (*lstm_forward)(const struct kernel_lstm_forward *forward);
	void (*lstm_backward)(const struct kernel_lstm_backward *backward);
	void (*gru_forward)(const struct kernel_gru_forward *forward);
	void (*gru_backward)(const struct kernel_gru_backward *backward);
	void (*rnn_forward)(const struct kernel_rnn_forward *forward);
	void (*rnn_backward)(const struct kernel_rnn_backward *backward);

	/*
	 * Compute the predictions of a pass; and, given their gradient, the
	 * gradients of all weights.
	 */
	void (*direct_forward)(const struct kernel_direct *direct);
	void (*direct_backward)(const struct kernel_direct *direct);

	void (*gemm_nt)(const struct kernel_gemm_nt *product);

	void (*multiply)(const struct kernel_product *product);
	void (*dense_gradient)(const struct kernel_dense_gradient *gradient);

	/*
	 * Matrix product, four vectors wide:
	 *
	 *   c[m, 4 lanes] += a[m, k] b[k, 4 lanes]
	 *
	 * a must not be one-hot.
	 */
	void (*gemm)(size_t m, const struct kernel_rows *a, const float *b,
		float *c);

	/*
	 * Matrix product with a transposed:
	 *
	 *   c[m, n] = aᵀ b, with a[rows, m] and b[rows, n]
	 *
	 * n is `vectors` vectors, 1 to 4. Row i of b is at b + i * b_stride,
	 * and row i of c is at c + i * c_stride.
	 */
	void (*gemm_tn)(size_t rows, size_t vectors,
		const struct kernel_rows *a, const float *b, size_t b_stride,
		float *c, size_t c_stride);

	/*
	 * to[columns, rows] = from[rows, columns] transposed. Row i of from is
	 * at from + i * from_stride, and row i of `to` at to + i * to_stride.
	 */
	void (*transpose)(size_t rows, size_t columns, const float *from,
		size_t from_stride, float *to, size_t to_stride);

	/*
	 * Cross-entropy of softmax. Return the sum over rows
	 *
	 *   Σ -ln softmax(scores[row])[targets[row]]
	 *
	 * of scores[rows, tokens], and write to gradients[rows, tokens] the
	 * derivative of scale times the sum. Rows whose mask is 0 do not count;
	 * mask may be NULL.
	 */
	double (*cross_entropy)(size_t rows, size_t tokens, const float *scores,
		const uint32_t *targets, const float *mask, float scale,
		float *gradients);

	/*
	 * weights[count] = exp((scores - their max) factor), factor >= 0; at
	 * least exp(-87).
	 */
	void (*softmax_weights)(size_t count, const float *scores, float factor,
		float *weights);

	/*
	 * c[width] = the sum of b[rows, width] over rows. Row i of b is at
	 * b + i * stride.
	 */
	void (*sum_rows)(size_t rows, size_t width, const float *b,
		size_t stride, float *c);

	/*
	 * row -= (row · direction) direction, over `count` floats. The dot
	 * product is summed in double precision.
	 */
	void (*project)(size_t count, const float *restrict direction,
		float *restrict row);

	/* Return the sum of the squares of `count` floats. */
	float (*sum_squares)(size_t count, const float *values);

	/* In double precision; finite if and only if all values are. */
	double (*sum_squares_exact)(size_t count, const float *values);

	/* Multiply `count` floats by a factor. */
	void (*scale)(size_t count, float factor, float *values);

	/* Do one step of Adam over arrays of `count` floats. */
	void (*adam)(const struct kernel_adam *rates, size_t count,
		float *restrict values, const float *restrict gradients,
		float *restrict m, float *restrict v);
};

/*
 * Return a variant that this processor can run, by index, fastest first; NULL
 * past the last. The last variant runs on every processor.
 */
const struct kernel *kernel_variant(size_t index);

/*
 * Find a variant by name. Returns NULL if the program does not have it or this
 * processor cannot run it.
 */
const struct kernel *kernel_find(const char *name);

#endif
