/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A training run: its state (run_state.h) and what computes on it. It advances
 * in slices of bounded work, which may end inside an update; its state is
 * always that after the last whole update, so a run that is copied, or saved
 * and resumed, at any time gives the same numbers bit for bit.
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
 * Make a run of a state, which it takes over and leaves all zero. It is not
 * prepared. Returns NULL, with the state unchanged, if there is no memory.
 */
struct run *run_adopt(struct run_state *state, struct error *error);

/*
 * Make a run of an existing state ready to train: load its data and make room
 * for its batches.
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

/*
 * Return a prepared run to a state that it, or a run of the same settings and
 * data, has had. It goes on from there with the same bits. Returns false if
 * memory cannot be had: the run can only be returned again or destroyed.
 */
bool run_return(struct run *run, const struct run_state *state,
	struct error *error);

/*
 * Whether weights and moments are finite, as a file has to have them: an
 * update that made them infinite is noticed by the loss of the next one only.
 * If not, training is lost as after RUN_DIVERGED.
 */
bool run_check(struct run *run, struct error *error);

/* The values of a run, which stay where they are. */
const struct run_state *run_get_state(const struct run *run);

/*
 * Train until `until` updates are done in all, and the validation that the
 * last of them may call for, or about `work` multiply-adds are spent. A
 * validation that finds a text's model better than before returns at once, so
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
