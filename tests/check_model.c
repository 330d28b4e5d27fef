/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the model's layers and initial values, and of known properties of
 * the default model: in one-to-one framing most of its parameters have no
 * effect.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "core/parameters.h"
#include "suite.h"
#include "task/task.h"
#include "training.h"

enum { LESSON_PARAMETERS = 542, LESSON_IDLE = 430 };

static const struct model_shape stacked = {
	.inputs = 3,
	.outputs = 4,
	.layers = 3,
	.units = {12, 7, 5},
};

static void
make(struct model *model, const struct model_shape *shape, uint64_t seed)
{
	struct random random;
	struct error error;

	ck_assert(model_create(model, suite_context(), shape, &error));
	random_seed(&random, seed, RANDOM_STREAM_WEIGHTS);
	ck_assert(model_initialize(model, &random, NULL, &error));
}

/* Return a tensor's values, which are valid until the next call. */
static const float *
values_of(const struct model *model, const char *name, size_t *size)
{
	enum { VALUES_MAX = 40000 };
	static float values[VALUES_MAX];
	const struct tensor *tensor = parameters_find(&model->parameters, name);

	ck_assert_msg(tensor != NULL, "no tensor '%s'", name);
	ck_assert_uint_le(model->parameters.total, VALUES_MAX);
	model_get_values(model, values);
	*size = tensor->size;
	return values + tensor->offset;
}

/* ---------------------------------------------------------------------- */
/* layers */

START_TEST(the_lesson_has_542_parameters)
{
	struct model model;
	char name[PARAMETERS_NAME_SIZE];

	make(&model, &training_lesson, 1);
	ck_assert_uint_eq(model.parameters.total, LESSON_PARAMETERS);
	ck_assert_uint_eq(model_layers(&model), 2);
	ck_assert_str_eq(model_layer_name(&model, 0, name), "lstm");
	ck_assert_str_eq(model_layer_type(&model, 0), "LSTM");
	ck_assert_uint_eq(model_layer_outputs(&model, 0), 10);
	ck_assert_uint_eq(model_layer_parameters(&model, 0), 520);
	ck_assert_str_eq(model_layer_name(&model, 1, name), "dense");
	ck_assert_str_eq(model_layer_type(&model, 1), "Dense");
	ck_assert_uint_eq(model_layer_outputs(&model, 1), 2);
	ck_assert_uint_eq(model_layer_parameters(&model, 1), 22);
	model_destroy(&model);
}
END_TEST

START_TEST(stacked_layers_are_numbered_and_counted)
{
	static const struct {
		const char *name, *type;
		size_t outputs, parameters;
	} expected[] = {
		{"lstm", "LSTM", 12, 4 * 12 * (3 + 12 + 1)},
		{"lstm_1", "LSTM", 7, 4 * 7 * (12 + 7 + 1)},
		{"lstm_2", "LSTM", 5, 4 * 5 * (7 + 5 + 1)},
		{"dense", "Dense", 4, 4 * (5 + 1)},
	};
	char name[PARAMETERS_NAME_SIZE];
	struct model model;
	size_t total = 0;

	make(&model, &stacked, 1);
	ck_assert_uint_eq(model_layers(&model), 4);
	for (size_t l = 0; l < 4; l++) {
		ck_assert_str_eq(model_layer_name(&model, l, name),
			expected[l].name);
		ck_assert_str_eq(model_layer_type(&model, l), expected[l].type);
		ck_assert_uint_eq(model_layer_outputs(&model, l),
			expected[l].outputs);
		ck_assert_uint_eq(model_layer_parameters(&model, l),
			expected[l].parameters);
		total += expected[l].parameters;
	}
	ck_assert_uint_eq(model.parameters.total, total);
	model_destroy(&model);
}
END_TEST

