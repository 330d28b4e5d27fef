/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/microscope_result.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum {
	FLOATS_MAX = 1 << 22, /* of the values of all characters, on a side */
	CHARACTERS_MIN = 200
};

/* Multiply-adds of a side: both take about a second. */
#define WORK_MAX 2e9

bool
microscope_result_create(struct microscope_result *result,
	const struct run *run, struct error *error)
{
	*result = (struct microscope_result){
		.back_at = SIZE_MAX,
		.has_memory =
			framing_has_memory(settings_framing(run_settings(run))),
	};
	return inspection_create(&result->inspection, run, error) &&
		inspection_create(&result->other, run, error);
}

/* Release all but the inspection. */
static void
clear(struct microscope_result *result)
{
	text_excerpt_destroy(&result->excerpt);
	free(result->step);
	result->step = NULL;
	for (size_t l = 0; l < MODEL_LAYERS_MAX; l++) {
		free(result->state[l]);
		free(result->unit[l]);
		result->state[l] = NULL;
		result->unit[l] = NULL;
	}
	result->back_at = SIZE_MAX;
	result->backs = 0;
}

void
microscope_result_destroy(struct microscope_result *result)
{
	clear(result);
	inspection_destroy(&result->inspection);
	inspection_destroy(&result->other);
}

size_t
microscope_result_max(const struct run *run)
{
	const struct model *model = run_model(run);
	size_t steps = framing_steps(settings_framing(run_settings(run)));
	double floats = (double)run_features(run), max;

	for (size_t l = 0; l < model->shape.layers; l++) {
		floats += (double)model->shape.units[l];
		for (size_t v = 0; model->shape.cell->views[v].name != NULL;
			v++)
			floats += (double)model->shape.units[l];
	}
	max = fmin(FLOATS_MAX / (floats * (double)steps),
		WORK_MAX / ((double)model->parameters.total * (double)steps));
	return max > MICROSCOPE_MAX    ? MICROSCOPE_MAX
		: max < CHARACTERS_MIN ? CHARACTERS_MIN
				       : (size_t)max;
}

static bool
allocate(struct microscope_result *result, struct error *error)
{
	const struct model_shape *shape = &result->inspection.model.shape;
	size_t all = result->excerpt.first + result->excerpt.count, size;

	result->step = memory_new(all, sizeof *result->step);
	if (result->step == NULL)
		return error_out_of_memory(error);
	for (size_t l = 0; l < shape->layers; l++) {
		if (memory_product(shape->units[l], result->excerpt.count,
			    &size))
			result->state[l] = memory_floats(size);
		result->unit[l] =
			memory_new(shape->units[l], sizeof *result->unit[l]);
		if (result->state[l] == NULL || result->unit[l] == NULL)
			return error_out_of_memory(error);
	}
	return true;
}

bool
microscope_result_begin(struct microscope_result *result, const struct run *run,
	const struct text_excerpt *excerpt, struct error *error)
{
	struct inspection_config config = {.no_memory = result->no_memory};
	struct inspection_config other = {.no_memory = !result->no_memory};
	size_t max = microscope_result_max(run);

	clear(result);
	result->updates = run_updates(run);
	/* only the model's own text may be longer: its end is shown */
	if (!text_excerpt_of_tokens(&result->excerpt, excerpt->token,
		    excerpt->first + excerpt->count, excerpt->first + max,
		    error))
		return false;
	result->excerpt.is_cut |= excerpt->is_cut;
	result->excerpt.first = excerpt->first;
	result->excerpt.count -= excerpt->first;
	return inspection_set_tokens(&result->inspection, result->excerpt.token,
		       excerpt->first + result->excerpt.count, true, error) &&
		allocate(result, error) &&
		inspection_begin(&result->inspection, &config, error) &&
		(!result->has_memory ||
			(inspection_set_same(&result->other,
				 &result->inspection, error) &&
				inspection_begin(&result->other, &other,
					error)));
}

/* The mean surprise of the characters that were predicted, on a side. */
static double
mean_surprise(const struct microscope_result *result,
	const struct inspection *inspection)
{
	double sum = 0;
	size_t count = 0;

	for (size_t at = 0; at < result->excerpt.count; at++) {
		size_t step = microscope_step(result, at);

		if (step == INSPECTION_NONE)
			continue;
		sum += inspection_loss(inspection, step) / log(2);
		count++;
	}
	return count > 0 ? sum / (double)count : (double)NAN;
}

