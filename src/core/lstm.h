/*
 * One LSTM layer (Hochreiter and Schmidhuber 1997, with the forget gate of
 * Gers et al. 2000), in Keras's form and layout: no peepholes, the gates in
 * the order i, f, c, o side by side in every row of four times `units`.
 *
 * A step takes a whole batch: matrices are row-major [samples, ...].
 */
#ifndef LSTMTUI_CORE_LSTM_H
#define LSTMTUI_CORE_LSTM_H

#include <stddef.h>

#include "core/activation.h"

/* Where the gates stand in a row of 4 · units. */
enum lstm_gate {
	LSTM_INPUT_GATE,
	LSTM_FORGET_GATE,
	LSTM_CANDIDATE,
	LSTM_OUTPUT_GATE,
	LSTM_GATES
};

/* A layer's sizes and its weights, which belong to the model. */
struct lstm {
	size_t inputs, units;
	enum activation recurrent_activation;
	const float *kernel;           /* [inputs, 4 · units] */
	const float *recurrent_kernel; /* [units, 4 · units] */
	const float *bias;             /* [4 · units] */
};

/* Where the gradients of a layer's weights are summed; shapes as above. */
struct lstm_gradient {
	float *kernel, *recurrent_kernel, *bias;
};

/*
 * What one step leaves for the backward pass. The arrays belong to the
 * caller.
 */
struct lstm_step {
	const float *input;         /* [samples, inputs] */
	const float *hidden_before; /* [samples, units]; NULL: all zero */
	const float *cell_before;   /* [samples, units]; NULL: all zero */
	float *gates;               /* [samples, 4 · units], activated */
	float *cell;                /* [samples, units], the cell state */
	float *cell_tanh;           /* [samples, units], tanh of it */
	float *hidden;              /* [samples, units], the layer's output */
};

/* Compute gates, cell, cell_tanh and hidden from the rest. */
void lstm_forward(const struct lstm *layer, size_t samples,
	const struct lstm_step *step);

/*
 * The backward pass through one step.
 *
 *   d_hidden         [samples, units]: the gradient of the loss with respect
 *                    to `hidden`, from the layer above and the step after
 *   d_cell           [samples, units]: in, that of `cell` from the step
 *                    after; out, that of `cell_before`
 *   d_input          [samples, inputs]: added to; NULL where not wanted
 *   d_hidden_before  [samples, units]: added to; NULL where not wanted
 *
 * step->gates is overwritten by the gradient with respect to the gates'
 * inputs. The weights' gradients are added to *gradient; those of the
 * recurrent kernel are left alone where hidden_before is NULL: every one of
 * their terms has a factor 0.
 */
void lstm_backward(const struct lstm *layer, size_t samples,
	const struct lstm_step *step, const float *d_hidden, float *d_cell,
	float *d_input, float *d_hidden_before,
	const struct lstm_gradient *gradient);

#endif
