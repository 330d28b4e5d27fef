/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The state of a run after a whole update: all values that decide how the run
 * continues, and nothing else. Batches, passes, data and threads can be
 * recreated from a state and then give the same bits. A model file holds a
 * state (session/model_file.h), a diverged run returns to one (run/fallback.h),
 * and two runs are compared by their states.
 *
 * A validation in progress is not part of the state: it is due while more
 * epochs are done than validation.epochs, and repeating it with the same
 * weights gives the same loss.
 */
#ifndef LSTMTUI_RUN_RUN_STATE_H
#define LSTMTUI_RUN_RUN_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/progress.h"
#include "base/shared_bytes.h"
#include "core/model.h"
#include "core/optimizer.h"
#include "run/history.h"
#include "run/reader_state.h"
#include "run/settings.h"
#include "run/snapshots.h"
#include "run/validations.h"
#include "task/scaling.h"
#include "task/source.h"

enum {
	/* 128 random bits in hexadecimal digits, and the '\0' */
	RUN_IDENTITY_SIZE = 33,
	/* max numbers in a generated sequence */
	RUN_DRAWN_MAX = 1 << 22
};

struct run_state {
	struct settings settings;
	/*
	 * Marks the file of the best model as this run's; "" if the run keeps
	 * no best model. Drawn at random when a run is started or reset, kept
	 * when it is resumed.
	 */
	char identity[RUN_IDENTITY_SIZE];
	/*
	 * The kernel that computed the last update; with another kernel the run
	 * continues with other bits. "" before the first update and in a file
	 * of an older version.
	 */
	char kernel[KERNEL_NAME_SIZE];
	struct model model;
	struct optimizer_state optimizer; /* counts the updates of the run */
	struct history history;
	/* position in the data file, and random state of data and dropout */
	struct source_position position;
	struct reader_state reader; /* for texts */
	/* losses over the data held out; see run/validator.h */
	struct validation validation;
	struct validations validations;
	uint64_t data_hash; /* of the data file; 0: none */
	/*
	 * what was read from a data file of points (task/data_report.h), shared
	 * by copies; NULL: none, or saved by an older version
	 */
	struct shared_bytes *data_report;
	struct scaling scaling; /* of the points of the data file */
	/*
	 * file of the initial weights, "" if they were drawn from the seed, and
	 * a hash of the weights
	 */
	char init[SETTINGS_PATH_SIZE];
	uint64_t init_hash;

	/* defaults of generation */
	size_t length; /* points, or characters */
	/* [framing_start_points, features], scaled; for a text [0] */
	float *start;
	/* generated at earlier updates, in the units of the data */
	struct snapshots snapshots;
};

/*
 * Initialize a zeroed state for settings that have passed settings_complete and
 * for points of `features` numbers. All its values are 0. Its model borrows the
 * context. Release it with run_state_destroy, also after a failure.
 */
bool run_state_create(struct run_state *state, const struct context *context,
	const struct settings *settings, size_t features, struct error *error);

void run_state_destroy(struct run_state *state);

/*
 * Set the length of generated sequences, at most run_state_length_max, before
 * the first snapshot.
 */
bool run_state_set_length(struct run_state *state, size_t length,
	struct error *error);

/*
 * The maximum length: the length of the task's sequences or, for points from a
 * file, as many points as RUN_DRAWN_MAX numbers allow.
 */
size_t run_state_length_max(const struct run_state *state);

/*
 * Reset to the state before the first update: initial weights drawn from the
 * seed, which replaces the seed in the settings, and data from the start.
 * progress, which may be NULL, can cancel the work. Returns false, with nothing
 * changed, if cancelled or out of memory.
 */
bool run_state_reset(struct run_state *state, uint64_t seed,
	const struct progress *progress, struct error *error);

/* Draw an identity if the run needs one but its older file has none. */
bool run_state_identify(struct run_state *state, struct error *error);

/*
 * Copy `from` to `to`, which is all zero or another state. Between states of
 * the same shape only snapshots may need new memory, and borrowers of the model
 * of `to` stay valid. Returns false if out of memory; `to` may then only be
 * destroyed or copied to again.
 */
bool run_state_copy(struct run_state *to, const struct run_state *from,
	struct error *error);

/*
 * The same, if `to` is an earlier state of the same run without a reset or
 * return in between: copy only the new part of history and snapshots.
 */
bool run_state_follow(struct run_state *to, const struct run_state *from,
	struct error *error);

/*
 * Allocate a copy, or return NULL. Release it with run_state_destroy and free.
 */
struct run_state *run_state_clone(const struct run_state *state,
	struct error *error);

/*
 * Compare two states bit for bit; run_state_difference returns the name of the
 * first value that differs, or NULL. optimizer.nonzero, an upper bound, is not
 * compared.
 */
bool run_state_equals(const struct run_state *one,
	const struct run_state *other);
const char *run_state_difference(const struct run_state *one,
	const struct run_state *other);

/*
 * Whether two states agree in all settings, except the seed, that a resumed run
 * may not change.
 */
bool run_state_is_alike(const struct run_state *one,
	const struct run_state *other);

/* Check that weights and moments are finite; the error says which are not. */
bool run_state_check_finite(const struct run_state *state, struct error *error);

/* Whether runs with these settings hold out data and are validated. */
bool run_state_validates(const struct settings *settings);

/*
 * Whether --patience ends the run: its last epochs have brought no better
 * validation.
 */
bool run_state_lost_patience(const struct run_state *state);

/* Updates done; the width of the model's input; the task. */
uint64_t run_state_updates(const struct run_state *state);
size_t run_state_features(const struct run_state *state);
const struct task *run_state_task(const struct run_state *state);

/* The learning rate of the next update; that of a text decays by epochs. */
double run_state_learning_rate(const struct run_state *state);

#endif
