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
#include "core/feedback.h"
#include "core/model.h"
#include "core/optimizer.h"
#include "core/pass.h"
#include "run/fallback.h"
#include "run/history.h"
#include "run/reader.h"
#include "run/run.h"
#include "run/settings.h"
#include "run/snapshots.h"
#include "task/sequences.h"
#include "task/source.h"

/* 128 random bits in hexadecimal digits, and the '\0'. */
enum { RUN_IDENTITY_SIZE = 33 };

struct run {
	struct settings settings;
	/*
	 * To know again what belongs to this run; it decides no number. Drawn
	 * when a run begins and when it begins again, kept when it is resumed;
	 * "" in a run of an older file. See run_identify.
	 */
	char identity[RUN_IDENTITY_SIZE];
	struct model model;
	struct optimizer_state
		optimizer; /* its count of updates is the run's */
	struct history history;
	double last_rate; /* the learning rate of the last update; not saved */
	/* where the data stand after the last whole update */
	struct source_position position;
	uint64_t data_hash; /* of the data file; 0: made sequences */
	/* the file of the first weights, "" where they were drawn; its hash */
	char init[SETTINGS_PATH_SIZE];
	uint64_t init_hash;

	struct snapshots snapshots; /* what it drew on the way */

	/* how the model generates where nothing else is asked for */
	size_t length; /* points */
	float *start;  /* [framing_starts, features] */

	/* what training needs: see run_prepare */
	bool is_prepared;
	struct sequences data;
	struct source source;
	struct reader reader; /* of the task text, in place of the source */
	struct batch batch;
	struct pass pass;
	struct feedback feedback; /* of the rectangle loss */
	struct fallback fallback; /* where a run that is lost returns to */
	float *points;   /* the update's sequences: [batch, longest, ...] */
	size_t *lengths; /* [batch] */
};

/*
 * What run_create shares with reading a model file: make room for the values,
 * without weights and data, in a run that is all zero.
 */
bool run_allocate(struct run *run, const struct context *context,
	const struct settings *settings, size_t features, struct error *error);

#endif
