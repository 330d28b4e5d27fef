/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/layer.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct layer
layer_make(const struct cell *cell, size_t inputs, size_t units,
	const struct activation *recurrent_activation, const struct kernel *ops)
{
	/* as many blocks as fit into the columns of a panel */
	size_t side = KERNEL_COLUMNS / cell->gates;
	size_t blocks = (units + ops->lanes - 1) / ops->lanes;

	assert(cell->gates > 0 && cell->gates <= KERNEL_COLUMNS);
	assert(cell->trace_columns <= KERNEL_COLUMNS);
	return (struct layer){
		.cell = cell,
		.bias_rows = cell->bias_rows > 0 ? cell->bias_rows : 1,
		.inputs = inputs,
		.units = units,
		.input_blocks = (inputs + ops->lanes - 1) / ops->lanes,
		.blocks = blocks,
		.panels = (blocks + side - 1) / side,
		.side = side,
		.columns = cell->gates * side,
		.is_hard = recurrent_activation != NULL &&
			recurrent_activation->is_hard,
		.ops = ops,
	};
}

bool
layer_trace_create(struct layer_trace *trace, const struct layer *layer,
	bool trains)
{
	const struct cell *cell = layer->cell;
	size_t steps = trace->steps, row, all, gates;
	bool good = true;

	trace->lanes = layer->ops->lanes;
	if (!memory_product(trace->samples, layer->blocks * trace->lanes,
		    &row) ||
		!memory_product(row, KERNEL_COLUMNS * (steps + 1), &all))
		return false;
	gates = cell->trace_columns * steps * row;
	if (cell->is_gated || trains) {
		trace->gates = memory_floats(gates);
		good &= trace->gates != NULL;
	}
	trace->hidden = memory_floats((steps + 1) * row);
	good &= trace->hidden != NULL;
	if (trains) {
		trace->d_hidden = memory_floats(steps * row);
		good &= trace->d_hidden != NULL;
	}
	if (!cell->has_cell_state)
		return good;
	trace->cell = memory_floats((steps + 1) * row);
	trace->cell_tanh = memory_floats(steps * row);
	good &= trace->cell != NULL && trace->cell_tanh != NULL;
	if (trains) {
		trace->d_cell = memory_floats(row);
		good &= trace->d_cell != NULL;
	}
	return good;
}

void
layer_trace_destroy(struct layer_trace *trace)
{
	free(trace->gates);
	free(trace->hidden);
	free(trace->d_hidden);
	free(trace->cell);
	free(trace->cell_tanh);
	free(trace->d_cell);
	*trace = (struct layer_trace){0};
}

/* Columns of a panel of the trace. */
static size_t
panel_columns(const struct layer *layer, size_t panel)
{
	return layer->cell->trace_columns * layer_panel_blocks(layer, panel);
}

/* Weights of a backward product, dz · weightsᵀ. */
struct weights {
	const float *values; /* [panels, rows, columns, lanes] */
	size_t rows;
	size_t column; /* first column of dz for these weights */
};

/*
 * Add panels [first, last), all of one width, to the operands of a product,
 * with the rows of the weights from `row` on.
 */
static void
add_panels(struct kernel_gemm_nt *product, const struct layer *layer,
	const struct layer_trace *trace, size_t t,
	const struct weights *weights, size_t row, size_t first, size_t last)
{
	struct kernel_panels *panels = &product->of[product->widths++];
	size_t lanes = trace->lanes, blocks = layer_panel_blocks(layer, first);
	size_t width = layer->cell->gates * blocks * lanes;
	size_t gates = layer->cell->trace_columns * blocks * lanes;

	panels->panels = last - first;
	panels->width = width;
	panels->a =
		layer_gates(layer, trace, t, first) + weights->column * lanes;
	panels->a_panel_stride = trace->steps * trace->samples * gates;
	panels->a_row_stride = gates;
	panels->b = weights->values +
		first * weights->rows * layer->columns * lanes + row * width;
	panels->b_panel_stride = weights->rows * width;
	panels->b_row_stride = width;
}

/*
 * c[B, n] += dz[t] · weightsᵀ for n rows of the weights from `row` on. The
 * caller sets c, its strides and n in the operands.
 */
static void
backward_product(const struct layer *layer, const struct layer_trace *trace,
	size_t t, const struct weights *weights, size_t row,
	struct kernel_gemm_nt *product)
{
	/* the last panel may be narrower than the others */
	size_t full = layer->blocks % layer->side == 0 || layer->panels == 1
		? layer->panels
		: layer->panels - 1;

