/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reader of a run that learns a text: the text itself, its streams, and
 * the validation after each epoch. What it has come to is a struct
 * reader_state; a reader can be made anew beside any such state.
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
#include "run/text_loss.h"
#include "task/streams.h"
#include "task/text.h"

struct reader {
	bool is_open;
	struct text text;
	struct streams streams;
	double unigram, bigram; /* loss of simpler predictions: see text.h */
	bool is_measuring;      /* text_loss is begun */
	struct text_loss text_loss;
};

/*
 * How a run reads a text. A byte order mark is dropped, except by a run of
 * an older program whose vocabulary has it.
 */
struct text_config reader_text_config(const struct reader_state *state,
	const struct settings *settings);

/*
 * Read the text of a new run, whose vocabulary becomes that of the state, or
 * read it again for a state that has one.
 */
bool reader_begin(struct reader *reader, struct reader_state *state,
	const struct settings *settings, struct error *error);
bool reader_resume(struct reader *reader, const struct reader_state *state,
	const struct settings *settings, struct error *error);

/*
 * Make streams and room for their batches. The state is checked or, if it
 * has no positions yet, begins at the top of the text.
 */
bool reader_open(struct reader *reader, struct reader_state *state,
	const struct model *model, const struct settings *settings,
	struct batch *batch, struct error *error);

/*
 * Take on another state of a run of the same text and settings: what it does
 * not have yet is made, as by reader_open.
 */
bool reader_take_on(struct reader *reader, struct reader_state *state,
	const struct model *model, struct error *error);

void reader_destroy(struct reader *reader);

/* Fill the next batch, and let the pass over it start from the state. */
void reader_fill(struct reader *reader, const struct reader_state *state,
	struct batch *batch, struct pass *pass);

/*
 * After the update by that batch: move the state on, and take into it what
 * the pass leaves to the next.
 */
void reader_commit(struct reader *reader, struct reader_state *state,
	struct pass *pass);

/* Whether an epoch has ended whose validation is not done. */
bool reader_is_validating(const struct reader *reader,
	const struct reader_state *state);

/*
 * Do a part of the validation that is due; *cost is what it took, in
 * multiply-adds. Its last part writes the loss to the state. Returns false if
 * there is no memory for it.
 */
bool reader_validate(struct reader *reader, struct reader_state *state,
	const struct model *model, const struct settings *settings,
	uint64_t *cost, struct error *error);

/* Drop the validation that is under way. */
void reader_abandon(struct reader *reader);

/* Updates of an epoch, without the resets of --reset-at, which add some. */
double reader_epoch_updates(const struct reader *reader);

#endif
