/*
 * One step of one LSTM layer against the equations in double precision, and
 * what the layer promises about states that are not there. Its gradients
 * are checked with those of whole models.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "core/activation.h"
#include "core/dense.h"
#include "core/lstm.h"
#include "core/random.h"
#include "reference.h"
#include "suite.h"

enum { INPUTS = 3, UNITS = 5, WIDTH = LSTM_GATES * UNITS, SAMPLES = 4 };

/* A layer with random weights, states and inputs; sizes as above. */
struct fixture {
	float kernel[INPUTS * WIDTH], recurrent_kernel[UNITS * WIDTH];
	float bias[WIDTH];
	float input[SAMPLES * INPUTS];
	float hidden_before[SAMPLES * UNITS], cell_before[SAMPLES * UNITS];
	float gates[SAMPLES * WIDTH];
	float cell[SAMPLES * UNITS], cell_tanh[SAMPLES * UNITS];
	float hidden[SAMPLES * UNITS];
	struct lstm layer;
	struct lstm_step step;
};

static void
draw(struct random *random, float *values, size_t count, float size)
{
	for (size_t i = 0; i < count; i++)
		values[i] = size * (2 * random_uniform(random) - 1);
}

static void
make(struct fixture *fixture, enum activation activation, float size)
{
	struct random random;

	random_seed(&random, 1, RANDOM_STREAM_DATA);
	draw(&random, fixture->kernel, INPUTS * WIDTH, size);
	draw(&random, fixture->recurrent_kernel, UNITS * WIDTH, size);
	draw(&random, fixture->bias, WIDTH, size);
	draw(&random, fixture->input, SAMPLES * INPUTS, 1);
	draw(&random, fixture->hidden_before, SAMPLES * UNITS, 1);
	draw(&random, fixture->cell_before, SAMPLES * UNITS, 2);
	fixture->layer = (struct lstm){
		.inputs = INPUTS,
		.units = UNITS,
		.recurrent_activation = activation,
		.kernel = fixture->kernel,
		.recurrent_kernel = fixture->recurrent_kernel,
		.bias = fixture->bias,
	};
	fixture->step = (struct lstm_step){
		.input = fixture->input,
		.hidden_before = fixture->hidden_before,
		.cell_before = fixture->cell_before,
		.gates = fixture->gates,
		.cell = fixture->cell,
		.cell_tanh = fixture->cell_tanh,
		.hidden = fixture->hidden,
	};
}

static void
widen(double *to, const float *from, size_t count)
{
	for (size_t i = 0; i < count; i++)
		to[i] = from != NULL ? from[i] : 0;
}

/* The largest difference between the step and the equations. */
static double
worst(const struct fixture *fixture)
{
	double kernel[INPUTS * WIDTH], recurrent_kernel[UNITS * WIDTH];
	double bias[WIDTH];
	struct reference_step reference = {
		.inputs = INPUTS,
		.units = UNITS,
		.recurrent_activation = fixture->layer.recurrent_activation,
		.kernel = kernel,
		.recurrent_kernel = recurrent_kernel,
		.bias = bias,
	};
	double most = 0;

	widen(kernel, fixture->kernel, INPUTS * WIDTH);
	widen(recurrent_kernel, fixture->recurrent_kernel, UNITS * WIDTH);
	widen(bias, fixture->bias, WIDTH);
	for (size_t s = 0; s < SAMPLES; s++) {
		const struct lstm_step *step = &fixture->step;
		double input[INPUTS], hidden[UNITS], cell[UNITS];

		widen(input, step->input + s * INPUTS, INPUTS);
		widen(hidden, step->hidden_before
				? step->hidden_before + s * UNITS : NULL,
			UNITS);
		widen(cell, step->cell_before
				? step->cell_before + s * UNITS : NULL,
			UNITS);
		reference_lstm(&reference, input, hidden, cell);
		for (size_t j = 0; j < WIDTH; j++)
			most = fmax(most, fabs(reference.gates[j] -
				step->gates[s * WIDTH + j]));
		for (size_t u = 0; u < UNITS; u++) {
			size_t at = s * UNITS + u;

			most = fmax(most, fabs(cell[u] - step->cell[at]));
			most = fmax(most,
				fabs(tanh(cell[u]) - step->cell_tanh[at]));
			most = fmax(most, fabs(hidden[u] - step->hidden[at]));
		}
	}
	return most;
}

