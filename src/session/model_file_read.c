/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/model_file.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/byte_order.h"
#include "base/memory.h"
#include "base/number.h"
#include "session/model_file_layout.h"
#include "task/data_report.h"
#include "file/safetensors.h"
#include "file/tensor_read.h"

static bool
read_parameters(const struct safetensors *file, const struct run_state *state,
	const char *prefix, float *values, struct error *error)
{
	const struct parameters *parameters = &state->model.parameters;
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

bool
model_file_read_count(const struct safetensors *file, const char *key,
	uint64_t max, uint64_t *value, struct error *error)
{
	const char *text = safetensors_metadata(file, key);

	if (text == NULL)
		return error_set(error, "damaged: '%s' is missing", key);
	if (!number_parse_count(text, max, value))
		return error_set(error, "damaged: '%s' is wrong", key);
	return true;
}

/* Check that the file is a model file of a known version. */
static bool
read_version(const struct safetensors *file, struct error *error)
{
	const char *format = safetensors_metadata(file, "format");
	uint64_t version = 0;

	if (format == NULL || strcmp(format, FORMAT_NAME) != 0)
		return error_set(error,
			"not a model of lstmtui, but another "
			"program's safetensors file");
	if (!model_file_read_count(file, "version", UINT64_MAX, &version,
		    error))
		return false;
	if (version > MODEL_FILE_VERSION)
		return error_set(error,
			"written by a newer lstmtui: file "
			"version %llu, this program reads up to %d",
			(unsigned long long)version, MODEL_FILE_VERSION);
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

		/* no data file, or a setting that older versions lack */
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
		if (!setting_parse(setting, settings, text, error))
			return error_prefix(error, "damaged: '%s'",
				setting->key);
	}
	/* older versions saved a fraction for points without effect */
	if (!settings->task->is_text &&
		safetensors_metadata(file, "passes") == NULL)
		settings->validation = 0;
	if (!settings_check(settings, error))
		return error_prefix(error, "damaged");
	return true;
}

/* Missing in files of older versions and of runs without a best model. */
static bool
read_identity(const struct safetensors *file, struct run_state *state,
	struct error *error)
{
	const char *text = safetensors_metadata(file, "run");

	if (text == NULL)
		return true;
	if (strlen(text) != RUN_IDENTITY_SIZE - 1 ||
		text[strspn(text, "0123456789abcdef")] != '\0')
		return error_set(error, "damaged: 'run' is wrong");
	memcpy(state->identity, text, RUN_IDENTITY_SIZE);
	return true;
}

/* Missing in files of older versions and of runs without an update. */
static bool
read_kernel(const struct safetensors *file, struct run_state *state,
	struct error *error)
{
	const char *name = safetensors_metadata(file, "kernel");
	size_t length = name != NULL ? strlen(name) : 0;

	if (name == NULL)
		return true;
	if (length == 0 || length >= sizeof state->kernel ||
		length != strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789"))
		return error_set(error, "damaged: 'kernel' is wrong");
	memcpy(state->kernel, name, length);
	return true;
}

static bool
read_position(const struct safetensors *file, struct run_state *state,
	struct error *error)
{
	const struct task *task = run_state_task(state);
	const char *random = safetensors_metadata(file, "random");
	uint64_t *word = state->position.random.word;
	uint64_t updates = 0, points = 0;

	if (!model_file_read_count(file, "updates", (uint64_t)1 << 62, &updates,
		    error) ||
		!model_file_read_count(file, "points", 1 << 30, &points,
			error) ||
		!model_file_read_count(file, "next_sequence", UINT64_MAX,
			&state->position.next, error) ||
		!model_file_read_count(file, "data_hash", UINT64_MAX,
			&state->data_hash, error))
		return false;
	/* missing in files of older versions, which do not need it */
	if (!task->is_text && safetensors_metadata(file, "passes") != NULL &&
		!model_file_read_count(file, "passes", PASSES_MAX,
			&state->position.passes, error))
		return false;
	/* a sequence must hold the start and the points of a shape error */
	if (points > run_state_length_max(state))
		return error_set(error,
			"damaged: 'points' is %llu, but the maximum is %zu",
			(unsigned long long)points,
			run_state_length_max(state));
	if (points < 2 ||
		(task->points > 0 &&
			points != settings_points(&state->settings)) ||
		(!task->is_text &&
			points < framing_min(
					 settings_framing(&state->settings))))
		return error_set(error, "damaged: 'points' is wrong");
	if (random == NULL ||
		sscanf(random,
			"%16" SCNx64 " %16" SCNx64 " %16" SCNx64 " %16" SCNx64,
			&word[0], &word[1], &word[2],
			&word[3]) != RANDOM_WORDS ||
		!random_is_valid(&state->position.random))
		return error_set(error, "damaged: 'random' is wrong");
	state->history.updates = updates;
	return run_state_set_length(state, (size_t)points, error);
}

/* Read a tensor of numbers, one for each feature. */
static bool
read_numbers(const struct safetensors *file, const char *name, size_t features,
	double *numbers, struct error *error)
{
	const struct safetensors_tensor *tensor = safetensors_find(file, name);

	if (tensor == NULL || strcmp(tensor->type, "F64") != 0 ||
		tensor->bytes != features * sizeof *numbers)
		return error_set(error, "damaged: the tensor '%s' is wrong",
			name);
	byte_order_little(numbers, tensor->data, sizeof *numbers, features);
	return true;
}

/* Missing in files of older versions and of runs without scaling. */
static bool
read_scaling(const struct safetensors *file, struct run_state *state,
	struct error *error)
{
	struct scaling *scaling = &state->scaling;
	const struct scaling_rule *rule = state->settings.scale;
	size_t features = run_state_features(state);
	bool has_data = state->settings.data[0] != '\0';
	/* an imported run of points may lack its data */
	bool may_have = (has_data || run_state_task(state)->make == NULL) &&
		!is_text(state) && rule->applies != NULL;
	bool has = safetensors_find(file, "scaling.offset") != NULL ||
		safetensors_find(file, "scaling.factor") != NULL;

