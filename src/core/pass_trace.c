/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The kept trace of a pass. The backward pass overwrites the gates of a layer
 * with the gradients of the pre-activations, and the gradient of a cell state
 * with the gradient of the previous step's cell state. A pass that keeps its
 * trace copies both first.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "core/pass_stages.h"

static void
release(struct pass *pass)
{
	for (size_t l = 0; l < MODEL_LAYERS_MAX; l++) {
		free(pass->kept_gates[l]);
		free(pass->kept_d_cell[l]);
		pass->kept_gates[l] = pass->kept_d_cell[l] = NULL;
	}
	pass->keeps_trace = false;
	pass->is_traced = false;
}

/* The size cannot overflow: the layer's trace has as many floats. */
static bool
create(struct pass *pass, size_t l)
{
	const struct layer *layer = &pass->model->layer[l];
	const struct cell *cell = layer->cell;
	size_t row = pass->steps_max * pass->samples_max * layer->blocks *
		pass->model->parameters.lanes;

	if (cell->is_gated) {
		pass->kept_gates[l] = memory_floats(cell->trace_columns * row);
		if (pass->kept_gates[l] == NULL)
			return false;
	}
	if (cell->has_cell_state) {
		pass->kept_d_cell[l] = memory_floats(row);
		if (pass->kept_d_cell[l] == NULL)
			return false;
	}
	return true;
}

bool
pass_keep_trace(struct pass *pass, bool keeps, struct error *error)
{
	if (keeps == pass->keeps_trace)
		return true;
	release(pass);
	for (size_t l = 0; keeps && l < pass->model->shape.layers; l++)
		if (!create(pass, l)) {
			release(pass);
			return error_out_of_memory(error);
		}
	pass->keeps_trace = keeps;
	return true;
}

bool
pass_has_trace(const struct pass *pass)
{
	return pass_is_done(pass) && (pass->is_traced || !pass->is_trained);
}

void
pass_keep_parts(const struct pass *pass, size_t first, size_t last)
{
	size_t l = pass->at_layer, t = pass->at_step;
	const struct layer *layer = &pass->model->layer[l];
	const struct layer_trace *trace = &pass->layer[l];
	const struct cell *cell = layer->cell;

	for (size_t panel = first; panel < last; panel++) {
		const float *gates = layer_gates(layer, trace, t, panel);
		size_t count = layer_panel_blocks(layer, panel) *
			cell->trace_columns * trace->samples * trace->lanes;

		if (cell->is_gated)
			memcpy(pass->kept_gates[l] + (gates - trace->gates),
				gates, count * sizeof *gates);
		if (cell->has_cell_state)
			cell->state_gradient(layer, trace, t, panel,
				layer_values(trace, pass->kept_d_cell[l], t,
					layer_first_block(layer, panel)));
	}
}

/* Block of a gate of one sample in the trace's array of gates. */
static const float *
gate_of(const struct layer *layer, const struct layer_trace *trace,
	const struct cell_view *view, size_t t, size_t sample, size_t block)
{
	size_t panel = block / layer->side;
	size_t columns = layer->cell->trace_columns;
	size_t row = sample * layer_panel_blocks(layer, panel) * columns;

	return layer_gates(layer, trace, t, panel) +
		(row + block % layer->side * columns + view->column) *
		trace->lanes;
}

/* Block of a view's values at one step of one sample. */
static const float *
values_of(const struct pass *pass, size_t l, const struct cell_view *view,
	size_t t, size_t sample, size_t block)
{
	const struct layer_trace *trace = &pass->layer[l];
	const float *gate;

	switch (view->of) {
	case CELL_HIDDEN:
		return layer_state(trace, trace->hidden, t + 1, block) +
			sample * trace->lanes;
	case CELL_STATE:
		return layer_state(trace, trace->cell, t + 1, block) +
			sample * trace->lanes;
	case CELL_GATE:
		break;
	}
	gate = gate_of(&pass->model->layer[l], trace, view, t, sample, block);
	return pass->is_traced ? pass->kept_gates[l] + (gate - trace->gates)
			       : gate;
}

static const float *
gradients_of(const struct pass *pass, size_t l, const struct cell_view *view,
	size_t t, size_t sample, size_t block)
{
	const struct layer_trace *trace = &pass->layer[l];

	switch (view->of) {
	case CELL_HIDDEN:
		return layer_d_hidden(trace, t, block) + sample * trace->lanes;
	case CELL_STATE:
		return layer_values(trace, pass->kept_d_cell[l], t, block) +
			sample * trace->lanes;
	case CELL_GATE:
		break;
	}
	return gate_of(&pass->model->layer[l], trace, view, t, sample, block);
}

typedef const float *block_of(const struct pass *pass, size_t l,
	const struct cell_view *view, size_t t, size_t sample, size_t block);

/* Copy the blocks of all units to `units`. */
static void
gather(const struct pass *pass, size_t l, const struct cell_view *view,
	size_t t, size_t sample, block_of *of, float *units)
{
	size_t lanes = pass->model->parameters.lanes;
	size_t count = pass->model->layer[l].units;

	for (size_t u = 0; u < count; u += lanes) {
		size_t rest = count - u;

		memcpy(units + u, of(pass, l, view, t, sample, u / lanes),
			(rest < lanes ? rest : lanes) * sizeof *units);
	}
}

void
pass_trace_values(const struct pass *pass, size_t layer,
	const struct cell_view *view, size_t step, size_t sample, float *units)
{
	const struct model_shape *shape = &pass->model->shape;

	gather(pass, layer, view, step, sample, values_of, units);
	if (!view->is_sum_from_zero ||
		!layer_starts_from_zero(&pass->layer[layer], step))
		return;
	for (size_t u = 0; u < shape->units[layer]; u++)
		units[u] =
			activation_apply(shape->recurrent_activation, units[u]);
}

void
pass_trace_gradients(const struct pass *pass, size_t layer,
	const struct cell_view *view, size_t step, size_t sample, float *units)
{
	gather(pass, layer, view, step, sample, gradients_of, units);
}
