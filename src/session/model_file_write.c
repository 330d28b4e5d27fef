/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/model_file.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "session/model_file_layout.h"
#include "file/safetensors.h"

static void
add_count(struct safetensors_writer *writer, const char *key, uint64_t value)
{
	char text[NUMBER_TEXT_SIZE];

	snprintf(text, sizeof text, "%" PRIu64, value);
	safetensors_add_metadata(writer, key, text);
}

/* The version of the layout that a program needs to continue the run. */
static uint64_t
version_of(const struct run_state *state)
{
	const struct settings *settings = &state->settings;

	return settings->shuffle || state->scaling.features > 0 ||
			(!is_text(state) && run_state_validates(settings))
		? 2
		: 1;
}

static void
add_settings(struct safetensors_writer *writer, const struct run_state *state)
{
	char text[SETTINGS_TEXT_SIZE];

	safetensors_add_metadata(writer, "format", FORMAT_NAME);
	add_count(writer, "version", version_of(state));
	safetensors_add_metadata(writer, "program", PACKAGE_STRING);
	for (size_t id = 0; setting_list[id] != NULL; id++) {
		setting_format(setting_list[id], &state->settings, text);
		if (text[0] != '\0')
			safetensors_add_metadata(writer, setting_list[id]->key,
				text);
	}
}

/*
 * Add the updates and averages of the snapshots, which kept[2 · count] stores;
 * it must outlive the writer.
 */
static void
add_snapshot_losses(struct safetensors_writer *writer,
	const struct run_state *state, double *kept)
{
	const struct snapshots *snapshots = &state->snapshots;

	if (snapshots->count == 0)
		return;
	for (size_t i = 0; i < snapshots->count; i++) {
		kept[2 * i] = (double)snapshots->at[i].update;
		kept[2 * i + 1] = snapshots->at[i].average;
	}
	safetensors_add_tensor(writer, "snapshots.at", "F64", snapshots->count,
		2, kept);
}

/* Add the points or tokens of the snapshots. */
static void
add_snapshots(struct safetensors_writer *writer, const struct run_state *state)
{
	const struct snapshots *snapshots = &state->snapshots;

	if (snapshots->count == 0)
		return;
	safetensors_add_tensor(writer,
		is_text(state) ? "snapshots.tokens" : "snapshots.points",
		is_text(state) ? "U32" : "F32", snapshots->count,
		snapshots->size, snapshots->values);
}

static void
add_position(struct safetensors_writer *writer, const struct run_state *state)
{
	const uint64_t *word = state->position.random.word;
	char text[RANDOM_TEXT_SIZE];

	if (state->identity[0] != '\0')
		safetensors_add_metadata(writer, "run", state->identity);
	if (state->kernel[0] != '\0')
		safetensors_add_metadata(writer, "kernel", state->kernel);
	add_count(writer, "updates", run_state_updates(state));
	add_count(writer, "points", state->length);
	add_count(writer, "next_sequence", state->position.next);
	add_count(writer, "data_hash", state->data_hash);
	if (state->data_report != NULL)
		safetensors_add_metadata(writer, "data_report",
			state->data_report->bytes);
	if (state->init[0] != '\0') {
		safetensors_add_metadata(writer, "init", state->init);
		add_count(writer, "init_hash", state->init_hash);
	}
	snprintf(text, sizeof text,
		"%016" PRIx64 " %016" PRIx64 " %016" PRIx64 " %016" PRIx64,
		word[0], word[1], word[2], word[3]);
	safetensors_add_metadata(writer, "random", text);
	if (state->settings.data[0] != '\0' || is_text(state))
		add_count(writer, "passes",
			is_text(state) ? state->reader.position.epochs
				       : state->position.passes);
	if (is_text(state) && state->reader.dropped_mark)
		safetensors_add_metadata(writer, "byte_order_mark", "dropped");
}

static void
add_scaling(struct safetensors_writer *writer, const struct scaling *scaling)
{
	if (scaling->features == 0)
		return;
	safetensors_add_tensor(writer, "scaling.offset", "F64", 0,
		scaling->features, scaling->offset);
	safetensors_add_tensor(writer, "scaling.factor", "F64", 0,
		scaling->features, scaling->factor);
}

/*
 * Add the validations. kept stores the values of the last and the best one and
 * must outlive the writer.
 */
static void
add_validations(struct safetensors_writer *writer,
	const struct run_state *state, double kept[VALIDATION_NUMBERS])
{
	const struct validation *validation = &state->validation;

	kept[0] = (double)validation->epochs;
	kept[1] = validation->last;
	kept[2] = validation->best;
	kept[3] = (double)validation->best_epoch;
	safetensors_add_tensor(writer, "validation", "F64", 0,
		VALIDATION_NUMBERS, kept);
	if (state->validations.count > 0)
		safetensors_add_tensor(writer, "validation.losses", "F64",
			state->validations.count, VALIDATIONS_VALUES,
			state->validations.at);
}

/* Add the positions of a text run. */
static void
add_reader_positions(struct safetensors_writer *writer,
	const struct run_state *state)
{
	const struct streams_position *position = &state->reader.position;

	if (position->streams > 0)
		safetensors_add_tensor(writer, "streams.next", "U64", 0,
			position->streams, position->next);
}

