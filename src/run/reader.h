/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reader of a run that learns a text: the text itself and its streams. Its
 * values are in a struct reader_state, from which a reader can be recreated.
 */
#ifndef LSTMTUI_RUN_READER_H
#define LSTMTUI_RUN_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "core/pass.h"
#include "run/reader_state.h"
#include "run/settings.h"
#include "task/streams.h"
#include "task/text.h"

struct reader {
	bool is_open;
	struct text text;
	struct streams streams;
	double unigram, bigram; /* losses of simple predictors: see text.h */
	/* mean characters of a token of the validation part; 1 without one */
	double token_length;
};

/*
 * Return how a run reads its text. A byte order mark is dropped, except in a
 * run of an older version whose vocabulary contains it.
 */
struct text_config reader_text_config(const struct reader_state *state,
	const struct settings *settings);

/*
 * Read the text of a new run and copy its vocabulary to the state. For a saved
 * run, read the text again and check that the vocabulary is the same.
 */
bool reader_begin(struct reader *reader, struct reader_state *state,
	const struct settings *settings, struct error *error);
bool reader_resume(struct reader *reader, const struct reader_state *state,
	const struct settings *settings, struct error *error);

/*
 * Create the streams and allocate their batch. Check the positions in the
 * state; if it has none yet, start at the beginning of the text.
 */
bool reader_open(struct reader *reader, struct reader_state *state,
	const struct model *model, const struct settings *settings,
	struct batch *batch, struct error *error);

/*
 * Switch to another state of a run with the same text and settings. Check its
 * positions or create them, as reader_open does.
 */
bool reader_take_on(struct reader *reader, struct reader_state *state,
	const struct model *model, struct error *error);

void reader_destroy(struct reader *reader);

/* Fill the next batch, and set the initial state of the pass over it. */
void reader_fill(struct reader *reader, const struct reader_state *state,
	struct batch *batch, struct pass *pass);

/*
 * After the update with that batch: advance the positions, and copy the state
 * that the pass carries to the next batch.
 */
void reader_commit(struct reader *reader, struct reader_state *state,
	struct pass *pass);

/* Updates per epoch, without the additional ones caused by --reset-at. */
double reader_epoch_updates(const struct reader *reader);

#endif
