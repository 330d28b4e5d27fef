/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Inspection: the numbers of one sequence on its way through the present
 * weights of a run. For each step it computes what goes in, what comes out,
 * the target and the loss, and all values of the cells; on request also the
 * gradient of the sequence's loss and how strongly each output depends on each
 * input.
 *
 *   inspection_create(&inspection, run, &error);
 *   inspection_set_points(&inspection, points, count, false, &error);
 *   inspection_begin(&inspection, &config, &error);
 *   while (!inspection_is_done(&inspection))
 *           inspection_advance(&inspection);
 *   inspection_output(&inspection, step) ...
 *
 * An inspection has a copy of the weights and passes of its own. It changes
 * nothing in the run, and the run may train while an inspection is under way:
 * its results are those of the weights at inspection_begin.
 *
 * Steps. The framing decides the steps, as in training, and they are numbered
 * in the order of its samples. one-to-one: each point is a step from zero
 * state. sequence: each point is a step, with the state carried; for texts it
 * is zero again where --reset-at says. many-to-one: the N points of the first
 * window, which starts from zero state, then those of the second, and so on;
 * only the last step of a window has a target. one-to-many: the first point N
 * times, from zero state, then the second point N times, and so on.
 */
#ifndef LSTMTUI_INSPECT_INSPECTION_H
#define LSTMTUI_INSPECT_INSPECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "core/batch.h"
#include "core/loss.h"
#include "core/model.h"
#include "core/pass.h"
#include "run/run_view.h"
#include "task/framing.h"
#include "task/reset.h"

/* No target. */
#define INSPECTION_NONE SIZE_MAX

/* What to compute besides the values. */
struct inspection_config {
	bool no_memory;    /* every step starts from zero state */
	bool has_gradient; /* if no step has a target, all gradients are 0 */
	/*
	 * The steps of the connectivity, [first, first + count), less those
	 * past the last step; 0: none. Its time is that of about count²/2
	 * steps for each output of a point, or for texts once.
	 */
	size_t connected_first, connected;
};

/* A step, by the places of its points in the sequence. */
struct inspection_step {
	size_t input;
	size_t target; /* INSPECTION_NONE: none */
	/* the first of a sample of the framing, or a reset of --reset-at */
	bool is_first;
	bool from_zero; /* is_first or no_memory: the state before it is zero */
};

/* The gradient of a tensor. */
struct inspection_gradient {
	double norm;  /* the square root of the sum of squares */
	size_t zeros; /* the number of gradients that are exactly 0 */
};

enum inspection_stage {
	INSPECTION_DONE, /* also before the first inspection_begin */
	INSPECTION_VALUES,
	INSPECTION_GRADIENT,
	INSPECTION_CONNECTIVITY
};

/* Internal: a pass with the batch that it reads, and a derivative to add. */
struct inspection_pass {
	struct pass pass;
	struct batch batch;
};

struct inspection_job {
	size_t step;  /* whose output is differentiated */
	size_t first; /* the first step of its pass */
};

/*
 * Other folders read the fields down to `connectivity` and no others. An
 * inspection must not be moved in memory, since its passes point into it.
 */
struct inspection {
	size_t steps;
	struct inspection_step *step; /* [steps] */
	size_t predicted;             /* the number of steps with a target */
	/* the numbers of a point, or the tokens of a text's vocabulary */
	size_t features;
	size_t views;       /* in model.shape.cell->views */
	struct model model; /* the weights of the last inspection_begin */
	struct inspection_config config; /* of the last inspection_begin */
	/*
	 * gradient[model.parameters.total], in plain layout: that of a tensor
	 * is at model.parameters.tensor[i].offset. It is the gradient of
	 * inspection_mean_loss. NULL: never asked for this sequence.
	 */
	float *gradient;
	/*
	 * connectivity[n, n] with n = config.connected: row t, column s for
	 * the steps config.connected_first + t and + s. It is the Frobenius
	 * norm of ∂output_t/∂input_s; for texts the norm of
	 * ∂ ln p(next_t)/∂input_s, where next_t is the target or, without one,
	 * the likeliest token. It is 0 where the output does not depend on the
	 * input. NULL: never asked for this sequence.
	 */
	float *connectivity;

	/* internal */
	const struct run *run;
	struct framing_config framing;
	struct loss_config loss_config;
	struct reset_rule rule;
	enum inspection_stage stage;
	size_t at;        /* the step at which the stage goes on */
	size_t at_output; /* its output, in the connectivity */
	size_t longest;   /* steps from a zero state to the next */
	bool has_equal;   /* all such stretches have that length */
	size_t length;    /* points or tokens of the sequence */
	bool reads_last;  /* as given with it */
	float *points;    /* [length, features], scaled */
	float *shown;     /* the same in the units of the data */
	uint32_t *tokens; /* [length] */
	float *output;    /* [steps, features], as shown */
	double *loss;     /* [steps] */
	float *values[MODEL_LAYERS_MAX]; /* [steps, views, units] */
	/* for the values, for the gradient, for the connectivity */
	struct inspection_pass forward, backward, to_inputs;
	bool is_under_way; /* a pass of the last two */
	size_t first_row;  /* of the connectivity, after connected_first */
	struct inspection_job *job; /* [jobs of to_inputs's samples] */
	size_t jobs;
	float *d_inputs; /* of to_inputs, [steps, samples, features] */
	float *plain;    /* [model.parameters.total] */
	float *d_output; /* [outputs] */
	float *state;    /* the initial state of a pass */
};

