/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the mixture density: its formula, its gradient against finite
 * differences, and the distribution of samples.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/mixture.h"
#include "core/random.h"
#include "run/evaluate.h"
#include "run/generate.h"
#include "run/run.h"
#include "run/run_private.h"
#include "suite.h"

enum { OUTPUTS_MAX = 400 };

static const struct loss_config forms[] = {
	{&loss_mixture, 1, 1, 0.003, 1},
	{&loss_mixture, 1, 3, 0.01, 1},
	{&loss_mixture, 2, 1, 0.003, 1},
	{&loss_mixture, 2, 5, 0.05, 1},
	{&loss_mixture, 3, 4, 0.001, 1},
	{&loss_mixture, 7, 20, 0.1, 1},
};

enum { FORMS = sizeof forms / sizeof forms[0] };

static void
draw(const struct loss_config *config, uint64_t seed, float *outputs,
	float *point)
{
	struct random random;

	random_seed(&random, seed, RANDOM_STREAM_DATA);
	for (size_t i = 0; i < mixture_outputs(config); i++)
		outputs[i] = (float)(0.7 * random_normal(&random));
	for (size_t d = 0; d < config->features; d++)
		point[d] = (float)random_normal(&random);
}

/*
 * Return p(x), computed in double precision without protection from overflow.
 */
static double
density(const struct loss_config *config, const float *outputs,
	const float *point)
{
	size_t m = config->mixtures, d = config->features;
	const float *mean = outputs + m, *width = mean + m * d;
	const float *correlation = width + m * d;
	double weights = 0, sum = 0;

	for (size_t j = 0; j < m; j++)
		weights += exp(outputs[j]);
	for (size_t j = 0; j < m; j++) {
		double p = exp(outputs[j]) / weights, square = 0, z[8];
		double rho = d == 2 ? 0.999 * tanh(correlation[j]) : 0;

		for (size_t k = 0; k < d; k++) {
			double sigma =
				config->sigma_floor + exp(width[j * d + k]);

			z[k] = (point[k] - mean[j * d + k]) / sigma;
			square += z[k] * z[k];
			p /= sigma * sqrt(2 * acos(-1));
		}
		if (d == 2) {
			square = (square - 2 * rho * z[0] * z[1]) /
				(1 - rho * rho);
			p /= sqrt(1 - rho * rho);
		}
		sum += p * exp(-square / 2);
	}
	return sum;
}

START_TEST(the_loss_is_the_logarithm_of_the_density)
{
	const struct loss_config *config = &forms[_i];
	float outputs[OUTPUTS_MAX], gradient[OUTPUTS_MAX], point[8];

	for (uint64_t seed = 1; seed < 50; seed++) {
		double p;

		draw(config, seed, outputs, point);
		p = density(config, outputs, point);
		/* the direct formula underflows far from the means */
		if (p > 1e-250)
			ck_assert_double_eq_tol(mixture_loss(config, outputs,
							point, 1, gradient),
				-log(p), 1e-6 * (1 + fabs(log(p))));
	}
}
END_TEST

START_TEST(the_gradient_is_the_derivative_of_the_loss)
{
	const struct loss_config *config = &forms[_i];
	float outputs[OUTPUTS_MAX], gradient[OUTPUTS_MAX];
	float rest[OUTPUTS_MAX], point[8];

	for (uint64_t seed = 1; seed < 10; seed++) {
		draw(config, seed, outputs, point);
		mixture_loss(config, outputs, point, 0.5f, gradient);
		for (size_t i = 0; i < mixture_outputs(config); i++) {
			float value = outputs[i], step = 1e-3f;
			double above, below, slope;

			outputs[i] = value + step;
			above = -log(density(config, outputs, point));
			slope = outputs[i];
			outputs[i] = value - step;
			below = -log(density(config, outputs, point));
			slope = (above - below) / (slope - outputs[i]) / 2;
			outputs[i] = value;
			ck_assert_double_eq_tol(gradient[i], slope,
				1e-3 * fabs(slope) + 1e-4);
		}
		/* the scale applies only to the gradient */
		mixture_loss(config, outputs, point, 1, rest);
		for (size_t i = 0; i < mixture_outputs(config); i++)
			ck_assert_float_eq_tol(rest[i], 2 * gradient[i],
				1e-5f * fabsf(rest[i]) + 1e-9f);
	}
}
END_TEST

