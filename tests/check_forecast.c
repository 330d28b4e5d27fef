/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of forecasts: what is expected of the end of the data, the
 * continuation and the quantiles of its samples, against a generator stepped by
 * hand and an independent sort; and that a forecast computed in parts, while
 * the run trains, is that of the weights with which it began.
 */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "folder.h"
#include "run/forecast.h"
#include "run/quantiles.h"
#include "run/run.h"
#include "suite.h"

enum {
	FRAMINGS = 4,
	WINDOW = 3,
	FEATURES = 2,
	LENGTH = 30, /* points of the last sequence */
	PAST = 12,
	STEPS = 7,
	SAMPLES = 41,
	LEVELS = 3
};

static const struct forecast_config usual = {
	.past = PAST,
	.warm = LENGTH,
	.steps = STEPS,
	.samples = SAMPLES,
	.temperature = 1,
	.levels = LEVELS,
	.level = {0.1, 0.5, 0.9},
};

static char folder[FOLDER_PATH_SIZE];
static float data[LENGTH][FEATURES];
static float size = 1; /* of the data; 1: they are not scaled */
static struct run *run;
static struct forecast forecast;

/* Write a short sequence, which is not forecast, and the last sequence. */
static void
write_data(const char *path)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	fprintf(file, "0.9,0.9\n0.8,0.7\n0.6,0.5\n0.5,0.4\n0.3,0.2\n\n");
	for (int i = 0; i < LENGTH; i++) {
		data[i][0] = size * (float)(i * 7 % 10) / 16;
		data[i][1] = size * (float)(i * i % 13) / 16;
		fprintf(file, "%.9g,%.9g\n", (double)data[i][0],
			(double)data[i][1]);
	}
	ck_assert_int_eq(fclose(file), 0);
}

static void
begin(const struct framing *framing, const struct loss *loss,
	const struct forecast_config *config)
{
	struct settings settings;
	struct error error;

	folder_new(folder);
	settings_default(&settings);
	settings.task = &task_points;
	settings.framing = framing;
	settings.loss = loss;
	settings.window = WINDOW;
	settings.seed = 1;
	snprintf(settings.data, sizeof settings.data, "%s/data.csv", folder);
	write_data(settings.data);
	ck_assert_msg(settings_complete(&settings, SETTINGS_ALL, &error), "%s",
		error.text);
	run = run_create(suite_context(), &settings, NULL, &error);
	ck_assert_msg(run != NULL, "%s", error.text);
	ck_assert_int_eq(run_advance(run, 30, UINT64_MAX, &error), RUN_REACHED);
	ck_assert(forecast_create(&forecast, run, config, &error));
}

static void
end(void)
{
	forecast_destroy(&forecast);
	run_destroy(run);
	folder_remove(folder);
}

static struct generator
new_generator(void)
{
	struct generator generator;
	struct error error;

	ck_assert(generator_create(&generator, run, run_settings(run)->seed,
		&error));
	generator_reset(&generator);
	return generator;
}

/* Create a generator that has read the points of the data from `first` on. */
static struct generator
reader(size_t first)
{
	struct generator generator = new_generator();

	generator_read(&generator, data[first], LENGTH - first);
	return generator;
}

/* Compare with what a model expects that has read from point `first` on. */
static void
expect_predictions(size_t first, size_t past)
{
	size_t starts =
		framing_start_points(settings_framing(run_settings(run)));
	struct generator generator = reader(first);

	ck_assert_uint_eq(forecast.past, past);
	for (size_t i = LENGTH - past; i < LENGTH; i++) {
		const float *predicted = forecast.results.predicted +
			(i + past - LENGTH) * FEATURES;
		float expected[FEATURES] = {NAN, NAN};

		ck_assert_mem_eq(forecast.actual +
				(i + past - LENGTH) * FEATURES,
			data[i], sizeof data[i]);
		generator_reset(&generator);
		generator_read(&generator, data[first], i - first);
		if (i - first >= starts) {
			generator_expect(&generator, expected);
			ck_assert_mem_eq(predicted, expected, sizeof expected);
		}
		for (size_t f = 0; f < FEATURES; f++)
			ck_assert_int_eq(isnan(predicted[f]),
				i - first < starts);
	}
	generator_destroy(&generator);
}

static void
expect_future(size_t first)
{
	struct generator generator = reader(first);

	generator.temperature = 0;
	for (size_t i = 0; i < STEPS; i++) {
		float point[FEATURES];

		generator_next(&generator, point);
		ck_assert_mem_eq(forecast.results.future + i * FEATURES, point,
			sizeof point);
	}
	generator_destroy(&generator);
}

static const struct framing *
framing_of(int i)
{
	return (const struct framing *)framing_list[i];
}

