/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fallback of a run: a copy in memory of its last good state, which it
 * returns to when training is lost. A state is good if the average loss is
 * near the lowest average so far, at the update of the copy and still at the
 * next look, some hundred updates later: only later losses show whether an
 * update ruined the weights.
 */
#ifndef LSTMTUI_RUN_FALLBACK_H
#define LSTMTUI_RUN_FALLBACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct run;
struct fallback_state;

struct fallback {
	/* both NULL: no memory for copies, or a model too large for them */
	struct fallback_state *good;
	struct fallback_state *candidate; /* good if the next look says so */
	bool is_begun;
	uint64_t every; /* updates from one look to the next */
	uint64_t due;   /* the update of the next look */
	double average; /* of the run as it began; NaN: no update yet */
	double lowest;  /* average loss at a look; NaN: none yet */
};

/*
 * Make room for the copies of a prepared run: twice the weights, moments and
 * history. Where memory is short the run has no fallback. Release it with
 * fallback_destroy.
 */
void fallback_create(struct fallback *fallback, const struct run *run);
void fallback_destroy(struct fallback *fallback);

/* The run's present state is good: it is new, or was read from a file. */
void fallback_begin(struct fallback *fallback, const struct run *run);

/*
 * Judge the run by its average loss, after the update `due`. This takes less
 * than a hundredth of the time of the updates between two looks.
 */
void fallback_look(struct fallback *fallback, const struct run *run);

/*
 * Training is lost, for the cause in the error, between two updates: return
 * the run to its last good state and say so in the message. It is bit for bit
 * the state after that update, but for the settings, and for the best
 * validation, whose model is in a file. A run without a fallback stays.
 */
void fallback_stop(struct run *run, struct error *error);

/*
 * Whether weights and moments are finite, as a file has to have them: an
 * update that made them infinite is noticed by the loss of the next one only.
 * If not, training is lost as above.
 */
bool fallback_check(struct run *run, struct error *error);

#endif
