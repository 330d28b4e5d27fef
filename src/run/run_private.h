/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The structure of a run, for the folders run and session and for tests. Other
 * code uses run_view.h.
 */
#ifndef LSTMTUI_RUN_RUN_PRIVATE_H
#define LSTMTUI_RUN_RUN_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/batch.h"
#include "core/pass.h"
#include "run/fallback.h"
#include "run/reader.h"
#include "run/run_state.h"
#include "run/validator.h"
#include "task/sequences.h"
#include "task/source.h"

struct run {
	struct run_state state;
	/*
	 * the learning rate of the last update, for the log; not a part of the
	 * state
	 */
	double last_rate;

	/* for training: see run_prepare */
	bool is_prepared;
	struct sequences data;
	/* at the position of the update in progress */
	struct source source;
	struct reader reader; /* for texts, instead of the source */
	struct validator validator;
	struct batch batch;
	struct pass pass;
	struct pass generation;   /* for the rectangle loss */
	struct fallback fallback; /* the state to return to after divergence */
	/* sequences of the update, [batch, longest, features] */
	float *points;
	size_t *lengths; /* [batch] */
};

/*
 * The source of the next update's sequences; or set run->source to it, without
 * a copy, which shows in small models.
 */
struct source run_source(const struct run *run);
void run_take_position(struct run *run);

/*
 * Abandon the update and the validation in progress. They start again from the
 * state, which may have been replaced by then.
 */
void run_abandon(struct run *run);

#endif
