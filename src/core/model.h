/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The model: stacked recurrent layers and a dense layer. It consists of its
 * shape, the table of its parameters and their values. A struct pass runs a
 * model; an optimizer updates it.
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
	size_t outputs; /* width of the dense layer */
	size_t layers;  /* recurrent layers, 1 to MODEL_LAYERS_MAX */
	size_t units[MODEL_LAYERS_MAX];
	const struct activation *recurrent_activation; /* NULL: sigmoid */
	const struct cell *cell;                       /* NULL: the LSTM */
};

struct model {
	const struct context *context; /* borrowed */
	struct model_shape shape;
	struct parameters parameters;
	float *values; /* [parameters.packed_total], packed */
	struct layer layer[MODEL_LAYERS_MAX];
	struct dense dense;
};

/*
 * Set up the table of parameters for a model of this shape, without values.
 * Returns false if the model is too large for memory.
 */
bool model_lay_out(struct model *model, const struct context *context,
	const struct model_shape *shape, struct error *error);

/*
 * Create a model of this shape with all values zero. It runs on the context's
 * kernel and threads. Release it with model_destroy, before the context.
 * Returns false if the model is too large for memory.
 */
bool model_create(struct model *model, const struct context *context,
	const struct model_shape *shape, struct error *error);

void model_destroy(struct model *model);

/*
 * Draw initial values as Keras does: Glorot-uniform kernels, orthogonal
 * recurrent kernels, biases as the cell defines them. Thousands of units take
 * seconds; progress, which may be NULL, can cancel the work. Returns false,
 * with nothing changed, if cancelled or out of memory.
 */
bool model_initialize(struct model *model, struct random *random,
	const struct progress *progress, struct error *error);

/* Convert the values to or from plain form: plain[parameters.total]. */
void model_get_values(const struct model *model, float *plain);
void model_set_values(struct model *model, const float *plain);

/* Number of layers, including the dense layer, for the functions below. */
size_t model_layers(const struct model *model);

/*
 * Write the Keras name of a layer to `name` and return it: "lstm", "lstm_1",
 * ..., "dense".
 */
const char *model_layer_name(const struct model *model, size_t layer,
	char name[PARAMETERS_NAME_SIZE]);

/*
 * Keras class of a layer ("LSTM", "Dense"), width of its output, and number of
 * its parameters.
 */
const char *model_layer_type(const struct model *model, size_t layer);
size_t model_layer_outputs(const struct model *model, size_t layer);
size_t model_layer_parameters(const struct model *model, size_t layer);

/*
 * Return the multiply-adds of a step that reads a token: one for each
 * parameter, but only one row of the first kernel is read.
 */
size_t model_token_cost(const struct model *model);

#endif
