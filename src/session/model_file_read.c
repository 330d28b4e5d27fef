/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/model_file.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/utf8.h"
#include "run/run_private.h"
#include "session/model_file_layout.h"
#include "file/safetensors.h"
#include "file/tensor_read.h"

static bool
read_parameters(const struct safetensors *file, const struct run *run,
	const char *prefix, float *values, struct error *error)
{
	const struct parameters *parameters = &run->model.parameters;
	char name[TENSOR_NAME_SIZE];
	float *plain;
	bool good = true;

	if (values == NULL)
		return true;
	plain = memory_floats(parameters->total);
	if (plain == NULL)
		return error_out_of_memory(error);
	for (size_t i = 0; good && i < parameters->tensors; i++) {
		const struct tensor *tensor = &parameters->tensor[i];

		snprintf(name, sizeof name, "%s%s", prefix, tensor->name);
		good = tensor_read(file, name, tensor->rows, tensor->columns,
			plain + tensor->offset, error);
	}
	if (good)
		parameters_scatter(parameters, plain, values);
	free(plain);
	return good;
}

static bool
read_count(const struct safetensors *file, const char *key, uint64_t max,
	uint64_t *value, struct error *error)
{
	const char *text = safetensors_metadata(file, key);

	if (text == NULL)
		return error_set(error, "damaged: '%s' is missing", key);
	if (!number_parse_count(text, max, value))
		return error_set(error, "damaged: '%s' is wrong", key);
	return true;
}

/* That it is ours, and not of a program to come. */
static bool
read_version(const struct safetensors *file, struct error *error)
{
	const char *format = safetensors_metadata(file, "format");
	uint64_t version = 0;

	if (format == NULL || strcmp(format, FORMAT_NAME) != 0)
		return error_set(error,
			"not a model of lstmtui, but another "
			"program's safetensors file");
	if (!read_count(file, "version", UINT64_MAX, &version, error))
		return false;
	if (version > MODEL_FILE_VERSION)
		return error_set(error,
			"written by a newer lstmtui: file "
			"version %" PRIu64 ", this program reads up to %d",
			version, MODEL_FILE_VERSION);
	return true;
}

static bool
read_settings(const struct safetensors *file, struct settings *settings,
	struct error *error)
{
	char bytes[SETTINGS_TEXT_SIZE];

	settings_default(settings);
	for (size_t id = 0; setting_list[id] != NULL; id++) {
		const struct setting *setting = setting_list[id];
		const char *text = safetensors_metadata(file, setting->key);

		/* made sequences, or a setting of a later program */
		if (text == NULL &&
			(setting->type == SETTING_PATH || setting->may_miss)) {
			if (setting->if_missing != NULL)
				setting_parse(setting, settings,
					setting->if_missing, error);
			continue;
		}
		if (text == NULL)
			return error_set(error, "damaged: '%s' is missing",
				setting->key);
		text = safetensors_metadata_bytes(file, setting->key, bytes,
			sizeof bytes);
		if (text == NULL)
			return error_set(error, "damaged: '%s_bytes' is wrong",
				setting->key);
		if (!setting_parse(setting_list[id], settings, text, error))
			return error_prefix(error, "damaged: '%s'",
				setting->key);
	}
	if (!settings_complete(settings, SETTINGS_ALL, error))
		return error_prefix(error, "damaged");
	return true;
}

/* Files of older programs, and of runs without a best model, have none. */
static bool
read_identity(const struct safetensors *file, struct run *run,
	struct error *error)
{
	const char *text = safetensors_metadata(file, "run");

	if (text == NULL)
		return true;
	if (strlen(text) != RUN_IDENTITY_SIZE - 1 ||
		text[strspn(text, "0123456789abcdef")] != '\0')
		return error_set(error, "damaged: 'run' is wrong");
	memcpy(run->identity, text, RUN_IDENTITY_SIZE);
	return true;
}

static bool
read_position(const struct safetensors *file, struct run *run,
	struct error *error)
{
	const struct task *task = run->settings.task;
	const char *random = safetensors_metadata(file, "random");
	uint64_t *word = run->position.random.word;
	uint64_t updates = 0, points = 0;

