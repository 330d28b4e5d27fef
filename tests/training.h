/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A model with an optimizer, a pass and a batch, built from the core alone, for
 * tests of training. Errors fail the test.
 */
#ifndef LSTMTUI_TESTS_TRAINING_H
#define LSTMTUI_TESTS_TRAINING_H

#include <stdint.h>

#include "core/loss.h"
#include "core/model.h"
#include "core/optimizer.h"
#include "core/pass.h"
#include "task/framing.h"

struct training {
	struct framing_config framing;
	const struct loss *loss;
	size_t points,
		features; /* points of each sequence, numbers of a point */
	struct optimizer_rates rates;
	struct model model;
	struct pass pass;
	struct optimizer_state optimizer;
	struct batch batch;
	/* the model's values and the last gradient, in plain layout */
	float *values, *gradients; /* [model.parameters.total] */
};

/* The default model: one layer of 10 units, 2 inputs, 2 outputs. */
extern const struct model_shape training_lesson;

/*
 * Create a model with all values 0. An update trains it on one sequence of
 * `points` points by adam at Keras's learning rate; windows have three points.
 * Release it with training_destroy.
 */
void training_create(struct training *training, const struct model_shape *shape,
	const struct framing *framing, const struct loss *loss, size_t points);
void training_destroy(struct training *training);

/* Copy `values` to the model. */
void training_set_values(struct training *training);

/* Draw the initial values of a seed. */
void training_initialize(struct training *training, uint64_t seed);

/*
 * Run the forward and backward pass over a sequence, [points, features]; store
 * the gradient in `gradients` and change no value. Return the loss.
 */
double training_pass(struct training *training, const float *sequence);

/* Run training_pass, then update the model by the gradient. */
double training_update(struct training *training, const float *sequence);

/*
 * Generate points[points, features]. The framing's start points must be set
 * already; the others are overwritten.
 */
void training_generate(struct training *training, float *points);

/* Return the offset of a tensor in `values`; store its size. */
size_t training_offset(const struct training *training, const char *name,
	size_t *size);

#endif
