/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/text_loss.h"

enum {
	/* min tokens per stream */
	SPAN_MIN = 1000,
	/* warm-up: tokens at the start of the text, and before the stream's */
	OPENING = 500,
	WARM_UP = 500,
	/* size of a part, small enough to answer keys promptly */
	STEPS = 10,
	WINDOWS = 200
};

/* The number of tokens needed before a predicted token. */
static size_t
context(struct framing_config framing)
{
	return framing.framing->reads_window ? framing.window : 1;
}

/* Divide the tokens from next_target on among the streams. */
static void
place_streams(struct text_loss *loss)
{
	size_t from = loss->next_target, count = loss->text->length - from;

	loss->streams = count / SPAN_MIN > 1 ? count / SPAN_MIN : 1;
	if (loss->streams > TEXT_LOSS_STREAMS)
		loss->streams = TEXT_LOSS_STREAMS;
	for (size_t s = 0; s < loss->streams; s++) {
		struct text_loss_stream *stream = &loss->stream[s];

		stream->first = from + count * s / loss->streams;
		stream->end = from + count * (s + 1) / loss->streams;
		stream->next = 0;
		stream->resume_at = stream->first > WARM_UP
			? stream->first - 1 - WARM_UP
			: 0;
		stream->leave_at = stream->resume_at < OPENING
			? stream->resume_at
			: OPENING;
	}
}

bool
text_loss_begin(struct text_loss *loss, const struct model *model,
	const struct text *text, struct framing_config framing, size_t first,
	const struct reset *reset, struct error *error)
{
	bool is_sequence = framing.framing->carries_state;
	const struct loss_config config = {.loss = &loss_crossentropy,
		.features = text->vocabulary.count};
	size_t min = context(framing), steps, samples;

	*loss = (struct text_loss){
		.text = text,
		.framing = framing,
		.rule = reset_rule_create(reset, &text->vocabulary),
		.next_target = first > min ? first : min,
	};
	if (is_sequence)
		place_streams(loss);
	steps = is_sequence ? STEPS : framing_steps(framing);
	samples = is_sequence ? loss->streams : WINDOWS;
	return batch_create_tokens(&loss->part.batch, steps, samples,
		       text->vocabulary.count, true, error) &&
		batch_loss_create(&loss->part, model, &config, steps, samples,
			error);
}

void
text_loss_end(struct text_loss *loss)
{
	batch_loss_destroy(&loss->part);
	*loss = (struct text_loss){0};
}

bool
text_loss_is_done(const struct text_loss *loss)
{
	for (size_t s = 0; s < loss->streams; s++)
		if (loss->stream[s].next + 1 < loss->stream[s].end)
			return false;
	return loss->streams > 0 || loss->next_target >= loss->text->length;
}

/* Put an input and its target into the batch; !counts: it is padding. */
static void
place(struct text_loss *loss, size_t at, size_t input, size_t target,
	bool counts)
{
	const struct token_array *token = &loss->text->token;

	loss->part.batch.input_tokens[at] = token_array_get(token, input);
	loss->part.batch.target_tokens[at] =
		counts ? token_array_get(token, target) : 0;
	loss->part.batch.mask[at] = counts;
	loss->part.batch.predicted += counts;
	if (counts)
		loss->characters += vocabulary_length(&loss->text->vocabulary,
			token_array_get(token, target));
}

/*
 * Fill a stream's part of the batch, up to the end of the stream or the next
 * reset. The rest is padding.
 */
static void
fill_stream(struct text_loss *loss, size_t s)
{
	struct text_loss_stream *stream = &loss->stream[s];

	stream->resets = false;
	for (size_t t = 0; t < STEPS; t++) {
		size_t at = t * loss->streams + s, target = stream->next + 1;

		if (stream->resets || target >= stream->end) {
			place(loss, at, 0, 0, false);
			continue;
		}
		place(loss, at, stream->next, target, target >= stream->first);
		stream->next++;
		if (stream->next == stream->leave_at)
			stream->next = stream->resume_at;
		stream->resets = reset_is_before_token(&loss->rule, loss->text,
			stream->next);
	}
}

/* Fill windows from zero state; each predicts the tokens after it. */
static void
fill_windows(struct text_loss *loss)
{
	struct batch *batch = &loss->part.batch;
	bool repeats = loss->framing.framing->writes_window;
	size_t takes = framing_generated(loss->framing);
	size_t length = loss->text->length, rest = length - loss->next_target;

	batch->samples = WINDOWS;
	if ((rest - 1) / takes + 1 < WINDOWS)
		batch->samples = (rest - 1) / takes + 1;
	batch->first_target = repeats ? 0 : batch->steps - 1;
	for (size_t s = 0; s < batch->samples; s++) {
		size_t first = loss->next_target + s * takes;

		for (size_t t = 0; t < batch->steps; t++) {
			size_t at = t * batch->samples + s;
			size_t input =
				repeats ? first - 1 : first - batch->steps + t;
			size_t target = repeats ? first + t : input + 1;

			place(loss, at, input, target,
				target >= first && target < length);
		}
	}
	loss->next_target += batch->samples * takes;
}

uint64_t
text_loss_advance(struct text_loss *loss)
{
	const struct batch *batch = &loss->part.batch;
	struct pass *pass = &loss->part.pass;

	loss->part.batch.predicted = 0;
	for (size_t s = 0; s < loss->streams; s++)
		fill_stream(loss, s);
	if (loss->streams == 0)
		fill_windows(loss);
	batch_loss_add(&loss->part);
	if (loss->streams > 0)
		pass_carry_state(pass);
	for (size_t s = 0; s < loss->streams; s++)
		if (loss->stream[s].resets)
			pass_clear_state(pass, s);
	return (uint64_t)(batch->steps - batch->first_target) * batch->samples *
		model_token_cost(pass->model);
}

double
text_loss_mean(const struct text_loss *loss)
{
	return batch_loss_mean(&loss->part);
}

uint64_t
text_loss_predicted(const struct text_loss *loss)
{
	return loss->part.predicted;
}

uint64_t
text_loss_characters(const struct text_loss *loss)
{
	return loss->characters;
}
