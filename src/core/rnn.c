/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The simple recurrent layer (Elman 1990), Keras's SimpleRNN with tanh. For
 * each sample and time step, with x the input and h₋ the previous output:
 *
 *   z = x W + h₋ R + b
 *   h = tanh(z)
 *
 * Backward, with d· for ∂loss/∂·, and dh from the layer above and the next
 * step:
 *
 *   dz = dh ∘ (1 - h²)
 *
 * A panel has the units of up to four blocks side by side, since there is only
 * one gate.
 */
#include "base/translate.h"
#include "core/layer.h"

static void
forward(const struct layer *layer, const struct layer_trace *trace, size_t t,
	size_t panel, const struct kernel_rows *input)
{
	size_t block = layer_first_block(layer, panel);
	struct kernel_rnn_forward forward;

	layer_set_step(&forward.step, layer, trace, t, panel, input);
	forward.columns = layer_panel_blocks(layer, panel);
	forward.hidden = layer_state(trace, trace->hidden, t + 1, block);
	forward.block_stride =
		(trace->steps + 1) * trace->samples * trace->lanes;
	layer->ops->rnn_forward(&forward);
}

static void
backward(const struct layer *layer, const struct layer_trace *trace, size_t t,
	size_t panel)
{
	size_t row = trace->samples * trace->lanes;
	size_t block = layer_first_block(layer, panel);
	struct kernel_rnn_backward backward = {
		.samples = trace->count,
		.columns = layer_panel_blocks(layer, panel),
		.hidden = layer_state(trace, trace->hidden, t + 1, block),
		.block_stride = (trace->steps + 1) * row,
		.d_hidden = layer_d_hidden(trace, t, block),
		.d_block_stride = trace->steps * row,
		.gates = layer_gates(layer, trace, t, panel),
	};

	layer->ops->rnn_backward(&backward);
}

static const struct cell_view views[] = {
	{"h", CELL_HIDDEN, 0, false},
	{NULL, CELL_GATE, 0, false},
};

const struct cell cell_rnn = {
	.kind = {"rnn", N_("simple recurrent layer: tanh, no gates"), NULL},
	.type = "SimpleRNN",
	.layer_name = "simple_rnn",
	.gates = 1,
	.trace_columns = 1,
	.views = views,
	.forward = forward,
	.backward = backward,
};
