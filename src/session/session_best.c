/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saving the best model of a session. */
#include "base/translate.h"
#include "session/session_private.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "session/best_file.h"
#include "file/file_owner.h"
#include "session/model_file.h"

void
session_best_forget(struct session *session)
{
	session->best = (struct session_best){
		.name = session->best.name,
		.loss = NAN,
	};
}

bool
session_best_rename(struct session *session, struct error *error)
{
	free(session->best.name);
	session->best = (struct session_best){.loss = NAN};
	if (!best_file_is_kept(run_settings(session->run)))
		return true;
	session->best.name = best_file_name(session->model);
	return session->best.name != NULL || error_out_of_memory(error);
}

/* Whether the file is this run's best model and may be replaced. */
static bool
adopt(struct session *session)
{
	struct session_best *best = &session->best;
	struct file_stamp stamp = file_stamp_take(best->name, false);

	if (!best_file_is_own(best->name, run_get_state(session->run),
		    session->is_resumed, &best->loss))
		return false;
	best->stamp = stamp;
	return true;
}

bool
session_best_open(struct session *session, bool force, struct error *error)
{
	struct session_best *best = &session->best;
	struct stat status;

	if (best->name == NULL || lstat(best->name, &status) != 0)
		return true;
	if (force) {
		/* this is the file that the first better model replaces */
		best->stamp = file_stamp_take(best->name, false);
		return true;
	}
	if (!adopt(session))
		return session->asks ||
			error_set(error,
				session->is_resumed
					? N_("%s: not the best model of this "
					     "run, and would be replaced; move "
					     "it away, or start over and "
					     "replace both files with --force")
					: N_("%s: not the best model of this "
					     "run, and would be replaced; move "
					     "it away, or replace it with "
					     "--force"),
				best->name);
	if (file_owner_denies_write(best->name, &status))
		return error_set(error,
			"%s: write-protected; make it writable with chmod u+w, "
			"or move it away",
			best->name);
	return true;
}

static bool
write_new(struct session *session, const char *name, struct error *error)
{
	return model_file_write_as(run_get_state(session->run), name,
		ATOMIC_FILE_NEW, &session->best.stamp, error);
}

/* Whether there is a file that may not be replaced. */
static bool
is_foreign(struct session *session)
{
	return file_stamp_differs(&session->best.stamp, session->best.name,
		       false) &&
		!adopt(session);
}

/* Handle a file of another run: ask later, or save beside it. */
static bool
yield_place(struct session *session, struct error *error)
{
	session->best.is_waiting = session->asks;
	return session->asks ||
		session_files_move_beside(session, &session->best.name,
			N_("the best model"), write_new, error);
}

/* Save the best model if no foreign file is in the way. */
static bool
save(struct session *session, struct error *error)
{
	struct session_best *best = &session->best;
	struct error cause;

	session_synchronize_log(session);
	if (is_foreign(session)) {
		if (!yield_place(session, error))
			return false;
	} else if (!model_file_write_as(run_get_state(session->run), best->name,
			   ATOMIC_FILE_DERIVED, &best->stamp, &cause)) {
		/* the file may have appeared while this one was written */
		if (!is_foreign(session)) {
			*error = cause;
			return false;
		}
		if (!yield_place(session, error))
			return false;
	}
	if (best->is_waiting)
		return true;
	best->loss = run_validation(session->run)->best;
	return true;
}

/*
 * After session_reset the files keep the former run: the model file until the
 * next save, the best model until the user agrees.
 */
bool
session_best_awaits_model(const struct session *session)
{
	const struct session_best *best = &session->best;

	return best->name != NULL && !session->was_saved &&
		!session->keeps_former &&
		(session->stamp.exists ||
			(best->stamp.exists && isnan(best->loss)));
}

bool
session_best_save(struct session *session, struct error *error)
{
	struct session_best *best = &session->best;

	/* a run resumed from before its best may do worse this time */
	if (best->name == NULL || best->is_declined ||
		run_validation(session->run)->best > best->loss)
		return true;
	if (session_best_awaits_model(session) && !session_save(session, error))
		return false;
	return save(session, error);
}

bool
session_replace_best(struct session *session, struct error *error)
{
	struct session_best *best = &session->best;

	best->is_waiting = false;
	best->stamp = file_stamp_take(best->name, false);
	return save(session, error);
}
