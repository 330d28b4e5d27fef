/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task/streams.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static bool
is_sequence(const struct streams *streams)
{
	return streams->config.framing.framing->carries_state;
}

bool
streams_create(struct streams *streams, const struct text *text,
	const struct streams_config *config, struct error *error)
{
	size_t steps, windows;

	assert(config->samples > 0 && config->length > 0);
	assert(config->end <= text->length &&
		config->end >= config->first + framing_min(config->framing));
	*streams = (struct streams){
		.text = text,
		.config = *config,
		.rule = reset_rule_create(config->reset, &text->vocabulary),
	};
	framing_measure(config->framing, config->end - config->first, &steps,
		&windows);
	if (is_sequence(streams)) {
		/* here `steps` is the number of tokens to predict */
		streams->samples =
			steps / config->length > 0 ? steps / config->length : 1;
		if (streams->samples > config->samples)
			streams->samples = config->samples;
		/* samples is at least 1 */
		/* NOLINTNEXTLINE(clang-analyzer-core.DivideZero) */
		streams->span = steps / streams->samples;
		streams->steps = config->length < streams->span ? config->length
								: streams->span;
	} else {
		streams->span = windows;
		streams->samples =
			config->samples < windows ? config->samples : windows;
		streams->steps = steps;
	}
	streams->next_after = memory_new(streams->samples, sizeof(uint64_t));
	streams->is_reset = memory_new(streams->samples, sizeof(bool));
	if (streams->next_after != NULL && streams->is_reset != NULL)
		return true;
	streams_destroy(streams);
	return error_out_of_memory(error);
}

void
streams_destroy(struct streams *streams)
{
	free(streams->next_after);
	free(streams->is_reset);
	*streams = (struct streams){0};
}

bool
streams_position_create(struct streams_position *position, size_t streams,
	struct error *error)
{
	uint64_t *next = memory_new(streams, sizeof *next);

	if (next == NULL)
		return error_out_of_memory(error);
	position->streams = streams;
	position->next = next;
	return true;
}

void
streams_position_reset(struct streams_position *position)
{
	position->epochs = 0;
	for (size_t s = 0; s < position->streams; s++)
		position->next[s] = 0;
}

void
streams_position_copy(struct streams_position *to,
	const struct streams_position *from)
{
	to->epochs = from->epochs;
	for (size_t s = 0; s < from->streams; s++)
		to->next[s] = from->next[s];
}

void
streams_position_destroy(struct streams_position *position)
{
	free(position->next);
	*position = (struct streams_position){0};
}

bool
streams_create_batch(const struct streams *streams, struct batch *batch,
	struct error *error)
{
	return batch_create_tokens(batch, streams->steps, streams->samples,
		streams->text->vocabulary.count, is_sequence(streams), error);
}

/* Fill one stream's part of a batch. */
static void
fill_stream(struct streams *streams, size_t s, uint64_t next,
	struct batch *batch)
{
	const struct token_array *token = &streams->text->token;
	size_t start = streams->config.first + s * streams->span;
	bool is_reset = false;

	assert(next < streams->span);
	for (size_t t = 0; t < streams->steps; t++) {
		size_t i = t * batch->samples + s, at = start + (size_t)next;
		bool has_token = !is_reset;

		batch->mask[i] = has_token;
		batch->input_tokens[i] =
			has_token ? token_array_get(token, at) : 0;
		batch->target_tokens[i] =
			has_token ? token_array_get(token, at + 1) : 0;
		if (!has_token)
			continue;
		batch->predicted++;
		next++;
		is_reset = next == streams->span ||
			reset_is_before_token(&streams->rule, streams->text,
				at + 1);
	}
	streams->is_reset[s] = is_reset;
	if (next == streams->span) {
		next = 0;
		/* all streams have the same length: count the first one */
		streams->epochs_after += s == 0;
	}
	streams->next_after[s] = next;
}

static void
fill_windows(struct streams *streams, uint64_t next, struct batch *batch)
{
	const struct framing *framing = streams->config.framing.framing;
	const struct token_array *token = &streams->text->token;
	size_t rest = streams->span - (size_t)next;

	assert(next < streams->span);
	if (batch->samples > rest)
		batch->samples = rest;
	for (size_t s = 0; s < batch->samples; s++)
		for (size_t t = 0; t < streams->steps; t++) {
			size_t at = t * batch->samples + s;
			size_t window =
				streams->config.first + (size_t)next + s;

			batch->input_tokens[at] = token_array_get(token,
				framing->writes_window ? window : window + t);
			batch->target_tokens[at] =
				token_array_get(token, window + t + 1);
		}
	batch->first_target = framing->reads_window ? streams->steps - 1 : 0;
	batch->predicted =
		batch->samples * (streams->steps - batch->first_target);
	next += batch->samples;
	streams->epochs_after += next == streams->span;
	streams->next_after[0] = next == streams->span ? 0 : next;
}

void
streams_fill(struct streams *streams, const struct streams_position *position,
	struct batch *batch)
{
	batch->steps = streams->steps;
	batch->samples = streams->samples;
	batch->predicted = 0;
	batch->first_target = 0;
	streams->epochs_after = position->epochs;
	if (!is_sequence(streams)) {
		fill_windows(streams, position->next[0], batch);
		return;
	}
	for (size_t s = 0; s < streams->samples; s++)
		fill_stream(streams, s, position->next[s], batch);
}

void
streams_commit(const struct streams *streams, struct streams_position *position)
{
	memcpy(position->next, streams->next_after,
		streams->samples * sizeof *position->next);
	position->epochs = streams->epochs_after;
}
