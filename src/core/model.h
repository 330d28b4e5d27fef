/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The model: recurrent layers one on the other, then a dense layer. It is its
 * shape, the table of its parameters and their values, no more; a struct
 * pass runs it, a struct optimizer moves it.
 */
#ifndef LSTMTUI_CORE_MODEL_H
#define LSTMTUI_CORE_MODEL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/progress.h"
#include "core/activation.h"
#include "core/context.h"
#include "core/dense.h"
#include "core/layer.h"
#include "core/parameters.h"
#include "core/random.h"

enum { MODEL_LAYERS_MAX = PARAMETERS_LAYERS_MAX, MODEL_UNITS_MAX = 16384 };

struct model_shape {
	size_t inputs;  /* features of a point */
	size_t outputs; /* of the dense layer */
	size_t layers;  /* recurrent ones, 1 to MODEL_LAYERS_MAX */
	size_t units[MODEL_LAYERS_MAX];
	const struct activation *recurrent_activation; /* NULL: sigmoid */
	const struct cell *cell;                       /* NULL: the LSTM */
};

struct model {
	const struct context *context; /* borrowed */
	struct model_shape shape;
	struct parameters parameters;
	float *values; /* [parameters.packed_total]: the packed form */
	struct layer layer[MODEL_LAYERS_MAX];
	struct dense dense;
};

/*
 * Only say which parameters a model of that shape has: there are no values.
 * Returns false where it would be too large for memory.
 */
bool model_lay_out(struct model *model, const struct context *context,
	const struct model_shape *shape, struct error *error);

/*
 * Make a model of that shape with all values zero, which is computed with the
 * context's kernel and threads. Release it with model_destroy, before the
 * context. Returns false where it would be too large for memory.
 */
bool model_create(struct model *model, const struct context *context,
	const struct model_shape *shape, struct error *error);

void model_destroy(struct model *model);

/*
 * Draw initial values as Keras does: kernels Glorot-uniform, recurrent
 * kernels orthogonal, biases as their cell has them. Returns false,
 * with nothing changed, when memory cannot be had, or when progress, which
 * may be NULL, ends it: thousands of units take seconds.
 */
bool model_initialize(struct model *model, struct random *random,
	const struct progress *progress, struct error *error);

/* The values in their plain form: plain[parameters.total]. */
void model_get_values(const struct model *model, float *plain);
void model_set_values(struct model *model, const float *plain);

/* Recurrent layers and the dense one: what the accessors below count. */
size_t model_layers(const struct model *model);

/* "lstm", "lstm_1", ..., "dense", in name, which is returned: Keras's. */
const char *model_layer_name(const struct model *model, size_t layer,
	char name[PARAMETERS_NAME_SIZE]);

/*
 * Keras's class, as "LSTM" or "Dense"; the width of its output; how many
 * parameters it has.
 */
const char *model_layer_type(const struct model *model, size_t layer);
size_t model_layer_outputs(const struct model *model, size_t layer);
size_t model_layer_parameters(const struct model *model, size_t layer);

#endif