bool
microscope_result_measure(struct microscope_result *result,
	struct text_features *features, struct error *error)
{
	const struct text_excerpt *excerpt = &result->excerpt;

	inspection_find_steps(&result->inspection, result->step);
	result->mean_bits = mean_surprise(result, &result->inspection);
	result->other_bits = result->has_memory
		? mean_surprise(result, &result->other)
		: (double)NAN;
	return text_features_create(features,
		run_vocabulary(result->inspection.run), excerpt->token,
		excerpt->first, excerpt->count, error);
}

const char *
microscope_state_name(const struct inspection *inspection)
{
	return inspection->model.shape.cell->has_cell_state ? "c" : "h";
}

/* Keep tanh of the states of a unit at all characters. */
static void
keep_state(struct microscope_result *result, size_t layer, size_t unit)
{
	const struct inspection *inspection = &result->inspection;
	const struct text_excerpt *excerpt = &result->excerpt;
	size_t view =
		inspection_view(inspection, microscope_state_name(inspection));
	float *state = result->state[layer] + unit * excerpt->count;

	for (size_t at = 0; at < excerpt->count; at++) {
		size_t step = result->step[excerpt->first + at];

		/* all are read */
		state[at] = step == INSPECTION_NONE
			? 0
			: tanhf(inspection_values(inspection, layer, view,
				  step)[unit]);
	}
}

static int
compare(const void *one, const void *other)
{
	const struct microscope_unit *a = one, *b = other;
	double more = fabs(a->correlation) - fabs(b->correlation);

	if (more != 0)
		return more > 0 ? -1 : 1;
	return a->number < b->number ? -1 : 1;
}

bool
microscope_result_rank(struct microscope_result *result,
	const struct text_features *features, size_t *layer, size_t *unit)
{
	const struct model_shape *shape = &result->inspection.model.shape;
	struct microscope_unit *of = &result->unit[*layer][*unit];
	size_t count = result->excerpt.count;

	*of = (struct microscope_unit){.number = *unit};
	keep_state(result, *layer, *unit);
	if (count >= MICROSCOPE_TELLING)
		of->feature = text_features_best(features,
			result->state[*layer] + *unit * count,
			&of->correlation);
	if (++*unit < shape->units[*layer])
		return true;
	qsort(result->unit[*layer], shape->units[*layer],
		sizeof *result->unit[*layer], compare);
	*unit = 0;
	return ++*layer < shape->layers;
}

size_t
microscope_step(const struct microscope_result *result, size_t at)
{
	size_t next = result->excerpt.first + at, step;

	if (next == 0)
		return INSPECTION_NONE;
	step = result->step[next - 1];
	if (step == INSPECTION_NONE)
		return step;
	/* a step without a target predicts what comes after the text only */
	return result->inspection.step[step].target == next ||
			at == result->excerpt.count
		? step
		: INSPECTION_NONE;
}

size_t
microscope_result_look_steps(const struct microscope_result *result)
{
	const struct framing *framing = result->inspection.framing.framing;
	size_t window = result->inspection.framing.window;

	/* a character is in as many windows as a window has steps */
	return framing->reads_window && window < MICROSCOPE_BACK
		? window
		: MICROSCOPE_BACK;
}

void
microscope_result_take_look(struct microscope_result *result)
{
	const struct inspection *inspection = &result->inspection;
	size_t steps = inspection->config.connected;
	size_t step = microscope_step(result, result->back_at), first, last;
	const float *row;

	result->backs = 0;
	if (step == INSPECTION_NONE)
		return;
	row = inspection->connectivity + (steps - 1) * steps;
	first = inspection->config.connected_first;
	last = inspection->step[step].input;
	/* the characters up to the last: other windows may precede its own */
	for (size_t i = steps; i-- > 0;) {
		size_t back = last - inspection->step[first + i].input;

		if (back != result->backs || result->backs == MICROSCOPE_BACK)
			break;
		result->backs++;
		result->back[MICROSCOPE_BACK - result->backs] = (double)row[i];
		if (inspection->step[first + i].is_first)
			break;
	}
	memmove(result->back, result->back + MICROSCOPE_BACK - result->backs,
		result->backs * sizeof result->back[0]);
}
