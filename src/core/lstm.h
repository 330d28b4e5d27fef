/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One LSTM layer (Hochreiter and Schmidhuber 1997, with the forget gate of
 * Gers et al. 2000), in Keras's form: no peepholes, the gates in the order
 * i, f, c, o. For each sample and time step, with x the input, h₋ and c₋ the
 * output and the cell state of the step before:
 *
 *   z = x W + h₋ R + b, in four blocks
 *   i = σ(z_i)     f = σ(z_f)     g = tanh(z_c)     o = σ(z_o)
 *   c = f ∘ c₋ + i ∘ g
 *   h = o ∘ tanh(c)
 *
 * and back, with d· for ∂loss/∂·, dh and dc from the layer above and the
 * step after:
 *
 *   dc  += dh ∘ o ∘ (1 - tanh²(c))
 *   do   = dh ∘ tanh(c)   di = dc ∘ g   df = dc ∘ c₋   dg = dc ∘ i
 *   dz_i = di ∘ σ'(i)   dz_f = df ∘ σ'(f)   dz_o = do ∘ σ'(o)
 *   dz_c = dg ∘ (1 - g²)
 *   dc₋  = dc ∘ f   dh₋ = dz Rᵀ   dx = dz Wᵀ
 *   dW   = Σ xᵀ dz   dR = Σ h₋ᵀ dz   db = Σ dz
 *
 * The inner loops are the kernel's; so are the layouts: see kernel.h.
 */
#ifndef LSTMTUI_CORE_LSTM_H
#define LSTMTUI_CORE_LSTM_H

#include <stdbool.h>
#include <stddef.h>

#include "core/activation.h"
#include "core/kernel.h"

/* Where the gates stand in a row of 4 · units. */
enum lstm_gate {
	LSTM_INPUT_GATE,
	LSTM_FORGET_GATE,
	LSTM_CANDIDATE,
	LSTM_OUTPUT_GATE,
	LSTM_GATES
};

/* A layer's sizes and its packed weights, which belong to the model. */
struct lstm {
	size_t inputs, units;
	size_t panels; /* blocks of units */
	enum activation recurrent_activation;
	const struct kernel *ops;      /* the vector kernel in use */
	const float *kernel;           /* [panels, inputs, 4, lanes] */
	const float *recurrent_kernel; /* [panels, units, 4, lanes] */
	const float *bias;             /* [panels, 4, lanes] */
};

/* Where the gradients of a layer's weights go; packed likewise. */
struct lstm_gradient {
	float *kernel, *recurrent_kernel, *bias;
};

/* What a pass over T steps of B samples leaves in a layer. */
struct lstm_trace {
	size_t steps, samples; /* T, B */
	size_t lanes;
	bool from_state;  /* step 0 starts from hidden and cell [0], not 0 */
	bool restarts;    /* every step starts from 0 */
	float *gates;     /* [panels, T, B, 4, lanes]; after backward, dz */
	float *cell;      /* [panels, T + 1, B, lanes]; [0] is before */
	float *cell_tanh; /* [panels, T, B, lanes] */
	float *hidden;    /* [panels, T + 1, B, lanes]; [0] is before */
	float *d_hidden;  /* [panels, T, B, lanes] */
	float *d_cell;    /* [panels, B, lanes] */
};

/*
 * Make the arrays of a trace for its steps and samples; those of the way
 * back only where it trains. Release it with lstm_trace_destroy, also after
 * a failure: false, where memory cannot be had.
 */
bool lstm_trace_create(struct lstm_trace *trace, const struct lstm *layer,
	bool trains);
void lstm_trace_destroy(struct lstm_trace *trace);

/* The layer's outputs from step t on, as rows for the next layer. */
struct kernel_rows lstm_outputs(const struct lstm *layer,
	const struct lstm_trace *trace, size_t t);

/*
 * All that follows does a part of a step, a panel of the layer's units or a
 * block of what lies below, so that parts can be done by several threads and
 * at several times. Within a step, every part of one kind is to be done
 * before the first of the next.
 */

/* Step t of one panel, from the step's B input rows. */
void lstm_forward(const struct lstm *layer, const struct lstm_trace *trace,
	size_t t, size_t panel, const struct kernel_rows *input);

/*
 * Back through the gates of step t: d_hidden[t] and d_cell become dz in
 * gates[t] and d_cell of the step before. The last step comes first, and
 * begins with a d_cell of 0.
 */
void lstm_backward(const struct lstm *layer, const struct lstm_trace *trace,
	size_t t, size_t panel);

/* From dz of step t > 0: a block of units is added to d_hidden[t - 1]. */
void lstm_backward_hidden(const struct lstm *layer,
	const struct lstm_trace *trace, size_t t, size_t block);

/* And a block of units of the layer below, to its d_hidden[t]. */
void lstm_backward_input(const struct lstm *layer,
	const struct lstm_trace *trace, size_t t, size_t block,
	const struct lstm_trace *below);

/* The same for inputs that no layer made, added to d_input[B, inputs]. */
void lstm_backward_points(const struct lstm *layer,
	const struct lstm_trace *trace, size_t t, float *d_input);

/* Set a block of d_hidden[t] to 0. */
void lstm_clear_block(const struct lstm_trace *trace, size_t t, size_t block);

/*
 * The gradients of one panel of the weights, from dz of all steps, in parts:
 * the bias's is part 0, then the kernel's come by blocks of inputs (tokens
 * in one), then the recurrent kernel's by blocks of units, where any h₋ is
 * not 0. inputs are those of all steps as T · B rows.
 */
size_t lstm_gradient_parts(const struct lstm *layer,
	const struct lstm_trace *trace, const struct kernel_rows *inputs);
void lstm_gradient(const struct lstm *layer, const struct lstm_trace *trace,
	size_t panel, size_t part, const struct kernel_rows *inputs,
	const struct lstm_gradient *gradient);

/* Whether every h₋ of a pass is 0, and the recurrent kernel's gradient so. */
bool lstm_is_stateless(const struct lstm_trace *trace);

#endif
