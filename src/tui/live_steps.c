/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/live_steps.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "tui/climb.h"

#define SLICE_SECONDS 0.004

enum { TOKENS_MAX = 64 /* of a text that are read */ };

void
live_steps_create(struct live_steps *steps, const struct run *run)
{
	*steps = (struct live_steps){.run = run, .seen = UINT64_MAX};
}

void
live_steps_destroy(struct live_steps *steps)
{
	if (steps->is_created)
		inspection_destroy(&steps->inspection);
	free(steps->input);
	free(steps->output);
	free(steps->target);
	free(steps->unit);
	free(steps->values);
	*steps = (struct live_steps){0};
}

static bool
allocate(struct live_steps *steps)
{
	const struct model_shape *shape = &run_model(steps->run)->shape;
	size_t points = LIVE_STEPS_MAX * run_features(steps->run);

	for (size_t l = 0; l < shape->layers; l++)
		steps->units += shape->units[l];
	steps->features = run_features(steps->run);
	steps->shows_cells = shape->cell->has_cell_state;
	steps->unit = memory_new(steps->units, sizeof *steps->unit);
	steps->values = memory_floats(steps->units * LIVE_STEPS_MAX);
	if (!run_task(steps->run)->is_text) {
		steps->input = memory_floats(points);
		steps->output = memory_floats(points);
		steps->target = memory_floats(points);
		if (steps->input == NULL || steps->output == NULL ||
			steps->target == NULL)
			return false;
	}
	return steps->unit != NULL && steps->values != NULL;
}

/* Create what the first computation needs; false: no memory. */
static bool
open_inspection(struct live_steps *steps)
{
	const struct run *run = steps->run;
	struct error ignored;

	if (steps->is_created)
		return true;
	if (steps->unit == NULL && !allocate(steps)) {
		live_steps_destroy(steps);
		live_steps_create(steps, run);
		return false;
	}
	/* it must be destroyed also after a failure */
	steps->is_created = true;
	if (inspection_create(&steps->inspection, run, &ignored))
		return true;
	live_steps_destroy(steps);
	live_steps_create(steps, run);
	return false;
}

static struct framing_config
framing_of(const struct run *run)
{
	return settings_framing(run_settings(run));
}

/* Set the points to show: those last learnt, or else the own drawing. */
static bool
set_points(struct live_steps *steps, const struct live_seen *seen,
	const struct live_shape *shape)
{
	size_t count = 0;
	const float *points = live_seen_last(seen, &count);
	size_t least = framing_min(framing_of(steps->run));
	struct error ignored;

	steps->is_own = points == NULL;
	if (steps->is_own) {
		points = shape->points;
		count = shape->length;
	}
	/* a long sequence is shown from its start */
	if (count > LIVE_STEPS_MAX + 1)
		count = LIVE_STEPS_MAX + 1 > least ? LIVE_STEPS_MAX + 1 : least;
	return count >= least &&
		inspection_set_shown(&steps->inspection, points, count, false,
			&ignored);
}

/* Set the last characters written, at least those of a window. */
static bool
set_tokens(struct live_steps *steps, const struct live_text *text)
{
	size_t count = text->recents < TOKENS_MAX ? text->recents : TOKENS_MAX;
	struct error ignored;

	steps->is_own = true;
	return count > 0 &&
		inspection_set_tokens(&steps->inspection,
			text->recent + text->recents - count, count, true,
			&ignored);
}

static bool
begin(struct live_steps *steps, const struct live_seen *seen,
	const struct live_shape *shape, const struct live_text *text)
{
	const struct inspection_config config = {.no_memory = steps->no_memory};
	struct error ignored;

	if (!open_inspection(steps))
		return false;
	steps->updates = run_updates(steps->run);
	return (run_task(steps->run)->is_text
			       ? set_tokens(steps, text)
			       : set_points(steps, seen, shape)) &&
		inspection_begin(&steps->inspection, &config, &ignored);
}

static int
compare_units(const void *one, const void *other)
{
	const struct live_unit *a = one, *b = other;

	if (a->range != b->range)
		return a->range > b->range ? -1 : 1;
	if (a->layer != b->layer)
		return a->layer < b->layer ? -1 : 1;
	return a->unit < b->unit ? -1 : 1;
}

static void
measure_unit(struct live_unit *unit, size_t count)
{
	float min = unit->values[0], max = unit->values[0];
	struct climb climb = {.count = 0};

	for (size_t i = 0; i < count; i++) {
		min = fminf(min, unit->values[i]);
		max = fmaxf(max, unit->values[i]);
		climb_add(&climb, (double)unit->values[i]);
	}
	/* what the rest of the network sees of a cell */
	unit->range = tanh((double)max) - tanh((double)min);
	unit->climb = climb_step(&climb);
}

/* Copy the state of each unit at the kept steps, from step `first` on. */
static void
copy_units(struct live_steps *steps, size_t first)
{
	const struct inspection *from = &steps->inspection;
	const struct model_shape *shape = &from->model.shape;
	size_t view = inspection_view(from, steps->shows_cells ? "c" : "h");
	size_t at = 0;

	for (size_t l = 0; l < shape->layers; l++)
		for (size_t u = 0; u < shape->units[l]; u++, at++) {
			struct live_unit *unit = &steps->unit[at];

			*unit = (struct live_unit){.layer = l, .unit = u};
			unit->values = steps->values + at * LIVE_STEPS_MAX;
			for (size_t i = 0; i < steps->count; i++)
				unit->values[i] = inspection_values(from, l,
					view, first + i)[u];
			measure_unit(unit, steps->count);
		}
	qsort(steps->unit, steps->units, sizeof *steps->unit, compare_units);
}

