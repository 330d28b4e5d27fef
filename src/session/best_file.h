/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The file beside a model that keeps the run as it was after its best
 * validation: of NAME.safetensors NAME-best.safetensors, of any other name
 * the name with "-best" behind it. It belongs to its run, which its identity
 * tells: another run's, or an unrelated file of that name, is not replaced.
 */
#ifndef LSTMTUI_SESSION_BEST_FILE_H
#define LSTMTUI_SESSION_BEST_FILE_H

#include <stdbool.h>

#include "run/run_state.h"

/* Whether a run with these settings has one: it learns and validates a text. */
bool best_file_is_kept(const struct settings *settings);

/*
 * A model's name with a mark before its suffix, or at its end; the caller
 * frees it. NULL where memory cannot be had.
 */
char *best_file_marked_name(const char *model, const char *mark);

/* The name of the best model. */
char *best_file_name(const char *model);

/*
 * Whether the file at `path` keeps the best model of this run; *loss: that of
 * its best validation. A file without an identity, as older programs wrote
 * them, is the run's where the run was resumed and agrees with it in data,
 * seed and all other settings that a run keeps. A link never is.
 */
bool best_file_is_own(const char *path, const struct run_state *state,
	bool is_resumed, double *loss);

#endif
