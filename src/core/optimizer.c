/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/optimizer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "core/parameters.h"

#define ADAM_BETA1 0.9
#define ADAM_BETA2 0.999
#define RMSPROP_RHO 0.9f
#define EPSILON 1e-7f

/* Floats in a part of a sweep that threads may share: whole cache lines. */
enum { PART = 1 << 14 };

struct adam_sweep {
	const struct kernel *kernel;
	struct kernel_adam rates;
	size_t count;
	float *values, *m, *v;
	const float *gradients;
};

static void
adam_parts(void *argument, size_t from, size_t to)
{
	const struct adam_sweep *sweep = argument;
	size_t first = from * PART, last = to * PART;

	if (last > sweep->count)
		last = sweep->count;
	sweep->kernel->adam(&sweep->rates, last - first, sweep->values + first,
		sweep->gradients + first, sweep->m + first, sweep->v + first);
}

static void
adam(struct optimizer *optimizer, const struct context *context,
	const struct optimizer_rates *rates, size_t count,
	float *restrict values, const float *restrict gradients)
{
	struct adam_sweep sweep = {
		.kernel = context->kernel,
		.rates =
			{
				.beta1 = (float)ADAM_BETA1,
				.beta2 = (float)ADAM_BETA2,
				.rest1 = (float)(1 - ADAM_BETA1),
				.rest2 = (float)(1 - ADAM_BETA2),
				.epsilon = EPSILON,
			},
		.count = count,
		.values = values,
		.m = optimizer->first,
		.v = optimizer->second,
		.gradients = gradients,
	};

	optimizer->beta1_power *= ADAM_BETA1;
	optimizer->beta2_power *= ADAM_BETA2;
	sweep.rates.rate = (float)(rates->learning_rate *
		sqrt(1 - optimizer->beta2_power) /
		(1 - optimizer->beta1_power));
	if (count <= (size_t)4 * PART)
		adam_parts(&sweep, 0, (count + PART - 1) / PART);
	else
		thread_pool_run(context->threads, adam_parts, &sweep, 0,
			(count + PART - 1) / PART);
}

static void
sgd(struct optimizer *optimizer, const struct context *context,
	const struct optimizer_rates *rates, size_t count,
	float *restrict values, const float *restrict gradients)
{
	float rate = (float)rates->learning_rate;
	float momentum = (float)rates->momentum;
	float *restrict m = optimizer->first;

	(void)context;
	for (size_t i = 0; i < count; i++) {
		m[i] = momentum * m[i] - rate * gradients[i];
		values[i] += m[i];
	}
}

static void
rmsprop(struct optimizer *optimizer, const struct context *context,
	const struct optimizer_rates *rates, size_t count,
	float *restrict values, const float *restrict gradients)
{
	float rate = (float)rates->learning_rate;
	float *restrict v = optimizer->second;

	(void)context;
	for (size_t i = 0; i < count; i++) {
		float g = gradients[i];

		v[i] = RMSPROP_RHO * v[i] + (1.0f - RMSPROP_RHO) * (g * g);
		values[i] -= rate * g / (sqrtf(v[i]) + EPSILON);
	}
}

static const struct {
	const char *name, *summary;
	bool has_first, has_second;
	void (*update)(struct optimizer *optimizer,
		const struct context *context,
		const struct optimizer_rates *rates, size_t count,
		float *restrict values, const float *restrict gradients);
} optimizers[] = {
	[OPTIMIZER_ADAM] = {"adam", "steps scaled by running moments", true,
		true, adam},
	[OPTIMIZER_SGD] = {"sgd", "gradient descent, with --momentum", true,
		false, sgd},
	[OPTIMIZER_RMSPROP] = {"rmsprop",
		"steps scaled by the gradient's running size", false, true,
		rmsprop},
};

enum { OPTIMIZERS = sizeof optimizers / sizeof optimizers[0] };

const char *
optimizer_name(size_t kind)
{
	return kind < OPTIMIZERS ? optimizers[kind].name : NULL;
}

const char *
optimizer_summary(size_t kind)
{
	return kind < OPTIMIZERS ? optimizers[kind].summary : NULL;
}

