/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A second implementation of the model, in double precision and as close as
 * possible to the equations of the papers: one sample and one number at a time,
 * without matrices and without code of the program's passes. It is slow, and
 * serves as the reference for those passes.
 */
#ifndef LSTMTUI_TESTS_REFERENCE_H
#define LSTMTUI_TESTS_REFERENCE_H

#include <stddef.h>

#include "core/activation.h"
#include "core/batch.h"
#include "core/loss.h"
#include "core/model.h"

enum { REFERENCE_UNITS_MAX = 64 };

/* One step of a layer for one sample. */
struct reference_step {
	size_t inputs, units;
	const struct activation *recurrent_activation;
	/* in Keras's layout, for the gates of the cell */
	const double *kernel, *recurrent_kernel, *bias;
	/*
	 * Output: activations of the gates, [gates, units], in Keras's order:
	 * i, f, c, o of the LSTM; z, r, h of the GRU; the output of the simple
	 * RNN.
	 */
	double gates[4 * REFERENCE_UNITS_MAX];
	/*
	 * the smallest distance of a gate's pre-activation from a kink of
	 * hard-sigmoid
	 */
	double corner;
};

/* Advance hidden[units], and state[units] of an LSTM, by one step. */
void reference_step(struct reference_step *step, const struct cell *cell,
	const double *input, double *hidden, double *state);

struct reference_run {
	double loss;
	size_t predicted; /* predicted points, as counted by the reference */
	/*
	 * The smallest distance from a kink of the loss: |prediction - target|
	 * of mae, and `corner` as above.
	 */
	double error, corner;
};

/*
 * Compute the loss of a model over a batch. The values are laid out as in the
 * model file: for each layer kernel, recurrent kernel and bias, then kernel and
 * bias of the dense layer. hidden and cell hold the initial states of each
 * layer, [samples, units], or are NULL: zero states, or no cell state. If
 * predictions is not NULL, store [steps, samples, outputs] there.
 */
struct reference_run reference_loss(const struct model_shape *shape,
	const double *values, const struct batch *batch,
	const struct loss *loss, const float *const *hidden,
	const float *const *cell, double *predictions);

#endif