	if (!read_count(file, "updates", (uint64_t)1 << 62, &updates, error) ||
		!read_count(file, "points", 1 << 30, &points, error) ||
		!read_count(file, "next_sequence", UINT64_MAX,
			&run->position.next, error) ||
		!read_count(file, "data_hash", UINT64_MAX, &run->data_hash,
			error))
		return false;
	/* what is drawn has room for the start, and for what measures it */
	if (points > run_length_max(run))
		return error_set(error,
			"damaged: 'points' is %" PRIu64 ", but "
			"at most %zu are drawn",
			points, run_length_max(run));
	if (points < 2 || (task->points > 0 && points != task->points) ||
		(!task->is_text &&
			points < framing_min(settings_framing(&run->settings))))
		return error_set(error, "damaged: 'points' is wrong");
	if (random == NULL ||
		sscanf(random,
			"%16" SCNx64 " %16" SCNx64 " %16" SCNx64 " %16" SCNx64,
			&word[0], &word[1], &word[2],
			&word[3]) != RANDOM_WORDS ||
		!random_is_valid(&run->position.random))
		return error_set(error, "damaged: 'random' is wrong");
	run->length = (size_t)points;
	run->history.updates = updates;
	return true;
}

/* The file of the first weights; older programs did not keep it. */
static bool
read_init(const struct safetensors *file, struct run *run, struct error *error)
{
	const char *init = safetensors_metadata(file, "init");
	char bytes[sizeof run->init];

	if (init == NULL || init[0] == '\0')
		return true;
	init = safetensors_metadata_bytes(file, "init", bytes, sizeof bytes);
	if (init == NULL || strlen(init) >= sizeof run->init)
		return error_set(error, "damaged: 'init' is wrong");
	snprintf(run->init, sizeof run->init, "%s", init);
	return read_count(file, "init_hash", UINT64_MAX, &run->init_hash,
		error);
}

static bool
read_history_level(const struct safetensors *file, struct history *history,
	size_t level, struct error *error)
{
	struct history_bucket kept[2 * HISTORY_BUCKETS];
	const struct safetensors_tensor *tensor;
	char name[TENSOR_NAME_SIZE];
	size_t rows = 0;

	tensor = safetensors_find(file, history_name(level, name));
	if (tensor != NULL && tensor->dimensions == 2)
		rows = (size_t)tensor->shape[0];
	if (rows > (size_t)2 * HISTORY_BUCKETS ||
		(tensor != NULL &&
			!tensor_read(file, name, rows, 4, (float *)kept,
				error)))
		return error_prefix(error, "damaged");
	if (!history_restore(history, level, kept, rows))
		return error_set(error,
			"damaged: the tensor '%s' does not "
			"fit the count of updates",
			name);
	return true;
}

static bool
read_history(const struct safetensors *file, struct history *history,
	struct error *error)
{
	const struct safetensors_tensor *tensor =
		safetensors_find(file, "history.summary");
	double summary[HISTORY_SUMMARY];

	if (tensor == NULL || tensor->bytes != sizeof summary ||
		strcmp(tensor->type, "F64") != 0)
		return error_set(error,
			"damaged: the tensor "
			"'history.summary' is wrong");
	memcpy(summary, tensor->data, sizeof summary);
	history->last = summary[0];
	history->best = summary[1];
	history->average_sum = summary[2];
	history->average_weight = summary[3];
	for (size_t level = 0; level < HISTORY_LEVELS; level++)
		if (!read_history_level(file, history, level, error))
			return false;
	return true;
}

/* The width of a point: the rows of the first kernel. */
static bool
read_features(const struct safetensors *file, const struct task *task,
	size_t *features, struct error *error)
{
	size_t max = task->is_text ? UTF8_CHARACTERS : SEQUENCES_FEATURES_MAX;
	const struct safetensors_tensor *kernel =
		tensor_find(file, "lstm.kernel", error);

	if (kernel == NULL)
		return false;
	if (kernel->dimensions != 2 || kernel->shape[0] == 0 ||
		kernel->shape[0] > max ||
		(task->features > 0 && kernel->shape[0] != task->features))
		return error_set(error,
			"the tensor 'lstm.kernel' has an "
			"impossible shape");
	*features = (size_t)kernel->shape[0];
	return true;
}

/*
 * A forged file can name a model far larger than itself: that the file has
 * all of it is seen before memory is asked for.
 */
