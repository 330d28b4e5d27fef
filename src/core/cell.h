/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A cell: what a recurrent layer computes at a step, and the shapes of its
 * weights. All are Keras's: a layer has a kernel, a recurrent kernel and a
 * bias, whose columns are the gates one after the other, each of as many
 * columns as the layer has units. To add a cell, write its constant in a file
 * of its own, with its equations, and add its address to cell_list.
 */
#ifndef LSTMTUI_CORE_CELL_H
#define LSTMTUI_CORE_CELL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/kind.h"
#include "core/kernel.h"

struct layer;
struct layer_trace;

/* A vector of a step, [units], that a trace holds after the way forward. */
struct cell_view {
	const char *name; /* of the field: "i", "h", ...; NULL ends a list */
	enum { CELL_GATE, CELL_HIDDEN, CELL_STATE } of;
	size_t column; /* of the trace's gates */
	/* a step from zero leaves the gate's sum there, not its value */
	bool is_sum_from_zero;
};

struct cell {
	struct kind kind;
	const char *type;       /* Keras's class: "LSTM" */
	const char *layer_name; /* Keras's name of the first layer: "lstm" */
	size_t gates;
	size_t bias_rows; /* 2: of the kernel, of the recurrent one; 0: a vector
	                   */
	/* whether its gates have the recurrent activation, and are kept */
	bool is_gated;
	bool has_cell_state; /* beside the hidden state */
	/* gates that have no gradient where a step starts from zero */
	size_t idle_gates;

	/*
	 * A trace has `trace_columns` vectors for a block of units, and after
	 * the way back the gradients of the gates' sums in them: those for the
	 * kernel from column 0 on, its gate `first_gate` first, the others
	 * after it in turn; those for the recurrent kernel from
	 * `recurrent_column` on, in their own order.
	 */
	size_t trace_columns, first_gate, recurrent_column;
	const struct cell_view *views; /* what a trace shows, in this order */

	/* Initial values of a bias, which is all 0; NULL: they stay so. */
	void (*set_bias)(size_t units, float *bias);

	/*
	 * Step t of one panel of a layer, from the step's B input rows: writes
	 * the gates of step t and hidden [t + 1].
	 */
	void (*forward)(const struct layer *layer,
		const struct layer_trace *trace, size_t t, size_t panel,
		const struct kernel_rows *input);

	/*
	 * And back: d_hidden[t] becomes the gradients of the gates' sums. What
	 * reaches the step before other than through the recurrent kernel is
	 * left in d_cell or added to d_hidden[t - 1]. The last step comes
	 * first.
	 */
	void (*backward)(const struct layer *layer,
		const struct layer_trace *trace, size_t t, size_t panel);

	/*
	 * The gradient with respect to the cell state of step t of a panel,
	 * gradient[B, lanes], before backward overwrites what it is made of.
	 * NULL if there is no cell state.
	 */
	void (*state_gradient)(const struct layer *layer,
		const struct layer_trace *trace, size_t t, size_t panel,
		float *gradient);
};

extern const struct cell cell_lstm, cell_gru, cell_rnn;

/* The kinds of all cells; ends with NULL. */
extern const struct kind *const cell_list[];

/* The cell whose kind stands in the list. */
const struct cell *cell_of(const struct kind *kind);

/*
 * Floats that a training pass keeps for each unit, step and sample, at most.
 */
size_t cell_trace_floats(const struct cell *cell);

/* Vectors that a step of a sample carries to the next: 1 or 2. */
size_t cell_states(const struct cell *cell);

#endif
