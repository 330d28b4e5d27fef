/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A framing converts a sequence of points to training samples: it defines the
 * network's inputs and targets at each step, and the steps at which the state
 * is zero. It also defines how the trained network generates.
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
	bool carries_state; /* also while generating */
	bool reads_window;  /* the input of a sample is a window of points */
	bool writes_window; /* the target of a sample is a window of points */
	bool has_mask;      /* short sequences are padded; see batch.mask */

	/* Store the steps and samples of a sequence of `length` points. */
	void (*measure)(size_t window, size_t length, size_t *steps,
		size_t *samples);

	/* Fill the samples of points[length, features] from `sample` on. */
	void (*fill)(struct batch *batch, size_t sample, size_t length,
		const float *points);
};

/* Each point predicts the next, from zero state: L - 1 samples of one step. */
extern const struct framing framing_one_to_one;
/* One sample of L - 1 steps with the state carried and BPTT through all. */
extern const struct framing framing_sequence;
/* Each window of N points predicts the next, from zero state. */
extern const struct framing framing_many_to_one;
/* Each point, repeated for N steps, predicts the N points after it. */
extern const struct framing framing_one_to_many;

/* All framings; ends with NULL. */
extern const struct kind *const framing_list[];

/* A framing and the length of its window. */
struct framing_config {
	const struct framing *framing;
	size_t window; /* N, at least 1 */
};

/* Return true if the window's length matters. */
bool framing_has_window(const struct framing *framing);

/* Return true if a step can start from the state of the step before it. */
bool framing_has_memory(struct framing_config config);

/*
 * For generation, return the number of points that it starts from, the number
 * of steps in each call of the model, and the number of points that each call
 * generates.
 */
size_t framing_start_points(struct framing_config config);
size_t framing_steps(struct framing_config config);
size_t framing_generated(struct framing_config config);

/* Return the minimum length of a sequence: that of one sample. */
size_t framing_min(struct framing_config config);

/* Store the steps and samples of a sequence of `length` points. */
void framing_measure(struct framing_config config, size_t length, size_t *steps,
	size_t *samples);

/*
 * Allocate *batch for the samples of `count` sequences of up to `longest`
 * points (at least framing_min) with `features` features. Release it with
 * batch_destroy. Return false if out of memory.
 */
bool framing_create(struct framing_config config, size_t count, size_t longest,
	size_t features, struct batch *batch, struct error *error);

/*
 * Fill the batch from points[count, longest, features]. Sequence k has
 * lengths[k] points, from framing_min to `longest`.
 */
void framing_fill(struct framing_config config, size_t count, size_t longest,
	const size_t *lengths, const float *points, struct batch *batch);

#endif