static bool
check_size(const struct safetensors *file, const struct context *context,
	const struct settings *settings, size_t features, struct error *error)
{
	struct model_shape shape = settings_shape(settings, features);
	struct model model;

	if (!model_lay_out(&model, context, &shape, error))
		return false;
	for (size_t i = 0; i < model.parameters.tensors; i++) {
		const struct tensor *tensor = &model.parameters.tensor[i];

		if (!tensor_check(file, tensor->name, tensor->rows,
			    tensor->columns, error))
			return false;
	}
	return settings->task->is_text ||
		tensor_check(file, "start", start_rows(settings), features,
			error);
}

static bool
read_optimizer(const struct safetensors *file, struct run *run,
	struct error *error)
{
	if (!read_parameters(file, run, "optimizer.m.", run->optimizer.first,
		    error) ||
		!read_parameters(file, run, "optimizer.v.",
			run->optimizer.second, error))
		return false;
	/* means of squares, of which roots are taken */
	for (size_t i = 0;
		run->optimizer.second != NULL && i < run->optimizer.count; i++)
		if (run->optimizer.second[i] < 0)
			return error_set(error,
				"damaged: a tensor "
				"'optimizer.v.' holds a number below 0");
	optimizer_resume(&run->optimizer, run->history.updates);
	return true;
}

/* They are of a later program than version 1: there may be none. */
static bool
read_snapshots(const struct safetensors *file, struct run *run,
	struct error *error)
{
	const struct safetensors_tensor *tensor =
		safetensors_find(file, "snapshots.at");
	struct snapshots *snapshots = &run->snapshots;
	double at[2 * SETTINGS_LIST_MAX];
	size_t count;

	if (!snapshots_create(snapshots, run, error))
		return false;
	if (tensor == NULL || snapshots->size == 0)
		return true;
	if (strcmp(tensor->type, "F64") != 0 || tensor->dimensions != 2 ||
		tensor->shape[1] != 2 || tensor->bytes > sizeof at)
		return error_set(error,
			"damaged: the tensor 'snapshots.at' "
			"is wrong");
	memcpy(at, tensor->data, tensor->bytes);
	count = (size_t)tensor->shape[0];
	for (size_t i = 0; i < count; i++) {
		if (!(at[2 * i] >= 1 && at[2 * i] < 1e15))
			return error_set(error,
				"damaged: the tensor "
				"'snapshots.at' is wrong");
		snapshots->at[i].update = (uint64_t)at[2 * i];
		snapshots->at[i].average = at[2 * i + 1];
	}
	if (count > 0 &&
		(!tensor_check(file, "snapshots.points", count, snapshots->size,
			 error) ||
			!snapshots_reserve(snapshots, count, error) ||
			!tensor_read(file, "snapshots.points", count,
				snapshots->size, snapshots->points, error)))
		return false;
	snapshots->count = count;
	return true;
}

/* Whether it can be a token of a text. */
static bool
is_character(uint32_t character, bool is_byte)
{
	if (is_byte)
		return character < 0x100;
	return utf8_is_character(character);
}

static bool
read_vocabulary(const struct safetensors *file, struct run *run,
	struct error *error)
{
	const struct safetensors_tensor *tensor =
		safetensors_find(file, "vocabulary");
	struct vocabulary *vocabulary = &run->reader.vocabulary;

	if (tensor == NULL || strcmp(tensor->type, "U32") != 0 ||
		tensor->count != run_features(run))
		return error_set(error,
			"damaged: the tensor 'vocabulary' is "
			"not one of as many characters as the model has");
	vocabulary->is_bytes = run->settings.bytes;
	vocabulary->character = memory_new((size_t)tensor->count,
		sizeof *vocabulary->character);
	if (vocabulary->character == NULL)
		return error_out_of_memory(error);
	vocabulary->count = (size_t)tensor->count;
	memcpy(vocabulary->character, tensor->data, tensor->bytes);
	for (size_t i = 0; i < vocabulary->count; i++)
		if (!is_character(vocabulary->character[i],
			    vocabulary->is_bytes) ||
			(i > 0 &&
				vocabulary->character[i] <=
					vocabulary->character[i - 1]))
			return error_set(error,
				"damaged: the tensor "
				"'vocabulary' is not of rising characters");
	return true;
}

