/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The same weights with their memory and without it: what they draw or write,
 * and how well they predict the sequence of the inside view. Without memory
 * every step starts from zero state. tui/inside.c computes it together with its
 * inspection; a pane draws it.
 */
#ifndef LSTMTUI_TUI_MEMORY_PAIR_H
#define LSTMTUI_TUI_MEMORY_PAIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "inspect/inspection.h"
#include "run/generate.h"
#include "run/writer.h"

enum memory_side { MEMORY_KEPT, MEMORY_CUT, MEMORY_SIDES };

enum { MEMORY_PAIR_TEXT_SIZE = 1024 };

struct memory_pair {
	const struct run *run; /* borrowed; NULL: not created */
	bool is_same;          /* the framing carries nothing anyway */
	bool has_results;

	/* the drawings, [length, features] each; or the texts, UTF-8 */
	size_t length, features;
	float *points[MEMORY_SIDES];
	double shape_error[MEMORY_SIDES]; /* NaN: unknown */
	char text[MEMORY_SIDES][MEMORY_PAIR_TEXT_SIZE];
	/* of the steps of the sequence, or for a text its mean loss; or NaN */
	double step_error[MEMORY_SIDES];

	/* internal */
	struct generator generator[MEMORY_SIDES];
	struct writer writer[MEMORY_SIDES];
	struct inspection other; /* of the side that is not inspected */
	bool has_other;          /* it has the sequence */
	bool is_computing_other;
	size_t left; /* tokens to write */
	char next[MEMORY_SIDES][MEMORY_PAIR_TEXT_SIZE];
	bool has_return[MEMORY_SIDES];
};

/* Create it for a run. Destroy it also after a failure. */
bool memory_pair_create(struct memory_pair *pair, const struct run *run,
	struct error *error);
void memory_pair_destroy(struct memory_pair *pair);

/*
 * Begin to compute with the present weights: draw, and prepare to write with
 * this temperature, by the weights at the time of writing. `inspection` has the
 * sequence and is begun with no_memory as given. Returns false if memory is
 * short.
 */
bool memory_pair_begin(struct memory_pair *pair,
	const struct inspection *inspection, bool no_memory, double temperature,
	struct error *error);

/* Compute the next part; return false if nothing is left to compute. */
bool memory_pair_advance(struct memory_pair *pair);

/* Take the results; the inspection is done too. */
void memory_pair_end(struct memory_pair *pair,
	const struct inspection *inspection);

#endif
