/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A pass: the model run forward over a batch and, for training, the loss's
 * gradient brought back through time (BPTT). A pass is made of small parts,
 * at most some milliseconds each, and can be left between any two of them:
 * that is what keeps keys and frames prompt whatever the model's size.
 *
 *   pass_begin(&pass, &batch, &form);
 *   while (!pass_is_done(&pass))
 *           pass_advance(&pass);
 *   pass_loss(&pass), pass.gradients ...
 *
 * Layers go first to last, each through all its steps, then the dense layer
 * and the loss, then back. Parts of one stage are independent of each other:
 * where they are large they are shared among threads, with the same result.
 */
#ifndef LSTMTUI_CORE_PASS_H
#define LSTMTUI_CORE_PASS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/batch.h"
#include "core/loss.h"
#include "core/model.h"

/* In the order of a pass; some are gone through for each layer and step. */
enum pass_stage {
	PASS_DONE,     /* also of a pass that is all zero */
	PASS_FORWARD,  /* of a layer at a step; parts: panels */
	PASS_OUTPUT,   /* predictions and their loss; parts: steps */
	PASS_DENSE,    /* back through the dense layer; parts: its blocks */
	PASS_GATES,    /* back through a layer's gates at a step; panels */
	PASS_BELOW,    /* to the step before and the layer below; blocks */
	PASS_GRADIENT, /* of a layer's weights, over all steps */
	/* only where it generates: see pass_begin_generating */
	PASS_POINT,      /* the prediction of a step; one part */
	PASS_ERROR,      /* of all points, and its gradient; one part */
	PASS_DENSE_STEP, /* back through the dense layer at a step; blocks */
	PASS_INPUT,      /* from the lowest gates to the step's input; one */
	PASS_DENSE_GRADIENT, /* of the dense layer's weights; blocks */
};

/*
 * The error of points[count, features] as a shape, and its gradient with
 * respect to each of their numbers, written to gradient likewise. The count
 * is the caller's affair.
 */
typedef double pass_error(const float *points, float *gradient);

struct pass {
	const struct model *model;
	size_t steps_max, samples_max;
	bool carries_state; /* start from the state in hidden and cell [0] */
	struct layer_trace layer[MODEL_LAYERS_MAX];
	float *predictions;   /* [steps, samples, outputs] */
	float *d_predictions; /* the same; training only */
	float *gradients;     /* [parameters.packed_total]; training only */
	/*
	 * Dropout (Srivastava et al. 2014) of what each layer passes on:
	 * outputs times a mask of 0 or 1 / (1 - rate), [panels, T, B, lanes].
	 */
	bool drops;
	float *dropped[MODEL_LAYERS_MAX], *mask[MODEL_LAYERS_MAX];
	/*
	 * Where it generates: the given point and the predictions behind it,
	 * [steps + 1, features], and the gradient; else NULL.
	 */
	float *points, *d_points;
	pass_error *error_of;
	double error;
	/*
	 * The trace that is kept where somebody asks for it: gates as in the
	 * layer's trace, and the gradient of the cell state, [blocks, T, B,
	 * lanes]; NULL where the cell has none.
	 */
	float *kept_gates[MODEL_LAYERS_MAX], *kept_d_cell[MODEL_LAYERS_MAX];
	bool keeps_trace; /* passes that begin from now on keep it */
	bool is_traced;   /* the present or last pass does */
	bool is_trained;  /* and it went back, or is to */
	/* those of the recurrent kernels, packed from packed_live on, are 0 */
	bool is_recurrent_zero;

	/* where the pass is */
	const struct batch *batch;
	const float *inputs;    /* of the batch, or ... */
	const uint32_t *tokens; /* ... these */
	struct loss_config config;
	enum pass_stage stage;
	size_t at_layer, at_step, at_part;
	double *step_loss; /* [steps]: summed, for each step */
};

/*
 * Make room for passes over batches of at most steps x samples. The model is
 * borrowed and must outlive the pass. Release it with pass_destroy.
 */
bool pass_create(struct pass *pass, const struct model *model, size_t steps,
	size_t samples, bool trains, struct error *error);

void pass_destroy(struct pass *pass);

/* Set the sizes in every layer: for the files of a pass. */
static inline void
pass_set_sizes(struct pass *pass, size_t steps, size_t samples)
{
	for (size_t l = 0; l < pass->model->shape.layers; l++) {
		pass->layer[l].steps = steps;
		pass->layer[l].samples = samples;
		pass->layer[l].from_state = pass->carries_state;
	}
}

