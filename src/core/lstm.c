/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/lstm.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

bool
lstm_trace_create(struct lstm_trace *trace, const struct lstm *layer,
	bool trains)
{
	size_t steps = trace->steps, row, all;

	trace->lanes = layer->ops->lanes;
	if (!memory_product(trace->samples, layer->panels * trace->lanes,
		    &row) ||
		!memory_product(row, LSTM_GATES * (steps + 1), &all))
		return false;
	trace->gates = memory_floats(LSTM_GATES * steps * row);
	trace->cell = memory_floats((steps + 1) * row);
	trace->cell_tanh = memory_floats(steps * row);
	trace->hidden = memory_floats((steps + 1) * row);
	if (trains) {
		trace->d_hidden = memory_floats(steps * row);
		trace->d_cell = memory_floats(row);
	}
	return trace->gates != NULL && trace->cell != NULL &&
		trace->cell_tanh != NULL && trace->hidden != NULL &&
		(!trains || (trace->d_hidden != NULL && trace->d_cell != NULL));
}

void
lstm_trace_destroy(struct lstm_trace *trace)
{
	free(trace->gates);
	free(trace->cell);
	free(trace->cell_tanh);
	free(trace->hidden);
	free(trace->d_hidden);
	free(trace->d_cell);
	*trace = (struct lstm_trace){0};
}

/* Rows of the layer's own block arrays with a step more than T. */
static struct kernel_rows
state_rows(const struct lstm *layer, const struct lstm_trace *trace,
	size_t step)
{
	size_t row = trace->samples * trace->lanes;

	return (struct kernel_rows){
		.base = trace->hidden + step * row,
		.row_stride = trace->lanes,
		.block_stride = (trace->steps + 1) * row,
		.block = trace->lanes,
		.count = layer->units,
	};
}

struct kernel_rows
lstm_outputs(const struct lstm *layer, const struct lstm_trace *trace, size_t t)
{
	return state_rows(layer, trace, t + 1);
}

static bool
starts_from_zero(const struct lstm_trace *trace, size_t t)
{
	return trace->restarts || (t == 0 && !trace->from_state);
}

void
lstm_forward(const struct lstm *layer, const struct lstm_trace *trace, size_t t,
	size_t panel, const struct kernel_rows *input)
{
	const struct kernel *kernel = layer->ops;
	size_t row = trace->samples * kernel->lanes;
	size_t gates = KERNEL_GATES * kernel->lanes;
	size_t at = (panel * trace->steps + t) * row;
	size_t before = (panel * (trace->steps + 1) + t) * row;
	bool from_zero = starts_from_zero(trace, t);
	struct kernel_forward step = {
		.samples = trace->samples,
		.is_hard =
			layer->recurrent_activation == ACTIVATION_HARD_SIGMOID,
		.input = *input,
		.hidden_before = state_rows(layer, trace, t),
		.kernel = layer->kernel + panel * layer->inputs * gates,
		.recurrent_kernel =
			layer->recurrent_kernel + panel * layer->units * gates,
		.bias = layer->bias + panel * gates,
		.cell_before = from_zero ? NULL : trace->cell + before,
		.gates = trace->gates + KERNEL_GATES * at,
		.cell = trace->cell + before + row,
		.cell_tanh = trace->cell_tanh + at,
		.hidden = trace->hidden + before + row,
	};

	if (from_zero)
		step.hidden_before.count = 0;
	kernel->forward(&step);
}

void
lstm_backward(const struct lstm *layer, const struct lstm_trace *trace,
	size_t t, size_t panel)
{
	const struct kernel *kernel = layer->ops;
	size_t row = trace->samples * kernel->lanes;
	size_t at = (panel * trace->steps + t) * row;
	struct kernel_backward step = {
		.samples = trace->samples,
		.is_hard =
			layer->recurrent_activation == ACTIVATION_HARD_SIGMOID,
		.cell_before = starts_from_zero(trace, t)
			? NULL
			: trace->cell + (panel * (trace->steps + 1) + t) * row,
		.cell_tanh = trace->cell_tanh + at,
		.d_hidden = trace->d_hidden + at,
		.d_cell = trace->d_cell + panel * row,
		.gates = trace->gates + KERNEL_GATES * at,
	};

	if (t + 1 == trace->steps)
		memset(step.d_cell, 0, row * sizeof *step.d_cell);
	kernel->backward(&step);
}

/* dz[t] · weightsᵀ, all rows of the weights, to where is still to be said. */
static struct kernel_dots
dots_back(const struct lstm *layer, const struct lstm_trace *trace, size_t t,
	const float *weights, size_t rows)
{
	size_t gates = KERNEL_GATES * trace->lanes;

	return (struct kernel_dots){
		.panels = layer->panels,
		.width = gates,
		.rows = trace->samples,
		.numbers = rows,
		.a = trace->gates + t * trace->samples * gates,
		.a_panel_stride = trace->steps * trace->samples * gates,
		.a_row_stride = gates,
		.b = weights,
		.b_panel_stride = rows * gates,
		.b_row_stride = gates,
	};
}

