/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A recurrent layer of any cell: its sizes, its packed weights and the trace of
 * a pass. The cell computes a step. The products from a step back to the
 * previous step and to the layer below, and the gradients of the weights, are
 * the same for all cells. For each sample and time step, with x the input, h₋
 * the previous output and dz the gradients of the pre-activations:
 *
 *   dh₋ += dz Rᵀ   dx = dz Wᵀ
 *   dW   = Σ xᵀ dz   dR = Σ h₋ᵀ dz   db = Σ dz
 *
 * See kernel.h for the inner loops and the layouts.
 */
#ifndef LSTMTUI_CORE_LAYER_H
#define LSTMTUI_CORE_LAYER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/activation.h"
#include "core/cell.h"
#include "core/kernel.h"

/* Sizes of the layer, and its packed weights, which the model owns. */
struct layer {
	const struct cell *cell;
	size_t inputs, units, bias_rows;
	size_t input_blocks; /* blocks of inputs */
	size_t blocks;       /* blocks of units */
	/* the last panel may have fewer blocks than the others */
	size_t panels;
	size_t side;              /* blocks in a panel */
	size_t columns;           /* vectors in a row of a panel's weights */
	bool is_hard;             /* the recurrent activation is hard-sigmoid */
	const struct kernel *ops; /* the vector kernel in use */
	const float *kernel;      /* [panels, inputs, columns, lanes] */
	const float *recurrent_kernel; /* [panels, units, columns, lanes] */
	const float *bias;             /* [panels, bias_rows, columns, lanes] */
};

/* Gradients of a layer's weights, packed like the weights. */
struct layer_gradient {
	float *kernel, *recurrent_kernel, *bias;
};

/* The values of a layer in a pass over T steps of B samples. */
struct layer_trace {
	size_t steps, samples; /* T, B */
	/* those of the samples that the functions of a step compute */
	size_t first, count;
	size_t lanes;
	bool from_state; /* step 0 starts from hidden[0] and cell[0] */
	bool restarts;   /* every step starts from zero state */
	/* [panels, T, B, trace_columns, lanes]; dz after the backward pass */
	float *gates;
	float *hidden;   /* [blocks, T + 1, B, lanes]; [0]: initial state */
	float *d_hidden; /* [blocks, T, B, lanes] */
	/* these are NULL if the cell has no cell state */
	float *cell;      /* [blocks, T + 1, B, lanes]; [0]: initial state */
	float *cell_tanh; /* [blocks, T, B, lanes] */
	float *d_cell;    /* [blocks, B, lanes] */
	/*
	 * transposed copies of the weights, of the pass; NULL: not used in this
	 * pass. See transposed.h.
	 */
	const float *recurrent_copy, *kernel_copy;
};

/* Return a layer of a cell for a kernel; the caller sets its weights. */
struct layer layer_make(const struct cell *cell, size_t inputs, size_t units,
	const struct activation *recurrent_activation,
	const struct kernel *ops);

/*
 * Allocate a trace for its steps and samples, with the arrays of the backward
 * pass only if it trains. Release it with layer_trace_destroy, also after a
 * failure. Returns false if out of memory.
 */
bool layer_trace_create(struct layer_trace *trace, const struct layer *layer,
	bool trains);
void layer_trace_destroy(struct layer_trace *trace);

/* Set T and B, at most those of layer_trace_create, and compute all samples. */
static inline void
layer_trace_set_sizes(struct layer_trace *trace, size_t steps, size_t samples)
{
	trace->steps = steps;
	trace->samples = samples;
	trace->first = 0;
	trace->count = samples;
}

/* Block of states before step t, from an array [blocks, T + 1, B, lanes]. */
static inline float *
layer_state(const struct layer_trace *trace, float *states, size_t t,
	size_t block)
{
	return states +
		((block * (trace->steps + 1) + t) * trace->samples +
			trace->first) *
		trace->lanes;
}

/* Previous outputs h₋ of steps t and later: hidden[t], hidden[t + 1], ... */
static inline struct kernel_rows
layer_outputs_before(const struct layer *layer, const struct layer_trace *trace,
	size_t t)
{
	size_t lanes = trace->lanes, row = trace->samples * lanes;

	return (struct kernel_rows){
		.base = layer_state(trace, trace->hidden, t, 0),
		.row_stride = lanes,
		.block_stride = (trace->steps + 1) * row,
		.block = lanes,
		.count = layer->units,
	};
}

/* Outputs of steps t and later, as input rows of the next layer. */
static inline struct kernel_rows
layer_outputs(const struct layer *layer, const struct layer_trace *trace,
	size_t t)
{
	return layer_outputs_before(layer, trace, t + 1);
}

/* Whether step t of a trace starts from zero state. */
static inline bool
layer_starts_from_zero(const struct layer_trace *trace, size_t t)
{
	return trace->restarts || (t == 0 && !trace->from_state);
}

