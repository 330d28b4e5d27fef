/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "training.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "core/parameters.h"
#include "suite.h"

const struct model_shape training_lesson = {
	.inputs = 2,
	.outputs = 2,
	.layers = 1,
	.units = {10},
	.recurrent_activation = &activation_sigmoid,
};

void
training_create(struct training *training, const struct model_shape *shape,
	const struct framing *framing, const struct loss *loss, size_t points)
{
	size_t steps, samples;
	struct error error;

	*training = (struct training){
		.framing = {framing, 3},
		.loss = loss,
		.points = points,
		.features = shape->inputs,
		.rates = {.learning_rate = 0.001},
	};
	framing_measure(training->framing, points, &steps, &samples);
	ck_assert(
		model_create(&training->model, suite_context(), shape, &error));
	ck_assert(pass_create(&training->pass, &training->model, steps, samples,
		true, &error));
	ck_assert(optimizer_create(&training->optimizer, &optimizer_adam,
		training->model.parameters.packed_total, &error));
	training->values =
		calloc(training->model.parameters.total, sizeof(float));
	training->gradients =
		calloc(training->model.parameters.total, sizeof(float));
	ck_assert(training->values != NULL && training->gradients != NULL);
	ck_assert(framing_create(training->framing, 1, points, shape->inputs,
		&training->batch, &error));
}

void
training_destroy(struct training *training)
{
	free(training->values);
	free(training->gradients);
	batch_destroy(&training->batch);
	optimizer_destroy(&training->optimizer);
	pass_destroy(&training->pass);
	model_destroy(&training->model);
}

void
training_set_values(struct training *training)
{
	model_set_values(&training->model, training->values);
}

void
training_initialize(struct training *training, uint64_t seed)
{
	struct random random;
	struct error error;

	random_seed(&random, seed, RANDOM_STREAM_WEIGHTS);
	ck_assert(model_initialize(&training->model, &random, NULL, &error));
	model_get_values(&training->model, training->values);
	optimizer_reset(&training->optimizer);
}

double
training_pass(struct training *training, const float *sequence)
{
	framing_fill(training->framing, 1, training->points, &training->points,
		sequence, &training->batch);
	pass_begin(&training->pass, &training->batch,
		&(struct loss_config){.loss = training->loss,
			.features = training->features});
	while (!pass_is_done(&training->pass))
		pass_advance(&training->pass);
	parameters_gather(&training->model.parameters, training->pass.gradients,
		training->gradients);
	return pass_loss(&training->pass);
}

double
training_update(struct training *training, const float *sequence)
{
	double loss = training_pass(training, sequence);

	if (!optimizer_update(&training->optimizer, suite_context(),
		    &training->rates, pass_live_gradients(&training->pass),
		    training->model.values, training->pass.gradients))
		ck_abort_msg("a gradient is not finite");
	model_get_values(&training->model, training->values);
	return loss;
}

void
training_generate(struct training *training, float *points)
{
	struct pass *pass = &training->pass;
	size_t features = training->features;
	size_t steps = framing_steps(training->framing);
	size_t takes = framing_generated(training->framing);
	size_t i = framing_start_points(training->framing);
	float repeated[64];

	pass_reset_state(pass);
	while (i < training->points) {
		const float *inputs = points + (i - steps) * features;
		size_t rest = training->points - i;

		if (takes > 1) {
			for (size_t k = 0; k < steps * features; k++)
				repeated[k] = points[(i - 1) * features +
					k % features];
			inputs = repeated;
		}
		pass_predict(pass, steps, 1, inputs);
		memcpy(points + i * features,
			pass->predictions + (steps - takes) * features,
			(takes < rest ? takes : rest) * features *
				sizeof *points);
		i += takes;
		if (training->framing.framing->carries_state)
			pass_carry_state(pass);
	}
	pass_reset_state(pass);
}

size_t
training_offset(const struct training *training, const char *name, size_t *size)
{
	const struct tensor *tensor =
		parameters_find(&training->model.parameters, name);

	ck_assert_msg(tensor != NULL, "no tensor '%s'", name);
	*size = tensor->size;
	return tensor->offset;
}
