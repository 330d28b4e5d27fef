/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of inspections: the steps of each framing, and for every cell, framing
 * and number of layers the values, outputs, losses and gradients against the
 * reference in double precision, and the connectivity against its finite
 * differences.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "folder.h"
#include "inspect/inspection.h"
#include "reference.h"
#include "run/generate.h"
#include "run/run.h"
#include "run/run_private.h"
#include "suite.h"

enum { WINDOW = 3, POINTS = 7, LAYERS_MAX = 2, UNITS_MAX = 9, VIEWS_MAX = 6 };

#define TOLERANCE 1e-6

/* Every cell, framing and number of layers; twice each, see the tests. */
enum { CELLS = 3, FRAMINGS = 4, CASES = CELLS * FRAMINGS * LAYERS_MAX * 2 };

/* A step as a framing should make it. */
struct expected {
	size_t input, target;
	bool is_first;
};

struct fixture {
	struct run *run;
	struct inspection inspection;
	size_t length, features, outputs;
	float *points;    /* [length, features], or ... */
	uint32_t *tokens; /* ... [length] */
	double *values;   /* the model's values, in plain layout */
	size_t steps;
	struct expected *step;
	bool no_memory;
	bool odd;       /* of a case: the second time */
	bool is_coarse; /* rounding errors add up over many steps */
};

/* ---------------------------------------------------------------------- */
/* The fixture */

/* Change the weights, so that no bias is 0, and copy them. */
static void
shake(struct fixture *fixture)
{
	struct model *model = &fixture->run->state.model;
	size_t total = model->parameters.total;
	float *plain = memory_floats(total);
	struct random random;

	random_seed(&random, 3, RANDOM_STREAM_WEIGHTS);
	fixture->values = memory_new(total, sizeof *fixture->values);
	model_get_values(model, plain);
	for (size_t i = 0; i < total; i++) {
		plain[i] += (float)(0.3 * random_normal(&random));
		fixture->values[i] = plain[i];
	}
	model_set_values(model, plain);
	free(plain);
}

static void
begin(struct fixture *fixture, struct settings *settings)
{
	struct error error;

	ck_assert_msg(settings_complete(settings, SETTINGS_ALL, &error), "%s",
		error.text);
	fixture->run = run_create(suite_context(), settings, NULL, &error);
	ck_assert_msg(fixture->run != NULL, "%s", error.text);
}

/* Set up the inspection of the fixture's run. */
static void
prepare(struct fixture *fixture)
{
	struct error error;

	fixture->features = run_features(fixture->run);
	fixture->outputs = run_model(fixture->run)->shape.outputs;
	shake(fixture);
	ck_assert(
		inspection_create(&fixture->inspection, fixture->run, &error));
}

static void
draw_points(struct fixture *fixture, size_t length)
{
	struct random random;

	random_seed(&random, 4, RANDOM_STREAM_DATA);
	fixture->length = length;
	fixture->points = memory_floats(length * fixture->features);
	for (size_t i = 0; i < length * fixture->features; i++)
		fixture->points[i] = random_uniform(&random);
}

static void
add_step(struct fixture *fixture, size_t input, size_t target, bool is_first)
{
	fixture->step = realloc(fixture->step,
		(fixture->steps + 1) * sizeof *fixture->step);
	ck_assert_ptr_nonnull(fixture->step);
	fixture->step[fixture->steps++] = (struct expected){input,
		target < fixture->length ? target : INSPECTION_NONE, is_first};
}

/* List the steps of the framing, as inspection.h defines them. */
static void
list_steps(struct fixture *fixture, bool reads_last)
{
	const struct framing *framing = run_settings(fixture->run)->framing;
	size_t length = fixture->length, n = WINDOW;

	if (framing == &framing_many_to_one) {
		for (size_t w = 0; w + n < length + reads_last; w++)
			for (size_t t = 0; t < n; t++)
				add_step(fixture, w + t,
					t + 1 == n ? w + n : SIZE_MAX, t == 0);
	} else if (framing == &framing_one_to_many) {
		for (size_t i = 0; i + (reads_last ? 0 : n) < length; i++)
			for (size_t t = 0; t < n; t++)
				add_step(fixture, i, i + t + 1, t == 0);
	} else {
		for (size_t i = 0; i + 1 < length + reads_last; i++)
			add_step(fixture, i, i + 1,
				i == 0 || framing == &framing_one_to_one);
	}
}

static void
set(struct fixture *fixture, bool reads_last)
{
	struct error error;

	ck_assert(fixture->tokens != NULL
			? inspection_set_tokens(&fixture->inspection,
				  fixture->tokens, fixture->length, reads_last,
				  &error)
			: inspection_set_points(&fixture->inspection,
				  fixture->points, fixture->length, reads_last,
				  &error));
	list_steps(fixture, reads_last);
}

