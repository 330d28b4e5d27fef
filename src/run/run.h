/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A training run: its state (run_state.h) and the engine that computes on it. A
 * run advances in slices of bounded work, which may end inside an update. Its
 * state is always the state after the last whole update, so a run that is
 * copied, or saved and resumed, gives the same numbers bit for bit.
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
struct run_state;

enum run_status {
	RUN_GOES_ON,       /* the work is used up */
	RUN_REACHED,       /* `until` updates are done */
	RUN_LOST_PATIENCE, /* --patience ends the run before that */
	RUN_DIVERGED,      /* a loss or a gradient is not finite */
	RUN_FAILED,        /* no memory for a validation; the run is intact */
	/* from session_advance only: a file could not be written */
	RUN_LOG_FAILED,
	RUN_CHECKPOINT_FAILED
};

/*
 * Create a new run: draw the initial weights from the seed, read the data and
 * prepare training. The context is borrowed. The settings have passed
 * settings_complete. Drawing the weights of a large model takes seconds;
 * progress, which may be NULL, reports it and can cancel it. Returns NULL on
 * failure, or if the model is larger than memory. Release it with run_destroy.
 */
struct run *run_create(const struct context *context,
	const struct settings *settings, const struct progress *progress,
	struct error *error);

/*
 * Create a run of points with this number of features, or of a text with this
 * number of tokens, without reading data: generation starts from a sequence of
 * the task or from 0, and a text has no vocabulary yet. The settings have
 * passed settings_check. The run is not prepared. Returns NULL on failure.
 */
struct run *run_create_unread(const struct context *context,
	const struct settings *settings, size_t features, struct error *error);

/*
 * Create a run that takes over a state and leaves *state all zero. The run is
 * not prepared. Returns NULL, with the state unchanged, if out of memory.
 */
struct run *run_adopt(struct run_state *state, struct error *error);

/*
 * Prepare an adopted run for training: read its data and allocate its batches.
 */
bool run_prepare(struct run *run, struct error *error);

/* Release a run, prepared or not; NULL is allowed. */
void run_destroy(struct run *run);

/*
 * Start over with initial weights of the same or another seed. progress, which
 * may be NULL, can cancel the work. Returns false, with nothing changed, if
 * cancelled or out of memory.
 */
bool run_reset(struct run *run, uint64_t seed, const struct progress *progress,
	struct error *error);

/*
 * Return a prepared run to one of its earlier states, or to a state of a run
 * with the same settings and data. From there it gives the same bits. Returns
 * false if out of memory; the run can then only be returned again or destroyed.
 */
bool run_return(struct run *run, const struct run_state *state,
	struct error *error);

/*
 * Check that weights and moments are finite, as a model file requires. After an
 * update that made them infinite, only the loss of the next update would show
 * it. If they are not finite, the run has diverged, as after RUN_DIVERGED.
 */
bool run_check(struct run *run, struct error *error);

/* The state of a run; borrowed. */
const struct run_state *run_get_state(const struct run *run);

/*
 * Train until `until` updates are done in total, including the validation due
 * after the last one, or until about `work` multiply-adds are spent. Returns at
 * once after a validation with a new best loss, so that the caller can save
 * that model. After RUN_DIVERGED the message names the update and the cause,
 * and the run is back at its last good state, from which it can continue at
 * another learning rate. A run without a fallback has stopped before that
 * update, or after it if the cause is the average loss of a text.
 */
enum run_status run_advance(struct run *run, uint64_t until, uint64_t work,
	struct error *error);

/*
 * The same, but store the work left in *work (0: used up), so that a caller can
 * act between two updates and continue with the rest.
 */
enum run_status run_advance_within(struct run *run, uint64_t until,
	uint64_t *work, struct error *error);

#endif
