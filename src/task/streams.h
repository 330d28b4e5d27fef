/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Streams make batches of tokens from a text, pass after pass through it.
 *
 * In the framing `sequence` the text is cut into as many streams of equal
 * length as a batch has samples, or fewer where they would be shorter than
 * one part of a batch. Every batch takes the next tokens of each,
 * `length` of them at most (truncated BPTT), and the state is carried from
 * one batch to the next. It starts from zero with a stream and, where that is
 * asked for, after the end of a line or paragraph: there a stream's part of
 * the batch is cut short, and the rest of it is padding.
 *
 * In the other framings a batch's samples are windows that begin one token
 * after the other, each from zero state.
 */
#ifndef LSTMTUI_TASK_STREAMS_H
#define LSTMTUI_TASK_STREAMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "core/batch.h"
#include "task/framing.h"
#include "task/reset.h"
#include "task/text.h"

/* Where and how to read. */
struct streams_config {
	struct framing_config framing;
	size_t first, end; /* tokens of the text */
	size_t samples;    /* wanted in a batch */
	size_t length;     /* steps, of `sequence` */
	const struct reset *reset;
};

struct streams {
	const struct text *text; /* borrowed */
	struct streams_config config;
	struct reset_rule rule;
	size_t samples; /* in a batch, at most */
	size_t steps;
	size_t span;     /* tokens that a stream predicts in a pass */
	uint64_t epochs; /* whole ones */
	uint64_t *next;  /* [samples]: where each stream goes on */
	/* what next and passes become when the batch is done */
	uint64_t *after;
	uint64_t epochs_after;
	bool *ends; /* [samples]: the state is not carried on */
};

/*
 * Begin at the top. The range has framing_least tokens at least. Release it
 * with streams_destroy.
 */
bool streams_create(struct streams *streams, const struct text *text,
	const struct streams_config *config, struct error *error);
void streams_destroy(struct streams *streams);
void streams_reset(struct streams *streams);

/* Room for its batches; released by batch_destroy. */
bool streams_create_batch(const struct streams *streams, struct batch *batch,
	struct error *error);

/* The next batch. Nothing has moved on before streams_commit. */
void streams_fill(struct streams *streams, struct batch *batch);
void streams_commit(struct streams *streams);

#endif
