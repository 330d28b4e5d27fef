/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A recurrent layer of any cell: its sizes, its packed weights, and what a
 * pass leaves in it. The cell computes a step; the products with the weights
 * back to the step before and the layer below, and the gradients of the
 * weights, are the same for all cells. For each sample and time step, with x
 * the input, h₋ the output of the step before and dz the gradients of the
 * gates' sums:
 *
 *   dh₋ += dz Rᵀ   dx = dz Wᵀ
 *   dW   = Σ xᵀ dz   dR = Σ h₋ᵀ dz   db = Σ dz
 *
 * The inner loops are the kernel's; so are the layouts: see kernel.h.
 */
#ifndef LSTMTUI_CORE_LAYER_H
#define LSTMTUI_CORE_LAYER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/activation.h"
#include "core/cell.h"
#include "core/kernel.h"

/* A layer's sizes and its packed weights, which belong to the model. */
struct layer {
	const struct cell *cell;
	size_t inputs, units, bias_rows;
	size_t blocks;  /* of units */
	size_t panels;  /* of blocks; the last may have fewer than others */
	size_t side;    /* blocks side by side in a panel */
	size_t columns; /* vectors in a row of a panel's weights */
	bool is_hard;   /* the recurrent activation is hard-sigmoid */
	const struct kernel *ops;      /* the vector kernel in use */
	const float *kernel;           /* [panels, inputs, columns, lanes] */
	const float *recurrent_kernel; /* [panels, units, columns, lanes] */
	const float *bias;             /* [panels, bias_rows, columns, lanes] */
};

/* Where the gradients of a layer's weights go; packed likewise. */
struct layer_gradient {
	float *kernel, *recurrent_kernel, *bias;
};

/* What a pass over T steps of B samples leaves in a layer. */
struct layer_trace {
	size_t steps, samples; /* T, B */
	size_t lanes;
	bool from_state; /* step 0 starts from hidden and cell [0], not 0 */
	bool restarts;   /* every step starts from 0 */
	/* [panels, T, B, the cell's columns, lanes]; after backward, dz */
	float *gates;
	float *hidden;   /* [blocks, T + 1, B, lanes]; [0] is before */
	float *d_hidden; /* [blocks, T, B, lanes] */
	/* of cells that have a cell state, else NULL */
	float *cell;      /* [blocks, T + 1, B, lanes]; [0] is before */
	float *cell_tanh; /* [blocks, T, B, lanes] */
	float *d_cell;    /* [blocks, B, lanes] */
};

/*
 * Make a layer of a cell for a kernel; its weights are for the caller to set.
 */
struct layer layer_make(const struct cell *cell, size_t inputs, size_t units,
	const struct activation *recurrent_activation,
	const struct kernel *ops);

/*
 * Make the arrays of a trace for its steps and samples; those of the way
 * back only where it trains. Release it with layer_trace_destroy, also after
 * a failure: false, where memory cannot be had.
 */
bool layer_trace_create(struct layer_trace *trace, const struct layer *layer,
	bool trains);
void layer_trace_destroy(struct layer_trace *trace);

/* The layer's outputs before step t on: from hidden[t] on. */
static inline struct kernel_rows
layer_outputs_before(const struct layer *layer, const struct layer_trace *trace,
	size_t t)
{
	size_t lanes = trace->lanes, row = trace->samples * lanes;

	return (struct kernel_rows){
		.base = trace->hidden + t * row,
		.row_stride = lanes,
		.block_stride = (trace->steps + 1) * row,
		.block = lanes,
		.count = layer->units,
	};
}

/* The layer's outputs from step t on, as rows for the next layer. */
static inline struct kernel_rows
layer_outputs(const struct layer *layer, const struct layer_trace *trace,
	size_t t)
{
	return layer_outputs_before(layer, trace, t + 1);
}

/* Whether step t of a trace starts from zero. */
static inline bool
layer_starts_from_zero(const struct layer_trace *trace, size_t t)
{
	return trace->restarts || (t == 0 && !trace->from_state);
}

/* Whether every h₋ of a pass is 0, and the recurrent kernel's gradient so. */
static inline bool
layer_is_stateless(const struct layer_trace *trace)
{
	return trace->restarts || (trace->steps == 1 && !trace->from_state);
}

/* A panel's first block, and how many it has. */
static inline size_t
layer_first_block(const struct layer *layer, size_t panel)
{
	return panel * layer->side;
}

static inline size_t
layer_panel_blocks(const struct layer *layer, size_t panel)
{
	size_t rest = layer->blocks - panel * layer->side;

	return rest < layer->side ? rest : layer->side;
}

/* Step t of a panel of a trace's gates. */
static inline float *
layer_gates(const struct layer *layer, const struct layer_trace *trace,
	size_t t, size_t panel)
{
	size_t row = trace->samples * trace->lanes;

	return trace->gates +
		(panel * trace->steps * layer->side *
				layer->cell->trace_columns +
			t * layer_panel_blocks(layer, panel) *
				layer->cell->trace_columns) *
		row;
}

/* A block of d_hidden[t]. */
static inline float *
layer_d_hidden(const struct layer_trace *trace, size_t t, size_t block)
{
	return trace->d_hidden +
		(block * trace->steps + t) * trace->samples * trace->lanes;
}

/* A block of an array of states, [blocks, T + 1, B, lanes], before step t. */
static inline float *
layer_state(const struct layer_trace *trace, float *states, size_t t,
	size_t block)
{
	return states +
		(block * (trace->steps + 1) + t) * trace->samples *
		trace->lanes;
}

/* Set what step t of a panel multiplies: a cell's forward begins with it. */
void layer_set_step(struct kernel_step *step, const struct layer *layer,
	const struct layer_trace *trace, size_t t, size_t panel,
	const struct kernel_rows *input);

/*
 * All that follows does a part of a step, a panel of the layer's units or a
 * block of what lies below, so that parts can be done by several threads and
 * at several times. Within a step, every part of one kind is to be done
 * before the first of the next; the cell's forward and backward are such
 * parts as well.
 */

/* From dz of step t > 0: a block of units is added to d_hidden[t - 1]. */
void layer_backward_hidden(const struct layer *layer,
	const struct layer_trace *trace, size_t t, size_t block);

/* And a block of units of the layer below, to its d_hidden[t]. */
void layer_backward_input(const struct layer *layer,
	const struct layer_trace *trace, size_t t, size_t block,
	const struct layer_trace *below);

/* The same for inputs that no layer made, added to d_input[B, inputs]. */
void layer_backward_points(const struct layer *layer,
	const struct layer_trace *trace, size_t t, float *d_input);

/* Set a block of d_hidden[t] to 0. */
void layer_clear_block(const struct layer_trace *trace, size_t t, size_t block);

/*
 * The gradients of one panel of the weights, from dz of all steps, in parts:
 * the bias's is part 0, then the kernel's come by blocks of inputs (tokens
 * in one), then the recurrent kernel's by blocks of units, where any h₋ is
 * not 0. inputs are those of all steps as T · B rows.
 */
size_t layer_gradient_parts(const struct layer *layer,
	const struct layer_trace *trace, const struct kernel_rows *inputs);
void layer_gradient(const struct layer *layer, const struct layer_trace *trace,
	size_t panel, size_t part, const struct kernel_rows *inputs,
	const struct layer_gradient *gradient);

#endif
