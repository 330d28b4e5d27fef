/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/import.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "file/tensor_read.h"
#include "file/weights.h"
#include "run/relevance.h"
#include "run/run_private.h"
#include "session/import_known.h"
#include "session/initial.h"
#include "session/session.h"
#include "task/vocabulary_list.h"

#define SIDECAR "vocabulary.json"

/* What is known while a file is imported. */
struct importer {
	const struct import_options *options;
	struct tensor_file *file;
	struct weights weights;
	struct import_known known; /* of the file itself */
	json_t *list;              /* the vocabulary, owned; or NULL */
	struct settings settings;
	/* index in the file of each token, [inputs]; or NULL */
	size_t *place;
	struct import *import;
};

/* Add a sentence to the note. */
static void
note(struct import *import, const char *text, const char *path)
{
	size_t length = strlen(import->note);

	snprintf(import->note + length, sizeof import->note - length,
		"%s%s%.200s", length > 0 ? "; " : "", text, path);
}

/* Write the path of the vocabulary beside the file; false: there is none. */
static bool
find_sidecar(const char *path, char sidecar[PATH_MAX])
{
	const char *slash = strrchr(path, '/');
	int folder = slash != NULL ? (int)(slash + 1 - path) : 0;

	return snprintf(sidecar, PATH_MAX, "%.*s" SIDECAR, folder, path) <
		PATH_MAX &&
		access(sidecar, F_OK) == 0;
}

/* Whether the task of the run is, or can be, a text. */
static bool
may_be_text(const struct importer *importer)
{
	const struct import_options *options = importer->options;

	if (settings_are_given(options->given, &setting_task))
		return options->settings.task->is_text;
	return importer->known.mask == 0 && options->settings.data[0] == '\0';
}

/*
 * Find the vocabulary: the given file, that of the imported file, or a file
 * beside it with as many tokens as the model has inputs.
 */
static bool
find_vocabulary(struct importer *importer, struct error *error)
{
	const struct import_options *options = importer->options;
	char sidecar[PATH_MAX];

	if (options->vocabulary != NULL) {
		importer->list =
			vocabulary_list_read(options->vocabulary, error);
		return importer->list != NULL;
	}
	importer->list = json_incref(importer->file->vocabulary);
	if (importer->list != NULL || !may_be_text(importer) ||
		!find_sidecar(options->path, sidecar))
		return true;
	importer->list = vocabulary_list_read(sidecar, error);
	if (importer->list == NULL)
		return false;
	if (json_array_size(importer->list) == importer->weights.inputs) {
		note(importer->import, _("vocabulary from "), sidecar);
	} else {
		json_decref(importer->list);
		importer->list = NULL;
	}
	return true;
}

/* Choose the task if neither the user nor the file names it. */
static bool
choose_task(struct importer *importer, settings_mask *given,
	struct error *error)
{
	struct settings *settings = &importer->settings;

	if (settings_are_given(*given, &setting_task))
		return true;
	if (importer->list != NULL)
		settings->task = &task_text;
	else if (!settings_choose_task(settings, given) &&
		settings->task->features != importer->weights.inputs)
		return error_set_usage(error,
			"%s: the model has %zu inputs; name its --task: text, "
			"with --vocabulary-file, or points",
			importer->options->path, importer->weights.inputs);
	*given |= settings_bit(&setting_task);
	return true;
}

/* Find the loss of a model with other outputs than inputs: a mixture. */
static bool
choose_loss(struct importer *importer, settings_mask *given)
{
	struct settings *settings = &importer->settings;
	const struct weights *weights = &importer->weights;
	struct loss_config config = {
		.loss = &loss_mixture,
		.features = weights->inputs,
		.mixtures = 1,
	};
	size_t component = loss_outputs(&config);

	if (weights->outputs == weights->inputs || settings->task->is_text ||
		weights->outputs % component != 0)
		return false;
	if (!settings_are_given(*given, &setting_loss))
		settings->loss = &loss_mixture;
	if (!settings_are_given(*given, &setting_mixtures))
		settings->mixtures = weights->outputs / component;
	*given |= settings_bit(&setting_loss) | settings_bit(&setting_mixtures);
	return true;
}

/* Choose what the tokens of a text are by their length. */
static void
choose_tokens(struct importer *importer, settings_mask *given)
{
	struct settings *settings = &importer->settings;
	size_t words = 0, i;
	json_t *token;

	json_array_foreach(importer->list, i, token)
	{
		const char *text = json_string_value(token);

		words += text != NULL && utf8_step(text) < strlen(text);
	}
	if (!settings->task->is_text || words == 0 ||
		settings_are_given(*given, &setting_tokens))
		return;
	settings->tokens = &tokens_words;
	settings->vocabulary = words;
	*given |= settings_bit(&setting_tokens) |
		settings_bit(&setting_vocabulary);
}

