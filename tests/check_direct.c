/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the direct path: it applies to small models only, and trains with
 * the same bits as the stages of a pass.
 */
#include "core/direct.h"

#include <stdlib.h>
#include <string.h>

#include "core/optimizer.h"
#include "suite.h"
#include "task/framing.h"

enum { UPDATES = 4, POINTS_MAX = 14, SEQUENCES_MAX = 4, WINDOW = 3 };

struct setup {
	struct model_shape shape;
	const struct framing *framing;
	struct loss_config loss;
	const struct optimizer *optimizer;
	struct optimizer_rates rates;
	size_t sequences;
	size_t points; /* of the longest; each further sequence has one fewer */
};

struct fixture {
	const struct setup *setup;
	struct model model;
	struct pass pass;
	struct batch batch;
	struct optimizer_state optimizer;
	struct random random;
};

static void
make(struct fixture *fixture, const struct setup *setup, uint64_t seed)
{
	struct framing_config framing = {setup->framing, WINDOW};
	size_t steps, samples;
	struct error error;

	*fixture = (struct fixture){.setup = setup};
	random_seed(&fixture->random, seed, RANDOM_STREAM_WEIGHTS);
	ck_assert(model_create(&fixture->model, suite_context(), &setup->shape,
		&error));
	ck_assert(model_initialize(&fixture->model, &fixture->random, NULL,
		&error));
	ck_assert(optimizer_create(&fixture->optimizer, setup->optimizer,
		fixture->model.parameters.packed_total, &error));
	framing_measure(framing, setup->points, &steps, &samples);
	ck_assert(pass_create(&fixture->pass, &fixture->model, steps,
		samples * setup->sequences, true, &error));
	ck_assert(framing_create(framing, setup->sequences, setup->points,
		setup->shape.inputs, &fixture->batch, &error));
}

static void
release(struct fixture *fixture)
{
	batch_destroy(&fixture->batch);
	pass_destroy(&fixture->pass);
	optimizer_destroy(&fixture->optimizer);
	model_destroy(&fixture->model);
}

static void
fill(struct fixture *fixture)
{
	const struct setup *setup = fixture->setup;
	size_t row = setup->points * setup->shape.inputs;
	size_t lengths[SEQUENCES_MAX];
	float *points = calloc(setup->sequences * row, sizeof *points);

	ck_assert_ptr_nonnull(points);
	for (size_t i = 0; i < setup->sequences * row; i++)
		points[i] = 3 * random_uniform(&fixture->random) - 1;
	for (size_t k = 0; k < setup->sequences; k++)
		lengths[k] = setup->points - k;
	framing_fill((struct framing_config){setup->framing, WINDOW},
		setup->sequences, setup->points, lengths, points,
		&fixture->batch);
	free(points);
}

/* Do an update; the path is direct unless the pass keeps its trace. */
static double
update(struct fixture *fixture, bool keeps_trace)
{
	struct pass *pass = &fixture->pass;
	struct error error;

	fill(fixture);
	ck_assert(pass_keep_trace(pass, keeps_trace, &error));
	pass_begin(pass, &fixture->batch, &fixture->setup->loss);
	EXPECT((pass->stage == PASS_DIRECT) == !keeps_trace,
		"the pass takes the wrong path");
	while (!pass_is_done(pass))
		EXPECT(pass_advance(pass) > 0, "a part without cost");
	EXPECT(pass_has_trace(pass) == keeps_trace, "wrong kept trace");
	EXPECT(optimizer_update(&fixture->optimizer, suite_context(),
		       &fixture->setup->rates, pass_live_gradients(pass),
		       fixture->model.values, pass->gradients),
		"the gradient overflows");
	return pass_loss(pass);
}

static void
expect_same(const struct fixture *one, const struct fixture *other,
	uint64_t seed)
{
	size_t size = one->model.parameters.packed_total * sizeof(float);

	EXPECT(memcmp(one->pass.gradients, other->pass.gradients, size) == 0,
		"case %llu: other gradients", (unsigned long long)seed);
	EXPECT(memcmp(one->model.values, other->model.values, size) == 0,
		"case %llu: other values", (unsigned long long)seed);
}

/* Train on both paths, and on one that changes with every update. */
static void
compare(const struct setup *setup, uint64_t seed)
{
	static struct fixture direct, staged, mixed;

	make(&direct, setup, seed);
	make(&staged, setup, seed);
	make(&mixed, setup, seed);
	for (int i = 0; i < UPDATES; i++) {
		double loss = update(&direct, false);

		EXPECT(loss == update(&staged, true), "case %llu: other loss",
			(unsigned long long)seed);
		EXPECT(loss == update(&mixed, i % 2 == 1),
			"case %llu: another loss", (unsigned long long)seed);
		expect_same(&direct, &staged, seed);
		expect_same(&direct, &mixed, seed);
	}
	release(&direct);
	release(&staged);
	release(&mixed);
}

static size_t
pick(struct random *random, size_t count)
{
	return (size_t)(random_next(random) % count);
}

static const struct kind *
pick_kind(struct random *random, const struct kind *const list[])
{
	size_t count = 0;

	while (list[count] != NULL)
		count++;
	return list[pick(random, count)];
}

