/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/reader_state.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "core/elementary.h"

size_t
reader_state_carried(const struct model_shape *shape, size_t layer,
	size_t streams)
{
	return cell_states(shape->cell) * streams * shape->units[layer];
}

bool
reader_state_make_room(struct reader_state *state,
	const struct model_shape *shape, struct error *error)
{
	for (size_t l = 0; l < shape->layers; l++) {
		if (state->carried[l] == NULL)
			state->carried[l] =
				memory_floats(reader_state_carried(shape, l,
					state->position.streams));
		if (state->carried[l] == NULL)
			return error_out_of_memory(error);
	}
	return true;
}

void
reader_state_reset(struct reader_state *state)
{
	streams_position_reset(&state->position);
	state->carries = false;
}

/* Release the positions and the carried state. */
static void
close_streams(struct reader_state *state)
{
	streams_position_destroy(&state->position);
	for (size_t l = 0; l < MODEL_LAYERS_MAX; l++) {
		free(state->carried[l]);
		state->carried[l] = NULL;
	}
}

size_t
reader_state_bytes(const struct reader_state *state,
	const struct model_shape *shape)
{
	const struct vocabulary *vocabulary = &state->vocabulary;
	const struct word_list *words = &vocabulary->words;
	size_t streams = state->position.streams, floats = 0;

	for (size_t l = 0; state->carries && l < shape->layers; l++)
		floats += reader_state_carried(shape, l, streams);
	return floats * sizeof(float) + streams * sizeof *state->position.next +
		vocabulary->characters * sizeof *vocabulary->character +
		words->bytes_capacity +
		words->end_capacity * sizeof *words->end +
		words->slots * sizeof *words->slot;
}

static bool
copy_vocabulary(struct vocabulary *to, const struct vocabulary *from,
	struct error *error)
{
	if (from->count == to->count &&
		(from->count == 0 || vocabulary_equals(to, from)))
		return true;
	vocabulary_destroy(to);
	if (from->count == 0 || vocabulary_copy(to, from, error))
		return true;
	*to = (struct vocabulary){0};
	return false;
}

bool
reader_state_copy(struct reader_state *to, const struct reader_state *from,
	const struct model_shape *shape, struct error *error)
{
	size_t streams = from->position.streams;

	if (!copy_vocabulary(&to->vocabulary, &from->vocabulary, error))
		return false;
	if (to->position.streams != streams) {
		close_streams(to);
		if (streams > 0 &&
			!streams_position_create(&to->position, streams, error))
			return false;
	}
	if (from->carries && !reader_state_make_room(to, shape, error))
		return false;
	to->dropped_mark = from->dropped_mark;
	streams_position_copy(&to->position, &from->position);
	to->carries = from->carries;
	for (size_t l = 0; from->carries && l < shape->layers; l++)
		memcpy(to->carried[l], from->carried[l],
			reader_state_carried(shape, l, streams) *
				sizeof *to->carried[l]);
	return true;
}

double
reader_state_learning_rate(const struct reader_state *state,
	const struct settings *settings)
{
	uint64_t before = settings->decay_after;

	/* the last epoch at the full rate; at least the first has it */
	before = before > 0 ? before - 1 : 0;
	if (state->position.epochs <= before || settings->decay >= 1)
		return settings->learning_rate;
	return settings->learning_rate *
		elementary_power(settings->decay,
			state->position.epochs - before);
}

void
reader_state_destroy(struct reader_state *state)
{
	vocabulary_destroy(&state->vocabulary);
	close_streams(state);
	*state = (struct reader_state){0};
}
