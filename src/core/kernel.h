/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inner loops of training, in one variant for each kind of processor.
 * All variants are compiled from kernel_body.h, for vectors of 4, 8 or 16
 * floats. A context (context.h) has the one that a model is computed with.
 *
 * Layouts. A row of numbers is cut into blocks of `lanes`, and a matrix of
 * many rows is kept block by block, [blocks, rows, lanes], so that a vector
 * always holds neighbours of one row, however long the row is; behind the
 * row's end are zeros. The gates of an LSTM stand in panels: panel p has the
 * four gates of the units of block p side by side, [panels, rows, 4, lanes],
 * and so have the weights that lead to them.
 */
#ifndef LSTMTUI_CORE_KERNEL_H
#define LSTMTUI_CORE_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arithmetic.h"

enum {
	KERNEL_COLUMNS = 4,    /* vectors side by side in a panel, at most */
	KERNEL_LANES_MAX = 16, /* floats in a vector, at most */
	KERNEL_NAME_SIZE = 16
};

/*
 * Rows of numbers in blocks: number k of row r is at
 * base[k / block * block_stride + r * row_stride + k % block]. Or one-hot
 * rows: all numbers of row r are 0 but number token[r], which is 1.
 */
struct kernel_rows {
	const uint32_t *token; /* NULL: not one-hot */
	const float *base;
	size_t row_stride, block_stride;
	size_t block; /* numbers to a block */
	size_t count; /* numbers to a row; 0: there are none */
};

/* What a step of one panel multiplies, for all samples: x W + h₋ R + b. */
struct kernel_step {
	size_t samples;
	struct kernel_rows input, hidden_before;
	const float *kernel; /* [input.count, columns, lanes] */
	const float
		*recurrent_kernel; /* [hidden_before.count, columns, lanes] */
	const float *bias;
};

/* A step of the LSTM; the equations: lstm.c. */
struct kernel_lstm_forward {
	struct kernel_step step;          /* bias: [4, lanes] */
	bool is_hard;                     /* hard-sigmoid */
	const float *cell_before;         /* [samples, lanes]; NULL: all 0 */
	float *gates;                     /* [samples, 4, lanes]: i, f, g, o */
	float *cell, *cell_tanh, *hidden; /* [samples, lanes] */
};

/* The way back through its gates. */
struct kernel_lstm_backward {
	size_t samples;
	bool is_hard;
	const float *cell_before; /* [samples, lanes]; NULL: all 0 */
	const float *cell_tanh;   /* [samples, lanes] */
	const float *d_hidden;    /* [samples, lanes] */
	float *d_cell;            /* [samples, lanes]: in and out */
	float *gates;             /* [samples, 4, lanes]: in gates, out dz */
};

/*
 * A step of the GRU; the equations: gru.c. The columns of the kernel are g,
 * z, r, those of the recurrent kernel and of both rows of the bias z, r, g.
 */
struct kernel_gru_forward {
	struct kernel_step step;    /* bias: [2, 3, lanes] */
	bool is_hard;               /* hard-sigmoid */
	const float *hidden_before; /* [samples, lanes]; NULL: all 0 */
	float *gates;               /* [samples, 4, lanes]: g, z, r, s */
	float *hidden;              /* [samples, lanes] */
};

struct kernel_gru_backward {
	size_t samples;
	bool is_hard;
	const float *hidden_before; /* [samples, lanes]; NULL: all 0 */
	const float *d_hidden;      /* [samples, lanes] */
	float *d_hidden_before;     /* [samples, lanes]: added to; or NULL */
	float *gates; /* [samples, 4, lanes]: in g, z, r, s; out their d */
};

/*
 * A step of the simple recurrent layer; the equations: rnn.c. A panel has the
 * units of 1 to 4 blocks side by side; block k's output is at
 * hidden + k * block_stride.
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
	float *gates; /* written: dz, [samples, columns, lanes] */
};