static void
check_step(enum activation activation, bool has_state)
{
	struct fixture fixture;

	make(&fixture, activation, 2);
	if (!has_state) {
		fixture.step.hidden_before = NULL;
		fixture.step.cell_before = NULL;
	}
	lstm_forward(&fixture.layer, SAMPLES, &fixture.step);
	ck_assert_double_lt(worst(&fixture), 2e-6);
}

START_TEST(a_step_follows_the_equations)
{
	check_step(ACTIVATION_SIGMOID, true);
}
END_TEST

START_TEST(a_step_with_hard_sigmoid_follows_the_equations)
{
	struct fixture fixture;
	size_t clipped = 0, inside = 0;

	check_step(ACTIVATION_HARD_SIGMOID, true);

	/* the numbers reach both sides of where it is clipped */
	make(&fixture, ACTIVATION_HARD_SIGMOID, 2);
	lstm_forward(&fixture.layer, SAMPLES, &fixture.step);
	for (size_t i = 0; i < SAMPLES * WIDTH; i++) {
		if (i % WIDTH / UNITS == LSTM_CANDIDATE)
			continue;
		clipped += fixture.gates[i] == 0 || fixture.gates[i] == 1;
		inside += fixture.gates[i] > 0 && fixture.gates[i] < 1;
	}
	ck_assert_uint_gt(clipped, 5);
	ck_assert_uint_gt(inside, 5);
}
END_TEST

START_TEST(a_step_from_no_state_follows_the_equations)
{
	check_step(ACTIVATION_SIGMOID, false);
	check_step(ACTIVATION_HARD_SIGMOID, false);
}
END_TEST

START_TEST(no_state_is_the_zero_state)
{
	static const float zero[SAMPLES * UNITS];
	struct fixture with, without;
	size_t different = 0;

	make(&with, ACTIVATION_SIGMOID, 1);
	make(&without, ACTIVATION_SIGMOID, 1);
	with.step.hidden_before = zero;
	with.step.cell_before = zero;
	without.step.hidden_before = NULL;
	without.step.cell_before = NULL;
	lstm_forward(&with.layer, SAMPLES, &with.step);
	lstm_forward(&without.layer, SAMPLES, &without.step);
	for (size_t i = 0; i < SAMPLES * WIDTH; i++)
		different += with.gates[i] != without.gates[i];
	for (size_t i = 0; i < SAMPLES * UNITS; i++)
		different += with.cell[i] != without.cell[i] ||
			with.cell_tanh[i] != without.cell_tanh[i] ||
			with.hidden[i] != without.hidden[i];
	ck_assert_uint_eq(different, 0);
}
END_TEST

/* What one sample comes to does not depend on those beside it. */
START_TEST(samples_do_not_mix)
{
	struct fixture all, one;

	make(&all, ACTIVATION_SIGMOID, 1);
	lstm_forward(&all.layer, SAMPLES, &all.step);
	for (size_t s = 0; s < SAMPLES; s++) {
		make(&one, ACTIVATION_SIGMOID, 1);
		one.step.input += s * INPUTS;
		one.step.hidden_before += s * UNITS;
		one.step.cell_before += s * UNITS;
		lstm_forward(&one.layer, 1, &one.step);
		for (size_t u = 0; u < UNITS; u++)
			ck_assert_float_eq_tol(one.hidden[u],
				all.hidden[s * UNITS + u], 1e-6f);
	}
}
END_TEST

START_TEST(huge_weights_saturate_and_stay_finite)
{
	struct fixture fixture;
	size_t infinite = 0;

	make(&fixture, ACTIVATION_SIGMOID, 1e6f);
	lstm_forward(&fixture.layer, SAMPLES, &fixture.step);
	for (size_t i = 0; i < SAMPLES * UNITS; i++)
		infinite += isfinite(fixture.hidden[i]) &&
				fabsf(fixture.cell[i]) <= 3.0f ? 0 : 1;
	ck_assert_uint_eq(infinite, 0);
}
END_TEST