static void
compute(struct fixture *fixture, struct inspection_config config)
{
	struct error error;

	fixture->no_memory = config.no_memory;
	ck_assert(inspection_compute(&fixture->inspection, &config, &error));
	ck_assert(inspection_is_done(&fixture->inspection));
}

static struct settings
settings_of(int number)
{
	struct settings settings;

	settings_default(&settings);
	settings.task = &task_star;
	settings.seed = 1;
	settings.cell = cell_of(cell_list[number % CELLS]);
	settings.framing =
		(const struct framing *)framing_list[number / CELLS % FRAMINGS];
	settings.window = WINDOW;
	settings.units.layers = 1 + (size_t)(number / CELLS / FRAMINGS % 2);
	settings.units.units[0] = UNITS_MAX;
	settings.units.units[1] = 5;
	return settings;
}

/* Make a case of the loops: cell, framing, layers, and odd or not. */
static void
make(struct fixture *fixture, int number, const struct loss *loss)
{
	struct settings settings = settings_of(number);

	*fixture = (struct fixture){.odd = number >= CASES / 2};
	settings.loss = loss;
	if (fixture->odd && settings.cell != &cell_rnn)
		settings.recurrent_activation = &activation_hard_sigmoid;
	begin(fixture, &settings);
	prepare(fixture);
	draw_points(fixture, POINTS);
}

static void
release(struct fixture *fixture)
{
	inspection_destroy(&fixture->inspection);
	run_destroy(fixture->run);
	free(fixture->points);
	free(fixture->tokens);
	free(fixture->values);
	free(fixture->step);
}

/* ---------------------------------------------------------------------- */
/* The reference */

/* The values of a step of a layer. */
struct record {
	double gates[4 * UNITS_MAX], hidden[UNITS_MAX], cell[UNITS_MAX];
};

struct chain {
	struct reference_step layer[LAYERS_MAX];
	double hidden[LAYERS_MAX][UNITS_MAX], cell[LAYERS_MAX][UNITS_MAX];
	const double *dense;
	size_t layers, top; /* units of the last layer */
};

/* A change of one number of the input of a step. */
struct nudge {
	size_t step, feature;
	double by;
};

/* The results of the reference; each part may be NULL. */
struct results {
	struct record *record; /* [steps, layers] */
	double *prediction;    /* [steps, outputs] */
};

static void
begin_chain(const struct fixture *fixture, struct chain *chain)
{
	const struct model *model = run_model(fixture->run);
	const struct tensor *tensor = model->parameters.tensor;

	memset(chain, 0, sizeof *chain);
	chain->layers = model->shape.layers;
	for (size_t l = 0; l < chain->layers; l++, tensor += 3) {
		chain->layer[l].inputs =
			l == 0 ? fixture->features : model->shape.units[l - 1];
		chain->layer[l].units = model->shape.units[l];
		chain->layer[l].recurrent_activation =
			model->shape.recurrent_activation != NULL
			? model->shape.recurrent_activation
			: &activation_sigmoid;
		chain->layer[l].kernel = fixture->values + tensor[0].offset;
		chain->layer[l].recurrent_kernel =
			fixture->values + tensor[1].offset;
		chain->layer[l].bias = fixture->values + tensor[2].offset;
		chain->top = model->shape.units[l];
	}
	chain->dense = fixture->values + tensor[0].offset;
}

static void
read_input(const struct fixture *fixture, size_t step,
	const struct nudge *nudge, double *input)
{
	size_t at = fixture->step[step].input;

	for (size_t k = 0; k < fixture->features; k++)
		input[k] = fixture->tokens != NULL
			? k == fixture->tokens[at]
			: fixture->points[at * fixture->features + k];
	if (nudge != NULL && nudge->step == step)
		input[nudge->feature] += nudge->by;
}

static double
predict(const struct fixture *fixture, const struct chain *chain, size_t k)
{
	double y = chain->dense[chain->top * fixture->outputs + k];

	for (size_t u = 0; u < chain->top; u++)
		y += chain->hidden[chain->layers - 1][u] *
			chain->dense[u * fixture->outputs + k];
	return y;
}

static double
log_probability(const struct fixture *fixture, const double *scores, size_t k)
{
	double sum = 0;

	for (size_t i = 0; i < fixture->outputs; i++)
		sum += exp(scores[i]);
	return scores[k] - log(sum);
}

