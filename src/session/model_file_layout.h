/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names, shapes and functions shared by the files that write and read the model
 * file.
 */
#ifndef LSTMTUI_SESSION_MODEL_FILE_LAYOUT_H
#define LSTMTUI_SESSION_MODEL_FILE_LAYOUT_H

#include <stdio.h>

#include "base/error.h"
#include "core/parameters.h"
#include "core/random.h"
#include "file/safetensors.h"
#include "run/run_state.h"

#define FORMAT_NAME "lstmtui"

enum {
	TENSOR_NAME_SIZE = PARAMETERS_NAME_SIZE + 24,
	RANDOM_TEXT_SIZE = RANDOM_WORDS * 17,
	HISTORY_SUMMARY = 4,   /* numbers in the tensor */
	VALIDATION_NUMBERS = 4 /* numbers in the tensor */
};

/* Maximum number of passes over the data. */
#define PASSES_MAX ((uint64_t)1 << 62)

/* The name of the tensor of a level of the history. */
static inline const char *
history_name(size_t level, char name[TENSOR_NAME_SIZE])
{
	snprintf(name, TENSOR_NAME_SIZE, "history.%zu", level);
	return name;
}

static inline bool
is_text(const struct run_state *state)
{
	return run_state_task(state)->is_text;
}

/* Whether the file has validations: of a text, even if none is held out. */
static inline bool
has_validations(const struct run_state *state)
{
	return is_text(state) || run_state_validates(&state->settings);
}

/*
 * The name and the number of rows of a layer's carried-state tensor, [2 ·
 * streams, units]: the hidden states, then the cell states.
 */
static inline const char *
state_name(size_t layer, char name[TENSOR_NAME_SIZE])
{
	snprintf(name, TENSOR_NAME_SIZE, "streams.state.%zu", layer);
	return name;
}

static inline size_t
state_rows(const struct model_shape *shape, size_t layer, size_t streams)
{
	return reader_state_carried(shape, layer, streams) /
		shape->units[layer];
}

/* The rows of the tensor `start`; 0 if it is a vector, a single point. */
static inline size_t
start_rows(const struct settings *settings)
{
	size_t starts = framing_start_points(settings_framing(settings));

	return starts > 1 ? starts : 0;
}

/* Read a metadata string that is a whole number from 0 to max. */
bool model_file_read_count(const struct safetensors *file, const char *key,
	uint64_t max, uint64_t *value, struct error *error);

/* Read the losses of a run. */
bool model_file_read_history(const struct safetensors *file,
	struct history *history, struct error *error);

/* Read the validations of a run that has them. */
bool model_file_read_validations(const struct safetensors *file,
	struct run_state *state, struct error *error);

/* Read the vocabulary and the streams of a text. */
bool model_file_read_text(const struct safetensors *file,
	struct run_state *state, struct error *error);

#endif