/* Any small model and batch. */
static struct setup
draw(struct random *random)
{
	size_t features = 1 + pick(random, 5);
	struct setup setup = {
		.shape = {.inputs = features,
			.layers = 1,
			.units = {1 + pick(random, 32)},
			.recurrent_activation = pick(random, 4) == 0
				? &activation_hard_sigmoid
				: &activation_sigmoid},
		.loss = {.features = features,
			.mixtures = 2,
			.sigma_floor = 0.01,
			.huber_delta = 0.5},
		.framing =
			(const struct framing *)pick_kind(random, framing_list),
		.optimizer = (const struct optimizer *)pick_kind(random,
			optimizer_list),
		.rates = {.learning_rate = 0.01,
			.momentum = 0.9,
			.clip = 1,
			.weight_decay = 0.01},
	};
	size_t steps, samples;

	do
		setup.loss.loss =
			(const struct loss *)pick_kind(random, loss_list);
	while (setup.loss.loss->is_of_tokens);
	setup.shape.outputs = loss_outputs(&setup.loss);
	do {
		setup.sequences = 1 + pick(random, SEQUENCES_MAX);
		setup.points = WINDOW + SEQUENCES_MAX +
			pick(random, POINTS_MAX + 1 - WINDOW - SEQUENCES_MAX);
		framing_measure((struct framing_config){setup.framing, WINDOW},
			setup.points, &steps, &samples);
	} while (steps * samples * setup.sequences > 63);
	return setup;
}

enum { CASES = 300 };

START_TEST(same_bits_as_stages)
{
	for (uint64_t seed = 0; seed < CASES; seed++) {
		struct random random;
		struct setup setup;

		random_seed(&random, seed, RANDOM_STREAM_DATA);
		setup = draw(&random);
		compare(&setup, seed);
	}
}
END_TEST

static const struct setup lesson = {
	.shape = {.inputs = 2, .outputs = 2, .layers = 1, .units = {10}},
	.framing = &framing_one_to_one,
	.loss = {.loss = &loss_mae, .features = 2},
	.optimizer = &optimizer_adam,
	.rates = {.learning_rate = 0.001},
	.sequences = 1,
	.points = 4,
};

/* Whether a pass over a full batch takes the direct path. */
static bool
is_direct(const struct setup *setup)
{
	static struct fixture fixture;
	bool is;

	make(&fixture, setup, 1);
	fill(&fixture);
	pass_begin(&fixture.pass, &fixture.batch, &setup->loss);
	is = fixture.pass.stage == PASS_DIRECT;
	release(&fixture);
	return is;
}

START_TEST(applies_to_small_models)
{
	struct setup setup = lesson;

	ck_assert(is_direct(&setup));
	setup.points = 64;
	ck_assert(is_direct(&setup));
	setup.points = 65;
	ck_assert(!is_direct(&setup));
	setup = lesson;
	setup.shape.units[0] = 32;
	ck_assert(is_direct(&setup));
	setup.shape.units[0] = 33;
	ck_assert(!is_direct(&setup));
	setup = lesson;
	setup.shape.layers = 2;
	setup.shape.units[1] = 10;
	ck_assert(!is_direct(&setup));
	setup = lesson;
	setup.shape.cell = &cell_gru;
	ck_assert(!is_direct(&setup));
}
END_TEST

/* What only the stages do: a carried state, dropout. */
START_TEST(leaves_the_rest_to_stages)
{
	static struct fixture fixture;
	struct pass *pass = &fixture.pass;
	struct error error;

	make(&fixture, &lesson, 1);
	update(&fixture, false);
	pass_carry_state(pass);
	pass_begin(pass, &fixture.batch, &lesson.loss);
	ck_assert_int_eq(pass->stage, PASS_FORWARD);
	pass_abandon(pass);
	pass_reset_state(pass);
	pass_begin(pass, &fixture.batch, &lesson.loss);
	ck_assert_int_eq(pass->stage, PASS_DIRECT);
	pass_abandon(pass);
	ck_assert(pass_enable_dropout(pass, &error));
	pass_draw_dropout(pass, &fixture.batch, 0.5, &fixture.random);
	pass_begin(pass, &fixture.batch, &lesson.loss);
	ck_assert_int_eq(pass->stage, PASS_FORWARD);
	release(&fixture);
}
END_TEST

/* The state after the last step can be carried to the next pass. */
START_TEST(state_can_be_carried)
{
	static struct fixture direct, staged;
	struct setup setup = lesson;
	float one[64], other[64];
	size_t count;

	setup.framing = &framing_sequence;
	make(&direct, &setup, 3);
	make(&staged, &setup, 3);
	update(&direct, false);
	update(&staged, true);
	pass_carry_state(&direct.pass);
	pass_carry_state(&staged.pass);
	count = pass_state_size(&direct.pass, 0, 1);
	ck_assert_uint_le(count, 64);
	pass_get_state(&direct.pass, 0, one);
	pass_get_state(&staged.pass, 0, other);
	ck_assert_mem_eq(one, other, count * sizeof *one);
	release(&direct);
	release(&staged);
}
END_TEST

static Suite *
make_suite(void)
{
	Suite *suite = suite_create("direct");
	TCase *group = suite_group(suite, "direct", SUITE_SECONDS);

	tcase_add_test(group, same_bits_as_stages);
	tcase_add_test(group, applies_to_small_models);
	tcase_add_test(group, leaves_the_rest_to_stages);
	tcase_add_test(group, state_can_be_carried);
	return suite;
}

int
main(void)
{
	return suite_run_kernels(make_suite);
}
