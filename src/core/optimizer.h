/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Optimizers: update the parameters from their gradients. An optimizer makes
 * one sweep over the model's contiguous array of parameters; its moments are
 * arrays of the same shape. Gradients can be clipped to a global norm first.
 *
 * A struct optimizer is a kind of optimizer; a struct optimizer_state holds its
 * values in one run.
 */
#ifndef LSTMTUI_CORE_OPTIMIZER_H
#define LSTMTUI_CORE_OPTIMIZER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/kind.h"
#include "core/context.h"

/* The parameters of one update. */
struct optimizer_rates {
	double learning_rate; /* at least 0 */
	double momentum;      /* of sgd, in [0, 1) */
	double clip;          /* max global norm of the gradients; 0: no max */
	double weight_decay;  /* of adamw, in [0, 1] */
};

struct optimizer_state;

struct optimizer {
	struct kind kind;
	bool has_first, has_second; /* the moments m and v */
	bool decays_weights;

	/*
	 * Update values[count] from gradients[count]; the moments are 0 beyond
	 * count.
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

/* All optimizers, terminated by NULL. */
extern const struct kind *const optimizer_list[];

/* Decay rates of Adam's moments; a state keeps their powers. */
#define OPTIMIZER_BETA1 0.9
#define OPTIMIZER_BETA2 0.999

struct optimizer_state {
	const struct optimizer *optimizer;
	size_t count;     /* number of parameters */
	uint64_t updates; /* done so far: t in the equations */
	float *first;     /* m, [count]; NULL if not used */
	float *second;    /* v, [count]; NULL if not used */
	size_t nonzero;   /* the moments are 0 from this index on */
	/* β1ᵗ and β2ᵗ, by repeated multiplication */
	double beta1_power, beta2_power;
};

/*
 * Create a state for `count` parameters, with moments of zero. Release it with
 * optimizer_destroy. Returns false if out of memory.
 */
bool optimizer_create(struct optimizer_state *state,
	const struct optimizer *optimizer, size_t count, struct error *error);

void optimizer_destroy(struct optimizer_state *state);

/* Copy all values between states of the same optimizer and count. */
void optimizer_copy(struct optimizer_state *to,
	const struct optimizer_state *from);

/* Reset the moments and the number of updates to zero. */
void optimizer_reset(struct optimizer_state *state);

/*
 * Set the number of updates done, after the moments have been restored, to
 * resume a run.
 */
void optimizer_resume(struct optimizer_state *state, uint64_t updates);

/*
 * Update values[count] from gradients[count]. Clipping scales the gradients in
 * place. Gradients from index `live` on are 0; where the moments are 0 too,
 * only weight decay changes a value, and the rest of the work is skipped.
 * Returns false, with nothing changed, if a gradient is NaN, infinite, or so
 * large (about 1e19) that its square is infinite.
 */
bool optimizer_update(struct optimizer_state *state,
	const struct context *context, const struct optimizer_rates *rates,
	size_t live, float *restrict values, float *restrict gradients);

#endif