/* Panels of two arrays: a[panels, rows, width], b[panels, numbers, width]. */
struct kernel_panels {
	size_t panels, width; /* width: in whole vectors */
	const float *a;
	size_t a_panel_stride, a_row_stride;
	const float *b;
	size_t b_panel_stride, b_row_stride;
};

/*
 * c[row, n] += the sum over panels p and numbers k of a[p, row, k] b[p, n, k]
 * for rows x numbers, where the panels are of one width or of two, one after
 * the other. Number n of c's row r is at
 * c[n / lanes * c_block_stride + r * c_row_stride + n % lanes].
 */
struct kernel_dots {
	struct kernel_panels of[2];
	size_t widths; /* 1 or 2 */
	size_t rows, numbers;
	float *c;
	size_t c_block_stride, c_row_stride;
};

/* The rates of a sweep of Adam, in float as it computes. */
struct kernel_adam {
	float rate, beta1, beta2, rest1, rest2, epsilon; /* rest: 1 - β */
};

struct kernel {
	char name[KERNEL_NAME_SIZE]; /* "portable", "avx2", ... */
	size_t lanes;

	void (*lstm_forward)(const struct kernel_lstm_forward *forward);
	void (*lstm_backward)(const struct kernel_lstm_backward *backward);
	void (*gru_forward)(const struct kernel_gru_forward *forward);
	void (*gru_backward)(const struct kernel_gru_backward *backward);
	void (*rnn_forward)(const struct kernel_rnn_forward *forward);
	void (*rnn_backward)(const struct kernel_rnn_backward *backward);
	void (*dots)(const struct kernel_dots *dots);

	/*
	 * c[row] += the sum over k of a[row, k] b[k], where b[k] is one vector
	 * at b + k * b_stride and c[row] one at c + row * lanes.
	 */
	void (*combine)(size_t rows, const struct kernel_rows *a,
		const float *b, size_t b_stride, float *c);

	/*
	 * c[row] += the sum over k of a[row, k] b[k], where b[k] is four
	 * vectors at b + k * 4 * lanes and c[row] as many at
	 * c + row * 4 * lanes. Not of one-hot rows.
	 */
	void (*multiply)(size_t rows, const struct kernel_rows *a,
		const float *b, float *c);

	/*
	 * c[k] = the sum over rows of a[row, k] b[row], where b[row] is 1 to 4
	 * vectors at b + row * b_stride, and c[k] as many at c + k * c_stride.
	 */
	void (*gradient)(size_t rows, size_t vectors,
		const struct kernel_rows *a, const float *b, size_t b_stride,
		float *c, size_t c_stride);

	/*
	 * Cross-entropy of softmax: for each row the sum of -ln of what
	 * softmax(scores[row]) gives its target, and in gradients, like
	 * scores [rows, tokens], the derivative of scale times that. Rows
	 * whose mask is 0 count for nothing; mask may be NULL.
	 */
	double (*cross_entropy)(size_t rows, size_t tokens, const float *scores,
		const uint32_t *targets, const float *mask, float scale,
		float *gradients);

	/* c[width] = the sum of b[rows, width]; width in whole vectors. */
	void (*sum_rows)(size_t rows, size_t width, const float *b, float *c);

	/*
	 * row -= (row · direction) direction, over count floats, with the
	 * product summed in double precision.
	 */
	void (*project)(size_t count, const float *restrict direction,
		float *restrict row);

	/* The sum of the squares of count floats. */
	float (*sum_squares)(size_t count, const float *values);

	/* One sweep over arrays of count floats. */
	void (*adam)(const struct kernel_adam *rates, size_t count,
		float *restrict values, const float *restrict gradients,
		float *restrict m, float *restrict v);
};

/*
 * The variants that this program has and this processor can run, fastest
 * first; NULL past the last. The last one runs everywhere.
 */
const struct kernel *kernel_variant(size_t index);

/* The variant of that name, or NULL where this processor has none. */
const struct kernel *kernel_find(const char *name);

#endif