/* Other programs find the tensors of a model file by these names. */
START_TEST(tensors_have_the_names_and_shapes_of_the_file)
{
	static const struct {
		const char *name;
		size_t rows, columns;
		/* clang-format off */
	} expected[] = {
		{"lstm.kernel", 3, 48},
		{"lstm.recurrent_kernel", 12, 48},
		{"lstm.bias", 0, 48},
		{"lstm_1.kernel", 12, 28},
		{"lstm_1.recurrent_kernel", 7, 28},
		{"lstm_1.bias", 0, 28},
		{"lstm_2.kernel", 7, 20},
		{"lstm_2.recurrent_kernel", 5, 20},
		{"lstm_2.bias", 0, 20},
		{"dense.kernel", 5, 4},
		{"dense.bias", 0, 4},
	};
	/* clang-format on */
	struct model model;
	size_t offset = 0;

	make(&model, &stacked, 1);
	ck_assert_uint_eq(model.parameters.tensors, 11);
	for (size_t i = 0; i < 11; i++) {
		const struct tensor *tensor = &model.parameters.tensor[i];

		ck_assert_str_eq(tensor->name, expected[i].name);
		ck_assert_uint_eq(tensor->rows, expected[i].rows);
		ck_assert_uint_eq(tensor->columns, expected[i].columns);
		ck_assert_uint_eq(tensor->offset, offset);
		ck_assert_ptr_eq(parameters_find(&model.parameters,
					 expected[i].name),
			tensor);
		offset += tensor->size;
	}
	ck_assert_ptr_null(parameters_find(&model.parameters, "lstm"));
	ck_assert_ptr_null(parameters_find(&model.parameters, ""));
	model_destroy(&model);
}
END_TEST

START_TEST(a_model_of_the_maximum_of_layers_can_be_created)
{
	struct model_shape shape = {.inputs = 2,
		.outputs = 2,
		.layers = MODEL_LAYERS_MAX};
	char name[PARAMETERS_NAME_SIZE];
	struct model model;

	for (size_t l = 0; l < MODEL_LAYERS_MAX; l++)
		shape.units[l] = 1 + l % 3;
	make(&model, &shape, 1);
	ck_assert_uint_eq(model.parameters.tensors, PARAMETERS_TENSORS_MAX);
	ck_assert_str_eq(model_layer_name(&model, 15, name), "lstm_15");
	ck_assert_str_eq(model_layer_name(&model, 16, name), "dense");
	model_destroy(&model);
}
END_TEST

/* Sizes beyond the address space; none of them is really allocated. */
START_TEST(absurd_sizes_are_refused)
{
	/* clang-format off */
	static const struct model_shape shapes[] = {
		{.inputs = 2, .outputs = 2, .layers = 1,
			.units = {SIZE_MAX / 8}},
		{.inputs = 2, .outputs = 2, .layers = 1,
			.units = {(size_t)1 << 31}},
		{.inputs = SIZE_MAX, .outputs = 2, .layers = 1, .units = {10}},
		{.inputs = SIZE_MAX / 64, .outputs = 2, .layers = 1,
			.units = {10}},
		{.inputs = 2, .outputs = SIZE_MAX, .layers = 1, .units = {10}},
		{.inputs = 2, .outputs = SIZE_MAX / 64, .layers = 1,
			.units = {10}},
		{.inputs = 2, .outputs = 2, .layers = 3,
			.units = {10, (size_t)1 << 30, (size_t)1 << 31}},
	};
	/* clang-format on */

	for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
		struct model model;
		struct error error = {.text = ""};

		ck_assert_msg(!model_create(&model, suite_context(), &shapes[i],
				      &error),
			"shape %zu was accepted", i);
		ck_assert_str_ne(error.text, "");
	}
}
END_TEST

START_TEST(values_that_are_not_finite_are_found)
{
	float values[100] = {0};

	values[7] = 3e38f;
	values[8] = -3e38f;
	ck_assert(parameters_finite(values, 100));
	ck_assert(parameters_finite(values, 0));
	for (size_t i = 0; i < 100; i++) {
		const float bad[] = {NAN, INFINITY, -INFINITY};

		for (size_t k = 0; k < 3; k++) {
			float good = values[i];

			values[i] = bad[k];
			ck_assert(!parameters_finite(values, 100));
			values[i] = good;
		}
	}
}
END_TEST

/* ---------------------------------------------------------------------- */
/* initial values */

static const char *const kernels[] = {"lstm.kernel", "lstm_1.kernel",
	"lstm_2.kernel", "dense.kernel"};

START_TEST(kernels_are_uniform_within_glorots_limit)
{
	const struct model_shape wide = {.inputs = 40,
		.outputs = 60,
		.layers = 3,
		.units = {20, 30, 50}};
	struct model model;

	make(&model, &wide, 1);
	for (size_t i = 0; i < 4; i++) {
		const struct tensor *tensor =
			parameters_find(&model.parameters, kernels[i]);
		size_t size;
		const float *values = values_of(&model, kernels[i], &size);
		double limit =
			sqrt(6.0 / (double)(tensor->rows + tensor->columns));
		double count = (double)tensor->size, max = 0;
		double sum = 0, square = 0;

		for (size_t k = 0; k < tensor->size; k++) {
			max = fmax(max, fabs(values[k]));
			sum += values[k];
			square += (double)values[k] * values[k];
		}
		ck_assert_double_le(max, limit * (1 + 1e-6));
		ck_assert_double_gt(max, limit * 0.98);
		/*
		 * mean and variance of the distribution, within five standard
		 * errors
		 */
		ck_assert_double_eq_tol(sum / count, 0,
			5 * limit / sqrt(3 * count));
		ck_assert_double_eq_tol(square / count, limit * limit / 3,
			5 * limit * limit * sqrt(4.0 / 45 / count));
	}
	model_destroy(&model);
}
END_TEST

