/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the gradient of every parameter against finite differences of the
 * loss. The reference model computes the loss in double precision, far more
 * exactly than the program's floats.
 */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "core/model.h"
#include "core/optimizer.h"
#include "core/pass.h"
#include "reference.h"
#include "suite.h"
#include "task/framing.h"

/* Half the distance of the two points of a finite difference. */
#define STEP 1e-5

/* One in so many parameters is compared with all kernels but one. */
enum { OTHERS_STRIDE = 5 };

struct setup {
	struct model_shape shape;
	const struct framing *framing;
	const struct loss *loss;
	size_t sequences;
	size_t points; /* of the longest; each further sequence has one fewer */
};

static const struct setup setups[] = {
	{{2, 2, 1, {10}, &activation_sigmoid, NULL}, &framing_one_to_one,
		&loss_mae, 1, 4},
	{{2, 2, 1, {10}, &activation_sigmoid, NULL}, &framing_sequence,
		&loss_mae, 1, 4},
	{{2, 2, 1, {10}, &activation_sigmoid, NULL}, &framing_one_to_one,
		&loss_mse, 3, 4},
	{{2, 2, 2, {5, 4}, &activation_sigmoid, NULL}, &framing_one_to_one,
		&loss_mae, 1, 5},
	{{2, 2, 2, {5, 4}, &activation_sigmoid, NULL}, &framing_sequence,
		&loss_mae, 3, 5},
	{{2, 2, 2, {5, 4}, &activation_hard_sigmoid, NULL}, &framing_sequence,
		&loss_mse, 1, 5},
	{{2, 2, 3, {3, 4, 2}, &activation_sigmoid, NULL}, &framing_sequence,
		&loss_mse, 3, 6},
	{{3, 3, 3, {3, 18, 2}, &activation_hard_sigmoid, NULL},
		&framing_sequence, &loss_mae, 2, 4},
	{{1, 1, 1, {17}, &activation_sigmoid, NULL}, &framing_sequence,
		&loss_mse, 3, 9},
	{{2, 2, 1, {10}, &activation_sigmoid, NULL}, &framing_many_to_one,
		&loss_mae, 1, 5},
	{{2, 2, 2, {5, 4}, &activation_sigmoid, NULL}, &framing_many_to_one,
		&loss_mse, 3, 6},
	{{2, 2, 1, {10}, &activation_sigmoid, NULL}, &framing_one_to_many,
		&loss_mae, 2, 4},
	{{2, 2, 2, {5, 4}, &activation_sigmoid, NULL}, &framing_one_to_many,
		&loss_mse, 3, 6},
};

enum { SETUPS = sizeof setups / sizeof setups[0], SEQUENCES_MAX = 3 };

struct fixture {
	const struct setup *setup;
	struct model model;
	struct pass pass;
	struct batch batch;
	size_t count;
	float *gradients; /* in plain layout */
	double *values;   /* likewise */
};

static void
fill(struct fixture *fixture, struct random *random)
{
	const struct setup *setup = fixture->setup;
	size_t row = setup->points * setup->shape.inputs;
	size_t lengths[SEQUENCES_MAX];
	float *points = memory_floats(setup->sequences * row);

	for (size_t i = 0; i < setup->sequences * row; i++)
		points[i] = random_uniform(random);
	for (size_t k = 0; k < setup->sequences; k++)
		lengths[k] = setup->points - k;
	framing_fill((struct framing_config){setup->framing, 2},
		setup->sequences, setup->points, lengths, points,
		&fixture->batch);
	free(points);
}

