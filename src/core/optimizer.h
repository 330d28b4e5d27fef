/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The optimizers: how a gradient moves the parameters. Each works in one
 * sweep over the model's one contiguous array, with its moments in arrays of
 * the same shape. Gradients may be clipped to a global norm first.
 *
 * A struct optimizer is one of the kinds; a struct optimizer_state holds the
 * values that it has come to.
 */
#ifndef LSTMTUI_CORE_OPTIMIZER_H
#define LSTMTUI_CORE_OPTIMIZER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/kind.h"
#include "core/context.h"

/* The numbers that may differ from one update to the next. */
struct optimizer_rates {
	double learning_rate; /* at least 0 */
	double momentum;      /* of sgd, in [0, 1) */
	double clip;          /* the gradient's largest global norm; 0: any */
	double weight_decay;  /* of adamw, in [0, 1] */
};

struct optimizer_state;

struct optimizer {
	struct kind kind;
	bool has_first, has_second; /* the moments m and v */
	bool decays_weights;

	/*
	 * Move values[count] by gradients[count]; both moments, where the
	 * optimizer has them, are 0 beyond count.
	 */
	void (*update)(struct optimizer_state *state,
		const struct context *context,
		const struct optimizer_rates *rates, size_t count,
		float *restrict values, const float *restrict gradients);
};

extern const struct optimizer optimizer_adam;    /* core/adam.c */
extern const struct optimizer optimizer_adamw;   /* core/adam.c */
extern const struct optimizer optimizer_sgd;     /* core/sgd.c */
extern const struct optimizer optimizer_rmsprop; /* core/rmsprop.c */

/* All of them; ends with NULL. */
extern const struct kind *const optimizer_list[];

/* The decay rates of Adam's moments, whose powers a state keeps. */
#define OPTIMIZER_BETA1 0.9
#define OPTIMIZER_BETA2 0.999

struct optimizer_state {
	const struct optimizer *optimizer;
	size_t count;     /* of parameters */
	uint64_t updates; /* done so far: t in the formulas */
	float *first;     /* m, [count]; NULL where the kind has none */
	float *second;    /* v, [count]; NULL where the kind has none */
	size_t still;     /* from here on the moments are all 0 */
	/* β1ᵗ and β2ᵗ, by repeated multiplication */
	double beta1_power, beta2_power;
};

/*
 * Make the state for count parameters, its moments all zero. Release it with
 * optimizer_destroy. Returns false when memory cannot be had.
 */
bool optimizer_create(struct optimizer_state *state,
	const struct optimizer *optimizer, size_t count, struct error *error);

void optimizer_destroy(struct optimizer_state *state);

/* Give one state all values of another of the same kind and count. */
void optimizer_copy(struct optimizer_state *to,
	const struct optimizer_state *from);

/* Back to no updates done and moments of zero. */
void optimizer_reset(struct optimizer_state *state);

/*
 * Say that so many updates were done already, and that the moments are as
 * these left them: what a resumed run needs.
 */
void optimizer_resume(struct optimizer_state *state, uint64_t updates);

/*
 * One update of values[count] by gradients[count], which are scaled in place
 * where they are clipped; from `live` on the gradients are 0, which saves
 * time where the moments are 0 too: only weight decay moves anything there.
 * Returns false, with nothing moved, when a gradient is NaN, infinite, or so
 * large (about 1e19) that its square is.
 */
bool optimizer_update(struct optimizer_state *state,
	const struct context *context, const struct optimizer_rates *rates,
	size_t live, float *restrict values, float *restrict gradients);

#endif
