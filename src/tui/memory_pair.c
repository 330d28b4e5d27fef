/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/memory_pair.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum {
	/* max values of all steps of the other inspection */
	OTHER_MAX = 1 << 22,
	/* max multiply-adds of a drawing, and of a text */
	DRAW_MAX = 1 << 25,
	WRITE_MAX = 1 << 24,
	TOKENS_MIN = 24,
	TOKENS_MAX = 240,
	TOKENS_OF_PART = 8
};

static bool
create_drawings(struct memory_pair *pair, struct error *error)
{
	const struct run *run = pair->run;
	size_t total = run_model(run)->parameters.total, size;
	size_t steps = framing_steps(settings_framing(run_settings(run)));
	size_t max = DRAW_MAX / (total * steps) + 1 + steps;

	pair->length = run_length(run) < max ? run_length(run) : max;
	if (!memory_product(pair->length, pair->features, &size))
		return error_out_of_memory(error);
	for (int side = 0; side < MEMORY_SIDES; side++) {
		pair->points[side] = memory_floats(size);
		if (pair->points[side] == NULL)
			return error_out_of_memory(error);
		if (!generator_create(&pair->generator[side], run,
			    run_settings(run)->seed, error))
			return false;
		pair->generator[side].no_memory = side == MEMORY_CUT;
	}
	return true;
}

static bool
create_writers(struct memory_pair *pair, struct error *error)
{
	for (int side = 0; side < MEMORY_SIDES; side++) {
		if (!writer_create(&pair->writer[side], pair->run,
			    run_settings(pair->run)->seed, error))
			return false;
		pair->writer[side].no_memory = side == MEMORY_CUT;
	}
	return true;
}

bool
memory_pair_create(struct memory_pair *pair, const struct run *run,
	struct error *error)
{
	*pair = (struct memory_pair){
		.run = run,
		.is_same = !framing_has_memory(
			settings_framing(run_settings(run))),
		.features = run_features(run),
	};
	return inspection_create(&pair->other, run, error) &&
		(run_task(run)->is_text ? create_writers(pair, error)
					: create_drawings(pair, error));
}

void
memory_pair_destroy(struct memory_pair *pair)
{
	if (pair->run == NULL)
		return;
	for (int side = 0; side < MEMORY_SIDES; side++) {
		generator_destroy(&pair->generator[side]);
		writer_destroy(&pair->writer[side]);
		free(pair->points[side]);
	}
	inspection_destroy(&pair->other);
	*pair = (struct memory_pair){0};
}

/* Both draw with the same random numbers. */
static void
draw(struct memory_pair *pair)
{
	const struct task *task = run_task(pair->run);

	for (int side = 0; side < MEMORY_SIDES; side++) {
		random_seed(&pair->generator[side].random,
			run_settings(pair->run)->seed, RANDOM_STREAM_GENERATE);
		generator_show(&pair->generator[side], pair->run, pair->length,
			pair->points[side]);
		pair->shape_error[side] = task->shape_error != NULL &&
				pair->length == run_length(pair->run)
			? run_shape_error(pair->run, pair->points[side])
			: (double)NAN;
	}
}

static void
begin_to_write(struct memory_pair *pair, double temperature)
{
	pair->left = (size_t)(WRITE_MAX / (writer_cost(&pair->writer[0]) + 1));
	if (pair->left < TOKENS_MIN)
		pair->left = TOKENS_MIN;
	if (pair->left > TOKENS_MAX)
		pair->left = TOKENS_MAX;
	for (int side = 0; side < MEMORY_SIDES; side++) {
		struct writer *writer = &pair->writer[side];

		writer_reset(writer);
		random_seed(&writer->random, run_settings(pair->run)->seed,
			RANDOM_STREAM_GENERATE);
		writer->temperature = temperature;
		pair->next[side][0] = '\0';
		pair->has_return[side] = false;
	}
}

/* Whether to follow the sequence also on the other side. */
static bool
wants_other(const struct memory_pair *pair, const struct inspection *inspection)
{
	const struct model_shape *shape = &inspection->model.shape;
	size_t units = 0;

	for (size_t l = 0; l < shape->layers; l++)
		units += shape->units[l];
	return !pair->is_same && inspection->predicted > 0 &&
		inspection->steps * units * inspection->views <= OTHER_MAX;
}

bool
memory_pair_begin(struct memory_pair *pair, const struct inspection *inspection,
	bool no_memory, double temperature, struct error *error)
{
	const struct inspection_config config = {.no_memory = !no_memory};

	pair->is_computing_other = wants_other(pair, inspection);
	if (pair->is_computing_other &&
		!(inspection_set_same(&pair->other, inspection, error) &&
			inspection_begin(&pair->other, &config, error)))
		return false;
	if (run_task(pair->run)->is_text)
		begin_to_write(pair, temperature);
	else
		draw(pair);
	return true;
}

static void
write_token(struct memory_pair *pair, int side)
{
	const struct vocabulary *vocabulary = run_vocabulary(pair->run);
	uint32_t token = writer_write(&pair->writer[side]);
	size_t length = strlen(pair->next[side]);
	char bytes[TEXT_ENCODED_SIZE];

	/* show '?' for a byte 0, which would end the string */
	if (text_encode_display(vocabulary, token, &pair->has_return[side],
		    bytes) == 1 &&
		bytes[0] == '\0')
		bytes[0] = '?';
	if (length + strlen(bytes) < MEMORY_PAIR_TEXT_SIZE)
		memcpy(pair->next[side] + length, bytes, strlen(bytes) + 1);
}

bool
memory_pair_advance(struct memory_pair *pair)
{
	if (pair->is_computing_other && !inspection_is_done(&pair->other)) {
		inspection_advance(&pair->other);
		return true;
	}
	for (int i = 0; i < TOKENS_OF_PART && pair->left > 0; i++) {
		for (int side = 0; side < MEMORY_SIDES; side++)
			write_token(pair, side);
		pair->left--;
	}
	return pair->left > 0;
}

/* The mean error of the steps, or for a text the mean loss. */
static double
measure(const struct inspection *inspection)
{
	double sum = 0;

	if (inspection->predicted == 0)
		return NAN;
	if (inspection->tokens != NULL)
		return inspection_mean_loss(inspection);
	for (size_t i = 0; i < inspection->steps; i++)
		if (inspection->step[i].target != INSPECTION_NONE)
			sum += inspection_error(inspection, i);
	return sum / (double)inspection->predicted;
}

void
memory_pair_end(struct memory_pair *pair, const struct inspection *inspection)
{
	int side = inspection->config.no_memory ? MEMORY_CUT : MEMORY_KEPT;

	pair->has_results = true;
	pair->step_error[side] = measure(inspection);
	pair->step_error[!side] = pair->is_same ? pair->step_error[side]
		: pair->is_computing_other      ? measure(&pair->other)
						: (double)NAN;
	memcpy(pair->text, pair->next, sizeof pair->text);
}
