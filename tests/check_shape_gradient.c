/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the gradient through generation, where predictions become inputs,
 * against finite differences of the reference in double precision.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "core/model.h"
#include "core/pass.h"
#include "reference.h"
#include "suite.h"
#include "task/extent.h"
#include "task/task.h"

#define STEP 1e-5

enum { POINTS = 4, FEATURES = 2 };

static const struct setup {
	struct model_shape shape;
	bool carries_state;
} setups[] = {
	{{2, 2, 1, {10}, &activation_sigmoid, NULL}, false},
	{{2, 2, 1, {10}, &activation_sigmoid, NULL}, true},
	{{2, 2, 2, {5, 4}, &activation_sigmoid, NULL}, false},
	{{2, 2, 2, {5, 18}, &activation_sigmoid, NULL}, true},
	{{2, 2, 3, {3, 4, 2}, &activation_hard_sigmoid, NULL}, true},
};

enum { SETUPS = sizeof setups / sizeof setups[0] };

/* Every setup with every cell of the list. */
static struct setup
setup_of(int number)
{
	struct setup setup = setups[number % SETUPS];

	setup.shape.cell = cell_of(cell_list[number / SETUPS]);
	return setup;
}

/* Divide by the size of the points, or by that of a dot if it is larger. */
static double
relative(double distance, const double *numbers)
{
	double size = 0;

	for (int d = 0; d < FEATURES; d++) {
		double min = numbers[d], max = numbers[d];

		for (int i = 1; i < POINTS; i++) {
			min = fmin(min, numbers[i * FEATURES + d]);
			max = fmax(max, numbers[i * FEATURES + d]);
		}
		size += (max - min) / 2;
	}
	return size < 0.02 ? (distance + 0.02 - size) / 0.02 : distance / size;
}

/* Return the shape error of the points that the reference generates. */
static double
generated_error(int number, const double *values, const float *start)
{
	const struct setup setup = setup_of(number);
	const struct model_shape *shape = &setup.shape;
	float points[POINTS * FEATURES], targets[POINTS * FEATURES] = {0};
	double predictions[POINTS * FEATURES], numbers[POINTS * FEATURES];
	double sum = 0;

	memcpy(points, start, FEATURES * sizeof *start);
	for (size_t f = 0; f < FEATURES; f++)
		numbers[f] = start[f];
	for (size_t t = 0; t + 1 < POINTS; t++) {
		bool carries = setup.carries_state;
		struct batch batch = {
			.steps = carries ? t + 1 : 1,
			.samples = 1,
			.features = FEATURES,
			.inputs = carries ? points : points + t * FEATURES,
			.targets = targets,
			.predicted = 1,
		};
		const double *last = predictions + (batch.steps - 1) * FEATURES;

		reference_loss(shape, values, &batch, &loss_mse, NULL, NULL,
			predictions);
		for (size_t f = 0; f < FEATURES; f++) {
			numbers[(t + 1) * FEATURES + f] = last[f];
			points[(t + 1) * FEATURES + f] = (float)last[f];
		}
	}
	sum += fabs(numbers[3] - numbers[1]) + fabs(numbers[4] - numbers[2]);
	sum += fabs(numbers[7] - numbers[5]) + fabs(numbers[6] - numbers[0]);
	return relative(sum / 4, numbers);
}

/* Generate with a backward pass. Return the shape error. */
static double
generate(struct pass *pass, const float *start)
{
	pass_begin_generating(pass, start, task_rectangle.shape_gradient);
	while (!pass_is_done(pass))
		pass_advance(pass);
	return pass_loss(pass);
}

