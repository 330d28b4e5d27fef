/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/reader.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

struct text_config
reader_text_config(const struct reader *reader, const struct settings *settings)
{
	struct text_config config = {
		.is_bytes = settings->bytes,
		.validation = settings->validation,
	};

	if (settings->bytes || reader->dropped_mark)
		return config;
	for (size_t i = 0; i < reader->vocabulary.count; i++)
		config.keeps_mark |=
			reader->vocabulary.character[i] == UTF8_MARK;
	return config;
}

static bool
read_text(struct reader *reader, const struct settings *settings,
	struct error *error)
{
	size_t min = framing_min(settings_framing(settings));
	struct text_config config = reader_text_config(reader, settings);

	if (!text_read(&reader->text, settings->data, &config, error))
		return false;
	reader->dropped_mark = reader->text.dropped_mark;
	if (reader->text.training < min)
		return error_set(error,
			"%s: too few characters to train on: "
			"%zu, but a window and what follows it take %zu",
			settings->data, reader->text.training, min);
	return text_entropies(&reader->text, &reader->unigram, &reader->bigram,
		error);
}

/* A new run must not ask for resets that never come. */
static bool
check_resets(const struct reader *reader, const struct settings *settings,
	struct error *error)
{
	const struct reset *at = settings->reset_at;
	struct reset_rule rule =
		reset_rule_create(at, &reader->text.vocabulary);

	if (at->line_ends == 0 ||
		reset_is_within(&rule, reader->text.token,
			reader->text.training))
		return true;
	return error_set_usage(error,
		"%s: --reset-at %s has no effect: no %s "
		"within the %zu characters to train on; use --reset-at never",
		settings->data, at->kind.name, at->missing,
		reader->text.training);
}

bool
reader_begin(struct reader *reader, const struct settings *settings,
	struct error *error)
{
	reader->validation = (struct validation){.last = NAN, .best = NAN};
	return read_text(reader, settings, error) &&
		check_resets(reader, settings, error) &&
		vocabulary_copy(&reader->vocabulary, &reader->text.vocabulary,
			error);
}

bool
reader_resume(struct reader *reader, const struct settings *settings,
	struct error *error)
{
	if (!read_text(reader, settings, error))
		return false;
	if (!vocabulary_equals(&reader->vocabulary, &reader->text.vocabulary))
		return error_set(error,
			"%s: not the text that the run began "
			"with",
			settings->data);
	return true;
}

/* Where in the text the streams of a model file were. */
static bool
take_places(struct reader *reader, struct error *error)
{
	struct streams *streams = &reader->streams;

	/* as many as there are states that reader_restore takes */
	if (reader->kept_streams != streams->samples)
		return error_set(error,
			"damaged: the tensor 'streams.next' "
			"has %zu streams, not %zu",
			reader->kept_streams, streams->samples);
	for (size_t s = 0; s < streams->samples; s++) {
		if (reader->kept_next[s] >= streams->span)
			return error_set(error,
				"damaged: the tensor "
				"'streams.next' does not fit the text");
		streams->next[s] = reader->kept_next[s];
	}
	return true;
}

size_t
reader_streams(const struct reader *reader)
{
	return reader->is_open ? reader->streams.samples : reader->kept_streams;
}

bool
reader_open(struct reader *reader, const struct settings *settings,
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
	streams->epochs = reader->epochs;
	if (reader->kept_next != NULL && !take_places(reader, error))
		return false;
	reader->is_open = true;
	return true;
}

void
reader_restore(struct reader *reader, struct pass *pass)
{
	const struct streams *streams = &reader->streams;

	for (size_t l = 0; l < pass->model->shape.layers; l++) {
		float *state = reader->kept_state[l];

		if (state != NULL)
			pass_set_state(pass, streams->steps, streams->samples,
				l, state);
		free(state);
		reader->kept_state[l] = NULL;
	}
}

void
reader_destroy(struct reader *reader)
{
	if (reader->is_validating)
		text_loss_end(&reader->text_loss);
	vocabulary_destroy(&reader->vocabulary);
	text_destroy(&reader->text);
	streams_destroy(&reader->streams);
	free(reader->kept_next);
	for (size_t l = 0; l < MODEL_LAYERS_MAX; l++)
		free(reader->kept_state[l]);
	*reader = (struct reader){0};
}

static void
end_validation(struct reader *reader)
{
	if (reader->is_validating)
		text_loss_end(&reader->text_loss);
	reader->is_validating = false;
}

void
reader_return(struct reader *reader, uint64_t epochs, const uint64_t *next)
{
	struct streams *streams = &reader->streams;

	end_validation(reader);
	reader->validation.has_improved = false;
	memcpy(streams->next, next, streams->samples * sizeof *next);
	streams->epochs = epochs;
	reader->epochs = epochs;
}

void
reader_reset(struct reader *reader)
{
	end_validation(reader);
	reader->validation = (struct validation){.last = NAN, .best = NAN};
	if (reader->is_open)
		streams_reset(&reader->streams);
	reader->epochs = 0;
}

void
reader_commit(struct reader *reader, struct pass *pass)
{
	struct streams *streams = &reader->streams;

	if (streams->config.framing.framing->carries_state) {
		pass_carry_state(pass);
		for (size_t s = 0; s < streams->samples; s++)
			if (streams->ends[s])
				pass_clear_state(pass, s);
	}
	streams_commit(streams);
	reader->epochs = streams->epochs;
}

bool
reader_begin_validation(struct reader *reader, const struct model *model,
	const struct settings *settings, struct error *error)
{
	const struct text *text = &reader->text;
	struct framing_config framing = settings_framing(settings);

	if (reader->is_validating ||
		reader->validation.epochs >= reader->streams.epochs ||
		text->training == text->length)
		return true;
	if (!text_loss_begin(&reader->text_loss, model, text, framing,
		    text->training, settings->reset_at, error)) {
		text_loss_end(&reader->text_loss);
		return false;
	}
	reader->is_validating = true;
	return true;
}

uint64_t
reader_validate(struct reader *reader)
{
	struct validation *validation = &reader->validation;
	uint64_t cost;

	if (!reader->is_validating)
		return 0;
	cost = text_loss_advance(&reader->text_loss);
	if (!text_loss_is_done(&reader->text_loss))
		return cost;
	validation->epochs = reader->streams.epochs;
	validation->last = text_loss_mean(&reader->text_loss);
	if (!(validation->last >= validation->best)) {
		validation->best = validation->last;
		validation->best_epoch = validation->epochs;
		validation->has_improved = true;
	}
	text_loss_end(&reader->text_loss);
	reader->is_validating = false;
	return cost;
}

double
reader_learning_rate(const struct reader *reader,
	const struct settings *settings)
{
	uint64_t before = settings->decay_after;

	/* the epochs that have the whole rate; one of them at least */
	before = before > 0 ? before - 1 : 0;
	if (reader->epochs <= before || settings->decay >= 1)
		return settings->learning_rate;
	return settings->learning_rate *
		pow(settings->decay, (double)(reader->epochs - before));
}

double
reader_epoch_updates(const struct reader *reader)
{
	const struct streams *streams = &reader->streams;
	bool is_carried = streams->config.framing.framing->carries_state;

	return ceil((double)streams->span /
		(double)(is_carried ? streams->steps : streams->samples));
}
