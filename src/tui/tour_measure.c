/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/tour_measure.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/translate.h"
#include "core/cell.h"
#include "run/generate.h"
#include "run/writer.h"
#include "task/builtin.h"
#include "tui/climb.h"

enum {
	DRAWINGS = 10000,
	CHARACTERS = 1000,
	WORD_SIZE = 64,
	STEPS_MAX = 16 /* of a clock that fits into the line */
};

/* ---------------------------------------------------------------------- */
/* Parameters that have moved */

/* Count the parameters of the run that differ from those of `fresh`. */
static bool
count_moved(const struct run *run, const struct run *fresh, size_t *moved)
{
	size_t total = run_model(run)->parameters.total;
	float *now = memory_floats(total), *then = memory_floats(total);
	bool is_good = now != NULL && then != NULL;

	*moved = 0;
	if (is_good) {
		model_get_values(run_model(run), now);
		model_get_values(run_model(fresh), then);
		for (size_t i = 0; i < total; i++)
			*moved += now[i] < then[i] || now[i] > then[i];
	}
	free(now);
	free(then);
	return is_good;
}

static bool
find_moved(const struct run *run, size_t *moved)
{
	struct error error;
	struct run *fresh = run_create(run_model(run)->context,
		run_settings(run), NULL, &error);
	bool is_good = fresh != NULL && count_moved(run, fresh, moved);

	run_destroy(fresh);
	return is_good;
}

bool
tour_measure_moved(const struct run *run, char text[TOUR_TEXT_SIZE])
{
	size_t total = run_model(run)->parameters.total, moved;

	if (!find_moved(run, &moved))
		return false;
	snprintf(text, TOUR_TEXT_SIZE,
		_("%zu of %zu parameters have moved, %zu have not."), moved,
		total, total - moved);
	return true;
}

bool
tour_part_moved(const struct run *run, char text[TOUR_TEXT_SIZE])
{
	size_t total = run_model(run)->parameters.total, moved;

	if (!find_moved(run, &moved))
		return false;
	snprintf(text, TOUR_TEXT_SIZE, _("%zu of %zu"), moved, total);
	return true;
}

/* ---------------------------------------------------------------------- */
/* Drawings */

/* Draw `count` shapes to points[count, run_length, features]. */
static bool
draw_shapes(const struct run *run, size_t count, bool no_memory, float **points)
{
	size_t size = run_length(run) * run_features(run);
	struct generator generator;
	struct error error;

	*points = memory_floats(count * size);
	if (*points == NULL)
		return false;
	if (!generator_create(&generator, run, run_settings(run)->seed,
		    &error)) {
		free(*points);
		return false;
	}
	generator.no_memory = no_memory;
	for (size_t i = 0; i < count; i++) {
		generator_show(&generator, run, run_length(run),
			*points + i * size);
	}
	generator_destroy(&generator);
	return true;
}

/* Measure the error of the drawing, with the memory or without it. */
static bool
find_error(const struct run *run, bool no_memory, double *error)
{
	float *points;

	if (!draw_shapes(run, 1, no_memory, &points))
		return false;
	*error = run_shape_error(run, points);
	free(points);
	return true;
}

bool
tour_measure_error(const struct run *run, char text[TOUR_TEXT_SIZE])
{
	double error;

	if (!find_error(run, false, &error))
		return false;
	snprintf(text, TOUR_TEXT_SIZE,
		_("the error of the drawing is %.3f of its size."), error);
	return true;
}

bool
tour_part_error(const struct run *run, char text[TOUR_TEXT_SIZE])
{
	double error;

	if (!find_error(run, false, &error))
		return false;
	snprintf(text, TOUR_TEXT_SIZE, "%.3f", error);
	return true;
}

bool
tour_measure_memory(const struct run *run, char text[TOUR_TEXT_SIZE])
{
	double with, without;

	if (!find_error(run, false, &with) || !find_error(run, true, &without))
		return false;
	snprintf(text, TOUR_TEXT_SIZE,
		_("error of the drawing %.3f; the same weights without "
		  "memory %.3f."),
		with, without);
	return true;
}

bool
tour_part_memory(const struct run *run, char text[TOUR_TEXT_SIZE])
{
	double with, without;

	if (!find_error(run, false, &with) || !find_error(run, true, &without))
		return false;
	snprintf(text, TOUR_TEXT_SIZE, _("%.3f, its memory cut %.3f"), with,
		without);
	return true;
}

/* ---------------------------------------------------------------------- */
/* Widths */

static int
compare(const void *one, const void *other)
{
	double a = *(const double *)one, b = *(const double *)other;

	return (a > b) - (a < b);
}

/* Mean and median of widths, which are sorted. */
struct widths {
	double mean, median;
};

