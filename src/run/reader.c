/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/reader.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "base/utf8.h"

struct text_config
reader_text_config(const struct reader_state *state,
	const struct settings *settings)
{
	struct text_config config = {
		.is_bytes = settings->tokens->is_bytes,
		.words = settings->tokens->has_words
			? (size_t)settings->vocabulary
			: 0,
		.validation = settings->validation,
		.content = settings_read_input(settings) ? settings->data_bytes
							 : NULL,
	};
	uint32_t token;

	if (!config.is_bytes && !state->dropped_mark)
		config.keeps_mark =
			vocabulary_find(&state->vocabulary, UTF8_MARK, &token);
	return config;
}

/* Return the mean number of characters of token[first] to the end. */
static double
mean_length(const struct text *text, size_t first)
{
	size_t characters = 0, count = text->length - first;

	if (text->vocabulary.words.count == 0)
		return 1;
	for (size_t i = first; i < text->length; i++)
		characters += vocabulary_length(&text->vocabulary,
			token_array_get(&text->token, i));
	return count > 0 ? (double)characters / (double)count : 1;
}

static bool
read_text(struct reader *reader, const struct reader_state *state,
	const struct settings *settings, struct error *error)
{
	size_t min = framing_min(settings_framing(settings));
	struct text_config config = reader_text_config(state, settings);

	if (!text_read(&reader->text, settings->data, &config, error))
		return false;
	if (reader->text.training < min)
		return error_set(error,
			settings->tokens->has_words
				? N_("%s: too few training tokens: %zu; a "
				     "window and its targets require %zu")
				: N_("%s: too few training characters: %zu; a "
				     "window and its targets require %zu"),
			settings->data, reader->text.training, min);
	reader->token_length =
		mean_length(&reader->text, reader->text.training);
	return text_entropies(&reader->text, &reader->unigram, &reader->bigram,
		error);
}

/* Refuse a new run whose --reset-at never applies to its text. */
static bool
check_resets(const struct reader *reader, const struct settings *settings,
	struct error *error)
{
	const struct reset *at = settings->reset_at;
	struct reset_rule rule =
		reset_rule_create(at, &reader->text.vocabulary);

	if (at->line_ends == 0 ||
		reset_is_within(&rule, &reader->text, reader->text.training))
		return true;
	return error_set_usage(error,
		settings->tokens->has_words
			? N_("%s: --reset-at %s has no effect: no %s in the "
			     "%zu training tokens; use --reset-at never")
			: N_("%s: --reset-at %s has no effect: no %s in the "
			     "%zu training characters; use --reset-at never"),
		settings->data, at->kind.name, _(at->missing),
		reader->text.training);
}

/* Refuse a new run of words whose training text has none. */
static bool
check_words(const struct reader *reader, const struct settings *settings,
	struct error *error)
{
	if (!settings->tokens->has_words ||
		reader->text.vocabulary.words.count > 0)
		return true;
	return error_set_usage(error,
		"%s: --tokens words has no effect: no word in the training "
		"text; use --tokens characters",
		settings->data);
}

bool
reader_begin(struct reader *reader, struct reader_state *state,
	const struct settings *settings, struct error *error)
{
	if (!read_text(reader, state, settings, error) ||
		!check_resets(reader, settings, error) ||
		!check_words(reader, settings, error))
		return false;
	state->dropped_mark = reader->text.dropped_mark;
	return vocabulary_copy(&state->vocabulary, &reader->text.vocabulary,
		error);
}

bool
reader_resume(struct reader *reader, const struct reader_state *state,
	const struct settings *settings, struct error *error)
{
	if (!read_text(reader, state, settings, error))
		return false;
	if (!vocabulary_equals(&state->vocabulary, &reader->text.vocabulary))
		return error_set(error,
			"%s: not the text that the run began "
			"with",
			settings->data);
	return true;
}

/* Check that the positions in a model file are within these streams. */
static bool
check_position(const struct streams *streams,
	const struct streams_position *position, struct error *error)
{
	if (position->streams != streams->samples)
		return error_set(error,
			"damaged: the tensor 'streams.next' "
			"has %zu streams, not %zu",
			position->streams, streams->samples);
	for (size_t s = 0; s < streams->samples; s++)
		if (position->next[s] >= streams->span)
			return error_set(error,
				"damaged: the tensor "
				"'streams.next' does not fit the text");
	return true;
}

static bool
carries_state(const struct streams *streams)
{
	return streams->config.framing.framing->carries_state;
}

bool
reader_take_on(struct reader *reader, struct reader_state *state,
	const struct model *model, struct error *error)
{
	const struct streams *streams = &reader->streams;
	struct streams_position *position = &state->position;

	if (position->streams == 0 &&
		!streams_position_create(position, streams->samples, error))
		return false;
	return check_position(streams, position, error) &&
		(!carries_state(streams) ||
			reader_state_make_room(state, &model->shape, error));
}

bool
reader_open(struct reader *reader, struct reader_state *state,
	const struct model *model, const struct settings *settings,
	struct batch *batch, struct error *error)
{
	struct streams_config config = {
		.framing = settings_framing(settings),
		.end = reader->text.training,
		.samples = (size_t)settings->batch,
		.length = (size_t)settings->sequence_length,
		.reset = settings->reset_at,
	};
	struct streams *streams = &reader->streams;

	if (!streams_create(streams, &reader->text, &config, error) ||
		!streams_create_batch(streams, batch, error))
		return false;
	reader->is_open = reader_take_on(reader, state, model, error);
	return reader->is_open;
}

void
reader_destroy(struct reader *reader)
{
	text_destroy(&reader->text);
	streams_destroy(&reader->streams);
	*reader = (struct reader){0};
}

void
reader_fill(struct reader *reader, const struct reader_state *state,
	struct batch *batch, struct pass *pass)
{
	size_t streams = state->position.streams;

	streams_fill(&reader->streams, &state->position, batch);
	pass_reset_state(pass);
	for (size_t l = 0; state->carries && l < pass->model->shape.layers;
		l++) {
		pass_set_state(pass, batch->steps, streams, l,
			state->carried[l]);
	}
}

void
reader_commit(struct reader *reader, struct reader_state *state,
	struct pass *pass)
{
	struct streams *streams = &reader->streams;

	streams_commit(streams, &state->position);
	if (!carries_state(streams))
		return;
	pass_carry_state(pass);
	for (size_t s = 0; s < streams->samples; s++)
		if (streams->is_reset[s])
			pass_clear_state(pass, s);
	state->carries = true;
	for (size_t l = 0; l < pass->model->shape.layers; l++) {
		pass_get_state(pass, l, state->carried[l]);
	}
}

double
reader_epoch_updates(const struct reader *reader)
{
	const struct streams *streams = &reader->streams;

	return ceil((double)streams->span /
		(double)(carries_state(streams) ? streams->steps
						: streams->samples));
}
