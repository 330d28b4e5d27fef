/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of a run, for run, session and tests. Everybody else sees the
 * functions of run_view.h.
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
	/* the learning rate of the last update, for the log; no value */
	double last_rate;

	/* what training needs: see run_prepare */
	bool is_prepared;
	struct sequences data;
	/* its position is that of the update under way */
	struct source source;
	struct reader reader; /* of the task text, in place of the source */
	struct batch batch;
	struct pass pass;
	struct pass generation;   /* of the rectangle loss */
	struct fallback fallback; /* where a run that is lost returns to */
	float *points;   /* the update's sequences: [batch, longest, ...] */
	size_t *lengths; /* [batch] */
};

#endif