/* d_below[B, lanes] += dz[t] · weightsᵀ for a block of the weights' rows. */
static void
bring_back(const struct lstm *layer, const struct lstm_trace *trace, size_t t,
	const float *weights, size_t rows, size_t block, float *d_below)
{
	struct kernel_dots dots = dots_back(layer, trace, t, weights, rows);
	size_t lanes = layer->ops->lanes, rest = rows - block * lanes;

	dots.numbers = rest < lanes ? rest : lanes;
	dots.b += block * lanes * dots.b_row_stride;
	dots.c = d_below;
	dots.c_row_stride = lanes;
	layer->ops->dots(&dots);
}

/* A block of d_hidden[t]. */
static float *
d_hidden_block(const struct lstm_trace *trace, size_t t, size_t block)
{
	return trace->d_hidden +
		(block * trace->steps + t) * trace->samples * trace->lanes;
}

void
lstm_backward_hidden(const struct lstm *layer, const struct lstm_trace *trace,
	size_t t, size_t block)
{
	bring_back(layer, trace, t, layer->recurrent_kernel, layer->units,
		block, d_hidden_block(trace, t - 1, block));
}

void
lstm_backward_input(const struct lstm *layer, const struct lstm_trace *trace,
	size_t t, size_t block, const struct lstm_trace *below)
{
	bring_back(layer, trace, t, layer->kernel, layer->inputs, block,
		d_hidden_block(below, t, block));
}

void
lstm_backward_points(const struct lstm *layer, const struct lstm_trace *trace,
	size_t t, float *d_input)
{
	struct kernel_dots dots =
		dots_back(layer, trace, t, layer->kernel, layer->inputs);

	dots.c = d_input;
	dots.c_block_stride = trace->lanes;
	dots.c_row_stride = layer->inputs;
	layer->ops->dots(&dots);
}

void
lstm_clear_block(const struct lstm_trace *trace, size_t t, size_t block)
{
	memset(d_hidden_block(trace, t, block), 0,
		trace->samples * trace->lanes * sizeof(float));
}

bool
lstm_is_stateless(const struct lstm_trace *trace)
{
	return trace->restarts || (trace->steps == 1 && !trace->from_state);
}

/* Parts of the kernel's gradient. */
static size_t
kernel_parts(const struct lstm *layer, const struct kernel_rows *inputs)
{
	size_t lanes = layer->ops->lanes;

	return inputs->token != NULL ? 1 : (layer->inputs + lanes - 1) / lanes;
}

size_t
lstm_gradient_parts(const struct lstm *layer, const struct lstm_trace *trace,
	const struct kernel_rows *inputs)
{
	return 1 + kernel_parts(layer, inputs) +
		(lstm_is_stateless(trace) ? 0 : layer->panels);
}

/* A block of lanes of the rows' numbers. */
static struct kernel_rows
rows_block(const struct kernel_rows *rows, size_t lanes, size_t block)
{
	size_t first = block * lanes, rest = rows->count - first;
	struct kernel_rows part = *rows;

	part.base +=
		first / rows->block * rows->block_stride + first % rows->block;
	part.count = rest < lanes ? rest : lanes;
	part.block = part.count;
	return part;
}

void
lstm_gradient(const struct lstm *layer, const struct lstm_trace *trace,
	size_t panel, size_t part, const struct kernel_rows *inputs,
	const struct lstm_gradient *gradient)
{
	const struct kernel *kernel = layer->ops;
	size_t gates = KERNEL_GATES * kernel->lanes;
	size_t rows = trace->steps * trace->samples;
	/* the first step's h₋ is 0 where it starts from zero */
	size_t skipped = trace->from_state ? 0 : trace->samples;
	size_t block = part - 1, below = kernel_parts(layer, inputs);
	const float *d_gates = trace->gates + panel * rows * gates;
	struct kernel_rows some;
	float *to;

	if (part == 0) {
		kernel->sum_rows(rows, gates, d_gates,
			gradient->bias + panel * gates);
	} else if (block < below) {
		some = inputs->token != NULL
			? *inputs
			: rows_block(inputs, kernel->lanes, block);
		to = gradient->kernel +
			(panel * layer->inputs + block * kernel->lanes) * gates;
		kernel->gradient(rows, KERNEL_GATES, &some, d_gates, to, gates);
	} else {
		block -= below;
		some = state_rows(layer, trace, 0);
		some = rows_block(&some, kernel->lanes, block);
		some.base += skipped * kernel->lanes;
		to = gradient->recurrent_kernel +
			(panel * layer->units + block * kernel->lanes) * gates;
		kernel->gradient(rows - skipped, KERNEL_GATES, &some,
			d_gates + skipped * gates, to, gates);
	}
}
