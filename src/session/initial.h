/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Initial weights from a file (--init) instead of random ones: safetensors,
 * NumPy's .npz or PyTorch's .pt. The file holds the model's tensors by name and
 * shape, with the names of the model file or of PyTorch (file/weights.h), as
 * F32, F64, F16 or BF16.
 * Weights of a text model are matched by the vocabulary in the file; characters
 * that the file lacks keep weights drawn from the run's seed. The run remembers
 * the file, so that a reset starts from the same weights.
 */
#ifndef LSTMTUI_SESSION_INITIAL_H
#define LSTMTUI_SESSION_INITIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "run/run_state.h"

enum { INITIAL_NOTE_SIZE = 512 };

struct initial {
	/*
	 * Plain arrays of all parameters: the values in the file, NaN where it
	 * has none, and room for random values.
	 */
	float *values, *drawn;
	uint64_t hash; /* of the bytes of the tensors used */
	/* a note to the user, one line without a newline, or "" */
	char note[INITIAL_NOTE_SIZE];
};

/*
 * Read the weights for the model of a run, without changing the run. Release
 * them with initial_release. On failure the error names path and cause.
 */
bool initial_read(struct initial *initial, const struct run_state *state,
	const char *path, struct error *error);

/* Set the weights of a run whose random weights have just been drawn. */
void initial_apply(const struct initial *initial, struct run_state *state);

void initial_release(struct initial *initial);

#endif
