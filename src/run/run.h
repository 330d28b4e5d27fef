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
#include "base/progress.h"
#include "run/run_view.h"
#include "run/settings.h"

struct run;

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
 * context is borrowed. The settings have passed settings_complete. progress,
 * which may be NULL, is told how far the drawing is and may end it: the weights
 * of a large model take seconds. Returns NULL, also for a model that is larger
 * than memory. Release it with run_destroy.
 */
struct run *run_create(const struct context *context,
	const struct settings *settings, const struct progress *progress,
	struct error *error);

/*
 * Make a run that was read from a file ready to train: load its data and
 * make room for its batches.
 */
bool run_prepare(struct run *run, struct error *error);

/* Release a run, prepared or not; NULL is none. */
void run_destroy(struct run *run);

/*
 * Begin again from new initial values, by the same or another seed. Returns
 * false, with nothing changed, when memory cannot be had or progress, which
 * may be NULL, ends it.
 */
bool run_reset(struct run *run, uint64_t seed, const struct progress *progress,
	struct error *error);

/* Draw an identity for a run that has none, as one of an older file. */
bool run_identify(struct run *run, struct error *error);

/*
 * The most points, or characters, that run_length can be: the task's, or for
 * points of a file so many that they have RUN_DRAWN_MAX numbers.
 */
enum { RUN_DRAWN_MAX = 1 << 22 };
size_t run_length_max(const struct run *run);

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

#endif
