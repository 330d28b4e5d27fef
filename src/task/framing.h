/* SPDX-License-Identifier: GPL-3.0-or-later */
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
	FRAMING_SEQUENCE,
	/* every window of N points predicts the next, from zero state */
	FRAMING_MANY_TO_ONE,
	/* each point, fed at each of N steps, predicts the N that follow */
	FRAMING_ONE_TO_MANY
};

/* A framing with what it needs to know. */
struct framing_config {
	enum framing framing;
	size_t window; /* N, at least 1 */
};

/* The name and a one-line summary by enumerator; NULL past the last. */
const char *framing_name(size_t framing);
const char *framing_summary(size_t framing);

/* Whether generation carries the state from one point to the next. */
bool framing_carries_state(enum framing framing);

/* Whether a framing has windows. */
bool framing_has_window(enum framing framing);

/*
 * How many points generation starts from, how many steps each call of the
 * model has then, and how many of its predictions are taken.
 */
size_t framing_starts(struct framing_config config);
size_t framing_steps(struct framing_config config);
size_t framing_takes(struct framing_config config);

/* The shortest sequence that has a sample at all. */
size_t framing_min(struct framing_config config);

/* The steps and samples that one sequence of `length` points comes to. */
void framing_measure(struct framing_config config, size_t length, size_t *steps,
	size_t *samples);

/*
 * Make room in *batch for the samples of `count` sequences of up to
 * `longest` points (at least framing_least) of `features` numbers. Release it
 * with batch_destroy. Returns false when memory cannot be had.
 */
bool framing_create(struct framing_config config, size_t count, size_t longest,
	size_t features, struct batch *batch, struct error *error);

/*
 * Fill the batch from points[count, longest, features], of which the k-th
 * sequence has lengths[k] points, framing_least to `longest`.
 */
void framing_fill(struct framing_config config, size_t count, size_t longest,
	const size_t *lengths, const float *points, struct batch *batch);

#endif
