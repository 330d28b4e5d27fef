/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A training run: the settings, the model, the optimizer, where its data
 * come from and what its losses were. It advances in slices of bounded work,
 * which may end inside an update; what is saved is always the state after
 * the last whole update, so a resumed run gives the same numbers bit for bit.
 */
#ifndef LSTMTUI_RUN_RUN_H
#define LSTMTUI_RUN_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "core/batch.h"
#include "core/feedback.h"
#include "core/model.h"
#include "core/optimizer.h"
#include "core/pass.h"
#include "run/fallback.h"
#include "run/history.h"
#include "run/reader.h"
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
	struct optimizer optimizer; /* its count of updates is the run's */
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

enum run_status {
	RUN_GOES_ON,  /* the slice is used up */
	RUN_REACHED,  /* the update asked for is done */
	RUN_DIVERGED, /* a loss or a gradient is not finite */
	RUN_FAILED,   /* no memory for a validation; the run itself is well */
	/* from session_advance only: what was due could not be written */
	RUN_LOG_FAILED,
	RUN_CHECKPOINT_FAILED
};

/*
 * Begin a new run: initial values drawn from the seed, ready to train. The
 * settings have passed settings_complete. Release it with run_destroy, as
 * any struct run, prepared or not; one that is all zero may be released too.
 */
bool run_create(struct run *run, const struct settings *settings,
	struct error *error);

/*
 * The same, telling progress, which may be NULL and may end it: the weights of
 * a large model take seconds to draw. A model that is larger than memory is
 * refused before.
 */
bool run_create_watched(struct run *run, const struct settings *settings,
	const struct progress *progress, struct error *error);

/* What run_create shares with reading a model file: no weights, no data. */
bool run_allocate(struct run *run, const struct settings *settings,
	size_t features, struct error *error);

/*
 * Make a run that was read from a file ready to train: load its data and
 * make room for its batches.
 */
bool run_prepare(struct run *run, struct error *error);

void run_destroy(struct run *run);

/*
 * Move a run that was just created to another place, which holds none; what
 * was in the old place is of no further use.
 */
void run_move(struct run *to, struct run *from);

/*
 * Begin again from new initial values, by the same or another seed. Returns
 * false, with nothing changed, when memory cannot be had or progress, which
 * may be NULL, ends it.
 */
bool run_reset(struct run *run, uint64_t seed, const struct progress *progress,
	struct error *error);

/*
 * The batch that really runs, as text: "5 of 50" where a text is too short
 * for all that was asked for. Returns text.
 */
char *run_batch(const struct run *run, char text[SETTINGS_TEXT_SIZE]);

/* Draw an identity for a run that has none, as one of an older file. */
bool run_identify(struct run *run, struct error *error);

/*
 * The most points, or characters, that run->length can be: the task's, or for
 * points of a file so many that they have RUN_DRAWN_MAX numbers.
 */
enum { RUN_DRAWN_MAX = 1 << 22 };
size_t run_length_max(const struct run *run);

/* Updates done, and features of a point. */
uint64_t run_updates(const struct run *run);
size_t run_features(const struct run *run);

/*
 * Train until `until` updates are done in all, and the validation that the
 * last of them may call for, or about `work` multiply-adds are spent. A
 * validation that finds a text's model better than before ends it too, so
 * that the model can be kept. After RUN_DIVERGED the message names the update
 * and the cause, and the run is back at its last good state, from where it can
 * go on at another learning rate; if it has no fallback it has stopped before
 * that update or, if it is a text whose average loss rose far, after it.
 */
enum run_status run_advance(struct run *run, uint64_t until, uint64_t work,
	struct error *error);

/*
 * The same; *work becomes what is left of it, 0 where it was used up, so that
 * a caller can do something between two updates and go on with the rest.
 */
enum run_status run_advance_within(struct run *run, uint64_t until,
	uint64_t *work, struct error *error);

/* The learning rate of the next update: a text's decays with its epochs. */
double run_learning_rate(const struct run *run);

/* Copy the points that generation starts from to points[framing_starts, ..] */
void run_start(const struct run *run, float *points);

/* The floor of the run's loss, or NULL where none is known. */
const struct task_floor *run_floor(const struct run *run);

/* How many parameters can learn at all in the run's framing. */
size_t run_learning_parameters(const struct run *run);

#endif
