/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lock of a model: a hidden file beside the model, .NAME.lock, locked
 * (flock) while a process trains the model; it contains the process ID. A
 * process that dies releases the lock; the next process takes over a lock file
 * left behind.
 */
#ifndef LSTMTUI_SESSION_MODEL_LOCK_H
#define LSTMTUI_SESSION_MODEL_LOCK_H

#include <stdbool.h>

#include "base/error.h"
#include "file/atomic_file.h"

struct model_lock {
	char *path; /* NULL: not held */
	int descriptor;
};

/*
 * Lock the model of this name, and remove temporary files that a killed process
 * left while saving it. Returns false if another process holds the lock; the
 * error gives its process ID or, for a file that cannot be opened or is not a
 * lock file, the name, owner and age of the file. In a directory that cannot be
 * written, returns true without a lock: nothing can be saved there.
 */
bool model_lock_take(struct model_lock *lock, const char *model,
	enum atomic_file_origin origin, struct error *error);

/*
 * Get the path of the lock file of a model, path[PATH_MAX]. Returns false, with
 * the path and the cause in the message, if no model can be saved under this
 * name.
 */
bool model_lock_path(const char *model, enum atomic_file_origin origin,
	char *path, struct error *error);

/* Whether this lock is held for a model of this name. */
bool model_lock_holds(const struct model_lock *lock, const char *model,
	enum atomic_file_origin origin);

void model_lock_release(struct model_lock *lock);

#endif