/* The loss of a step: mse, mae or crossentropy. */
static double
loss_of(const struct fixture *fixture, size_t step, const double *prediction)
{
	const struct loss *loss = run_settings(fixture->run)->loss;
	size_t at = fixture->step[step].target;
	double sum = 0;

	if (fixture->tokens != NULL)
		return -log_probability(fixture, prediction,
			fixture->tokens[at]);
	for (size_t k = 0; k < fixture->features; k++) {
		double error = prediction[k] -
			fixture->points[at * fixture->features + k];

		sum += loss == &loss_mse ? error * error : fabs(error);
	}
	return sum / (double)fixture->features;
}

/* Return the mean loss, NaN without a target. */
static double
reference(const struct fixture *fixture, const struct nudge *nudge,
	const struct results *results)
{
	double sum = 0, count = 0;
	double *input = memory_new(fixture->features, sizeof *input);
	double *y = memory_new(fixture->outputs, sizeof *y);
	struct chain chain;

	begin_chain(fixture, &chain);
	for (size_t i = 0; i < fixture->steps; i++) {
		if (fixture->step[i].is_first || fixture->no_memory) {
			memset(chain.hidden, 0, sizeof chain.hidden);
			memset(chain.cell, 0, sizeof chain.cell);
		}
		read_input(fixture, i, nudge, input);
		for (size_t l = 0; l < chain.layers; l++) {
			struct record *record;

			reference_step(&chain.layer[l],
				run_model(fixture->run)->shape.cell,
				l == 0 ? input : chain.hidden[l - 1],
				chain.hidden[l], chain.cell[l]);
			if (results == NULL || results->record == NULL)
				continue;
			record = &results->record[i * chain.layers + l];
			memcpy(record->gates, chain.layer[l].gates,
				sizeof record->gates);
			memcpy(record->hidden, chain.hidden[l],
				sizeof record->hidden);
			memcpy(record->cell, chain.cell[l],
				sizeof record->cell);
		}
		for (size_t k = 0; k < fixture->outputs; k++)
			y[k] = predict(fixture, &chain, k);
		if (results != NULL && results->prediction != NULL)
			memcpy(results->prediction + i * fixture->outputs, y,
				fixture->outputs * sizeof *y);
		if (fixture->step[i].target != INSPECTION_NONE) {
			sum += loss_of(fixture, i, y);
			count++;
		}
	}
	free(input);
	free(y);
	return sum / count;
}

static double *
predictions(const struct fixture *fixture, const struct nudge *nudge)
{
	double *prediction = memory_new(fixture->steps * fixture->outputs,
		sizeof *prediction);

	reference(fixture, nudge, &(struct results){.prediction = prediction});
	return prediction;
}

/* Return the values of a view in a record: a gate in Keras's order, h or c. */
static const double *
find_view(const struct record *record, const struct cell *cell,
	const char *view, size_t units)
{
	const char *gates = cell == &cell_lstm ? "ifgo" : "zrg";

	if (strcmp(view, "h") == 0)
		return record->hidden;
	if (strcmp(view, "c") == 0)
		return record->cell;
	EXPECT(strchr(gates, view[0]) != NULL, "view %s", view);
	return record->gates + (size_t)(strchr(gates, view[0]) - gates) * units;
}

/* ---------------------------------------------------------------------- */

/* The tolerance is relative to values above 1. */
static void
expect_near(double value, double expected, double tolerance, const char *what,
	size_t at)
{
	if (!(fabs(value - expected) <= tolerance * fmax(1, fabs(expected))))
		ck_abort_msg("%s %zu: %.9g for %.9g", what, at, value,
			expected);
}

static double
tolerance_of(const struct fixture *fixture)
{
	return fixture->is_coarse ? 20 * TOLERANCE : TOLERANCE;
}

static void
expect_steps(const struct fixture *fixture)
{
	const struct inspection *inspection = &fixture->inspection;
	size_t predicted = 0;

	ck_assert_uint_eq(inspection->steps, fixture->steps);
	for (size_t i = 0; i < fixture->steps; i++) {
		const struct expected *step = &fixture->step[i];

		EXPECT(inspection->step[i].input == step->input, "input %zu",
			i);
		EXPECT(inspection->step[i].target == step->target, "target %zu",
			i);
		EXPECT(inspection->step[i].is_first == step->is_first,
			"is_first %zu", i);
		EXPECT(inspection->step[i].from_zero ==
				(step->is_first || fixture->no_memory),
			"from_zero %zu", i);
		predicted += step->target != INSPECTION_NONE;
	}
	ck_assert_uint_eq(inspection->predicted, predicted);
}