static void
make(struct fixture *fixture, const struct setup *setup, uint64_t seed)
{
	size_t steps, samples;
	struct random random;
	struct error error;
	float *plain;

	*fixture = (struct fixture){.setup = setup};
	random_seed(&random, seed, RANDOM_STREAM_WEIGHTS);
	ck_assert(model_create(&fixture->model, suite_context(), &setup->shape,
		&error));
	ck_assert(model_initialize(&fixture->model, &random, NULL, &error));
	fixture->count = fixture->model.parameters.total;
	plain = memory_floats(fixture->count);
	fixture->values = calloc(fixture->count, sizeof *fixture->values);
	fixture->gradients = memory_floats(fixture->count);
	model_get_values(&fixture->model, plain);
	for (size_t i = 0; i < fixture->count; i++) {
		plain[i] += (float)(0.2 * random_normal(&random));
		fixture->values[i] = plain[i];
	}
	model_set_values(&fixture->model, plain);
	free(plain);
	framing_measure((struct framing_config){setup->framing, 2},
		setup->points, &steps, &samples);
	ck_assert(pass_create(&fixture->pass, &fixture->model, steps,
		samples * setup->sequences, true, &error));
	ck_assert(framing_create((struct framing_config){setup->framing, 2},
		setup->sequences, setup->points, setup->shape.inputs,
		&fixture->batch, &error));
	fill(fixture, &random);
}

static void
release(struct fixture *fixture)
{
	free(fixture->values);
	free(fixture->gradients);
	batch_destroy(&fixture->batch);
	pass_destroy(&fixture->pass);
	model_destroy(&fixture->model);
}

static void
run_pass(struct fixture *fixture)
{
	pass_begin(&fixture->pass, &fixture->batch,
		&(struct loss_config){.loss = fixture->setup->loss,
			.features = fixture->setup->shape.inputs});
	while (!pass_is_done(&fixture->pass))
		pass_advance(&fixture->pass);
	parameters_gather(&fixture->model.parameters, fixture->pass.gradients,
		fixture->gradients);
}

static struct reference_run
reference(const struct fixture *fixture)
{
	return reference_loss(&fixture->setup->shape, fixture->values,
		&fixture->batch, fixture->setup->loss, NULL, NULL, NULL);
}

/* Find a fixture whose loss has no kink within a step of a difference. */
static void
make_smooth(struct fixture *fixture, const struct setup *setup)
{
	for (uint64_t seed = 1; seed < 100; seed++) {
		struct reference_run run;

		make(fixture, setup, seed);
		run = reference(fixture);
		if (run.error > 1e-3 && run.corner > 1e-3)
			return;
		release(fixture);
	}
	ck_abort_msg("no fixture without a kink found");
}

static double
difference(struct fixture *fixture, size_t i)
{
	double value = fixture->values[i], above, below;

	fixture->values[i] = value + STEP;
	above = reference(fixture).loss;
	fixture->values[i] = value - STEP;
	below = reference(fixture).loss;
	fixture->values[i] = value;
	return (above - below) / (2 * STEP);
}

static void
expect_near(double value, double expected, double tolerance, size_t i)
{
	EXPECT(fabs(value - expected) < tolerance,
		"parameter %zu: %.9g, not %.9g", i, value, expected);
}

/*
 * The reference is slow. With the fastest kernel every parameter is compared;
 * with the others, which check_kernel compares with it, some of them.
 */
static size_t
stride(void)
{
	return suite_context()->kernel == kernel_variant(0) ? 1 : OTHERS_STRIDE;
}

/* Assert that not all gradients are near zero. */
static void
expect_slope(const struct fixture *fixture)
{
	double largest = 0;

	for (size_t i = 0; i < fixture->count; i++)
		largest = fmax(largest, fabs((double)fixture->gradients[i]));
	ck_assert_double_gt(largest, 1e-2);
}

static void
expect_gradient(const struct setup *setup)
{
	struct fixture fixture;

	make_smooth(&fixture, setup);
	run_pass(&fixture);
	for (size_t i = 0; i < fixture.count; i += stride()) {
		double expected = difference(&fixture, i);

		expect_near(fixture.gradients[i], expected,
			2e-6 + 2e-5 * fabs(expected), i);
	}
	expect_slope(&fixture);
	release(&fixture);
}