/* Begin a training pass over the batch, borrowed until it is done. */
void pass_begin(struct pass *pass, const struct batch *batch,
	const struct loss_config *config);

/*
 * Make a pass that generates, in place of one over batches: one sequence of
 * steps + 1 points, the first of them given, where each prediction is the next
 * step's input. The state is carried from step to step, or each starts from
 * zero. The model has as many outputs as inputs.
 */
bool pass_create_generating(struct pass *pass, const struct model *model,
	size_t steps, bool carries_state, struct error *error);

/*
 * Begin to generate from the point first[features] on. The loss is the error of
 * all points, and its gradient is brought back through the generation itself.
 */
void pass_begin_generating(struct pass *pass, const float *first,
	pass_error *error_of);

/* Whether a pass is one that generates. */
static inline bool
pass_generates(const struct pass *pass)
{
	return pass->points != NULL;
}

/*
 * Do the next parts. Returns what they cost, in multiply-adds and things of
 * about that size, for callers that give work out in slices.
 */
uint64_t pass_advance(struct pass *pass);

/* Drop a pass that is not done. */
void pass_abandon(struct pass *pass);

static inline bool
pass_is_done(const struct pass *pass)
{
	return pass->stage == PASS_DONE;
}

/*
 * The loss of a pass that is done: a mean as its config has it, or the error
 * of what it generated.
 */
double pass_loss(const struct pass *pass);

/*
 * How many of the gradients, from the first on, can be other than 0 after a
 * pass: all, or those before the recurrent kernels' where every h₋ was 0.
 */
size_t pass_live_gradients(const struct pass *pass);

/*
 * Run forward only, over inputs[steps, samples, features], in one go.
 * Returns the predictions of the last step, [samples, outputs], which belong
 * to the pass; those of all steps are in pass->predictions.
 */
const float *pass_predict(struct pass *pass, size_t steps, size_t samples,
	const float *inputs);

/* The same over tokens[steps, samples]. */
const float *pass_predict_tokens(struct pass *pass, size_t steps,
	size_t samples, const uint32_t *tokens);

/*
 * Keep the trace of training passes that begin from now on, or release what is
 * kept and keep none, as a new pass does: passes are a little slower with it,
 * and a copy of the gates of all steps takes memory. False: it cannot be had.
 */
bool pass_keep_trace(struct pass *pass, bool keeps, struct error *error);

/*
 * Whether the trace of the last pass can be read: it was kept, or it went
 * forward only.
 */
bool pass_has_trace(const struct pass *pass);

/*
 * Read what a layer computed at a step of a sample, one of its cell's views
 * (core/cell.h): units[units of the layer].
 */
void pass_trace_values(const struct pass *pass, size_t layer,
	const struct cell_view *view, size_t step, size_t sample, float *units);

/*
 * Read the gradient of the loss of a training pass whose trace was kept: of a
 * gate with respect to its sum, which its activation is applied to; of the
 * output and the cell state with respect to their values, over all ways that
 * they reach the loss.
 */
void pass_trace_gradients(const struct pass *pass, size_t layer,
	const struct cell_view *view, size_t step, size_t sample, float *units);

/* Let the next pass start from the state where the last one ended ... */
void pass_carry_state(struct pass *pass);

/* ... or from zero again, as a new pass does. */
void pass_reset_state(struct pass *pass);

/* Set the state that one sample's next pass starts from to zero. */
void pass_clear_state(struct pass *pass, size_t sample);

/*
 * The state that a layer's next pass starts from, [states, samples, units]:
 * hidden, and cell where the cell has such; and putting it back: for the
 * model file. To put it back the sizes of the batches have to be said again.
 * pass_state_size: how many floats that is.
 */
size_t pass_state_size(const struct pass *pass, size_t layer, size_t samples);
void pass_get_state(const struct pass *pass, size_t layer, float *state);
void pass_set_state(struct pass *pass, size_t steps, size_t samples,
	size_t layer, const float *state);

/*
 * Let training passes drop outputs; then draw masks for a batch at a rate in
 * [0, 1) before each of them. False: memory cannot be had.
 */
bool pass_enable_dropout(struct pass *pass, struct error *error);
void pass_draw_dropout(struct pass *pass, const struct batch *batch,
	double rate, struct random *random);

#endif