/* The views of all layers at all steps. */
static void
expect_views(const struct fixture *fixture, const struct record *records)
{
	const struct model_shape *shape = &run_model(fixture->run)->shape;
	const struct cell *cell = shape->cell;

	for (size_t i = 0; i < fixture->steps; i++)
		for (size_t l = 0; l < shape->layers; l++)
			for (size_t v = 0; cell->views[v].name != NULL; v++) {
				const double *expected =
					find_view(&records[i * shape->layers +
							  l],
						cell, cell->views[v].name,
						shape->units[l]);
				const float *values =
					inspection_values(&fixture->inspection,
						l, v, i);

				for (size_t u = 0; u < shape->units[l]; u++)
					expect_near(values[u], expected[u],
						tolerance_of(fixture),
						cell->views[v].name, i);
			}
}

static void
expect_outputs(const struct fixture *fixture, const double *prediction)
{
	const struct inspection *inspection = &fixture->inspection;

	for (size_t i = 0; i < fixture->steps; i++) {
		const double *y = prediction + i * fixture->outputs;
		const float *output = inspection_output(inspection, i);

		for (size_t k = 0; k < fixture->outputs; k++)
			expect_near(output[k],
				fixture->tokens == NULL
					? y[k]
					: exp(log_probability(fixture, y, k)),
				tolerance_of(fixture), "output", i);
		if (fixture->step[i].target == INSPECTION_NONE)
			EXPECT(isnan(inspection_loss(inspection, i)),
				"the loss without a target %zu", i);
		else
			expect_near(inspection_loss(inspection, i),
				loss_of(fixture, i, y), tolerance_of(fixture),
				"loss", i);
	}
}

static void
expect_values(const struct fixture *fixture)
{
	struct results results = {
		.record = memory_new(fixture->steps * LAYERS_MAX,
			sizeof *results.record),
		.prediction = memory_new(fixture->steps * fixture->outputs,
			sizeof *results.prediction),
	};
	double loss = reference(fixture, NULL, &results);

	expect_steps(fixture);
	expect_views(fixture, results.record);
	expect_outputs(fixture, results.prediction);
	if (isnan(loss))
		ck_assert(isnan(inspection_mean_loss(&fixture->inspection)));
	else
		expect_near(inspection_mean_loss(&fixture->inspection), loss,
			tolerance_of(fixture), "mean loss", 0);
	free(results.record);
	free(results.prediction);
}

/* An even case reads all but the last points, an odd one all. */
START_TEST(values_agree_with_the_reference)
{
	struct fixture fixture;

	make(&fixture, _i, &loss_mae);
	set(&fixture, fixture.odd);
	compute(&fixture, (struct inspection_config){0});
	expect_values(&fixture);
	ck_assert_ptr_null(fixture.inspection.gradient);
	ck_assert_ptr_null(fixture.inspection.connectivity);
	release(&fixture);
}
END_TEST

START_TEST(without_memory_each_step_starts_from_zero)
{
	struct fixture fixture;

	make(&fixture, _i, &loss_mse);
	set(&fixture, fixture.odd);
	compute(&fixture, (struct inspection_config){.no_memory = true});
	expect_values(&fixture);
	/* and with memory again */
	compute(&fixture, (struct inspection_config){0});
	expect_values(&fixture);
	release(&fixture);
}
END_TEST

