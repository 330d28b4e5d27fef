/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/translate.h"
#include "session/session_private.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "session/best_file.h"
#include "file/file_owner.h"
#include "file/file_set.h"
#include "session/model_file.h"

enum { BESIDE_MAX = 1000 };

/* See session_files_check; `out` is another output, or NULL. */
static bool
check_files(const struct session *session, const char *model,
	const struct settings *settings, const char *out, struct error *error)
{
	struct file_set set = {0};
	struct error ignored;
	char lock[PATH_MAX], *best = NULL;
	bool good;

	if (model != NULL && best_file_is_kept(settings)) {
		best = best_file_name(model);
		if (best == NULL)
			return error_out_of_memory(error);
	}
	file_set_add(&set, FILE_OUTPUT, "MODEL", model);
	file_set_add(&set, FILE_OUTPUT, N_("the best model"), best);
	if (model != NULL &&
		model_lock_path(model, ATOMIC_FILE_NAMED, lock, &ignored))
		file_set_add(&set, FILE_OUTPUT, N_("the lock"), lock);
	if (!settings_read_input(settings))
		file_set_add(&set, FILE_INPUT, "--data", settings->data);
	file_set_add(&set, FILE_INPUT, "--init", session->init_name);
	file_set_add(&set, FILE_INPUT, "--init",
		session->run != NULL ? run_init_file(session->run) : NULL);
	if (session->log_name != NULL && strcmp(session->log_name, "-") != 0)
		file_set_add(&set, FILE_OUTPUT, "--log", session->log_name);
	file_set_add(&set, FILE_OUTPUT, "--record", session->record);
	file_set_add(&set, FILE_OUTPUT, "OUT", out);
	file_set_add_standard(&set);
	good = file_set_check(&set, error);
	free(best);
	return good;
}

bool
session_files_check(const struct session *session, const char *model,
	const struct settings *settings, struct error *error)
{
	return check_files(session, model, settings, NULL, error);
}

bool
session_check_output(const struct session *session, const char *out,
	struct error *error)
{
	return check_files(session, session->model, run_settings(session->run),
		out, error);
}

/*
 * Check at once, not after an hour of training, that the model can be saved
 * under this name and that an existing file is writable: a rename would replace
 * even a write-protected file.
 */
static bool
check_place(struct session *session, const char *model, bool force,
	struct error *error)
{
	struct stat status;

	/* never saved without a name; the compiler does not see that */
	if (model == NULL)
		return true;
	if (!atomic_file_check(model, ATOMIC_FILE_NAMED, error))
		return false;
	if (stat(model, &status) != 0)
		return true;
	if (!force && file_owner_denies_write(model, &status))
		return error_set(error,
			"%s: write-protected; use chmod u+w, another name, or "
			"train --force",
			model);
	if (status.st_nlink > 1)
		snprintf(session->notice, sizeof session->notice,
			_("%.800s: it has %llu names (hard links); only "
			  "this name refers to the saved file"),
			model, (unsigned long long)status.st_nlink);
	return true;
}

/* Lock the best model's name, if the run keeps a best model. */
static bool
lock_best(struct model_lock *lock, const char *model,
	const struct settings *settings, struct error *error)
{
	char *best;
	bool good;

	*lock = (struct model_lock){0};
	if (!best_file_is_kept(settings))
		return true;
	best = best_file_name(model);
	if (best == NULL)
		return error_out_of_memory(error);
	good = atomic_file_check(best, ATOMIC_FILE_DERIVED, error) &&
		model_lock_take(lock, best, ATOMIC_FILE_DERIVED, error);
	free(best);
	return good;
}

bool
session_files_open(struct session *session, bool force, struct error *error)
{
	return session->model == NULL ||
		(check_place(session, session->model, force, error) &&
			lock_best(&session->best_lock, session->model,
				run_settings(session->run), error) &&
			session_best_rename(session, error) &&
			session_best_open(session, force, error));
}

void
session_files_close(struct session *session)
{
	model_lock_release(&session->best_lock);
	model_lock_release(&session->lock);
	free(session->best.name);
	session->best = (struct session_best){.loss = NAN};
	free(session->model);
	session->model = NULL;
	session->stamp = (struct file_stamp){0};
}

/* The locks of another name; the session may hold some of them already. */
struct other_locks {
	struct model_lock lock, best_lock;
	bool has_lock, has_best_lock;
};

static void
release_locks(struct other_locks *locks)
{
	model_lock_release(&locks->lock);
	model_lock_release(&locks->best_lock);
}

static bool
take_locks(const struct session *session, const char *model,
	struct other_locks *locks, struct error *error)
{
	char *best = best_file_name(model);
	bool good = best != NULL || error_out_of_memory(error);