/* Measure shapes[count, run_length, features]. */
static struct widths
find_widths(const struct run *run, size_t count, const float *points)
{
	size_t size = run_length(run) * run_features(run);
	double width[DRAWINGS] = {0}, height, sum = 0;

	for (size_t i = 0; i < count; i++) {
		run_task(run)->size(points + i * size, &width[i], &height);
		sum += width[i];
	}
	qsort(width, count, sizeof *width, compare);
	return (struct widths){sum / (double)count,
		(width[(count - 1) / 2] + width[count / 2]) / 2};
}

static bool
find_drawn_widths(const struct run *run, size_t count, struct widths *widths)
{
	float *points;

	if (!draw_shapes(run, count, false, &points))
		return false;
	*widths = find_widths(run, count, points);
	free(points);
	return true;
}

/* Measure shapes of the task, apart from those of the run. */
static bool
find_true_widths(const struct run *run, struct widths *widths)
{
	size_t size = run_length(run) * run_features(run);
	float *points = memory_floats(DRAWINGS * size);
	struct random random;

	if (points == NULL)
		return false;
	random_seed(&random, run_settings(run)->seed, RANDOM_STREAM_EVALUATE);
	for (size_t i = 0; i < DRAWINGS; i++)
		run_task(run)->make(&random, run_length(run),
			points + i * size);
	*widths = find_widths(run, DRAWINGS, points);
	free(points);
	return true;
}

bool
tour_measure_drawing(const struct run *run, char text[TOUR_TEXT_SIZE])
{
	struct widths data, drawn;

	if (!find_drawn_widths(run, 1, &drawn) || !find_true_widths(run, &data))
		return false;
	snprintf(text, TOUR_TEXT_SIZE,
		_("it draws the width %.3f; median of the data %.3f, mean "
		  "%.3f."),
		drawn.median, data.median, data.mean);
	return true;
}

bool
tour_measure_drawings(const struct run *run, char text[TOUR_TEXT_SIZE])
{
	struct widths data, drawn;

	if (!find_drawn_widths(run, DRAWINGS, &drawn) ||
		!find_true_widths(run, &data))
		return false;
	snprintf(text, TOUR_TEXT_SIZE,
		_("widths of 10,000: median %.2f, mean %.2f; of the data %.2f, "
		  "%.2f."),
		drawn.median, drawn.mean, data.median, data.mean);
	return true;
}

bool
tour_part_drawing(const struct run *run, char text[TOUR_TEXT_SIZE])
{
	struct widths drawn;

	if (!find_drawn_widths(run, 1, &drawn))
		return false;
	snprintf(text, TOUR_TEXT_SIZE, "%.3f", drawn.median);
	return true;
}

bool
tour_part_drawings(const struct run *run, char text[TOUR_TEXT_SIZE])
{
	struct widths data, drawn;

	if (!find_drawn_widths(run, DRAWINGS, &drawn) ||
		!find_true_widths(run, &data))
		return false;
	snprintf(text, TOUR_TEXT_SIZE,
		_("median %.2f, mean %.2f (data %.2f, %.2f)"), drawn.median,
		drawn.mean, data.median, data.mean);
	return true;
}

/* ---------------------------------------------------------------------- */
/* Texts */

/* Whether the line contains the word, with no letter beside it. */
static bool
contains_word(const char *line, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = line; (at = strstr(at, word)) != NULL; at++)
		if ((at == line || !isalpha((unsigned char)at[-1])) &&
			!isalpha((unsigned char)at[length]))
			return true;
	return false;
}

static bool
is_known(const char *word)
{
	for (size_t i = 0; builtin_tale.lines[i] != NULL; i++)
		if (contains_word(builtin_tale.lines[i], word))
			return true;
	return false;
}

struct words {
	char word[WORD_SIZE]; /* as much of it as is written */
	size_t length;
	size_t count, known;
};

/* Take a character; one that is not a letter ends the word. */
static void
add_character(struct words *words, const char *bytes)
{
	if (isalpha((unsigned char)bytes[0])) {
		if (words->length < WORD_SIZE - 1)
			words->word[words->length++] = bytes[0];
		return;
	}
	words->word[words->length] = '\0';
	words->count += words->length > 0;
	words->known += words->length > 0 && is_known(words->word);
	words->length = 0;
}

