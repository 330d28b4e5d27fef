/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/run_state.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/system.h"

/* Default number of generated characters. */
enum { TEXT_LENGTH = 500 };

/* Max floats kept for the steps of a window, per weight. */
enum { STEPS_PER_WEIGHT = 64 };

/*
 * Refuse a window whose steps (gates and states of every layer) take far more
 * memory than the weights: a forged file could ask for a million steps.
 */
static bool
check_window(const struct settings *settings, const struct model *model,
	struct error *error)
{
	const struct model_shape *shape = &model->shape;
	size_t steps = framing_steps(settings_framing(settings));
	size_t row = shape->inputs + shape->outputs, max;

	for (size_t l = 0; l < shape->layers; l++)
		row += (shape->cell->gates + cell_states(shape->cell)) *
			shape->units[l];
	if (!memory_product(model->parameters.total, STEPS_PER_WEIGHT, &max))
		max = SIZE_MAX;
	if (max < RUN_DRAWN_MAX)
		max = RUN_DRAWN_MAX;
	if (steps <= max / row)
		return true;
	return error_set_usage(error,
		"--window %zu is too wide for this model: the maximum is %zu",
		steps, max / row);
}

bool
run_state_create(struct run_state *state, const struct context *context,
	const struct settings *settings, size_t features, struct error *error)
{
	struct model_shape shape = settings_shape(settings, features);
	size_t starts;

	settings_take(&state->settings, settings);
	history_clear(&state->history);
	/* generated texts have no fixed start */
	starts = run_state_task(state)->is_text
		? 0
		: framing_start_points(settings_framing(settings));
	if (memory_product(starts, features, &starts))
		state->start = memory_floats(starts);
	if (state->start == NULL)
		return error_out_of_memory(error);
	return model_create(&state->model, context, &shape, error) &&
		check_window(settings, &state->model, error) &&
		optimizer_create(&state->optimizer, settings->optimizer,
			state->model.parameters.packed_total, error);
}

void
run_state_destroy(struct run_state *state)
{
	model_destroy(&state->model);
	optimizer_destroy(&state->optimizer);
	reader_state_destroy(&state->reader);
	snapshots_destroy(&state->snapshots);
	scaling_destroy(&state->scaling);
	shared_bytes_release(state->data_report);
	shared_bytes_release(state->settings.data_bytes);
	free(state->start);
	memset(state, 0, sizeof *state);
}

bool
run_state_set_length(struct run_state *state, size_t length,
	struct error *error)
{
	size_t size = SNAPSHOTS_TOKENS;

	if (!run_state_task(state)->is_text &&
		!memory_product(length, run_state_features(state), &size))
		return error_out_of_memory(error);
	state->length = length;
	snapshots_create(&state->snapshots, size);
	return true;
}

size_t
run_state_length_max(const struct run_state *state)
{
	const struct task *task = run_state_task(state);
	size_t min = framing_min(settings_framing(&state->settings));
	size_t max = RUN_DRAWN_MAX / run_state_features(state);

	if (task->is_text)
		return TEXT_LENGTH;
	if (task->points > 0)
		return settings_points(&state->settings);
	return max > min ? max : min;
}

static bool
draw_identity(char identity[RUN_IDENTITY_SIZE], struct error *error)
{
	unsigned char bits[(RUN_IDENTITY_SIZE - 1) / 2];

	if (!system_random(bits, sizeof bits))
		return error_set(error,
			"cannot get random numbers "
			"from the system: %s",
			strerror(errno));
	for (size_t i = 0; i < sizeof bits; i++)
		snprintf(identity + 2 * i, 3, "%02x", bits[i]);
	return true;
}

bool
run_state_identify(struct run_state *state, struct error *error)
{
	return state->identity[0] != '\0' ||
		!run_state_validates(&state->settings) ||
		draw_identity(state->identity, error);
}

/*
 * Set the initial output biases of a density. plain[parameters.total] is
 * scratch.
 */
static void
start_outputs(struct run_state *state, float *plain)
{
	struct loss_config config =
		settings_loss(&state->settings, run_state_features(state));
	const struct parameters *parameters = &state->model.parameters;

	model_get_values(&state->model, plain);
	config.loss->set_bias(&config,
		plain + parameters_find(parameters, "dense.bias")->offset);
	model_set_values(&state->model, plain);
}

/* Draw the initial weights from a seed. */
static bool
draw_weights(struct run_state *state, uint64_t seed,
	const struct progress *progress, struct error *error)
{
	struct random random;
	float *plain = NULL;
	bool good;

	/* allocate before anything changes */
	if (state->settings.loss->set_bias != NULL) {
		plain = memory_floats(state->model.parameters.total);
		if (plain == NULL)
			return error_out_of_memory(error);
	}
	random_seed(&random, seed, RANDOM_STREAM_WEIGHTS);
	good = model_initialize(&state->model, &random, progress, error);
	if (good && plain != NULL)
		start_outputs(state, plain);
	free(plain);
	return good;
}

bool
run_state_reset(struct run_state *state, uint64_t seed,
	const struct progress *progress, struct error *error)
{
	char identity[RUN_IDENTITY_SIZE] = "";

	if (run_state_validates(&state->settings) &&
		!draw_identity(identity, error))
		return false;
	if (!draw_weights(state, seed, progress, error))
		return false;
	memcpy(state->identity, identity, sizeof identity);
	memset(state->kernel, 0, sizeof state->kernel);
	state->settings.seed = seed;
	optimizer_reset(&state->optimizer);
	history_clear(&state->history);
	random_seed(&state->position.random, seed, RANDOM_STREAM_DATA);
	state->position.passes = 0;
	state->position.next = 0;
	state->snapshots.count = 0;
	state->validation = (struct validation){.last = NAN, .best = NAN};
	state->validations.count = 0;
	if (run_state_task(state)->is_text)
		reader_state_reset(&state->reader);
	return true;
}

bool
run_state_check_finite(const struct run_state *state, struct error *error)
{
	const struct optimizer_state *optimizer = &state->optimizer;
	size_t count = state->model.parameters.packed_total;

	if (!parameters_finite(state->model.values, count))
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
run_state_validates(const struct settings *settings)
{
	return settings->data[0] != '\0' && settings->validation > 0;
}

bool
run_state_lost_patience(const struct run_state *state)
{
	return run_state_validates(&state->settings) &&
		validation_exceeds(&state->validation,
			state->settings.patience);
}

uint64_t
run_state_updates(const struct run_state *state)
{
	return state->optimizer.updates;
}

size_t
run_state_features(const struct run_state *state)
{
	return state->model.shape.inputs;
}

const struct task *
run_state_task(const struct run_state *state)
{
	return state->settings.task;
}

double
run_state_learning_rate(const struct run_state *state)
{
	return run_state_task(state)->is_text
		? reader_state_learning_rate(&state->reader, &state->settings)
		: state->settings.learning_rate;
}
