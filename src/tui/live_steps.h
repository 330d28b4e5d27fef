/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The steps of the sequence that the panes of memory and predictions show,
 * through the present weights: the sequence last learnt from, before any update
 * the model's own drawing, or the last characters that it wrote. They are
 * computed before frames, a part at a time; panes only draw them.
 */
#ifndef LSTMTUI_TUI_LIVE_STEPS_H
#define LSTMTUI_TUI_LIVE_STEPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inspect/inspection.h"
#include "tui/live_seen.h"
#include "tui/live_shape.h"
#include "tui/live_text.h"
#include "tui/share.h"

enum {
	LIVE_STEPS_MAX = 64, /* steps kept: as many as a screen shows */
	LIVE_STEPS_LIKELIEST = 5,
	LIVE_NAME_SIZE = 32
};

/* A unit of a layer. */
struct live_unit {
	size_t layer, unit;
	double range;  /* of tanh of its values */
	double climb;  /* the smallest of its steps in one direction, or 0 */
	float *values; /* [count]: its cell state, or hidden state */
};

struct live_steps {
	const struct run *run; /* borrowed; NULL: no run, all else is 0 */
	struct inspection inspection;
	bool is_created;
	/* updates of the run, and characters written, when computed */
	uint64_t seen, written;
	struct share share; /* of the time of training */

	/* results; count 0: none yet */
	size_t count, all; /* steps kept, and in the sequence */
	size_t features;
	uint64_t updates; /* of the weights */
	bool is_own;      /* the model's own drawing: without targets */
	bool no_memory;   /* each step is from zero state */
	/* [LIVE_STEPS_MAX, features]; of points */
	float *input, *output, *target;
	bool has_target[LIVE_STEPS_MAX];
	bool is_first[LIVE_STEPS_MAX]; /* from zero state */
	double loss[LIVE_STEPS_MAX];   /* NaN without a target */
	/* units of all layers, widest range first */
	struct live_unit *unit;
	size_t units;
	bool shows_cells; /* unit values are cell states, not hidden states */
	float *values;    /* [units, LIVE_STEPS_MAX] */

	/* of a text: the characters read, and the likeliest next ones */
	uint32_t token[LIVE_STEPS_MAX];
	uint32_t likeliest[LIVE_STEPS_LIKELIEST];
	float probability[LIVE_STEPS_LIKELIEST];
	size_t likeliest_count;
};

/* Initialize it for a run; memory is allocated by the first update. */
void live_steps_create(struct live_steps *steps, const struct run *run);
void live_steps_destroy(struct live_steps *steps);

/*
 * Compute a part if the results are older than the weights or with another
 * no_memory, the state zero at each step; during training use only a small part
 * of the time (tui/share.h). Returns whether there is more to compute. Out of
 * memory, the results stay as they are.
 */
bool live_steps_update(struct live_steps *steps, const struct live_seen *seen,
	const struct live_shape *shape, const struct live_text *text,
	bool no_memory, double now, bool is_training);

/* Write the name of a unit: c7, or 2.c7 if there are several layers. */
void live_steps_name(const struct live_steps *steps,
	const struct live_unit *unit, char name[LIVE_NAME_SIZE]);

/*
 * Return the length of the bar of a step's loss, from 0 to 1, relative to the
 * greatest loss of all steps. Losses of densities may be negative: then the
 * least one has no bar. 0 without a target.
 */
double live_steps_bar(const struct live_steps *steps, size_t step);

#endif