/* Add the vocabulary and the carried state of a text run. */
static void
add_reader(struct safetensors_writer *writer, const struct run_state *state)
{
	const struct reader_state *reader = &state->reader;
	const struct model_shape *shape = &state->model.shape;
	size_t streams = reader->position.streams;
	char name[TENSOR_NAME_SIZE];

	safetensors_add_tensor(writer, "vocabulary", "U32", 0,
		reader->vocabulary.characters, reader->vocabulary.character);
	for (size_t l = 0; reader->carries && l < shape->layers; l++)
		safetensors_add_tensor(writer, state_name(l, name), "F32",
			state_rows(shape, l, streams), shape->units[l],
			reader->carried[l]);
}

/*
 * Write the words of a text's vocabulary, each with a '\n', to *lines, which
 * must outlive the writer. Return false if out of memory.
 */
static bool
add_words(struct safetensors_writer *writer, const struct run_state *state,
	char **lines)
{
	const struct word_list *words = &state->reader.vocabulary.words;
	size_t size = words->used + words->count, used = 0;

	if (words->count == 0)
		return true;
	*lines = memory_new(size, 1);
	if (*lines == NULL)
		return false;
	for (size_t i = 0; i < words->count; i++) {
		size_t length;
		const char *word = word_list_get(words, i, &length);

		memcpy(*lines + used, word, length);
		used += length;
		(*lines)[used++] = '\n';
	}
	safetensors_add_tensor(writer, "vocabulary.words", "U8", 0, size,
		*lines);
	return true;
}

/*
 * Add an array in the layout of the parameters, with a prefix to the names. Its
 * plain form goes to plain[parameters.total], which must outlive the writer.
 */
static void
add_parameters(struct safetensors_writer *writer, const struct run_state *state,
	const char *prefix, const float *values, float *plain)
{
	const struct parameters *parameters = &state->model.parameters;
	char name[TENSOR_NAME_SIZE];

	if (values == NULL)
		return;
	parameters_gather(parameters, values, plain);
	for (size_t i = 0; i < parameters->tensors; i++) {
		const struct tensor *tensor = &parameters->tensor[i];

		snprintf(name, sizeof name, "%s%s", prefix, tensor->name);
		safetensors_add_tensor(writer, name, "F32", tensor->rows,
			tensor->columns, plain + tensor->offset);
	}
}

/* Add the kept buckets of every level; kept[] must outlive the writer. */
static void
add_history(struct safetensors_writer *writer, const struct history *history,
	struct history_bucket *kept)
{
	char name[TENSOR_NAME_SIZE];

	for (size_t level = 0; level < HISTORY_LEVELS; level++) {
		size_t count = history_kept(history, level, kept);

		if (count == 0)
			break;
		safetensors_add_tensor(writer, history_name(level, name), "F32",
			count, 4, kept);
		kept += count;
	}
}

bool
model_file_write(const struct run_state *state, const char *path,
	struct error *error)
{
	return model_file_write_as(state, path, ATOMIC_FILE_NAMED, NULL, error);
}

bool
model_file_write_as(const struct run_state *state, const char *path,
	enum atomic_file_origin origin, struct file_stamp *stamp,
	struct error *error)
{
	const struct history *history = &state->history;
	double summary[HISTORY_SUMMARY] = {history->last, history->best,
		history->average_sum, history->average_weight};
	struct safetensors_writer *writer;
	size_t total = state->model.parameters.total;
	double kept_validation[VALIDATION_NUMBERS];
	double kept_snapshots[2 * SETTINGS_LIST_MAX];
	struct history_bucket *kept;
	char *words = NULL;
	float *plain;
	bool good = false;

	if (!run_state_check_finite(state, error))
		return error_prefix(error, "%s: not saved", path);
	writer = safetensors_writer_new(error);
	if (writer == NULL)
		return false;
	kept = memory_new((size_t)2 * HISTORY_BUCKETS * HISTORY_LEVELS,
		sizeof *kept);
	/* weights and moments */
	plain = memory_floats(3 * total);
	if (kept == NULL || plain == NULL) {
		error_out_of_memory(error);
	} else {
		add_settings(writer, state);
		add_position(writer, state);
		/* 8-byte numbers first, so that all tensors are aligned */
		safetensors_add_tensor(writer, "history.summary", "F64", 0,
			HISTORY_SUMMARY, summary);
		safetensors_add_tensor(writer, "history.best_average", "F64", 0,
			1, &history->best_average);
		add_snapshot_losses(writer, state, kept_snapshots);
		add_scaling(writer, &state->scaling);
		if (has_validations(state))
			add_validations(writer, state, kept_validation);
		if (is_text(state))
			add_reader_positions(writer, state);
		add_parameters(writer, state, "", state->model.values, plain);
		add_parameters(writer, state, "optimizer.m.",
			state->optimizer.first, plain + total);
		add_parameters(writer, state, "optimizer.v.",
			state->optimizer.second, plain + 2 * total);
		add_snapshots(writer, state);
		if (!is_text(state))
			safetensors_add_tensor(writer, "start", "F32",
				start_rows(&state->settings),
				run_state_features(state), state->start);
		add_history(writer, history, kept);
		if (is_text(state))
			add_reader(writer, state);
		/* bytes last, so that all tensors are aligned */
		good = add_words(writer, state, &words) ||
			error_out_of_memory(error);
		if (state->settings.data_bytes != NULL)
			safetensors_add_tensor(writer, "data.bytes", "U8", 0,
				state->settings.data_bytes->count,
				state->settings.data_bytes->bytes);
		good = good &&
			safetensors_write(writer, path, origin, stamp, error);
	}
	free(words);
	free(kept);
	free(plain);
	safetensors_writer_destroy(writer);
	return good;
}
