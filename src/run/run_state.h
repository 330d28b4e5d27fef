/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The state of a run after a whole update: all values that decide how it goes
 * on, and nothing else. Whatever computes with them (batches, passes, data,
 * threads) can be made anew from a state, and then gives the same bits. So a
 * state is what a model file holds (session/model_file.h), what a run that is
 * lost returns to (run/fallback.h), and what two runs are compared by.
 *
 * A validation under way is no part of it: it is due while
 * reader.position.epochs > reader.validation.epochs, and done anew from the
 * same weights it gives the same loss.
 */
#ifndef LSTMTUI_RUN_RUN_STATE_H
#define LSTMTUI_RUN_RUN_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/progress.h"
#include "core/model.h"
#include "core/optimizer.h"
#include "run/history.h"
#include "run/reader_state.h"
#include "run/settings.h"
#include "run/snapshots.h"
#include "task/source.h"

enum {
	/* 128 random bits in hexadecimal digits, and the '\0' */
	RUN_IDENTITY_SIZE = 33,
	/* numbers of a sequence that is generated, at most */
	RUN_DRAWN_MAX = 1 << 22
};

struct run_state {
	struct settings settings;
	/*
	 * To know again the best model of this run, "" if it keeps none.
	 * Drawn when a run begins or is reset, kept when it is resumed.
	 */
	char identity[RUN_IDENTITY_SIZE];
	/*
	 * The kernel that the last update was computed with: with another one
	 * the run goes on with other bits. "" before the first update and in a
	 * file of an older program.
	 */
	char kernel[KERNEL_NAME_SIZE];
	struct model model;
	struct optimizer_state
		optimizer; /* its count of updates is the run's */
	struct history history;
	/* in the data, and of the dice that make data and drop outputs */
	struct source_position position;
	struct reader_state reader; /* of the task text */
	uint64_t data_hash;         /* of the data file; 0: made sequences */
	/* the file of the first weights, "" if they were drawn; its hash */
	char init[SETTINGS_PATH_SIZE];
	uint64_t init_hash;

	/* how the model generates where nothing else is asked for */
	size_t length; /* points, or characters */
	float *start;  /* [framing_starts, features]; of a text [0] */
	struct snapshots snapshots; /* what was generated on the way */
};

/*
 * Make a state, all zero before, for settings that have passed
 * settings_complete and points of so many features: all values 0. Its model is
 * computed with the context, which is borrowed. Release it with
 * run_state_destroy, also after a failure.
 */
bool run_state_create(struct run_state *state, const struct context *context,
	const struct settings *settings, size_t features, struct error *error);

void run_state_destroy(struct run_state *state);

/*
 * Set the points of generated sequences, up to run_state_length_max; there
 * are no snapshots yet.
 */
bool run_state_set_length(struct run_state *state, size_t length,
	struct error *error);

/*
 * The most points, or characters, that the length can be: the task's, or for
 * points of a file so many that they have RUN_DRAWN_MAX numbers.
 */
size_t run_state_length_max(const struct run_state *state);

/*
 * Draw the initial values of the seed, which becomes that of the settings: no
 * update is done, the data are at their beginning. Returns false, with nothing
 * changed, when memory cannot be had or progress, which may be NULL, ends it.
 */
bool run_state_reset(struct run_state *state, uint64_t seed,
	const struct progress *progress, struct error *error);

/* Draw an identity if the run needs one and has none, as in an older file. */
bool run_state_identify(struct run_state *state, struct error *error);

/*
 * Give `to`, which is all zero or another state, the values of `from`. If
 * both are of one shape only snapshots can need new memory, and what borrows
 * the model of `to` stays valid. Returns false if memory cannot be had: `to`
 * is to be destroyed or copied to again.
 */
bool run_state_copy(struct run_state *to, const struct run_state *from,
	struct error *error);

/*
 * The same, where `to` is an earlier state of the same course of the run, with
 * no reset nor return in between: of history and snapshots only what is new is
 * copied.
 */
bool run_state_follow(struct run_state *to, const struct run_state *from,
	struct error *error);

/* Make a copy; release it with run_state_destroy and free. Or NULL. */
struct run_state *run_state_clone(const struct run_state *state,
	struct error *error);

/*
 * Whether all values agree bit for bit; and the name of the first that
 * differs, NULL if none does. (optimizer.still is no value: it is a bound for
 * what is zero, and may be larger.)
 */
bool run_state_equals(const struct run_state *one,
	const struct run_state *other);
const char *run_state_difference(const struct run_state *one,
	const struct run_state *other);

/*
 * Whether two states agree in all settings that a resumed run may not change,
 * but for the seed.
 */
bool run_state_is_alike(const struct run_state *one,
	const struct run_state *other);

/* That weights and moments are finite; if not the error says which are. */
bool run_state_check_finite(const struct run_state *state, struct error *error);

/* Updates done; the width of the model's input; the task. */
uint64_t run_state_updates(const struct run_state *state);
size_t run_state_features(const struct run_state *state);
const struct task *run_state_task(const struct run_state *state);

/* The learning rate of the next update: a text's decays with its epochs. */
double run_state_learning_rate(const struct run_state *state);

#endif
