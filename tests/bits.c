/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bits.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "core/model.h"
#include "core/optimizer.h"
#include "core/pass.h"

enum { UPDATES = 200 };

static const struct training {
	const char *name;
	struct model_shape shape;
	size_t steps, samples;
	struct loss_config config;
	const struct optimizer *optimizer;
	struct optimizer_rates rates;
	bool is_drawn; /* initial values drawn as in a run */
} trainings[] = {
	{"lesson", {.inputs = 2, .outputs = 2, .layers = 1, .units = {10}}, 1,
		3, {.loss = &loss_mae, .features = 2}, &optimizer_adam,
		{.learning_rate = 0.001}, false},
	{"sequence",
		{.inputs = 3,
			.outputs = 3,
			.layers = 2,
			.units = {20, 9},
			.recurrent_activation = &activation_hard_sigmoid},
		7, 2, {.loss = &loss_mse, .features = 3}, &optimizer_rmsprop,
		{.learning_rate = 0.001, .clip = 0.1}, false},
	{"text", {.inputs = 11, .outputs = 11, .layers = 2, .units = {24, 17}},
		12, 5, {.loss = &loss_crossentropy, .features = 11},
		&optimizer_adam, {.learning_rate = 0.002, .clip = 5}, false},
	{"momentum", {.inputs = 2, .outputs = 2, .layers = 1, .units = {33}}, 4,
		6, {.loss = &loss_mae, .features = 2}, &optimizer_sgd,
		{.learning_rate = 0.01, .momentum = 0.9}, false},
	{"gru",
		{.inputs = 2,
			.outputs = 2,
			.layers = 2,
			.units = {33, 10},
			.cell = &cell_gru},
		6, 9, {.loss = &loss_mse, .features = 2}, &optimizer_adam,
		{.learning_rate = 0.001}, false},
	{"gru-text",
		{.inputs = 11,
			.outputs = 11,
			.layers = 2,
			.units = {24, 17},
			.recurrent_activation = &activation_hard_sigmoid,
			.cell = &cell_gru},
		12, 5, {.loss = &loss_crossentropy, .features = 11},
		&optimizer_adam, {.learning_rate = 0.002, .clip = 5}, false},
	{"rnn",
		{.inputs = 2,
			.outputs = 2,
			.layers = 2,
			.units = {70, 10},
			.cell = &cell_rnn},
		6, 9, {.loss = &loss_mse, .features = 2}, &optimizer_adam,
		{.learning_rate = 0.001}, false},
	{"rnn-text",
		{.inputs = 11,
			.outputs = 11,
			.layers = 2,
			.units = {24, 17},
			.cell = &cell_rnn},
		12, 5, {.loss = &loss_crossentropy, .features = 11},
		&optimizer_adam, {.learning_rate = 0.002, .clip = 5}, false},
	/* large enough for transposed copies (core/transposed.h) */
	{"copies",
		{.inputs = 11, .outputs = 11, .layers = 2, .units = {24, 17}},
		9, 13, {.loss = &loss_crossentropy, .features = 11},
		&optimizer_adam, {.learning_rate = 0.002, .clip = 5}, false},
	{"gru-copies",
		{.inputs = 2,
			.outputs = 2,
			.layers = 2,
			.units = {33, 10},
			.cell = &cell_gru},
		6, 11, {.loss = &loss_mse, .features = 2}, &optimizer_adam,
		{.learning_rate = 0.001}, false},
	{"rnn-copies",
		{.inputs = 2,
			.outputs = 2,
			.layers = 2,
			.units = {70, 10},
			.cell = &cell_rnn},
		6, 11, {.loss = &loss_mse, .features = 2}, &optimizer_adam,
		{.learning_rate = 0.001}, false},
	{"mixture", {.inputs = 2, .outputs = 18, .layers = 1, .units = {12}}, 5,
		2,
		{.loss = &loss_mixture,
			.features = 2,
			.mixtures = 3,
			.sigma_floor = 0.003},
		&optimizer_adam, {.learning_rate = 0.001}, true},
};

enum { TRAININGS = sizeof trainings / sizeof trainings[0] };

