/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The state of the inside view: one sequence on its way through the present
 * weights (inspect/inspection.h), and the cursor, a unit of a layer at a step.
 * The panes tui/inside_*.c draw it; the actions of tui/inside_view.c change it.
 *
 * The numbers are computed in small parts before a frame, a few times a second
 * while training runs, and take at most a small part of the time of training.
 * They are shown when all of them are complete, so they always belong
 * together.
 */
#ifndef LSTMTUI_TUI_INSIDE_H
#define LSTMTUI_TUI_INSIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inspect/inspection.h"
#include "tui/memory_pair.h"
#include "tui/share.h"

struct app;

/* Of a text: enough for the state to be typical. */
enum { INSIDE_TOKENS_MAX = 201 };

struct inside {
	bool is_open;
	/* inspection[shown] has results if has_results; the other computes */
	struct inspection inspection[2];
	int shown;
	bool has_results, is_computing;
	bool is_stale;        /* what to compute has changed */
	struct error failure; /* why there are no results, or "" */

	struct memory_pair pair; /* with memory and without it */

	/* selected by the user */
	bool wants_own; /* the model's own sequence */
	/* the text that the microscope leads here with; 0: none */
	uint32_t given[INSIDE_TOKENS_MAX];
	size_t given_count;
	bool given_is_own;
	size_t layer, step, unit;
	bool has_cursor; /* the cursor was placed for this run */

	/* of the shown results */
	uint64_t updates;
	bool is_own;
	size_t length; /* points or tokens of the sequence */
	bool is_cut;   /* of a longer sequence */
	double cell_scale[MODEL_LAYERS_MAX]; /* of c */
	float *weights;                      /* [parameters.total], plain */
	float *change;                       /* the same: of the last update */
	bool has_change;                     /* it is known */
	double weight_scale;                 /* twice the root mean square */
	double gradient_scale, change_scale;
	size_t zeros; /* gradients that are exactly 0 */

	/* of the computation in progress */
	uint64_t next_updates;
	bool next_is_own, next_is_cut;
	size_t next_length;

	/* units and steps that the last frame had room for */
	size_t page_units, page_steps;
	bool needs_connectivity; /* its pane is on the screen */

	/* time: see inside.c */
	struct share share;
	double computed_at;
};

/* Return the state; the inspection with results, or NULL if there is none. */
struct inside *inside_of(const struct app *app);
const struct inspection *inside_inspection(const struct inside *inside);

/*
 * Before the view is shown, give it a text, whose last token is what the cursor
 * is at: its end is shown instead of the text learnt last. `is_own`: the model
 * wrote it, so nothing in it is true.
 */
void inside_give(struct inside *inside, const uint32_t *tokens, size_t count,
	bool is_own);

/*
 * Give the inspection that is computed next its sequence: the model's own, or
 * one that it learnt from.
 */
bool inside_set_input(const struct app *app, struct inside *inside,
	struct error *error);

/* Hooks of the view. */
void inside_enter(struct app *app, void *state);
void inside_leave(struct app *app, void *state);
bool inside_prepare(struct app *app, void *state, double now);

/* Move the cursor, and stop at the ends. */
void inside_move_step(struct inside *inside, long by);
void inside_move_unit(struct inside *inside, long by);

/* Return the first of `room` of `count` items so that `at` is among them. */
size_t inside_first(size_t at, size_t room, size_t count);

#endif
