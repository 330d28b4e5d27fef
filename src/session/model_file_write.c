/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/model_file.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "run/run_private.h"
#include "session/best_file.h"
#include "session/model_file_layout.h"
#include "file/safetensors.h"

static void
add_count(struct safetensors_writer *writer, const char *key, uint64_t value)
{
	char text[NUMBER_TEXT_SIZE];

	snprintf(text, sizeof text, "%" PRIu64, value);
	safetensors_add_metadata(writer, key, text);
}

static void
add_settings(struct safetensors_writer *writer, const struct run *run)
{
	char text[SETTINGS_TEXT_SIZE];

	safetensors_add_metadata(writer, "format", FORMAT_NAME);
	add_count(writer, "version", MODEL_FILE_VERSION);
	safetensors_add_metadata(writer, "program", PACKAGE_STRING);
	for (size_t id = 0; setting_list[id] != NULL; id++) {
		setting_format(setting_list[id], &run->settings, text);
		if (text[0] != '\0')
			safetensors_add_metadata(writer, setting_list[id]->key,
				text);
	}
}

/* kept[2 · count] must outlive the writer. */
static void
add_snapshots(struct safetensors_writer *writer, const struct run *run,
	double *kept)
{
	const struct snapshots *snapshots = &run->snapshots;

	if (snapshots->count == 0)
		return;
	for (size_t i = 0; i < snapshots->count; i++) {
		kept[2 * i] = (double)snapshots->at[i].update;
		kept[2 * i + 1] = snapshots->at[i].average;
	}
	safetensors_add_tensor(writer, "snapshots.at", "F64", snapshots->count,
		2, kept);
	safetensors_add_tensor(writer, "snapshots.points", "F32",
		snapshots->count, snapshots->size, snapshots->points);
}

/* What add_reader keeps until the file is written. */
struct kept_reader {
	double validation[READER_VALIDATION];
	float *state[MODEL_LAYERS_MAX];
};

static void
add_position(struct safetensors_writer *writer, const struct run *run)
{
	const uint64_t *word = run->position.random.word;
	char text[RANDOM_TEXT_SIZE];

	/* of others two runs of the same seed leave the same bytes */
	if (best_file_is_kept(&run->settings) && run->identity[0] != '\0')
		safetensors_add_metadata(writer, "run", run->identity);
	add_count(writer, "updates", run_updates(run));
	add_count(writer, "points", run->length);
	add_count(writer, "next_sequence", run->position.next);
	add_count(writer, "data_hash", run->data_hash);
	if (run->init[0] != '\0') {
		safetensors_add_metadata(writer, "init", run->init);
		add_count(writer, "init_hash", run->init_hash);
	}
	snprintf(text, sizeof text,
		"%016" PRIx64 " %016" PRIx64 " %016" PRIx64 " %016" PRIx64,
		word[0], word[1], word[2], word[3]);
	safetensors_add_metadata(writer, "random", text);
	if (is_text(run))
		add_count(writer, "passes", run->reader.epochs);
	if (is_text(run) && run->reader.dropped_mark)
		safetensors_add_metadata(writer, "byte_order_mark", "dropped");
}

/*
 * What a run that learns a text has besides: tokens, streams, the state
 * carried from one update to the next, the last validations. The arrays
 * behind *kept must outlive the writer.
 */
static bool
add_reader(struct safetensors_writer *writer, const struct run *run,
	struct kept_reader *kept, struct error *error)
{
	const struct reader *reader = &run->reader;
	const struct validation *validation = &reader->validation;
	char name[TENSOR_NAME_SIZE];