START_TEST(points_far_away_do_not_overflow)
{
	const struct loss_config *config = &forms[3];
	float outputs[OUTPUTS_MAX], gradient[OUTPUTS_MAX];
	float point[2] = {1e4f, -1e4f};
	double loss;

	draw(config, 1, outputs, point);
	point[0] = 1e4f;
	outputs[0] = 500;
	outputs[1] = -500;
	loss = mixture_loss(config, outputs, point, 1, gradient);
	ck_assert(isfinite(loss));
	ck_assert_double_gt(loss, 1e3);
	for (size_t i = 0; i < mixture_outputs(config); i++)
		ck_assert(isfinite(gradient[i]));
	outputs[3] = NAN;
	ck_assert(isnan(mixture_loss(config, outputs, point, 1, gradient)));
}
END_TEST

/* A coordinate that never varies must not make the likelihood infinite. */
START_TEST(sigma_has_a_floor)
{
	const struct loss_config *config = &forms[2];
	float outputs[6] = {0, 0.5f, 0.5f, -1000, -1000, 0}, gradient[6];
	const float point[2] = {0.5f, 0.5f};
	double best = 2 * log(0.003) + log(2 * acos(-1));

	ck_assert_double_eq_tol(mixture_loss(config, outputs, point, 1,
					gradient),
		best, 1e-6);
}
END_TEST

START_TEST(samples_have_the_moments_of_their_component)
{
	const struct loss_config config = {&loss_mixture, 2, 2, 0.01, 1};
	/* the second component is never chosen */
	const float outputs[12] = {50, -50, 1, 2, 0, 0, -1, -2, 0, 0, 0.8f, 0};
	double rho = 0.999 * tanh(0.8), sum[2] = {0}, square[2] = {0};
	double across = 0, sigma[2] = {0.01 + exp(-1), 0.01 + exp(-2)};
	enum { COUNT = 200000 };
	struct random random;

	random_seed(&random, 1, RANDOM_STREAM_GENERATE);
	for (int i = 0; i < COUNT; i++) {
		float point[2];

		mixture_draw(&config, outputs, 2, &random, point);
		for (int d = 0; d < 2; d++) {
			sum[d] += (double)point[d] - (d + 1);
			square[d] += pow((double)point[d] - (d + 1), 2);
		}
		across += (point[0] - 1.0) * (point[1] - 2.0);
	}
	/* temperature 2 doubles the variances */
	for (int d = 0; d < 2; d++) {
		ck_assert_double_eq_tol(sum[d] / COUNT, 0, 0.01 * sigma[d]);
		ck_assert_double_eq_tol(square[d] / COUNT,
			2 * sigma[d] * sigma[d], 0.05 * sigma[d] * sigma[d]);
	}
	ck_assert_double_eq_tol(across / sqrt(square[0] * square[1]), rho,
		0.01);
}
END_TEST

START_TEST(components_are_drawn_with_their_weights)
{
	const struct loss_config config = {&loss_mixture, 1, 3, 1e-6, 1};
	const float outputs[9] = {0, 0.6931472f, 1.3862944f, 0, 1, 2, -20, -20,
		-20};
	int counts[3] = {0};
	struct random random;
	float point;

	random_seed(&random, 1, RANDOM_STREAM_GENERATE);
	for (int i = 0; i < 70000; i++) {
		mixture_draw(&config, outputs, 1, &random, &point);
		counts[(int)lroundf(point)]++;
	}
	for (int j = 0; j < 3; j++)
		ck_assert_double_eq_tol(counts[j], 10000 << j, 600);
	/* temperature 0 always gives the mean of the likeliest component */
	mixture_draw(&config, outputs, 0, &random, &point);
	ck_assert_float_eq(point, 2);
}
END_TEST

/* Training */

static struct evaluation
train(const char *const options[][2], uint64_t updates)
{
	struct run *run;
	struct settings settings;
	struct evaluation evaluation;
	struct error error;

	settings_default(&settings);
	settings.loss = &loss_mixture;
	settings.framing = &framing_sequence;
	settings.seed = 1;
	for (size_t i = 0; options[i][0] != NULL; i++)
		for (size_t id = 0; setting_list[id] != NULL; id++)
			if (strcmp(setting_list[id]->option, options[i][0]) ==
				0)
				ck_assert(setting_parse(setting_list[id],
					&settings, options[i][1], &error));
	run = run_create(suite_context(), &settings, NULL, &error);
	ck_assert_msg(run != NULL, "%s", error.text);
	ck_assert_int_eq(run_advance(run, updates, UINT64_MAX, &error),
		RUN_REACHED);
	ck_assert(evaluate_run(run,
		&(struct evaluation_config){.count = 1000, .seed = 1},
		&evaluation, &error));
	run_destroy(run);
	return evaluation;
}

