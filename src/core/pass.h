/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A pass: run the model forward over a batch and, for training, backpropagate
 * the gradient of the loss through time (BPTT). A pass consists of small parts
 * of at most some milliseconds and can pause between any two of them, so that
 * keys and frames stay prompt for models of any size.
 *
 *   pass_begin(&pass, &batch, &config);
 *   while (!pass_is_done(&pass))
 *           pass_advance(&pass);
 *   pass_loss(&pass), pass.gradients ...
 *
 * The forward pass goes through the layers from first to last, each over all
 * steps, then through the dense layer and the loss; the backward pass goes the
 * opposite way. Parts of a stage are independent of each other. Threads share
 * them if they are large, with the same result.
 */
#ifndef LSTMTUI_CORE_PASS_H
#define LSTMTUI_CORE_PASS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/batch.h"
#include "core/loss.h"
#include "core/model.h"

/* Stages in the order of a pass; some repeat for each layer and step. */
enum pass_stage {
	PASS_DONE,    /* also the stage of a zeroed pass */
	PASS_COPY,    /* transposed copies of weights: see transposed.h */
	PASS_FORWARD, /* one layer, one step; parts: panels */
	PASS_OUTPUT,  /* predictions and their loss; parts: steps */
	PASS_DENSE,   /* backward through the dense layer; parts: pieces */
	PASS_GATES,   /* backward through a layer's gates at a step; panels */
	PASS_BELOW,   /* to the previous step and the layer below; blocks */
	/*
	 * in place of PASS_FORWARD, and of PASS_GATES and PASS_BELOW: some
	 * steps of one layer; parts: groups of samples
	 */
	PASS_SAMPLES_FORWARD,
	PASS_SAMPLES_BACK,
	PASS_GRADIENT, /* gradient of a layer's weights, over all steps */
	PASS_DIRECT,   /* all of these at once: see direct.h */
	/*
	 * only in a generating pass, see pass_begin_generating; PASS_INPUT
	 * also after pass_begin_inputs
	 */
	PASS_POINT,      /* prediction of one step; one part */
	PASS_ERROR,      /* error of all points and its gradient; one part */
	PASS_DENSE_STEP, /* through the dense layer at a step; one part */
	PASS_INPUT,      /* gradient of the step's input; one part */
	PASS_DENSE_GRADIENT, /* of the dense layer's weights; one part */
};

/*
 * Return the shape error of points[count, features], and write its gradient to
 * gradient[count, features]. The function knows count.
 */
typedef double pass_error(const float *points, float *gradient);

struct pass {
	const struct model *model;
	size_t steps_max, samples_max;
	bool carries_state; /* start from hidden[0] and cell[0] */
	struct layer_trace layer[MODEL_LAYERS_MAX];
	float *predictions;   /* [steps, samples, outputs] */
	float *d_predictions; /* the same shape; training only */
	float *gradients;     /* [parameters.packed_total]; training only */
	/*
	 * Dropout (Srivastava et al. 2014) of the outputs of each layer:
	 * dropped = outputs · mask, with a mask of 0 or 1 / (1 - rate). Both
	 * are [blocks, T, B, lanes].
	 */
	bool has_dropout;
	float *dropped[MODEL_LAYERS_MAX], *mask[MODEL_LAYERS_MAX];
	/*
	 * In a generating pass: the given point and the predictions,
	 * points[steps + 1, features], and their gradient; else NULL.
	 */
	float *points, *d_points;
	pass_error *error_function;
	double error;
	/*
	 * The kept trace: gates as in the layer's trace, and the gradient of
	 * the cell state, [blocks, T, B, lanes], NULL if the cell has none.
	 */
	float *kept_gates[MODEL_LAYERS_MAX], *kept_d_cell[MODEL_LAYERS_MAX];
	/*
	 * transposed copies of weights, in one array that begins with that of
	 * the dense layer; NULL if batches are small: see transposed.h
	 */
	float *dense_copy;
	float *recurrent_copy[MODEL_LAYERS_MAX], *kernel_copy[MODEL_LAYERS_MAX];
	bool uses_copies; /* in the current or last pass */
	bool keeps_trace; /* keep the trace of passes that begin from now on */
	bool is_traced;   /* the current or last pass keeps its trace */
	bool is_trained;  /* it is a training pass */
	/* the gradients from packed_live on, of recurrent kernels, are all 0 */
	bool is_recurrent_zero;

	/* the direct path, if the model is small: see direct.h */
	bool is_small;
	struct kernel_direct direct;

	/* the position of the pass; either inputs or tokens is NULL */
	const struct batch *batch;
	const float *inputs;    /* of the batch, or NULL */
	const uint32_t *tokens; /* of the batch, or NULL */
	/* [steps, samples, inputs]: see pass_begin_inputs; else NULL */
	float *d_inputs;
	struct loss_config config;
	enum pass_stage stage;
	size_t at_layer, at_step, at_part;
	bool is_shared;    /* threads share large stages */
	size_t groups;     /* of samples: see pass_samples.c; 0: none */
	size_t run;        /* steps of a stage of groups */
	double *step_loss; /* [steps]: sum of the loss of each step */
};

/*
 * Allocate a pass for batches of at most steps x samples. The model is borrowed
 * and must outlive the pass. Release the pass with pass_destroy.
 */
