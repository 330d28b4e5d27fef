/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The mean loss of a model over a text, or over its last part, taken in small
 * parts so that keys are answered in between. Validation and evaluation both
 * use it.
 *
 * Each token is predicted once, whatever the framing and the resets, as far
 * as enough of the text stands before it: one token, or a window in the
 * framing many-to-one. In the framing one-to-many each prediction of a window
 * is taken once, from windows that stand one after the other.
 *
 * In the framing `sequence` the tokens are shared among a few streams, and
 * the loss is that of one state carried through the whole text, up to 0.002
 * nats. So each stream first reads the beginning of the text and then the
 * tokens before its own (warm-up). The latter alone would not do: a model
 * that never resets its state knows zero states from few places, and from
 * another place it may come to a state that it does not leave again.
 */
#ifndef LSTMTUI_RUN_TEXT_LOSS_H
#define LSTMTUI_RUN_TEXT_LOSS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "core/pass.h"
#include "task/framing.h"
#include "task/reset.h"
#include "task/text.h"

enum { TEXT_LOSS_STREAMS = 10 };

/*
 * A stream predicts the tokens [first, end). It reads [0, leave_at), goes on
 * at resume_at, not below leave_at, and reads up to the end; `next` is next.
 */
struct text_loss_stream {
	size_t next, first, end, leave_at, resume_at;
	bool resets; /* before it reads on */
};

struct text_loss {
	const struct text *text; /* borrowed */
	struct framing_config framing;
	struct reset_rule rule;
	struct text_loss_stream stream[TEXT_LOSS_STREAMS];
	size_t streams; /* 0: windows, from next_target on */
	size_t next_target;
	struct batch batch;
	struct pass pass;
	struct loss_config config;
	float *gradient; /* the loss's gradient, of no use here */
	double sum;
	uint64_t predicted;
};

/*
 * Begin: over the tokens from `first` on to the end of the text, which has
 * framing_least tokens and one from `first` on. The model and the text are
 * borrowed. Released by text_loss_end, also where this returned false.
 */
bool text_loss_begin(struct text_loss *loss, const struct model *model,
	const struct text *text, struct framing_config framing, size_t first,
	const struct reset *reset, struct error *error);

/* Do a part; returns its cost in multiply-adds. */
uint64_t text_loss_advance(struct text_loss *loss);

bool text_loss_is_done(const struct text_loss *loss);

/* The mean over the `predicted` tokens so far, in nats a token. */
double text_loss_mean(const struct text_loss *loss);

void text_loss_end(struct text_loss *loss);

#endif
