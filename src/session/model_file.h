/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The model file: the state of a run as a safetensors file. Weights and moments
 * are tensors with Keras's names; settings, counters and the random state are
 * metadata strings; the loss history has tensors of its own.
 */
#ifndef LSTMTUI_SESSION_MODEL_FILE_H
#define LSTMTUI_SESSION_MODEL_FILE_H

#include <stdbool.h>

#include "base/error.h"
#include "file/atomic_file.h"
#include "run/run.h"
#include "run/run_state.h"

/*
 * The latest version of the layout that this program writes and reads. A run
 * without the settings of version 2, which a program that reads only version 1
 * would ignore, is still written as version 1.
 */
enum { MODEL_FILE_VERSION = 2 };

/*
 * Save the state of a run atomically. Returns false, with the old file
 * unchanged, if it cannot be written or if weights or moments are not finite.
 */
bool model_file_write(const struct run_state *state, const char *path,
	struct error *error);

/* The same for a path of any origin; store the new file's stamp in *stamp. */
bool model_file_write_as(const struct run_state *state, const char *path,
	enum atomic_file_origin origin, struct file_stamp *stamp,
	struct error *error);

/*
 * Read a zeroed state, whose model borrows the context. Release it with
 * run_state_destroy. Returns false, with path and cause in the error and the
 * state all zero, unless the file is a complete model file.
 */
bool model_file_read(struct run_state *state, const struct context *context,
	const char *path, struct error *error);

/* Read a run, which is not prepared. Returns NULL on failure, as above. */
struct run *model_file_open(const struct context *context, const char *path,
	struct error *error);

#endif
