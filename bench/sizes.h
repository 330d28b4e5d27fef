/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A case of the bench: a model and a batch of some sizes, trained by the
 * core alone on sequences made beforehand, and what an update needs.
 */
#ifndef LSTMTUI_BENCH_SIZES_H
#define LSTMTUI_BENCH_SIZES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "core/cell.h"
#include "core/context.h"
#include "task/framing.h"

enum size {
	SIZE_LAYERS,
	SIZE_UNITS, /* of every layer */
	SIZE_BATCH, /* sequences an update */
	SIZE_STEPS, /* of a sample; in one-to-one framing, its samples */
	SIZES
};

struct sizes {
	const struct framing *framing;
	size_t size[SIZES];
	const struct cell *cell; /* NULL: the LSTM */
};

/*
 * The floating-point operations that an update needs, a multiply-add being
 * two: the products with the weights, forward, back and for the gradients,
 * and 12 a parameter for Adam. Left out is what is known to be 0 or wanted by
 * nobody: products with a zero state, and the gradient of the points. Not
 * counted are the activations, the loss and whatever goes with vectors.
 */
double sizes_operations(const struct sizes *sizes);

/* The seconds of an update, measured for about so many seconds. */
bool sizes_measure(const struct sizes *sizes, const struct context *context,
	double seconds, double *time, struct error *error);

#endif
