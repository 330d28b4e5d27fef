/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/generate.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "core/mixture.h"

/* Number of floats of the points from which the next one is predicted. */
static size_t
input_size(const struct generator *generator)
{
	return framing_start_points(generator->framing) *
		generator->config.features;
}

/* Number of floats of the state of all layers. */
static size_t
state_size(const struct generator *generator)
{
	const struct pass *pass = &generator->pass;
	size_t size = 0;

	for (size_t l = 0; l < pass->model->shape.layers; l++)
		size += pass_state_size(pass, l, 1);
	return size;
}

bool
generator_create(struct generator *generator, const struct run *run,
	uint64_t seed, struct error *error)
{
	return generator_create_for(generator, run, run_model(run), seed,
		error);
}

bool
generator_create_for(struct generator *generator, const struct run *run,
	const struct model *model, uint64_t seed, struct error *error)
{
	*generator = (struct generator){
		.framing = settings_framing(run_settings(run)),
		.config = settings_loss(run_settings(run), run_features(run)),
		.temperature = 1,
	};
	random_seed(&generator->random, seed, RANDOM_STREAM_GENERATE);
	if (!pass_create(&generator->pass, model,
		    framing_steps(generator->framing), 1, false, error))
		return false;
	generator->input = memory_floats(
		framing_steps(generator->framing) * run_features(run));
	generator->marked_input = memory_floats(input_size(generator));
	generator->marked_state = memory_floats(state_size(generator));
	if (generator->input != NULL && generator->marked_input != NULL &&
		generator->marked_state != NULL)
		return true;
	generator_destroy(generator);
	return error_out_of_memory(error);
}

void
generator_destroy(struct generator *generator)
{
	pass_destroy(&generator->pass);
	free(generator->input);
	free(generator->marked_input);
	free(generator->marked_state);
	generator->input = NULL;
	generator->marked_input = NULL;
	generator->marked_state = NULL;
}

size_t
generator_forecast(const struct run *run)
{
	return run_length(run) < GENERATOR_FORECAST_POINTS
		? run_length(run)
		: GENERATOR_FORECAST_POINTS;
}

size_t
generator_length(const struct run *run, size_t count)
{
	return run_length(run) > count ? run_length(run)
				       : count + generator_forecast(run);
}

void
generator_reset(struct generator *generator)
{
	pass_reset_state(&generator->pass);
	generator->is_pending = false;
	generator->left = 0;
}

static bool
carries_state(const struct generator *generator)
{
	return generator->framing.framing->carries_state &&
		!generator->no_memory;
}

/* Return the place of the last point in the input. */
static float *
last_point(const struct generator *generator)
{
	return generator->input + input_size(generator) -
		generator->config.features;
}

/* Let the model read the input. */
static void
predict(struct generator *generator)
{
	size_t features = generator->config.features;
	size_t steps = framing_steps(generator->framing);
	struct pass *pass = &generator->pass;

	if (generator->no_memory) {
		pass_reset_state(pass);
		pass_predict(pass, 1, 1, last_point(generator));
	} else {
		if (generator->framing.framing->writes_window)
			for (size_t t = 1; t < steps; t++)
				memcpy(generator->input + t * features,
					generator->input,
					features * sizeof *generator->input);
		pass_predict(pass, steps, 1, generator->input);
	}
	if (carries_state(generator))
		pass_carry_state(pass);
	generator->is_pending = false;
	generator->left = framing_generated(generator->framing);
}

/* Append a point to the input. */
static void
append(struct generator *generator, const float *point)
{
	size_t features = generator->config.features;
	float *last = last_point(generator);

	memmove(generator->input, generator->input + features,
		(size_t)(last - generator->input) * sizeof *last);
	memcpy(last, point, features * sizeof *last);
	generator->is_pending = true;
}

void
generator_read(struct generator *generator, const float *points, size_t count)
{
	size_t features = generator->config.features;
	size_t starts = framing_start_points(generator->framing);
	/* without a state, the points before the input have no effect */
	size_t first =
		carries_state(generator) || count < starts ? 0 : count - starts;

	for (size_t i = first; i < count; i++) {
		if (generator->is_pending && carries_state(generator))
			predict(generator);
		append(generator, points + i * features);
	}
	/* a window that was predicted from the point before is of no use */
	if (count > 0)
		generator->left = 0;
}

/* Return the outputs of the model for the next point. */
static const float *
next_outputs(struct generator *generator)
{
	const struct pass *pass = &generator->pass;
	size_t outputs = pass->model->shape.outputs;

	if (generator->left == 0)
		predict(generator);
	/* without memory, all steps predict the same */
	if (generator->no_memory)
		return pass->predictions;
	return pass->predictions +
		(framing_steps(generator->framing) - generator->left) * outputs;
}

void
generator_expect(struct generator *generator, float *point)
{
	const struct loss_config *config = &generator->config;
	const float *outputs = next_outputs(generator);

	memcpy(point, outputs + loss_mode(config, outputs),
		config->features * sizeof *point);
}

void
generator_next(struct generator *generator, float *point)
{
	const struct loss_config *config = &generator->config;
	const float *outputs = next_outputs(generator);

	if (config->loss->draw != NULL)
		config->loss->draw(config, outputs, generator->temperature,
			&generator->random, point);
	else
		memcpy(point, outputs, config->features * sizeof *point);
	generator->left--;
	append(generator, point);
}

void
generator_mark(struct generator *generator)
{
	const struct pass *pass = &generator->pass;
	float *state = generator->marked_state;

	assert(generator->is_pending && generator->left == 0);
	memcpy(generator->marked_input, generator->input,
		input_size(generator) * sizeof *generator->input);
	generator->has_marked_state = pass->carries_state;
	for (size_t l = 0; pass->carries_state && l < pass->model->shape.layers;
		l++) {
		pass_get_state(pass, l, state);
		state += pass_state_size(pass, l, 1);
	}
}

void
generator_return(struct generator *generator)
{
	struct pass *pass = &generator->pass;
	const float *state = generator->marked_state;

	generator_reset(generator);
	memcpy(generator->input, generator->marked_input,
		input_size(generator) * sizeof *generator->input);
	generator->is_pending = true;
	for (size_t l = 0;
		generator->has_marked_state && l < pass->model->shape.layers;
		l++) {
		pass_set_state(pass, 1, 1, l, state);
		state += pass_state_size(pass, l, 1);
	}
}

void
generator_draw(struct generator *generator, size_t length, float *points)
{
	size_t starts = framing_start_points(generator->framing);

	generator_reset(generator);
	generator_read(generator, points, starts);
	for (size_t i = starts; i < length; i++)
		generator_next(generator,
			points + i * generator->config.features);
}

void
generator_show(struct generator *generator, const struct run *run,
	size_t length, float *points)
{
	run_start(run, points);
	generator_draw(generator, length, points);
	scaling_undo_floats(run_scaling(run),
		length * generator->config.features, points, points);
}
