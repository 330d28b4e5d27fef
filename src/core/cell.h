/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A cell: the computation of a recurrent layer at one step, and the shapes of
 * its weights. Weights have Keras's layout: a layer has a kernel, a recurrent
 * kernel and a bias, whose columns are the gates one after the other, with one
 * column per unit for each gate. To add a cell, write its constant and its
 * equations in a file of its own, and add its address to cell_list.
 */
#ifndef LSTMTUI_CORE_CELL_H
#define LSTMTUI_CORE_CELL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/kind.h"
#include "core/kernel.h"

struct layer;
struct layer_trace;

/*
 * A vector of one step, [units], that can be read from a trace after the
 * forward pass.
 */
struct cell_view {
	const char *name; /* "i", "h", ...; NULL ends a list */
	enum { CELL_GATE, CELL_HIDDEN, CELL_STATE } of;
	size_t column; /* in the trace's gates */
	/* after a step from zero state the trace holds the pre-activation */
	bool is_sum_from_zero;
};

struct cell {
	struct kind kind;
	const char *type;       /* Keras class: "LSTM" */
	const char *layer_name; /* Keras name of the first layer: "lstm" */
	size_t gates;
	/* 2: input bias and recurrent bias; 0: the bias is a vector */
	size_t bias_rows;
	/* the gates use the recurrent activation and are kept in the trace */
	bool is_gated;
	bool has_cell_state; /* in addition to the hidden state */
	/* number of gates without a gradient at a step from zero state */
	size_t idle_gates;

	/*
	 * A trace has `trace_columns` vectors per block of units. After the
	 * backward pass they hold the gradients of the pre-activations. The
	 * gradients for the kernel start at column 0, in cyclic order from gate
	 * `first_gate`; the gradients for the recurrent kernel start at column
	 * `recurrent_column`, in the order of the gates.
	 */
	size_t trace_columns, first_gate, recurrent_column;
	/* views views of a trace, in display order */
	const struct cell_view *views;

	/* Set the initial values of a bias that is all 0; NULL: leave it 0. */
	void (*set_bias)(size_t units, float *bias);

	/*
	 * Compute step t of one panel of a layer from the step's B input rows:
	 * write the gates of step t, and hidden[t + 1].
	 */
	void (*forward)(const struct layer *layer,
		const struct layer_trace *trace, size_t t, size_t panel,
		const struct kernel_rows *input);

	/*
	 * Backpropagate through step t of a panel, from the last step to the
	 * first. Given d_hidden[t], overwrite the gates with the gradients of
	 * the pre-activations. Gradients that reach step t - 1 other than
	 * through the recurrent kernel are left in d_cell or added to
	 * d_hidden[t - 1].
	 */
	void (*backward)(const struct layer *layer,
		const struct layer_trace *trace, size_t t, size_t panel);

	/*
	 * Write gradient[B, lanes], the gradient with respect to the cell state
	 * of step t of a panel. Must be called before backward, which
	 * overwrites its inputs. NULL if the cell has no cell state.
	 */
	void (*state_gradient)(const struct layer *layer,
		const struct layer_trace *trace, size_t t, size_t panel,
		float *gradient);
};

extern const struct cell cell_lstm, cell_gru, cell_rnn;

/* All cells, terminated by NULL. */
extern const struct kind *const cell_list[];

/* Convert an entry of cell_list to the cell. */
const struct cell *cell_of(const struct kind *kind);

/* Max floats that a training pass keeps per unit, step and sample. */
size_t cell_trace_floats(const struct cell *cell);

/* Number of vectors that a sample carries from step to step: 1 or 2. */
size_t cell_states(const struct cell *cell);

#endif