	*locks = (struct other_locks){
		.has_lock = model_lock_holds(&session->lock, model,
			ATOMIC_FILE_NAMED),
		.has_best_lock = best != NULL &&
			model_lock_holds(&session->best_lock, best,
				ATOMIC_FILE_DERIVED),
	};
	free(best);
	if (good &&
		model_lock_holds(&session->best_lock, model, ATOMIC_FILE_NAMED))
		good = error_set(error,
			"%s: the best model of this run is saved "
			"there; choose another name",
			model);
	good = good &&
		(locks->has_lock ||
			model_lock_take(&locks->lock, model, ATOMIC_FILE_NAMED,
				error)) &&
		(locks->has_best_lock ||
			lock_best(&locks->best_lock, model,
				run_settings(session->run), error));
	if (!good)
		release_locks(locks);
	return good;
}

/* Let the session take over these locks with their name. */
static void
change_locks(struct session *session, const struct other_locks *locks)
{
	if (!locks->has_lock) {
		model_lock_release(&session->lock);
		session->lock = locks->lock;
	}
	if (!locks->has_best_lock) {
		model_lock_release(&session->best_lock);
		session->best_lock = locks->best_lock;
	}
}

/* Whether a name is taken, also by a dangling symbolic link. */
static bool
is_taken(const char *name)
{
	struct stat status;

	return lstat(name, &status) == 0;
}

/* Write under the first free name NAME-1, NAME-2, ...; NULL: failed. */
static char *
write_beside(struct session *session, const char *name,
	bool (*write)(struct session *session, const char *name,
		struct error *error),
	struct error *error)
{
	for (int i = 1; i <= BESIDE_MAX; i++) {
		char mark[16], *other;

		snprintf(mark, sizeof mark, "-%d", i);
		other = best_file_marked_name(name, mark);
		if (other == NULL) {
			error_out_of_memory(error);
			return NULL;
		}
		if (!is_taken(other)) {
			if (write(session, other, error))
				return other;
			/* unless a file has just appeared there */
			if (!is_taken(other)) {
				free(other);
				return NULL;
			}
		}
		free(other);
	}
	error_set(error, "%s: not saved: there is no free name beside it",
		name);
	return NULL;
}

bool
session_files_move_beside(struct session *session, char **name,
	const char *what,
	bool (*write)(struct session *session, const char *name,
		struct error *error),
	struct error *error)
{
	char *other = write_beside(session, *name, write, error);

	if (other == NULL)
		return false;
	snprintf(session->notice, sizeof session->notice,
		_("%.400s: changed by another program, and not "
		  "replaced; %s is saved as %.400s"),
		*name, _(what), other);
	free(*name);
	*name = other;
	session->is_moved = true;
	return true;
}

static bool
write_new(struct session *session, const char *name, struct error *error)
{
	struct other_locks locks;

	if (!take_locks(session, name, &locks, error))
		return false;
	if (!model_file_write_as(run_get_state(session->run), name,
		    ATOMIC_FILE_NEW, &session->stamp, error)) {
		release_locks(&locks);
		return false;
	}
	change_locks(session, &locks);
	return true;
}

/* Save beside a model file that another program has changed. */
static bool
move_beside(struct session *session, struct error *error)
{
	return session_files_move_beside(session, &session->model,
		       N_("the run"), write_new, error) &&
		session_best_rename(session, error);
}

bool
session_is_changed(const struct session *session)
{
	return session->model != NULL &&
		file_stamp_differs(&session->stamp, session->model, true);
}

bool
session_files_write(struct session *session, struct error *error)
{
	struct error cause;

	if (!session_is_changed(session)) {
		if (model_file_write_as(run_get_state(session->run),
			    session->model, ATOMIC_FILE_NAMED, &session->stamp,
			    &cause))
			return true;
		/* it may have changed while the new file was written */
		if (!session_is_changed(session)) {
			*error = cause;
			return false;
		}
	}
	return session->asks
		? error_set(error,
			  "%s: not saved: another "
			  "program has changed it (w asks whether to replace "
			  "it)",
			  session->model)
		: move_beside(session, error);
}

bool
session_replace(struct session *session, struct error *error)
{
	session->stamp = file_stamp_take(session->model, true);
	return session_save(session, error);
}

bool
session_save_as(struct session *session, const char *model, struct error *error)
{
	char *copy = memory_string(model), *old = session->model;
	struct file_stamp stamp = session->stamp;
	struct other_locks locks;

	if (copy == NULL)
		return error_out_of_memory(error);
	if (!session_files_check(session, model, run_settings(session->run),
		    error) ||
		!check_place(session, model, false, error) ||
		!take_locks(session, model, &locks, error)) {
		free(copy);
		return false;
	}
	session->model = copy;
	if (session_replace(session, error)) {
		change_locks(session, &locks);
		free(old);
		return session_best_rename(session, error);
	}
	session->model = old;
	session->stamp = stamp;
	release_locks(&locks);
	free(copy);
	return false;
}
