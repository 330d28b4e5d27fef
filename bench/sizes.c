/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sizes.h"

#include <stdlib.h>

#include "base/memory.h"
#include "core/model.h"
#include "core/optimizer.h"
#include "core/pass.h"
#include "row.h"

enum { FEATURES = 2, ADAM_OPERATIONS = 12 };

/* Compute the steps of a pass and the samples of all sequences. */
static void
find_batch(const struct sizes *sizes, size_t *steps, size_t *samples)
{
	framing_measure((struct framing_config){sizes->framing, 1},
		sizes->size[SIZE_STEPS] + 1, steps, samples);
	*samples *= sizes->size[SIZE_BATCH];
}

double
sizes_operations(const struct sizes *sizes)
{
	size_t steps, samples;
	const struct cell *cell =
		sizes->cell != NULL ? sizes->cell : &cell_lstm;
	double units = (double)sizes->size[SIZE_UNITS];
	double width = (double)cell->gates * units;
	double bias_rows = cell->bias_rows > 0 ? (double)cell->bias_rows : 1;
	double rows, carried, sum = 0, parameters = 0;

	find_batch(sizes, &steps, &samples);
	rows = (double)(steps * samples);
	/* every step but the first has a previous state */
	carried = (double)((steps - 1) * samples);
	for (size_t l = 0; l < sizes->size[SIZE_LAYERS]; l++) {
		double inputs = l > 0 ? units : FEATURES;
		double products = l > 0 ? 3 : 2;

		sum += products * 2 * rows * inputs * width;
		sum += 3 * 2 * carried * units * width;
		parameters += (inputs + bias_rows) * width;
		if (steps > 1)
			parameters += units * width;
	}
	sum += 3 * 2 * rows * units * FEATURES;
	parameters += (units + 1) * FEATURES;
	return sum + ADAM_OPERATIONS * parameters;
}

struct training {
	struct model model;
	struct pass pass;
	struct optimizer_state optimizer;
	struct batch batch;
};

static bool
train(void *work, uint64_t n, struct error *error)
{
	static const struct optimizer_rates rates = {.learning_rate = 0.001};
	struct training *training = work;
	struct pass *pass = &training->pass;

	for (uint64_t i = 0; i < n; i++) {
		pass_begin(pass, &training->batch,
			&(struct loss_config){.loss = &loss_mae,
				.features = training->batch.features});
		while (!pass_is_done(pass))
			pass_advance(pass);
		if (!optimizer_update(&training->optimizer,
			    training->model.context, &rates,
			    pass_live_gradients(pass), training->model.values,
			    pass->gradients))
			return error_set(error, "a gradient is not finite");
	}
	return true;
}

/* Fill a batch from sequences of uniform random points. */
static bool
make_batch(const struct sizes *sizes, struct batch *batch,
	struct random *random, struct error *error)
{
	size_t points = sizes->size[SIZE_STEPS] + 1;
	size_t count = sizes->size[SIZE_BATCH];
	size_t numbers = count * points * FEATURES;
	float *values = memory_floats(numbers);
	size_t *lengths = memory_new(count, sizeof *lengths);
	bool ok = values != NULL && lengths != NULL;

	if (!ok)
		error_out_of_memory(error);
	ok = ok &&
		framing_create((struct framing_config){sizes->framing, 1},
			count, points, FEATURES, batch, error);
	for (size_t i = 0; ok && i < numbers; i++)
		values[i] = random_uniform(random);
	for (size_t k = 0; ok && k < count; k++)
		lengths[k] = points;
	if (ok)
		framing_fill((struct framing_config){sizes->framing, 1}, count,
			points, lengths, values, batch);
	free(values);
	free(lengths);
	return ok;
}

static bool
create(const struct row *row, const struct place *place, void **work,
	struct error *error)
{
	const struct sizes *sizes = row->details;
	struct training *training = memory_new(1, sizeof *training);
	struct model_shape shape = {
		.inputs = FEATURES,
		.outputs = FEATURES,
		.layers = sizes->size[SIZE_LAYERS],
		.recurrent_activation = &activation_sigmoid,
		.cell = sizes->cell,
	};
	size_t steps, samples;
	struct random random;

	*work = training;
	if (training == NULL)
		return error_out_of_memory(error);
	for (size_t l = 0; l < shape.layers; l++)
		shape.units[l] = sizes->size[SIZE_UNITS];
	find_batch(sizes, &steps, &samples);
	random_seed(&random, 1, RANDOM_STREAM_WEIGHTS);
	return model_create(&training->model, place->context, &shape, error) &&
		model_initialize(&training->model, &random, NULL, error) &&
		optimizer_create(&training->optimizer, &optimizer_adam,
			training->model.parameters.packed_total, error) &&
		make_batch(sizes, &training->batch, &random, error) &&
		pass_create(&training->pass, &training->model, steps, samples,
			true, error);
}

static void
destroy(void *work)
{
	struct training *training = work;

	if (training == NULL)
		return;
	pass_destroy(&training->pass);
	batch_destroy(&training->batch);
	optimizer_destroy(&training->optimizer);
	model_destroy(&training->model);
	free(training);
}

const struct row_kind row_update = {.create = create,
	.run = train,
	.destroy = destroy};
