/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Feedback: the gradient of an error of what the model generates, brought
 * back through the generation itself, where each prediction is the next
 * step's input. The rectangle loss adds it to that of the predictions.
 */
#ifndef LSTMTUI_CORE_FEEDBACK_H
#define LSTMTUI_CORE_FEEDBACK_H

#include <stdbool.h>
#include <stddef.h>

#include "core/model.h"

/*
 * The error of points, and its slopes by each of their numbers, written
 * behind them: a sequence of as many points as was asked for.
 */
typedef double feedback_error(const float *points, float *gradient);

struct feedback {
	const struct model *model;
	size_t steps; /* points that are generated */
	struct layer_trace layer[MODEL_LAYERS_MAX];
	float *points;    /* [steps + 1, features]: the first is given */
	float *gradient;  /* the same */
	float *gradients; /* [parameters.packed_total] */
};

/*
 * Make room to generate `steps` points, with the state carried from one to
 * the next or each from zero. The model is borrowed; it has as many outputs
 * as inputs. Release it with feedback_destroy.
 */
bool feedback_create(struct feedback *feedback, const struct model *model,
	size_t steps, bool carries_state, struct error *error);

void feedback_destroy(struct feedback *feedback);

/*
 * Generate from start[features] on; returns the error of it all and leaves
 * its gradient in gradients.
 */
double feedback_run(struct feedback *feedback, const float *start,
	feedback_error *error_of);

#endif
