/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reader of a run that learns a text: the text itself, where its streams
 * are, and what the validation after each pass came to. For generation and
 * evaluation the vocabulary alone is enough.
 */
#ifndef LSTMTUI_RUN_READER_H
#define LSTMTUI_RUN_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "core/pass.h"
#include "run/settings.h"
#include "run/text_loss.h"
#include "task/streams.h"
#include "task/text.h"

/* Losses on the part of the text that is kept from training. */
struct validation {
	uint64_t epochs;   /* after which it was last done */
	double last, best; /* NaN: not yet */
	uint64_t best_epoch;
	bool has_improved; /* since this was last set to false */
};

struct reader {
	struct vocabulary vocabulary;
	/* the text's byte order mark is no character of the run */
	bool dropped_mark;
	bool is_open;
	struct text text;
	struct streams streams;
	double unigram, bigram; /* what simpler guessing costs: text.h */
	struct validation validation;
	bool is_validating;
	struct text_loss text_loss;

	uint64_t epochs; /* as of the last update */
	/* as a file had them, until it is open */
	size_t kept_streams;
	uint64_t *kept_next;                 /* [kept_streams] */
	float *kept_state[MODEL_LAYERS_MAX]; /* hidden, then cell */
};

/*
 * How the run reads a text. A byte order mark is dropped, except by a run of
 * an older program whose vocabulary has it.
 */
struct text_config reader_text_config(const struct reader *reader,
	const struct settings *settings);

/* Read a text for a new run: its vocabulary is the run's. */
bool reader_begin(struct reader *reader, const struct settings *settings,
	struct error *error);

/* Read it again for a saved run, which has the vocabulary. */
bool reader_resume(struct reader *reader, const struct settings *settings,
	struct error *error);

/*
 * Make streams and room for their batches; where a file left off, put the
 * pass's state back.
 */
bool reader_open(struct reader *reader, const struct settings *settings,
	struct batch *batch, struct error *error);
void reader_restore(struct reader *reader, struct pass *pass);

/*
 * How many samples of the text a batch has, fewer than asked for where the
 * text is short; 0: the run has never been opened.
 */
size_t reader_streams(const struct reader *reader);

void reader_destroy(struct reader *reader);

/* Back to the top of the text. */
void reader_reset(struct reader *reader);

/* Back to where the streams were after an earlier update. */
void reader_return(struct reader *reader, uint64_t epochs,
	const uint64_t *next);

/*
 * After an update: move on, and carry the state on where it is carried. The
 * validation that is due then is done bit by bit: reader_validate returns
 * what a bit of it cost, in multiply-adds, and 0 where nothing is due.
 */
void reader_commit(struct reader *reader, struct pass *pass);
bool reader_begin_validation(struct reader *reader, const struct model *model,
	const struct settings *settings, struct error *error);
uint64_t reader_validate(struct reader *reader);

/* Updates of an epoch, without the resets of --reset-at, which add some. */
double reader_epoch_updates(const struct reader *reader);

/* The learning rate of the present epoch: see settings.h on its decay. */
double reader_learning_rate(const struct reader *reader,
	const struct settings *settings);

#endif
