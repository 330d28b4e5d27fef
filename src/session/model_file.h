/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The model file: the state of a run as a safetensors file. Weights and
 * moments are tensors under Keras's names; settings, counters and the random
 * state are strings of the metadata; the loss history is tensors of its own.
 */
#ifndef LSTMTUI_SESSION_MODEL_FILE_H
#define LSTMTUI_SESSION_MODEL_FILE_H

#include <stdbool.h>

#include "base/error.h"
#include "file/atomic_file.h"
#include "run/run.h"
#include "run/run_state.h"

/* The version of the layout that this program writes; it reads up to it. */
enum { MODEL_FILE_VERSION = 1 };

/*
 * Save the state of a run, atomically. Returns
 * false, with the old file untouched, when it cannot be written or when the
 * weights or the optimizer's moments are not finite.
 */
bool model_file_write(const struct run_state *state, const char *path,
	struct error *error);

/*
 * The same at a place of any kind; *stamp gets that of the file that was
 * written.
 */
bool model_file_write_as(const struct run_state *state, const char *path,
	enum atomic_file_origin origin, struct file_stamp *stamp,
	struct error *error);

/*
 * Read a state, which is all zero before; its model is computed with the
 * context, which is borrowed. Release it with run_state_destroy.
 * Returns false, with path and cause and the state all zero again, for
 * anything that is not a whole model file of this program.
 */
bool model_file_read(struct run_state *state, const struct context *context,
	const char *path, struct error *error);

/* Read a run of that state, not prepared; NULL as above. */
struct run *model_file_open(const struct context *context, const char *path,
	struct error *error);

#endif