/* The gradients of a backward step, each filled with 1 before it. */
struct gradients {
	float kernel[INPUTS * WIDTH], recurrent_kernel[UNITS * WIDTH];
	float bias[WIDTH];
	float d_hidden[SAMPLES * UNITS], d_cell[SAMPLES * UNITS];
	float d_input[SAMPLES * INPUTS], d_hidden_before[SAMPLES * UNITS];
};

static void
back(struct fixture *fixture, struct gradients *gradients, float start,
	bool wants_inputs)
{
	struct lstm_gradient gradient = {
		.kernel = gradients->kernel,
		.recurrent_kernel = gradients->recurrent_kernel,
		.bias = gradients->bias,
	};

	for (size_t i = 0; i < sizeof *gradients / sizeof(float); i++)
		((float *)gradients)[i] = start;
	for (size_t i = 0; i < SAMPLES * UNITS; i++) {
		gradients->d_hidden[i] = 0.1f * (float)(i % 7) - 0.3f;
		gradients->d_cell[i] = 0.05f * (float)(i % 5) - 0.1f;
	}
	lstm_forward(&fixture->layer, SAMPLES, &fixture->step);
	lstm_backward(&fixture->layer, SAMPLES, &fixture->step,
		gradients->d_hidden, gradients->d_cell,
		wants_inputs ? gradients->d_input : NULL,
		wants_inputs ? gradients->d_hidden_before : NULL, &gradient);
}

START_TEST(gradients_are_added_to_what_is_there)
{
	struct fixture fixture;
	struct gradients from_zero, from_one;
	const float *zero = (const float *)&from_zero;
	const float *one = (const float *)&from_one;
	size_t d_hidden = offsetof(struct gradients, d_hidden) / sizeof *one;
	size_t d_input = offsetof(struct gradients, d_input) / sizeof *one;
	float most = 0;

	make(&fixture, ACTIVATION_SIGMOID, 1);
	back(&fixture, &from_zero, 0, true);
	make(&fixture, ACTIVATION_SIGMOID, 1);
	back(&fixture, &from_one, 1, true);
	for (size_t i = 0; i < sizeof from_one / sizeof *one; i++) {
		bool is_state = i >= d_hidden && i < d_input;

		most = fmaxf(most,
			fabsf(one[i] - zero[i] - (is_state ? 0 : 1)));
	}
	ck_assert_float_lt(most, 2e-6f);
}
END_TEST

START_TEST(a_step_without_a_state_leaves_the_recurrent_gradient)
{
	struct fixture fixture;
	struct gradients gradients;
	size_t moved = 0, bias_moved = 0;

	make(&fixture, ACTIVATION_SIGMOID, 1);
	fixture.step.hidden_before = NULL;
	fixture.step.cell_before = NULL;
	back(&fixture, &gradients, 7, false);
	for (size_t i = 0; i < UNITS * WIDTH; i++)
		moved += gradients.recurrent_kernel[i] != 7;
	for (size_t i = 0; i < SAMPLES * INPUTS; i++)
		moved += gradients.d_input[i] != 7;
	for (size_t i = 0; i < SAMPLES * UNITS; i++)
		moved += gradients.d_hidden_before[i] != 7;
	/* with no cell before, what the forget gate lets through is 0 */
	for (size_t u = 0; u < UNITS; u++)
		moved += gradients.bias[LSTM_FORGET_GATE * UNITS + u] != 7;
	for (size_t u = 0; u < UNITS; u++)
		bias_moved += gradients.bias[u] != 7;
	ck_assert_uint_eq(moved, 0);
	ck_assert_uint_eq(bias_moved, UNITS);
}
END_TEST

/* ---------------------------------------------------------------------- */

START_TEST(activations_have_names_and_summaries)
{
	ck_assert_str_eq(activation_name(ACTIVATION_SIGMOID), "sigmoid");
	ck_assert_str_eq(activation_name(ACTIVATION_HARD_SIGMOID),
		"hard-sigmoid");
	for (size_t i = 0; activation_name(i) != NULL; i++)
		ck_assert_ptr_nonnull(activation_summary(i));
	ck_assert_ptr_null(activation_name(ACTIVATION_HARD_SIGMOID + 1));
	ck_assert_ptr_null(activation_summary(ACTIVATION_HARD_SIGMOID + 1));
}
END_TEST

