/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Functions shared by the files of a session: session_open.c opens and closes
 * it, session_advance.c trains, session_files.c saves the model and holds the
 * locks, session_best.c saves the best model.
 */
#ifndef LSTMTUI_SESSION_SESSION_PRIVATE_H
#define LSTMTUI_SESSION_SESSION_PRIVATE_H

#include "session/session.h"

/*
 * Check that the files written for a model of this name (NULL: none) differ
 * from all files that the session reads or writes.
 */
bool session_files_check(const struct session *session, const char *model,
	const struct settings *settings, struct error *error);

/*
 * Check that the model and the best model of the new run can and may be saved.
 * The model is locked already.
 */
bool session_files_open(struct session *session, bool force,
	struct error *error);

/*
 * Keep a timeline in so many bytes; 0: none. Forget everything, for another
 * run. Release all.
 */
void session_past_open(struct session *session, uint64_t memory);
void session_past_forget(struct session *session);

/*
 * Note the settings, one of which has just been changed in the present. If
 * memory is short, the past is forgotten.
 */
void session_past_note(struct session *session);

/* Count log lines and checkpoints from the current update on. */
void session_begin_duties(struct session *session);

/* Release the names and the locks. */
void session_files_close(struct session *session);

/* Save the model as session_save, without the log. */
bool session_files_write(struct session *session, struct error *error);

/* Write the log to disk before a model is saved. */
void session_synchronize_log(struct session *session);

/*
 * Find out whether the file of the best model may be replaced. Returns false if
 * it is not this run's and the user cannot be asked later.
 */
bool session_best_open(struct session *session, bool force,
	struct error *error);

/*
 * Save the best model after a better validation. A file that is not this run's
 * is not replaced: set best.is_waiting if the user can be asked, or else save
 * as NAME-best-1. If session_best_awaits_model, save the model first.
 */
bool session_best_save(struct session *session, struct error *error);

/*
 * Whether the model must be saved before the best model: both files belong to
 * another run, which this one replaces, and killing the process must not leave
 * a model of one run beside the best model of the other.
 */
bool session_best_awaits_model(const struct session *session);

/* Rename the best model to go with the model's new name. */
bool session_best_rename(struct session *session, struct error *error);

/* Forget the best model of the former run. */
void session_best_forget(struct session *session);

/*
 * The name *name is taken: save under NAME-1 or the next free name, which
 * becomes *name. The notice reports this for `what`, such as "the run". `write`
 * gets the session and the new name and returns false on failure.
 */
bool session_files_move_beside(struct session *session, char **name,
	const char *what,
	bool (*write)(struct session *session, const char *name,
		struct error *error),
	struct error *error);

#endif
