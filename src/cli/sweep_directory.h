/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The directory of a sweep: its lock, and the files in it. */
#ifndef LSTMTUI_CLI_SWEEP_DIRECTORY_H
#define LSTMTUI_CLI_SWEEP_DIRECTORY_H

#include "file/file_set.h"
#include "sweep/sweep.h"

/*
 * Lock the directory, so that two sweeps never train the same runs. The
 * training processes inherit the lock and hold it until they have saved, even
 * if the sweep is killed. A file system without locks locks nothing.
 */
bool sweep_directory_lock(const char *path, int *descriptor,
	struct error *error);

/* Create the directory if it is missing; set *is_new if it was created. */
bool sweep_directory_make(const char *path, bool *is_new, struct error *error);

/*
 * Check that no file that the sweep writes is also read or written under
 * another name. models: how the sweep uses the model files.
 */
bool sweep_directory_check(const struct sweep *sweep, enum file_use models,
	struct error *error);

/*
 * Refuse to train through a symbolic link under the name of a model: the sweep
 * chose the names, so the link is someone else's.
 */
bool sweep_directory_check_models(const struct sweep *sweep,
	struct error *error);

#endif
