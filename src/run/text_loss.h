/*
 * The mean loss of a model over a range of a text that it does not train on,
 * taken in small parts so that keys are answered in between.
 */
#ifndef LSTMTUI_RUN_TEXT_LOSS_H
#define LSTMTUI_RUN_TEXT_LOSS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "core/pass.h"
#include "task/streams.h"

struct text_loss {
	struct streams streams;
	struct batch batch;
	struct pass pass;
	struct loss_form form;
	float *slopes; /* the loss's gradient, of no use here */
	double sum;
	uint64_t predicted;
};

/* Begin. The model and the text are borrowed. Released by text_loss_end. */
bool text_loss_begin(struct text_loss *loss, const struct model *model,
	const struct text *text, struct framing_form framing, size_t first,
	size_t end, enum streams_reset reset, struct error *error);

/* Do a part; returns its cost in multiply-adds. */
uint64_t text_loss_advance(struct text_loss *loss);

bool text_loss_is_done(const struct text_loss *loss);

/* The mean over what was predicted so far, in nats a symbol. */
double text_loss_mean(const struct text_loss *loss);

void text_loss_end(struct text_loss *loss);

#endif
