/*
 * A pass: the model run forward over a batch and, for training, the loss's
 * gradient brought back through time (BPTT). A pass is made of units of
 * work, one time step of one layer each, and can be left between any two of
 * them: that is what keeps keys and frames prompt whatever the model's size.
 *
 *   pass_begin(&pass, &batch, loss);
 *   while (!pass_is_done(&pass))
 *           pass_advance(&pass);
 *   pass_loss(&pass), pass.gradients ...
 *
 * Layers go first to last, each through all its steps, then the dense layer
 * and the loss, then back.
 */
#ifndef LSTMTUI_CORE_PASS_H
#define LSTMTUI_CORE_PASS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/batch.h"
#include "core/loss.h"
#include "core/model.h"

/* What a layer keeps of a pass: time first; T steps, B samples, u units. */
struct pass_layer {
	float *gates;     /* [T, B, 4u]; after the backward pass, dz */
	float *cell;      /* [T + 1, B, u]; the first is the state before */
	float *cell_tanh; /* [T, B, u] */
	float *hidden;    /* [T + 1, B, u]; the first is the state before */
	float *d_hidden;  /* [T, B, u]; training only */
};

enum pass_phase {
	PASS_FORWARD,
	PASS_OUTPUT,
	PASS_BACKWARD,
	PASS_DONE
};

struct pass {
	const struct model *model;
	size_t steps_most, samples_most;
	bool carries_state; /* start from the state in hidden and cell [0] */
	struct pass_layer layer[MODEL_LAYERS_MOST];
	float *predictions;   /* [steps, samples, outputs] */
	float *gradients;     /* [parameters.total]; training only */
	float *d_predictions; /* [samples, outputs], of one step */
	float *d_cell;        /* [samples, the largest layer's units] */

	/* where the pass is */
	const struct batch *batch;
	enum loss loss;
	enum pass_phase phase;
	size_t at_layer, at_step;
	double sum;
};

/*
 * Make room for passes over batches of at most steps x samples. The model is
 * borrowed and must outlive the pass. Release it with pass_destroy.
 */
bool pass_create(struct pass *pass, const struct model *model, size_t steps,
	size_t samples, bool trains, struct error *error);

void pass_destroy(struct pass *pass);

/*
 * Begin a training pass over the batch, which is borrowed until it is done.
 * The gradients start at zero.
 */
void pass_begin(struct pass *pass, const struct batch *batch, enum loss loss);

/*
 * Do the next unit of work. Returns what it cost, in multiply-adds and
 * things of about that size, for callers that give work out in slices.
 */
uint64_t pass_advance(struct pass *pass);

/* Drop a pass that is not done. */
void pass_abandon(struct pass *pass);

bool pass_is_done(const struct pass *pass);

/* The loss, a mean over features and predictions; the pass is done. */
double pass_loss(const struct pass *pass);

/*
 * Run forward only, over inputs[steps, samples, features], in one go.
 * Returns the predictions of the last step, [samples, outputs], which belong
 * to the pass; those of all steps are in pass->predictions.
 */
const float *pass_predict(struct pass *pass, size_t steps, size_t samples,
	const float *inputs);

/* Let the next pass start from the state where the last one ended ... */
void pass_carry_state(struct pass *pass, size_t steps, size_t samples);

/* ... or from zero again, as a new pass does. */
void pass_reset_state(struct pass *pass);

#endif