	safetensors_add_tensor(writer, "vocabulary", "U32", 0,
		reader->vocabulary.count, reader->vocabulary.character);
	kept->validation[0] = (double)validation->epochs;
	kept->validation[1] = validation->last;
	kept->validation[2] = validation->best;
	kept->validation[3] = (double)validation->best_epoch;
	safetensors_add_tensor(writer, "validation", "F64", 0,
		READER_VALIDATION, kept->validation);
	if (!reader->is_open)
		return true;
	safetensors_add_tensor(writer, "streams.next", "U64", 0,
		reader->streams.samples, reader->streams.next);
	if (!run->pass.carries_state)
		return true;
	for (size_t l = 0; l < run->model.shape.layers; l++) {
		size_t units = run->model.layer[l].units;
		size_t size =
			pass_state_size(&run->pass, l, reader->streams.samples);

		kept->state[l] = memory_floats(size);
		if (kept->state[l] == NULL)
			return error_out_of_memory(error);
		pass_get_state(&run->pass, l, kept->state[l]);
		safetensors_add_tensor(writer, state_name(l, name), "F32",
			size / units, units, kept->state[l]);
	}
	return true;
}

static void
kept_reader_release(struct kept_reader *kept)
{
	for (size_t l = 0; l < MODEL_LAYERS_MAX; l++)
		free(kept->state[l]);
}

/*
 * One array laid out as the parameters, under prefixed names. It is brought
 * into its plain form, plain[parameters.total], which must outlive the
 * writer.
 */
static void
add_parameters(struct safetensors_writer *writer, const struct run *run,
	const char *prefix, const float *values, float *plain)
{
	const struct parameters *parameters = &run->model.parameters;
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

/* The kept buckets of every level, into kept[], which must outlive them. */
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

/* What could not be read again is not written over what can. */
static bool
check_finite(const struct run *run, struct error *error)
{
	const struct optimizer_state *optimizer = &run->optimizer;
	size_t count = run->model.parameters.packed_total;

	if (!parameters_finite(run->model.values, count))
		return error_set(error, "the weights are not finite");
	if ((optimizer->first != NULL &&
		    !parameters_finite(optimizer->first, count)) ||
		(optimizer->second != NULL &&
			!parameters_finite(optimizer->second, count)))
		return error_set(error,
			"the optimizer's moments are not "
			"finite");
	return true;
}

bool
model_file_write(const struct run *run, const char *path, struct error *error)
{
	return model_file_write_as(run, path, ATOMIC_FILE_NAMED, NULL, error);
}

bool
model_file_write_as(const struct run *run, const char *path,
	enum atomic_file_place place, struct file_stamp *stamp,
	struct error *error)
{
	const struct history *history = &run->history;
	double summary[HISTORY_SUMMARY] = {history->last, history->best,
		history->average_sum, history->average_weight};
	struct safetensors_writer *writer;
	size_t total = run->model.parameters.total;
	struct kept_reader kept_reader = {0};
	double kept_snapshots[2 * SETTINGS_LIST_MAX];
	struct history_bucket *kept;
	float *plain;
	bool good = false;

	if (!check_finite(run, error))
		return error_prefix(error, "%s: not saved", path);
	writer = safetensors_writer_new(error);
	if (writer == NULL)
		return false;
	kept = memory_new((size_t)2 * HISTORY_BUCKETS * HISTORY_LEVELS,
		sizeof *kept);
	/* of the weights and of the moments */
	plain = memory_floats(3 * total);
	if (kept == NULL || plain == NULL) {
		error_out_of_memory(error);
	} else {
		add_settings(writer, run);
		add_position(writer, run);
		/* eight-byte numbers first: all stay aligned in the file */
		safetensors_add_tensor(writer, "history.summary", "F64", 0,
			HISTORY_SUMMARY, summary);
		add_parameters(writer, run, "", run->model.values, plain);
		add_parameters(writer, run, "optimizer.m.",
			run->optimizer.first, plain + total);
		add_parameters(writer, run, "optimizer.v.",
			run->optimizer.second, plain + 2 * total);
		add_snapshots(writer, run, kept_snapshots);
		if (!is_text(run))
			safetensors_add_tensor(writer, "start", "F32",
				start_rows(&run->settings), run_features(run),
				run->start);
		add_history(writer, history, kept);
		good = (!is_text(run) ||
			       add_reader(writer, run, &kept_reader, error)) &&
			safetensors_write(writer, path, place, stamp, error);
	}
	free(kept);
	free(plain);
	kept_reader_release(&kept_reader);
	safetensors_writer_destroy(writer);
	return good;
}