static void
copy_point(float *to, size_t step, const float *from, size_t features)
{
	memcpy(to + step * features, from, features * sizeof *to);
}

static void
copy_points(struct live_steps *steps)
{
	const struct inspection *from = &steps->inspection;
	size_t features = steps->features;

	for (size_t i = 0; i < steps->count; i++) {
		const float *target = inspection_target(from, i);

		copy_point(steps->input, i, inspection_input(from, i),
			features);
		copy_point(steps->output, i, inspection_output(from, i),
			features);
		steps->has_target[i] = target != NULL && !steps->is_own;
		if (target != NULL)
			copy_point(steps->target, i, target, features);
		steps->loss[i] =
			steps->has_target[i] ? inspection_loss(from, i) : NAN;
	}
}

/* Insert a token among the likeliest, in falling order. */
static void
add_likely(struct live_steps *steps, uint32_t token, float probability)
{
	size_t at = steps->likeliest_count;

	if (at < LIVE_STEPS_LIKELIEST)
		steps->likeliest_count++;
	else if (!(probability > steps->probability[--at]))
		return;
	while (at > 0 && probability > steps->probability[at - 1]) {
		steps->probability[at] = steps->probability[at - 1];
		steps->likeliest[at] = steps->likeliest[at - 1];
		at--;
	}
	steps->probability[at] = probability;
	steps->likeliest[at] = token;
}

static void
copy_tokens(struct live_steps *steps, size_t first)
{
	const struct inspection *from = &steps->inspection;
	/* one-to-many predicts further characters after the next one */
	size_t ahead = framing_generated(framing_of(steps->run));
	const float *output = inspection_output(from, from->steps - ahead);

	for (size_t i = 0; i < steps->count; i++) {
		steps->token[i] = inspection_input_token(from, first + i);
		steps->loss[i] = NAN;
		steps->has_target[i] = false;
	}
	steps->likeliest_count = 0;
	for (size_t t = 0; t < steps->features; t++)
		add_likely(steps, (uint32_t)t, output[t]);
}

/* Keep the results: of points the first steps, of a text the last ones. */
static void
keep(struct live_steps *steps)
{
	const struct inspection *from = &steps->inspection;
	bool is_text = run_task(steps->run)->is_text;
	size_t first = 0;

	steps->all = from->steps;
	steps->count =
		from->steps < LIVE_STEPS_MAX ? from->steps : LIVE_STEPS_MAX;
	if (is_text)
		first = from->steps - steps->count;
	for (size_t i = 0; i < steps->count; i++)
		steps->is_first[i] = from->step[first + i].from_zero;
	copy_units(steps, first);
	if (is_text)
		copy_tokens(steps, first);
	else
		copy_points(steps);
}

/* Whether the weights or the sequence have changed since the last results. */
static bool
is_stale(const struct live_steps *steps, const struct live_text *text,
	bool no_memory)
{
	return run_updates(steps->run) != steps->seen ||
		no_memory != steps->no_memory ||
		(run_task(steps->run)->is_text &&
			text->written != steps->written);
}

bool
live_steps_update(struct live_steps *steps, const struct live_seen *seen,
	const struct live_shape *shape, const struct live_text *text,
	bool no_memory, double now, bool is_training)
{
	double began = clock_seconds();
	double seconds = share_earn(&steps->share, now);

	if (!is_training)
		seconds = SLICE_SECONDS;
	if (!steps->is_created || inspection_is_done(&steps->inspection)) {
		if (!is_stale(steps, text, no_memory) || seconds <= 0)
			return false;
		/* after a reset the former results are of another run */
		if (run_updates(steps->run) < steps->seen)
			steps->count = 0;
		steps->seen = run_updates(steps->run);
		steps->written = text->written;
		steps->no_memory = no_memory;
		if (!begin(steps, seen, shape, text))
			return false;
	}
	while (!inspection_is_done(&steps->inspection) &&
		clock_seconds() - began < seconds)
		inspection_advance(&steps->inspection);
	if (inspection_is_done(&steps->inspection))
		keep(steps);
	if (is_training)
		share_spend(&steps->share, clock_seconds() - began);
	return !inspection_is_done(&steps->inspection);
}

void
live_steps_name(const struct live_steps *steps, const struct live_unit *unit,
	char name[LIVE_NAME_SIZE])
{
	char sign = steps->shows_cells ? 'c' : 'h';

	if (run_model(steps->run)->shape.layers > 1)
		snprintf(name, LIVE_NAME_SIZE, "%zu.%c%zu", unit->layer + 1,
			sign, unit->unit + 1);
	else
		snprintf(name, LIVE_NAME_SIZE, "%c%zu", sign, unit->unit + 1);
}

double
live_steps_bar(const struct live_steps *steps, size_t step)
{
	double least = 0, greatest = -INFINITY;

	for (size_t i = 0; i < steps->count; i++)
		if (steps->has_target[i]) {
			least = fmin(least, steps->loss[i]);
			greatest = fmax(greatest, steps->loss[i]);
		}
	return steps->has_target[step] && greatest > least
		? (steps->loss[step] - least) / (greatest - least)
		: 0;
}