	if (!has && !(may_have && has_data && rule == &scaling_standard))
		return true;
	if (!may_have)
		return error_set(error,
			"damaged: a run without scaled data has a scaling");
	return scaling_create(scaling, features, error) &&
		read_numbers(file, "scaling.offset", features, scaling->offset,
			error) &&
		read_numbers(file, "scaling.factor", features, scaling->factor,
			error) &&
		(scaling_is_valid(scaling) ||
			error_set(error,
				"damaged: the tensors 'scaling.' are wrong"));
}

/* The content of the data, if it was read from standard input. */
static bool
read_data_bytes(const struct safetensors *file, struct run_state *state,
	struct error *error)
{
	const struct safetensors_tensor *tensor =
		safetensors_find(file, "data.bytes");

	if (tensor == NULL || !settings_read_input(&state->settings))
		return true;
	if (strcmp(tensor->type, "U8") != 0)
		return error_set(error,
			"damaged: the tensor 'data.bytes' is wrong");
	state->settings.data_bytes =
		shared_bytes_new((const char *)tensor->data, tensor->bytes);
	return state->settings.data_bytes != NULL || error_out_of_memory(error);
}

/* Missing in files of older versions and of runs without points of a file. */
static bool
read_report(const struct safetensors *file, struct run_state *state,
	struct error *error)
{
	const char *text = safetensors_metadata(file, "data_report");
	struct data_report report;

	if (text == NULL || is_text(state))
		return true;
	if (!data_report_decode(&report, text))
		return error_set(error, "damaged: 'data_report' is wrong");
	data_report_destroy(&report);
	state->data_report = shared_bytes_new(text, strlen(text));
	return state->data_report != NULL || error_out_of_memory(error);
}

/* The file of the initial weights; missing in files of older versions. */
static bool
read_init(const struct safetensors *file, struct run_state *state,
	struct error *error)
{
	const char *init = safetensors_metadata(file, "init");
	char bytes[sizeof state->init];

	if (init == NULL || init[0] == '\0')
		return true;
	init = safetensors_metadata_bytes(file, "init", bytes, sizeof bytes);
	if (init == NULL || strlen(init) >= sizeof state->init)
		return error_set(error, "damaged: 'init' is wrong");
	snprintf(state->init, sizeof state->init, "%s", init);
	return model_file_read_count(file, "init_hash", UINT64_MAX,
		&state->init_hash, error);
}

/* Get the features of a point: the rows of the first kernel. */
static bool
read_features(const struct safetensors *file, const struct settings *settings,
	size_t *features, struct error *error)
{
	const struct task *task = settings->task;
	size_t max = task->is_text ? UTF8_CHARACTERS : SEQUENCES_FEATURES_MAX;
	const struct safetensors_tensor *kernel;
	char name[PARAMETERS_NAME_SIZE];

	snprintf(name, sizeof name, "%s.kernel", settings->cell->layer_name);
	kernel = tensor_find(file, name, error);
	if (kernel == NULL)
		return false;
	if (kernel->dimensions != 2 || kernel->shape[0] == 0 ||
		kernel->shape[0] > max ||
		(task->features > 0 && kernel->shape[0] != task->features))
		return error_set(error,
			"the tensor '%s' has an impossible shape", name);
	*features = (size_t)kernel->shape[0];
	return true;
}

/*
 * Check that the file holds all weights of its model before allocating memory:
 * a forged file can describe a model far larger than itself.
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
read_optimizer(const struct safetensors *file, struct run_state *state,
	struct error *error)
{
	if (!read_parameters(file, state, "optimizer.m.",
		    state->optimizer.first, error) ||
		!read_parameters(file, state, "optimizer.v.",
			state->optimizer.second, error))
		return false;
	/* means of squares, whose roots the optimizer takes */
	for (size_t i = 0;
		state->optimizer.second != NULL && i < state->optimizer.count;
		i++)
		if (state->optimizer.second[i] < 0)
			return error_set(error,
				"damaged: a tensor 'optimizer.v.' contains a "
				"negative number");
	optimizer_resume(&state->optimizer, state->history.updates);
	return true;
}

