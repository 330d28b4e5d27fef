/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of training from given weights on given sequences, against the same
 * training in double precision by automatic differentiation: see oracle.h.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oracle.h"
#include "suite.h"
#include "training.h"

static const struct {
	const char *name;
	const struct cell *cell;
} files[] = {
	{"rectangle-one-to-one", &cell_lstm},
	{"rectangle-sequence", &cell_lstm},
	{"rectangle-stacked-mse", &cell_lstm},
	{"polygon-many-to-one", &cell_lstm},
	{"polygon-one-to-many", &cell_lstm},
	{"gru-many-to-one", &cell_gru},
	{"gru-stacked-mse", &cell_gru},
	{"rnn-one-to-many", &cell_rnn},
	{"rnn-stacked-mse", &cell_rnn},
};

enum { FILES = sizeof files / sizeof files[0], UPDATES_MAX = 200 };

/*
 * Tolerances for single precision. The weights are within 2e-4 if each of 200
 * steps of 0.001 is within 0.1 % of its length.
 */
#define LOSS_TOLERANCE 2e-5
#define GRADIENT_TOLERANCE 1e-6
#define WEIGHT_TOLERANCE 2e-4
#define FIRST_MOMENT_TOLERANCE 1e-4
#define SECOND_MOMENT_TOLERANCE 1e-5
#define POINT_TOLERANCE 1e-3

/* A training run of a reference file, and the file. */
struct run {
	struct oracle oracle;
	const char *name;
	struct training training;
	size_t updates, done;
	double loss[UPDATES_MAX];
	float *data; /* [updates, points, features] */
	float *first_gradient;
};

/* Return the kind with a name in a list; fail if there is none. */
static const void *
find(const char *name, const struct kind *const *list)
{
	const struct kind *kind = kind_find(list, name);

	ck_assert_msg(kind != NULL, "'%s' is not known", name);
	return kind;
}

static struct model_shape
shape_of(const struct oracle *oracle)
{
	struct model_shape shape = {
		.inputs = oracle_extent(oracle, "data", 2),
		.outputs = oracle_extent(oracle, "init.dense.bias", 0),
	};
	const char *units = oracle_setting(oracle, "units");

	while (*units != '\0') {
		char *end;

		shape.units[shape.layers++] = strtoul(units, &end, 10);
		units = *end == ',' ? end + 1 : end;
	}
	return shape;
}

/*
 * Call `visit` with each tensor of the file named PREFIX.PARAMETER, and with
 * the offset of that parameter in an array of all parameters.
 */
static void
each_tensor(const struct run *run, const char *prefix,
	void (*visit)(const double *numbers, size_t count, size_t offset,
		void *context),
	void *context)
{
	const struct parameters *parameters = &run->training.model.parameters;

	for (size_t i = 0; i < parameters->tensors; i++) {
		const struct tensor *tensor = &parameters->tensor[i];
		char name[64];
		double *numbers;
		size_t count;

		snprintf(name, sizeof name, "%s.%s", prefix, tensor->name);
		numbers = oracle_numbers(&run->oracle, name, &count);
		ck_assert_uint_eq(count, tensor->size);
		visit(numbers, count, tensor->offset, context);
		free(numbers);
	}
}

static void
copy_numbers(const double *numbers, size_t count, size_t offset, void *context)
{
	float *values = context;

	for (size_t i = 0; i < count; i++)
		values[offset + i] = (float)numbers[i];
}

struct comparison {
	const float *values;
	double max;
};

static void
compare_numbers(const double *numbers, size_t count, size_t offset,
	void *context)
{
	struct comparison *comparison = context;

	for (size_t i = 0; i < count; i++)
		comparison->max = fmax(comparison->max,
			fabs(comparison->values[offset + i] - numbers[i]));
}

static void
expect_near(double max, double tolerance, const struct run *run,
	const char *what)
{
	printf("%s: %s within %.2e of %.0e\n", run->name, what, max, tolerance);
	ck_assert_msg(max <= tolerance, "%s: %s differs by %g", run->name, what,
		max);
}

/* Assert that every tensor PREFIX.* is within the tolerance of the values. */
static void
expect_tensors(const struct run *run, const char *prefix, const float *values,
	double tolerance)
{
	struct comparison comparison = {.values = values};

	each_tensor(run, prefix, compare_numbers, &comparison);
	expect_near(comparison.max, tolerance, run, prefix);
}

static void
read_data(struct run *run)
{
	size_t count;
	double *numbers = oracle_numbers(&run->oracle, "data", &count);

	run->data = calloc(count, sizeof *run->data);
	ck_assert_ptr_nonnull(run->data);
	for (size_t i = 0; i < count; i++)
		run->data[i] = (float)numbers[i];
	free(numbers);
	run->updates = oracle_extent(&run->oracle, "data", 0);
	ck_assert_uint_eq(run->updates, UPDATES_MAX);
}