/*
 * Create an inspection without a sequence. The run, prepared or not, is
 * borrowed; its model must keep its shape. Release it with
 * inspection_destroy, also after a failure. Returns false if memory is short.
 */
bool inspection_create(struct inspection *inspection, const struct run *run,
	struct error *error);
void inspection_destroy(struct inspection *inspection);

/*
 * Set the sequence, which is copied: points[count, features], scaled as those
 * of the run (set_points) or in the units of the data (set_shown), or
 * tokens[count] of a run that learns texts. As in training, the last points
 * are only targets; if `reads_last`, they are read too, and the last steps
 * have no target. Without reads_last `count` must be at least framing_min,
 * with it at least framing_start_points. (A text may be shorter than a window:
 * its only window is then as long as the text, as in generation.) The results
 * of the sequence before are gone. Returns false if memory is short, which
 * leaves no sequence.
 */
bool inspection_set_points(struct inspection *inspection, const float *points,
	size_t count, bool reads_last, struct error *error);
bool inspection_set_shown(struct inspection *inspection, const float *points,
	size_t count, bool reads_last, struct error *error);
bool inspection_set_tokens(struct inspection *inspection,
	const uint32_t *tokens, size_t count, bool reads_last,
	struct error *error);

/* Set the sequence of another inspection of the run. */
bool inspection_set_same(struct inspection *inspection,
	const struct inspection *from, struct error *error);

/*
 * Begin to compute with the present weights of the run, and allocate what that
 * needs. Results, also those of an earlier inspection of the same sequence, can
 * be read when inspection_is_done. Returns false if memory is short.
 */
bool inspection_begin(struct inspection *inspection,
	const struct inspection_config *config, struct error *error);

/*
 * Compute the next part, mostly some milliseconds of work (a single step of a
 * large model takes longer). Returns its cost in multiply-adds.
 */
uint64_t inspection_advance(struct inspection *inspection);

static inline bool
inspection_is_done(const struct inspection *inspection)
{
	return inspection->stage == INSPECTION_DONE;
}

/*
 * Begin to compute another connectivity for the results that there are, with
 * the same weights: of the output of one step only, by the inputs of the last
 * `count` steps up to it, or fewer if there are fewer. The other rows are 0;
 * the last row is that of the step. Returns false if memory is short.
 */
bool inspection_begin_row(struct inspection *inspection, size_t step,
	size_t count, struct error *error);

/* Begin and compute everything, without a pause. */
bool inspection_compute(struct inspection *inspection,
	const struct inspection_config *config, struct error *error);

/*
 * Results of a step < steps. The point that it reads, and the target or NULL,
 * [features], in the units of the data; or the token, UINT32_MAX for no target.
 */
const float *inspection_input(const struct inspection *inspection, size_t step);
const float *inspection_target(const struct inspection *inspection,
	size_t step);
uint32_t inspection_input_token(const struct inspection *inspection,
	size_t step);
uint32_t inspection_target_token(const struct inspection *inspection,
	size_t step);

/*
 * The output of a step, [features]: the predicted point in the units of the
 * data, for a mixture the mean of its likeliest component, as `generate
 * --temperature 0` takes it; for texts the probabilities of all tokens.
 */
const float *inspection_output(const struct inspection *inspection,
	size_t step);

/*
 * Find for each point or token the step after which the next one is predicted:
 * step[length of the sequence]. The state at this step is the state after it
 * was read. For the last ones that no step reads it is INSPECTION_NONE.
 */
void inspection_find_steps(const struct inspection *inspection, size_t *step);

/*
 * The run's loss of a step alone, NaN without a target; and the mean over all
 * steps with a target, NaN if there is none. The loss `rectangle` is without
 * the error of a generated shape.
 */
double inspection_loss(const struct inspection *inspection, size_t step);
double inspection_mean_loss(const struct inspection *inspection);

/*
 * The mean absolute difference of the output of a step of points and its
 * target, NaN without a target.
 */
double inspection_error(const struct inspection *inspection, size_t step);

/*
 * The values of a view of a layer's cell at a step, [units of the layer]; view
 * is an index of shape.cell->views. inspection_view finds a view by its name,
 * "i", "f", "g", "c", "o" or "h" of the LSTM; `views` if the cell has none.
 */
const float *inspection_values(const struct inspection *inspection,
	size_t layer, size_t view, size_t step);
size_t inspection_view(const struct inspection *inspection, const char *name);

/* Measure the gradient of a tensor: model.parameters.tensor[tensor]. */
struct inspection_gradient
inspection_measure(const struct inspection *inspection, size_t tensor);

#endif