START_TEST(the_end_of_the_data_is_expected_and_continued)
{
	struct forecast_config config = usual;

	begin(framing_of(_i), &loss_mae, &config);
	ck_assert(!forecast.has_results);
	forecast_begin(&forecast);
	ck_assert(!forecast_advance(&forecast, UINT64_MAX));
	ck_assert(forecast.has_results);
	ck_assert_uint_eq(forecast.results.updates, 30);
	ck_assert_ptr_null(forecast.results.fan);
	expect_predictions(0, PAST);
	expect_future(0);
	end();
}
END_TEST

/* More points are asked for than there are: the first have no prediction. */
START_TEST(a_short_sequence_is_shown_whole)
{
	struct forecast_config config = usual;

	config.past = 1000;
	begin(framing_of(_i), &loss_mae, &config);
	forecast_begin(&forecast);
	ck_assert(!forecast_advance(&forecast, UINT64_MAX));
	expect_predictions(0, LENGTH);
	expect_future(0);
	end();
}
END_TEST

/* The state is that after a bounded number of points. */
START_TEST(few_points_warm_the_state)
{
	struct forecast_config config = usual;
	float whole[STEPS * FEATURES];
	struct generator generator;
	bool is_same;

	config.warm = 5;
	begin(framing_of(_i), &loss_mae, &config);
	forecast_begin(&forecast);
	ck_assert(!forecast_advance(&forecast, UINT64_MAX));
	expect_predictions(LENGTH - PAST - 5, PAST);
	expect_future(LENGTH - PAST - 5);
	generator = reader(0);
	for (size_t i = 0; i < STEPS; i++)
		generator_next(&generator, whole + i * FEATURES);
	is_same = memcmp(whole, forecast.results.future, sizeof whole) == 0;
	ck_assert_int_eq(is_same, framing_of(_i) != &framing_sequence);
	generator_destroy(&generator);
	end();
}
END_TEST

/* The place of a value in the order of all, counted; ties by index. */
static double
sorted_value(const float *values, size_t count, size_t place)
{
	for (size_t i = 0; i < count; i++) {
		size_t below = 0;

		for (size_t k = 0; k < count; k++)
			below += values[k] < values[i] ||
				(values[k] == values[i] && k < i);
		if (below == place)
			return values[i];
	}
	ck_abort_msg("no value at %zu", place);
}

/* The quantile by the formula of NumPy's documentation. */
static double
quantile(const float *values, size_t count, double level)
{
	double h = ((double)count - 1) * level;
	double low = sorted_value(values, count, (size_t)floor(h));
	double high = sorted_value(values, count, (size_t)ceil(h));

	return low * (1 - (h - floor(h))) + high * (h - floor(h));
}

START_TEST(the_fan_has_the_quantiles_of_the_samples)
{
	static float samples[STEPS][FEATURES][SAMPLES];
	struct generator generator;

	begin(framing_of(_i), &loss_mixture, &usual);
	forecast_begin(&forecast);
	ck_assert(!forecast_advance(&forecast, UINT64_MAX));
	expect_predictions(0, PAST);
	expect_future(0);
	generator = reader(0);
	generator_mark(&generator);
	for (size_t k = 0; k < SAMPLES; k++) {
		generator_return(&generator);
		for (size_t i = 0; i < STEPS; i++) {
			float point[FEATURES];

			generator_next(&generator, point);
			for (size_t f = 0; f < FEATURES; f++)
				samples[i][f][k] = point[f];
		}
	}
	for (size_t q = 0; q < LEVELS; q++)
		for (size_t i = 0; i < STEPS; i++)
			for (size_t f = 0; f < FEATURES; f++)
				ck_assert_double_eq_tol(
					(double)forecast.results
						.fan[(q * STEPS + i) *
								FEATURES +
							f],
					quantile(samples[i][f], SAMPLES,
						usual.level[q]),
					1e-6);
	generator_destroy(&generator);
	end();
}
END_TEST

/* The results of scaled data are in the units of the data. */
START_TEST(results_are_in_the_units_of_the_data)
{
	const struct scaling *scaling;
	struct generator generator;
	float points[LENGTH][FEATURES], point[FEATURES];

	size = 400;
	begin(&framing_sequence, &loss_mixture, &usual);
	scaling = run_scaling(run);
	ck_assert_uint_eq(scaling->features, FEATURES);
	for (size_t i = 0; i < LENGTH; i++)
		for (size_t f = 0; f < FEATURES; f++)
			points[i][f] =
				(float)((data[i][f] - scaling->offset[f]) /
					scaling->factor[f]);
	forecast_begin(&forecast);
	ck_assert(!forecast_advance(&forecast, UINT64_MAX));
	for (size_t i = 0; i < PAST * FEATURES; i++)
		ck_assert_float_eq_tol(forecast.actual[i],
			data[LENGTH - PAST + i / FEATURES][i % FEATURES],
			1e-3f);
	generator = new_generator();
	generator.temperature = 0;
	for (size_t i = 0; i < LENGTH + STEPS; i++) {
		const float *result = i < LENGTH
			? forecast.results.predicted +
				(i + PAST - LENGTH) * FEATURES
			: forecast.results.future + (i - LENGTH) * FEATURES;

		if (i > 0)
			generator_expect(&generator, point);
		for (size_t f = 0; i >= LENGTH - PAST && f < FEATURES; f++)
			ck_assert_double_eq_tol((double)result[f],
				scaling->offset[f] +
					scaling->factor[f] * (double)point[f],
				5e-3);
		generator_read(&generator, i < LENGTH ? points[i] : point, 1);
	}
	/* the fan is around its median, in the data's units too */
	for (size_t i = 0; i < STEPS * FEATURES; i++) {
		const float *fan = forecast.results.fan;

		ck_assert(fan[i] < fan[STEPS * FEATURES + i]);
		ck_assert_double_lt(fabs((double)fan[STEPS * FEATURES + i] -
					    scaling->offset[i % FEATURES]),
			4 * scaling->factor[i % FEATURES]);
	}
	generator_destroy(&generator);
	end();
}
END_TEST

