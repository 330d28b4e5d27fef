/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The optimizers: how a gradient moves the parameters. Each works in one
 * sweep over the model's one contiguous array, with its moments in arrays of
 * the same shape. Gradients may be clipped to a global norm first.
 */
#ifndef LSTMTUI_CORE_OPTIMIZER_H
#define LSTMTUI_CORE_OPTIMIZER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "core/context.h"

enum optimizer_kind {
	/*
	 * Kingma and Ba 2015, with epsilon where Keras puts it:
	 *   m = β1 m + (1-β1) g      v = β2 v + (1-β2) g²
	 *   w -= lr √(1-β2ᵗ)/(1-β1ᵗ) · m / (√v + ε)
	 * β1 0.9, β2 0.999, ε 1e-7
	 */
	OPTIMIZER_ADAM,
	/* m = momentum m - lr g,  w += m  (Keras's order) */
	OPTIMIZER_SGD,
	/*
	 * Tieleman and Hinton 2012, as in Keras 2:
	 *   v = ρ v + (1-ρ) g²,  w -= lr g / (√v + ε),  ρ 0.9, ε 1e-7
	 */
	OPTIMIZER_RMSPROP
};

/* The name and a one-line summary by enumerator; NULL past the last. */
const char *optimizer_name(size_t kind);
const char *optimizer_summary(size_t kind);

/* What may differ from one update to the next. */
struct optimizer_rates {
	double learning_rate; /* at least 0 */
	double momentum;      /* of sgd, in [0, 1) */
	double clip;          /* the gradient's largest global norm; 0: any */
};

struct optimizer {
	enum optimizer_kind kind;
	size_t count;     /* of parameters */
	uint64_t updates; /* done so far: t in the formulas above */
	float *first;     /* m, [count]; NULL where the kind has none */
	float *second;    /* v, [count]; NULL where the kind has none */
	size_t still;     /* from here on the moments are all 0 */
	/* β1ᵗ and β2ᵗ, by repeated multiplication */
	double beta1_power, beta2_power;
};

/*
 * Make an optimizer for count parameters, its moments all zero. Release it
 * with optimizer_destroy. Returns false when memory cannot be had.
 */
bool optimizer_create(struct optimizer *optimizer, enum optimizer_kind kind,
	size_t count, struct error *error);

void optimizer_destroy(struct optimizer *optimizer);

/* Give one optimizer all values of another of the same kind and count. */
void optimizer_copy(struct optimizer *to, const struct optimizer *from);

/* Back to no updates done and moments of zero. */
void optimizer_reset(struct optimizer *optimizer);

/*
 * Say that so many updates were done already, and that the moments are as
 * these left them: what a resumed run needs.
 */
void optimizer_resume(struct optimizer *optimizer, uint64_t updates);

/*
 * One update of values[count] by gradients[count], which are scaled in place
 * where they are clipped; from `live` on the gradients are 0, which saves
 * time where the moments are 0 too: nothing moves there. Returns false, with
 * nothing moved, when a gradient is NaN, infinite, or so large (about 1e19)
 * that its square is.
 */
bool optimizer_update(struct optimizer *optimizer,
	const struct context *context, const struct optimizer_rates *rates,
	size_t live, float *restrict values, float *restrict gradients);

#endif
