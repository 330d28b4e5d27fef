/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * RMSprop (Tieleman and Hinton 2012), as in Keras 3 and TensorFlow.js:
 *
 *   v = ρ v + (1-ρ) g²      w -= lr g / √(v + ε)
 *
 * ρ 0.9, ε 1e-7.
 */
#include <math.h>

#include "base/translate.h"
#include "core/optimizer.h"

#define RHO 0.9f
#define EPSILON 1e-7f

static void
update(struct optimizer_state *state, const struct context *context,
	const struct optimizer_rates *rates, size_t count,
	float *restrict values, const float *restrict gradients)
{
	float rate = (float)rates->learning_rate;
	float *restrict v = state->second;

	(void)context;
	for (size_t i = 0; i < count; i++) {
		float g = gradients[i];

		v[i] = RHO * v[i] + (1.0f - RHO) * (g * g);
		values[i] -= rate * g / sqrtf(v[i] + EPSILON);
	}
}

const struct optimizer optimizer_rmsprop = {
	.kind = {.name = "rmsprop",
		.summary =
			N_("steps scaled by a moving root mean square of the "
			   "gradient")},
	.has_second = true,
	.update = update,
};