/* Whether h₋ and the recurrent kernel's gradient are 0 at all steps. */
static inline bool
layer_is_stateless(const struct layer_trace *trace)
{
	return trace->restarts || (trace->steps == 1 && !trace->from_state);
}

/* First block of a panel, and its number of blocks. */
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

/* Gates of a panel at step t. */
static inline float *
layer_gates(const struct layer *layer, const struct layer_trace *trace,
	size_t t, size_t panel)
{
	size_t columns = layer->cell->trace_columns;
	size_t width = layer_panel_blocks(layer, panel) * columns;

	return trace->gates +
		(panel * trace->steps * trace->samples * layer->side * columns +
			(t * trace->samples + trace->first) * width) *
		trace->lanes;
}

/* Block of values at step t, from an array [blocks, T, B, lanes]. */
static inline float *
layer_values(const struct layer_trace *trace, float *values, size_t t,
	size_t block)
{
	return values +
		((block * trace->steps + t) * trace->samples + trace->first) *
		trace->lanes;
}

/* Block of d_hidden[t]. */
static inline float *
layer_d_hidden(const struct layer_trace *trace, size_t t, size_t block)
{
	return layer_values(trace, trace->d_hidden, t, block);
}

/* Block of d_cell. */
static inline float *
layer_d_cell(const struct layer_trace *trace, size_t block)
{
	return trace->d_cell +
		(block * trace->samples + trace->first) * trace->lanes;
}

/*
 * Set the operands of step t of a panel, for the cell's forward function. The
 * fields of hidden_before are set one by one: a copy of the whole struct right
 * after its fields are written stalls the processor, which shows in a layer of
 * one step.
 */
static inline void
layer_set_step(struct kernel_step *step, const struct layer *layer,
	const struct layer_trace *trace, size_t t, size_t panel,
	const struct kernel_rows *input)
{
	size_t lanes = trace->lanes, row = trace->samples * lanes;
	size_t width = layer->columns * lanes;

	step->samples = trace->count;
	step->input = input;
	step->hidden_before.base = layer_state(trace, trace->hidden, t, 0);
	step->hidden_before.token = NULL;
	step->hidden_before.row_stride = lanes;
	step->hidden_before.block_stride = (trace->steps + 1) * row;
	step->hidden_before.block = lanes;
	step->hidden_before.count =
		layer_starts_from_zero(trace, t) ? 0 : layer->units;
	step->kernel = layer->kernel + panel * layer->inputs * width;
	step->recurrent_kernel =
		layer->recurrent_kernel + panel * layer->units * width;
	step->bias = layer->bias + panel * layer->bias_rows * width;
}

/*
 * Each of the following functions does a part of a step: one panel of the
 * layer's units or one block of the layer below. Threads may share the parts,
 * and a pass may pause between them. Within a step, all parts of one function
 * must be done before the first part of the next. The cell's forward and
 * backward are such functions too.
 */

/* Width of a panel of a transposed copy, in floats. */
static inline size_t
layer_copy_width(const struct kernel *kernel)
{
	return kernel->product_columns * kernel->lanes;
}

/* Blocks [first, last). */
struct block_range {
	size_t first, last;
};

/*
 * Number of parts of a product back to `all` blocks, and the blocks of a part:
 * with a transposed copy those of a panel, without (NULL) a single one.
 */
size_t layer_back_parts(const struct layer *layer, const float *copy,
	size_t all);
struct block_range layer_back_blocks(const struct layer *layer,
	const float *copy, size_t all, size_t part);

/* Given dz of step t > 0, add to the blocks of a part of d_hidden[t - 1]. */
void layer_backward_hidden(const struct layer *layer,
	const struct layer_trace *trace, size_t t, size_t part);

/* Given dz of step t, add to those of d_hidden[t] of the layer below. */
void layer_backward_input(const struct layer *layer,
	const struct layer_trace *trace, size_t t, size_t part,
	const struct layer_trace *below);

/* The same for inputs that are points: add to d_input[B, inputs]. */
void layer_backward_points(const struct layer *layer,
	const struct layer_trace *trace, size_t t, float *d_input);

/* Set a block of d_hidden[t] to 0. */
void layer_clear_block(const struct layer_trace *trace, size_t t, size_t block);

/*
 * Compute the gradients of one panel of the weights, given dz of all steps.
 * Part 0 is the bias. The next parts are the kernel, one per block of inputs (a
 * single part for tokens). The last parts are the recurrent kernel, one per
 * block of units, unless h₋ is 0 at all steps. `inputs` has the inputs of all
 * steps as T · B rows.
 */
size_t layer_gradient_parts(const struct layer *layer,
	const struct layer_trace *trace, const struct kernel_rows *inputs);
void layer_gradient(const struct layer *layer, const struct layer_trace *trace,
	size_t panel, size_t part, const struct kernel_rows *inputs,
	const struct layer_gradient *gradient);

#endif
