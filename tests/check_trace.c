/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of the trace of a pass: the values of each cell's views for every
 * layer, step and sample, and the gradients with respect to them, against the
 * reference in double precision.
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

/* Units around the lanes of all kernels. */
enum { FEATURES = 2, LAYERS = 2, STEPS_MAX = 4, SAMPLES = 3, UNITS_MAX = 18 };

static const size_t units[LAYERS] = {9, UNITS_MAX};

/* Every cell in every setting. */
static const struct setting {
	size_t steps;
	bool carries; /* from the final state of a previous pass */
	const struct activation *activation;
} settings[] = {
	{1, false, &activation_sigmoid},
	{STEPS_MAX, false, &activation_sigmoid},
	{STEPS_MAX, true, &activation_sigmoid},
	{1, false, &activation_hard_sigmoid},
	{3, true, &activation_hard_sigmoid},
};

enum { SETTINGS = sizeof settings / sizeof settings[0] };

/* Where the reference stores a view: a gate in Keras's order, or a state. */
enum { OF_HIDDEN = -1, OF_CELL = -2 };

static const struct place {
	const struct cell *cell;
	const char *view;
	int gate;
} places[] = {
	{&cell_lstm, "i", 0},
	{&cell_lstm, "f", 1},
	{&cell_lstm, "g", 2},
	{&cell_lstm, "c", OF_CELL},
	{&cell_lstm, "o", 3},
	{&cell_lstm, "h", OF_HIDDEN},
	{&cell_gru, "z", 0},
	{&cell_gru, "r", 1},
	{&cell_gru, "g", 2},
	{&cell_gru, "h", OF_HIDDEN},
	{&cell_rnn, "h", OF_HIDDEN},
};

static int
place_of(const struct cell *cell, const char *view)
{
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
		if (places[i].cell == cell && strcmp(places[i].view, view) == 0)
			return places[i].gate;
	ck_abort_msg("the view '%s' of %s has no place in the reference", view,
		cell->kind.name);
}

struct fixture {
	struct setting setting;
	struct model model;
	struct pass pass;
	struct batch batch;
	float inputs[STEPS_MAX * SAMPLES * FEATURES];
	float targets[STEPS_MAX * SAMPLES * FEATURES];
	double *values; /* the model's values, in plain layout */
};

static void
make(struct fixture *fixture, int number)
{
	struct model_shape shape = {.inputs = FEATURES,
		.outputs = FEATURES,
		.layers = LAYERS,
		.units = {units[0], units[1]},
		.cell = cell_of(cell_list[number / SETTINGS])};
	struct random random;
	struct error error;
	float *plain;
	size_t total;

	*fixture = (struct fixture){.setting = settings[number % SETTINGS]};
	shape.recurrent_activation = fixture->setting.activation;
	random_seed(&random, 5, RANDOM_STREAM_WEIGHTS);
	ck_assert(
		model_create(&fixture->model, suite_context(), &shape, &error));
	ck_assert(model_initialize(&fixture->model, &random, NULL, &error));
	total = fixture->model.parameters.total;
	plain = memory_floats(total);
	fixture->values = memory_new(total, sizeof *fixture->values);
	model_get_values(&fixture->model, plain);
	for (size_t i = 0; i < total; i++) {
		plain[i] += (float)(0.1 * random_normal(&random));
		fixture->values[i] = plain[i];
	}
	model_set_values(&fixture->model, plain);
	free(plain);
	ck_assert(pass_create(&fixture->pass, &fixture->model, STEPS_MAX,
		SAMPLES, true, &error));
	for (size_t i = 0; i < STEPS_MAX * SAMPLES * FEATURES; i++) {
		fixture->inputs[i] = random_uniform(&random);
		fixture->targets[i] = random_uniform(&random);
	}
	fixture->batch = (struct batch){
		.steps = fixture->setting.steps,
		.samples = SAMPLES,
		.features = FEATURES,
		.inputs = fixture->inputs,
		.targets = fixture->targets,
		.predicted = fixture->setting.steps * SAMPLES,
	};
}

static void
release(struct fixture *fixture)
{
	free(fixture->values);
	pass_destroy(&fixture->pass);
	model_destroy(&fixture->model);
}

static void
run_pass(struct fixture *fixture)
{
	pass_begin(&fixture->pass, &fixture->batch,
		&(struct loss_config){.loss = &loss_mse, .features = FEATURES});
	while (!pass_is_done(&fixture->pass))
		pass_advance(&fixture->pass);
}

/* Run the traced pass, after a previous one if the state is carried. */
static void
run(struct fixture *fixture)
{
	if (fixture->setting.carries) {
		pass_reset_state(&fixture->pass);
		run_pass(fixture);
		pass_carry_state(&fixture->pass);
	}
	run_pass(fixture);
}

