/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A sitting with one run: the run, the file it is kept in, its log and its
 * checkpoints. `train` and the interface both work through it, so that both
 * resume, save and log alike.
 */
#ifndef LSTMTUI_SESSION_SESSION_H
#define LSTMTUI_SESSION_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "file/file_stamp.h"
#include "session/initial.h"
#include "session/model_lock.h"
#include "run/run.h"
#include "session/training_log.h"

/* What was asked for on the command line. Pointers are borrowed. */
struct session_options {
	const struct context *context; /* of its run */
	struct settings settings;
	settings_mask given;
	const char *model;         /* a file's name; NULL: none */
	bool force;                /* start anew over an existing MODEL */
	bool asks;                 /* ask before a file is replaced */
	const char *init;          /* a file of first weights, or NULL */
	const char *log;           /* a file's name, "-", or NULL */
	uint64_t log_every;        /* updates, at least 1 */
	uint64_t checkpoint_every; /* updates; 0: never */
	/* of drawing the weights; NULL: a signal ends it, nothing is told */
	const struct progress *progress;
};

/* Where the run is kept as it was after its best validation. */
struct session_best {
	char *name; /* NULL: it is not kept, or the model has no name */
	struct file_stamp stamp; /* of the file that may be replaced */
	double loss;             /* of that file's best validation; NaN: none */
	bool is_waiting;         /* a better one is not saved: ask, then ... */
	bool is_declined;        /* ... session_replace_best, or this */
};

struct session {
	const struct context *context; /* borrowed */
	struct run *run;
	char *model;                 /* where it is saved; NULL: no name yet */
	struct model_lock lock;      /* of that ... */
	struct model_lock best_lock; /* ... and of the best model beside it */
	struct file_stamp stamp; /* of its file as it was read or saved last */
	struct session_best best;
	bool asks;     /* as it was asked for */
	bool is_moved; /* a model is saved beside a file that others changed */
	char notice[ERROR_TEXT_SIZE]; /* to be shown once, or "" */
	struct training_log log;
	bool has_returned; /* to an earlier update, and not gone on yet */
	const char *log_name, *init_name; /* as they were given, or NULL */
	uint64_t log_every, checkpoint_every;
	uint64_t logged_at, checkpoint_at; /* the last of each */
	char note[INITIAL_NOTE_SIZE];      /* on the first weights, or "" */
	bool is_resumed;                   /* from an existing MODEL ... */
	settings_mask changed; /* ... of which these were given anew */
	bool is_saved;         /* the file holds the run as it is now */
	bool was_saved;        /* at least once, at update saved_at */
	bool keeps_former;     /* the file holds the run before session_reset */
	uint64_t saved_at;
};

/*
 * Open the run: resume MODEL where it exists, begin a new one elsewhere. The
 * session is large: callers allocate it. Release it with session_close, also
 * after a failure.
 */
bool session_open(struct session *session,
	const struct session_options *options, struct error *error);

/* Close the log and release the run; saves nothing. False: the log failed. */
bool session_close(struct session *session, struct error *error);

/*
 * Train as run_advance_within does, and write log lines and checkpoints as
 * they come due. A save ends the slice early, with some of *work left: its
 * time is the disk's. Where a line or a save fails, the run itself is well
 * and can go on. After RUN_DIVERGED it is at its last good state, which
 * session_keep saves.
 */
enum run_status session_advance(struct session *session, uint64_t until,
	uint64_t *work, struct error *error);

/* Write the log's lines where that is due: see training_log_due. */
bool session_tend_log(struct session *session, double now, struct error *error);

/*
 * Save under the session's name, which there is; the log first, so that it is
 * never behind the model. A log that fails does not keep the model from being
 * saved; session_close or the next line says so. Where another program has
 * changed the file since it was read or saved, it is not replaced: false,
 * where the user can be asked (session_replace); otherwise the run is saved
 * beside it, as NAME-1, and keeps that name, which is_moved and the notice
 * tell. A file that is gone is written again.
 */
bool session_save(struct session *session, struct error *error);

/* Whether another program has changed the file. */
bool session_is_changed(const struct session *session);

/* Replace the file all the same. */
bool session_replace(struct session *session, struct error *error);

/*
 * Save the run as the best one over the file that is there, which is not this
 * run's; for best.is_waiting.
 */
bool session_replace_best(struct session *session, struct error *error);

/*
 * Save what was learnt as the work ends, where there is a name and something
 * new. A run that was begun again and never saved does not take the place of a
 * file that is there. Nor does one that diverged if it has no fallback, or
 * had learnt nothing.
 */
bool session_keep(struct session *session, bool has_diverged,
	struct error *error);

/* Save under another name, and keep to that. */
bool session_save_as(struct session *session, const char *model,
	struct error *error);

/*
 * Begin another run in place of this one, without a name. Returns false,
 * with the present one as it was, where it cannot be begun.
 */
bool session_begin(struct session *session, const struct settings *settings,
	const struct progress *progress, struct error *error);

/*
 * Begin the run again, as run_reset: where it began with weights of a file,
 * from these. Returns false, with nothing changed, where the file is gone or
 * holds other weights by now, too.
 */
bool session_reset(struct session *session, uint64_t seed,
	const struct progress *progress, struct error *error);

/* Set the wanted updates or the learning rate: both are saved with it. */
void session_set_target(struct session *session, uint64_t target);
void session_set_learning_rate(struct session *session, double rate);

/* The last update to do: the target, or without end where that is 0. */
uint64_t session_end(const struct session *session);

#endif
