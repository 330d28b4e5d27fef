/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The file of the best model: the run as it was after its best validation,
 * beside the model file. Its name is NAME-best.safetensors for
 * NAME.safetensors, or else the model's name followed by "-best". The identity
 * in the file tells which run it belongs to; a file of another run or an
 * unrelated file is never replaced.
 */
#ifndef LSTMTUI_SESSION_BEST_FILE_H
#define LSTMTUI_SESSION_BEST_FILE_H

#include <stdbool.h>

#include "run/run_state.h"

/* Whether a run with these settings keeps a best model: it is validated. */
bool best_file_is_kept(const struct settings *settings);

/*
 * Insert a mark before the suffix of a model's name, or append it. The caller
 * frees the result. Returns NULL if out of memory.
 */
char *best_file_marked_name(const char *model, const char *mark);

/* Return the name of a model's best-model file; as above. */
char *best_file_name(const char *model);

/*
 * Whether the file at `path` is the best model of this run. Store its best
 * validation loss in *loss. A file without an identity, from an older version,
 * counts as the run's if the run was resumed and both agree in data, seed and
 * all settings that a resumed run cannot change. A symbolic link never counts.
 */
bool best_file_is_own(const char *path, const struct run_state *state,
	bool is_resumed, double *loss);

#endif