/* ---------------------------------------------------------------------- */
/* The reference */

/* A change to one value during the reference's run. */
struct nudge {
	size_t layer, step, sample, unit;
	int gate;
	double by;
};

/* Values that the reference computes for a layer, a step and a sample. */
struct record {
	double gates[4 * UNITS_MAX], hidden[UNITS_MAX], cell[UNITS_MAX];
};

struct records {
	struct record at[LAYERS][STEPS_MAX][SAMPLES];
};

struct chain {
	struct reference_step layer[LAYERS];
	double bias[8 * UNITS_MAX]; /* room for a changed bias */
	double hidden[LAYERS][UNITS_MAX], cell[LAYERS][UNITS_MAX];
	const double *dense;
};

static void
begin_chain(const struct fixture *fixture, struct chain *chain)
{
	const struct parameters *parameters = &fixture->model.parameters;
	const struct tensor *tensor = parameters->tensor;

	memset(chain, 0, sizeof *chain);
	for (size_t l = 0; l < LAYERS; l++, tensor += 3) {
		chain->layer[l].inputs = l == 0 ? FEATURES : units[l - 1];
		chain->layer[l].units = units[l];
		chain->layer[l].recurrent_activation =
			fixture->setting.activation;
		chain->layer[l].kernel = fixture->values + tensor[0].offset;
		chain->layer[l].recurrent_kernel =
			fixture->values + tensor[1].offset;
		chain->layer[l].bias = fixture->values + tensor[2].offset;
	}
	chain->dense = fixture->values + tensor[0].offset;
}

/*
 * Run a step of a layer, in which a pre-activation or a state may be changed.
 */
static void
step_layer(const struct fixture *fixture, struct chain *chain, size_t l,
	const double *input, const struct nudge *nudge)
{
	struct reference_step step = chain->layer[l];
	size_t size = fixture->model.parameters.tensor[3 * l + 2].size;
	double *hidden = chain->hidden[l], *cell = chain->cell[l];

	if (nudge != NULL && nudge->gate >= 0) {
		memcpy(chain->bias, step.bias, size * sizeof *step.bias);
		chain->bias[(size_t)nudge->gate * units[l] + nudge->unit] +=
			nudge->by;
		step.bias = chain->bias;
	}
	reference_step(&step, fixture->model.shape.cell, input, hidden, cell);
	memcpy(chain->layer[l].gates, step.gates, sizeof step.gates);
	if (nudge != NULL && nudge->gate == OF_HIDDEN)
		hidden[nudge->unit] += nudge->by;
	if (nudge != NULL && nudge->gate == OF_CELL) {
		double before = tanh(cell[nudge->unit]);

		cell[nudge->unit] += nudge->by;
		hidden[nudge->unit] += step.gates[3 * units[l] + nudge->unit] *
			(tanh(cell[nudge->unit]) - before);
	}
}

/* Return the sum of squared errors of the top layer's prediction. */
static double
errors(const struct chain *chain, const float *targets)
{
	double sum = 0;

	for (size_t k = 0; k < FEATURES; k++) {
		double y = chain->dense[UNITS_MAX * FEATURES + k];

		for (size_t u = 0; u < UNITS_MAX; u++)
			y += chain->hidden[LAYERS - 1][u] *
				chain->dense[u * FEATURES + k];
		sum += (y - targets[k]) * (y - targets[k]);
	}
	return sum;
}

/* Run all steps of a sample; records may be NULL. */
static double
run_sample(const struct fixture *fixture, struct chain *chain, size_t sample,
	const struct nudge *nudge, struct records *records)
{
	double sum = 0;

	for (size_t t = 0; t < fixture->setting.steps; t++) {
		size_t at = (t * SAMPLES + sample) * FEATURES;
		double point[FEATURES];

		for (size_t k = 0; k < FEATURES; k++)
			point[k] = fixture->inputs[at + k];
		for (size_t l = 0; l < LAYERS; l++) {
			bool is_here = nudge != NULL && nudge->layer == l &&
				nudge->step == t && nudge->sample == sample;
			struct record *record;

			step_layer(fixture, chain, l,
				l == 0 ? point : chain->hidden[l - 1],
				is_here ? nudge : NULL);
			if (records == NULL)
				continue;
			record = &records->at[l][t][sample];
			memcpy(record->gates, chain->layer[l].gates,
				sizeof record->gates);
			memcpy(record->hidden, chain->hidden[l],
				sizeof record->hidden);
			memcpy(record->cell, chain->cell[l],
				sizeof record->cell);
		}
		sum += errors(chain, fixture->targets + at);
	}
	return sum;
}

