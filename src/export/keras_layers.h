/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A run as layers of Keras, for the formats of Keras and TensorFlow.js. The
 * graph depends on the framing:
 *
 *   one-to-one, sequence  [batch, time, features] to [batch, time, outputs]
 *   many-to-one           [batch, time, features] to [batch, outputs]: the last
 *                         recurrent layer returns its last step only
 *   one-to-many           [batch, features] through RepeatVector(window) to
 *                         [batch, window, outputs]
 *
 * Inputs are scaled numbers, or one-hot rows of a text, whose outputs are
 * probabilities: softmax follows. A mixture's outputs are its parameters as in
 * core/mixture.h. Dropout is only for training and has no layer.
 */
#ifndef LSTMTUI_EXPORT_KERAS_LAYERS_H
#define LSTMTUI_EXPORT_KERAS_LAYERS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "export/export_source.h"

/* Layers before the first recurrent one: RepeatVector, or none. */
size_t keras_layers_before(const struct run *run);

/*
 * Return {"class_name": ..., "config": {...}} of a layer, counted from the
 * first of keras_layers_before to the dense layer. The config has only keys
 * that all versions of Keras since 2.0 and TensorFlow.js know. NULL if out of
 * memory.
 */
json_t *keras_layers_config(const struct run *run, size_t layer);

/*
 * Return the shape of a layer's input, with null for open extents. NULL if out
 * of memory.
 */
json_t *keras_layers_input_shape(const struct run *run, size_t layer);

/*
 * Return false, with a message, if a file of this many parameters would reach 4
 * GiB, the limit of the zip archives and buffers that hold it.
 */
bool keras_layers_fit(uint64_t parameters, struct error *error);

/* Whether the run's gates use the hard sigmoid. */
bool keras_layers_are_hard(const struct run *run);

/*
 * Add what belongs beside the weights: the vocabulary of a text and the scaling
 * of data, as JSON text. `add` is called with the name of each file and its
 * text. Return false if out of memory.
 */
bool keras_layers_companions(const struct run *run,
	void (*add)(void *context, const char *name, const char *text),
	void *context, struct error *error);

#endif