/* Check that the model predicts what it reads. */
static bool
check_shape(const struct importer *importer, struct error *error)
{
	const struct settings *settings = &importer->settings;
	const struct weights *weights = &importer->weights;
	struct model_shape shape = settings_shape(settings, weights->inputs);
	size_t features = settings->task->features;

	if (settings->task->is_text && importer->list == NULL)
		return error_set(error,
			"%s: no vocabulary; --vocabulary-file FILE names a "
			"JSON list of the text's tokens",
			importer->options->path);
	if (settings->task->is_text &&
		json_array_size(importer->list) != weights->inputs)
		return error_set(error,
			"%s: the model has %zu inputs, but the vocabulary %zu "
			"tokens",
			importer->options->path, weights->inputs,
			json_array_size(importer->list));
	if (!settings->task->is_text &&
		(weights->inputs > SEQUENCES_FEATURES_MAX ||
			(features > 0 && weights->inputs != features)))
		return error_set(error,
			"%s: the model has %zu inputs, which is not for --task "
			"%s",
			importer->options->path, weights->inputs,
			settings->task->kind.name);
	return shape.outputs == weights->outputs ||
		error_set(error,
			"%s: the model has %zu inputs and %zu outputs; --loss "
			"%s requires %zu outputs",
			importer->options->path, weights->inputs,
			weights->outputs, settings->loss->kind.name,
			shape.outputs);
}

/* Refuse a setting that was given and is not that of the shapes. */
static bool
check_given(const struct importer *importer, const struct setting *setting,
	struct error *error)
{
	const struct import_options *options = importer->options;
	char has[SETTINGS_TEXT_SIZE], wants[SETTINGS_TEXT_SIZE];

	setting_format(setting, &importer->settings, has);
	setting_format(setting, &options->settings, wants);
	return !settings_are_given(options->given, setting) ||
		strcmp(has, wants) == 0 ||
		error_set_usage(error,
			"--%s %.100s contradicts %s, which has '%.100s'",
			setting->option, wants, options->path, has);
}

/* Set all settings: of the shapes, given, known, of the tokens, defaults. */
static bool
choose_settings(struct importer *importer, struct error *error)
{
	const struct import_options *options = importer->options;
	struct settings *settings = &importer->settings;
	settings_mask given = options->given;

	*settings = options->settings;
	session_find_file(settings->data);
	import_known_apply(&importer->known, settings, &given);
	settings->cell = importer->weights.cell;
	settings->units.layers = importer->weights.layers;
	memcpy(settings->units.units, importer->weights.units,
		sizeof importer->weights.units);
	given |= settings_bit(&setting_cell) | settings_bit(&setting_units);
	if (!check_given(importer, &setting_cell, error) ||
		!check_given(importer, &setting_units, error) ||
		!choose_task(importer, &given, error))
		return false;
	choose_loss(importer, &given);
	choose_tokens(importer, &given);
	settings_set_defaults(settings, given);
	return settings_check(settings, error) &&
		settings_check_relevance(settings, options->given, error) &&
		check_shape(importer, error) &&
		(settings_are_given(given, &setting_seed) ||
			settings_draw_seed(&settings->seed, error));
}

/* Set the vocabulary of a text. */
static bool
take_vocabulary(struct importer *importer, struct run_state *state,
	struct error *error)
{
	const struct tokens *tokens = importer->settings.tokens;
	struct vocabulary *vocabulary = &state->reader.vocabulary;

	if (!state->settings.task->is_text)
		return true;
	if (!vocabulary_list_take(importer->list, tokens->is_bytes, vocabulary,
		    &importer->place, error))
		return error_prefix(error, "%s",
			importer->options->vocabulary != NULL
				? importer->options->vocabulary
				: importer->options->path);
	return (vocabulary->words.count > 0) == tokens->has_words ||
		error_set_usage(error, "%s: --tokens %s, but it has %zu words",
			importer->options->path, tokens->kind.name,
			vocabulary->words.count);
}

/* Move the rows or columns of tokens from the list's order to the run's. */
static void
reorder(const struct importer *importer, const struct tensor *tensor,
	bool by_row, const float *from, float *to)
{
	size_t rows = tensor->rows > 0 ? tensor->rows : 1;

	for (size_t row = 0; row < rows; row++)
		for (size_t column = 0; column < tensor->columns; column++)
			*to++ = by_row
				? from[importer->place[row] * tensor->columns +
					  column]
				: from[row * tensor->columns +
					  importer->place[column]];
}

