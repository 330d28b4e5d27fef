/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The GRU (Cho et al. 2014) in the form of cuDNN and of Keras with
 * reset_after: the reset gate acts on the product with the recurrent kernel,
 * which has a bias of its own. The gates are in the order z, r, g, as in
 * Keras, where g is called h. For each sample and time step, with x the input
 * and h₋ the output of the step before, W, R in three blocks of columns, b
 * and c the two rows of the bias:
 *
 *   z = σ(x W_z + b_z + h₋ R_z + c_z)    update gate
 *   r = σ(x W_r + b_r + h₋ R_r + c_r)    reset gate
 *   s = h₋ R_g + c_g
 *   g = tanh(x W_g + b_g + r ∘ s)        candidate
 *   h = z ∘ h₋ + (1 - z) ∘ g
 *
 * and back, with d· for ∂loss/∂·, dh from the layer above and the step after,
 * a_z, a_r and a_g for what σ and tanh are of:
 *
 *   da_g = dh ∘ (1 - z) ∘ (1 - g²)
 *   da_z = dh ∘ (h₋ - g) ∘ σ'(z)
 *   da_r = da_g ∘ s ∘ σ'(r)
 *   ds   = da_g ∘ r
 *   dh₋  = dh ∘ z + (da_z, da_r, ds) Rᵀ    dx = (da_z, da_r, da_g) Wᵀ
 *   dR   = Σ h₋ᵀ (da_z, da_r, ds)          dW = Σ xᵀ (da_z, da_r, da_g)
 *   dc   = Σ (da_z, da_r, ds)              db = Σ (da_z, da_r, da_g)
 *
 * The trace has g, z, r, s of a unit side by side and, after the way back,
 * da_g, da_z, da_r, ds: so that what belongs to W and what belongs to R are
 * three neighbours each.
 */
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
		.samples = trace->samples,
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
	.kind = {"gru", "gated recurrent unit: two gates, no cell state", NULL},
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