START_TEST(recurrent_kernels_have_orthonormal_rows)
{
	static const char *const names[] = {"lstm.recurrent_kernel",
		"lstm_1.recurrent_kernel", "lstm_2.recurrent_kernel"};
	const struct model_shape shape = {.inputs = 2,
		.outputs = 2,
		.layers = 3,
		.units = {1, 10, 64}};
	struct model model;

	make(&model, &shape, 1);
	for (size_t n = 0; n < 3; n++) {
		size_t units = shape.units[n], width = 4 * units, size;
		const float *values = values_of(&model, names[n], &size);
		double max = 0;

		ck_assert_uint_eq(size, units * width);
		for (size_t i = 0; i < units; i++)
			for (size_t j = 0; j <= i; j++) {
				double sum = i == j ? -1 : 0;

				for (size_t k = 0; k < width; k++)
					sum += (double)values[i * width + k] *
						values[j * width + k];
				max = fmax(max, fabs(sum));
			}
		ck_assert_double_lt(max, 1e-6);
	}
	model_destroy(&model);
}
END_TEST

START_TEST(biases_are_0_but_for_the_forget_gate)
{
	static const char *const names[] = {"lstm.bias", "lstm_1.bias",
		"lstm_2.bias"};
	struct model model;
	const float *bias;
	size_t size;

	make(&model, &stacked, 1);
	for (size_t l = 0; l < 3; l++) {
		size_t units = stacked.units[l];

		bias = values_of(&model, names[l], &size);
		for (size_t k = 0; k < size; k++)
			ck_assert_float_eq(bias[k], k / units == 1 ? 1 : 0);
	}
	bias = values_of(&model, "dense.bias", &size);
	for (size_t k = 0; k < size; k++)
		ck_assert_float_eq(bias[k], 0);
	model_destroy(&model);
}
END_TEST

