/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Make batches of tokens from a text, epoch after epoch.
 *
 * In the framing `sequence`, the text is divided into streams of equal length,
 * one for each sample of a batch, or fewer if they would be shorter than
 * `length` tokens. A batch takes the next tokens of each stream, at most
 * `length` (truncated BPTT). The state is carried from batch to batch. It is
 * zero at the start of a stream and, with --reset-at, at the start of a line or
 * paragraph. A reset ends a stream's part of the batch early; the rest of it is
 * masked.
 *
 * In the other framings, the samples of a batch are windows that begin at
 * successive tokens, each with zero state.
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

/* The part of a text to read, and the size of batches. */
struct streams_config {
	struct framing_config framing;
	size_t first, end; /* tokens [first, end) of the text */
	size_t samples;    /* maximum samples of a batch */
	size_t length;     /* maximum steps of a batch; for `sequence` */
	const struct reset *reset;
};

/* The streams' positions in the text: a value that can be saved and loaded. */
struct streams_position {
	uint64_t epochs; /* completed epochs */
	size_t streams;  /* 0: not created yet */
	uint64_t *next;  /* [streams]: tokens of each stream read so far */
};

struct streams {
	const struct text *text; /* borrowed */
	struct streams_config config;
	struct reset_rule rule;
	size_t samples; /* maximum samples of a batch */
	size_t steps;   /* steps of a batch */
	size_t span;    /* tokens that a stream predicts in an epoch */
	/* the position after the current batch */
	uint64_t *next_after; /* [samples] */
	uint64_t epochs_after;
	bool *is_reset; /* [samples]: the state is zero after the batch */
};

/*
 * Create the streams of a text. The configured part must have at least
 * framing_min tokens. Release the streams with streams_destroy. Return false if
 * out of memory.
 */
bool streams_create(struct streams *streams, const struct text *text,
	const struct streams_config *config, struct error *error);
void streams_destroy(struct streams *streams);

/*
 * Create the position of a number of streams at their start. Release it with
 * streams_position_destroy. Both positions of streams_position_copy must have
 * the same number of streams. A position of 0 streams may be reset.
 */
bool streams_position_create(struct streams_position *position, size_t streams,
	struct error *error);
void streams_position_reset(struct streams_position *position);
void streams_position_copy(struct streams_position *to,
	const struct streams_position *from);
void streams_position_destroy(struct streams_position *position);

/* Allocate a batch for streams_fill. Release it with batch_destroy. */
bool streams_create_batch(const struct streams *streams, struct batch *batch,
	struct error *error);

/*
 * Fill the next batch from a position of `samples` streams. streams_commit sets
 * the position to the end of that batch.
 */
void streams_fill(struct streams *streams,
	const struct streams_position *position, struct batch *batch);
void streams_commit(const struct streams *streams,
	struct streams_position *position);

#endif
