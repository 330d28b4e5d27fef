/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Adam (Kingma and Ba 2015), with ε placed as in Keras:
 *
 *   m = β1 m + (1-β1) g      v = β2 v + (1-β2) g²
 *   w -= lr √(1-β2ᵗ)/(1-β1ᵗ) · m / (√v + ε)
 *
 * β1 0.9, β2 0.999, ε 1e-7. AdamW (Loshchilov and Hutter 2019) adds decoupled
 * weight decay as in Keras 3: before the update, w -= lr λ w for every weight
 * and bias, with or without a gradient.
 */
#include <math.h>

#include "base/translate.h"
#include "core/optimizer.h"

#define EPSILON 1e-7f

/* Floats per part of a multithreaded update: a multiple of a cache line. */
enum { PART = 1 << 14 };

struct sweep {
	const struct kernel *kernel;
	struct kernel_adam rates;
	size_t count;
	float *values, *m, *v;
	const float *gradients;
};

static void
do_parts(void *argument, size_t from, size_t to)
{
	const struct sweep *sweep = argument;
	size_t first = from * PART, last = to * PART;

	if (last > sweep->count)
		last = sweep->count;
	sweep->kernel->adam(&sweep->rates, last - first, sweep->values + first,
		sweep->gradients + first, sweep->m + first, sweep->v + first);
}

static void
update(struct optimizer_state *state, const struct context *context,
	const struct optimizer_rates *rates, size_t count,
	float *restrict values, const float *restrict gradients)
{
	struct sweep sweep = {
		.kernel = context->kernel,
		.rates =
			{
				.beta1 = (float)OPTIMIZER_BETA1,
				.beta2 = (float)OPTIMIZER_BETA2,
				.one_minus_beta1 = (float)(1 - OPTIMIZER_BETA1),
				.one_minus_beta2 = (float)(1 - OPTIMIZER_BETA2),
				.epsilon = EPSILON,
			},
		.count = count,
		.values = values,
		.m = state->first,
		.v = state->second,
		.gradients = gradients,
	};

	sweep.rates.rate = (float)(rates->learning_rate *
		sqrt(1 - state->beta2_power) / (1 - state->beta1_power));
	if (count <= (size_t)4 * PART)
		do_parts(&sweep, 0, (count + PART - 1) / PART);
	else
		thread_pool_run(context->threads, do_parts, &sweep, 0,
			(count + PART - 1) / PART);
}

const struct optimizer optimizer_adam = {
	.kind = {.name = "adam",
		.summary =
			N_("steps scaled by moving averages of the gradient")},
	.has_first = true,
	.has_second = true,
	.update = update,
};

const struct optimizer optimizer_adamw = {
	.kind = {.name = "adamw",
		.summary = N_(
			"adam with decoupled weight decay (--weight-decay)")},
	.has_first = true,
	.has_second = true,
	.decays_weights = true,
	.update = update,
};
