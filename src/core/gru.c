/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The GRU (Cho et al. 2014) as in cuDNN and in Keras with reset_after: the
 * reset gate applies to the product with the recurrent kernel, which has its
 * own bias. The order of the gates is z, r, g as in Keras, where g is named h.
 * For each sample and time step, with x the input, h₋ the previous output, W
 * and R in three blocks of columns, and b and c the two rows of the bias:
 *
 *   z = σ(x W_z + b_z + h₋ R_z + c_z)    update gate
 *   r = σ(x W_r + b_r + h₋ R_r + c_r)    reset gate
 *   s = h₋ R_g + c_g
 *   g = tanh(x W_g + b_g + r ∘ s)        candidate
 *   h = z ∘ h₋ + (1 - z) ∘ g
 *
 * Backward, with d· for ∂loss/∂·, dh from the layer above and the next step,
 * and pre-activations a_z, a_r and a_g:
 *
 *   da_g = dh ∘ (1 - z) ∘ (1 - g²)
 *   da_z = dh ∘ (h₋ - g) ∘ σ'(z)
 *   da_r = da_g ∘ s ∘ σ'(r)
 *   ds   = da_g ∘ r
 *   dh₋  = dh ∘ z + (da_z, da_r, ds) Rᵀ    dx = (da_z, da_r, da_g) Wᵀ
 *   dR   = Σ h₋ᵀ (da_z, da_r, ds)          dW = Σ xᵀ (da_z, da_r, da_g)
 *   dc   = Σ (da_z, da_r, ds)              db = Σ (da_z, da_r, da_g)
 *
 * The columns of the trace are g, z, r, s and, after the backward pass, da_g,
 * da_z, da_r, ds. In this order the three columns for W are adjacent, and so
 * are the three for R.
 */
#include "base/translate.h"
#include "core/layer.h"

static void
forward(const struct layer *layer, const struct layer_trace *trace, size_t t,
	size_t panel, const struct kernel_rows *input)
{
	float *before = layer_state(trace, trace->hidden, t, panel);
	struct kernel_gru_forward forward;

	layer_set_step(&forward.step, layer, trace, t, panel, input);
	forward.is_hard = layer->is_hard;
	forward.hidden_before =
		layer_starts_from_zero(trace, t) ? NULL : before;
	forward.gates = layer_gates(layer, trace, t, panel);
	forward.hidden = before + trace->samples * trace->lanes;
	layer->ops->gru_forward(&forward);
}

static void
backward(const struct layer *layer, const struct layer_trace *trace, size_t t,
	size_t panel)
{
	bool from_zero = layer_starts_from_zero(trace, t);
	struct kernel_gru_backward backward = {
		.samples = trace->count,
		.is_hard = layer->is_hard,
		.hidden_before = from_zero
			? NULL
			: layer_state(trace, trace->hidden, t, panel),
		.d_hidden = layer_d_hidden(trace, t, panel),
		.d_hidden_before = from_zero || t == 0
			? NULL
			: layer_d_hidden(trace, t - 1, panel),
		.gates = layer_gates(layer, trace, t, panel),
	};

	layer->ops->gru_backward(&backward);
}

static const struct cell_view views[] = {
	{"z", CELL_GATE, 1, false},
	{"r", CELL_GATE, 2, false},
	{"g", CELL_GATE, 0, false},
	{"h", CELL_HIDDEN, 0, false},
	{NULL, CELL_GATE, 0, false},
};

const struct cell cell_gru = {
	.kind = {"gru", N_("gated recurrent unit: two gates, no cell state"),
		NULL},
	.type = "GRU",
	.layer_name = "gru",
	.gates = 3,
	.bias_rows = 2,
	.is_gated = true,
	.trace_columns = 4,
	.first_gate = 2, /* the candidate */
	.recurrent_column = 1,
	.views = views,
	.forward = forward,
	.backward = backward,
};
