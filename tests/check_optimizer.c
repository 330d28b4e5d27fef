/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of each optimizer against its formula in double precision over many
 * updates, of clipping, and of resuming.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/optimizer.h"
#include "core/parameters.h"
#include "core/random.h"
#include "suite.h"

enum { COUNT = 61, UPDATES = 400 };

/* Return an optimizer by its index in the list. */
static const struct optimizer *
number(size_t n)
{
	return (const struct optimizer *)optimizer_list[n];
}

/* The state of the formulas in double precision. */
struct expected {
	const struct optimizer *kind;
	double t;
	double value[COUNT], first[COUNT], second[COUNT];
};

static void
expect_update(struct expected *expected, const struct optimizer_rates *rates,
	const double *gradient)
{
	double rate = rates->learning_rate;

	expected->t++;
	for (size_t i = 0; i < COUNT; i++) {
		double g = gradient[i];
		double *w = &expected->value[i];
		double *m = &expected->first[i], *v = &expected->second[i];

		if (expected->kind == &optimizer_sgd) {
			*m = rates->momentum * *m - rate * g;
			*w += *m;
		} else if (expected->kind == &optimizer_rmsprop) {
			*v = 0.9 * *v + 0.1 * g * g;
			*w -= rate * g / sqrt(*v + 1e-7);
		} else {
			if (expected->kind == &optimizer_adamw)
				*w -= rate * rates->weight_decay * *w;
			*m = 0.9 * *m + 0.1 * g;
			*v = 0.999 * *v + 0.001 * g * g;
			*w -= rate * sqrt(1 - pow(0.999, expected->t)) /
				(1 - pow(0.9, expected->t)) * *m /
				(sqrt(*v) + 1e-7);
		}
	}
}

/*
 * Scale the gradient down to the norm `clip`, unless clip is 0 or the norm is
 * smaller.
 */
static void
expect_clip(double clip, double *gradient)
{
	double square = 0;

	for (size_t i = 0; i < COUNT; i++)
		square += gradient[i] * gradient[i];
	if (clip > 0 && sqrt(square) > clip)
		for (size_t i = 0; i < COUNT; i++)
			gradient[i] *= clip / sqrt(square);
}

struct fixture {
	struct optimizer_state optimizer;
	struct random random;
	float values[COUNT], gradients[COUNT];
};

static void
make(struct fixture *fixture, const struct optimizer *kind)
{
	struct error error;

	ck_assert(optimizer_create(&fixture->optimizer, kind, COUNT, &error));
	random_seed(&fixture->random, 1, RANDOM_STREAM_DATA);
	for (size_t i = 0; i < COUNT; i++)
		fixture->values[i] = 2 * random_uniform(&fixture->random) - 1;
}

/* Draw gradients of very different magnitudes, as in a model; some are 0. */
static void
draw_gradients(struct fixture *fixture)
{
	for (size_t i = 0; i < COUNT; i++)
		fixture->gradients[i] = i % 10 == 9
			? 0
			: (random_uniform(&fixture->random) - 0.4f) *
				powf(10, -(float)(i % 6));
}

static double
worst(const float *is, const double *expected)
{
	double max = 0;

	for (size_t i = 0; is != NULL && i < COUNT; i++)
		max = fmax(max, fabs(is[i] - expected[i]));
	return max;
}

static void
check_formula(const struct optimizer *kind, struct optimizer_rates rates)
{
	struct fixture fixture;
	struct expected expected = {.kind = kind};

	make(&fixture, kind);
	for (size_t i = 0; i < COUNT; i++)
		expected.value[i] = fixture.values[i];
	for (int update = 0; update < UPDATES; update++) {
		double gradient[COUNT];

		/* the learning rate may change during a run */
		if (update == UPDATES / 2)
			rates.learning_rate /= 3;
		draw_gradients(&fixture);
		for (size_t i = 0; i < COUNT; i++)
			gradient[i] = fixture.gradients[i];
		expect_clip(rates.clip, gradient);
		expect_update(&expected, &rates, gradient);
		if (!optimizer_update(&fixture.optimizer, suite_context(),
			    &rates, COUNT, fixture.values, fixture.gradients))
			ck_abort_msg("update %d was refused", update);
	}
	ck_assert_uint_eq(fixture.optimizer.updates, UPDATES);
	ck_assert_double_lt(worst(fixture.values, expected.value), 2e-5);
	ck_assert_double_lt(worst(fixture.optimizer.first, expected.first),
		2e-6);
	ck_assert_double_lt(worst(fixture.optimizer.second, expected.second),
		2e-6);
	optimizer_destroy(&fixture.optimizer);
}

