/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A session: one run with its model file, its log and its checkpoints. `train`
 * and the interface both use it, so that both resume, save and log alike.
 */
#ifndef LSTMTUI_SESSION_SESSION_H
#define LSTMTUI_SESSION_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "file/file_stamp.h"
#include "session/initial.h"
#include "session/model_lock.h"
#include "session/session_past.h"
#include "run/run.h"
#include "session/training_log.h"

/* The options of a session. Pointers are borrowed. */
struct session_options {
	const struct context *context; /* of the run */
	struct settings settings;
	settings_mask given;
	const char *model; /* file name; NULL: none */
	bool force;        /* start over and replace an existing MODEL */
	bool asks;         /* ask before a file is replaced */
	const char *init;  /* file of initial weights, or NULL */
	/* content of standard input, borrowed; NULL: not read yet */
	struct shared_bytes *input;
	const char *log;                     /* file name, "-", or NULL */
	const struct log_format *log_format; /* NULL: JSON Lines */
	const char *record;        /* a file that the caller writes, or NULL */
	uint64_t log_every;        /* updates, at least 1 */
	uint64_t checkpoint_every; /* updates; 0: never */
	uint64_t history_memory;   /* bytes for the timeline; 0: none */
	/* of drawing the weights; NULL: only a signal cancels it */
	const struct progress *progress;
};

/* The file of the best model. */
struct session_best {
	char *name; /* NULL: none is kept, or the model has no name */
	struct file_stamp stamp; /* of the file that this session may replace */
	double loss;      /* best validation loss in that file; NaN: none */
	bool is_waiting;  /* a better model waits for the user's answer */
	bool is_declined; /* the user's answer is no */
};

struct session {
	const struct context *context; /* borrowed */
	struct run *run;
	char *model;                 /* its file; NULL: no name yet */
	struct model_lock lock;      /* of the model */
	struct model_lock best_lock; /* of the best model */
	struct file_stamp stamp; /* of the model file when last read or saved */
	struct session_best best;
	bool asks; /* see session_options */
	/* saved beside the model file, which has changed */
	bool is_moved;
	char notice[ERROR_TEXT_SIZE]; /* a message to show once, or "" */
	struct training_log log;
	struct session_past past;
	/*
	 * the run has returned to an earlier update, after it diverged or for
	 * a branch, and not advanced since
	 */
	bool has_returned;
	const char *log_name, *init_name, *record; /* see session_options */
	uint64_t log_every, checkpoint_every;
	uint64_t logged_at,
		checkpoint_at; /* updates of the last log line and checkpoint */
	/* on the initial weights, or "" */
	char note[INITIAL_NOTE_SIZE];
	bool is_resumed;       /* from an existing MODEL */
	settings_mask changed; /* settings of MODEL that were changed */
	bool is_saved;         /* the file holds the current state */
	bool was_saved;    /* saved at least once, last at update saved_at */
	bool keeps_former; /* the file holds the run before session_reset */
	uint64_t saved_at;
	/* the file's state is not one before this: the run has another past */
	bool is_elsewhere;
};

/* Make a file name absolute, so that it is valid in any directory. */
void session_find_file(char file[SETTINGS_PATH_SIZE]);

/*
 * Open a session: resume MODEL if it exists, or else begin a new run. Release
 * it with session_close, also after a failure.
 */
bool session_open(struct session *session,
	const struct session_options *options, struct error *error);

/*
 * Close the log and release the run, without saving. Returns false if the log
 * cannot be written.
 */
bool session_close(struct session *session, struct error *error);

/*
 * Train as run_advance_within, and write log lines and checkpoints when they
 * are due. Returns early after a save, with the remaining work in *work, since
 * the disk may be slow. After a failed write the run is intact and can
 * continue. After RUN_DIVERGED the run is at its last good state, which
 * session_keep saves.
 */
enum run_status session_advance(struct session *session, uint64_t until,
	uint64_t *work, struct error *error);

/* Write log lines that are due: see training_log_due. */
bool session_tend_log(struct session *session, double now, struct error *error);

/*
 * Save to the session's model file, after the log, so that the log is never
 * behind the model. The model is saved even if the log fails; session_close or
 * the next line reports that. A file that another program has changed since it
 * was last read or saved is not replaced: the function returns false if the
 * user can be asked (session_replace), or else it saves the run as NAME-1,
 * keeps that name and sets is_moved and the notice. A file that was removed is
 * written again.
 */
bool session_save(struct session *session, struct error *error);

/*
 * Check that `out`, which the caller is about to write, is no other file of the
 * session: its model, log, data, recording.
 */
bool session_check_output(const struct session *session, const char *out,
	struct error *error);

/* Whether another program has changed the model file. */
bool session_is_changed(const struct session *session);

/* Replace the model file although another program has changed it. */
bool session_replace(struct session *session, struct error *error);

/*
 * Save the best model over a file that is not this run's, if best.is_waiting.
 */
bool session_replace_best(struct session *session, struct error *error);

/*
 * Save the run at the end of work, if it has a name and unsaved updates. An
 * existing file is not replaced by a run that was reset and not saved since,
 * nor by a run that diverged without a good state.
 */
bool session_keep(struct session *session, bool has_diverged,
	struct error *error);

/* Save under another name, which becomes the session's model name. */
bool session_save_as(struct session *session, const char *model,
	struct error *error);

/*
 * Begin another run, without a name, in place of this one. Returns false, with
 * the current run unchanged, if the other run cannot begin.
 */
bool session_begin(struct session *session, const struct settings *settings,
	const struct progress *progress, struct error *error);

/*
 * Reset the run as run_reset; a run that began with the weights of a file
 * starts from them again. Also returns false, with nothing changed, if that
 * file is gone or has changed.
 */
bool session_reset(struct session *session, uint64_t seed,
	const struct progress *progress, struct error *error);

/*
 * Set the target, the patience or the learning rate; they are saved with the
 * run.
 */
void session_set_target(struct session *session, uint64_t target);
void session_set_patience(struct session *session, uint64_t epochs);
void session_set_learning_rate(struct session *session, double rate);

/*
 * Go to an earlier update, at most session_present_updates. It is computed from
 * the nearest kept state, by session_visit_advance. Returns false, with the run
 * where it is, if no state before the update is kept or memory is short.
 */
bool session_visit(struct session *session, uint64_t update,
	struct error *error);

/*
 * Compute on towards the update to visit, as run_advance_within, without log
 * lines and checkpoints.
 */
enum run_status session_visit_advance(struct session *session, uint64_t *work,
	struct error *error);

/* Whether the run is in the past; whether it has not arrived there yet. */
bool session_is_in_past(const struct session *session);
bool session_is_visiting(const struct session *session);

/* The present state, and the number of its updates. */
const struct run_state *session_present(const struct session *session);
uint64_t session_present_updates(const struct session *session);

/* Return to the present; nothing to do there. */
bool session_return(struct session *session, struct error *error);

/*
 * Go on from the update visited, as a new branch, with settings that differ
 * only in those that may. What came after that update stays as the branch that
 * was left. Returns false, with nothing changed, if there are too many branches
 * or memory is short.
 */
bool session_branch_off(struct session *session,
	const struct settings *settings, struct error *error);

/* Go on at the end of another branch. Returns false as above. */
bool session_branch_take(struct session *session, size_t branch,
	struct error *error);

/* The last state of a branch, also of the present one. */
const struct run_state *session_branch_last(const struct session *session,
	size_t branch);

/* The last update to do: the target, or UINT64_MAX if that is 0. */
uint64_t session_end(const struct session *session);

#endif