/* Return the loss of the traced pass, and store its values unless NULL. */
static double
reference(const struct fixture *fixture, const struct nudge *nudge,
	struct records *records)
{
	double sum = 0;

	for (size_t s = 0; s < SAMPLES; s++) {
		struct chain chain;

		begin_chain(fixture, &chain);
		if (fixture->setting.carries)
			run_sample(fixture, &chain, s, NULL, NULL);
		sum += run_sample(fixture, &chain, s, nudge, records);
	}
	return sum / (double)(fixture->batch.predicted * FEATURES);
}

/* ---------------------------------------------------------------------- */

/* A vector of a trace. */
struct where {
	size_t layer, step, sample;
	const struct cell_view *view;
};

/* Advance to the next vector, from {0} on; return false after the last one. */
static bool
next(const struct fixture *fixture, struct where *where)
{
	if (where->view == NULL)
		where->view = fixture->model.shape.cell->views;
	else
		where->view++;
	if (where->view->name != NULL)
		return true;
	where->view = fixture->model.shape.cell->views;
	if (++where->sample < SAMPLES)
		return true;
	where->sample = 0;
	if (++where->step < fixture->setting.steps)
		return true;
	where->step = 0;
	return ++where->layer < LAYERS;
}

static int
place(const struct fixture *fixture, const struct where *where)
{
	return place_of(fixture->model.shape.cell, where->view->name);
}

static void
expect_near(const struct fixture *fixture, const struct where *where,
	size_t unit, double value, double expected)
{
	if (!(fabs(value - expected) < 1e-6))
		ck_abort_msg("%s, %s, layer %zu, step %zu, sample %zu, unit "
			     "%zu: %.9g for %.9g",
			fixture->model.shape.cell->kind.name, where->view->name,
			where->layer, where->step, where->sample, unit, value,
			expected);
}

/* Return the stored value of a view. */
static const double *
find(const struct records *records, const struct where *where, int gate)
{
	const struct record *record =
		&records->at[where->layer][where->step][where->sample];

	return gate == OF_HIDDEN ? record->hidden
		: gate == OF_CELL
		? record->cell
		: record->gates + (size_t)gate * units[where->layer];
}

static void
expect_values(const struct fixture *fixture)
{
	struct where where = {0};
	struct records records;

	reference(fixture, NULL, &records);
	ck_assert(pass_has_trace(&fixture->pass));
	while (next(fixture, &where)) {
		const double *expected =
			find(&records, &where, place(fixture, &where));
		float values[UNITS_MAX];

		pass_trace_values(&fixture->pass, where.layer, where.view,
			where.step, where.sample, values);
		for (size_t u = 0; u < units[where.layer]; u++)
			expect_near(fixture, &where, u, values[u], expected[u]);
	}
}

START_TEST(views_agree_with_the_reference)
{
	struct fixture fixture;
	struct error error;

	make(&fixture, _i);
	ck_assert(pass_keep_trace(&fixture.pass, true, &error));
	run(&fixture);
	expect_values(&fixture);
	release(&fixture);
}
END_TEST

/* Return the derivative of the loss by one value, as a finite difference. */
static double
difference(const struct fixture *fixture, struct nudge nudge)
{
	const double step = 1e-5;
	double above;

	nudge.by = step;
	above = reference(fixture, &nudge, NULL);
	nudge.by = -step;
	return (above - reference(fixture, &nudge, NULL)) / (2 * step);
}

START_TEST(gradients_are_those_of_the_loss)
{
	struct where where = {0};
	struct fixture fixture;
	struct error error;
	double largest = 0;

	make(&fixture, _i);
	ck_assert(pass_keep_trace(&fixture.pass, true, &error));
	run(&fixture);
	ck_assert(pass_has_trace(&fixture.pass));
	while (next(&fixture, &where)) {
		struct nudge nudge = {
			.layer = where.layer,
			.step = where.step,
			.sample = where.sample,
			/* the first or the last unit */
			.unit = (where.step + where.sample) % 2 *
				(units[where.layer] - 1),
			.gate = place(&fixture, &where),
		};
		double slope = difference(&fixture, nudge);
		float gradients[UNITS_MAX];

		pass_trace_gradients(&fixture.pass, where.layer, where.view,
			where.step, where.sample, gradients);
		largest = fmax(largest, fabs(slope));
		expect_near(&fixture, &where, nudge.unit, gradients[nudge.unit],
			slope);
	}
	ck_assert_double_gt(largest, 1e-3);
	release(&fixture);
}
END_TEST