START_TEST(adam_follows_its_formula)
{
	check_formula(&optimizer_adam,
		(struct optimizer_rates){0.001, 0, 0, 0.1});
	check_formula(&optimizer_adam,
		(struct optimizer_rates){0.03, 0, 0, 0.1});
}
END_TEST

START_TEST(adamw_follows_its_formula)
{
	check_formula(&optimizer_adamw,
		(struct optimizer_rates){0.001, 0, 0, 0.004});
	check_formula(&optimizer_adamw,
		(struct optimizer_rates){0.03, 0, 0, 0.5});
}
END_TEST

START_TEST(sgd_follows_its_formula)
{
	check_formula(&optimizer_sgd,
		(struct optimizer_rates){0.01, 0, 0, 0.1});
	check_formula(&optimizer_sgd,
		(struct optimizer_rates){0.01, 0.9, 0, 0.1});
}
END_TEST

START_TEST(rmsprop_follows_its_formula)
{
	check_formula(&optimizer_rmsprop,
		(struct optimizer_rates){0.001, 0, 0, 0.1});
}
END_TEST

START_TEST(the_formulas_hold_for_clipped_gradients)
{
	for (size_t k = 0; optimizer_list[k] != NULL; k++) {
		/*
		 * the norms of the gradients are about 1.2: some above, some
		 * below
		 */
		check_formula(number(k),
			(struct optimizer_rates){0.001, 0.9, 0.5, 0.1});
		check_formula(number(k),
			(struct optimizer_rates){0.001, 0.9, 1.2, 0.1});
	}
}
END_TEST

/* Trailing zeros of the gradient do not stop parameters that have a moment. */
START_TEST(moments_move_parameters_without_a_gradient)
{
	const struct optimizer_rates rates = {0.01, 0.9, 0, 0.1};

	for (size_t k = 0; optimizer_list[k] != NULL; k++) {
		struct fixture fixture;
		struct expected expected = {.kind = number(k)};

		make(&fixture, number(k));
		for (size_t i = 0; i < COUNT; i++)
			expected.value[i] = fixture.values[i];
		for (int update = 0; update < 20; update++) {
			size_t live = update < 10 ? COUNT : COUNT / 3;
			double gradient[COUNT];

			draw_gradients(&fixture);
			for (size_t i = 0; i < COUNT; i++) {
				if (i >= live)
					fixture.gradients[i] = 0;
				gradient[i] = fixture.gradients[i];
			}
			expect_update(&expected, &rates, gradient);
			ck_assert(optimizer_update(&fixture.optimizer,
				suite_context(), &rates, live, fixture.values,
				fixture.gradients));
		}
		ck_assert_double_lt(worst(fixture.values, expected.value),
			2e-5);
		optimizer_destroy(&fixture.optimizer);
	}
}
END_TEST

static double
norm(const float *values)
{
	double square = 0;

	for (size_t i = 0; i < COUNT; i++)
		square += (double)values[i] * values[i];
	return sqrt(square);
}

START_TEST(a_clipped_gradient_keeps_its_direction)
{
	struct fixture fixture;
	float before[COUNT];
	double whole, max = 0;

	make(&fixture, &optimizer_sgd);
	draw_gradients(&fixture);
	memcpy(before, fixture.gradients, sizeof before);
	whole = norm(before);
	ck_assert(optimizer_update(&fixture.optimizer, suite_context(),
		&(struct optimizer_rates){0.1, 0, whole / 7, 0.1}, COUNT,
		fixture.values, fixture.gradients));
	ck_assert_double_eq_tol(norm(fixture.gradients), whole / 7,
		1e-6 * whole);
	for (size_t i = 0; i < COUNT; i++)
		max = fmax(max,
			fabs(7 * (double)fixture.gradients[i] - before[i]));
	ck_assert_double_lt(max, 1e-6);
	optimizer_destroy(&fixture.optimizer);
}
END_TEST