static void
begin(struct run *run, int number)
{
	struct model_shape shape;
	struct training *training = &run->training;

	*run = (struct run){.name = files[number].name};
	oracle_open(&run->oracle, run->name);
	shape = shape_of(&run->oracle);
	shape.cell = files[number].cell;
	read_data(run);
	training_create(training, &shape,
		find(oracle_setting(&run->oracle, "framing"), framing_list),
		find(oracle_setting(&run->oracle, "loss"), loss_list),
		oracle_extent(&run->oracle, "data", 1));
	each_tensor(run, "init", copy_numbers, training->values);
	training_set_values(training);
	run->first_gradient = calloc(training->model.parameters.total,
		sizeof *run->first_gradient);
	ck_assert_ptr_nonnull(run->first_gradient);
}

static void
train_to(struct run *run, size_t updates)
{
	struct training *training = &run->training;
	size_t size = training->points * training->features;

	for (; run->done < updates; run->done++) {
		run->loss[run->done] =
			training_update(training, run->data + run->done * size);
		if (run->done == 0)
			memcpy(run->first_gradient, training->gradients,
				training->model.parameters.total *
					sizeof *run->first_gradient);
	}
}

static void
end(struct run *run)
{
	free(run->first_gradient);
	free(run->data);
	training_destroy(&run->training);
	oracle_close(&run->oracle);
}

START_TEST(the_first_gradient_is_the_same)
{
	struct run run;

	begin(&run, _i);
	train_to(&run, 1);
	expect_tensors(&run, "grad1", run.first_gradient, GRADIENT_TOLERANCE);
	end(&run);
}
END_TEST

START_TEST(the_loss_of_every_update_is_the_same)
{
	struct run run;
	double *losses, max = 0;
	size_t count;

	begin(&run, _i);
	train_to(&run, run.updates);
	losses = oracle_numbers(&run.oracle, "losses", &count);
	ck_assert_uint_eq(count, run.updates);
	for (size_t i = 0; i < count; i++)
		max = fmax(max, fabs(run.loss[i] - losses[i]));
	free(losses);
	expect_near(max, LOSS_TOLERANCE, &run, "losses");
	end(&run);
}
END_TEST

START_TEST(the_weights_are_the_same_after_1_10_and_all_updates)
{
	struct run run;
	const float *values;

	begin(&run, _i);
	values = run.training.values;
	train_to(&run, 1);
	expect_tensors(&run, "after1", values, WEIGHT_TOLERANCE);
	train_to(&run, 10);
	expect_tensors(&run, "after10", values, WEIGHT_TOLERANCE);
	train_to(&run, 200);
	expect_tensors(&run, "after200", values, WEIGHT_TOLERANCE);
	end(&run);
}
END_TEST

/* The same for an array in the packed layout of training. */
static void
expect_packed(const struct run *run, const char *prefix, const float *packed,
	double tolerance)
{
	const struct parameters *parameters = &run->training.model.parameters;
	float *plain = calloc(parameters->total, sizeof *plain);

	ck_assert_ptr_nonnull(plain);
	parameters_gather(parameters, packed, plain);
	expect_tensors(run, prefix, plain, tolerance);
	free(plain);
}

START_TEST(the_moments_are_the_same_at_the_end)
{
	struct run run;

	begin(&run, _i);
	train_to(&run, run.updates);
	expect_packed(&run, "adam_m", run.training.optimizer.first,
		FIRST_MOMENT_TOLERANCE);
	expect_packed(&run, "adam_v", run.training.optimizer.second,
		SECOND_MOMENT_TOLERANCE);
	end(&run);
}
END_TEST

START_TEST(the_generated_points_are_the_same)
{
	struct run run;
	double *expected, max = 0;
	float points[64] = {0}; /* most framings start from [0, 0] */
	size_t count;

	begin(&run, _i);
	train_to(&run, run.updates);
	expected = oracle_numbers(&run.oracle, "generated", &count);
	ck_assert_uint_eq(count, run.training.points * run.training.features);
	ck_assert_uint_le(count, sizeof points / sizeof points[0]);
	/* many-to-one starts from the last training sequence */
	if (framing_start_points(run.training.framing) > 1)
		memcpy(points, run.data + (run.updates - 1) * count,
			framing_start_points(run.training.framing) *
				run.training.features * sizeof *points);
	training_generate(&run.training, points);
	for (size_t i = 0; i < count; i++)
		max = fmax(max, fabs(points[i] - expected[i]));
	free(expected);
	expect_near(max, POINT_TOLERANCE, &run, "generated");
	end(&run);
}
END_TEST

static Suite *
parity_suite(void)
{
	Suite *suite = suite_create("parity");
	TCase *group = suite_group(suite, "parity", SUITE_SECONDS);

	suite_add_loop(group, the_first_gradient_is_the_same, 0, FILES);
	suite_add_loop(group, the_loss_of_every_update_is_the_same, 0, FILES);
	suite_add_loop(group,
		the_weights_are_the_same_after_1_10_and_all_updates, 0, FILES);
	suite_add_loop(group, the_moments_are_the_same_at_the_end, 0, FILES);
	suite_add_loop(group, the_generated_points_are_the_same, 0, FILES);
	return suite;
}

int
main(void)
{
	return suite_run_kernels(parity_suite);
}