/* Where the streams are, and their state; none before the first update. */
static bool
read_streams(const struct safetensors *file, struct run *run,
	struct error *error)
{
	const struct safetensors_tensor *tensor =
		safetensors_find(file, "streams.next");
	struct reader *reader = &run->reader;
	char name[TENSOR_NAME_SIZE];
	size_t samples;

	if (tensor == NULL)
		return true;
	if (strcmp(tensor->type, "U64") != 0 || tensor->dimensions != 1 ||
		tensor->count > run->settings.batch)
		return error_set(error,
			"damaged: the tensor 'streams.next' "
			"is wrong");
	samples = (size_t)tensor->count;
	reader->kept_next = memory_new(samples, sizeof *reader->kept_next);
	if (reader->kept_next == NULL)
		return error_out_of_memory(error);
	memcpy(reader->kept_next, tensor->data, tensor->bytes);
	reader->kept_streams = samples;
	for (size_t l = 0; l < run->model.shape.layers; l++) {
		size_t units = run->model.layer[l].units;
		size_t rows = cell_states(run->model.shape.cell) * samples;

		if (safetensors_find(file, state_name(l, name)) == NULL)
			break; /* a framing without */
		if (!tensor_check(file, name, rows, units, error))
			return false;
		reader->kept_state[l] = memory_floats(rows * units);
		if (reader->kept_state[l] == NULL)
			return error_out_of_memory(error);
		if (!tensor_read(file, name, rows, units, reader->kept_state[l],
			    error))
			return false;
	}
	return true;
}

static bool
read_reader(const struct safetensors *file, struct run *run,
	struct error *error)
{
	const struct safetensors_tensor *tensor =
		safetensors_find(file, "validation");
	struct validation *validation = &run->reader.validation;
	double values[READER_VALIDATION];

	if (tensor == NULL || tensor->bytes != sizeof values ||
		strcmp(tensor->type, "F64") != 0)
		return error_set(error,
			"damaged: the tensor 'validation' is "
			"wrong");
	memcpy(values, tensor->data, sizeof values);
	if (!(values[0] >= 0 && values[0] < 1e15 && values[3] >= 0 &&
		    values[3] < 1e15))
		return error_set(error,
			"damaged: the tensor 'validation' is "
			"wrong");
	validation->epochs = (uint64_t)values[0];
	validation->last = values[1];
	validation->best = values[2];
	validation->best_epoch = (uint64_t)values[3];
	/* files of programs that took it for a character do not have it */
	run->reader.dropped_mark =
		safetensors_metadata(file, "byte_order_mark") != NULL;
	return read_vocabulary(file, run, error) &&
		read_count(file, "passes", (uint64_t)1 << 62,
			&run->reader.epochs, error) &&
		read_streams(file, run, error);
}

static bool
read_run(const struct safetensors *file, const struct context *context,
	struct run *run, struct error *error)
{
	struct settings *settings = &run->settings;
	size_t features = 0;

	return read_version(file, error) &&
		read_settings(file, settings, error) &&
		read_features(file, settings->task, &features, error) &&
		check_size(file, context, settings, features, error) &&
		run_allocate(run, context, settings, features, error) &&
		read_identity(file, run, error) &&
		read_position(file, run, error) &&
		read_init(file, run, error) &&
		read_parameters(file, run, "", run->model.values, error) &&
		read_optimizer(file, run, error) &&
		read_snapshots(file, run, error) &&
		(is_text(run) ? read_reader(file, run, error)
			      : tensor_read(file, "start", start_rows(settings),
					features, run->start, error)) &&
		read_history(file, &run->history, error);
}

struct run *
model_file_read(const struct context *context, const char *path,
	struct error *error)
{
	struct safetensors *file = safetensors_read(path, error);
	struct run *run;
	bool good;

	if (file == NULL)
		return NULL;
	run = memory_new(1, sizeof *run);
	good = run != NULL ? read_run(file, context, run, error)
			   : error_out_of_memory(error);
	safetensors_close(file);
	if (good)
		return run;
	error_prefix(error, "%s", path);
	error->is_usage = false; /* whatever it is, the file has it */
	run_destroy(run);
	return NULL;
}
