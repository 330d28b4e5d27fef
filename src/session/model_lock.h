/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lock of a model: a hidden file beside it, .NAME.lock, which is locked
 * (flock) as long as a process trains the model and tells that process's
 * number. A process that dies loses the lock, whatever becomes of the file:
 * one that is left over is taken over.
 */
#ifndef LSTMTUI_SESSION_MODEL_LOCK_H
#define LSTMTUI_SESSION_MODEL_LOCK_H

#include <stdbool.h>

#include "base/error.h"
#include "file/atomic_file.h"

struct model_lock {
	char *path; /* NULL: none is held */
	int descriptor;
};

/*
 * Take the lock of a model that is to be saved under this name, and remove
 * temporary files that a killed process left behind in saving it. Returns
 * false, with its number, where another process holds the lock, or with the
 * lock's owner, age and name, where its file may not be opened or is no
 * lock. Where the directory takes no files at all there is no lock, and true:
 * nothing can be saved there either.
 */
bool model_lock_take(struct model_lock *lock, const char *model,
	enum atomic_file_origin origin, struct error *error);

/*
 * The lock's file of a model, in path[PATH_MAX]; false, with path and cause,
 * where no model can be saved under this name.
 */
bool model_lock_path(const char *model, enum atomic_file_origin origin,
	char *path, struct error *error);

/* Whether the lock that is held is that of a model of this name. */
bool model_lock_holds(const struct model_lock *lock, const char *model,
	enum atomic_file_origin origin);

void model_lock_release(struct model_lock *lock);

#endif