bool pass_create(struct pass *pass, const struct model *model, size_t steps,
	size_t samples, bool trains, struct error *error);

void pass_destroy(struct pass *pass);

/* Set the sizes of all layers. Only for the pass_*.c files. */
static inline void
pass_set_sizes(struct pass *pass, size_t steps, size_t samples)
{
	for (size_t l = 0; l < pass->model->shape.layers; l++) {
		layer_trace_set_sizes(&pass->layer[l], steps, samples);
		pass->layer[l].from_state = pass->carries_state;
	}
}

/* Begin a training pass over a batch, which is borrowed until it is done. */
void pass_begin(struct pass *pass, const struct batch *batch,
	const struct loss_config *config);

/*
 * Create a generating pass, in place of pass_create. It generates one sequence
 * of steps + 1 points: the first is given, and each prediction is the input of
 * the next step. The state is carried from step to step, or each step starts
 * from zero. The model must have as many outputs as inputs.
 */
bool pass_create_generating(struct pass *pass, const struct model *model,
	size_t steps, bool carries_state, struct error *error);

/*
 * Begin to generate from the point first[features]. The loss is the error of
 * all points, and its gradient is backpropagated through the generation.
 */
void pass_begin_generating(struct pass *pass, const float *first,
	pass_error *error_function);

/* Whether a pass is a generating pass. */
static inline bool
pass_generates(const struct pass *pass)
{
	return pass->points != NULL;
}

/*
 * Do the next parts. Returns their cost in multiply-adds, approximately, for
 * callers that limit the work per call.
 */
uint64_t pass_advance(struct pass *pass);

/* Abandon a pass that is not done. */
void pass_abandon(struct pass *pass);

static inline bool
pass_is_done(const struct pass *pass)
{
	return pass->stage == PASS_DONE;
}

/*
 * Loss of a pass that is done: a mean as config defines it, or the error of the
 * generated shape.
 */
double pass_loss(const struct pass *pass);

/*
 * Number of gradients, counted from the first, that may be nonzero after a
 * pass: all, or only those before the recurrent kernels if h₋ was 0 at all
 * steps.
 */
size_t pass_live_gradients(const struct pass *pass);

/*
 * Run the model forward over inputs[steps, samples, features], without a pause.
 * Returns the predictions of the last step, [samples, outputs], which the pass
 * owns; those of all steps are in pass->predictions.
 */
const float *pass_predict(struct pass *pass, size_t steps, size_t samples,
	const float *inputs);

/* The same for tokens[steps, samples]. */
const float *pass_predict_tokens(struct pass *pass, size_t steps,
	size_t samples, const uint32_t *tokens);

/*
 * Begin to backpropagate through the last pass, a done pass_predict of a pass
 * created with `trains`, to its inputs. The caller has set pass->d_predictions
 * [steps, samples, outputs], the derivative of any number by the predictions.
 * When the pass is done, d_inputs[steps, samples, inputs], which is borrowed
 * until then, holds the derivative by the inputs (by the one-hot vectors of
 * tokens). No gradient of a weight is computed.
 */
void pass_begin_inputs(struct pass *pass, float *d_inputs);

/*
 * Keep the trace of training passes that begin from now on; or free it and keep
 * none, which is the default. Keeping it makes passes slightly slower and takes
 * memory for a copy of the gates of all steps. Returns false if out of memory.
 */
bool pass_keep_trace(struct pass *pass, bool keeps, struct error *error);

/*
 * Whether the trace of the last pass can be read: it was kept, or the pass was
 * forward only.
 */
bool pass_has_trace(const struct pass *pass);

/*
 * Read a view of a layer's cell (core/cell.h) at one step of one sample:
 * units[units of the layer].
 */
void pass_trace_values(const struct pass *pass, size_t layer,
	const struct cell_view *view, size_t step, size_t sample, float *units);

/*
 * Read the gradient of the loss after a training pass whose trace was kept. The
 * gradient of a gate is with respect to its pre-activation; those of the output
 * and the cell state are with respect to their values, over all paths to the
 * loss.
 */
void pass_trace_gradients(const struct pass *pass, size_t layer,
	const struct cell_view *view, size_t step, size_t sample, float *units);

/* Start the next pass from the final state of the last pass. */
void pass_carry_state(struct pass *pass);

/* Start the next pass from zero state, as a new pass does. */
void pass_reset_state(struct pass *pass);

/* Set the initial state of one sample in the next pass to zero. */
void pass_clear_state(struct pass *pass, size_t sample);

/*
 * Get or set the initial state of a layer in the next pass, state[states,
 * samples, units]: hidden and, if the cell has one, the cell state. For the
 * model file. Setting it also needs the sizes of the batches. pass_state_size
 * returns the number of floats.
 */
size_t pass_state_size(const struct pass *pass, size_t layer, size_t samples);
void pass_get_state(const struct pass *pass, size_t layer, float *state);
void pass_set_state(struct pass *pass, size_t steps, size_t samples,
	size_t layer, const float *state);

/*
 * Enable dropout in training passes (returns false if out of memory); then draw
 * masks for a batch before each pass, with a rate in [0, 1).
 */
bool pass_enable_dropout(struct pass *pass, struct error *error);
void pass_draw_dropout(struct pass *pass, const struct batch *batch,
	double rate, struct random *random);

#endif