START_TEST(a_short_gradient_is_not_clipped)
{
	struct fixture fixture;
	float before[COUNT];

	make(&fixture, &optimizer_sgd);
	draw_gradients(&fixture);
	memcpy(before, fixture.gradients, sizeof before);
	ck_assert(optimizer_update(&fixture.optimizer, suite_context(),
		&(struct optimizer_rates){0.1, 0, 1.001 * norm(before), 0.1},
		COUNT, fixture.values, fixture.gradients));
	ck_assert_mem_eq(fixture.gradients, before, sizeof before);
	optimizer_destroy(&fixture.optimizer);
}
END_TEST

/* The square of such a norm is larger than the largest float. */
START_TEST(a_huge_gradient_is_clipped)
{
	struct fixture fixture;

	make(&fixture, &optimizer_sgd);
	for (size_t i = 0; i < COUNT; i++)
		fixture.gradients[i] = i % 2 == 0 ? 3e38f : -3e38f;
	ck_assert(optimizer_update(&fixture.optimizer, suite_context(),
		&(struct optimizer_rates){0.1, 0, 1, 0.1}, COUNT,
		fixture.values, fixture.gradients));
	ck_assert_double_eq_tol(norm(fixture.gradients), 1, 1e-5);
	optimizer_destroy(&fixture.optimizer);
}
END_TEST

START_TEST(an_overflowing_update_keeps_moments_finite)
{
	const struct optimizer_rates rates = {1e-3, 0, 0, 0.1};

	for (size_t n = 0; optimizer_list[n] != NULL; n++) {
		struct fixture fixture;
		const struct optimizer_state *optimizer = &fixture.optimizer;
		float values[COUNT];

		make(&fixture, number(n));
		memcpy(values, fixture.values, sizeof values);
		for (size_t i = 0; i < COUNT; i++)
			fixture.gradients[i] = 1e20f; /* 1e40 is no float */
		if (!optimizer_update(&fixture.optimizer, suite_context(),
			    &rates, COUNT, fixture.values, fixture.gradients))
			ck_assert_mem_eq(fixture.values, values, sizeof values);
		ck_assert(optimizer->first == NULL ||
			parameters_finite(optimizer->first, COUNT));
		ck_assert(optimizer->second == NULL ||
			parameters_finite(optimizer->second, COUNT));
		optimizer_destroy(&fixture.optimizer);
	}
}
END_TEST

START_TEST(a_gradient_that_is_not_finite_changes_nothing)
{
	enum { BAD = 4 };
	const float bad[] = {NAN, INFINITY, -INFINITY, 2e19f};
	const struct optimizer_rates rates = {0.1, 0.9, 0, 0.1};
	const size_t all = kind_count(optimizer_list);

	for (size_t n = 0; n < BAD * all * COUNT; n++) {
		struct fixture fixture;
		struct optimizer_state was;
		float values[COUNT], first[COUNT], second[COUNT];

		make(&fixture, number(n % all));
		draw_gradients(&fixture);
		ck_assert(optimizer_update(&fixture.optimizer, suite_context(),
			&rates, COUNT, fixture.values, fixture.gradients));
		was = fixture.optimizer;
		memcpy(values, fixture.values, sizeof values);
		if (was.first != NULL)
			memcpy(first, was.first, sizeof first);
		if (was.second != NULL)
			memcpy(second, was.second, sizeof second);

		fixture.gradients[n / all / BAD] = bad[n / all % BAD];
		ck_assert(!optimizer_update(&fixture.optimizer, suite_context(),
			&rates, COUNT, fixture.values, fixture.gradients));
		ck_assert_mem_eq(fixture.values, values, sizeof values);
		if (was.first != NULL)
			ck_assert_mem_eq(was.first, first, sizeof first);
		if (was.second != NULL)
			ck_assert_mem_eq(was.second, second, sizeof second);
		ck_assert_uint_eq(fixture.optimizer.updates, was.updates);
		ck_assert(fixture.optimizer.beta1_power == was.beta1_power);
		ck_assert(fixture.optimizer.beta2_power == was.beta2_power);
		optimizer_destroy(&fixture.optimizer);
	}
}
END_TEST