static bool
take_tensor(const struct importer *importer, const struct tensor *tensor,
	size_t number, float *plain, struct error *error)
{
	const struct safetensors_tensor *from =
		tensor_file_require(importer->file, tensor->name, error);
	bool is_dense = strncmp(tensor->name, "dense.", 6) == 0;
	float *values;
	bool good;

	if (from == NULL)
		return false;
	if (importer->place == NULL || (number > 0 && !is_dense))
		return tensor_values(from, plain + tensor->offset, error);
	values = memory_floats(tensor->size);
	good = values != NULL ? tensor_values(from, values, error)
			      : error_out_of_memory(error);
	if (good)
		reorder(importer, tensor, number == 0, values,
			plain + tensor->offset);
	free(values);
	return good;
}

/* Set the weights. weights_find has checked their shapes. */
static bool
take_weights(const struct importer *importer, struct run_state *state,
	struct error *error)
{
	const struct parameters *parameters = &state->model.parameters;
	float *plain = memory_floats(parameters->total);
	bool good = plain != NULL || error_out_of_memory(error);

	for (size_t i = 0; good && i < parameters->tensors; i++)
		good = take_tensor(importer, &parameters->tensor[i], i, plain,
			       error) ||
			error_prefix(error, "%s", importer->options->path);
	if (good)
		model_set_values(&state->model, plain);
	free(plain);
	return good;
}

/* Let a reset start from these weights, if --init would read the same. */
static void
remember(const struct importer *importer, struct run_state *state)
{
	const char *path = importer->options->path;
	size_t total = state->model.parameters.total;
	float *plain = memory_floats(total);
	struct initial initial;
	struct error error;
	char absolute[PATH_MAX];

	if (plain != NULL && realpath(path, absolute) != NULL &&
		strlen(absolute) < sizeof state->init &&
		initial_read(&initial, state, path, &error)) {
		model_get_values(&state->model, plain);
		if (memcmp(plain, initial.values, total * sizeof *plain) == 0) {
			memcpy(state->init, absolute, strlen(absolute) + 1);
			state->init_hash = initial.hash;
		}
		initial_release(&initial);
	}
	free(plain);
}

/* Whether the data of the command line are read, and decide the scaling. */
static bool
reads_data(const struct importer *importer)
{
	return settings_are_given(importer->options->given, &setting_data);
}

/* Create the run, with random weights still. */
static struct run *
create_run(struct importer *importer, struct error *error)
{
	const struct settings *settings = &importer->settings;
	const struct context *context = importer->options->context;
	size_t features = importer->weights.inputs;
	struct run *run;

	if (!reads_data(importer) || settings->task->is_text ||
		importer->known.scaling.features > 0)
		return run_create_unread(context, settings, features, error);
	run = run_create(context, settings, NULL, error);
	if (run == NULL || run_features(run) == features)
		return run;
	error_set(error, "%s: %zu columns, but the model has %zu inputs",
		settings->data, run_features(run), features);
	run_destroy(run);
	return NULL;
}

/* Fill the run: the vocabulary, what the file knows, the weights, the data. */
static bool
fill_run(struct importer *importer, struct run *run, struct error *error)
{
	struct run_state *state = &run->state;

	if (!take_vocabulary(importer, state, error) ||
		!import_known_take(&importer->known, state, error) ||
		!take_weights(importer, state, error))
		return false;
	remember(importer, state);
	if (!reads_data(importer) || run->is_prepared)
		return true;
	if (run_prepare(run, error))
		return true;
	return state->settings.task->is_text
		? error_append(error,
			  "; 'lstmtui train --init %s --data FILE' starts a "
			  "model of the characters of FILE",
			  importer->options->path)
		: false;
}

static bool
make_run(struct importer *importer, struct error *error)
{
	struct run *run = create_run(importer, error);

	if (run == NULL)
		return false;
	if (fill_run(importer, run, error)) {
		importer->import->run = run;
		return true;
	}
	run_destroy(run);
	return false;
}

bool
import_read(struct import *import, const struct import_options *options,
	struct error *error)
{
	struct importer importer = {.options = options, .import = import};
	bool good;

	*import = (struct import){0};
	importer.file = tensor_file_read(options->path, options->format, error);
	if (importer.file == NULL)
		return false;
	good = import_known_read(&importer.known, importer.file,
		       options->context, options->path, error) &&
		(weights_find(&importer.weights, importer.file, &cell_lstm,
			 importer.known.mask != 0, error) ||
			error_prefix(error, "%s", options->path)) &&
		find_vocabulary(&importer, error) &&
		choose_settings(&importer, error) && make_run(&importer, error);
	json_decref(importer.list);
	free(importer.place);
	import_known_release(&importer.known);
	tensor_file_close(importer.file);
	return good;
}
