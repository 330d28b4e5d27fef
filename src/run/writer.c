/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/writer.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "core/sample.h"

bool
writer_create(struct writer *writer, const struct run *run, uint64_t seed,
	struct error *error)
{
	struct framing_config framing = settings_framing(run_settings(run));
	size_t steps = framing_steps(framing);

	*writer = (struct writer){
		.framing = framing,
		.tokens = run_features(run),
		.temperature = 1,
		.rule = reset_rule_create(run_settings(run)->reset_at,
			run_vocabulary(run)),
	};
	random_seed(&writer->random, seed, RANDOM_STREAM_GENERATE);
	writer->weight = memory_new(writer->tokens, sizeof(double));
	writer->window = memory_new(steps, sizeof *writer->window);
	writer->estimate = memory_new(writer->tokens, sizeof(float));
	if (writer->weight == NULL || writer->window == NULL ||
		writer->estimate == NULL) {
		writer_destroy(writer);
		return error_out_of_memory(error);
	}
	if (pass_create(&writer->pass, run_model(run), steps, 1, false, error))
		return true;
	writer_destroy(writer);
	return false;
}

void
writer_destroy(struct writer *writer)
{
	pass_destroy(&writer->pass);
	free(writer->weight);
	free(writer->estimate);
	free(writer->window);
	*writer = (struct writer){0};
}

void
writer_reset(struct writer *writer)
{
	pass_reset_state(&writer->pass);
	writer->read = writer->recents = 0;
	writer->used = writer->ready = 0;
}

/* Run the model on the tokens of its framing. */
static void
look(struct writer *writer)
{
	const struct framing *framing = writer->framing.framing;
	size_t steps = framing_steps(writer->framing);

	if (writer->no_memory) {
		pass_reset_state(&writer->pass);
		pass_predict_tokens(&writer->pass, 1, 1,
			writer->window + writer->read - 1);
		writer->used = 0;
		writer->ready = 1;
		return;
	}
	if (framing->carries_state) {
		pass_predict_tokens(&writer->pass, 1, 1, writer->window);
		pass_carry_state(&writer->pass);
	} else if (framing->reads_window) {
		/* the first windows are shorter */
		pass_predict_tokens(&writer->pass, writer->read, 1,
			writer->window);
	} else {
		for (size_t t = 1; t < steps; t++)
			writer->window[t] = writer->window[0];
		pass_predict_tokens(&writer->pass, steps, 1, writer->window);
	}
	writer->used = 0;
	writer->ready = framing_generated(writer->framing);
}

/* Append a token to the window. */
static void
take_in(struct writer *writer, uint32_t token)
{
	size_t room = writer->framing.framing->reads_window
		? writer->framing.window
		: 1;

	if (writer->read < room) {
		writer->window[writer->read++] = token;
		return;
	}
	for (size_t i = 1; i < room; i++)
		writer->window[i - 1] = writer->window[i];
	writer->window[room - 1] = token;
}

/* Whether the state is reset before this token. */
static bool
begins_anew(struct writer *writer, uint32_t token)
{
	if (writer->recents > RESET_LOOK_BACK) {
		writer->recents = RESET_LOOK_BACK;
		memmove(writer->recent, writer->recent + 1,
			RESET_LOOK_BACK * sizeof *writer->recent);
	}
	writer->recent[writer->recents++] = token;
	return reset_is_before(&writer->rule, writer->recent,
		writer->recents - 1);
}

void
writer_read(struct writer *writer, uint32_t token)
{
	if (begins_anew(writer, token))
		pass_reset_state(&writer->pass);
	take_in(writer, token);
	look(writer);
}

/* Read the opening that precedes a text: see reset_opening. */
static void
open_text(struct writer *writer)
{
	uint32_t opening[RESET_OPENING_MAX];
	size_t count = reset_opening(&writer->rule, opening);

	for (size_t i = 0; i < count; i++)
		writer_read(writer, opening[i]);
}

/* The scores of the next token. */
static const float *
scores_of(const struct writer *writer)
{
	const struct pass *pass = &writer->pass;
	size_t row = writer->no_memory                  ? 0
		: writer->framing.framing->reads_window ? writer->read - 1
							: writer->used;

	return pass->predictions + row * writer->tokens;
}

uint32_t
writer_write(struct writer *writer)
{
	uint32_t token;

	if (writer->read == 0)
		open_text(writer);
	token = (uint32_t)
		sample_softmax_estimated(writer->pass.model->context->kernel,
			scores_of(writer), writer->tokens, writer->temperature,
			&writer->random, writer->weight, writer->estimate);
	writer->used++;
	if (writer->used < writer->ready)
		take_in(writer, token);
	else
		writer_read(writer, token);
	return token;
}

uint64_t
writer_cost(const struct writer *writer)
{
	return model_token_cost(writer->pass.model) *
		framing_steps(writer->framing);
}
