/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The LSTM (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et
 * al. 2000) as in Keras: no peepholes, gates in the order i, f, c, o. For each
 * sample and time step, with x the input, and h₋ and c₋ the previous output and
 * cell state:
 *
 *   z = x W + h₋ R + b, in four blocks
 *   i = σ(z_i)     f = σ(z_f)     g = tanh(z_c)     o = σ(z_o)
 *   c = f ∘ c₋ + i ∘ g
 *   h = o ∘ tanh(c)
 *
 * Backward, with d· for ∂loss/∂·, and dh and dc from the layer above and the
 * next step:
 *
 *   dc  += dh ∘ o ∘ (1 - tanh²(c))
 *   do   = dh ∘ tanh(c)   di = dc ∘ g   df = dc ∘ c₋   dg = dc ∘ i
 *   dz_i = di ∘ σ'(i)   dz_f = df ∘ σ'(f)   dz_o = do ∘ σ'(o)
 *   dz_c = dg ∘ (1 - g²)
 *   dc₋  = dc ∘ f
 */
#include <string.h>

#include "base/translate.h"
#include "core/layer.h"

enum { FORGET_GATE = 1, OUTPUT_GATE = 3 };

/* Start with open forget gates (Jozefowicz et al. 2015). */
static void
set_bias(size_t units, float *bias)
{
	for (size_t u = 0; u < units; u++)
		bias[FORGET_GATE * units + u] = 1;
}

static void
forward(const struct layer *layer, const struct layer_trace *trace, size_t t,
	size_t panel, const struct kernel_rows *input)
{
	size_t row = trace->samples * trace->lanes;
	float *before = layer_state(trace, trace->cell, t, panel);
	struct kernel_lstm_forward forward;

	layer_set_step(&forward.step, layer, trace, t, panel, input);
	forward.is_hard = layer->is_hard;
	forward.cell_before = layer_starts_from_zero(trace, t) ? NULL : before;
	forward.gates = layer_gates(layer, trace, t, panel);
	forward.cell = before + row;
	forward.cell_tanh = layer_values(trace, trace->cell_tanh, t, panel);
	forward.hidden = layer_state(trace, trace->hidden, t + 1, panel);
	layer->ops->lstm_forward(&forward);
}

static void
backward(const struct layer *layer, const struct layer_trace *trace, size_t t,
	size_t panel)
{
	struct kernel_lstm_backward backward = {
		.samples = trace->count,
		.is_hard = layer->is_hard,
		.cell_before = layer_starts_from_zero(trace, t)
			? NULL
			: layer_state(trace, trace->cell, t, panel),
		.cell_tanh = layer_values(trace, trace->cell_tanh, t, panel),
		.d_hidden = layer_d_hidden(trace, t, panel),
		.d_cell = layer_d_cell(trace, panel),
		.gates = layer_gates(layer, trace, t, panel),
	};

	if (t + 1 == trace->steps)
		memset(backward.d_cell, 0,
			trace->count * trace->lanes * sizeof(float));
	layer->ops->lstm_backward(&backward);
}

/* dc += dh ∘ o ∘ (1 - tanh²(c)); dc is 0 before this at the last step. */
static void
state_gradient(const struct layer *layer, const struct layer_trace *trace,
	size_t t, size_t panel, float *gradient)
{
	size_t lanes = trace->lanes, row = trace->count * lanes;
	const float *after = layer_d_cell(trace, panel);
	const float *d_hidden = layer_d_hidden(trace, t, panel);
	const float *tanh_c = layer_values(trace, trace->cell_tanh, t, panel);
	const float *gates = layer_gates(layer, trace, t, panel);

	for (size_t k = 0; k < row; k++) {
		size_t sample = k / lanes;
		float o = gates[(sample * layer->cell->trace_columns +
					OUTPUT_GATE) *
				lanes +
			k % lanes];

		gradient[k] = t + 1 < trace->steps ? after[k] : 0;
		gradient[k] += d_hidden[k] * o * (1 - tanh_c[k] * tanh_c[k]);
	}
}

static const struct cell_view views[] = {
	{"i", CELL_GATE, 0, false},
	{"f", CELL_GATE, FORGET_GATE, true},
	{"g", CELL_GATE, 2, false},
	{"c", CELL_STATE, 0, false},
	{"o", CELL_GATE, OUTPUT_GATE, false},
	{"h", CELL_HIDDEN, 0, false},
	{NULL, CELL_GATE, 0, false},
};

const struct cell cell_lstm = {
	.kind = {"lstm",
		N_("long short-term memory: three gates and a cell state"),
		NULL},
	.type = "LSTM",
	.layer_name = "lstm",
	.gates = 4,
	.is_gated = true,
	.has_cell_state = true,
	.idle_gates =
		/* the forget gate has no effect on zero state */
	1,
	.trace_columns = 4,
	.views = views,
	.set_bias = set_bias,
	.forward = forward,
	.backward = backward,
	.state_gradient = state_gradient,
};
