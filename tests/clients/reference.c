/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Print the predictions of a model, as the reference for other software that
 * loads an export of it: reference NAME MODEL. The output is a JSON object:
 *
 *   name, task, framing, window, cell, units, features, outputs, is_text, loss,
 *   recurrent_activation
 *   scaling    {"offset": [features], "factor": [features]}, or null
 *   tolerance  of the largest difference
 *   cases      [{"input": [B][T][features], "output": [B][T'][outputs]}, ...]
 *
 * An input is what the network sees: scaled numbers, or one-hot rows of a text.
 * An output is that of the dense layer in the same units, for a mixture its
 * parameters before they are limited, and for a text the probabilities. All
 * sequences start from zero state. In many-to-one, T is the window and T' is 1;
 * in one-to-many, T is 1 and T' is the window.
 */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "core/context.h"
#include "core/pass.h"
#include "core/random.h"
#include "run/run_view.h"
#include "run/settings_json.h"
#include "session/model_file.h"

/* Samples of a case and, if the framing has no window, steps. */
static const struct {
	size_t samples, steps;
} sizes[] = {{1, 4}, {3, 7}, {2, 1}};

/*
 * Single layers agree to 1e-5; a second one amplifies what the first one's
 * rounding differs.
 */
#define TOLERANCE 1e-5
#define TOLERANCE_OF_LAYERS 2e-5

struct reference {
	const struct run *run;
	const struct model *model;
	const struct framing *framing;
	size_t window, features, outputs;
	struct random random;
};

static json_t *
list_of(const double *values, size_t count)
{
	json_t *list = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, json_real(values[i]));
	return list;
}

static json_t *
row_of(const float *values, size_t count)
{
	json_t *list = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, json_real((double)values[i]));
	return list;
}

static json_t *
softmax(const float *scores, size_t count)
{
	double max = -INFINITY, sum = 0;
	json_t *list = json_array();

	for (size_t i = 0; i < count; i++)
		max = fmax(max, (double)scores[i]);
	for (size_t i = 0; i < count; i++)
		sum += exp((double)scores[i] - max);
	for (size_t i = 0; i < count; i++)
		json_array_append_new(list,
			json_real(exp((double)scores[i] - max) / sum));
	return list;
}

/* Draw a point: a random token, or numbers in the range of scaled data. */
static void
draw_input(struct reference *reference, float *input, uint32_t *token)
{
	size_t features = reference->features;

	if (run_task(reference->run)->is_text) {
		*token = (uint32_t)(random_uniform(&reference->random) *
			(float)features);
		memset(input, 0, features * sizeof *input);
		input[*token] = 1;
		return;
	}
	for (size_t f = 0; f < features; f++)
		input[f] = 2 * random_uniform(&reference->random) - 1;
}

/*
 * Return [samples][steps] rows of values[all steps, samples, width], from the
 * step `first` on.
 */
static json_t *
rows_of(const float *values, size_t first, size_t steps, size_t samples,
	size_t width, json_t *(*row)(const float *values, size_t count))
{
	json_t *list = json_array();

	for (size_t s = 0; s < samples; s++) {
		json_t *sample = json_array();

		for (size_t t = first; t < first + steps; t++)
			json_array_append_new(sample,
				row(values + (t * samples + s) * width, width));
		json_array_append_new(list, sample);
	}
	return list;
}

/* Run the model over a case. Return NULL if out of memory. */
static json_t *
compute(struct reference *reference, size_t samples, size_t steps,
	struct error *error)
{
	const struct framing *framing = reference->framing;
	bool is_text = run_task(reference->run)->is_text;
	size_t features = reference->features, given;
	float *inputs = NULL;
	uint32_t *tokens = NULL;
	struct pass pass;
	json_t *value;

	if (framing_has_window(framing))
		steps = reference->window;
	else if (!framing->carries_state)
		steps = 1;
	given = framing->writes_window ? 1 : steps;
	inputs = memory_floats(steps * samples * features);
	tokens = memory_new(steps * samples, sizeof *tokens);
	if (inputs == NULL || tokens == NULL ||
		!pass_create(&pass, reference->model, steps, samples, false,
			error)) {
		free(inputs);
		free(tokens);
		return NULL;
	}
	for (size_t i = 0; i < steps * samples; i++)
		if (i < given * samples)
			draw_input(reference, inputs + i * features,
				tokens + i);
		else /* the point is repeated at each step */
			tokens[i] = tokens[i - samples];
	for (size_t i = given * samples * features;
		i < steps * samples * features; i++)
		inputs[i] = inputs[i - samples * features];
	if (is_text)
		pass_predict_tokens(&pass, steps, samples, tokens);
	else
		pass_predict(&pass, steps, samples, inputs);
	value = json_pack("{s: o, s: o}", "input",
		rows_of(inputs, 0, given, samples, features, row_of), "output",
		rows_of(pass.predictions, framing->reads_window ? steps - 1 : 0,
			framing->reads_window ? 1 : steps, samples,
			reference->outputs, is_text ? softmax : row_of));
	pass_destroy(&pass);
	free(inputs);
	free(tokens);
	return value;
}

static json_t *
describe(const struct run *run, const char *name)
{
	const struct settings *settings = run_settings(run);
	const struct scaling *scaling = run_scaling(run);
	size_t layers = run_model(run)->shape.layers;
	json_t *scales = scaling->features == 0
		? json_null()
		: json_pack("{s: o, s: o}", "offset",
			  list_of(scaling->offset, scaling->features), "factor",
			  list_of(scaling->factor, scaling->features));

	return json_pack("{s: s, s: s, s: s, s: I, s: s, s: o, s: I, s: I, "
			 "s: b, s: s, s: s, s: o, s: f, s: []}",
		"name", name, "task", run_task(run)->kind.name, "framing",
		settings->framing->kind.name, "window",
		(json_int_t)settings->window, "cell", settings->cell->kind.name,
		"units", settings_json(settings, &setting_units), "features",
		(json_int_t)run_features(run), "outputs",
		(json_int_t)run_model(run)->shape.outputs, "is_text",
		run_task(run)->is_text, "loss", settings->loss->kind.name,
		"recurrent_activation",
		settings->recurrent_activation->kind.name, "scaling", scales,
		"tolerance", layers > 1 ? TOLERANCE_OF_LAYERS : TOLERANCE,
		"cases");
}

static bool
print_reference(const struct run *run, const char *name, struct error *error)
{
	struct framing_config framing = settings_framing(run_settings(run));
	struct reference reference = {
		.run = run,
		.model = run_model(run),
		.framing = framing.framing,
		.window = framing.window,
		.features = run_features(run),
		.outputs = run_model(run)->shape.outputs,
	};
	json_t *object = describe(run, name);
	json_t *cases = json_object_get(object, "cases");
	bool good = object != NULL;

	random_seed(&reference.random, 1, RANDOM_STREAM_EVALUATE);
	for (size_t i = 0; good && i < sizeof sizes / sizeof sizes[0]; i++)
		good = json_array_append_new(cases,
			       compute(&reference, sizes[i].samples,
				       sizes[i].steps, error)) == 0;
	good = good &&
		json_dumpf(object, stdout,
			JSON_COMPACT | JSON_REAL_PRECISION(17)) == 0;
	json_decref(object);
	return good && fflush(stdout) == 0;
}

int
main(int argc, char **argv)
{
	struct context context;
	struct error error = {.text = "reference: NAME MODEL"};
	struct run *run = NULL;
	bool good = false;

	if (argc == 3 && context_create(&context, NULL, 1, &error)) {
		run = model_file_open(&context, argv[2], &error);
		good = run != NULL && print_reference(run, argv[1], &error);
		run_destroy(run);
		context_destroy(&context);
	}
	if (!good)
		fprintf(stderr, "reference: %s\n", error.text);
	return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
