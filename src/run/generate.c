/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/generate.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "core/mixture.h"

bool
generator_create(struct generator *generator, const struct run *run,
	uint64_t seed, struct error *error)
{
	*generator = (struct generator){
		.framing = settings_framing(run_settings(run)),
		.config = settings_loss(run_settings(run), run_features(run)),
		.temperature = 1,
	};
	random_seed(&generator->random, seed, RANDOM_STREAM_GENERATE);
	generator->repeated = memory_floats(
		framing_steps(generator->framing) * run_features(run));
	if (generator->repeated == NULL)
		return error_out_of_memory(error);
	if (pass_create(&generator->pass, run_model(run),
		    framing_steps(generator->framing), 1, false, error))
		return true;
	generator_destroy(generator);
	return false;
}

void
generator_destroy(struct generator *generator)
{
	pass_destroy(&generator->pass);
	free(generator->repeated);
	generator->repeated = NULL;
}

/* Get a point from the outputs of the model. */
static void
take(struct generator *generator, const float *prediction, float *point)
{
	const struct loss_config *config = &generator->config;

	if (config->loss->draw != NULL)
		config->loss->draw(config, prediction, generator->temperature,
			&generator->random, point);
	else
		memcpy(point, prediction, config->features * sizeof *point);
}

/*
 * Predict the points from number i on. Returns the first prediction; without
 * memory, it is the only one.
 */
static const float *
predict(struct generator *generator, const float *points, size_t i)
{
	size_t features = generator->config.features;
	size_t steps = framing_steps(generator->framing);
	struct pass *pass = &generator->pass;

	if (generator->no_memory) {
		pass_reset_state(pass);
		pass_predict(pass, 1, 1, points + (i - 1) * features);
		return pass->predictions;
	}
	if (!generator->framing.framing->writes_window)
		return pass_predict(pass, steps, 1,
			points + (i - steps) * features);
	for (size_t t = 0; t < steps; t++)
		memcpy(generator->repeated + t * features,
			points + (i - 1) * features, features * sizeof *points);
	pass_predict(pass, steps, 1, generator->repeated);
	return pass->predictions;
}

void
generator_draw(struct generator *generator, size_t length, float *points)
{
	struct pass *pass = &generator->pass;
	size_t features = generator->config.features;
	size_t outputs = pass->model->shape.outputs;
	size_t takes = framing_generated(generator->framing);
	size_t i = framing_start_points(generator->framing);

	pass_reset_state(pass);
	while (i < length) {
		const float *next = predict(generator, points, i);

		for (size_t k = 0; k < takes && i < length; k++, i++)
			take(generator,
				generator->no_memory ? next
						     : next + k * outputs,
				points + i * features);
		if (!generator->no_memory &&
			generator->framing.framing->carries_state)
			pass_carry_state(pass);
	}
}