	product->widths = 0;
	product->m = trace->count;
	add_panels(product, layer, trace, t, weights, row, 0, full);
	if (full < layer->panels)
		add_panels(product, layer, trace, t, weights, row, full,
			layer->panels);
	layer->ops->gemm_nt(product);
}

size_t
layer_back_parts(const struct layer *layer, const float *copy, size_t all)
{
	size_t columns = layer->ops->product_columns;

	return copy != NULL ? (all + columns - 1) / columns : all;
}

struct block_range
layer_back_blocks(const struct layer *layer, const float *copy, size_t all,
	size_t part)
{
	size_t columns = copy != NULL ? layer->ops->product_columns : 1;
	size_t first = part * columns, last = first + columns;

	return (struct block_range){first, last < all ? last : all};
}

/*
 * The same as backward_product with a transposed copy of the weights, for the
 * blocks of one panel: first the panels of dz whose units fill them, then the
 * rest, whose gates have padding after them.
 */
static void
copy_product(const struct layer *layer, const struct layer_trace *trace,
	size_t t, const struct weights *weights, const float *copy,
	struct block_range blocks, float *to)
{
	const struct cell *cell = layer->cell;
	size_t lanes = trace->lanes, side = layer->side * lanes;
	size_t full = layer->units / side, rest = layer->units % side;
	size_t width = (blocks.last - blocks.first) * lanes;
	size_t row = trace->steps * trace->samples * lanes;
	struct kernel_rows dz = {
		.base = layer_gates(layer, trace, t, 0) +
			weights->column * lanes,
		.row_stride = cell->trace_columns * side,
		.block_stride = trace->steps * trace->samples *
			cell->trace_columns * side,
		.block = cell->gates * side,
		.count = full * cell->gates * side,
	};
	struct kernel_product product = {
		.m = trace->count,
		.n = width,
		.a = &dz,
		.b = copy + blocks.first * lanes * cell->gates * layer->units,
		.b_stride = width,
		.c = to,
		.c_block_stride = row,
		.c_row_stride = lanes,
	};

	if (full > 0)
		layer->ops->multiply(&product);
	if (rest == 0)
		return;
	dz.base = layer_gates(layer, trace, t, full) + weights->column * lanes;
	dz.block_stride = layer_panel_blocks(layer, full) * lanes;
	dz.row_stride = cell->trace_columns * dz.block_stride;
	product.b += dz.count * width;
	dz.block = rest;
	dz.count = cell->gates * rest;
	layer->ops->multiply(&product);
}

/*
 * Add dz[t] · weightsᵀ to the blocks of a part of the weights' rows, at d_below
 * and the steps of a trace apart.
 */
static void
part_product(const struct layer *layer, const struct layer_trace *trace,
	size_t t, const struct weights *weights, const float *copy,
	struct block_range blocks, float *d_below)
{
	size_t lanes = trace->lanes, row = blocks.first * lanes;
	size_t rest = weights->rows - row;
	struct kernel_gemm_nt product;

	if (copy != NULL) {
		copy_product(layer, trace, t, weights, copy, blocks, d_below);
		return;
	}
	product.n = rest < lanes ? rest : lanes;
	product.c = d_below;
	product.c_block_stride = 0;
	product.c_row_stride = lanes;
	backward_product(layer, trace, t, weights, row, &product);
}

static struct weights
kernel_weights(const struct layer *layer)
{
	return (struct weights){layer->kernel, layer->inputs, 0};
}

void
layer_backward_hidden(const struct layer *layer,
	const struct layer_trace *trace, size_t t, size_t part)
{
	struct weights weights = {layer->recurrent_kernel, layer->units,
		layer->cell->recurrent_column};
	struct block_range blocks = layer_back_blocks(layer,
		trace->recurrent_copy, layer->blocks, part);

	part_product(layer, trace, t, &weights, trace->recurrent_copy, blocks,
		layer_d_hidden(trace, t - 1, blocks.first));
}

void
layer_backward_input(const struct layer *layer, const struct layer_trace *trace,
	size_t t, size_t part, const struct layer_trace *below)
{
	struct weights weights = kernel_weights(layer);
	struct block_range blocks = layer_back_blocks(layer, trace->kernel_copy,
		layer->input_blocks, part);

	part_product(layer, trace, t, &weights, trace->kernel_copy, blocks,
		layer_d_hidden(below, t, blocks.first));
}

void
layer_backward_points(const struct layer *layer,
	const struct layer_trace *trace, size_t t, float *d_input)
{
	struct weights weights = kernel_weights(layer);
	struct kernel_gemm_nt product;

	product.n = layer->inputs;
	product.c = d_input;
	product.c_block_stride = trace->lanes;
	product.c_row_stride = layer->inputs;
	backward_product(layer, trace, t, &weights, 0, &product);
}