START_TEST(a_kept_trace_changes_no_bit)
{
	struct fixture fixture;
	struct error error;
	float *gradients;
	size_t bytes;

	make(&fixture, _i);
	bytes = fixture.model.parameters.packed_total * sizeof *gradients;
	gradients = malloc(bytes);
	ck_assert_ptr_nonnull(gradients);
	run(&fixture);
	ck_assert(!pass_has_trace(&fixture.pass));
	memcpy(gradients, fixture.pass.gradients, bytes);
	ck_assert(pass_keep_trace(&fixture.pass, true, &error));
	/* not the trace of the previous pass */
	ck_assert(!pass_has_trace(&fixture.pass));
	pass_reset_state(&fixture.pass);
	run(&fixture);
	ck_assert(pass_has_trace(&fixture.pass));
	ck_assert_mem_eq(gradients, fixture.pass.gradients, bytes);
	ck_assert(pass_keep_trace(&fixture.pass, false, &error));
	ck_assert(!pass_has_trace(&fixture.pass));
	free(gradients);
	release(&fixture);
}
END_TEST

START_TEST(a_pass_without_gradients_has_a_trace)
{
	struct fixture fixture;

	make(&fixture, _i);
	if (fixture.setting.carries) {
		run_pass(&fixture);
		pass_carry_state(&fixture.pass);
	}
	pass_predict(&fixture.pass, fixture.setting.steps, SAMPLES,
		fixture.inputs);
	/* after training, the simple cell keeps only gradients there */
	expect_values(&fixture);
	release(&fixture);
}
END_TEST

/* A pass has a trace only if it was kept from the beginning of the pass. */
START_TEST(only_a_complete_pass_has_a_trace)
{
	struct fixture fixture;
	struct error error;

	make(&fixture, 1);
	pass_begin(&fixture.pass, &fixture.batch,
		&(struct loss_config){.loss = &loss_mse, .features = FEATURES});
	pass_advance(&fixture.pass);
	ck_assert(pass_keep_trace(&fixture.pass, true, &error));
	while (!pass_is_done(&fixture.pass))
		pass_advance(&fixture.pass);
	ck_assert(!pass_has_trace(&fixture.pass));
	run_pass(&fixture);
	ck_assert(pass_has_trace(&fixture.pass));
	pass_begin(&fixture.pass, &fixture.batch,
		&(struct loss_config){.loss = &loss_mse, .features = FEATURES});
	ck_assert(!pass_has_trace(&fixture.pass));
	pass_advance(&fixture.pass);
	pass_abandon(&fixture.pass);
	ck_assert(!pass_has_trace(&fixture.pass));
	release(&fixture);
}
END_TEST

static double
no_error(const float *points, float *gradient)
{
	(void)points;
	for (size_t i = 0; i < (STEPS_MAX + 1) * FEATURES; i++)
		gradient[i] = 1;
	return 0;
}

/* The dense layer maps the traced outputs to the generated points. */
START_TEST(a_generating_pass_has_a_trace)
{
	static const float first[FEATURES] = {0.3f, 0.7f};
	const struct cell_view *view;
	struct fixture fixture;
	struct pass pass;
	struct error error;

	make(&fixture, _i);
	ck_assert(pass_create_generating(&pass, &fixture.model, STEPS_MAX,
		fixture.setting.carries, &error));
	ck_assert(pass_keep_trace(&pass, true, &error));
	pass_begin_generating(&pass, first, no_error);
	while (!pass_is_done(&pass))
		pass_advance(&pass);
	ck_assert(pass_has_trace(&pass));
	view = fixture.model.shape.cell->views;
	while (strcmp(view->name, "h") != 0)
		view++;
	for (size_t t = 0; t < STEPS_MAX; t++) {
		float hidden[UNITS_MAX];
		struct chain chain;

		begin_chain(&fixture, &chain);
		pass_trace_values(&pass, LAYERS - 1, view, t, 0, hidden);
		for (size_t u = 0; u < UNITS_MAX; u++)
			chain.hidden[LAYERS - 1][u] = hidden[u];
		ck_assert_double_lt(errors(&chain,
					    pass.predictions + t * FEATURES),
			1e-11);
	}
	pass_destroy(&pass);
	release(&fixture);
}
END_TEST

static Suite *
trace_suite(void)
{
	Suite *suite = suite_create("trace");
	TCase *group = suite_group(suite, "trace", SUITE_SECONDS);
	int all = (int)kind_count(cell_list) * SETTINGS;

	suite_add_loop(group, views_agree_with_the_reference, 0, all);
	suite_add_loop(group, gradients_are_those_of_the_loss, 0, all);
	suite_add_loop(group, a_kept_trace_changes_no_bit, 0, all);
	suite_add_loop(group, a_pass_without_gradients_has_a_trace, 0, all);
	tcase_add_test(group, only_a_complete_pass_has_a_trace);
	suite_add_loop(group, a_generating_pass_has_a_trace, 0, all);
	return suite;
}

int
main(void)
{
	return suite_run_kernels(trace_suite);
}