START_TEST(a_resumed_optimizer_has_the_powers_bit_for_bit)
{
	static const uint64_t counts[] = {0, 1, 2, 3, 10, 999, 25000, 44000};
	const struct optimizer_rates rates = {0.001, 0, 0, 0.1};
	struct fixture fixture;
	struct optimizer_state resumed;
	struct error error;

	make(&fixture, &optimizer_adam);
	ck_assert(optimizer_create(&resumed, &optimizer_adam, 1, &error));
	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
		while (fixture.optimizer.updates < counts[i]) {
			memset(fixture.gradients, 0, sizeof fixture.gradients);
			if (!optimizer_update(&fixture.optimizer,
				    suite_context(), &rates, COUNT,
				    fixture.values, fixture.gradients))
				ck_abort_msg("an update was refused");
		}
		optimizer_resume(&resumed, counts[i]);
		ck_assert_uint_eq(resumed.updates, counts[i]);
		ck_assert(resumed.beta1_power == fixture.optimizer.beta1_power);
		ck_assert(resumed.beta2_power == fixture.optimizer.beta2_power);
	}
	optimizer_destroy(&resumed);
	optimizer_destroy(&fixture.optimizer);
}
END_TEST

/*
 * A resumed optimizer may have other powers of β only when they no longer
 * matter.
 */
START_TEST(an_optimizer_resumed_late_updates_bit_for_bit_alike)
{
	const struct optimizer_rates rates = {0.001, 0, 0, 0.1};
	struct fixture ran, resumed;

	for (uint64_t start = 44330; start < 44400; start += 3) {
		make(&ran, &optimizer_adam);
		make(&resumed, &optimizer_adam);
		memset(ran.gradients, 0, sizeof ran.gradients);
		for (uint64_t t = 0; t < start; t++) {
			ran.optimizer.beta1_power *= 0.9;
			ran.optimizer.beta2_power *= 0.999;
		}
		ran.optimizer.updates = start;
		optimizer_resume(&resumed.optimizer, start);
		for (int i = 0; i < 30; i++) {
			draw_gradients(&ran);
			memcpy(resumed.gradients, ran.gradients,
				sizeof ran.gradients);
			ck_assert(optimizer_update(&ran.optimizer,
				suite_context(), &rates, COUNT, ran.values,
				ran.gradients));
			ck_assert(optimizer_update(&resumed.optimizer,
				suite_context(), &rates, COUNT, resumed.values,
				resumed.gradients));
		}
		ck_assert_mem_eq(ran.values, resumed.values, sizeof ran.values);
		optimizer_destroy(&ran.optimizer);
		optimizer_destroy(&resumed.optimizer);
	}
}
END_TEST

START_TEST(resuming_after_any_number_of_updates_is_quick)
{
	struct optimizer_state optimizer;
	struct error error;

	ck_assert(optimizer_create(&optimizer, &optimizer_adam, 1, &error));
	optimizer_resume(&optimizer, UINT64_MAX - 1);
	ck_assert(optimizer.updates == UINT64_MAX - 1);
	ck_assert(1 - optimizer.beta1_power == 1);
	ck_assert(1 - optimizer.beta2_power == 1);
	optimizer_destroy(&optimizer);
}
END_TEST

START_TEST(a_reset_optimizer_is_a_new_one)
{
	const struct optimizer_rates rates = {0.01, 0.9, 0, 0.1};

	for (size_t k = 0; optimizer_list[k] != NULL; k++) {
		struct fixture used, fresh;

		make(&used, number(k));
		make(&fresh, number(k));
		draw_gradients(&used);
		memcpy(fresh.gradients, used.gradients, sizeof used.gradients);
		ck_assert(optimizer_update(&used.optimizer, suite_context(),
			&rates, COUNT, used.values, used.gradients));
		optimizer_reset(&used.optimizer);
		memcpy(used.values, fresh.values, sizeof used.values);
		ck_assert(optimizer_update(&used.optimizer, suite_context(),
			&rates, COUNT, used.values, used.gradients));
		ck_assert(optimizer_update(&fresh.optimizer, suite_context(),
			&rates, COUNT, fresh.values, fresh.gradients));
		ck_assert_mem_eq(used.values, fresh.values, sizeof used.values);
		ck_assert_uint_eq(used.optimizer.updates, 1);
		optimizer_destroy(&used.optimizer);
		optimizer_destroy(&fresh.optimizer);
	}
}
END_TEST