/* Small parts, between which the run trains. */
START_TEST(parts_give_the_forecast_of_the_first_weights)
{
	enum { SIZE = STEPS * FEATURES };
	static float predicted[PAST * FEATURES], future[SIZE];
	static float fan[LEVELS * SIZE];
	const float *shown;
	struct error error;
	int parts = 1;

	begin(framing_of(_i), &loss_mixture, &usual);
	forecast_begin(&forecast);
	ck_assert(!forecast_advance(&forecast, UINT64_MAX));
	memcpy(predicted, forecast.results.predicted, sizeof predicted);
	memcpy(future, forecast.results.future, sizeof future);
	memcpy(fan, forecast.results.fan, sizeof fan);
	/* one that is given up, and then the same again */
	forecast_begin(&forecast);
	for (int i = 0; i < 50; i++)
		ck_assert(forecast_advance(&forecast, 0));
	forecast_begin(&forecast);
	ck_assert_int_eq(run_advance(run, 40, UINT64_MAX, &error), RUN_REACHED);
	shown = forecast.results.future;
	memset(forecast.results.fan, 0, sizeof fan);
	for (; forecast_advance(&forecast, 0); parts++)
		ck_assert_ptr_eq(forecast.results.future, shown);
	ck_assert_int_gt(parts, STEPS * SAMPLES);
	ck_assert_uint_eq(forecast.results.updates, 30);
	ck_assert_mem_eq(forecast.results.predicted, predicted,
		sizeof predicted);
	ck_assert_mem_eq(forecast.results.future, future, sizeof future);
	ck_assert_mem_eq(forecast.results.fan, fan, sizeof fan);
	/* the next is that of the new weights */
	forecast_begin(&forecast);
	ck_assert(!forecast_advance(&forecast, UINT64_MAX));
	ck_assert_uint_eq(forecast.results.updates, 40);
	ck_assert_mem_ne(forecast.results.future, future, sizeof future);
	end();
}
END_TEST

/* numpy.quantile([3, 1, 2, 10], [0, .1, .5, .9, 1]) */
START_TEST(quantiles_are_those_of_numpy)
{
	const double level[] = {0, 0.1, 0.5, 0.9, 1};
	const double expected[] = {1, 1.3, 2.5, 7.9, 10};
	double values[] = {3, 1, 2, 10}, with_nan[] = {NAN, 2, NAN, 1};

	quantiles_sort(values, 4);
	for (int i = 0; i < 5; i++)
		ck_assert_double_eq_tol(quantiles_at(values, 4, level[i]),
			expected[i], 1e-12);
	ck_assert_double_eq(quantiles_at(values, 1, 0.7), 1);
	quantiles_sort(with_nan, 4);
	ck_assert_double_eq(with_nan[0], 1);
	ck_assert_double_eq(with_nan[1], 2);
	ck_assert(isnan(with_nan[2]) && isnan(with_nan[3]));
}
END_TEST

static Suite *
forecast_suite(void)
{
	Suite *suite = suite_create("forecast");
	TCase *group = suite_group(suite, "forecast", SUITE_SECONDS);

	tcase_add_unchecked_fixture(group, folder_setup, folder_teardown);
	suite_add_loop(group, the_end_of_the_data_is_expected_and_continued, 0,
		FRAMINGS);
	suite_add_loop(group, a_short_sequence_is_shown_whole, 0, FRAMINGS);
	suite_add_loop(group, few_points_warm_the_state, 0, FRAMINGS);
	suite_add_loop(group, the_fan_has_the_quantiles_of_the_samples, 0,
		FRAMINGS);
	tcase_add_test(group, results_are_in_the_units_of_the_data);
	suite_add_loop(group, parts_give_the_forecast_of_the_first_weights, 0,
		FRAMINGS);
	tcase_add_test(group, quantiles_are_those_of_numpy);
	return suite;
}

int
main(void)
{
	return suite_run(forecast_suite());
}