static void
expect_generative(const struct generated *generated, double error,
	double distance)
{
	ck_assert_uint_eq(generated->count, 4000);
	ck_assert_double_le(generated->shape_error, error);
	ck_assert_double_lt(fabs(generated->correlation), 0.1);
	ck_assert_double_le(generated->width_distance, distance);
	ck_assert_double_le(generated->height_distance, distance);
}

START_TEST(the_lessons_model_draws_all_rectangles)
{
	static const char *const options[][2] = {{NULL, NULL}};
	struct evaluation evaluation = train(options, 25000);

	expect_generative(&evaluation.generated, 0.012, 0.15);
}
END_TEST

START_TEST(a_larger_model_draws_rectangles_more_exactly)
{
	static const char *const options[][2] = {{"units", "32"},
		{"batch", "32"}, {NULL, NULL}};
	struct evaluation evaluation = train(options, 6000);

	expect_generative(&evaluation.generated, 0.01, 0.12);
}
END_TEST

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/*
 * Compute the statistics of generated.h again from the samples of the same
 * seed.
 */
START_TEST(statistics_of_generated_shapes_are_exact)
{
	enum { MANY = 4000, POINTS = 4 };
	static double error_of[MANY], width[MANY], height[MANY];
	double mean_w = 0, mean_h = 0, ww = 0, hh = 0, wh = 0;
	float points[2 * POINTS];
	struct generated generated;
	struct generator generator;
	struct settings settings;
	struct error error;
	struct run *run;

	settings_default(&settings);
	settings.loss = &loss_mixture;
	settings.seed = 1;
	run = run_create(suite_context(), &settings, NULL, &error);
	ck_assert_msg(run != NULL, "%s", error.text);
	ck_assert_int_eq(run_advance(run, 500, UINT64_MAX, &error),
		RUN_REACHED);
	ck_assert(generated_measure(run, 3, &generated, &error));
	ck_assert_uint_eq(generated.count, MANY);
	ck_assert(generator_create(&generator, run, 3, &error));
	for (size_t i = 0; i < MANY; i++) {
		run_start(run, points);
		generator_draw(&generator, POINTS, points);
		error_of[i] = task_rectangle.shape_error(points,
			task_rectangle.points);
		width[i] = points[4];
		height[i] = points[5];
		mean_w += width[i] / MANY;
		mean_h += height[i] / MANY;
	}
	for (size_t i = 0; i < MANY; i++) {
		ww += (width[i] - mean_w) * (width[i] - mean_w) / MANY;
		hh += (height[i] - mean_h) * (height[i] - mean_h) / MANY;
		wh += (width[i] - mean_w) * (height[i] - mean_h) / MANY;
	}
	qsort(error_of, MANY, sizeof *error_of, compare);
	ck_assert_double_eq_tol(generated.shape_error,
		(error_of[MANY / 2 - 1] + error_of[MANY / 2]) / 2, 1e-12);
	ck_assert_double_eq_tol(generated.correlation, wh / sqrt(ww * hh),
		1e-9);
	generator_destroy(&generator);
	run_destroy(run);
}
END_TEST

static Suite *
mixture_suite(void)
{
	Suite *suite = suite_create("mixture");
	TCase *group = suite_group(suite, "density", SUITE_SECONDS);

	suite_add_loop(group, the_loss_is_the_logarithm_of_the_density, 0,
		FORMS);
	suite_add_loop(group, the_gradient_is_the_derivative_of_the_loss, 0,
		FORMS);
	tcase_add_test(group, points_far_away_do_not_overflow);
	tcase_add_test(group, sigma_has_a_floor);
	tcase_add_test(group, samples_have_the_moments_of_their_component);
	tcase_add_test(group, components_are_drawn_with_their_weights);

	group = suite_group(suite, "training", SUITE_SECONDS_SLOW);
	tcase_add_test(group, the_lessons_model_draws_all_rectangles);
	tcase_add_test(group, a_larger_model_draws_rectangles_more_exactly);
	tcase_add_test(group, statistics_of_generated_shapes_are_exact);
	return suite;
}

int
main(void)
{
	return suite_run(mixture_suite());
}
