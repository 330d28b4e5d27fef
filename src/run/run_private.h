/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The structure of a run, for the folder run and for tests. All others use
 * run_view.h.
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
	/* at the position of the update under way */
	struct source source;
	struct reader reader; /* of texts, in place of the source */
	struct batch batch;
	struct pass pass;
	struct pass generation;   /* of the rectangle loss */
	struct fallback fallback; /* the state to return to after divergence */
	float *points;   /* of the update: [batch, longest, features] */
	size_t *lengths; /* [batch] */
};

/*
 * Drop the update and the validation under way: they begin anew from the
 * state, which may be another one by then.
 */
void run_abandon(struct run *run);

#endif
