/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the losses and their gradients against formulas in double precision.
 */
#include <math.h>
#include <string.h>

#include "core/loss.h"
#include "core/random.h"
#include "suite.h"

enum { SAMPLES = 7, FEATURES = 3, COUNT = SAMPLES * FEATURES };

/* Losses whose formulas are given below. */
static const struct loss *const all[] = {&loss_mae, &loss_mse, &loss_huber};

#define DELTA 0.7

enum { ALL = sizeof all / sizeof all[0] };

static float predictions[COUNT], targets[COUNT], gradients[COUNT];

static void
draw(uint64_t seed)
{
	struct random random;

	random_seed(&random, seed, RANDOM_STREAM_DATA);
	for (size_t i = 0; i < COUNT; i++) {
		predictions[i] = 4 * random_uniform(&random) - 2;
		targets[i] = 4 * random_uniform(&random) - 2;
	}
}

static double
error_of(const struct loss *loss, double difference)
{
	double size = fabs(difference);

	if (loss == &loss_huber)
		return size <= DELTA ? difference * difference / 2
				     : DELTA * (size - DELTA / 2);
	return loss == &loss_mse ? difference * difference : size;
}

static double
slope_of(const struct loss *loss, double difference)
{
	if (loss == &loss_mse)
		return 2 * difference;
	if (loss == &loss_huber && fabs(difference) <= DELTA)
		return difference;
	if (loss == &loss_huber)
		return difference > 0 ? DELTA : -DELTA;
	return difference > 0 ? 1 : difference < 0 ? -1 : 0;
}

static const struct loss_config *
form_of(const struct loss *loss)
{
	static struct loss_config config;

	config = (struct loss_config){.loss = loss,
		.features = FEATURES,
		.mixtures = 2,
		.sigma_floor = 0.1,
		.huber_delta = DELTA};
	return &config;
}

/* Check sum and gradient over the rows whose mask is not 0. */
static void
check_formulas(const struct loss *loss, const float *mask, float scale)
{
	double sum = loss_sum(form_of(loss), SAMPLES, predictions, targets,
		mask, scale, gradients);
	double expected = 0, max = 0;

	for (size_t i = 0; i < COUNT; i++) {
		double difference = (double)predictions[i] - targets[i];
		bool counts = mask == NULL || mask[i / FEATURES] != 0;
		double slope = counts ? slope_of(loss, difference) : 0;

		expected += counts ? error_of(loss, difference) : 0;
		max = fmax(max, fabs(gradients[i] - scale * slope));
	}
	ck_assert_double_eq_tol(sum, expected, 1e-6 * (1 + expected));
	ck_assert_double_lt(max, 1e-6);
}

START_TEST(sums_and_gradients_follow_the_formulas)
{
	for (uint64_t seed = 0; seed < 50; seed++) {
		draw(seed);
		for (size_t l = 0; l < ALL; l++) {
			check_formulas(all[l], NULL, 1);
			check_formulas(all[l], NULL, 1.0f / COUNT);
		}
	}
}
END_TEST

START_TEST(masked_rows_are_ignored)
{
	const float mask[SAMPLES] = {1, 0, 1, 1, 0, 0, 1};

	for (size_t l = 0; l < ALL; l++) {
		draw(l);
		check_formulas(all[l], mask, 0.25f);
		/* masked rows may even hold NaN or infinity */
		predictions[FEATURES] = NAN;
		targets[4 * FEATURES + 1] = INFINITY;
		check_formulas(all[l], mask, 0.25f);
	}
}
END_TEST

START_TEST(a_mask_of_ones_equals_no_mask)
{
	const float ones[SAMPLES] = {1, 1, 1, 1, 1, 1, 1};
	float without[COUNT];

	draw(1);
	for (size_t l = 0; l < ALL; l++) {
		double sum = loss_sum(form_of(all[l]), SAMPLES, predictions,
			targets, NULL, 0.5f, without);

		ck_assert_double_eq_tol(sum,
			loss_sum(form_of(all[l]), SAMPLES, predictions, targets,
				ones, 0.5f, gradients),
			1e-12);
		ck_assert_mem_eq(gradients, without, sizeof without);
	}
}
END_TEST