START_TEST(the_gradient_goes_through_generation)
{
	const struct setup setup = setup_of(_i);
	const struct model_shape *shape = &setup.shape;
	const float start[FEATURES] = {0, 0};
	struct pass pass;
	struct model model;
	struct random random;
	struct error error;
	double *values, largest = 0, off = 0;
	float *plain, *gradients;
	size_t count;

	random_seed(&random, 3, RANDOM_STREAM_WEIGHTS);
	ck_assert(model_create(&model, suite_context(), shape, &error));
	ck_assert(model_initialize(&model, &random, NULL, &error));
	count = model.parameters.total;
	plain = memory_floats(count);
	gradients = memory_floats(count);
	values = calloc(count, sizeof *values);
	model_get_values(&model, plain);
	for (size_t i = 0; i < count; i++) {
		plain[i] += (float)(0.3 * random_normal(&random));
		values[i] = plain[i];
	}
	model_set_values(&model, plain);
	ck_assert(pass_create_generating(&pass, &model, POINTS - 1,
		setup.carries_state, &error));
	/* twice: the second pass must not depend on the first */
	generate(&pass, start);
	ck_assert_double_eq_tol(generate(&pass, start),
		generated_error(_i, values, start), 1e-6);
	parameters_gather(&model.parameters, pass.gradients, gradients);
	for (size_t i = 0; i < count; i++) {
		double value = values[i], above, below, slope;

		/* large enough for points that are rounded to float */
		values[i] = value + 2e2 * STEP;
		above = generated_error(_i, values, start);
		values[i] = value - 2e2 * STEP;
		below = generated_error(_i, values, start);
		values[i] = value;
		slope = (above - below) / (4e2 * STEP);
		largest = fmax(largest, fabs(slope));
		off = fmax(off, fabs(slope - gradients[i]));
	}
	ck_assert_double_gt(largest, 0.01);
	ck_assert_double_lt(off, 2e-3 * largest + 1e-4);
	pass_destroy(&pass);
	model_destroy(&model);
	free(plain);
	free(gradients);
	free(values);
}
END_TEST

/* Points of a shape, of one smaller than a dot, and of one in between. */
static const float drawn[][8] = {
	{0, 0.1f, 0.5f, 0.2f, 0.4f, 0.9f, -0.1f, 0.95f},
	{0.5f, -0.3f, 0.502f, -0.304f, 0.509f, -0.295f, 0.497f, -0.299f},
	{0, 0, 0.03f, 0.002f, 0.028f, 0.021f, -0.003f, 0.024f},
	{3, 40, -20, 41, -19, 17, 5, 16},
};

enum { DRAWN = sizeof drawn / sizeof drawn[0] };

START_TEST(the_gradient_of_the_error_is_its_derivative)
{
	float points[8], gradient[8];
	/* small enough not to change the points that determine the box */
	const float step = _i == 3 ? 0.1f : 1e-4f;

	memcpy(points, drawn[_i], sizeof points);
	ck_assert_double_eq_tol(task_rectangle.shape_gradient(points, gradient),
		task_rectangle.shape_error(points, task_rectangle.points),
		1e-12);
	for (int i = 0; i < 8; i++) {
		float value = points[i], low, high;
		double above, below;

		high = points[i] = value + step;
		above = task_rectangle.shape_error(points,
			task_rectangle.points);
		low = points[i] = value - step;
		below = task_rectangle.shape_error(points,
			task_rectangle.points);
		points[i] = value;
		below = (above - below) / ((double)high - low);
		ck_assert_double_eq_tol(gradient[i], below,
			1e-3 * fabs(below) + 1e-4);
	}
}
END_TEST

/* Distances 0.1, 0.1, 0.05 and 0.1; a box 0.6 wide and 0.85 high. */
START_TEST(the_error_is_relative_to_the_size)
{
	float points[8], small[8],
		dot[8] = {0.25f, 0.5f, 0.25f, 0.5f, 0.25f, 0.5f, 0.25f, 0.5f};
	double error;

	memcpy(points, drawn[0], sizeof points);
	error = task_rectangle.shape_error(points, task_rectangle.points);
	ck_assert_double_eq_tol(extent_size(points, 4), 0.725, 1e-6);
	ck_assert_double_eq_tol(error, 0.0875 / 0.725, 1e-6);
	for (int i = 0; i < 8; i++)
		small[i] = points[i] / 16;
	ck_assert_double_eq_tol(task_rectangle.shape_error(small,
					task_rectangle.points),
		error, 1e-6);
	/* a dot has the largest error, even with exact corners */
	ck_assert_double_eq(task_rectangle.shape_error(dot,
				    task_rectangle.points),
		1);
	for (int i = 0; i < 8; i++)
		small[i] = points[i] / 1024;
	ck_assert_double_gt(task_rectangle.shape_error(small,
				    task_rectangle.points),
		0.9);
	ck_assert(extent_is_degenerate(extent_size(small, 4)));
	ck_assert(!extent_is_degenerate(0.02));
}
END_TEST

static Suite *
shape_gradient_suite(void)
{
	Suite *suite = suite_create("shape gradient");
	TCase *group = suite_group(suite, "gradient", SUITE_SECONDS);

	suite_add_loop(group, the_gradient_goes_through_generation, 0,
		(int)kind_count(cell_list) * SETUPS);
	suite_add_loop(group, the_gradient_of_the_error_is_its_derivative, 0,
		DRAWN);
	tcase_add_test(group, the_error_is_relative_to_the_size);
	return suite;
}

int
main(void)
{
	return suite_run_kernels(shape_gradient_suite);
}