/* Every setup with every cell of the list. */
static struct setup
setup_of(int number)
{
	struct setup setup = setups[number % SETUPS];

	setup.shape.cell = cell_of(cell_list[number / SETUPS]);
	return setup;
}

START_TEST(every_gradient_is_the_slope_of_the_loss)
{
	struct setup setup = setup_of(_i);

	expect_gradient(&setup);
}
END_TEST

/* All combinations of layers, framing, loss, activation and batch. */
enum { COMBINATIONS = 3 * 2 * 2 * 2 * 2 };

START_TEST(every_combination_has_the_gradient_of_its_loss)
{
	static const struct model_shape shapes[] = {
		{2, 2, 1, {10}, &activation_sigmoid, NULL},
		{2, 2, 2, {5, 4}, &activation_sigmoid, NULL},
		{2, 2, 3, {3, 4, 2}, &activation_sigmoid, NULL},
	};
	struct setup setup = {
		.shape = shapes[_i % COMBINATIONS / 16],
		.framing = _i & 1 ? &framing_sequence : &framing_one_to_one,
		.loss = _i & 2 ? &loss_mse : &loss_mae,
		.sequences = _i & 4 ? 3 : 1,
		.points = 4,
	};

	setup.shape.cell = cell_of(cell_list[_i / COMBINATIONS]);
	if (_i & 8)
		setup.shape.recurrent_activation = &activation_hard_sigmoid;
	expect_gradient(&setup);
}
END_TEST

/* All combinations of the lists of losses, framings and cells. */

enum { TOKENS = 6, FEATURES = 2 };

static int
count_listed(void)
{
	return (int)(kind_count(cell_list) * kind_count(framing_list) *
		kind_count(loss_list));
}

/* Replace the points of a batch by tokens. */
static void
put_tokens(struct batch *batch)
{
	size_t rows = batch->steps * batch->samples;
	struct random random;

	free(batch->inputs);
	free(batch->targets);
	batch->inputs = batch->targets = NULL;
	batch->features = TOKENS;
	batch->input_tokens = memory_new(rows, sizeof *batch->input_tokens);
	batch->target_tokens = memory_new(rows, sizeof *batch->target_tokens);
	random_seed(&random, 5, RANDOM_STREAM_DATA);
	for (size_t row = 0; row < rows; row++) {
		batch->input_tokens[row] =
			(uint32_t)(random_next(&random) % TOKENS);
		batch->target_tokens[row] =
			(uint32_t)(random_next(&random) % TOKENS);
	}
}

/*
 * Return a copy of the batch for the reference: one-hot inputs instead of
 * tokens, and room for targets of the size of the outputs.
 */
static struct batch
plain_batch(const struct batch *batch, size_t outputs)
{
	size_t rows = batch->steps * batch->samples;
	struct batch plain = *batch;

	plain.input_tokens = plain.target_tokens = NULL;
	plain.inputs = memory_floats(rows * batch->features);
	plain.targets = memory_floats(rows * outputs);
	for (size_t row = 0; row < rows; row++)
		for (size_t k = 0; k < batch->features; k++)
			plain.inputs[row * batch->features + k] =
				batch->input_tokens == NULL
				? batch->inputs[row * batch->features + k]
				: (float)(batch->input_tokens[row] == k);
	return plain;
}

/*
 * Return the mean loss of the pass; store its derivative by each prediction in
 * slopes[rows, outputs]. check_loss tests that derivative itself.
 */
static double
loss_of_rows(const struct fixture *fixture, const struct loss_config *config,
	float *slopes)
{
	const struct batch *batch = &fixture->batch;
	size_t outputs = loss_outputs(config);
	double divisor = loss_divisor(config, batch->predicted), sum = 0;
	float scale = (float)(1 / divisor);

	for (size_t row = 0; row < batch->steps * batch->samples; row++) {
		const float *predicted =
			fixture->pass.predictions + row * outputs;
		float *slope = slopes + row * outputs;

		if (row / batch->samples < batch->first_target ||
			(batch->mask != NULL && batch->mask[row] == 0))
			continue;
		sum += config->loss->is_of_tokens
			? loss_sum_tokens(suite_context()->kernel, config, 1,
				  predicted, batch->target_tokens + row, NULL,
				  scale, slope)
			: loss_sum(config, 1, predicted,
				  batch->targets + row * batch->features, NULL,
				  scale, slope);
	}
	return sum / divisor;
}

