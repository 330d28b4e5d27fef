/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests that loop over the list of cells: tensors, initial values, and cases
 * that the tests of gradients and kernels leave out: tokens, carried states,
 * dropout, and every loss.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "core/cell.h"
#include "core/model.h"
#include "core/pass.h"
#include "reference.h"
#include "suite.h"

static const struct cell *
cell_at(int number)
{
	return cell_of(cell_list[number]);
}

/* ---------------------------------------------------------------------- */
/* tensors */

START_TEST(cells_are_found_by_name)
{
	for (size_t i = 0; cell_list[i] != NULL; i++) {
		const struct cell *cell = cell_of(cell_list[i]);

		ck_assert_ptr_eq(kind_find(cell_list, cell->kind.name),
			cell_list[i]);
		ck_assert_uint_ge(cell->gates, 1);
		ck_assert_uint_le(cell->gates, KERNEL_COLUMNS);
		for (size_t k = 0; k < i; k++)
			ck_assert_str_ne(cell_of(cell_list[k])->layer_name,
				cell->layer_name);
	}
}
END_TEST

struct expected_tensor {
	const char *name;
	size_t rows, columns;
};

/* Keras's names and shapes, for layers of 12 and 7 units over 3 features. */
/* clang-format off */
static const struct {
	const struct cell *cell;
	const char *type;
	struct expected_tensor tensors[8];
} expected[] = {
	{&cell_lstm, "LSTM", {
		{"lstm.kernel", 3, 48},
		{"lstm.recurrent_kernel", 12, 48},
		{"lstm.bias", 0, 48},
		{"lstm_1.kernel", 12, 28},
		{"lstm_1.recurrent_kernel", 7, 28},
		{"lstm_1.bias", 0, 28},
		{"dense.kernel", 7, 2},
		{"dense.bias", 0, 2}}},
	{&cell_gru, "GRU", {
		{"gru.kernel", 3, 36},
		{"gru.recurrent_kernel", 12, 36},
		{"gru.bias", 2, 36},
		{"gru_1.kernel", 12, 21},
		{"gru_1.recurrent_kernel", 7, 21},
		{"gru_1.bias", 2, 21},
		{"dense.kernel", 7, 2},
		{"dense.bias", 0, 2}}},
	{&cell_rnn, "SimpleRNN", {
		{"simple_rnn.kernel", 3, 12},
		{"simple_rnn.recurrent_kernel", 12, 12},
		{"simple_rnn.bias", 0, 12},
		{"simple_rnn_1.kernel", 12, 7},
		{"simple_rnn_1.recurrent_kernel", 7, 7},
		{"simple_rnn_1.bias", 0, 7},
		{"dense.kernel", 7, 2},
		{"dense.bias", 0, 2}}},
};
/* clang-format on */

enum { EXPECTED = sizeof expected / sizeof expected[0] };

START_TEST(tensors_are_those_of_keras)
{
	const struct model_shape shape = {.inputs = 3,
		.outputs = 2,
		.layers = 2,
		.units = {12, 7},
		.cell = expected[_i].cell};
	size_t parameters = 0;
	struct model model;
	struct error error;

	ck_assert(model_create(&model, suite_context(), &shape, &error));
	ck_assert_uint_eq(model.parameters.tensors, 8);
	for (size_t i = 0; i < 8; i++) {
		const struct tensor *tensor = &model.parameters.tensor[i];
		const struct expected_tensor *other = &expected[_i].tensors[i];

		ck_assert_str_eq(tensor->name, other->name);
		ck_assert_uint_eq(tensor->rows, other->rows);
		ck_assert_uint_eq(tensor->columns, other->columns);
	}
	for (size_t l = 0; l < 3; l++)
		parameters += model_layer_parameters(&model, l);
	ck_assert_uint_eq(parameters, model.parameters.total);
	ck_assert_str_eq(model_layer_type(&model, 1), expected[_i].type);
	ck_assert_str_eq(model_layer_type(&model, 2), "Dense");
	model_destroy(&model);
}
END_TEST

/*
 * Values are the same after packing and unpacking, for all remainders of units
 * by lanes and panels.
 */
