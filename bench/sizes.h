/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A case of the benchmark: a model and a batch of given sizes, trained by the
 * core alone on sequences prepared in advance.
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
	SIZE_UNITS, /* of each layer */
	SIZE_BATCH, /* sequences per update */
	SIZE_STEPS, /* of a sample; one-to-one: samples per sequence */
	SIZES
};

struct sizes {
	const struct framing *framing;
	size_t size[SIZES];
	const struct cell *cell; /* NULL: the LSTM */
};

/*
 * Floating-point operations that an update needs, two per multiply-add: the
 * forward, backward and gradient products with the weights, and 12 per
 * parameter for Adam. Products with a zero state and the gradient of the points
 * are not needed. Activations, the loss and other elementwise work are not
 * counted.
 */
double sizes_operations(const struct sizes *sizes);

#endif
