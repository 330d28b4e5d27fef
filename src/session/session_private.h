/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parts of a session share: session_open.c begins and ends it,
 * session_advance.c trains, session_files.c keeps the model and the locks,
 * session_best.c the best model.
 */
#ifndef LSTMTUI_SESSION_SESSION_PRIVATE_H
#define LSTMTUI_SESSION_SESSION_PRIVATE_H

#include "session/session.h"

/*
 * See that no file which the session writes for a model of this name (NULL:
 * none) is one that it reads or writes already.
 */
bool session_files_check(const struct session *session, const char *model,
	const struct settings *settings, struct error *error);

/*
 * Once the run is there: see that the model and the best one can be saved,
 * and that they may be. The model is locked already.
 */
bool session_files_open(struct session *session, bool force,
	struct error *error);

/* Log lines and checkpoints come due from the present update on. */
void session_begin_duties(struct session *session);

/* Release the names and the locks. */
void session_files_close(struct session *session);

/* Save the model as session_save says it, and nothing else. */
bool session_files_write(struct session *session, struct error *error);

/* Write the log out: it is never behind a model that is saved. */
void session_synchronize_log(struct session *session);

/*
 * Find out whether the file under the best model's name may be replaced.
 * Where it is not this run's: false, unless the user is asked later.
 */
bool session_best_open(struct session *session, bool force,
	struct error *error);

/*
 * Keep the run after a better validation. A file there that is not this run's
 * is not replaced: best.is_waiting is set where the user can be asked,
 * otherwise the run is kept beside it, as NAME-best-1. A model that it awaits
 * is saved first.
 */
bool session_best_save(struct session *session, struct error *error);

/*
 * Whether the files there are another run's, which this one replaces: then
 * the model is saved before the best one, so that a run that is killed does
 * not leave the best model of one run beside the model of another.
 */
bool session_best_awaits_model(const struct session *session);

/* The session's model has another name: so has the best one. */
bool session_best_rename(struct session *session, struct error *error);

/* The run is another one: no file that is there is its best model. */
void session_best_forget(struct session *session);

/*
 * Save a file that may not take its own place, *name, beside it: as NAME-1 or
 * the next name that is free, which becomes *name. The session's notice tells,
 * of `what`, as "the run". `write` gets the session and the new name; it
 * returns false where it could not write.
 */
bool session_files_move_beside(struct session *session, char **name,
	const char *what,
	bool (*write)(struct session *session, const char *name,
		struct error *error),
	struct error *error);

#endif
