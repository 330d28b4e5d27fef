/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The values of a run that learns a text, besides its weights: the vocabulary,
 * the position of each stream in the text, the state of the layers that is
 * carried to the next update, and the validation losses. For runs of other
 * tasks it is all zero.
 */
#ifndef LSTMTUI_RUN_READER_STATE_H
#define LSTMTUI_RUN_READER_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "core/model.h"
#include "run/settings.h"
#include "run/validations.h"
#include "task/streams.h"
#include "task/text.h"

/* Losses over the part of the text that is reserved for validation. */
struct validation {
	uint64_t epochs;   /* completed epochs at the last validation */
	double last, best; /* NaN: none yet */
	uint64_t best_epoch;
};

/* Whether a validation after `before`, up to `now`, was the best so far. */
bool validation_is_better(const struct validation *now,
	const struct validation *before);

struct reader_state {
	struct vocabulary vocabulary;
	/* the text's byte order mark is not a token */
	bool dropped_mark;
	struct streams_position position;
	/* the next update starts from `carried`, otherwise from zero state */
	bool carries;
	/* state of each layer, [cell_states, streams, units], or NULL */
	float *carried[MODEL_LAYERS_MAX];
	struct validation validation;
	struct validations validations;
};

/*
 * Allocate the carried state for a model of that shape, after the position has
 * been created. Further calls have no effect.
 */
bool reader_state_make_room(struct reader_state *state,
	const struct model_shape *shape, struct error *error);

/* Go back to the start of the text, and forget the validations. */
void reader_state_reset(struct reader_state *state);

/* Number of floats in carried[layer] for this number of streams. */
size_t reader_state_carried(const struct model_shape *shape, size_t layer,
	size_t streams);

/*
 * Copy `from` to `to`, which is empty or has the same shape. Allocates only
 * memory that `to` lacks.
 */
bool reader_state_copy(struct reader_state *to, const struct reader_state *from,
	const struct model_shape *shape, struct error *error);

/*
 * Whether runs with these settings are validated: the task is a text, part of
 * which is reserved for validation.
 */
bool reader_state_validates(const struct settings *settings);

/* The learning rate of the current epoch; settings.h defines its decay. */
double reader_state_learning_rate(const struct reader_state *state,
	const struct settings *settings);

void reader_state_destroy(struct reader_state *state);

#endif