void
layer_clear_block(const struct layer_trace *trace, size_t t, size_t block)
{
	memset(layer_d_hidden(trace, t, block), 0,
		trace->count * trace->lanes * sizeof(float));
}

/* Number of parts of the kernel's gradient. */
static size_t
kernel_parts(const struct layer *layer, const struct kernel_rows *inputs)
{
	return inputs->token != NULL ? 1 : layer->input_blocks;
}

size_t
layer_gradient_parts(const struct layer *layer, const struct layer_trace *trace,
	const struct kernel_rows *inputs)
{
	return 1 + kernel_parts(layer, inputs) +
		(layer_is_stateless(trace) ? 0 : layer->blocks);
}

/*
 * Set part to one block of `lanes` columns of the rows. Field by field, and
 * without a division where none is needed: see layer_set_step.
 */
static void
set_rows_block(struct kernel_rows *part, const struct kernel_rows *rows,
	size_t lanes, size_t block)
{
	size_t first = block * lanes, rest = rows->count - first;

	part->token = rows->token;
	part->base = rows->base;
	if (first > 0)
		part->base += first / rows->block * rows->block_stride +
			first % rows->block;
	part->row_stride = rows->row_stride;
	part->block_stride = rows->block_stride;
	part->count = rest < lanes ? rest : lanes;
	part->block = part->count;
}

/*
 * The gradient of a bias vector is the sum of dz. In a bias of two rows, the
 * first row is the sum of dz for the kernel and the second row the sum of dz
 * for the recurrent kernel, both in the order of the gates.
 */
static void
bias_gradient(const struct layer *layer, const struct layer_trace *trace,
	size_t panel, const float *d_gates, size_t width, float *bias)
{
	const struct cell *cell = layer->cell;
	size_t lanes = trace->lanes, rows = trace->steps * trace->samples;
	_Alignas(
		MEMORY_ALIGNMENT) float sums[KERNEL_COLUMNS * KERNEL_LANES_MAX];
	float *to = bias + panel * layer->columns * lanes;

	if (cell->bias_rows == 0) {
		layer->ops->sum_rows(rows, width, d_gates, width, to);
		return;
	}
	to = bias + panel * cell->bias_rows * layer->columns * lanes;
	layer->ops->sum_rows(rows, width, d_gates, width, sums);
	for (size_t gate = 0; gate < cell->gates; gate++) {
		size_t column =
			(gate + cell->gates - cell->first_gate) % cell->gates;

		memcpy(to + gate * lanes, sums + column * lanes,
			lanes * sizeof *to);
		column = cell->recurrent_column + gate;
		memcpy(to + (cell->gates + gate) * lanes, sums + column * lanes,
			lanes * sizeof *to);
	}
}

void
layer_gradient(const struct layer *layer, const struct layer_trace *trace,
	size_t panel, size_t part, const struct kernel_rows *inputs,
	const struct layer_gradient *gradient)
{
	size_t lanes = trace->lanes, rows = trace->steps * trace->samples;
	size_t vectors = layer->cell->gates * layer_panel_blocks(layer, panel);
	size_t stride = panel_columns(layer, panel) * lanes;
	/* skip the first step if it starts from zero: its h₋ is 0 */
	size_t skipped = trace->from_state ? 0 : trace->samples;
	size_t block = part - 1, below = kernel_parts(layer, inputs);
	const float *d_gates = layer_gates(layer, trace, 0, panel);
	struct kernel_rows a, before;
	float *to;

	if (part == 0) {
		bias_gradient(layer, trace, panel, d_gates, stride,
			gradient->bias);
	} else if (block < below) {
		if (inputs->token == NULL) {
			set_rows_block(&a, inputs, lanes, block);
			inputs = &a;
		}
		to = gradient->kernel +
			panel * layer->inputs * layer->columns * lanes +
			block * lanes * vectors * lanes;
		layer->ops->gemm_tn(rows, vectors, inputs, d_gates, stride, to,
			vectors * lanes);
	} else {
		block -= below;
		before = layer_outputs_before(layer, trace, 0);
		set_rows_block(&a, &before, lanes, block);
		a.base += skipped * lanes;
		to = gradient->recurrent_kernel +
			panel * layer->units * layer->columns * lanes +
			block * lanes * vectors * lanes;
		layer->ops->gemm_tn(rows - skipped, vectors, &a,
			d_gates + skipped * stride +
				layer->cell->recurrent_column * lanes,
			stride, to, vectors * lanes);
	}
}