const char *
bits_name(size_t index)
{
	return index < TRAININGS ? trainings[index].name : NULL;
}

struct room {
	struct model model;
	struct pass pass;
	struct optimizer_state optimizer;
	struct batch batch;
	float *plain;
	struct random random;
};

static bool
make_room(struct room *room, const struct training *training,
	const struct context *context)
{
	size_t count = training->steps * training->samples;
	size_t size = count * training->shape.inputs;
	struct batch *batch = &room->batch;
	struct error error;

	*batch = (struct batch){
		.steps = training->steps,
		.samples = training->samples,
		.features = training->shape.inputs,
		.predicted = count,
	};
	if (training->config.loss == &loss_crossentropy) {
		batch->input_tokens = memory_new(count, sizeof(uint32_t));
		batch->target_tokens = memory_new(count, sizeof(uint32_t));
	} else {
		batch->inputs = memory_floats(size);
		batch->targets = memory_floats(size);
	}
	if (!model_create(&room->model, context, &training->shape, &error) ||
		!pass_create(&room->pass, &room->model, training->steps,
			training->samples, true, &error) ||
		!optimizer_create(&room->optimizer, training->optimizer,
			room->model.parameters.packed_total, &error))
		return false;
	room->plain = memory_floats(room->model.parameters.total);
	return room->plain != NULL &&
		(batch->inputs != NULL || batch->input_tokens != NULL) &&
		(batch->targets != NULL || batch->target_tokens != NULL);
}

static bool
draw_weights(struct room *room, bool is_drawn)
{
	struct error error;

	random_seed(&room->random, 1, RANDOM_STREAM_WEIGHTS);
	if (is_drawn)
		return model_initialize(&room->model, &room->random, NULL,
			&error);
	for (size_t i = 0; i < room->model.parameters.total; i++)
		room->plain[i] = 0.6f * random_uniform(&room->random) - 0.3f;
	model_set_values(&room->model, room->plain);
	return true;
}

static void
draw_batch(struct room *room)
{
	struct batch *batch = &room->batch;
	size_t count = batch->steps * batch->samples;

	for (size_t i = 0; batch->input_tokens != NULL && i < count; i++) {
		batch->input_tokens[i] = (uint32_t)(random_next(&room->random) %
			batch->features);
		batch->target_tokens[i] = batch->input_tokens[i] / 2;
	}
	for (size_t i = 0; batch->inputs != NULL && i < count * batch->features;
		i++) {
		batch->inputs[i] = random_uniform(&room->random);
		batch->targets[i] = batch->inputs[i] * batch->inputs[i];
	}
}

static bool
update(struct room *room, const struct training *training)
{
	draw_batch(room);
	pass_begin(&room->pass, &room->batch, &training->config);
	while (!pass_is_done(&room->pass))
		pass_advance(&room->pass);
	return optimizer_update(&room->optimizer, room->model.context,
		&training->rates, pass_live_gradients(&room->pass),
		room->model.values, room->pass.gradients);
}

uint64_t
bits_of_floats(const float *values, size_t count)
{
	uint64_t hash = HASH_EMPTY;

	for (size_t i = 0; i < count; i++) {
		uint32_t bits;

		memcpy(&bits, &values[i], sizeof bits);
		hash = hash_number(hash, bits, sizeof bits);
	}
	return hash;
}

uint64_t
bits_of_training(size_t index, const struct context *context)
{
	const struct training *training = &trainings[index];
	struct room *room = memory_new(1, sizeof *room);
	uint64_t hash = 0;
	bool good;

	if (room == NULL)
		return 0;
	good = make_room(room, training, context) &&
		draw_weights(room, training->is_drawn);
	for (int i = 0; good && i < UPDATES; i++)
		good = update(room, training);
	if (good) {
		model_get_values(&room->model, room->plain);
		hash = bits_of_floats(room->plain,
			room->model.parameters.total);
	}
	free(room->plain);
	batch_destroy(&room->batch);
	optimizer_destroy(&room->optimizer);
	pass_destroy(&room->pass);
	model_destroy(&room->model);
	free(room);
	return hash;
}
