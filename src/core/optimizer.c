/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/optimizer.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

const struct kind *const optimizer_list[] = {
	&optimizer_adam.kind,
	&optimizer_adamw.kind,
	&optimizer_sgd.kind,
	&optimizer_rmsprop.kind,
	NULL,
};

/* Below 2⁻⁶⁴ a power has no effect on 1 - βᵗ, and is left as it is. */
static bool
powers_matter(const struct optimizer_state *state)
{
	return state->beta2_power >= 0x1p-64;
}

static void
multiply_powers(struct optimizer_state *state)
{
	state->beta1_power *= OPTIMIZER_BETA1;
	state->beta2_power *= OPTIMIZER_BETA2;
}

/*
 * Repeat the multiplications of all updates, so that a resumed run has the same
 * bits.
 */
static void
set_powers(struct optimizer_state *state, uint64_t updates)
{
	state->updates = updates;
	state->beta1_power = 1;
	state->beta2_power = 1;
	for (uint64_t t = 0; t < updates && powers_matter(state); t++)
		multiply_powers(state);
}

bool
optimizer_create(struct optimizer_state *state,
	const struct optimizer *optimizer, size_t count, struct error *error)
{
	*state = (struct optimizer_state){.optimizer = optimizer,
		.count = count};
	if (optimizer->has_first)
		state->first = memory_floats(count);
	if (optimizer->has_second)
		state->second = memory_floats(count);
	if ((optimizer->has_first && state->first == NULL) ||
		(optimizer->has_second && state->second == NULL)) {
		optimizer_destroy(state);
		return error_out_of_memory(error);
	}
	set_powers(state, 0);
	return true;
}

void
optimizer_destroy(struct optimizer_state *state)
{
	free(state->first);
	free(state->second);
	*state = (struct optimizer_state){0};
}

void
optimizer_copy(struct optimizer_state *to, const struct optimizer_state *from)
{
	/* the moments of both are 0 from here on */
	size_t used = to->nonzero > from->nonzero ? to->nonzero : from->nonzero;

	if (to->first != NULL)
		memcpy(to->first, from->first, used * sizeof *to->first);
	if (to->second != NULL)
		memcpy(to->second, from->second, used * sizeof *to->second);
	to->updates = from->updates;
	to->nonzero = from->nonzero;
	to->beta1_power = from->beta1_power;
	to->beta2_power = from->beta2_power;
}

void
optimizer_reset(struct optimizer_state *state)
{
	size_t bytes = state->count * sizeof(float);

	if (state->first != NULL)
		memset(state->first, 0, bytes);
	if (state->second != NULL)
		memset(state->second, 0, bytes);
	set_powers(state, 0);
	state->nonzero = 0;
}

/* Index after the last nonzero value. */
static size_t
count_nonzero(const float *values, size_t count)
{
	while (values != NULL && count > 0 && values[count - 1] == 0.0f)
		count--;
	return values != NULL ? count : 0;
}

void
optimizer_resume(struct optimizer_state *state, uint64_t updates)
{
	size_t first = count_nonzero(state->first, state->count);
	size_t second = count_nonzero(state->second, state->count);

	set_powers(state, updates);
	state->nonzero = first > second ? first : second;
}

/*
 * Scale the gradients down if their Euclidean norm exceeds clip. Returns
 * whether the squares of all gradients, and their sum, are finite floats
 * thereafter.
 */
static bool
clip_gradients(const struct kernel *kernel, double clip, float *gradients,
	size_t count)
{
	double square = kernel->sum_squares_exact(count, gradients);

	if (!isfinite(square))
		return false;
	if (square > clip * clip) {
		kernel->scale(count, (float)(clip / sqrt(square)), gradients);
		square = clip * clip;
	}
	return square < (double)FLT_MAX;
}

/* w -= lr λ w for all weights. */
static void
decay_weights(const struct optimizer_rates *rates, size_t count, float *values)
{
	float part = (float)(rates->learning_rate * rates->weight_decay);

	for (size_t i = 0; i < count; i++)
		values[i] -= part * values[i];
}

bool
optimizer_update(struct optimizer_state *state, const struct context *context,
	const struct optimizer_rates *rates, size_t live,
	float *restrict values, float *restrict gradients)
{
	assert(live <= state->count && state->nonzero <= state->count);
	/* v holds squares: each gradient must be below 1.8e19 */
	if (rates->clip > 0 ? !clip_gradients(context->kernel, rates->clip,
				      gradients, live)
			    : !isfinite(context->kernel->sum_squares(live,
				      gradients)))
		return false;
	if (state->optimizer->decays_weights)
		decay_weights(rates, state->count, values);
	/* a parameter without gradient and moments does not change */
	if (live > state->nonzero)
		state->nonzero = live;
	if (powers_matter(state))
		multiply_powers(state);
	state->optimizer->update(state, context, rates, state->nonzero, values,
		gradients);
	state->updates++;
	return true;
}