START_TEST(sigmoid_is_right_everywhere)
{
	double most = 0;

	for (int i = -2000; i <= 2000; i++) {
		float value = (float)i / 100;
		double expected = 1 / (1 + exp(-(double)value));

		activation_apply(ACTIVATION_SIGMOID, &value, 1);
		most = fmax(most, fabs(value - expected));
	}
	ck_assert_double_lt(most, 2e-7);
}
END_TEST

START_TEST(tanh_is_right_everywhere)
{
	double most = 0;

	for (int i = -2000; i <= 2000; i++) {
		float value = (float)i / 100, result;

		activation_tanh(&value, &result, 1);
		most = fmax(most, fabs(result - tanh(value)));
	}
	ck_assert_double_lt(most, 2e-7);
}
END_TEST

START_TEST(hard_sigmoid_is_a_clipped_line)
{
	float values[] = {-100, -2.5f, -1, 0, 1, 2.5f, 100};
	const float expected[] = {0, 0, 0.3f, 0.5f, 0.7f, 1, 1};

	activation_apply(ACTIVATION_HARD_SIGMOID, values, 7);
	for (int i = 0; i < 7; i++)
		ck_assert_float_eq_tol(values[i], expected[i], 1e-7f);
}
END_TEST

START_TEST(slopes_are_in_terms_of_the_value)
{
	ck_assert_float_eq(activation_slope(ACTIVATION_SIGMOID, 0.5f), 0.25f);
	ck_assert_float_eq(activation_slope(ACTIVATION_SIGMOID, 1), 0);
	ck_assert_float_eq(activation_slope(ACTIVATION_HARD_SIGMOID, 0.5f),
		0.2f);
	ck_assert_float_eq(activation_slope(ACTIVATION_HARD_SIGMOID, 0), 0);
	ck_assert_float_eq(activation_slope(ACTIVATION_HARD_SIGMOID, 1), 0);
}
END_TEST

START_TEST(activations_let_through_what_is_not_a_number)
{
	for (int i = 0; i <= ACTIVATION_HARD_SIGMOID; i++) {
		float value = NAN;

		activation_apply((enum activation)i, &value, 1);
		ck_assert(isnan(value));
	}
}
END_TEST

START_TEST(a_dense_layer_is_a_matrix_and_a_bias)
{
	const float kernel[] = {1, 2, 3, 4, 5, 6}, bias[] = {0.5f, -0.5f};
	const float input[] = {1, 0, -1, 2, 1, 0};
	const float expected[] = {-3.5f, -4.5f, 5.5f, 7.5f};
	const struct dense layer = {3, 2, kernel, bias};
	float output[4];

	dense_forward(&layer, 2, input, output);
	for (int i = 0; i < 4; i++)
		ck_assert_float_eq(output[i], expected[i]);
}
END_TEST

static Suite *
lstm_suite(void)
{
	Suite *suite = suite_create("lstm");
	TCase *group;

	group = suite_group(suite, "step", SUITE_SECONDS);
	tcase_add_test(group, a_step_follows_the_equations);
	tcase_add_test(group, a_step_with_hard_sigmoid_follows_the_equations);
	tcase_add_test(group, a_step_from_no_state_follows_the_equations);
	tcase_add_test(group, no_state_is_the_zero_state);
	tcase_add_test(group, samples_do_not_mix);
	tcase_add_test(group, huge_weights_saturate_and_stay_finite);
	tcase_add_test(group, gradients_are_added_to_what_is_there);
	tcase_add_test(group,
		a_step_without_a_state_leaves_the_recurrent_gradient);

	group = suite_group(suite, "activation", SUITE_SECONDS);
	tcase_add_test(group, activations_have_names_and_summaries);
	tcase_add_test(group, sigmoid_is_right_everywhere);
	tcase_add_test(group, tanh_is_right_everywhere);
	tcase_add_test(group, hard_sigmoid_is_a_clipped_line);
	tcase_add_test(group, slopes_are_in_terms_of_the_value);
	tcase_add_test(group, activations_let_through_what_is_not_a_number);

	group = suite_group(suite, "dense", SUITE_SECONDS);
	tcase_add_test(group, a_dense_layer_is_a_matrix_and_a_bias);
	return suite;
}

int
main(void)
{
	return suite_run(lstm_suite());
}
