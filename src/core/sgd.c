/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Stochastic gradient descent with momentum, in Keras's order:
 *
 *   m = momentum m - lr g      w += m
 */
#include "base/translate.h"
#include "core/optimizer.h"

static void
update(struct optimizer_state *state, const struct context *context,
	const struct optimizer_rates *rates, size_t count,
	float *restrict values, const float *restrict gradients)
{
	float rate = (float)rates->learning_rate;
	float momentum = (float)rates->momentum;
	float *restrict m = state->first;

	(void)context;
	for (size_t i = 0; i < count; i++) {
		m[i] = momentum * m[i] - rate * gradients[i];
		values[i] += m[i];
	}
}

const struct optimizer optimizer_sgd = {
	.kind = {.name = "sgd",
		.summary = N_("stochastic gradient descent with --momentum"),
		.defaults =
			(const struct kind_default[]){
				{"learning-rate", "0.01"},
				{NULL, NULL},
			}},
	.has_first = true,
	.update = update,
};