START_TEST(the_seed_determines_the_initial_values)
{
	struct model one, again, other;
	size_t bytes;

	make(&one, &stacked, 1);
	make(&again, &stacked, 1);
	make(&other, &stacked, 2);
	bytes = one.parameters.packed_total * sizeof *one.values;
	ck_assert_mem_eq(one.values, again.values, bytes);
	ck_assert_mem_ne(one.values, other.values, bytes);
	/* initial values do not depend on former values */
	memset(again.values, 0x55, bytes);
	model_destroy(&again);
	make(&again, &stacked, 2);
	ck_assert_mem_eq(again.values, other.values, bytes);
	model_destroy(&one);
	model_destroy(&again);
	model_destroy(&other);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* known properties of the lesson */

/*
 * Mark the parameters that have no effect from zero state: the recurrent kernel
 * multiplies a zero state, and the forget gate a zero cell state.
 */
static size_t
mark_idle(const struct training *training, bool *idle)
{
	size_t kernel, recurrent, bias, size, count = 0;

	memset(idle, 0, LESSON_PARAMETERS * sizeof *idle);
	recurrent = training_offset(training, "lstm.recurrent_kernel", &size);
	ck_assert_uint_eq(size, 400);
	for (size_t i = 0; i < size; i++)
		idle[recurrent + i] = true;
	kernel = training_offset(training, "lstm.kernel", &size);
	bias = training_offset(training, "lstm.bias", &size);
	for (size_t u = 10; u < 20; u++) {
		idle[kernel + u] = true;
		idle[kernel + 40 + u] = true;
		idle[bias + u] = true;
	}
	for (size_t i = 0; i < LESSON_PARAMETERS; i++)
		count += idle[i];
	return count;
}

static void
check_idle(const struct loss *loss, const struct activation *activation)
{
	struct model_shape shape = training_lesson;
	float start[LESSON_PARAMETERS];
	bool idle[LESSON_PARAMETERS], moved[LESSON_PARAMETERS] = {false};
	struct training training;
	struct random random;
	size_t wrong = 0, never = 0;

	shape.recurrent_activation = activation;
	training_create(&training, &shape, &framing_one_to_one, loss, 4);
	training_initialize(&training, 1);
	ck_assert_uint_eq(mark_idle(&training, idle), LESSON_IDLE);
	memcpy(start, training.values, sizeof start);
	random_seed(&random, 1, RANDOM_STREAM_DATA);
	for (int update = 0; update < 1000; update++) {
		float points[4 * 2];

		task_rectangle.make(&random, task_rectangle.points, points);
		training_update(&training, points);
		for (size_t i = 0; i < LESSON_PARAMETERS; i++) {
			bool same = memcmp(&training.values[i], &start[i],
					    sizeof start[i]) == 0;

			if (idle[i])
				wrong += !same || training.gradients[i] != 0;
			else
				moved[i] |= !same;
		}
	}
	for (size_t i = 0; i < LESSON_PARAMETERS; i++)
		never += !idle[i] && !moved[i];
	ck_assert_uint_eq(wrong, 0);
	ck_assert_uint_eq(never, 0); /* all other parameters change */
	training_destroy(&training);
}

START_TEST(in_one_to_one_framing_430_parameters_never_move)
{
	check_idle(&loss_mae, &activation_sigmoid);
}
END_TEST

START_TEST(other_losses_and_activations_move_no_more_parameters)
{
	check_idle(&loss_mse, &activation_sigmoid);
	check_idle(&loss_mae, &activation_hard_sigmoid);
}
END_TEST

START_TEST(in_sequence_framing_all_parameters_move)
{
	float start[LESSON_PARAMETERS];
	struct training training;
	struct random random;
	size_t still = 0;

	training_create(&training, &training_lesson, &framing_sequence,
		&loss_mae, 4);
	training_initialize(&training, 1);
	memcpy(start, training.values, sizeof start);
	random_seed(&random, 1, RANDOM_STREAM_DATA);
	for (int update = 0; update < 20; update++) {
		float points[4 * 2];

		task_rectangle.make(&random, task_rectangle.points, points);
		training_update(&training, points);
	}
	for (size_t i = 0; i < LESSON_PARAMETERS; i++)
		still += training.values[i] == start[i];
	ck_assert_uint_eq(still, 0);
	training_destroy(&training);
}
END_TEST

/* With zero input, state and bias, tanh(0) makes all outputs zero. */
START_TEST(the_first_prediction_at_the_origin_is_0)
{
	const float points[] = {0, 0, 0.25f, 0, 0.25f, 0.75f, 0, 0.75f};
	const float *predictions;
	struct training training;

	for (size_t f = 0; f < 2; f++)
		for (uint64_t seed = 1; seed <= 20; seed++) {
			training_create(&training, &training_lesson,
				f == 0 ? &framing_one_to_one
				       : &framing_sequence,
				&loss_mae, 4);
			training_initialize(&training, seed);
			training_pass(&training, points);
			predictions = training.pass.predictions;
			ck_assert_float_eq(predictions[0], 0);
			ck_assert_float_eq(predictions[1], 0);
			ck_assert_float_ne(predictions[2], 0);
			training_destroy(&training);
		}
}
END_TEST

static Suite *
model_suite(void)
{
	Suite *suite = suite_create("model");
	TCase *group;

	group = suite_group(suite, "layers", SUITE_SECONDS);
	tcase_add_test(group, the_lesson_has_542_parameters);
	tcase_add_test(group, stacked_layers_are_numbered_and_counted);
	tcase_add_test(group, tensors_have_the_names_and_shapes_of_the_file);
	tcase_add_test(group, a_model_of_the_maximum_of_layers_can_be_created);
	tcase_add_test(group, absurd_sizes_are_refused);
	tcase_add_test(group, values_that_are_not_finite_are_found);

	group = suite_group(suite, "initial values", SUITE_SECONDS);
	tcase_add_test(group, kernels_are_uniform_within_glorots_limit);
	tcase_add_test(group, recurrent_kernels_have_orthonormal_rows);
	tcase_add_test(group, biases_are_0_but_for_the_forget_gate);
	tcase_add_test(group, the_seed_determines_the_initial_values);

	group = suite_group(suite, "known truths", SUITE_SECONDS);
	tcase_add_test(group, in_one_to_one_framing_430_parameters_never_move);
	tcase_add_test(group,
		other_losses_and_activations_move_no_more_parameters);
	tcase_add_test(group, in_sequence_framing_all_parameters_move);
	tcase_add_test(group, the_first_prediction_at_the_origin_is_0);
	return suite;
}

int
main(void)
{
	return suite_run_kernels(model_suite);
}
