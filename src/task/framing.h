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
#include "base/kind.h"
#include "core/batch.h"

struct framing {
	struct kind kind;
	bool carries_state; /* generation carries it from point to point too */
	bool reads_window;  /* a sample is a window of points */
	bool writes_window; /* a sample predicts as many as a window has */
	bool pads; /* short sequences leave steps that count for nothing */

	/* The steps and samples of one sequence of `length` points. */
	void (*measure)(size_t window, size_t length, size_t *steps,
		size_t *samples);

	/* Put the samples of points[length, features] from `sample` on. */
	void (*place)(struct batch *batch, size_t sample, size_t length,
		const float *points);
};

/* Each point predicts the next, from zero state: L - 1 samples. */
extern const struct framing framing_one_to_one;
/* One sample of L - 1 steps, the state carried, BPTT through all. */
extern const struct framing framing_sequence;
/* Every window of N points predicts the next, from zero state. */
extern const struct framing framing_many_to_one;
/* Each point, fed at each of N steps, predicts the N that follow. */
extern const struct framing framing_one_to_many;

/* All of them; ends with NULL. */
extern const struct kind *const framing_list[];

/* A framing with the number that it needs. */
struct framing_config {
	const struct framing *framing;
	size_t window; /* N, at least 1 */
};

/* Whether a framing has windows. */
bool framing_has_window(const struct framing *framing);

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
