/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Read the part of a model file that only a text has: its vocabulary, and the
 * positions and carried states of its streams.
 */
#include <string.h>

#include "base/byte_order.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "file/tensor_read.h"
#include "session/model_file_layout.h"

/* Whether a character can be a token. */
static bool
is_character(uint32_t character, bool is_byte)
{
	if (is_byte)
		return character < 0x100;
	return utf8_is_character(character);
}

/* Read the characters of the vocabulary. */
static bool
read_characters(const struct safetensors *file, struct run_state *state,
	struct error *error)
{
	const struct safetensors_tensor *tensor =
		safetensors_find(file, "vocabulary");
	struct vocabulary *vocabulary = &state->reader.vocabulary;

	if (tensor == NULL || strcmp(tensor->type, "U32") != 0 ||
		tensor->count == 0 || tensor->count > UTF8_CHARACTERS)
		return error_set(error,
			"damaged: the tensor 'vocabulary' is wrong");
	vocabulary->is_bytes = state->settings.tokens->is_bytes;
	vocabulary->character = memory_new((size_t)tensor->count,
		sizeof *vocabulary->character);
	if (vocabulary->character == NULL)
		return error_out_of_memory(error);
	vocabulary->count = vocabulary->characters = (size_t)tensor->count;
	byte_order_little(vocabulary->character, tensor->data,
		sizeof *vocabulary->character, vocabulary->count);
	for (size_t i = 0; i < vocabulary->count; i++)
		if (!is_character(vocabulary->character[i],
			    vocabulary->is_bytes) ||
			(i > 0 &&
				vocabulary->character[i] <=
					vocabulary->character[i - 1]))
			return error_set(error,
				"damaged: the characters in the "
				"tensor 'vocabulary' are not ascending");
	return true;
}

/* Read the words of the vocabulary, which only --tokens words has. */
static bool
read_words(const struct safetensors *file, struct run_state *state,
	struct error *error)
{
	const struct safetensors_tensor *tensor =
		safetensors_find(file, "vocabulary.words");

	if (!state->settings.tokens->has_words)
		return true;
	if (tensor == NULL || strcmp(tensor->type, "U8") != 0)
		return error_set(error,
			"damaged: the tensor 'vocabulary.words' is wrong");
	return word_tokens_parse(&state->reader.vocabulary,
		       (const char *)tensor->data, tensor->bytes, error) ||
		error_prefix(error, "damaged: the tensor 'vocabulary.words'");
}

static bool
read_vocabulary(const struct safetensors *file, struct run_state *state,
	struct error *error)
{
	return read_characters(file, state, error) &&
		read_words(file, state, error) &&
		(state->reader.vocabulary.count == run_state_features(state) ||
			error_set(error,
				"damaged: the tensor 'vocabulary' does not "
				"match the number of tokens of the model"));
}

/*
 * Read the carried state of the layers, which is missing before the first
 * update.
 */
static bool
read_carried(const struct safetensors *file, struct run_state *state,
	struct error *error)
{
	const struct model_shape *shape = &state->model.shape;
	struct reader_state *reader = &state->reader;
	size_t streams = reader->position.streams;
	char name[TENSOR_NAME_SIZE];

	if (!state->settings.framing->carries_state ||
		safetensors_find(file, state_name(0, name)) == NULL)
		return true;
	for (size_t l = 0; l < shape->layers; l++)
		if (!tensor_check(file, state_name(l, name),
			    state_rows(shape, l, streams), shape->units[l],
			    error))
			return false;
	if (!reader_state_make_room(reader, shape, error))
		return false;
	for (size_t l = 0; l < shape->layers; l++)
		if (!tensor_read(file, state_name(l, name),
			    state_rows(shape, l, streams), shape->units[l],
			    reader->carried[l], error))
			return false;
	reader->carries = true;
	return true;
}

/*
 * Read the positions of the streams, which are missing if the run was never
 * prepared.
 */
static bool
read_streams(const struct safetensors *file, struct run_state *state,
	struct error *error)
{
	const struct safetensors_tensor *tensor =
		safetensors_find(file, "streams.next");
	struct streams_position *position = &state->reader.position;

	if (tensor == NULL)
		return true;
	if (strcmp(tensor->type, "U64") != 0 || tensor->dimensions != 1 ||
		tensor->count == 0 || tensor->count > state->settings.batch)
		return error_set(error,
			"damaged: the tensor 'streams.next' "
			"is wrong");
	if (!streams_position_create(position, (size_t)tensor->count, error))
		return false;
	byte_order_little(position->next, tensor->data, sizeof *position->next,
		position->streams);
	return read_carried(file, state, error);
}

bool
model_file_read_text(const struct safetensors *file, struct run_state *state,
	struct error *error)
{
	/* missing in files of versions that read the mark as a character */
	state->reader.dropped_mark =
		safetensors_metadata(file, "byte_order_mark") != NULL;
	return read_vocabulary(file, state, error) &&
		model_file_read_count(file, "passes", PASSES_MAX,
			&state->reader.position.epochs, error) &&
		read_streams(file, state, error);
}
