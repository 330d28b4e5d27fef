/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A model with all that trains it, put together from the core alone, for
 * tests that look at what training does. What cannot be had fails the test.
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
	size_t points, features; /* of every sequence */
	struct optimizer_rates rates;
	struct model model;
	struct pass pass;
	struct optimizer_state optimizer;
	struct batch batch;
	/* the model's values and the last gradient, in their plain form */
	float *values, *gradients; /* [model.parameters.total] */
};

/* The lesson's model: one layer of 10 units from 2 numbers to 2. */
extern const struct model_shape training_lesson;

/*
 * Make a model of the shape, all zero, to be trained on one sequence of so
 * many points an update by adam at Keras's learning rate; windows are of
 * three points. Release it with
 * training_destroy.
 */
void training_create(struct training *training, const struct model_shape *shape,
	const struct framing *framing, const struct loss *loss, size_t points);
void training_destroy(struct training *training);

/* Give the model what stands in values. */
void training_set_values(struct training *training);

/* Draw the initial values of the seed. */
void training_initialize(struct training *training, uint64_t seed);

/*
 * Forward and back over a sequence, [points, features], which leaves the
 * gradient in gradients and moves nothing. Returns the loss.
 */
double training_pass(struct training *training, const float *sequence);

/* The same, then an update by the gradient. */
double training_update(struct training *training, const float *sequence);

/*
 * Generate: points[points, features] from the first of them on, of which as
 * many are given as the framing starts from.
 */
void training_generate(struct training *training, float *points);

/* Where a tensor of that name begins in values; its size. */
size_t training_offset(const struct training *training, const char *name,
	size_t *size);

#endif
