/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The values of a run that learns a text, besides its weights: the tokens,
 * the place of each stream in the text, the state of the layers that is
 * carried to the next update, and the losses of the validations. A run of
 * another task has an empty one, all zero.
 */
#ifndef LSTMTUI_RUN_READER_STATE_H
#define LSTMTUI_RUN_READER_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "core/model.h"
#include "run/settings.h"
#include "task/streams.h"
#include "task/text.h"

/* Losses on the part of the text that is kept from training. */
struct validation {
	uint64_t epochs;   /* after which the last validation was done */
	double last, best; /* NaN: none was done yet */
	uint64_t best_epoch;
};

/* Whether a validation between the two was the best so far. */
bool validation_is_better(const struct validation *now,
	const struct validation *before);

struct reader_state {
	struct vocabulary vocabulary;
	/* the text's byte order mark is no character of the run */
	bool dropped_mark;
	struct streams_position position;
	/* the next update starts from `carried`; else from zero state */
	bool carries;
	/* that of each layer, [cell_states, streams, units], or NULL */
	float *carried[MODEL_LAYERS_MAX];
	struct validation validation;
};

/*
 * Make room for what is carried, after the position is created, for a model of
 * that shape. Done once; further calls have no effect.
 */
bool reader_state_make_room(struct reader_state *state,
	const struct model_shape *shape, struct error *error);

/* Go back to the top of the text, without any validation. */
void reader_state_reset(struct reader_state *state);

/* Floats in carried[layer] for so many streams. */
size_t reader_state_carried(const struct model_shape *shape, size_t layer,
	size_t streams);

/*
 * Give `to`, which is empty or of the same shape, the values of `from`.
 * Allocates only what `to` has no room for.
 */
bool reader_state_copy(struct reader_state *to, const struct reader_state *from,
	const struct model_shape *shape, struct error *error);

/*
 * Whether runs of these settings have validations: of a text a part is kept
 * from training.
 */
bool reader_state_validates(const struct settings *settings);

/* The learning rate of the present epoch: see settings.h on its decay. */
double reader_state_learning_rate(const struct reader_state *state,
	const struct settings *settings);

void reader_state_destroy(struct reader_state *state);

#endif