/* Except by weight decay. */
START_TEST(a_gradient_of_0_changes_nothing_without_moments)
{
	for (size_t k = 0; optimizer_list[k] != NULL; k++) {
		struct fixture fixture;
		float before[COUNT];

		make(&fixture, number(k));
		memcpy(before, fixture.values, sizeof before);
		memset(fixture.gradients, 0, sizeof fixture.gradients);
		ck_assert(optimizer_update(&fixture.optimizer, suite_context(),
			&(struct optimizer_rates){1, 0.9, 1, 0.1}, COUNT,
			fixture.values, fixture.gradients));
		for (size_t i = 0; i < COUNT; i++)
			ck_assert_float_eq(fixture.values[i],
				number(k)->decays_weights
					? before[i] - 0.1f * before[i]
					: before[i]);
		optimizer_destroy(&fixture.optimizer);
	}
}
END_TEST

/*
 * Weights decay also where no gradient arrives, as in recurrent kernels without
 * a state.
 */
START_TEST(weights_decay_without_a_gradient)
{
	const struct optimizer_rates rates = {0.5, 0, 0, 0.1};
	struct fixture fixture;
	float before[COUNT];

	make(&fixture, &optimizer_adamw);
	memcpy(before, fixture.values, sizeof before);
	draw_gradients(&fixture);
	memset(fixture.gradients + COUNT / 2, 0,
		(COUNT - COUNT / 2) * sizeof *fixture.gradients);
	ck_assert(optimizer_update(&fixture.optimizer, suite_context(), &rates,
		COUNT / 2, fixture.values, fixture.gradients));
	for (size_t i = COUNT / 2; i < COUNT; i++)
		ck_assert_float_eq(fixture.values[i],
			before[i] - 0.05f * before[i]);
	optimizer_destroy(&fixture.optimizer);
}
END_TEST

START_TEST(optimizers_have_names_and_summaries)
{
	ck_assert_ptr_eq(kind_find(optimizer_list, "adam"),
		&optimizer_adam.kind);
	ck_assert_ptr_eq(kind_find(optimizer_list, "sgd"), &optimizer_sgd.kind);
	for (size_t i = 0; optimizer_list[i] != NULL; i++)
		ck_assert_ptr_nonnull(optimizer_list[i]->summary);
}
END_TEST

static Suite *
optimizer_suite(void)
{
	Suite *suite = suite_create("optimizer");
	TCase *group;

	group = suite_group(suite, "formulas", SUITE_SECONDS);
	tcase_add_test(group, adam_follows_its_formula);
	tcase_add_test(group, adamw_follows_its_formula);
	tcase_add_test(group, sgd_follows_its_formula);
	tcase_add_test(group, rmsprop_follows_its_formula);
	tcase_add_test(group, a_gradient_of_0_changes_nothing_without_moments);
	tcase_add_test(group, a_gradient_that_is_not_finite_changes_nothing);
	tcase_add_test(group, an_overflowing_update_keeps_moments_finite);
	tcase_add_test(group, weights_decay_without_a_gradient);
	tcase_add_test(group, moments_move_parameters_without_a_gradient);
	tcase_add_test(group, optimizers_have_names_and_summaries);

	group = suite_group(suite, "clip", SUITE_SECONDS);
	tcase_add_test(group, the_formulas_hold_for_clipped_gradients);
	tcase_add_test(group, a_clipped_gradient_keeps_its_direction);
	tcase_add_test(group, a_short_gradient_is_not_clipped);
	tcase_add_test(group, a_huge_gradient_is_clipped);

	group = suite_group(suite, "resume", SUITE_SECONDS);
	tcase_add_test(group, a_resumed_optimizer_has_the_powers_bit_for_bit);
	tcase_add_test(group,
		an_optimizer_resumed_late_updates_bit_for_bit_alike);
	tcase_add_test(group, resuming_after_any_number_of_updates_is_quick);
	tcase_add_test(group, a_reset_optimizer_is_a_new_one);
	return suite;
}

int
main(void)
{
	return suite_run(optimizer_suite());
}
