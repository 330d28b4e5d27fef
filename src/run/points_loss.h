/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The mean loss of a model over the points of a file that are held out for
 * validation: the last sequences, or the end of a single sequence. It is
 * computed in small parts, so that keys are answered in between.
 *
 * Every prediction counts that training on the held-out sequences would make,
 * once. Of a single sequence, those count whose targets are all held out; what
 * precedes them is read: in the framing sequence the whole sequence, so that
 * the state is the one that training leads to.
 */
#ifndef LSTMTUI_RUN_POINTS_LOSS_H
#define LSTMTUI_RUN_POINTS_LOSS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "run/batch_loss.h"
#include "task/framing.h"
#include "task/sequences.h"

enum { POINTS_LOSS_STREAMS = 10 };

/* A stream reads held-out sequences, one after the other. */
struct points_loss_stream {
	/* indices of points: next to read, first target, end of the sequence */
	size_t next, from, end;
	bool resets; /* the state, before the next point */
};

struct points_loss {
	const struct sequences *sequences; /* borrowed */
	struct framing_config framing;
	size_t sequence; /* the next sequence to begin */
	struct points_loss_stream stream[POINTS_LOSS_STREAMS];
	size_t streams;     /* 0: windows */
	size_t windows_max; /* of a part */
	size_t target, end; /* of the next window; end: of its sequence */
	/* the current part, and the sums over all parts so far */
	struct batch_loss part;
};

/*
 * Begin to compute the loss over the held-out part, which makes at least one
 * prediction. The model and the sequences are borrowed. Release it with
 * points_loss_end, also after a failure. Returns false if out of memory.
 */
bool points_loss_begin(struct points_loss *loss, const struct model *model,
	const struct sequences *sequences, struct framing_config framing,
	const struct loss_config *config, struct error *error);

/* Do a part. Returns its cost in multiply-adds. */
uint64_t points_loss_advance(struct points_loss *loss);

bool points_loss_is_done(const struct points_loss *loss);

/* The mean over the predictions so far. */
double points_loss_mean(const struct points_loss *loss);

void points_loss_end(struct points_loss *loss);

#endif