static void
set_powers(struct optimizer *optimizer, uint64_t updates)
{
	optimizer->updates = updates;
	optimizer->beta1_power = 1;
	optimizer->beta2_power = 1;
	/*
	 * The same multiplications as the updates made, so that a resumed run
	 * has the same bits; below 2⁻⁶⁴ a power no longer shows in 1 - βᵗ.
	 */
	for (uint64_t t = 0; t < updates; t++) {
		if (optimizer->beta2_power < 0x1p-64)
			break;
		optimizer->beta1_power *= ADAM_BETA1;
		optimizer->beta2_power *= ADAM_BETA2;
	}
}

bool
optimizer_create(struct optimizer *optimizer, enum optimizer_kind kind,
	size_t count, struct error *error)
{
	*optimizer = (struct optimizer){.kind = kind, .count = count};
	if (optimizers[kind].has_first)
		optimizer->first = memory_floats(count);
	if (optimizers[kind].has_second)
		optimizer->second = memory_floats(count);
	if ((optimizers[kind].has_first && optimizer->first == NULL) ||
		(optimizers[kind].has_second && optimizer->second == NULL)) {
		optimizer_destroy(optimizer);
		return error_out_of_memory(error);
	}
	set_powers(optimizer, 0);
	return true;
}

void
optimizer_destroy(struct optimizer *optimizer)
{
	free(optimizer->first);
	free(optimizer->second);
	*optimizer = (struct optimizer){0};
}

void
optimizer_copy(struct optimizer *to, const struct optimizer *from)
{
	/* the moments of either are 0 from `still` on */
	size_t used = to->still > from->still ? to->still : from->still;

	if (to->first != NULL)
		memcpy(to->first, from->first, used * sizeof *to->first);
	if (to->second != NULL)
		memcpy(to->second, from->second, used * sizeof *to->second);
	to->updates = from->updates;
	to->still = from->still;
	to->beta1_power = from->beta1_power;
	to->beta2_power = from->beta2_power;
}

void
optimizer_reset(struct optimizer *optimizer)
{
	size_t bytes = optimizer->count * sizeof(float);

	if (optimizer->first != NULL)
		memset(optimizer->first, 0, bytes);
	if (optimizer->second != NULL)
		memset(optimizer->second, 0, bytes);
	set_powers(optimizer, 0);
	optimizer->still = 0;
}

/* One past the last number that is not 0. */
static size_t
used(const float *values, size_t count)
{
	while (values != NULL && count > 0 && values[count - 1] == 0.0f)
		count--;
	return values != NULL ? count : 0;
}

void
optimizer_resume(struct optimizer *optimizer, uint64_t updates)
{
	size_t first = used(optimizer->first, optimizer->count);
	size_t second = used(optimizer->second, optimizer->count);

	set_powers(optimizer, updates);
	optimizer->still = first > second ? first : second;
}

/* Scale the gradients down where their Euclidean norm is above clip. */
static void
clip_gradients(double clip, float *gradients, size_t count)
{
	double square = 0;
	float factor;

	for (size_t i = 0; i < count; i++)
		square += (double)gradients[i] * gradients[i];
	if (square <= clip * clip)
		return;
	factor = (float)(clip / sqrt(square));
	for (size_t i = 0; i < count; i++)
		gradients[i] *= factor;
}

bool
optimizer_update(struct optimizer *optimizer, const struct context *context,
	const struct optimizer_rates *rates, size_t live,
	float *restrict values, float *restrict gradients)
{
	if (rates->clip > 0) {
		if (!parameters_finite(gradients, live))
			return false;
		clip_gradients(rates->clip, gradients, live);
	}
	/* the moments hold squares: each has to be below 1.8e19 */
	if (!isfinite(context->kernel->sum_squares(live, gradients)))
		return false;
	/* without gradient and moment, no optimizer moves anything */
	if (live > optimizer->still)
		optimizer->still = live;
	optimizers[optimizer->kind].update(optimizer, context, rates,
		optimizer->still, values, gradients);
	optimizer->updates++;
	return true;
}
