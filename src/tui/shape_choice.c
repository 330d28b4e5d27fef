/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui/shape_choice.h"

#include <stdio.h>

#include "base/translate.h"
#include "run/points_drawing.h"

/*
 * The choices. Of points of one number the usual one is their forecast, and
 * there is no other than that from the start.
 */
enum { USUAL, FORECAST, FROM_START, PAIRS_FROM };

static struct drawing
usual_drawing(const struct run *run)
{
	return points_drawing(run_settings(run), run_features(run));
}

/* Whether the points are of a file. */
static bool
has_choice(const struct run *run)
{
	const struct task *task = run_task(run);

	return !task->is_text && task->make == NULL &&
		run_sequences(run) != NULL;
}

size_t
shape_choice_count(const struct run *run)
{
	size_t features = run_features(run);

	if (!has_choice(run))
		return 1;
	if (features == 1)
		return 2;
	if (usual_drawing(run).form == DRAWING_STROKES)
		return PAIRS_FROM;
	/* the first pair is the usual choice */
	return PAIRS_FROM + features * (features - 1) / 2 - 1;
}

/* Set the pair of numbers of a choice: (0, 2), (0, 3), ..., (1, 2), ... */
static void
set_pair(struct drawing *drawing, size_t number)
{
	size_t left = number - PAIRS_FROM + 1;

	drawing->x = 0;
	while (left >= drawing->features - 1 - drawing->x) {
		left -= drawing->features - 1 - drawing->x;
		drawing->x++;
	}
	drawing->y = drawing->x + 1 + left;
}

/* Draw all numbers as series, as many as there may be. */
static void
set_stack(struct shape_choice *choice, size_t features)
{
	choice->count =
		features < SHAPE_PANELS_MAX ? features : SHAPE_PANELS_MAX;
	for (size_t i = 0; i < choice->count; i++)
		choice->drawing[i] = drawing_of_series(features, i);
}

struct shape_choice
shape_choice_make(const struct run *run, size_t number)
{
	size_t features = run_features(run);
	struct shape_choice choice = {
		.number = number < shape_choice_count(run) ? number : USUAL,
		.count = 1,
	};

	choice.drawing[0] = usual_drawing(run);
	if (features == 1) {
		choice.is_forecast = has_choice(run) && choice.number == USUAL;
		return choice;
	}
	choice.is_forecast = choice.number == FORECAST;
	if (choice.number == FORECAST || choice.number == FROM_START)
		set_stack(&choice, features);
	else if (choice.number >= PAIRS_FROM)
		set_pair(&choice.drawing[0], choice.number);
	return choice;
}

size_t
shape_choice_from_start(const struct shape_choice *choice)
{
	return choice->is_forecast ? choice->number + 1 : choice->number;
}

/* Return the name of a column of the data, "" if it has none. */
static const char *
column_name(const struct run *run, size_t number)
{
	const struct sequences *data = run_sequences(run);

	return data != NULL && data->column != NULL &&
			data->column[number].name != NULL
		? data->column[number].name
		: "";
}

char *
shape_choice_describe(const struct shape_choice *choice, const struct run *run,
	size_t shown, char text[DRAWING_TEXT_SIZE])
{
	const struct drawing *drawing = &choice->drawing[0];
	bool is_stack =
		choice->number == FORECAST || choice->number == FROM_START;

	if (drawing->features == 1 || !is_stack)
		return drawing_describe(drawing, column_name(run, drawing->x),
			column_name(run, drawing->y), text);
	if (shown < drawing->features)
		snprintf(text, DRAWING_TEXT_SIZE,
			choice->is_forecast
				? _("%zu of %zu numbers as series")
				: _("%zu of %zu numbers as series, from the "
				    "start"),
			shown, drawing->features);
	else
		snprintf(text, DRAWING_TEXT_SIZE,
			choice->is_forecast
				? _("all %zu numbers as series")
				: _("all %zu numbers as series, from the "
				    "start"),
			shown);
	return text;
}

char *
shape_choice_name(const struct drawing *drawing, const struct run *run,
	char text[DRAWING_NAME_SIZE])
{
	return drawing_name(drawing->y, column_name(run, drawing->y), text);
}