#define WRONG_TOKENS "damaged: the tensor 'snapshots.tokens' is wrong"

/* Read the tokens of the snapshots of a text, [count, size]. */
static bool
read_snapshot_tokens(const struct safetensors *file,
	const struct run_state *state, size_t count, struct error *error)
{
	const struct safetensors_tensor *tensor =
		tensor_find(file, "snapshots.tokens", error);
	uint32_t *tokens = state->snapshots.values;

	if (strcmp(tensor->type, "U32") != 0)
		return error_set(error, WRONG_TOKENS);
	byte_order_little(tokens, tensor->data, sizeof *tokens,
		(size_t)tensor->count);
	for (size_t i = 0; i < count * state->snapshots.size; i++)
		if (tokens[i] >= run_state_features(state))
			return error_set(error, WRONG_TOKENS);
	return true;
}

/* Read the sequences of `count` snapshots, [count, size]. */
static bool
read_snapshot_values(const struct safetensors *file, struct run_state *state,
	size_t count, struct error *error)
{
	struct snapshots *snapshots = &state->snapshots;
	const char *name =
		is_text(state) ? "snapshots.tokens" : "snapshots.points";

	if (!tensor_check(file, name, count, snapshots->size, error) ||
		!snapshots_reserve(snapshots, count, error))
		return false;
	return is_text(state) ? read_snapshot_tokens(file, state, count, error)
			      : tensor_read(file, name, count, snapshots->size,
					snapshots->values, error);
}

/* Missing in files of older versions. */
static bool
read_snapshots(const struct safetensors *file, struct run_state *state,
	struct error *error)
{
	const struct safetensors_tensor *tensor =
		safetensors_find(file, "snapshots.at");
	struct snapshots *snapshots = &state->snapshots;
	double at[2 * SETTINGS_LIST_MAX];
	size_t count;

	if (tensor == NULL)
		return true;
	if (strcmp(tensor->type, "F64") != 0 || tensor->dimensions != 2 ||
		tensor->shape[1] != 2 || tensor->bytes > sizeof at)
		return error_set(error,
			"damaged: the tensor 'snapshots.at' "
			"is wrong");
	byte_order_little(at, tensor->data, sizeof *at, (size_t)tensor->count);
	count = (size_t)tensor->shape[0];
	for (size_t i = 0; i < count; i++) {
		if (!(at[2 * i] >= 1 && at[2 * i] < 1e15))
			return error_set(error,
				"damaged: the tensor "
				"'snapshots.at' is wrong");
		snapshots->at[i].update = (uint64_t)at[2 * i];
		snapshots->at[i].average = at[2 * i + 1];
	}
	if (count > 0 && !read_snapshot_values(file, state, count, error))
		return false;
	snapshots->count = count;
	return true;
}

static bool
read_state(const struct safetensors *file, const struct context *context,
	struct run_state *state, struct error *error)
{
	struct settings *settings = &state->settings;
	size_t features = 0;

	return read_version(file, error) &&
		read_settings(file, settings, error) &&
		read_features(file, settings, &features, error) &&
		check_size(file, context, settings, features, error) &&
		run_state_create(state, context, settings, features, error) &&
		read_identity(file, state, error) &&
		read_kernel(file, state, error) &&
		read_position(file, state, error) &&
		read_scaling(file, state, error) &&
		read_report(file, state, error) &&
		read_data_bytes(file, state, error) &&
		read_init(file, state, error) &&
		read_parameters(file, state, "", state->model.values, error) &&
		read_optimizer(file, state, error) &&
		read_snapshots(file, state, error) &&
		model_file_read_validations(file, state, error) &&
		(is_text(state) ? model_file_read_text(file, state, error)
				: tensor_read(file, "start",
					  start_rows(settings), features,
					  state->start, error)) &&
		model_file_read_history(file, &state->history, error);
}

bool
model_file_read(struct run_state *state, const struct context *context,
	const char *path, struct error *error)
{
	struct safetensors *file = safetensors_read(path, error);
	bool good;

	if (file == NULL)
		return false;
	good = read_state(file, context, state, error);
	safetensors_close(file);
	if (good)
		return true;
	error_prefix(error, "%s", path);
	error->is_usage =
		false; /* the fault is in the file, not in the usage */
	run_state_destroy(state);
	return false;
}

struct run *
model_file_open(const struct context *context, const char *path,
	struct error *error)
{
	struct run_state *state = memory_new(1, sizeof *state);
	struct run *run = NULL;

	if (state == NULL) {
		error_out_of_memory(error);
		return NULL;
	}
	if (model_file_read(state, context, path, error))
		run = run_adopt(state, error);
	run_state_destroy(state);
	free(state);
	return run;
}