/*
 * Return the derivative of the loss by a parameter: the finite difference of
 * each prediction times the loss's derivative by that prediction.
 */
static double
slope_of(struct fixture *fixture, const struct batch *plain, size_t i,
	const float *slopes, double *predictions)
{
	size_t count =
		plain->steps * plain->samples * fixture->setup->shape.outputs;
	double value = fixture->values[i], sum = 0;

	for (int side = 1; side >= -1; side -= 2) {
		fixture->values[i] = value + side * STEP;
		reference_loss(&fixture->setup->shape, fixture->values, plain,
			&loss_mae, NULL, NULL, predictions);
		for (size_t k = 0; k < count; k++)
			sum += side * predictions[k] * slopes[k];
	}
	fixture->values[i] = value;
	return sum / (2 * STEP);
}

START_TEST(every_loss_reaches_the_parameters_of_every_cell)
{
	size_t losses = kind_count(loss_list), number = (size_t)_i;
	const struct loss *loss =
		(const struct loss *)loss_list[number % losses];
	size_t features = loss->is_of_tokens ? TOKENS : FEATURES;
	const struct loss_config config = {.loss = loss,
		.features = features,
		.mixtures = 2,
		.sigma_floor = 0.1,
		.huber_delta = 0.3};
	size_t outputs = loss_outputs(&config);
	struct setup setup = {
		.shape = {features, outputs, 2, {5, 4}, &activation_sigmoid,
			cell_of(cell_list[number / losses %
				kind_count(cell_list)])},
		.framing = (const struct framing *)
			framing_list[number / losses / kind_count(cell_list)],
		.loss = loss,
		.sequences = 3,
		.points = 6,
	};
	struct fixture fixture;
	struct batch plain;
	double *predictions, value;
	float *slopes;

	make(&fixture, &setup, 7);
	if (loss->is_of_tokens)
		put_tokens(&fixture.batch);
	plain = plain_batch(&fixture.batch, outputs);
	slopes = memory_floats(plain.steps * plain.samples * outputs);
	predictions = calloc(plain.steps * plain.samples * outputs,
		sizeof *predictions);
	pass_begin(&fixture.pass, &fixture.batch, &config);
	while (!pass_is_done(&fixture.pass))
		pass_advance(&fixture.pass);
	parameters_gather(&fixture.model.parameters, fixture.pass.gradients,
		fixture.gradients);
	value = loss_of_rows(&fixture, &config, slopes);
	ck_assert_double_eq_tol(pass_loss(&fixture.pass), value,
		1e-6 * (1 + fabs(value)));
	for (size_t i = 0; i < fixture.count; i += stride()) {
		double expected =
			slope_of(&fixture, &plain, i, slopes, predictions);

		EXPECT(fabs(fixture.gradients[i] - expected) <
				2e-6 + 5e-5 * fabs(expected),
			"%s, %s, %s: parameter %zu: %.9g, not %.9g",
			loss->kind.name, setup.shape.cell->kind.name,
			setup.framing->kind.name, i,
			(double)fixture.gradients[i], expected);
	}
	expect_slope(&fixture);
	free(plain.inputs);
	free(plain.targets);
	free(predictions);
	free(slopes);
	release(&fixture);
}
END_TEST