START_TEST(the_derivative_at_no_error_is_0)
{
	draw(1);
	memcpy(predictions, targets, sizeof targets);
	for (size_t l = 0; l < ALL; l++) {
		memset(gradients, 0xff, sizeof gradients);
		ck_assert_double_eq(loss_sum(form_of(all[l]), SAMPLES,
					    predictions, targets, NULL, 1,
					    gradients),
			0);
		for (size_t i = 0; i < COUNT; i++)
			ck_assert_float_eq(gradients[i], 0);
	}
}
END_TEST

START_TEST(the_sum_is_not_scaled)
{
	draw(1);
	for (size_t l = 0; l < ALL; l++)
		ck_assert_double_eq(loss_sum(form_of(all[l]), SAMPLES,
					    predictions, targets, NULL, 1,
					    gradients),
			loss_sum(form_of(all[l]), SAMPLES, predictions, targets,
				NULL, 0.001f, gradients));
}
END_TEST

START_TEST(a_prediction_that_is_not_finite_shows_in_the_sum)
{
	for (size_t l = 0; l < ALL; l++) {
		draw(1);
		predictions[5] = NAN;
		ck_assert(isnan(loss_sum(form_of(all[l]), SAMPLES, predictions,
			targets, NULL, 1, gradients)));
		predictions[5] = -INFINITY;
		ck_assert(isinf(loss_sum(form_of(all[l]), SAMPLES, predictions,
			targets, NULL, 1, gradients)));
	}
}
END_TEST

/* Every loss of the list that is not of tokens, by finite differences. */
START_TEST(every_gradient_is_the_derivative_of_the_sum)
{
	const double step = 1e-3;
	size_t tried = 0;

	for (size_t l = 0; loss_list[l] != NULL; l++) {
		const struct loss *loss = (const struct loss *)loss_list[l];
		const struct loss_config *config = form_of(loss);
		float outputs[16 * FEATURES], gradient[16 * FEATURES];
		float ignored[16 * FEATURES];
		size_t count = loss_outputs(config);

		if (loss->is_of_tokens)
			continue;
		ck_assert_uint_le(count, sizeof outputs / sizeof outputs[0]);
		draw(7 + l);
		for (size_t i = 0; i < count; i++)
			outputs[i] = predictions[i % COUNT];
		loss_sum(config, 1, outputs, targets, NULL, 1, gradient);
		for (size_t i = 0; i < count; i++) {
			float was = outputs[i];
			double up, down;

			outputs[i] = (float)(was + step);
			up = loss_sum(config, 1, outputs, targets, NULL, 1,
				ignored);
			outputs[i] = (float)(was - step);
			down = loss_sum(config, 1, outputs, targets, NULL, 1,
				ignored);
			outputs[i] = was;
			ck_assert_msg(fabs((up - down) / (2 * step) -
					      gradient[i]) < 5e-3,
				"%s, output %zu: %g, not %g", loss->kind.name,
				i, (double)gradient[i],
				(up - down) / (2 * step));
		}
		tried++;
	}
	ck_assert_uint_gt(tried, 4);
}
END_TEST

START_TEST(losses_have_names_and_summaries)
{
	ck_assert_ptr_eq(kind_find(loss_list, "mae"), &loss_mae.kind);
	ck_assert_ptr_eq(kind_find(loss_list, "mse"), &loss_mse.kind);
	ck_assert_ptr_null(kind_find(loss_list, "mean"));
	for (size_t i = 0; loss_list[i] != NULL; i++)
		ck_assert_ptr_nonnull(loss_list[i]->summary);
}
END_TEST

static Suite *
loss_suite(void)
{
	Suite *suite = suite_create("loss");
	TCase *group = suite_group(suite, "loss", SUITE_SECONDS);

	tcase_add_test(group, sums_and_gradients_follow_the_formulas);
	tcase_add_test(group, masked_rows_are_ignored);
	tcase_add_test(group, a_mask_of_ones_equals_no_mask);
	tcase_add_test(group, the_derivative_at_no_error_is_0);
	tcase_add_test(group, the_sum_is_not_scaled);
	tcase_add_test(group, a_prediction_that_is_not_finite_shows_in_the_sum);
	tcase_add_test(group, every_gradient_is_the_derivative_of_the_sum);
	tcase_add_test(group, losses_have_names_and_summaries);
	return suite;
}

int
main(void)
{
	return suite_run(loss_suite());
}
