/*
 * A framing says how a sequence of points becomes samples: what the network
 * sees, what it has to predict, and where its state starts from zero. It
 * also settles how the trained network generates.
 */
#ifndef LSTMTUI_TASK_FRAMING_H
#define LSTMTUI_TASK_FRAMING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "core/batch.h"

enum framing {
	/* each point predicts the next, from zero state: L - 1 samples */
	FRAMING_ONE_TO_ONE,
	/* one sample of L - 1 steps, the state carried, BPTT through all */
	FRAMING_SEQUENCE
};

/* The name and a one-line summary by enumerator; NULL past the last. */
const char *framing_name(size_t framing);
const char *framing_summary(size_t framing);

/* Whether generation carries the state from one point to the next. */
bool framing_carries_state(enum framing framing);

/* The steps and samples that one sequence of `length` points comes to. */
void framing_measure(enum framing framing, size_t length, size_t *steps,
	size_t *samples);

/*
 * Make room in *batch for the samples of `count` sequences of up to
 * `longest` points (at least 2) of `features` numbers. Release it with
 * framing_destroy. Returns false when memory cannot be had.
 */
bool framing_create(enum framing framing, size_t count, size_t longest,
	size_t features, struct batch *batch, struct error *error);

void framing_destroy(struct batch *batch);

/*
 * Fill the batch from points[count, longest, features], of which the k-th
 * sequence has lengths[k] points, 2 to `longest`.
 */
void framing_fill(enum framing framing, size_t count, size_t longest,
	const size_t *lengths, const float *points, struct batch *batch);

#endif
