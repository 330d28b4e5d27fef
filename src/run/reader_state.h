/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The values of a run that learns a text, besides its weights: the vocabulary,
 * the position of each stream in the text, and the state of the layers that is
 * carried to the next update. For runs of other tasks it is all zero.
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

struct reader_state {
	struct vocabulary vocabulary;
	/* the text's byte order mark is not a token */
	bool dropped_mark;
	struct streams_position position;
	/* the next update starts from `carried`, otherwise from zero state */
	bool carries;
	/* state of each layer, [cell_states, streams, units], or NULL */
	float *carried[MODEL_LAYERS_MAX];
};

/*
 * Allocate the carried state for a model of that shape, after the position has
 * been created. Further calls have no effect.
 */
bool reader_state_make_room(struct reader_state *state,
	const struct model_shape *shape, struct error *error);

/* Go back to the start of the text. */
void reader_state_reset(struct reader_state *state);

/* Number of floats in carried[layer] for this number of streams. */
size_t reader_state_carried(const struct model_shape *shape, size_t layer,
	size_t streams);

/* Bytes of the carried state and the vocabulary. */
size_t reader_state_bytes(const struct reader_state *state,
	const struct model_shape *shape);

/*
 * Copy `from` to `to`, which is empty or has the same shape. Allocates only
 * memory that `to` lacks.
 */
bool reader_state_copy(struct reader_state *to, const struct reader_state *from,
	const struct model_shape *shape, struct error *error);

/* The learning rate of the current epoch; settings.h defines its decay. */
double reader_state_learning_rate(const struct reader_state *state,
	const struct settings *settings);

void reader_state_destroy(struct reader_state *state);

#endif
