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

/* Where the streams are in the text: a value that can be saved and put back. */
struct streams_position {
	uint64_t epochs; /* whole ones through the text */
	size_t streams;  /* 0: not made yet */
	uint64_t *next;  /* [streams]: tokens of its part that each has read */
};

struct streams {
	const struct text *text; /* borrowed */
	struct streams_config config;
	struct reset_rule rule;
	size_t samples; /* in a batch, at most */
	size_t steps;
	size_t span; /* tokens that a stream predicts in an epoch */
	/* what the position becomes when the batch is done; [samples] */
	uint64_t *after;
	uint64_t epochs_after;
	bool *ends; /* [samples]: the state is not carried on */
};

/*
 * Make the streams of a text. The range has framing_min tokens at least.
 * Release them with streams_destroy.
 */
bool streams_create(struct streams *streams, const struct text *text,
	const struct streams_config *config, struct error *error);
void streams_destroy(struct streams *streams);

/*
 * The position of so many streams, at the top of the text. Release it with
 * streams_position_destroy. streams_position_copy is between two positions of
 * as many streams; resetting one of 0 streams is allowed.
 */
bool streams_position_create(struct streams_position *position, size_t streams,
	struct error *error);
void streams_position_reset(struct streams_position *position);
void streams_position_copy(struct streams_position *to,
	const struct streams_position *from);
void streams_position_destroy(struct streams_position *position);

/* Room for its batches; released by batch_destroy. */
bool streams_create_batch(const struct streams *streams, struct batch *batch,
	struct error *error);

/*
 * Fill the next batch from a position of `samples` streams, which
 * streams_commit moves on to the end of that batch.
 */
void streams_fill(struct streams *streams,
	const struct streams_position *position, struct batch *batch);
void streams_commit(const struct streams *streams,
	struct streams_position *position);

#endif