bool
tour_measure_words(const struct run *run, char text[TOUR_TEXT_SIZE])
{
	struct words words = {.count = 0};
	char bytes[TEXT_ENCODED_SIZE];
	struct writer writer;
	struct error error;

	if (!writer_create(&writer, run, run_settings(run)->seed, &error))
		return false;
	for (int i = 0; i < CHARACTERS; i++) {
		size_t count = text_encode(run_vocabulary(run),
			writer_write(&writer), bytes);

		/* of a token, which may be a word */
		for (size_t at = 0; at < count; at++)
			add_character(&words, bytes + at);
	}
	writer_destroy(&writer);
	snprintf(text, TOUR_TEXT_SIZE,
		_("of %zu words that it writes now, %zu are words of the "
		  "tale."),
		words.count, words.known);
	return true;
}

bool
tour_measure_validation(const struct run *run, char text[TOUR_TEXT_SIZE])
{
	const struct validation *validation = run_validation(run);
	const struct validations *all = run_validations(run);
	char epoch[NUMBER_TEXT_SIZE], update[NUMBER_TEXT_SIZE];

	if (all->count == 0)
		return false;
	snprintf(text, TOUR_TEXT_SIZE,
		_("best validation %.2f at update %s, epoch %s; now it is "
		  "%.2f."),
		validation->best,
		number_grouped(update,
			number_count(all->at[validations_best(all)].update)),
		number_grouped(epoch, validation->best_epoch),
		validation->last);
	return true;
}

/* ---------------------------------------------------------------------- */
/* The clock */

/* The values of a view at the steps of a drawing: [steps, units]. */
struct steps {
	size_t count, units;
	float *state, *forget;
};

static const struct cell_view *
find_view(const struct cell *cell, const char *name)
{
	const struct cell_view *view = cell->views;

	while (strcmp(view->name, name) != 0)
		view++;
	return view;
}

/*
 * Record the steps. A generator keeps the values of its last step, so draw the
 * shape up to each of its points.
 */
static void
record(struct generator *generator, const struct run *run, struct steps *steps,
	float *points)
{
	const struct pass *pass = &generator->pass;
	const struct cell *cell = run_model(run)->shape.cell;

	for (size_t t = 0; t < steps->count; t++) {
		generator_show(generator, run, t + 2, points);
		pass_trace_values(pass, 0, find_view(cell, "c"), 0, 0,
			steps->state + t * steps->units);
		pass_trace_values(pass, 0, find_view(cell, "f"), 0, 0,
			steps->forget + t * steps->units);
	}
}

/* The smallest step of a unit that climbs or falls at each step, or 0. */
static double
clock_step(const struct steps *steps, size_t unit)
{
	struct climb climb = {.count = 0};

	for (size_t t = 0; t < steps->count; t++)
		climb_add(&climb,
			(double)steps->state[t * steps->units + unit]);
	return fabs(climb_step(&climb));
}

/* Describe a unit: its state at each step, and its mean forget gate. */
static void
describe(const struct steps *steps, size_t unit, char text[TOUR_TEXT_SIZE])
{
	size_t length = (size_t)snprintf(text, TOUR_TEXT_SIZE,
		_("c%zu at steps 1-%zu:"), unit + 1, steps->count);
	double forget = 0;

	for (size_t t = 0; t < steps->count; t++) {
		length += (size_t)snprintf(text + length,
			TOUR_TEXT_SIZE - length, " %.1f",
			(double)steps->state[t * steps->units + unit]);
		forget += (double)steps->forget[t * steps->units + unit];
	}
	snprintf(text + length, TOUR_TEXT_SIZE - length, _("; forget %.2f"),
		forget / (double)steps->count);
}

static void
describe_clock(const struct steps *steps, char text[TOUR_TEXT_SIZE])
{
	size_t best = 0;

	for (size_t unit = 1; unit < steps->units; unit++)
		if (clock_step(steps, unit) > clock_step(steps, best))
			best = unit;
	if (clock_step(steps, best) > 0)
		describe(steps, best, text);
	else
		snprintf(text, TOUR_TEXT_SIZE,
			_("no cell climbs or falls at each step."));
}

bool
tour_measure_clock(const struct run *run, char text[TOUR_TEXT_SIZE])
{
	struct steps steps = {
		.count = run_length(run) - 1,
		.units = run_model(run)->shape.units[0],
	};
	float *points = memory_floats(run_length(run) * run_features(run));
	struct generator generator = {.input = NULL};
	struct error error;
	bool is_good;

	if (steps.count > STEPS_MAX)
		steps.count = STEPS_MAX;
	steps.state = memory_floats(steps.count * steps.units);
	steps.forget = memory_floats(steps.count * steps.units);
	is_good = points != NULL && steps.state != NULL &&
		steps.forget != NULL &&
		generator_create(&generator, run, run_settings(run)->seed,
			&error);
	if (is_good) {
		record(&generator, run, &steps, points);
		describe_clock(&steps, text);
		generator_destroy(&generator);
	}
	free(points);
	free(steps.state);
	free(steps.forget);
	return is_good;
}
