/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Read the model files of a sweep's runs and evaluate finished models. */
#include "sweep/sweep.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "base/signals.h"
#include "core/parameters.h"
#include "run/evaluate.h"
#include "run/generate.h"
#include "session/model_file.h"
#include "run/moved_data.h"
#include "run/relevance.h"
#include "run/run_data.h"
#include "run/run_state.h"
#include "run/run_view.h"
#include "sweep/sweep_results.h"

/* Check that the run in a model file has the settings of the sweep's run. */
static bool
check_settings(const struct sweep *sweep, const struct sweep_run *run,
	const struct run *loaded, struct error *error)
{
	const struct settings *saved = run_settings(loaded);
	struct settings expected = *sweep_settings(sweep, run);

	expected.seed = run->seed;
	for (size_t id = 0; setting_list[id] != NULL; id++) {
		char actual_text[SETTINGS_TEXT_SIZE];
		char expected_text[SETTINGS_TEXT_SIZE];

		/*
		 * the target may be increased, unless it is compared; the data
		 * file may have moved
		 */
		if ((setting_list[id] == &setting_target &&
			    sweep_axis_of(sweep, &setting_target) == NULL) ||
			setting_list[id] == &setting_data ||
			!setting_is_relevant(saved, setting_list[id]))
			continue;
		setting_format(setting_list[id], saved, actual_text);
		setting_format(setting_list[id], &expected, expected_text);
		if (strcmp(actual_text, expected_text) != 0)
			return error_set_usage(error,
				"%s: not part of this sweep: its %s is '%s' "
				"instead of '%s'",
				run->model, setting_list[id]->option,
				actual_text, expected_text);
	}
	if (run_data_hash(loaded) !=
		sweep->combination[run->combination].data_hash)
		return error_set_usage(error,
			"%s: not part of this sweep: its data differ",
			run->model);
	return true;
}

/* Draw a shape with the model; NULL if it is not finite. */
static bool
draw_shape(const struct run *run, struct sweep_run *result, struct error *error)
{
	size_t features = run_features(run), size;
	struct generator generator;

	free(result->shape);
	result->shape = NULL;
	result->length = run_length(run);
	result->features = features;
	if (memory_product(run_length(run), features, &size))
		result->shape = memory_floats(size);
	if (result->shape == NULL)
		return error_out_of_memory(error);
	if (!generator_create(&generator, run, run_settings(run)->seed, error))
		return false;
	generator_show(&generator, run, run_length(run), result->shape);
	generator_destroy(&generator);
	if (!parameters_finite(result->shape, size)) {
		free(result->shape);
		result->shape = NULL;
	}
	return true;
}

/* Evaluate a text as `lstmtui evaluate` does: on its validation part. */
static bool
evaluate_tokens(const char *path, const struct run *run,
	struct sweep_run *result, struct error *error)
{
	struct text_evaluation evaluation;

	if (!evaluate_own_text(run, path, &evaluation, error))
		return false;
	if (!isfinite(evaluation.loss))
		return error_set(error,
			"%s: the model's predictions are not finite",
			result->model);
	result->loss = evaluation.loss;
	result->bits = text_evaluation_bits(&evaluation);
	result->shape_error = result->shape_size = NAN;
	result->is_evaluated = true;
	return true;
}

/* Evaluate a model of points as `lstmtui evaluate` does by default. */
static bool
evaluate_points(const struct sweep *sweep, const char *path,
	const struct run *run, struct sweep_run *result, struct error *error)
{
	const struct task *task = run_task(run);
	bool has_data = task->make == NULL;
	struct sequences data = {0};
	struct evaluation evaluation;
	bool is_held_out = has_data && run_state_validates(run_settings(run));
	bool ok;

	if (has_data &&
		!settings_check_data(sweep_settings(sweep, result), error))
		return false;
	if (has_data && !run_data_read(&data, run, path, true, error))
		return moved_data_explain(path, MOVED_DATA_TRAIN, error);
	ok = evaluate_run(run,
		&(struct evaluation_config){
			.data = has_data ? &data : NULL,
			.count = is_held_out ? 0 : sweep->evaluated,
			.seed = run_settings(run)->seed,
		},
		&evaluation, error);
	sequences_destroy(&data);
	if (!ok)
		return error_prefix(error, "%s", result->model);
	result->loss = evaluation.loss;
	result->shape_error = evaluation.generated.shape_error;
	result->shape_size = evaluation.generated.size;
	result->is_degenerate = evaluation.generated.is_degenerate;
	result->is_evaluated = true;
	return true;
}

bool
sweep_load_run(const struct sweep *sweep, struct sweep_run *result,
	struct error *error)
{
	struct stat status;
	struct run *run;
	const struct settings *settings = sweep_settings(sweep, result);
	bool is_text = settings->task->is_text, ok;

	if (stat(result->model, &status) != 0 && errno == ENOENT)
		return true;
	run = model_file_open(sweep->context, result->model, error);
	ok = run != NULL && check_settings(sweep, result, run, error) &&
		(is_text || draw_shape(run, result, error));
	if (ok) {
		result->updates = run_updates(run);
		result->parameters = run_model(run)->parameters.total;
		result->is_finished = run_lost_patience(run) ||
			result->updates >=
				(sweep->is_collected ? run_settings(run)->target
						     : settings->target);
	}
	if (ok && result->is_finished)
		ok = is_text
			? evaluate_tokens(settings->data, run, result, error)
			: evaluate_points(sweep, settings->data, run, result,
				  error);
	run_destroy(run);
	return ok;
}

bool
sweep_load_runs(struct sweep *sweep, struct error *error)
{
	for (size_t i = 0; i < sweep->count && signals_caught() == 0; i++)
		if (!sweep_load_run(sweep, &sweep->runs[i], error))
			return false;
	sweep_read_seconds(sweep);
	return true;
}
