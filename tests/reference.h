/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The model once more, in double precision and written as plainly as the
 * equations are in the papers: one sample at a time, one number at a time,
 * no matrices and nothing shared with the program's own passes. Slow, and
 * what those are held against.
 */
#ifndef LSTMTUI_TESTS_REFERENCE_H
#define LSTMTUI_TESTS_REFERENCE_H

#include <stddef.h>

#include "core/activation.h"
#include "core/batch.h"
#include "core/loss.h"
#include "core/model.h"

enum { REFERENCE_UNITS_MAX = 64 };

/* One layer's step for one sample. */
struct reference_step {
	size_t inputs, units;
	const struct activation *recurrent_activation;
	/* in Keras's layout, of as many gates as the cell has */
	const double *kernel, *recurrent_kernel, *bias;
	/*
	 * Written: the activated gates, each [units], in Keras's order: i, f,
	 * c, o; z, r, h; of the simple layer its output.
	 */
	double gates[4 * REFERENCE_UNITS_MAX];
	/* how near a clipped gate's input came to a corner of hard-sigmoid */
	double corner;
};

/* hidden[units] and state[units], of the LSTM, from before it to after it. */
void reference_step(struct reference_step *step, const struct cell *cell,
	const double *input, double *hidden, double *state);

struct reference_run {
	double loss;
	size_t predicted; /* as counted here */
	/*
	 * How near the run came to where the loss has a kink: the least
	 * |prediction - target| of mae, and that of `corner` above.
	 */
	double error, corner;
};

/*
 * The loss over the batch of a model of that shape, with values laid out as
 * the model file has them: layer by layer kernel, recurrent kernel, bias,
 * then the dense layer's kernel and bias. hidden and cell are the states to
 * start from, layer by layer [samples, units]; NULL: zero, or none. Where
 * predictions is not NULL it gets them, [steps, samples, outputs].
 */
struct reference_run reference_loss(const struct model_shape *shape,
	const double *values, const struct batch *batch,
	const struct loss *loss, const float *const *hidden,
	const float *const *cell, double *predictions);

#endif