/* Points of the sequence are inputs and targets of the steps. */
START_TEST(a_step_has_its_input_and_its_target)
{
	struct fixture fixture;

	make(&fixture, _i, &loss_mse);
	set(&fixture, fixture.odd);
	for (size_t i = 0; i < fixture.steps; i++) {
		const struct expected *step = &fixture.step[i];
		const float *target = inspection_target(&fixture.inspection, i);

		ck_assert_mem_eq(inspection_input(&fixture.inspection, i),
			fixture.points + step->input * fixture.features,
			fixture.features * sizeof(float));
		if (step->target == INSPECTION_NONE)
			ck_assert_ptr_null(target);
		else
			ck_assert_mem_eq(target,
				fixture.points +
					step->target * fixture.features,
				fixture.features * sizeof(float));
	}
	release(&fixture);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Gradients */

/* Return the derivative of the reference's loss by a value. */
static double
slope_of(struct fixture *fixture, size_t at)
{
	const double step = 1e-5, value = fixture->values[at];
	double above, below;

	fixture->values[at] = value + step;
	above = reference(fixture, NULL, NULL);
	fixture->values[at] = value - step;
	below = reference(fixture, NULL, NULL);
	fixture->values[at] = value;
	return (above - below) / (2 * step);
}

/* Expect the gradients of every stride-th parameter, and the measures. */
static void
expect_gradient(struct fixture *fixture)
{
	const struct inspection *inspection = &fixture->inspection;
	const struct parameters *parameters = &inspection->model.parameters;
	size_t stride = parameters->total / 40 + 1;

	for (size_t i = 0; i < parameters->tensors; i++) {
		const struct tensor *tensor = &parameters->tensor[i];
		struct inspection_gradient measure =
			inspection_measure(inspection, i);
		double squares = 0;
		size_t zeros = 0;

		for (size_t k = 0; k < tensor->size; k++) {
			float gradient =
				inspection->gradient[tensor->offset + k];

			if (k % stride == 0)
				expect_near(gradient,
					slope_of(fixture, tensor->offset + k),
					TOLERANCE, tensor->name, k);
			squares += (double)gradient * gradient;
			zeros += gradient == 0.0f;
		}
		expect_near(measure.norm, sqrt(squares), TOLERANCE,
			tensor->name, i);
		ck_assert_uint_eq(measure.zeros, zeros);
	}
}

/* An odd case is one without memory. */
START_TEST(the_gradient_is_that_of_the_mean_loss)
{
	struct fixture fixture;

	make(&fixture, _i, &loss_mse);
	set(&fixture, fixture.odd);
	compute(&fixture,
		(struct inspection_config){.no_memory = fixture.odd,
			.has_gradient = true});
	expect_values(&fixture);
	expect_gradient(&fixture);
	/* it does not add to the gradient of the last time */
	compute(&fixture,
		(struct inspection_config){.no_memory = fixture.odd,
			.has_gradient = true});
	expect_gradient(&fixture);
	release(&fixture);
}
END_TEST

/* The 430 parameters of the lesson that do not learn, and all that do. */
START_TEST(the_gradient_counts_exact_zeros)
{
	static const size_t zeros[] = {20, 400, 10, 0, 0};
	struct settings settings;
	struct fixture fixture = {0};

	settings_default(&settings);
	settings.seed = 1;
	settings.framing = _i == 0 ? &framing_one_to_one : &framing_sequence;
	begin(&fixture, &settings);
	prepare(&fixture);
	draw_points(&fixture, 4);
	set(&fixture, false);
	compute(&fixture,
		(struct inspection_config){.has_gradient = true,
			.no_memory = _i == 2});
	for (size_t i = 0; i < 5; i++)
		ck_assert_uint_eq(inspection_measure(&fixture.inspection, i)
					  .zeros,
			_i == 1 ? 0 : zeros[i]);
	release(&fixture);
}
END_TEST

START_TEST(without_a_target_the_gradient_is_zero)
{
	struct fixture fixture;

	make(&fixture, 0, &loss_mse);
	fixture.length = 1;
	set(&fixture, true);
	compute(&fixture, (struct inspection_config){.has_gradient = true});
	expect_values(&fixture);
	for (size_t i = 0; i < fixture.inspection.model.parameters.total; i++)
		EXPECT(fixture.inspection.gradient[i] == 0.0f, "gradient %zu",
			i);
	release(&fixture);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Connectivity */

/*
 * The derivative of output k of a step by a number of the input of another; of
 * a text, of the logarithm of the next token's probability.
 */
static double
difference(const struct fixture *fixture, size_t step, size_t k,
	const struct nudge *nudge, const double *above, const double *below)
{
	const double *high = above + step * fixture->outputs;
	const double *low = below + step * fixture->outputs;
	size_t target = fixture->step[step].target, next = 0;

	if (fixture->tokens == NULL)
		return (high[k] - low[k]) / (2 * nudge->by);
	for (size_t i = 0; i < fixture->outputs; i++)
		if (high[i] > high[next])
			next = i;
	if (target != INSPECTION_NONE)
		next = fixture->tokens[target];
	return (log_probability(fixture, high, next) -
		       log_probability(fixture, low, next)) /
		(2 * nudge->by);
}

/* Expect steps [first, first + count); place[step]: of output k. */
static void
expect_connectivity(const struct fixture *fixture, size_t first, size_t count,
	size_t place)
{
	size_t outputs = fixture->tokens != NULL ? 1 : fixture->features;
	double *squares = memory_new(count * count, sizeof *squares);

	ck_assert_uint_eq(fixture->inspection.config.connected, count);
	for (size_t s = 0; s < count; s++)
		for (size_t f = 0; f < fixture->features; f++) {
			struct nudge nudge = {first + s, f, -1e-5};
			double *below = predictions(fixture, &nudge), *above;

			nudge.by = 1e-5;
			above = predictions(fixture, &nudge);
			for (size_t t = 0; t < count; t++)
				for (size_t k = 0; k < outputs; k++)
					squares[t * count + s] +=
						pow(difference(fixture,
							    first + t,
							    place + k, &nudge,
							    above, below),
							2);
			free(below);
			free(above);
		}
	for (size_t i = 0; i < count * count; i++)
		expect_near(fixture->inspection.connectivity[i],
			sqrt(squares[i]), 5e-6, "connection", i);
	free(squares);
}

/* Whether the output of step t can depend on the input of step s. */
static bool
is_connected(const struct fixture *fixture, size_t t, size_t s)
{
	if (s > t)
		return false;
	for (; t > s; t--)
		if (fixture->step[t].is_first || fixture->no_memory)
			return false;
	return true;
}

static void
expect_triangles(const struct fixture *fixture)
{
	size_t count = fixture->steps;

	for (size_t t = 0; t < count; t++)
		for (size_t s = 0; s < count; s++)
			EXPECT((fixture->inspection
					       .connectivity[t * count + s] !=
				       0.0f) == is_connected(fixture, t, s),
				"connection of %zu by %zu", t, s);
}

START_TEST(the_connectivity_is_the_norm_of_the_derivatives)
{
	struct fixture fixture;

	make(&fixture, _i, &loss_mse);
	set(&fixture, true);
	compute(&fixture,
		(struct inspection_config){.no_memory = fixture.odd,
			.connected = fixture.steps});
	expect_values(&fixture);
	expect_connectivity(&fixture, 0, fixture.steps, 0);
	expect_triangles(&fixture);
	release(&fixture);
}
END_TEST

/* A window begins in the middle of a stretch, and ends with the sequence. */
START_TEST(the_connectivity_has_a_window)
{
	struct fixture fixture;

	make(&fixture, _i, &loss_mse);
	set(&fixture, false);
	compute(&fixture,
		(struct inspection_config){.connected_first = 2,
			.connected = 3});
	expect_connectivity(&fixture, 2, 3, 0);
	compute(&fixture,
		(struct inspection_config){.connected_first = fixture.steps - 2,
			.connected = 99,
			.has_gradient = true});
	expect_connectivity(&fixture, fixture.steps - 2, 2, 0);
	expect_gradient(&fixture);
	compute(&fixture,
		(struct inspection_config){.connected_first = fixture.steps,
			.connected = 1});
	ck_assert_uint_eq(fixture.inspection.config.connected, 0);
	release(&fixture);
}
END_TEST

/* The parts of a long sequence are computed one after the other. */
START_TEST(a_long_sequence_is_computed_in_parts)
{
	struct fixture fixture;
	size_t parts = 0;
	struct error error;

	make(&fixture, _i, &loss_mse);
	fixture.is_coarse = true;
	free(fixture.points);
	draw_points(&fixture, 1100);
	set(&fixture, false);
	ck_assert(inspection_begin(&fixture.inspection,
		&(struct inspection_config){.connected_first = 901,
			.connected = 3},
		&error));
	for (; !inspection_is_done(&fixture.inspection); parts++)
		ck_assert_uint_gt(inspection_advance(&fixture.inspection), 0);
	ck_assert_uint_gt(parts, 2);
	expect_values(&fixture);
	expect_connectivity(&fixture, 901, 3, 0);
	release(&fixture);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Mixtures */

/* The place of the likeliest component's mean at a step. */
static size_t
likeliest_mean(const struct fixture *fixture, const double *y)
{
	size_t mixtures = (size_t)run_settings(fixture->run)->mixtures;
	size_t best = 0;

	for (size_t j = 1; j < mixtures; j++)
		if (y[j] > y[best])
			best = j;
	return mixtures + best * fixture->features;
}

START_TEST(the_output_of_a_mixture_is_what_generation_takes)
{
	struct settings settings = settings_of(0);
	struct fixture fixture = {0};
	struct generator generator;
	float points[2][2] = {{0}};
	struct error error;
	double *y;

	settings.loss = &loss_mixture;
	settings.mixtures = 4;
	begin(&fixture, &settings);
	prepare(&fixture);
	draw_points(&fixture, POINTS);
	set(&fixture, false);
	compute(&fixture,
		(struct inspection_config){.connected = fixture.steps,
			.has_gradient = true});
	ck_assert(generator_create(&generator, fixture.run, 1, &error));
	generator.temperature = 0;
	y = predictions(&fixture, NULL);
	for (size_t i = 0; i < fixture.steps; i++) {
		const float *output = inspection_output(&fixture.inspection, i);
		size_t place =
			likeliest_mean(&fixture, y + i * fixture.outputs);

		memcpy(points[0], inspection_input(&fixture.inspection, i),
			sizeof points[0]);
		generator_draw(&generator, 2, points[0]);
		ck_assert_mem_eq(output, points[1], sizeof points[1]);
		expect_near(output[1], y[i * fixture.outputs + place + 1],
			TOLERANCE, "output", i);
		compute(&fixture,
			(struct inspection_config){.connected_first = i,
				.connected = 1});
		expect_connectivity(&fixture, i, 1, place);
	}
	free(y);
	generator_destroy(&generator);
	release(&fixture);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Texts */

static char folder[FOLDER_PATH_SIZE];

static void
make_folder(void)
{
	folder_new(folder);
}

/* A text with lines of different lengths, among them an empty one. */
static const char text[] = "to be\nor not to be\n\nthat is it\nto";

/* Make a case of texts whose state is reset at each line. */
static void
make_text(struct fixture *fixture, int number, const char *read)
{
	struct settings settings = settings_of(number);
	struct error error;

	*fixture = (struct fixture){.odd = number >= CASES / 2};
	settings.task = &task_text;
	settings.loss = &loss_crossentropy;
	settings.validation = 0;
	settings.reset_at = &reset_line;
	folder_join(settings.data, folder, "text.txt");
	file_write_text(settings.data, text);
	begin(fixture, &settings);
	prepare(fixture);
	fixture->tokens = memory_new(strlen(read), sizeof *fixture->tokens);
	ck_assert(text_tokens(run_vocabulary(fixture->run), read,
		fixture->tokens, &fixture->length, &error));
}

/* Set the text, whose state is reset after each line end in `sequence`. */
static void
set_text(struct fixture *fixture, const char *read, bool reads_last)
{
	set(fixture, reads_last);
	for (size_t i = 1; i < fixture->steps &&
		run_settings(fixture->run)->framing->carries_state;
		i++)
		fixture->step[i].is_first |= read[i - 1] == '\n';
}

START_TEST(a_text_agrees_with_the_reference)
{
	struct fixture fixture;

	make_text(&fixture, _i, text);
	set_text(&fixture, text, fixture.odd);
	compute(&fixture, (struct inspection_config){.has_gradient = true});
	expect_values(&fixture);
	expect_gradient(&fixture);
	for (size_t i = 0; i < fixture.steps; i++) {
		size_t target = fixture.step[i].target;

		EXPECT(inspection_input_token(&fixture.inspection, i) ==
				fixture.tokens[fixture.step[i].input],
			"input token %zu", i);
		EXPECT(inspection_target_token(&fixture.inspection, i) ==
				(target == INSPECTION_NONE
						? UINT32_MAX
						: fixture.tokens[target]),
			"target token %zu", i);
	}
	release(&fixture);
}
END_TEST

START_TEST(the_connectivity_of_a_text_is_that_of_the_next_token)
{
	static const char read[] = "or\nto";
	struct fixture fixture;

	make_text(&fixture, _i, read);
	set_text(&fixture, read, true);
	compute(&fixture,
		(struct inspection_config){.connected = fixture.steps,
			.no_memory = fixture.odd});
	expect_values(&fixture);
	expect_connectivity(&fixture, 0, fixture.steps, 0);
	expect_triangles(&fixture);
	release(&fixture);
}
END_TEST

/* A text that is shorter than a window is one window. */
START_TEST(a_text_may_be_shorter_than_a_window)
{
	struct fixture fixture;

	make_text(&fixture, 2 * CELLS, "to");
	ck_assert_ptr_eq(run_settings(fixture.run)->framing,
		&framing_many_to_one);
	set(&fixture, true);
	ck_assert_uint_eq(fixture.steps, 0);
	add_step(&fixture, 0, SIZE_MAX, true);
	add_step(&fixture, 1, SIZE_MAX, false);
	compute(&fixture, (struct inspection_config){.connected = 2});
	expect_values(&fixture);
	expect_connectivity(&fixture, 0, 2, 0);
	release(&fixture);
}
END_TEST

/* ---------------------------------------------------------------------- */
/* Beside training */

enum { UPDATES = 30 };

static void
advance(struct run *run, uint64_t updates, uint64_t work)
{
	struct error error;
	enum run_status status = run_advance(run, updates, work, &error);

	ck_assert(status == RUN_GOES_ON || status == RUN_REACHED);
}

START_TEST(an_inspection_changes_no_bit_of_a_run)
{
	struct settings settings = settings_of(_i);
	struct fixture watched = {0}, alone = {0};
	struct error error;

	begin(&watched, &settings);
	begin(&alone, &settings);
	prepare(&watched);
	prepare(&alone);
	draw_points(&watched, POINTS);
	set(&watched, false);
	/* slices end inside updates */
	while (run_updates(watched.run) < UPDATES) {
		advance(watched.run, UPDATES, 20000);
		ck_assert(inspection_compute(&watched.inspection,
			&(struct inspection_config){.has_gradient = true,
				.connected = watched.steps},
			&error));
	}
	while (run_updates(alone.run) < UPDATES)
		advance(alone.run, UPDATES, 20000);
	ck_assert(run_state_equals(run_get_state(watched.run),
		run_get_state(alone.run)));
	release(&watched);
	release(&alone);
}
END_TEST

START_TEST(an_inspection_has_the_weights_of_its_beginning)
{
	struct fixture fixture;
	struct error error;

	make(&fixture, _i, &loss_mse);
	set(&fixture, false);
	ck_assert(inspection_begin(&fixture.inspection,
		&(struct inspection_config){.has_gradient = true,
			.connected = fixture.steps},
		&error));
	while (!inspection_is_done(&fixture.inspection)) {
		advance(fixture.run, run_updates(fixture.run) + 1, UINT64_MAX);
		inspection_advance(&fixture.inspection);
	}
	expect_values(&fixture);
	expect_gradient(&fixture);
	expect_connectivity(&fixture, 0, fixture.steps, 0);
	/* and the next one has the present ones */
	compute(&fixture, (struct inspection_config){0});
	ck_assert_mem_eq(fixture.inspection.model.values,
		run_model(fixture.run)->values,
		run_model(fixture.run)->parameters.packed_total *
			sizeof(float));
	release(&fixture);
}
END_TEST

/* Another sequence takes the place of the first. */
START_TEST(a_sequence_replaces_another)
{
	struct fixture fixture;

	make(&fixture, _i, &loss_mse);
	set(&fixture, false);
	compute(&fixture,
		(struct inspection_config){.has_gradient = true,
			.connected = fixture.steps});
	free(fixture.points);
	fixture.steps = 0;
	draw_points(&fixture, POINTS + 2);
	set(&fixture, true);
	ck_assert_ptr_null(fixture.inspection.gradient);
	ck_assert_ptr_null(fixture.inspection.connectivity);
	compute(&fixture,
		(struct inspection_config){.has_gradient = true,
			.connected = fixture.steps});
	expect_values(&fixture);
	expect_gradient(&fixture);
	expect_connectivity(&fixture, 0, fixture.steps, 0);
	release(&fixture);
}
END_TEST

START_TEST(a_view_is_found_by_its_name)
{
	struct fixture fixture;

	make(&fixture, 0, &loss_mse);
	ck_assert_uint_eq(inspection_view(&fixture.inspection, "i"), 0);
	ck_assert_uint_eq(inspection_view(&fixture.inspection, "h"), 5);
	ck_assert_uint_eq(inspection_view(&fixture.inspection, "z"), 6);
	ck_assert_uint_eq(fixture.inspection.views, 6);
	release(&fixture);
}
END_TEST

static Suite *
inspect_suite(void)
{
	Suite *suite = suite_create("inspect");
	TCase *group = suite_group(suite, "values", SUITE_SECONDS);

	suite_add_loop(group, values_agree_with_the_reference, 0, CASES);
	suite_add_loop(group, without_memory_each_step_starts_from_zero, 0,
		CASES);
	suite_add_loop(group, a_step_has_its_input_and_its_target, 0, CASES);
	suite_add_loop(group, a_long_sequence_is_computed_in_parts, 0,
		CELLS * FRAMINGS);
	tcase_add_test(group, the_output_of_a_mixture_is_what_generation_takes);
	tcase_add_test(group, a_view_is_found_by_its_name);

	group = suite_group(suite, "derivatives", SUITE_SECONDS);
	suite_add_loop(group, the_gradient_is_that_of_the_mean_loss, 0, CASES);
	suite_add_loop(group, the_gradient_counts_exact_zeros, 0, 3);
	tcase_add_test(group, without_a_target_the_gradient_is_zero);
	suite_add_loop(group, the_connectivity_is_the_norm_of_the_derivatives,
		0, CASES);
	suite_add_loop(group, the_connectivity_has_a_window, 0, CASES / 2);

	group = suite_group(suite, "texts", SUITE_SECONDS);
	tcase_add_unchecked_fixture(group, folder_setup, folder_teardown);
	tcase_add_checked_fixture(group, make_folder, NULL);
	suite_add_loop(group, a_text_agrees_with_the_reference, 0, CASES);
	suite_add_loop(group,
		the_connectivity_of_a_text_is_that_of_the_next_token, 0, CASES);
	tcase_add_test(group, a_text_may_be_shorter_than_a_window);

	group = suite_group(suite, "training", SUITE_SECONDS);
	suite_add_loop(group, an_inspection_changes_no_bit_of_a_run, 0,
		CELLS * FRAMINGS);
	suite_add_loop(group, an_inspection_has_the_weights_of_its_beginning, 0,
		CELLS * FRAMINGS);
	suite_add_loop(group, a_sequence_replaces_another, 0, CELLS * FRAMINGS);
	return suite;
}

int
main(void)
{
	/* only one kernel, as in check_gradient */
#ifdef __SANITIZE_ADDRESS__
	return suite_run(inspect_suite());
#else
	return suite_run_kernels(inspect_suite);
#endif
}
