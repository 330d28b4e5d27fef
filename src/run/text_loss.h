/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The mean loss of a model over a text or its last part, for validation and
 * evaluation. It is computed in small parts, so that keys are answered in
 * between.
 *
 * Each token is predicted exactly once in every framing and with all resets, if
 * enough text precedes it: one token, or a window in the framing many-to-one.
 * The framing one-to-many predicts consecutive windows.
 *
 * In the framing sequence several streams share the tokens. The loss differs by
 * at most 0.002 nats from that of one state carried through the whole text:
 * each stream warms up by reading the beginning of the text, then the tokens
 * before its own. The latter alone are not enough: a model whose state is never
 * reset has seen the zero state at only a few positions; started from zero
 * elsewhere, it may enter a state that it never leaves.
 */
#ifndef LSTMTUI_RUN_TEXT_LOSS_H
#define LSTMTUI_RUN_TEXT_LOSS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "run/batch_loss.h"
#include "task/framing.h"
#include "task/reset.h"
#include "task/text.h"

enum { TEXT_LOSS_STREAMS = 10 };

/*
 * A stream predicts the tokens [first, end). It reads [0, leave_at), then
 * [resume_at, end), resume_at >= leave_at. `next` is the next token to read.
 */
struct text_loss_stream {
	size_t next, first, end, leave_at, resume_at;
	bool resets; /* before the next token */
};

struct text_loss {
	const struct text *text; /* borrowed */
	struct framing_config framing;
	struct reset_rule rule;
	struct text_loss_stream stream[TEXT_LOSS_STREAMS];
	size_t streams; /* 0: windows from next_target on */
	size_t next_target;
	/* the current part, and the sums over all parts so far */
	struct batch_loss part;
	uint64_t characters; /* of the tokens predicted so far */
};

/*
 * Begin to compute the loss over the tokens from `first` to the end of the
 * text. The text must have framing_min tokens, and at least one from `first`
 * on. The model and the text are borrowed. Release it with text_loss_end, also
 * after a failure.
 */
bool text_loss_begin(struct text_loss *loss, const struct model *model,
	const struct text *text, struct framing_config framing, size_t first,
	const struct reset *reset, struct error *error);

/* Do a part. Returns its cost in multiply-adds. */
uint64_t text_loss_advance(struct text_loss *loss);

bool text_loss_is_done(const struct text_loss *loss);

/* The mean in nats and the number of the tokens predicted so far. */
double text_loss_mean(const struct text_loss *loss);
uint64_t text_loss_predicted(const struct text_loss *loss);

/* Return the number of the characters of these tokens. */
uint64_t text_loss_characters(const struct text_loss *loss);

void text_loss_end(struct text_loss *loss);

#endif