START_TEST(a_clipped_gradient_keeps_its_direction)
{
	struct setup setup = setup_of(_i);
	struct fixture fixture;
	struct optimizer_state optimizer;
	struct optimizer_rates rates = {.learning_rate = 1};
	struct error error;
	float *moved, *before;
	double square = 0, norm;

	make(&fixture, &setup, 1);
	run_pass(&fixture);
	for (size_t i = 0; i < fixture.count; i++)
		square += (double)fixture.gradients[i] * fixture.gradients[i];
	norm = sqrt(square);
	before = memory_floats(fixture.count);
	moved = memory_floats(fixture.count);
	model_get_values(&fixture.model, before);
	rates.clip = norm / 3;
	/* sgd at rate 1 subtracts the gradient itself */
	ck_assert(optimizer_create(&optimizer, &optimizer_sgd,
		fixture.model.parameters.packed_total, &error));
	ck_assert(optimizer_update(&optimizer, suite_context(), &rates,
		pass_live_gradients(&fixture.pass), fixture.model.values,
		fixture.pass.gradients));
	model_get_values(&fixture.model, moved);
	for (size_t i = 0; i < fixture.count; i++)
		expect_near((double)before[i] - moved[i],
			(double)fixture.gradients[i] / 3, 1e-6, i);
	optimizer_destroy(&optimizer);
	free(before);
	free(moved);
	release(&fixture);
}
END_TEST

/* Clipping is off, or its norm is larger than the gradient's. */
START_TEST(a_gradient_below_the_clipping_norm_is_unchanged)
{
	static const double clips[] = {0, 1.01};
	struct optimizer_rates rates = {.learning_rate = 1};
	struct setup setup = setup_of(_i);
	struct optimizer_state optimizer;
	struct fixture fixture;
	struct error error;

	for (size_t c = 0; c < sizeof clips / sizeof clips[0]; c++) {
		double square = 0;
		float *before, *moved;

		make(&fixture, &setup, 1);
		run_pass(&fixture);
		before = memory_floats(fixture.count);
		moved = memory_floats(fixture.count);
		model_get_values(&fixture.model, before);
		for (size_t i = 0; i < fixture.count; i++)
			square += (double)fixture.gradients[i] *
				fixture.gradients[i];
		ck_assert_double_gt(square, 0);
		rates.clip = clips[c] * sqrt(square);
		ck_assert(optimizer_create(&optimizer, &optimizer_sgd,
			fixture.model.parameters.packed_total, &error));
		ck_assert(optimizer_update(&optimizer, suite_context(), &rates,
			pass_live_gradients(&fixture.pass),
			fixture.model.values, fixture.pass.gradients));
		model_get_values(&fixture.model, moved);
		for (size_t i = 0; i < fixture.count; i++)
			expect_near((double)before[i] - moved[i],
				fixture.gradients[i], 1e-6, i);
		/* bit for bit: nothing was scaled */
		parameters_gather(&fixture.model.parameters,
			fixture.pass.gradients, moved);
		ck_assert_mem_eq(moved, fixture.gradients,
			fixture.count * sizeof *moved);
		optimizer_destroy(&optimizer);
		free(before);
		free(moved);
		release(&fixture);
	}
}
END_TEST

static Suite *
gradient_suite(void)
{
	Suite *suite = suite_create("gradient");
	TCase *group = suite_group(suite, "gradient", SUITE_SECONDS);
	int cells = (int)kind_count(cell_list);

	suite_add_loop(group, every_gradient_is_the_slope_of_the_loss, 0,
		cells * SETUPS);
	suite_add_loop(group, every_combination_has_the_gradient_of_its_loss, 0,
		cells * COMBINATIONS);
	suite_add_loop(group, every_loss_reaches_the_parameters_of_every_cell,
		0, count_listed());
	suite_add_loop(group, a_clipped_gradient_keeps_its_direction, 0,
		cells * SETUPS);
	suite_add_loop(group, a_gradient_below_the_clipping_norm_is_unchanged,
		0, cells * SETUPS);
	return suite;
}

int
main(void)
{
#ifdef __SANITIZE_ADDRESS__
	/*
	 * only one kernel, since this is slow; check_kernel compares the others
	 * with it
	 */
	return suite_run(gradient_suite());
#else
	return suite_run_kernels(gradient_suite);
#endif
}