START_TEST(packing_and_unpacking_keep_every_value)
{
	for (size_t units = 1; units < 150; units += units < 70 ? 1 : 13) {
		const struct model_shape shape = {.inputs = 5,
			.outputs = 3,
			.layers = 2,
			.units = {units, 3},
			.cell = cell_at(_i)};
		struct model model;
		struct error error;
		float *plain, *again;
		double packed = 0, sum = 0;
		size_t count;

		ck_assert(
			model_create(&model, suite_context(), &shape, &error));
		count = model.parameters.total;
		plain = memory_floats(count);
		again = memory_floats(count);
		for (size_t i = 0; i < count; i++) {
			plain[i] = (float)(i % 1000 + 1);
			sum += (double)plain[i];
		}
		model_set_values(&model, plain);
		model_get_values(&model, again);
		ck_assert_mem_eq(plain, again, count * sizeof *plain);
		/* each value occurs once, and all others are zero */
		for (size_t i = 0; i < model.parameters.packed_total; i++)
			packed += (double)model.values[i];
		ck_assert_double_eq(packed, sum);
		free(plain);
		free(again);
		model_destroy(&model);
	}
}
END_TEST

START_TEST(initial_values_are_those_of_keras)
{
	const struct model_shape shape = {.inputs = 4,
		.outputs = 2,
		.layers = 1,
		.units = {40},
		.cell = cell_at(_i)};
	size_t gates = shape.cell->gates, width = 40 * gates;
	const float *kernel, *recurrent, *bias;
	double limit = sqrt(6.0 / (double)(4 + width)), max = 0, off = 0;
	struct model model;
	struct random random;
	struct error error;
	float *plain;

	random_seed(&random, 1, RANDOM_STREAM_WEIGHTS);
	ck_assert(model_create(&model, suite_context(), &shape, &error));
	ck_assert(model_initialize(&model, &random, NULL, &error));
	plain = memory_floats(model.parameters.total);
	model_get_values(&model, plain);
	kernel = plain + model.parameters.tensor[0].offset;
	recurrent = plain + model.parameters.tensor[1].offset;
	bias = plain + model.parameters.tensor[2].offset;
	for (size_t i = 0; i < 4 * width; i++)
		max = fmax(max, fabs(kernel[i]));
	ck_assert_double_le(max, limit * (1 + 1e-6));
	ck_assert_double_gt(max, limit * 0.95);
	for (size_t i = 0; i < 40; i++)
		for (size_t j = 0; j <= i; j++) {
			double sum = i == j ? -1 : 0;

			for (size_t k = 0; k < width; k++)
				sum += (double)recurrent[i * width + k] *
					recurrent[j * width + k];
			off = fmax(off, fabs(sum));
		}
	ck_assert_double_lt(off, 2e-6);
	/* 0, except for the forget gate's 1 of the LSTM */
	for (size_t i = 0; i < model.parameters.tensor[2].size; i++)
		ck_assert_float_eq(bias[i],
			shape.cell == &cell_lstm && i / 40 == 1 ? 1 : 0);
	free(plain);
	model_destroy(&model);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* passes */

/*
 * The second layer has more blocks than one panel holds with any kernel, and
 * its last block is partly filled.
 */
enum { FEATURES = 3, STEPS = 4, SAMPLES = 5 };

struct fixture {
	struct model model;
	struct pass pass;
	struct batch batch;
	struct loss_config config;
	float *plain;    /* values of the model */
	float *gradient; /* in plain layout, like the values */
	float inputs[STEPS * SAMPLES * FEATURES];
	float targets[STEPS * SAMPLES * FEATURES];
	uint32_t input_tokens[STEPS * SAMPLES], target_tokens[STEPS * SAMPLES];
};

static void
make(struct fixture *fixture, const struct cell *cell, const struct loss *loss)
{
	struct model_shape shape = {.inputs = FEATURES,
		.layers = 2,
		.units = {6, 70},
		.cell = cell};
	struct random random;
	struct error error;
	size_t total;

	*fixture = (struct fixture){
		.config = {.loss = loss,
			.features = FEATURES,
			.mixtures = 2,
			.sigma_floor = 0.01,
			.huber_delta = 1},
	};
	shape.outputs = loss_outputs(&fixture->config);
	random_seed(&random, 3, RANDOM_STREAM_WEIGHTS);
	ck_assert(
		model_create(&fixture->model, suite_context(), &shape, &error));
	ck_assert(model_initialize(&fixture->model, &random, NULL, &error));
	total = fixture->model.parameters.total;
	fixture->plain = memory_floats(total);
	fixture->gradient = memory_floats(total);
	model_get_values(&fixture->model, fixture->plain);
	for (size_t i = 0; i < total; i++)
		fixture->plain[i] += (float)(0.1 * random_normal(&random));
	model_set_values(&fixture->model, fixture->plain);
	ck_assert(pass_create(&fixture->pass, &fixture->model, STEPS, SAMPLES,
		true, &error));
	for (size_t i = 0; i < STEPS * SAMPLES * FEATURES; i++) {
		fixture->inputs[i] = random_uniform(&random);
		/* far from any prediction, where mae has no kink */
		fixture->targets[i] = 3 + random_uniform(&random);
	}
	for (size_t i = 0; i < STEPS * SAMPLES; i++) {
		fixture->input_tokens[i] =
			(uint32_t)(random_next(&random) % FEATURES);
		fixture->target_tokens[i] =
			(uint32_t)(random_next(&random) % FEATURES);
	}
	fixture->batch = (struct batch){
		.steps = STEPS,
		.samples = SAMPLES,
		.features = FEATURES,
		.inputs = fixture->inputs,
		.targets = fixture->targets,
		.predicted = STEPS * SAMPLES,
	};
	if (loss->is_of_tokens) {
		fixture->batch.input_tokens = fixture->input_tokens;
		fixture->batch.target_tokens = fixture->target_tokens;
	}
}

static void
release(struct fixture *fixture)
{
	free(fixture->plain);
	free(fixture->gradient);
	pass_destroy(&fixture->pass);
	model_destroy(&fixture->model);
}

/* Return the loss of a pass; store its gradient in plain layout. */
static double
run_pass(struct fixture *fixture)
{
	pass_begin(&fixture->pass, &fixture->batch, &fixture->config);
	while (!pass_is_done(&fixture->pass))
		pass_advance(&fixture->pass);
	parameters_gather(&fixture->model.parameters, fixture->pass.gradients,
		fixture->gradient);
	return pass_loss(&fixture->pass);
}

/* Return the loss after a step of all values along a direction. */
static double
loss_along(struct fixture *fixture, const float *direction, double step)
{
	size_t total = fixture->model.parameters.total;
	float *moved = memory_floats(total);
	double loss;

	for (size_t i = 0; i < total; i++)
		moved[i] = fixture->plain[i] + (float)step * direction[i];
	model_set_values(&fixture->model, moved);
	free(moved);
	loss = run_pass(fixture);
	model_set_values(&fixture->model, fixture->plain);
	return loss;
}

/*
 * Assert that the slope of the loss along its gradient is the gradient's norm.
 */
static void
expect_slope(struct fixture *fixture)
{
	const double step = 4e-3;
	size_t total = fixture->model.parameters.total;
	float *direction = memory_floats(total);
	double norm = 0, slope;

	run_pass(fixture);
	for (size_t i = 0; i < total; i++)
		norm += (double)fixture->gradient[i] * fixture->gradient[i];
	norm = sqrt(norm);
	ck_assert_double_gt(norm, 0.05);
	for (size_t i = 0; i < total; i++)
		direction[i] = (float)(fixture->gradient[i] / norm);
	slope = (loss_along(fixture, direction, step) -
			loss_along(fixture, direction, -step)) /
		(2 * step);
	ck_assert_double_eq_tol(slope, norm, 5e-3 * norm);
	free(direction);
}

START_TEST(every_loss_has_its_gradient)
{
	int losses = (int)kind_count(loss_list);
	struct fixture fixture;

	make(&fixture, cell_at(_i / losses),
		(const struct loss *)loss_list[_i % losses]);
	expect_slope(&fixture);
	release(&fixture);
}
END_TEST

START_TEST(dropped_outputs_have_no_gradient)
{
	struct fixture fixture;
	struct random random;
	struct error error;

	make(&fixture, cell_at(_i), &loss_mse);
	ck_assert(pass_enable_dropout(&fixture.pass, &error));
	random_seed(&random, 1, RANDOM_STREAM_DATA);
	pass_draw_dropout(&fixture.pass, &fixture.batch, 0.4, &random);
	expect_slope(&fixture);
	release(&fixture);
}
END_TEST

/* Counts of the outputs of all layers after dropout. */
struct dropped {
	size_t all, dropped;
	size_t unscaled; /* neither dropped nor scaled by 1 / (1 - rate) */
};

static void
count_dropped(struct fixture *fixture, double rate, struct random *random,
	struct dropped *count)
{
	const float scale = (float)(1 / (1 - rate));

	pass_draw_dropout(&fixture->pass, &fixture->batch, rate, random);
	for (size_t l = 0; l < fixture->model.shape.layers; l++) {
		size_t size = STEPS * SAMPLES * fixture->model.layer[l].blocks *
			fixture->model.parameters.lanes;

		for (size_t i = 0; i < size; i++) {
			float mask = fixture->pass.mask[l][i];

			count->dropped += mask == 0;
			count->unscaled += mask != 0 && mask != scale;
		}
		count->all += size;
	}
}

/* Count, then assert once: an assertion for each output takes minutes. */
START_TEST(dropout_has_its_rate_and_keeps_the_mean)
{
	static const double rates[] = {0.1, 0.4, 0.9};
	struct fixture fixture;
	struct random random;
	struct error error;

	make(&fixture, cell_at(_i), &loss_mse);
	ck_assert(pass_enable_dropout(&fixture.pass, &error));
	random_seed(&random, 1, RANDOM_STREAM_DATA);
	for (int r = 0; r < 3; r++) {
		struct dropped count = {0};

		while (count.all < 100000)
			count_dropped(&fixture, rates[r], &random, &count);
		ck_assert_uint_eq(count.unscaled, 0);
		/* six standard deviations */
		ck_assert_double_eq_tol((double)count.dropped /
				(double)count.all,
			rates[r], 0.01);
	}
	release(&fixture);
}
END_TEST

START_TEST(predictions_have_no_dropout)
{
	const size_t bytes = STEPS * SAMPLES * FEATURES * sizeof(float);
	struct fixture fixture;
	struct random random;
	struct error error;
	float *before = memory_floats(STEPS * SAMPLES * FEATURES);

	make(&fixture, cell_at(_i), &loss_mse);
	pass_predict(&fixture.pass, STEPS, SAMPLES, fixture.inputs);
	memcpy(before, fixture.pass.predictions, bytes);
	ck_assert(pass_enable_dropout(&fixture.pass, &error));
	random_seed(&random, 1, RANDOM_STREAM_DATA);
	pass_draw_dropout(&fixture.pass, &fixture.batch, 0.4, &random);
	pass_predict(&fixture.pass, STEPS, SAMPLES, fixture.inputs);
	ck_assert_mem_eq(fixture.pass.predictions, before, bytes);
	/* a training pass has */
	run_pass(&fixture);
	ck_assert_mem_ne(fixture.pass.predictions, before, bytes);
	free(before);
	release(&fixture);
}
END_TEST

START_TEST(the_gradient_includes_a_carried_state)
{
	struct fixture fixture;

	make(&fixture, cell_at(_i), &loss_mse);
	run_pass(&fixture);
	pass_carry_state(&fixture.pass);
	/* every pass starts from the same state */
	expect_slope(&fixture);
	release(&fixture);
}
END_TEST

/* A token is a one-hot row. check_text tests the gradients of tokens. */
START_TEST(tokens_are_one_hot_inputs)
{
	const size_t count = STEPS * SAMPLES * FEATURES;
	float *predictions = memory_floats(count);
	struct fixture fixture;

	make(&fixture, cell_at(_i), &loss_crossentropy);
	pass_predict_tokens(&fixture.pass, STEPS, SAMPLES,
		fixture.input_tokens);
	memcpy(predictions, fixture.pass.predictions,
		count * sizeof *predictions);
	memset(fixture.inputs, 0, sizeof fixture.inputs);
	for (size_t i = 0; i < STEPS * SAMPLES; i++)
		fixture.inputs[i * FEATURES + fixture.input_tokens[i]] = 1;
	pass_predict(&fixture.pass, STEPS, SAMPLES, fixture.inputs);
	for (size_t i = 0; i < count; i++)
		ck_assert_float_eq_tol(fixture.pass.predictions[i],
			predictions[i], 1e-5f);
	free(predictions);
	release(&fixture);
}
END_TEST

/* One pass over all steps equals one pass per step with a carried state. */
START_TEST(a_state_is_carried_from_pass_to_pass)
{
	const size_t row = SAMPLES * FEATURES;
	struct fixture fixture;
	float *whole, *state;
	size_t size;

	make(&fixture, cell_at(_i), &loss_mse);
	whole = memory_floats(STEPS * row);
	memcpy(whole,
		(pass_predict(&fixture.pass, STEPS, SAMPLES, fixture.inputs),
			fixture.pass.predictions),
		STEPS * row * sizeof *whole);
	for (size_t t = 0; t < STEPS; t++) {
		pass_predict(&fixture.pass, 1, SAMPLES,
			fixture.inputs + t * row);
		ck_assert_mem_eq(fixture.pass.predictions, whole + t * row,
			row * sizeof *whole);
		pass_carry_state(&fixture.pass);
		/* restore the state as a model file does */
		for (size_t l = 0; l < 2; l++) {
			size = pass_state_size(&fixture.pass, l, SAMPLES);
			ck_assert_uint_eq(size,
				cell_states(cell_at(_i)) * SAMPLES *
					fixture.model.shape.units[l]);
			state = memory_floats(size);
			pass_get_state(&fixture.pass, l, state);
			memset(fixture.pass.layer[l].hidden, 0x55,
				SAMPLES * sizeof(float));
			pass_set_state(&fixture.pass, 1, SAMPLES, l, state);
			free(state);
		}
	}
	/* clear the state of one sample; the others keep theirs */
	pass_clear_state(&fixture.pass, 2);
	pass_predict(&fixture.pass, 1, SAMPLES, fixture.inputs);
	for (size_t s = 0; s < SAMPLES; s++) {
		size_t bytes = FEATURES * sizeof *whole;
		const float *now = fixture.pass.predictions + s * FEATURES;

		if (s == 2)
			ck_assert_mem_eq(now, whole + s * FEATURES, bytes);
		else
			ck_assert_mem_ne(now, whole + s * FEATURES, bytes);
	}
	free(whole);
	release(&fixture);
}
END_TEST

/* From zero state, the gradients of recurrent kernels are 0, all others not. */
START_TEST(from_zero_state_only_recurrent_kernels_have_no_gradient)
{
	const struct cell *cell = cell_at(_i);
	struct fixture fixture;
	size_t idle = 0, zero = 0, units[] = {6, 70};

	make(&fixture, cell, &loss_mse);
	fixture.batch.steps = 1;
	fixture.batch.predicted = SAMPLES;
	run_pass(&fixture);
	for (size_t l = 0; l < 2; l++) {
		const struct tensor *tensor =
			&fixture.model.parameters.tensor[3 * l + 1];
		size_t inputs = l > 0 ? units[0] : FEATURES;

		for (size_t i = 0; i < tensor->size; i++)
			ck_assert_float_eq(fixture.gradient[tensor->offset + i],
				0);
		idle += tensor->size +
			cell->idle_gates * (inputs + 1) * units[l];
	}
	for (size_t i = 0; i < fixture.model.parameters.total; i++)
		zero += fixture.gradient[i] == 0;
	ck_assert_uint_eq(zero, idle);
	ck_assert_uint_eq(pass_live_gradients(&fixture.pass),
		fixture.model.parameters.packed_live);
	release(&fixture);
}
END_TEST

static Suite *
cell_suite(void)
{
	Suite *suite = suite_create("cell");
	TCase *group = suite_group(suite, "tensors", SUITE_SECONDS);
	int cells = (int)kind_count(cell_list);

	tcase_add_test(group, cells_are_found_by_name);
	suite_add_loop(group, tensors_are_those_of_keras, 0, EXPECTED);
	suite_add_loop(group, packing_and_unpacking_keep_every_value, 0, cells);
	suite_add_loop(group, initial_values_are_those_of_keras, 0, cells);

	group = suite_group(suite, "passes", SUITE_SECONDS);
	suite_add_loop(group, every_loss_has_its_gradient, 0,
		cells * (int)kind_count(loss_list));
	suite_add_loop(group, dropped_outputs_have_no_gradient, 0, cells);
	suite_add_loop(group, dropout_has_its_rate_and_keeps_the_mean, 0,
		cells);
	suite_add_loop(group, predictions_have_no_dropout, 0, cells);
	suite_add_loop(group, the_gradient_includes_a_carried_state, 0, cells);
	suite_add_loop(group, tokens_are_one_hot_inputs, 0, cells);
	suite_add_loop(group, a_state_is_carried_from_pass_to_pass, 0, cells);
	suite_add_loop(group,
		from_zero_state_only_recurrent_kernels_have_no_gradient, 0,
		cells);
	return suite;
}

int
main(void)
{
	return suite_run_kernels(cell_suite);
}
