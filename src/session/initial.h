/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A run's first weights from a safetensors file (--init), in place of drawn
 * ones: any file that holds the model's tensors by name and shape, as F32,
 * F64, F16 or BF16. Weights of a text's model are matched by character with
 * the vocabulary in the file; characters that it has not keep the weights
 * drawn from the run's seed. The run remembers the file, so that it can begin
 * again from the same weights.
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
	 * Of every parameter, in their plain form, and room for as many; NaN
	 * where the file has none.
	 */
	float *values, *drawn;
	uint64_t hash; /* of the tensors that are taken, as they are stored */
	/* what the user has to know, one line without a newline, or "" */
	char note[INITIAL_NOTE_SIZE];
};

/*
 * Read the weights for a run's model; nothing of the run is changed. Release
 * them with initial_release. Returns false, with path and cause.
 */
bool initial_read(struct initial *initial, const struct run_state *state,
	const char *path, struct error *error);

/* Give them to the run, whose weights have just been drawn. */
void initial_apply(const struct initial *initial, struct run_state *state);

void initial_release(struct initial *initial);

#endif
